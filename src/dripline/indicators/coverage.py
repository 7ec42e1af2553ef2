"""How complete a month is: reporters in and due, their share, explained errors, and the standing of its figures (FN 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow.parquet as pq

from dripline.engines.data import Data
from dripline.money import half_up
from dripline.periods import Period
from dripline.store import Snapshot
from dripline.store.snapshot import ScopedData
from dripline.words import Text

BALANCES, EVERY_TABLE = "CLDWDK", "*"
PRELIMINARY = Text(zh="初步", en="preliminary")
FINAL = Text(zh="正式", en="final")
REVISED = Text(zh="修订", en="revised")
ESTIMATED = Text(zh="估算", en="estimate")


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reporters of loan balances for a month: in, due, missing; last month's balance of those in, in percent.

    ``share`` is None where last month is not there; ``due`` is None without the register of reporters, and then
    nothing is final.
    """

    received: frozenset[str]
    due: frozenset[str] | None
    share: Decimal | None
    explained: int
    revised: bool

    @property
    def missing(self) -> frozenset[str]:
        """Reporters due whose file has not come."""
        return frozenset() if self.due is None else self.due - self.received

    @property
    def standing(self) -> Text:
        """初步 below 100 %, then 正式, and 修订 once a table of the month has been replaced."""
        if self.due is None or self.missing:
            return PRELIMINARY
        return REVISED if self.revised else FINAL


def coverage(
    snapshot: Snapshot, data: ScopedData, period: Period, table: str = BALANCES
) -> Coverage:
    """The coverage of a month as the snapshot knows it, by the table a figure adds up.

    Only reporters inside the scope of the data are told of: who is due, missing, explains or mends beside them is
    no part of what a bank may learn from its own figure, nor does it make that figure less final.
    """
    received, due = data.received(table, period), reporters_due(data, period, table)
    inside = data.scope.reporters
    explained = sum(
        outcome.explained
        for reporter, entry in snapshot.latest(period).items()
        if inside is None or reporter in inside
        for outcome in entry.outcomes
    )
    revised = any(
        held.version > 1
        for code in {table, BALANCES, "DWDKFS"}
        for reporter, held in snapshot.held(code, period).items()
        if inside is None or reporter in inside
    )
    if inside is not None:
        received, due = received & inside, None if due is None else due & inside
    share = _share(data, period, received) if table == BALANCES else None
    return Coverage(received, due, share, explained, revised)


def reporters_due(
    data: Data, period: Period, table: str, *, on: date | None = None
) -> frozenset[str] | None:
    """Who owes a table on a day (default: the period's last) by the register of reporters in force for the period."""
    rows = data.rows("REPORTER", period)
    if rows is None:
        return None
    day, found = on or period.last_day, set()
    for file in rows.files:
        columns = ["reporter", "table_code", "valid_from", "valid_to"]
        for row in pq.read_table(file, columns=columns, partitioning=None).to_pylist():
            ended = row["valid_to"] is not None and row["valid_to"] < day
            if row["table_code"] in (table, EVERY_TABLE) and row["valid_from"] <= day and not ended:
                found.add(row["reporter"])
    return frozenset(found)


def _share(data: Data, period: Period, received: frozenset[str]) -> Decimal | None:
    """Last month's balance of the reporters that are in now, as a share of all of last month's."""
    rows = data.rows(BALANCES, period.shift(-1))
    if rows is None:
        return None
    today = dict(rows.successors)
    mine = total = 0
    for file in rows.files:
        table = pq.read_table(file, columns=["_reporter", "balance_cny"], partitioning=None)
        sums = table.group_by("_reporter").aggregate([("balance_cny", "sum")]).to_pylist()
        for row in sums:
            fen = int((row["balance_cny_sum"] or Decimal(0)).scaleb(2))
            total += fen
            reporter = str(row["_reporter"])
            mine += fen if today.get(reporter, reporter) in received else 0
    return half_up(mine * 100, total, 2) if total else None
