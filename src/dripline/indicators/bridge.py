"""The bridge between two figures of one indicator: late data, withdrawn and corrected rows, registers, lists, definition,
reporters in at one end only, and real change; the parts add up exactly (ADR 12).

The base figure is brought to the later one in a fixed order, a step at a time: first what became known, then the frame
(registers, lists), then the definition, at last the period itself. Each part is the difference its step makes, so the
sum is exact, for ratios as for amounts; what is real change is then on one knowledge, one list and one definition.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Final, Literal

from dripline.definitions import Indicator
from dripline.engines.fold import Moment
from dripline.errors import Refused
from dripline.indicators.bridge_levels import (
    Definition,
    Level,
    Reading,
    Where,
    fraction,
    level_of,
    months_of,
    tables_of,
)
from dripline.indicators.compile import Figures
from dripline.indicators.coverage import reporters_due
from dripline.indicators.readings import as_meant_on, printed
from dripline.indicators.versions import in_force, in_rows
from dripline.periods import Period
from dripline.store.two_days import Facts, TwoDays
from dripline.words import Text

Part = Literal[
    "late", "withdrawn", "corrected", "registers", "lists", "definition", "absent", "real"
]
PARTS: Final[dict[Part, Text]] = {
    "late": Text(zh="迟报", en="late data"),
    "withdrawn": Text(zh="撤回", en="withdrawn rows"),
    "corrected": Text(zh="更正", en="corrected data"),
    "registers": Text(zh="登记变动", en="registers"),
    "lists": Text(zh="名单变动", en="lists"),
    "definition": Text(zh="口径变动", en="definition"),
    "absent": Text(zh="一端缺报", en="in at one end only"),
    "real": Text(zh="实际变动", en="real change"),
}
"""The parts, in the order in which they are let in."""
LET_IN: Final[dict[Part, Facts]] = {
    "late": "late",
    "withdrawn": "withdrawn",
    "corrected": "later",
}
"""What of the reported tables is let in; these parts are told by reporter."""


@dataclass(frozen=True, slots=True)
class End:
    """One of the two figures: of which period, as known at the end of which day (None: now), as meant on which day.

    ``meant`` None: by the version in force on the period's last day, with the sets of lists of that day.
    """

    period: Period
    known: date | None = None
    meant: date | None = None

    @property
    def day(self) -> date:
        """The day whose definition counts."""
        return self.meant or self.period.last_day

    def of(self, figures: Figures, code: str) -> Definition:
        """The indicator as it is meant at this end, beside the catalogue of that day."""
        in_force(figures.catalogue.indicator(code), self.day)
        catalogue = as_meant_on(figures, self.day)
        return Definition(catalogue.indicator(code), catalogue)


@dataclass(frozen=True, slots=True)
class Detail:
    """A part by reporter or by kind of list. Kinds of list overlap and do not add up; ``change`` None: only who it was."""

    part: Part
    by: Literal["reporter", "list_kind"]
    key: str
    change: Fraction | None


Levels = tuple[tuple[Part | None, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """The two figures and all between them, in the unit of the indicator, as exact fractions.

    ``levels``: the figure after each step, the base figure first (None); the last one is the later figure.
    """

    indicator: Indicator
    base: End
    later: End
    levels: Levels
    details: tuple[Detail, ...]

    @property
    def parts(self) -> dict[Part, Fraction]:
        """Each part of the difference, 0 where nothing of the kind happened."""
        found = dict.fromkeys(PARTS, Fraction(0))
        for (_, before), (part, after) in pairwise(self.levels):
            assert part is not None
            found[part] += after - before
        return found

    @property
    def difference(self) -> Fraction:
        """By how much the later figure is above the base."""
        return self.levels[-1][1] - self.levels[0][1]


@dataclass(frozen=True, slots=True)
class Step:
    """What is let in, and what is read then."""

    part: Part | None
    reading: Reading


def bridge(figures: Figures, code: str, base: End, later: End, where: Where = ()) -> Bridge:
    """The bridge from one figure to another; Refused where one of the two has no value."""
    asked = figures.catalogue.indicator(code)
    with figures.store.home.staging() as spill:
        walked: list[tuple[Step, Level]] = []
        for step in steps(figures, code, base, later, where, spill):
            again = bool(walked) and walked[-1][0].reading == step.reading
            level = walked[-1][1] if again else level_of(figures, step.reading, where)
            walked.append((step, level))
    for end, (_, level) in ((base, walked[0]), (later, walked[-1])):
        if level.value is None:
            known = "now" if end.known is None else f"on {end.known}"
            raise Refused(
                f"{code} has no value for {end.period} as known {known}: nothing had come, or there is nothing to "
                "divide by. Choose another day."
            )
    return Bridge(in_force(asked, later.day), base, later, carried(walked), tuple(details(walked)))


def carried(walked: Sequence[tuple[Step, Level]]) -> Levels:
    """Levels without gaps: where a step leaves nothing to divide by, its part shows with the next one's."""
    found: list[tuple[Part | None, Fraction]] = []
    for step, level in walked:
        assert found or level.value is not None
        found.append((step.part, found[-1][1] if level.value is None else level.value))
    return tuple(found)


# --- the steps ----------------------------------------------------------------------------------------


def steps(
    figures: Figures, code: str, base: End, later: End, where: Where, spill: Path
) -> Iterator[Step]:
    """From the base figure to the later one, letting in one kind of thing after the other."""
    before, after = base.period, later.period
    old, new = figures.store.at(base.known), figures.store.at(later.known)
    nothing_came = old.number == new.number
    data = TwoDays(
        old.data(figures.scope, institutions=before),
        new.data(figures.scope, institutions=after),
        spill,
        facts="later" if nothing_came else "earlier",
    )
    printed = printed_at(figures, code, base, where)
    meant = (base if printed is None else later).of(figures, code)
    now = Reading(meant, Moment((before,), (before,)), data, by_reporter=True, printed=printed)
    yield Step(None, now)
    for part, facts in LET_IN.items():
        facts = "later" if nothing_came else facts
        now = replace(now, data=replace(now.data, facts=facts))
        yield Step(part, now)
    now = replace(now, by_reporter=False)
    now = replace(now, data=replace(now.data, registers="later", moved=(before, after)))
    yield Step("registers", now)
    data = replace(now.data, lists="later", moved=None)
    now = replace(now, data=data, moment=Moment((before,), (after,)))
    yield Step("lists", now)
    now = replace(now, definition=later.of(figures, code), printed=None)
    yield Step("definition", now)
    if before != after:
        yield from to_the_other_period(now, before, after)


def printed_at(figures: Figures, code: str, base: End, where: Where) -> Fraction | None:
    """What a document printed of the base figure, where it was not added up from rows then; None where it was.

    All between that and the same period reckoned from rows is change of definition.
    """
    asked = figures.catalogue.indicator(code)
    if in_rows(asked, base.day):
        return None
    known, items = replace(figures, as_of=base.known), dict(where)
    for cell in printed(known, asked, base.period, list(items)):
        names = cell.breakdown.split("+") if items else []
        if cell.keys == tuple(items[name] for name in names):
            return fraction(cell)
    return None


def to_the_other_period(now: Reading, before: Period, after: Period) -> Iterator[Step]:
    """The change of reporters in at both ends is real; those due that are in at one end only stand apart (FN 9)."""
    only_before, only_after = in_once(now, before, after), in_once(now, after, before)
    now = replace(now, data=replace(now.data, left_out=only_before))
    yield Step("absent", now)
    data = replace(now.data, left_out=only_after)
    now = replace(now, data=data, moment=Moment((after,), (after,)))
    yield Step("real", now)
    yield Step("absent", replace(now, data=replace(data, left_out=frozenset())))


def in_once(now: Reading, here: Period, there: Period) -> frozenset[tuple[str, str]]:
    """Tables of reporters that are in for one period and, though due, not for the other; today's stand for absorbed ones."""
    found, today = set(), dict(now.data.successors)
    for code in tables_of(now.definition.indicator.measure, here):
        due = reporters_due(now.data, there, code) or frozenset()
        in_there = {today.get(name, name) for name in now.data.received(code, there)}
        for reporter in now.data.received(code, here):
            stands = today.get(reporter, reporter)
            if stands in due and stands not in in_there:
                found.add((code, reporter))
    return frozenset(found)


# --- who ----------------------------------------------------------------------------------------------


def details(walked: Sequence[tuple[Step, Level]]) -> Iterator[Detail]:
    """Who was late, who withdrew and who corrected, with how much where the figure adds up over reporters."""
    for (before, old), (step, new) in pairwise(walked):
        if step.part in LET_IN:
            yield from of_reporters(step.part, step.reading, old, new)
            for kind in new.by_kind:
                if change := new.by_kind[kind] - old.by_kind[kind]:
                    yield Detail(step.part, "list_kind", kind, change)
        elif step.part == "absent":
            changed = before.reading.data.left_out ^ step.reading.data.left_out
            for reporter in sorted({name for _, name in changed}):
                yield Detail("absent", "reporter", reporter, None)


def of_reporters(part: Part, now: Reading, old: Level, new: Level) -> Iterator[Detail]:
    """Each reporter with its change; who was late or corrected something stands there although nothing changed by it."""
    if now.printed is not None:
        return
    if new.by_reporter is None or old.by_reporter is None:
        for name in sorted(who(part, now)):
            yield Detail(part, "reporter", name, None)
        return
    changes = {
        name: new.by_reporter.get(name, Fraction(0)) - old.by_reporter.get(name, Fraction(0))
        for name in {*new.by_reporter, *old.by_reporter, *who(part, now)}
    }
    for name in sorted(changes):
        if changes[name] or (part == "late" and name in who(part, now)):
            yield Detail(part, "reporter", name, changes[name])


def who(part: Part, now: Reading) -> frozenset[str]:
    """The reporters whose files for the months of the figure came late, or were replaced."""
    asked = now.data.late if part == "late" else now.data.corrected
    places = months_of(now.definition.indicator.measure, now.moment)
    return frozenset().union(*(asked(code, month) for code, month in places))
