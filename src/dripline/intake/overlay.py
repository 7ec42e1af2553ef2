"""A hand-over laid over what the store holds: what the rules would see if it were accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dripline.engines.data import Data, Rows
from dripline.intake.receiving import Received
from dripline.periods import Period
from dripline.tables import table as table_called


@dataclass(frozen=True)
class Overlay:
    """Handed-over rows in front of the store's; ``store`` is None where nothing was ever accepted."""

    store: Data | None
    held: dict[tuple[str, Period], dict[str, Received]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Data | None, tables: Iterable[Received]) -> Overlay:
        """The rows of these tables over the store."""
        held: dict[tuple[str, Period], dict[str, Received]] = {}
        for one in tables:
            held.setdefault((one.table.code, one.period), {})[one.reporter] = one
        return cls(store, held)

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        mine = self._mine(table, period)
        theirs = None if self.store is None else self.store.rows(table, period)
        if not mine:
            return theirs
        kept: tuple[str, ...] = ()
        if theirs is not None:
            kept = tuple(f for f in theirs.files if _sender(f) not in mine)
        files = (*kept, *(str(one.staged) for one in mine.values()))
        return Rows(files=files, successors=() if theirs is None else theirs.successors)

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


def _sender(file: str) -> str:
    """The reporter of a file of the store: the folder it lies in."""
    return file.replace("\\", "/").rsplit("/", 2)[-2]
