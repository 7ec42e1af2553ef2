"""Which tables a rule needs, and why it cannot run for a reporter."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dripline import nodes as n
from dripline.definitions import AnyCheck, Check, Need, TotalsAgree
from dripline.engines.data import Data
from dripline.periods import Period
from dripline.tables import TABLES
from dripline.tables import table as table_called

Meets = Callable[[Need], frozenset[str]]
"""The reporters that have a row meeting a need's condition; each engine finds them its own way."""


def waiting(
    check: AnyCheck, data: Data, period: Period, reporters: Iterable[str], meets: Meets
) -> dict[str, str]:
    """The reporters a rule cannot run for, each with the table it waits for (``X@previous``: last month's)."""
    found: dict[str, str] = {}
    for name, when in sorted(needed(check)):
        here = received(data, name, period if when == "same" else period.shift(-1))
        own = table_called(name).per_reporter
        for reporter in reporters:
            if not here or (own and reporter not in here):
                found.setdefault(reporter, name if when == "same" else f"{name}@previous")
    for need in check.needs:
        absent = set(reporters) - received(data, need.table, period)
        if absent and need.when is not None:
            absent &= meets(need)
        for reporter in absent:
            found.setdefault(reporter, need.table)
    return found


def received(data: Data, name: str, period: Period) -> frozenset[str]:
    """Reporters whose file is there, today's successors of them included (FN 2)."""
    if name not in TABLES:  # a table of a later edition: nobody can have sent it
        return frozenset()
    here = data.received(name, period)
    rows = data.rows(name, period)
    return here | {today for then, today in (rows.successors if rows else ()) if then in here}


def needed(check: AnyCheck) -> set[tuple[str, n.When]]:
    """Tables a rule always waits for, with the month it reads them for.

    A table it names among its ``needs`` is not one of them: that is waited for while there are such rows, and has no
    rows where it has not come. An optional table is never waited for.
    """
    nodes: list[tuple[object, n.When]]
    if isinstance(check, TotalsAgree):
        nodes = [(p, total.period) for total in check.totals for p in (total.measure, *total.by)]
        found: set[tuple[str, n.When]] = {(total.table, total.period) for total in check.totals}
    else:
        parts = (check.holds,) if isinstance(check, Check) else check.by
        nodes = [(part, "same") for part in (*parts, check.given)]
        found = {(check.table, "same")}
    for node, when in nodes:
        found |= reads(node, when)
    sometimes: set[tuple[str, n.When]] = {(need.table, "same") for need in check.needs}
    never = {pair for pair in found if pair[0] in TABLES and table_called(pair[0]).optional}
    return found - sometimes - never


def reads(node: object, when: n.When) -> set[tuple[str, n.When]]:
    """Tables a node reads, those behind Lookup and HasRow with their own month."""
    found: set[tuple[str, n.When]] = set()
    for part in n.walk(node):
        if isinstance(part, n.Field):
            found.add((part.table, when))
        elif isinstance(part, n.Lookup | n.HasRow):
            there: n.When = "previous" if "previous" in (part.period, when) else "same"
            found.add((part.table, there))
            inner = (part.value, part.where) if isinstance(part, n.Lookup) else (part.where,)
            for other in (*inner, *(theirs for _, theirs in part.on)):
                found |= reads(other, there)
        elif isinstance(part, n.OnList):
            found |= {("EDITION", "same"), ("QUALIFICATION", "same")}
    return found
