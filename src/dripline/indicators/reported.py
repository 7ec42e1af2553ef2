"""Which tables a figure waits for: those that come with each period, registers aside."""

from __future__ import annotations

from dripline.definitions import Indicator
from dripline.engines.fold import Atom, atom_table
from dripline.indicators.coverage import BALANCES
from dripline.nodes import walk
from dripline.tables import table as table_called


def reported(indicator: Indicator) -> frozenset[str]:
    """The tables a figure adds up that come with each period; those of loans where it adds up registers alone."""
    read = {atom_table(atom) for atom in walk(indicator.measure) if isinstance(atom, Atom)}
    come = frozenset(code for code in read if table_called(code).nature != "register")
    return come or frozenset({BALANCES})


def main_table(indicator: Indicator) -> str:
    """The table whose reporters make a figure complete."""
    tables_read = reported(indicator)
    return BALANCES if BALANCES in tables_read else min(tables_read)
