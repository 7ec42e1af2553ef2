"""Figures as a viewer may see them: the branch from the kept results, others computed over their own rows alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from dripline.adding_up import why_not
from dripline.canon import version_hash
from dripline.definitions import Indicator
from dripline.disclosure import why_not_shown
from dripline.engines.data import Cell
from dripline.errors import Refused
from dripline.indicators import CATALOGUE
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import PRELIMINARY, REVISED, Coverage
from dripline.indicators.reported import main_table
from dripline.indicators.results import read_results
from dripline.indicators.versions import in_rows, shown_as, version_on
from dripline.periods import Period
from dripline.portal.accounts.models import Role
from dripline.portal.accounts.scope import rows as scope_of
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.language import said
from dripline.portal.shown import (
    all_figures,
    compiled,
    kept_at,
    kept_coverage,
    kept_labels,
    months_with_loans,
)
from dripline.portal.statistics.asked import Asked
from dripline.words import Text

MULTIPLES, MONTHS = 20, 13
"""Small lines beside each other at most, and the months each shows."""
SERIES = 60
"""Months of a line at most."""
CITIES = ("borrower_city", "lender_city")
ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table: its keys and words, value and the value compared with; ``memo``: 另列, in no sum."""

    keys: tuple[str | None, ...]
    label: Text
    value: Decimal | None
    before: Decimal | None
    unknown: int
    share: Decimal | None = None
    memo: bool = False

    def change(self, unit: str) -> Decimal | None:
        """The change: of rates in points, of all else in percent."""
        if self.value is None or self.before is None:
            return None
        if unit in ("percent", "points"):
            return self.value - self.before
        return None if not self.before else 100 * (self.value / self.before - 1)


@dataclass(frozen=True, slots=True)
class Table:
    """A figure of a period, divided; total first."""

    asked: Asked
    indicator: Indicator
    period: Period
    before: Period
    total: Line | None
    lines: tuple[Line, ...]
    memo: tuple[Line, ...]
    adds_up: bool
    coverage: Coverage
    identity: str
    updated: date | None
    """The day on which rows of the period were accepted last, of those in scope."""

    @property
    def standing(self) -> str:
        """The mark that its numbers bear: provisional, revised, or none where the month is final."""
        return {PRELIMINARY: "provisional", REVISED: "revised"}.get(self.coverage.standing, "")

    @property
    def version(self) -> str:
        """The hash of the version of the definition that counts for the period."""
        asked = CATALOGUE[self.asked.code]
        found = version_on(asked, self.period.last_day)
        return "" if found is None else version_hash(asked, found)


def why_closed(viewer: Viewer) -> Text | None:
    """Why a viewer may see no figures of the province, or None."""
    if viewer.role == Role.INSTITUTION:
        return None
    return why_not_shown(several_institutions=True, to_authority=viewer.role == Role.AUTHORITY)


def figures_of(viewer: Viewer) -> Figures | None:
    """The figures a viewer may see: of the whole province for its branch, else of the reporters in scope.

    Every page and every file of figures comes through here, and so through the gate; Refused, with the reason, where it
    is closed.
    """
    if reason := why_closed(viewer):
        raise Refused(said(reason))
    figures = all_figures()
    if figures is None or viewer.whole_province:
        return figures
    return replace(figures, scope=scope_of(viewer, purpose="statistics"))


def periods(figures: Figures) -> list[Period]:
    """The months that can be asked, the latest first: of the branch those that are compiled."""
    months = months_with_loans(figures)
    if figures.scope.reporters is None:
        return [month for month in months if compiled(figures, month)]
    return months


def table(figures: Figures, asked: Asked, period: Period) -> Table:
    """The table asked for."""
    indicator = shown_as(figures.catalogue.indicator(asked.code), period.last_day)
    before = asked.before(period)
    now, then = (
        cells(figures, asked.code, asked.way, period),
        cells(figures, asked.code, asked.way, before),
    )
    adds_up = (
        asked.way != "total"
        and why_not(indicator.measure, asked.way, figures.catalogue.breakdowns) is None
    )
    total = _lines(figures, indicator, "total", period, before)
    whole = total[0] if total else None
    lines = (
        _lines_of(figures, indicator, asked.by, period, now, then) if asked.way != "total" else ()
    )
    if adds_up and whole is not None and whole.value:
        lines = tuple(
            replace(line, share=None if line.value is None else 100 * line.value / whole.value)
            for line in lines
        )
    return Table(
        asked,
        indicator,
        period,
        before,
        whole,
        lines,
        _memo(figures, asked, indicator, period),
        adds_up,
        kept_coverage(figures, period, main_table(indicator)),
        figures.identity(period).facts,
        figures.snapshot.last_accepted(period, figures.scope.reporters),
    )


def _memo(figures: Figures, asked: Asked, indicator: Indicator, period: Period) -> tuple[Line, ...]:
    """Zones, 另列 beside the cities that hold them already."""
    if asked.way not in CITIES or ZONE not in indicator.breakdowns:
        return ()
    zones = _lines(figures, indicator, ZONE, period, asked.before(period))
    return tuple(replace(line, memo=True) for line in zones if line.keys != (None,))


def _lines(
    figures: Figures, indicator: Indicator, way: str, period: Period, before: Period
) -> tuple[Line, ...]:
    now, then = (
        cells(figures, indicator.code, way, period),
        cells(figures, indicator.code, way, before),
    )
    by = () if way == "total" else tuple(way.split("+"))
    return _lines_of(figures, indicator, by, period, now, then)


def _lines_of(
    figures: Figures,
    indicator: Indicator,
    by: Sequence[str],
    period: Period,
    now: Sequence[Cell],
    then: Sequence[Cell],
) -> tuple[Line, ...]:
    """Rows by size, the unknown last."""
    labels = kept_labels(figures, period)
    earlier = {cell.keys: finished(cell, indicator) for cell in then}
    found = []
    for cell in now:
        words = [
            labels.of(figures.catalogue.breakdowns[code], key)
            for code, key in zip(by, cell.keys, strict=True)
        ]
        label = Text(
            zh=" · ".join(one.zh for one in words) or "全部",
            en=" · ".join(one.en for one in words) or "all",
        )
        found.append(
            Line(cell.keys, label, finished(cell, indicator), earlier.get(cell.keys), cell.unknown)
        )
    return tuple(sorted(found, key=_order))


def _order(line: Line) -> tuple[bool, Decimal]:
    return None in line.keys, Decimal("Infinity") if line.value is None else -line.value


def cells(figures: Figures, code: str, way: str, period: Period) -> tuple[Cell, ...]:
    """The cells of an indicator: kept ones of the whole province, else computed over the scope's rows, once a state."""
    if figures.scope.reporters is None:
        path = kept_at(figures, period)
        return _kept_cells(str(path), code, way) if path.exists() else ()
    if not figures.snapshot.held("CLDWDK", period):
        return ()
    return _own_cells(
        str(figures.store.home.path),
        figures.snapshot.number,
        figures.scope.reporters,
        code,
        way,
        period,
    )


@lru_cache(maxsize=512)
def _kept_cells(path: str, code: str, way: str) -> tuple[Cell, ...]:
    """The cells of a file of results, whose name says all they rest on: it never changes."""
    return tuple(read_results(Path(path), code, way))


@lru_cache(maxsize=32_768)
def _kept_whole(path: str, code: str) -> Cell | None:
    """The undivided figure, kept apart: a line of five years is sixty of them."""
    return next(iter(read_results(Path(path), code, "total")), None)


@lru_cache(maxsize=4096)
def _own_cells(
    home: str, number: int, reporters: frozenset[str], code: str, way: str, period: Period
) -> tuple[Cell, ...]:
    figures = all_figures()
    assert figures is not None
    own = replace(figures, scope=replace(figures.scope, reporters=reporters))
    if not in_rows(own.catalogue.indicator(code), period.last_day):
        return ()
    by = () if way == "total" else way.split("+")
    return tuple(own.query(code, period, by))


def multiples(figures: Figures, shown: Table) -> list[tuple[Line, tuple[Decimal | None, ...]]]:
    """The last months of each item, for one way of dividing with few items; of the province, whose months are kept."""
    named = [line for line in shown.lines if None not in line.keys]
    if figures.scope.reporters is not None or "+" in shown.asked.way:
        return []
    if not 1 < len(named) <= MULTIPLES:
        return []
    asked, months = (
        figures.catalogue.indicator(shown.asked.code),
        list[dict[object, Decimal | None]](),
    )
    for back in range(MONTHS - 1, -1, -1):
        month = shown.period.shift(-back)
        there = in_rows(asked, month.last_day)
        held = cells(figures, shown.asked.code, shown.asked.way, month) if there else ()
        meant = shown_as(asked, month.last_day)
        months.append({cell.keys: finished(cell, meant) for cell in held})
    return [(line, tuple(month.get(line.keys) for month in months)) for line in named]


def _whole(figures: Figures, code: str, period: Period) -> Cell | None:
    if figures.scope.reporters is None:
        return _kept_whole(str(kept_at(figures, period)), code)
    return next(iter(cells(figures, code, "total", period)), None)


def series(
    figures: Figures, code: str, last: Period, months: int
) -> list[tuple[Period, Decimal | None]]:
    """The whole figure by month, as far back as there is one."""
    known = {period for period in periods(figures) if period <= last}
    if not known:
        return []
    first = max(min(known), last.shift(1 - months))
    asked, found, month = figures.catalogue.indicator(code), [], first
    while month <= last:
        there = month in known and in_rows(asked, month.last_day)
        cell = _whole(figures, code, month) if there else None
        value = None if cell is None else finished(cell, shown_as(asked, month.last_day))
        found.append((month, value))
        month = month.shift(1)
    return found
