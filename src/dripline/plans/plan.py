"""A plan as its text has it: chapters, measures, units, deadlines, and the evidence each measure is known by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Unit:
    """Who is responsible: ``code`` is ours, the name is the plan's."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when, in the plan's words; ``day`` None: it goes on (持续推进)."""

    words: Text
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step the text sets a day for, and the kind of document that shows it was taken."""

    words: Text
    day: date
    document: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case or of registered document."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """A figure of the catalogue, and what it says about the measure.

    ``by``: it speaks only when divided so (a market share, the banks of a pilot), and has no value for the province here.
    """

    code: str
    why: Text
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a measure is to be known by. Targets decide its light; those of ``other_lines`` are shown beside and do not.

    ``not_built``: which of it has no system behind it yet; None where all has.
    """

    indicators: tuple[IndicatorUse, ...] = ()
    targets: tuple[str, ...] = ()
    other_lines: tuple[str, ...] = ()
    cases: tuple[Kind, ...] = ()
    documents: tuple[Kind, ...] = ()
    not_built: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure: its words, who is responsible, by when, and its evidence.

    ``id`` is ours (2.1), ``number`` the plan's (二（一）); ``responsible`` is the text's own list of units.
    """

    id: str
    number: str
    title: Text
    words: Text
    responsible: str
    units: tuple[Unit, ...]
    deadline: Deadline
    milestones: tuple[Milestone, ...] = ()
    evidence: Evidence = Evidence()

    @property
    def lead(self) -> Unit:
        """The unit named first. The text names no lead; that the first one leads is how such lists are read."""
        return self.units[0]

    @property
    def co_operating(self) -> tuple[Unit, ...]:
        """The units named after the first."""
        return self.units[1:]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its measures."""

    number: str
    title: Text
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan as issued."""

    code: str
    source: str
    title: Text
    number: str
    day: date
    issuer: Text
    purpose: Text
    units: tuple[Unit, ...]
    chapters: tuple[Chapter, ...]

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Every measure in the order of the text."""
        return tuple(chain.from_iterable(chapter.measures for chapter in self.chapters))

    def measure(self, id: str) -> Measure:
        """The measure with this id; KeyError where the plan has none."""
        for measure in self.measures:
            if measure.id == id:
                return measure
        raise KeyError(id)

    def chapter_of(self, measure: Measure) -> Chapter:
        """Where the measure stands."""
        return next(chapter for chapter in self.chapters if measure in chapter.measures)

    def of_unit(self, code: str) -> tuple[Measure, ...]:
        """The measures a unit is responsible for."""
        return tuple(m for m in self.measures if code in {unit.code for unit in m.units})

    def unknown_codes(
        self, indicators: Collection[str], targets: Collection[str]
    ) -> Iterator[tuple[str, str]]:
        """Measure and code of evidence that neither the catalogue nor the targets have."""
        for measure in self.measures:
            named = measure.evidence
            for use in named.indicators:
                if use.code not in indicators:
                    yield measure.id, use.code
            for code in (*named.targets, *named.other_lines):
                if code not in targets:
                    yield measure.id, code
