"""A hand-over laid over what the store holds: what the rules would see if it were accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow.parquet as pq

from dripline.engines.data import Data, Rows
from dripline.errors import CannotRead
from dripline.intake.receiving import Received
from dripline.periods import Period
from dripline.store.succession import COLUMNS, REGISTER, successors
from dripline.tables import table as table_called


@dataclass(frozen=True)
class Overlay:
    """Handed-over rows in front of the store's; ``store`` is None where nothing was ever accepted."""

    store: Data | None
    held: dict[tuple[str, Period], dict[str, Received]] = field(default_factory=dict)
    successors: tuple[tuple[str, str], ...] = ()
    """Who took over whom by the register of institutions that was handed over itself."""

    @classmethod
    def of(cls, store: Data | None, tables: Iterable[Received], month: Period) -> Overlay:
        """The rows of these tables over the store, institutions as they stand at the end of the month."""
        held: dict[tuple[str, Period], dict[str, Received]] = {}
        for one in tables:
            held.setdefault((one.table.code, one.period), {})[one.reporter] = one
        made = cls(store, held)
        rows = [row for one in made._mine(REGISTER, month).values() for row in _institutions(one)]
        # A circle of successions is INSTITUTION-09; the other rules go on without it.
        try:
            known = successors(rows, month.last_day)
        except CannotRead:
            known = {}
        return cls(store, held, tuple(sorted(known.items())))

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        mine = self._mine(table, period)
        theirs = None if self.store is None else self.store.rows(table, period)
        known = dict(() if theirs is None else theirs.successors) | dict(self.successors)
        if not mine:
            merged = tuple(sorted(known.items()))
            return None if theirs is None else replace(theirs, successors=merged)
        kept: tuple[str, ...] = ()
        if theirs is not None:
            kept = tuple(f for f in theirs.files if _sender(f) not in mine)
        files = (*kept, *(str(one.staged) for one in mine.values()))
        return Rows(files=files, successors=tuple(sorted(known.items())))

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose file is there, handed over now or held by the store."""
        theirs = frozenset[str]() if self.store is None else self.store.received(table, period)
        return theirs | frozenset(self._mine(table, period))

    def _mine(self, table: str, period: Period) -> dict[str, Received]:
        kind = table_called(table)
        if kind.nature != "register" or kind.per_reporter:
            return self.held.get((table, period), {})
        until = [p for code, p in self.held if code == table and p.last_day <= period.last_day]
        return {} if not until else self.held[table, max(until)]


def _institutions(one: Received) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(one.staged, columns=list(COLUMNS)).to_pylist()
    return rows


def _sender(file: str) -> str:
    """The reporter of a file of the store: the folder it lies in."""
    return file.replace("\\", "/").rsplit("/", 2)[-2]
