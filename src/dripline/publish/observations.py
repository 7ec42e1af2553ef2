"""Figures ready to leave the program: each with its place, period, value, what it rests on and how complete it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dripline.canon import meaning_hash
from dripline.definitions import Breakdown, Indicator
from dripline.engines.fold import Moment
from dripline.indicators.basis import basis
from dripline.indicators.compile import Catalogue, Figures, finished
from dripline.indicators.coverage import Coverage
from dripline.indicators.labels import Labels
from dripline.indicators.missing import used
from dripline.indicators.results import Identity
from dripline.indicators.versions import in_force
from dripline.periods import Period
from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Flow:
    """The figures of a chapter, which one data structure describes: every way any of them is divided by.

    ``code`` is what stands before the first ``-`` of their codes: TE, GR, TL.
    """

    code: str
    indicators: tuple[Indicator, ...]
    breakdowns: tuple[Breakdown, ...]


@dataclass(frozen=True, slots=True)
class Vintage:
    """When and how completely figures were known: period, coverage, facts, lawbook; ``as_of`` None: as known now."""

    period: Period
    coverage: Coverage
    identity: Identity
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure: its keys by breakdown (None: unknown; absent: not divided), the words of its keys, its value.

    ``value`` is None where there is nothing to divide by or the rows it needs have not come; ``estimated``: the stock of
    another month stands for a reporter that is missing.
    """

    indicator: Indicator
    keys: tuple[tuple[Breakdown, str | None, Text], ...]
    value: Decimal | None
    unknown: int
    basis: Text
    meaning: str
    estimated: bool = False


def flow_of(catalogue: Catalogue, code: str) -> Flow:
    """The chapter an indicator belongs to."""
    chapter = code.partition("-")[0]
    inside = tuple(
        indicator
        for known, indicator in catalogue.indicators.items()
        if known.partition("-")[0] == chapter
    )
    ways = (part for one in inside for way in one.breakdowns for part in way.split("+"))
    used = tuple(name for name in dict.fromkeys(ways) if name != "total")
    return Flow(chapter, inside, tuple(catalogue.breakdowns[name] for name in used))


def observations(
    figures: Figures, code: str, period: Period, by: Sequence[str] = ()
) -> Iterator[Observation]:
    """The cells of one figure by one way of dividing it."""
    catalogue = figures.catalogue
    indicator = in_force(catalogue.indicator(code), period.last_day)
    labels = Labels(figures.snapshot.data(figures.scope, institutions=period), period)
    waiting = figures.history(period).waiting(indicator.measure, Moment((period,), (period,)))
    rule = used(figures.rows(period), indicator, period, figures.law, figures.missing)
    out, carried, meaning = bool(rule.out), bool(rule.stocks), meaning_hash(indicator)
    for cell in figures.query(code, period, by):
        names = () if cell.breakdown == "total" else cell.breakdown.split("+")
        keys = tuple(
            (catalogue.breakdowns[name], key, labels.of(catalogue.breakdowns[name], key))
            for name, key in zip(names, cell.keys, strict=True)
        )
        value = finished(cell, indicator)
        rests_on = basis(cell, waiting, out=out, carried=carried)
        yield Observation(indicator, keys, value, cell.unknown, rests_on, meaning, carried)
