"""What the store knows of the measures of a plan: their figures of a period with what they were before, and their targets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from dripline.definitions import Indicator
from dripline.engines.data import Cell
from dripline.indicators.arrived import Arrived, added_tables, arrived
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import Coverage, coverage
from dripline.indicators.history import Published
from dripline.indicators.reported import main_table
from dripline.indicators.results import read_results, result_path
from dripline.periods import Period
from dripline.plans.facts import Cases, Document, Facts, FigureSeen, Override, TargetProgress
from dripline.plans.judged import judged
from dripline.plans.plan import IndicatorUse, Measure, Plan
from dripline.plans.targets import SERVED
from dripline.store import ScopedData
from dripline.words import Text

BEFORE = (-12, -1)
"""What a figure is compared with, in months: a year before, else the month before."""
NOT_YET = Text(zh="本期口径不由逐笔数据汇总", en="its definition then was not added up from rows")
NOTHING = Text(zh="无数据或分母为零", en="no data, or nothing to divide by")


@dataclass(frozen=True, slots=True)
class Told:
    """What the work beside the figures says of one measure: cases, documents, and a status set by hand."""

    documents: tuple[Document, ...] = ()
    cases: tuple[Cases, ...] = ()
    override: Override | None = None


def facts_of(
    plan: Plan, shown: Figures, period: Period, on: date, told: Mapping[str, Told] | None = None
) -> dict[str, Facts]:
    """The facts of each measure of a plan, by its id."""
    seen, targets = Seen(shown, period, on), [TargetProgress(*one) for one in judged(shown, on)]
    if plan.code != SERVED:
        # The measures a figure serves are those of one plan; another plan names its targets itself.
        targets = [replace(one, target=replace(one.target, measures=())) for one in targets]
    uses = (use for measure in plan.measures for use in measure.evidence.indicators)
    seen.read(use.code for use in uses if use.by is None)
    known = told or {}
    return {
        measure.id: _facts(measure, seen, targets, known.get(measure.id, Told()))
        for measure in plan.measures
    }


def _facts(measure: Measure, seen: Seen, targets: list[TargetProgress], told: Told) -> Facts:
    named = {*measure.evidence.targets, *measure.evidence.other_lines}
    return Facts(
        targets=tuple(
            one for one in targets if one.target.code in named or measure.id in one.target.measures
        ),
        figures=tuple(seen.figure(use) for use in measure.evidence.indicators),
        documents=told.documents,
        cases=told.cases,
        override=told.override,
    )


@dataclass
class Seen:
    """Figures of the whole province for a period, each computed once."""

    shown: Figures
    period: Period
    on: date
    _cells: dict[tuple[str, Period], Cell] = field(default_factory=dict)
    _coverage: dict[str, Coverage] = field(default_factory=dict)
    _tables: dict[tuple[str, Period], Arrived] = field(default_factory=dict)
    _data: dict[Period, ScopedData] = field(default_factory=dict)

    def read(self, codes: Iterable[str]) -> None:
        """Takes these figures of the period and of those it is compared with, from the kept results or computed now."""
        asked = sorted(set(codes))
        have = set(self.shown.snapshot.periods())
        for period in (self.period, *(self.period.shift(months) for months in BEFORE)):
            if period == self.period or period in have:
                self._cells |= {(cell.indicator, period): cell for cell in self._of(asked, period)}

    def figure(self, use: IndicatorUse) -> FigureSeen:
        """One figure with its standing and what it was before."""
        indicator = self.shown.catalogue.indicator(use.code)
        value, gap = (None, None) if use.by else self._value(indicator, self.period)
        before = self._before(indicator) if value is not None else None
        return FigureSeen(
            code=use.code,
            label=indicator.label,
            unit=indicator.unit,
            day=self.period.last_day,
            known_on=self.on,
            value=value,
            standing=self._standing(indicator),
            gap=gap,
            by=None if use.by is None else self.shown.catalogue.breakdowns[use.by].label,
            before=None if before is None else before[0],
            before_day=None if before is None else before[1].last_day,
        )

    def _before(self, indicator: Indicator) -> tuple[Decimal, Period] | None:
        for months in BEFORE:
            period = self.period.shift(months)
            value, _ = self._value(indicator, period)
            if value is not None:
                return value, period
        return None

    def _value(self, indicator: Indicator, period: Period) -> tuple[Decimal | None, Text | None]:
        """The value, or why there is none: a table that nobody sent, or nothing to divide by."""
        cell = self._cells.get((indicator.code, period))
        if cell is None:
            return None, NOT_YET
        if not isinstance(cell, Published):
            for table in added_tables(indicator):
                found = self._arrived(table, period)
                if not found.received:
                    return None, found.says
        value = finished(cell, indicator)
        return value, NOTHING if value is None else None

    def _arrived(self, table: str, period: Period) -> Arrived:
        if (table, period) not in self._tables:
            (self._tables[table, period],) = arrived(self._rows(period), period, (table,))
        return self._tables[table, period]

    def _rows(self, period: Period) -> ScopedData:
        if period not in self._data:
            self._data[period] = self.shown.rows(period)
        return self._data[period]

    def _standing(self, indicator: Indicator) -> Text:
        table = main_table(indicator)
        if table not in self._coverage:
            rows = self._rows(self.period)
            self._coverage[table] = coverage(self.shown.snapshot, rows, self.period, table)
        return self._coverage[table].standing

    def _of(self, codes: list[str], period: Period) -> Iterator[Cell]:
        meant = self.shown.catalogue.at(period.last_day).indicators
        there = [code for code in codes if code in meant]
        path = result_path(self.shown.folder, self.shown.identity(period))
        kept = self.shown.scope.reporters is None and self.shown.missing == "left-out"
        if kept and path.exists():
            for code in there:
                yield from read_results(path, code, "total")
        else:
            yield from self.shown.cells(period, [meant[code] for code in there], ("total",))
