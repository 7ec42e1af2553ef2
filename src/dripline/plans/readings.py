"""The readings a target is judged by, out of the store as it was known day by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from dripline.errors import Refused
from dripline.indicators.compile import Figures, finished
from dripline.indicators.coverage import reporters_due
from dripline.indicators.reported import main_table
from dripline.indicators.versions import in_force
from dripline.periods import Period
from dripline.plans.progress import Reading, month_end_by
from dripline.plans.targets import TOTAL, Target
from dripline.words import Text

NOT_MEASURED = Text(
    zh="目录中尚无衡量该目标的指标", en="no figure of the catalogue measures it yet"
)
NO_SUCH_FIGURE = Text(zh="目录中没有指标{code}", en="the catalogue has no figure {code}")
OTHER_UNIT = Text(
    zh="目标的计量单位{unit}与指标的{own}不同", en="it is set in {unit}, the figure is in {own}"
)
NO_SUCH_WAY = Text(zh="{code}不按{way}分组", en="{code} is not divided by {way}")


@dataclass
class Readings:
    """Figures as known on the days that matter, up to one day; each is asked for once."""

    figures: Figures
    on: date
    _held: dict[tuple[str, str, Period, date], dict[tuple[str | None, ...], Decimal | None]] = (
        field(default_factory=dict)
    )

    def of(self, target: Target) -> Iterator[Reading]:
        """The base's, then the last day's once it is over, else the latest there is."""
        if self.why_none(target) is not None:
            return
        days = {month_end_by(target.starts)} if target.base is None else set()
        if self.on > target.due:
            days.add(month_end_by(target.due))
        elif latest := self._latest(target):
            days.add(latest)
        for day in sorted(days):
            yield from self._of_day(target, day)

    def why_none(self, target: Target) -> Text | None:
        """Why the catalogue cannot answer for a target: no such figure, another unit, or it is not divided so."""
        catalogue = self.figures.catalogue
        if target.indicator is None:
            return NOT_MEASURED
        if target.indicator not in catalogue.indicators:
            return NO_SUCH_FIGURE.format(code=target.indicator)
        indicator = catalogue.indicator(target.indicator)
        # A growth over the base is in percent of a figure in any unit; its row names the figure's unit all the same.
        if indicator.unit != target.unit:
            return OTHER_UNIT.format(unit=target.unit, own=indicator.unit)
        if target.way != TOTAL and target.way not in indicator.breakdowns:
            return NO_SUCH_WAY.format(code=indicator.code, way=target.way)
        return None

    def _latest(self, target: Target) -> date | None:
        """The last month's end whose rows have come."""
        table = self._table(target)
        months = (p for p in self._at(self.on).snapshot.periods() if p.length == 1)
        come = [p.last_day for p in months if p.last_day <= self.on and self._received(table, p)]
        return max(come, default=None)

    def _of_day(self, target: Target, day: date) -> Iterator[Reading]:
        """What was known first as final, and what is known now."""
        month, table = Period.of(day), self._table(target)
        if day > self.on or not self._received(table, month):
            return
        entries = self._at(self.on).snapshot.entries(month)
        days = sorted({max(e.accepted_on, day) for e in entries if e.accepted_on <= self.on})
        complete = (known for known in days if self._complete(table, month, known))
        first = next(complete, None)
        if first is not None and first != self.on:
            yield Reading(day, first, self._value(target, month, first), final=True)
        final = self._complete(table, month, self.on)
        yield Reading(day, self.on, self._value(target, month, self.on), final)

    def _at(self, known: date) -> Figures:
        return replace(self.figures, as_of=known)

    def _table(self, target: Target) -> str:
        return main_table(self.figures.catalogue.indicator(target.indicator or ""))

    def _received(self, table: str, month: Period) -> frozenset[str]:
        return self._at(self.on).snapshot.data(self.figures.scope).received(table, month)

    def _complete(self, table: str, month: Period, known: date) -> bool:
        """Whether every reporter due was in; without the register of reporters nothing is."""
        data = self._at(known).snapshot.data(self.figures.scope, institutions=month)
        due = reporters_due(data, month, table)
        return due is not None and due <= data.received(table, month)

    def _value(self, target: Target, month: Period, known: date) -> Decimal | None:
        """The figure of whom the target is for; no row of a city or bank is no value, which is not nought."""
        assert target.indicator is not None
        asked = (target.indicator, target.way, month, known)
        if asked not in self._held:
            self._held[asked] = self._asked(*asked)
        return self._held[asked].get(target.keys)

    def _asked(
        self, code: str, way: str, month: Period, known: date
    ) -> dict[tuple[str | None, ...], Decimal | None]:
        """Every cell of a figure; none where it had no such meaning then."""
        try:
            indicator = in_force(self.figures.catalogue.indicator(code), month.last_day)
        except Refused:
            return {}
        by = () if way == "total" else tuple(way.split("+"))
        cells = self._at(known).query(code, month, by)
        return {cell.keys: finished(cell, indicator) for cell in cells}
