"""Which tables have come for a figure that adds up several: reporters in and due of each, or the register in force."""

from __future__ import annotations

from dataclasses import dataclass

from dripline.definitions import Indicator
from dripline.engines.data import Data
from dripline.engines.fold import Atom, atom_table
from dripline.indicators.coverage import reporters_due
from dripline.nodes import walk
from dripline.periods import Period
from dripline.tables import table as table_called
from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many reporters have sent a table; ``due`` is None where nobody says who owes it (a register is sent by anyone)."""

    table: str
    received: int
    due: int | None

    @property
    def says(self) -> Text:
        """The table, and how far it is there."""
        if not self.received:
            return Text(zh=f"{self.table} 未收到", en=f"{self.table} has not come")
        if self.due is None:
            return Text(zh=f"{self.table} 已收到", en=f"{self.table} has come")
        return Text(
            zh=f"{self.table} {self.received}/{self.due}",
            en=f"{self.table} {self.received} of {self.due}",
        )


def added_tables(indicator: Indicator) -> tuple[str, ...]:
    """The tables whose rows a figure adds up or counts, in order."""
    read = (atom_table(atom) for atom in walk(indicator.measure) if isinstance(atom, Atom))
    return tuple(dict.fromkeys(read))


def arrived(data: Data, period: Period, tables: tuple[str, ...]) -> tuple[Arrived, ...]:
    """How far each table is there for a period."""
    return tuple(_of(data, period, code) for code in tables)


def _of(data: Data, period: Period, code: str) -> Arrived:
    if not table_called(code).per_reporter:
        return Arrived(code, int(data.rows(code, period) is not None), None)
    due = reporters_due(data, period, code)
    return Arrived(code, len(data.received(code, period)), None if due is None else len(due))


def says(found: tuple[Arrived, ...]) -> Text:
    """All tables in one line."""
    parts = [each.says for each in found]
    return Text(
        zh=f"各表到齐情况：{'；'.join(part.zh for part in parts)}",
        en=f"Tables: {'; '.join(part.en for part in parts)}",
    )
