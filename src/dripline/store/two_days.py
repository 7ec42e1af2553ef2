"""Rows of a store known partly on one day and partly on a later one: what stands between two vintages of a figure.

Reported tables, lists and the other registers can each be read as of another day, so that what came since can be let
in one kind after the other (ADR 12).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import Rows
from dripline.periods import Period
from dripline.store.scope import Scope
from dripline.store.snapshot import ScopedData, in_force_until_replaced
from dripline.tables import table as table_called

LISTS = ("EDITION", "QUALIFICATION")
"""The registers that say which enterprise is on which list."""
Facts = Literal["earlier", "late", "withdrawn", "later"]
Day = Literal["earlier", "later"]


@dataclass(frozen=True, slots=True)
class TwoDays:
    """Rows as known on the earlier of two days, with some of what came since.

    ``facts``: of the reported tables nothing that came since (*earlier*); also those whose reporter had sent none
    (*late*); also without the rows a correction no longer holds (*withdrawn*); everything (*later*). ``lists`` and
    ``registers`` are as of one of the days; with ``moved`` registers asked for at the first period are those of the
    second. ``left_out``: tables of reporters that are not read. ``spill``: a folder for rows that a correction kept.
    """

    earlier: ScopedData
    later: ScopedData
    spill: Path
    facts: Facts = "earlier"
    lists: Day = "earlier"
    registers: Day = "earlier"
    moved: tuple[Period, Period] | None = None
    left_out: frozenset[tuple[str, str]] = frozenset()

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month as known so, or None."""
        held = self._files(table, period)
        if not held:
            return None
        successors = tuple(pair for pair in self.successors if pair[0] in held)
        return Rows(files=tuple(held.values()), successors=successors)

    @property
    def scope(self) -> Scope:
        """Whose rows are seen."""
        return self.later.scope

    @property
    def successors(self) -> tuple[tuple[str, str], ...]:
        """Reporters taken over and who stands for them, by the registers as known so."""
        return self._of(self.registers).successors

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose file is known so."""
        return frozenset(self._files(table, period))

    def late(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose first file of a table for a month came after the earlier day."""
        before = self.earlier.files(table, period)
        return frozenset(self.later.files(table, period)) - frozenset(before)

    def corrected(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose file of a table for a month was replaced after the earlier day."""
        before, after = self.earlier.files(table, period), self.later.files(table, period)
        return frozenset(name for name in before if after.get(name, before[name]) != before[name])

    def _of(self, day: Day) -> ScopedData:
        return self.earlier if day == "earlier" else self.later

    def _files(self, code: str, period: Period) -> dict[str, str]:
        if code in LISTS:
            return self._of(self.lists).files(code, period)
        if in_force_until_replaced(table_called(code)):
            there = self.moved[1] if self.moved and self.moved[0] == period else period
            return self._of(self.registers).files(code, there)
        found = self._reported(code, period)
        return {name: file for name, file in found.items() if (code, name) not in self.left_out}

    def _reported(self, code: str, period: Period) -> dict[str, str]:
        if self.facts == "later":
            return self.later.files(code, period)
        before = self.earlier.files(code, period)
        if self.facts == "earlier":
            return before
        after = self.later.files(code, period)
        found = {name: before.get(name, after[name]) for name in after}
        if self.facts == "withdrawn":
            for name in self.corrected(code, period):
                found[name] = self._kept(code, before[name], after[name])
        return found

    def _kept(self, code: str, before: str, after: str) -> str:
        """The rows of the earlier file whose key the later one still holds, in a file of their own."""
        names = table_called(code).key
        if not names:  # nothing tells its rows apart: what was withdrawn shows as corrected
            return before
        name = hashlib.sha256(f"{before}\n{after}".encode()).hexdigest()[:16]
        path = self.spill / f"kept-{name}.parquet"
        if path.exists():
            return str(path)
        rows = pq.read_table(before, partitioning=None)
        kept = _still_there(rows, pq.read_table(after, columns=list(names), partitioning=None))
        if len(kept) == len(rows):
            return before
        pq.write_table(kept, path, compression="zstd")
        return str(path)


def _still_there(rows: pa.Table, others: pa.Table) -> pa.Table:
    """The rows whose key is among the others, in their order; an empty part of a key equals an empty one."""
    place = "place"
    mine = _keys(rows, others.column_names).append_column(
        place, pa.array(range(len(rows)), pa.int64())
    )
    found = mine.join(
        _keys(others, others.column_names), others.column_names, join_type="left semi"
    )
    return rows.take(found[place].combine_chunks().sort())


def _keys(rows: pa.Table, names: list[str]) -> pa.Table:
    parts: Mapping[str, pa.ChunkedArray] = {
        name: pc.fill_null(pc.cast(rows[name], pa.string()), "") for name in names
    }
    return pa.table(parts)
