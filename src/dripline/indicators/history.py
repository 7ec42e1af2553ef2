"""Figures published before the rows begin: where the rows of an earlier month are not in the store, the register HISTORY
stands in for them (FN 17). Such a cell says so, names the document and the definition, and cannot be traced.

Rows win: where a month was received, nothing is read from HISTORY, and a difference from it is shown. What neither
was received nor published has no value; it is never taken for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pyarrow.parquet as pq

from dripline.definitions import Breakdown, Indicator, Membership
from dripline.engines.data import Cell, Data
from dripline.engines.fold import Atom, Exact, Keys, Moment, atom_table, atoms, restricted
from dripline.nodes import Measure
from dripline.periods import Period
from dripline.standards.registers import HISTORY
from dripline.tables import table as table_called

TOTAL = "total"
CENTS = 100
COLUMNS = ("indicator", "breakdown", "item", "period", "value", "cited", "definition")
ADDITIVE = ("yuan", "notes")
"""Units in which the figures of two institutions add up to that of the one that stands for both today."""


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One published figure: which, of when, how much, in which document and by which definition.

    ``own_list``: it is compared under the list rule it was published with; else it is not restated on today's list.
    """

    indicator: str
    breakdown: str
    item: str
    period: str
    value: Decimal
    cited: str
    definition: str
    own_list: bool = True


@dataclass(frozen=True, slots=True)
class Published(Cell):
    """A cell that rests, in part or whole, on figures published before the rows begin; it cannot be traced."""

    aggregates: tuple[Aggregate, ...] = ()


Place = tuple[str, str, Keys, str]
"""Indicator, breakdown as the catalogue writes it, key of the cell, period."""


@dataclass
class History:
    """Published figures by indicator, breakdown, key and period, and which months' rows have been received."""

    data: Data
    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown]
    held: dict[Place, tuple[Aggregate, ...]] = field(default_factory=dict)
    unusable: list[Mapping[str, Any]] = field(default_factory=list)
    """Rows no figure can use: an unknown indicator or breakdown, another unit, or parts that do not add up."""
    _absent: dict[tuple[str, Period], bool] = field(default_factory=dict)
    _measures: dict[str | None, dict[Measure, tuple[str, ...]]] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        data: Data,
        period: Period,
        indicators: Mapping[str, Indicator],
        breakdowns: Mapping[str, Breakdown],
        successors: Mapping[str, str] = MappingProxyType({}),
    ) -> History:
        """The register as in force at the period's end; institutions are those that stand for them today (FN 2)."""
        found = cls(data, indicators, breakdowns)
        for row in _rows(data, period):
            found._add(row, successors)
        return found

    def _add(self, row: Mapping[str, Any], successors: Mapping[str, str]) -> None:
        indicator = self.indicators.get(row["indicator"])
        if indicator is None or row["unit"] != indicator.unit:
            self.unusable.append(row)
            return
        place = _place(indicator, row, successors)
        before = () if place is None else self.held.get(place, ())
        if place is None or (before and indicator.unit not in ADDITIVE):
            self.unusable.append(row)
            return
        self.held[place] = (*before, Aggregate(**{name: row[name] for name in COLUMNS}))

    # --- what was received ------------------------------------------------------------------------

    def absent(self, table: str, month: Period) -> bool:
        """Whether nobody's rows of a reported table have come for a month (a register stands until the next one)."""
        if table_called(table).nature == "register":
            return False
        if (table, month) not in self._absent:
            self._absent[table, month] = self.data.rows(table, month) is None
        return self._absent[table, month]

    def absent_months(self, atom: Atom, moment: Moment) -> tuple[Period, ...]:
        """The months an atom adds up whose rows have not come; all of them if it adds up a register nobody ever sent."""
        table = atom_table(atom)
        if table_called(table).nature == "register":
            sent = self.data.rows(table, moment.editions[0]) is not None
            return () if sent else moment.months
        return tuple(month for month in moment.months if self.absent(table, month))

    def is_open(self, measure: Measure, moment: Moment) -> bool:
        """Whether some rows that a measure adds up have not come."""
        return any(self.absent_months(atom, when) for atom, when, _ in atoms(measure, moment))

    def waiting(self, measure: Measure, moment: Moment) -> tuple[str, ...]:
        """The tables and months a measure adds up and nobody sent, as ``CLDWDK 2024-06``."""
        found = {
            f"{atom_table(atom)} {month}"
            for atom, when, _ in atoms(measure, moment)
            for month in self.absent_months(atom, when)
        }
        return tuple(sorted(found))

    def printed(self, code: str, way: str, period: Period) -> Iterator[Published]:
        """The cells of a figure as they were published for a period, where it was not added up from rows."""
        for (of, by, keys, when), held in self.held.items():
            if (of, by, when) == (code, way, str(period)):
                exact = exact_of(held)
                yield Published(
                    code, when, way, keys, exact.numerator, exact.denominator, 0, aggregates=held
                )

    def codes(self, group: str | None) -> Mapping[Measure, tuple[str, ...]]:
        """The published figures by what they measure, within a group of a membership."""
        if group not in self._measures:
            found: dict[Measure, tuple[str, ...]] = {}
            places = (place for place in self.held if group is None or group in place[2])
            for code in dict.fromkeys(place[0] for place in places):
                measure = self.indicators[code].measure
                for inside in _groups(self.breakdowns, group):
                    measure = restricted(measure, inside)
                found[measure] = (*found.get(measure, ()), code)
            self._measures[group] = found
        return self._measures[group]


def _groups(breakdowns: Mapping[str, Breakdown], group: str | None) -> list[Any]:
    every = [g for b in breakdowns.values() if isinstance(b, Membership) for g in b.groups]
    return [g for g in every if g.code == group][:1]


def exact_of(aggregates: Sequence[Aggregate]) -> Exact:
    """The published figures added up, in the unit of their indicator."""
    total = sum((int(a.value.scaleb(2)) for a in aggregates), 0)
    return Exact(total, CENTS, 0)


def _rows(data: Data, period: Period) -> list[dict[str, Any]]:
    rows = data.rows(HISTORY.code, period)
    if rows is None:
        return []
    if rows.memory is not None:
        held: list[dict[str, Any]] = rows.memory.to_pylist()
        return held
    return [row for file in rows.files for row in pq.ParquetFile(file).read().to_pylist()]


def _place(
    indicator: Indicator, row: Mapping[str, Any], successors: Mapping[str, str]
) -> Place | None:
    """Where a row belongs; the parts of a pair may stand in either order, joined by ``+`` like their items."""
    names, items = row["breakdown"].split("+"), row["item"].split("+")
    if names == [TOTAL]:
        return indicator.code, TOTAL, (), row["period"]
    if len(names) != len(items):
        return None
    by = dict(zip(names, items, strict=True))
    if "institution" in by:
        by["institution"] = successors.get(by["institution"], by["institution"])
    for way in indicator.breakdowns:
        if sorted(way.split("+")) == sorted(names):
            return indicator.code, way, tuple(by[n] for n in way.split("+")), row["period"]
    return None
