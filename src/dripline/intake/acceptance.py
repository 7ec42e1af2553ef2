"""From files to facts: a hand-over is read once, then checked and accepted delivery by delivery, registers first."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from dripline.definitions import AnyCheck
from dripline.errors import CannotRead
from dripline.intake.checking import Checked, Report, check_hand_over
from dripline.intake.enterprise_names import Unmatched
from dripline.intake.list_matching import SentBack, with_codes
from dripline.intake.receiving import Bad, HandOver, Progress
from dripline.law import Law
from dripline.standards import RULES
from dripline.store.delivery import Delivery, Receipt, Staged, why_not_accept
from dripline.store.explanations import Explanation
from dripline.store.refusals import Declined
from dripline.store.scope import Scope
from dripline.store.snapshot import Snapshot, in_force_until_replaced
from dripline.store.store import Store
from dripline.words import Text

COLUMNS = ("rule", "table", "key", "reason")
EXPLANATION_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of one delivery: the store's receipt, or why it was not taken."""

    checked: Checked
    receipt: Receipt | None
    reason: Text | None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What became of a hand-over: each delivery, and the reports of the checks in the order they ran."""

    deliveries: tuple[Accepted, ...]
    reports: tuple[Report, ...]
    bad: tuple[Bad, ...]
    unmatched: tuple[Unmatched, ...] = ()
    """Listed enterprises that stay without a credit code, to be filled in and sent back."""

    @property
    def stands(self) -> bool:
        """Everything handed over was taken."""
        return not self.bad and all(one.receipt is not None for one in self.deliveries)


def read_explanations(path: Path) -> tuple[Explanation, ...]:
    """A file of explanations (CSV: rule, table, key or ``*``, reason); CannotRead names the line at fault."""
    try:
        text = path.read_bytes()[: EXPLANATION_BYTES + 1]
        rows = list(csv.DictReader(text.decode("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotRead(f"{path} cannot be read as a file of explanations: {error}.") from error
    if len(text) > EXPLANATION_BYTES:
        raise CannotRead(f"{path} is larger than {EXPLANATION_BYTES} bytes.")
    found = []
    for number, row in enumerate(rows, 2):
        values = [(row.get(name) or "").strip() for name in COLUMNS]
        if not all(values):
            wanted = ", ".join(COLUMNS)
            raise CannotRead(f"{path}, line {number}: an explanation needs {wanted} (a key or *).")
        found.append(Explanation(*values))
    return tuple(found)


@dataclass(frozen=True)
class Acceptor:
    """Accepts hand-overs into a store, in the name of somebody, at an instant."""

    store: Store
    explanations: tuple[Explanation, ...]
    work: Path
    law: Law
    now: datetime
    by: str
    progress: Progress
    rules: Mapping[str, AnyCheck] = field(default_factory=lambda: RULES)
    sent_back: SentBack | None = None
    key: str | None = None
    """The sender's own name for this hand-over; the store takes each part of it once, however often it is asked."""

    def accept(self, handed: HandOver) -> Acceptance:
        """Takes what may be taken: registers by period, then each month; a month sees the months before it."""
        held = self.store.at(None).data(Scope.all_rows(purpose="statistics"))
        listed = with_codes(handed, held, self.work, self.sent_back)
        handed = listed.handed
        results: list[Accepted] = []
        reports: list[Report] = []
        for stage in stages(handed):
            snapshot = self.store.at(None)
            report = self.check(stage, snapshot)
            reports.append(report)
            for number, checked in enumerate(report.deliveries):
                self.progress("accept", number, len(report.deliveries))
                results.append(self.take(checked, stage, snapshot))
        return Acceptance(tuple(results), tuple(reports), handed.bad, listed.unmatched)

    def check(self, part: HandOver, snapshot: Snapshot) -> Report:
        """Every rule over a part of the hand-over, as the store stands."""
        return check_hand_over(
            part,
            snapshot,
            self.explanations,
            self.work,
            law=self.law,
            progress=self.progress,
            rules=self.rules,
        )

    def take(self, checked: Checked, part: HandOver, snapshot: Snapshot) -> Accepted:
        """One delivery: into the store, or the reason why not."""
        delivery = self.delivery(checked, snapshot)
        # With a key the store may hold it already, and then it is no longer asked how it fares.
        if delivery.key is None and (reason := why_not_accept(delivery)) is not None:
            return Accepted(checked, None, reason)

        def again(now: Snapshot) -> Delivery:
            report = self.check(part.only(checked.tables), now)
            return self.delivery(report.deliveries[0], now)

        try:
            receipt = self.store.accept(delivery, now=self.now, by=self.by, recheck=again)
        except Declined as declined:
            return Accepted(checked, None, declined.reason)
        return Accepted(checked, receipt, None)

    def delivery(self, checked: Checked, snapshot: Snapshot) -> Delivery:
        """What the store is given."""
        tables = {
            one.table.code: Staged(path=one.staged, package_sha256=one.sha256, rows=one.rows)
            for one in checked.tables
        }
        used = {(each.rule, each.table) for each in checked.outcomes if each.explained}
        return Delivery(
            reporter=checked.reporter,
            period=checked.period,
            tables=tables,
            outcomes=checked.outcomes,
            explanations=tuple(e for e in self.explanations if (e.rule, e.table) in used),
            checked_at=snapshot.number,
            lawbook=self.law.digest,
            key=None if self.key is None else part_key(self.key, checked),
        )


def part_key(key: str, checked: Checked) -> str:
    """The key of one delivery among those of a hand-over: registers and months of one sender are taken apart."""
    tables = ",".join(sorted({one.table.code for one in checked.tables}))
    digest = hashlib.sha256(tables.encode()).hexdigest()[:16]
    return f"{key}/{checked.reporter}/{checked.period}/{digest}"


def stages(handed: HandOver) -> Iterator[HandOver]:
    """The order of acceptance: the registers for all, then the months, oldest first."""
    registers = [one for one in handed.tables if in_force_until_replaced(one.table)]
    rest = [one for one in handed.tables if not in_force_until_replaced(one.table)]
    for some in (registers, rest):
        for period in sorted({one.period for one in some}, key=lambda p: p.last_day):
            yield handed.only(one for one in some if one.period == period)
