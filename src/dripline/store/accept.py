"""Accepting a delivery: its files first, then one entry that names them all, in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dripline import __version__
from dripline.errors import Refused
from dripline.store.delivery import Delivery, Receipt, Staged, check_form, why_not_accept
from dripline.store.durable import sha256_of
from dripline.store.entries import Entry, TableVersion, day_in_china
from dripline.store.facts import place
from dripline.store.home import Home
from dripline.store.index import Index
from dripline.store.log import Log
from dripline.store.refusals import NotAccepted
from dripline.store.snapshot import Snapshot, in_force_until_replaced
from dripline.tables import TABLES
from dripline.words import Text

Recheck = Callable[[Snapshot], Delivery]
Step = Callable[[str], None]
"""Told what has just been done: renews the lease of a job, moves a progress bar."""


@dataclass
class Accepting:
    """One accept under way: the files it has placed so far, by table and version."""

    home: Home
    now: datetime
    by: str
    after_step: Step
    placed: dict[tuple[str, int, Path], TableVersion] = field(default_factory=dict)

    def run(self, delivery: Delivery, recheck: Recheck | None) -> Receipt:
        """Tries until the delivery has a number, is found to be held already, or is refused."""
        log, index = Log(self.home), Index.of(self.home)
        while True:
            try:
                if (receipt := already(index, delivery)) is not None:
                    self._tidy(index)
                    return receipt
                if moved(index, delivery):
                    delivery = self._checked_again(delivery, index, recheck)
                check_form(delivery)
                if (reason := why_not_accept(delivery)) is not None:
                    raise NotAccepted(reason)
            except Refused:
                self._tidy(index)
                raise
            entry = self._entry(delivery, index)
            won = self._append(log, entry)
            index = index.extended(log)
            if won:
                self._tidy(index)
                self.after_step("entry appended")
                return Receipt(
                    number=entry.number,
                    accepted_on=entry.accepted_on,
                    already=False,
                    tables=entry.tables,
                    kept=tuple(
                        sorted(set(delivery.tables) - {each.table for each in entry.tables})
                    ),
                )

    def _append(self, log: Log, entry: Entry) -> bool:
        aside = log.write_aside(entry)
        try:
            self.after_step("entry written")
            return log.append(aside, entry.number)
        finally:
            aside.unlink(missing_ok=True)

    def _checked_again(self, delivery: Delivery, index: Index, recheck: Recheck | None) -> Delivery:
        if recheck is None:
            raise NotAccepted(
                Text(
                    zh="校验之后，本机构的其他报表或登记簿已有变动。请重新校验后再提交。",
                    en="Since the check, other tables of this reporter or a register have changed. "
                    "Check the delivery again, then accept it.",
                )
            )
        again = recheck(Snapshot(self.home, index, None))
        if (again.reporter, again.period) != (delivery.reporter, delivery.period):
            raise Refused("The delivery that was checked again is another reporter's or period's.")
        if again.checked_at != index.number:
            raise Refused(
                "The delivery was not checked against the snapshot it was to be checked against."
            )
        return again

    def _entry(self, delivery: Delivery, index: Index) -> Entry:
        held = current(index, delivery)
        tables = []
        for code, staged in sorted(delivery.tables.items()):
            there = held.get(code)
            if there is None or there["package_sha256"] != staged.package_sha256:
                version = 1 if there is None else there["version"] + 1
                tables.append(self._placed(delivery, code, staged, version, index.swept))
        today = day_in_china(self.now)
        return Entry(
            number=index.number + 1,
            previous=index.last,
            reporter=delivery.reporter,
            period=delivery.period,
            tables=tuple(tables),
            outcomes=delivery.outcomes,
            explanations=delivery.explanations,
            received=self.now,
            accepted_on=max(today, index.last_day or today),
            by=self.by,
            program=__version__,
            lawbook=delivery.lawbook,
            key=delivery.key,
        )

    def _placed(
        self, delivery: Delivery, code: str, staged: Staged, version: int, swept: frozenset[str]
    ) -> TableVersion:
        """The table's file, placed once for each version tried, and again if a sweep has named it."""
        known = self.placed.get((code, version, staged.path))
        if known is not None and known.file not in swept:
            return known
        path = place(
            self.home,
            staged.path,
            table=code,
            period=delivery.period,
            reporter=delivery.reporter,
            version=version,
        )
        made = TableVersion(
            table=code,
            version=version,
            file=path.relative_to(self.home.path).as_posix(),
            sha256=sha256_of(path),
            package_sha256=staged.package_sha256,
            rows=staged.rows,
        )
        self.placed[code, version, staged.path] = made
        self.after_step(f"{code} placed")
        return made

    def _tidy(self, index: Index) -> None:
        """Removes files placed for a number another took; after any other mishap they stay, for a sweep to judge."""
        for made in self.placed.values():
            if len(index.where(file=made.file)) == 0:
                (self.home.path / made.file).unlink(missing_ok=True)
        self.placed.clear()


def accept(
    home: Home,
    delivery: Delivery,
    *,
    now: datetime,
    by: str,
    recheck: Recheck | None,
    after_step: Step,
) -> Receipt:
    """Takes a delivery into the store as a whole, or refuses it and leaves the store as it was."""
    return Accepting(home, now, by, after_step).run(delivery, recheck)


def current(index: Index, delivery: Delivery) -> dict[str, dict[str, Any]]:
    """What the store holds for this reporter and period, by table."""
    rows = index.where(reporter=delivery.reporter, period=str(delivery.period)).to_pylist()
    return {row["table"]: row for row in rows}


def already(index: Index, delivery: Delivery) -> Receipt | None:
    """The receipt of a delivery whose key, or whose every table's bytes, the store holds."""
    if delivery.key is not None and (rows := index.where(key=delivery.key).to_pylist()):
        if {(row["reporter"], row["period"]) for row in rows} != {
            (delivery.reporter, str(delivery.period))
        }:
            raise Refused("This key was used for the delivery of another reporter or period.")
    else:
        held = current(index, delivery)
        rows = [held[code] for code in delivery.tables if code in held]
        same = [
            row["package_sha256"] == delivery.tables[row["table"]].package_sha256 for row in rows
        ]
        if not rows or len(rows) < len(delivery.tables) or not all(same):
            return None
    newest = max(rows, key=lambda row: row["number"])
    return Receipt(
        number=newest["number"],
        accepted_on=newest["accepted_on"],
        already=True,
        tables=(),
        kept=tuple(sorted(delivery.tables)),
    )


def moved(index: Index, delivery: Delivery) -> bool:
    """Whether the store has changed since the check in what the rules read: this reporter's months, or a register."""
    if delivery.checked_at > index.number:
        raise Refused("This delivery was checked against another store.")
    read = {str(delivery.period), str(delivery.period.shift(-1))}
    for row in index.since(delivery.checked_at).select(["reporter", "period", "table"]).to_pylist():
        if row["reporter"] == delivery.reporter and row["period"] in read:
            return True
        if row["table"] in TABLES and in_force_until_replaced(TABLES[row["table"]]):
            return True
    return False
