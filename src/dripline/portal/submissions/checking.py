"""One check of a delivery in the background: every file read, every rule run, findings kept beside the database."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.cli.app import HENAN
from dripline.engines.data import Tally
from dripline.errors import DriplineError
from dripline.intake.checking import check_hand_over
from dripline.intake.findings import Origin, Spool, finding
from dripline.intake.receiving import AUTHORITY, Bad, HandOver, Received, counted, receive
from dripline.law import Law
from dripline.portal.accounts.models import Role
from dripline.portal.jobs.actions import Tell
from dripline.portal.submissions import findings_kept, storage
from dripline.portal.submissions.models import Delivery
from dripline.portal.submissions.own_rules import (
    NOT_OF_DEPARTMENTS,
    OTHER_PERIOD,
    OTHER_REPORTER,
    every_rule,
)
from dripline.portal.submissions.rules import of_departments
from dripline.store import Store
from dripline.tables import Table

OWN_SPOOL = "delivery.findings.parquet"


@dataclass(frozen=True, slots=True)
class Found:
    """What a check came to, ready to be written down in one transaction."""

    folder: str
    seconds: float
    bytes: int
    lawbook: str
    snapshot: int = 0
    trouble: str = ""
    pieces: tuple[dict[str, object], ...] = ()
    lines: tuple[dict[str, object], ...] = field(default=())

    @property
    def findings(self) -> int:
        """How many places are broken."""
        return sum(int(str(one["broken"])) for one in self.lines)


def received(delivery: Delivery, work: Path, law: Law, on: date, tell: Tell) -> HandOver:
    """The delivery's files as rows; CannotRead if there is none that can be read at all."""
    files = delivery.files.filter(complete=True).values_list("stored", "name")
    paths = storage.linked(files, work / "files")
    (work / "rows").mkdir()
    return receive(paths, work / "rows", law=law, on=on, province=HENAN, progress=tell)


def check(delivery: Delivery, on: date, tell: Tell) -> Found:
    """Reads and checks all of a delivery's files against the store as it is now."""
    begun, law = time.monotonic(), Law.load()
    size = sum(delivery.files.values_list("size", flat=True))
    home = storage.home()
    with home.staging() as work:
        try:
            handed = received(delivery, work, law, on, tell)
        except DriplineError as error:
            seconds = time.monotonic() - begun
            return Found("", seconds, size, law.digest, trouble=_without(str(error), work))
        handed, own = ours(delivery, handed, work / OWN_SPOOL)
        snapshot = Store(home).at(None)
        report = check_hand_over(handed, snapshot, (), work, law=law, progress=tell)
        tell("keep", 0, 1)
        folder, places = findings_kept.keep(dict.fromkeys((*report.spools, own)), work)
        lines = tuple(lines_of((*report.tallies, *counted([own])), places))
        pieces = tuple(_piece(one) for one in handed.tables)
        tell("keep", 1, 1)
    seconds = time.monotonic() - begun
    return Found(folder, seconds, size, law.digest, snapshot.number, "", pieces, lines)


def _without(error: str, work: Path) -> str:
    """An error's words without the folder that was worked in."""
    return error.replace(f"{work}/files/", "").replace(str(work), "")


def ours(delivery: Delivery, handed: HandOver, spool: Path) -> tuple[HandOver, Path]:
    """The tables that belong into this delivery; the others are rejected with a finding each."""
    with Spool(spool) as own:
        kept = [one for one in handed.tables if _belongs(delivery, one, own)]
        for bad in handed.bad:
            _belongs(delivery, bad, own)
    if len(kept) == len(handed.tables):
        return handed, spool
    spools = handed.spools
    return HandOver(tuple(kept), spools, handed.tallies, handed.bad), spool


def _belongs(delivery: Delivery, one: Received | Bad, own: Spool) -> bool:
    table = one.table.code if isinstance(one, Received) else ""
    origin = Origin(one.file.name, table, delivery.period, delivery.reporter)
    # The division's own sheets speak for many reporters and say so row by row.
    several = delivery.reporter == AUTHORITY
    if one.reporter not in (None, delivery.reporter) and not several:
        own.add(finding(OTHER_REPORTER, origin, value=one.reporter))
        return False
    department = delivery.organisation.role == Role.DEPARTMENT
    if department and isinstance(one, Received) and not of_departments(one.table):
        own.add(finding(NOT_OF_DEPARTMENTS, origin, value=one.table.code))
        return False
    if one.period is not None and str(one.period) != delivery.period:
        own.add(finding(OTHER_PERIOD, origin, value=str(one.period)))
        return False
    return True


def lines_of(
    tallies: Iterable[Tally], places: Iterable[findings_kept.Place]
) -> Iterator[dict[str, object]]:
    """A line for each rule and table that is broken, unknown somewhere, or waits for another table."""
    sums: dict[tuple[str, str], list[int]] = {}
    waits: dict[tuple[str, str], str] = {}
    for tally in tallies:
        name = (tally.code, tally.table)
        own = sums.setdefault(name, [0, 0, 0])
        for at, count in enumerate((tally.applied, tally.broken, tally.unknown)):
            own[at] += count
        if tally.not_run:
            waits[name] = tally.not_run
    rules, begins = every_rule(), {(one.rule, one.table): one for one in places}
    order = {name: number for number, name in enumerate(begins)}
    for name in sorted(sums, key=lambda name: (order.get(name, len(order)), name)):
        applied, broken, unknown = sums[name]
        place = begins.get(name)
        broken = place.count if place else broken
        if not (broken or unknown or name in waits):
            continue
        yield {
            "rule": name[0],
            "table": name[1],
            "severity": rules[name[0]].severity,
            "applied": applied,
            "broken": broken,
            "unknown": unknown,
            "waits_for": waits.get(name, ""),
            "first": place.first if place else 0,
        }


def _piece(one: Received) -> dict[str, object]:
    return {
        "table": one.table.code,
        "reporter": one.reporter,
        "rows": one.rows,
        "sha256": one.sha256,
        "sums": sums_of(one.table, one.staged),
    }


def sums_of(table: type[Table], staged: Path) -> dict[str, int]:
    """The sum of each amount of a table in fen, by which two versions are set side by side."""
    amounts = [name for name, column in table.columns.items() if column.unit == "yuan"]
    sums = dict.fromkeys(amounts, Decimal(0))
    if amounts:
        with pq.ParquetFile(staged) as file:
            for batch in file.iter_batches(columns=amounts):
                for name in amounts:
                    sums[name] += pc.sum(batch[name]).as_py() or Decimal(0)
    return {name: int(total.scaleb(2)) for name, total in sums.items()}
