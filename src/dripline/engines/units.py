"""The units a scan is coded in: the rows of one reporter and month, and a digest of all that their coded form rests on.

A row's answers depend on its own file, on what is looked up for it, and on the definitions and lists of the day. From a
reported table only the reporter's own rows are looked up, so another bank's new file leaves a unit as it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dripline import __version__
from dripline import nodes as n
from dripline.canon import to_json
from dripline.engines.data import Kept
from dripline.engines.needs import reads
from dripline.engines.planner import Base
from dripline.law import Law
from dripline.periods import Period
from dripline.tables import table as table_called

WHOLE = ""
"""Stands for all reporters of a table that comes whole."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The rows of one reporter (``WHOLE``: of all) and month."""

    month: Period
    reporter: str
    digest: str
    rests_on: frozenset[str] = frozenset()
    """The reporters whose rows its own are looked up in: itself, and those it has taken over."""


def digest_of(*parts: object) -> str:
    """Thirty-two hex digits that stand for these values."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def shape(base: Base, law: Law) -> str:
    """A digest of what a scan asks of each row, whoever sent it."""
    return digest_of(
        __version__,
        law.digest,
        base.table,
        base.everywhere,
        [str(period) for period in base.moment.editions],
        [[to_json(node) for node in nodes] for nodes in _asked(base)],
    )


def _asked(base: Base) -> tuple[list[object], ...]:
    dimensions: list[object] = [d.of(base.table) for d in base.dimensions]
    return dimensions, list(base.values), list(base.distinct), list(base.leaves)


def units(base: Base, data: Kept, law: Law) -> list[Unit]:
    """The units of a scan, of its months in their order."""
    asked, others = shape(base, law), _others(base)
    found = []
    for month in base.moment.months:
        own = data.versions(base.table, month)
        whose = sorted(own) if table_called(base.table).per_reporter else [WHOLE] * bool(own)
        heirs = _heirs(base, data, month, others)
        for reporter in whose:
            mine = _mine(reporter, heirs)
            rests = [
                [table, str(period), _versions(data, table, period, mine)]
                for table, period in _places(base, month, others)
            ]
            pairs = sorted(pair for pair in heirs if pair[1] == reporter or reporter == WHOLE)
            then = sorted(pair for pair in heirs if pair[0] == reporter)
            about = digest_of(asked, str(month), reporter, pairs, then, rests)
            found.append(Unit(month, reporter, about, mine or frozenset()))
    return found


def _others(base: Base) -> set[tuple[str, n.When]]:
    """The tables a scan reads beside its own, with the month it reads them for."""
    nodes: Iterable[object] = (node for some in _asked(base) for node in some if node is not None)
    return {pair for node in nodes for pair in reads(node, "same")} - {(base.table, "same")}


def _places(
    base: Base, month: Period, others: Iterable[tuple[str, n.When]]
) -> Iterator[tuple[str, Period]]:
    """The tables and months a unit rests on, its own first."""
    yield base.table, month
    for name, when in sorted(others):
        if when == "previous":
            yield name, month.shift(-1)
        if table_called(name).per_reporter:
            if when == "same":
                yield name, month
        else:  # a register behind last month's rows is read as the lists are
            for edition in base.moment.editions:
                yield name, edition


def _heirs(
    base: Base, data: Kept, month: Period, others: set[tuple[str, n.When]]
) -> set[tuple[str, str]]:
    """Who has taken over whose rows, among the tables a unit rests on."""
    found: set[tuple[str, str]] = set()
    for name, period in _places(base, month, others):
        rows = data.rows(name, period)
        found.update(rows.successors if rows else ())
    return found


def _mine(reporter: str, heirs: set[tuple[str, str]]) -> frozenset[str] | None:
    """The reporters whose rows a unit may look up; None: all."""
    if reporter == WHOLE:
        return None
    return frozenset({reporter} | {then for then, today in heirs if today == reporter})


def _versions(
    data: Kept, table: str, period: Period, mine: frozenset[str] | None
) -> list[tuple[str, str]]:
    """What the rows are; of a table by reporter only those of some."""
    found = sorted(data.versions(table, period).items())
    if mine is None or not table_called(table).per_reporter:
        return found
    return [(reporter, version) for reporter, version in found if reporter in mine]
