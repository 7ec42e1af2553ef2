"""What the page of one delivery shows: its steps, how far the check is, its rules, what its reviewer must see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.intake.findings import Finding
from dripline.portal.accounts.looks import LOOKED, look
from dripline.portal.accounts.models import Role
from dripline.portal.accounts.scope import visible
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.jobs.models import Job
from dripline.portal.jobs.models import Status as JobStatus
from dripline.portal.language import said
from dripline.portal.submissions import findings_kept, rules
from dripline.portal.submissions.comparing import label_of
from dripline.portal.submissions.models import Checked, Delivery, Line, Status
from dripline.portal.submissions.own_rules import OWN_RULES
from dripline.portal.submissions.own_rules import rule as rule_called

FIRST_ROWS = 2
"""Rows of a rule shown before its own page is opened."""
ON_A_PAGE = 50
LEARNT_FROM = 20
"""Checks from whose speed the time of the next is told."""
ALMOST = 95
STEPS = ("read", "check", "keep")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps of a delivery: past, now or later, with a word on it."""

    number: int
    label: str
    word: str
    at: datetime | None
    state: str


def steps(delivery: Delivery) -> list[Step]:
    """Upload, check, mend, send, review."""
    status = Status(delivery.status)
    now = {
        Status.DRAFT: 1,
        Status.CHECKING: 2,
        Status.FAULTY: 3,
        Status.CLEAN: 4,
        Status.SENT: 5,
        Status.ACCEPTING: 5,
        Status.ACCEPTED: 6,
        Status.RETURNED: 5,
        Status.WITHDRAWN: 0,
    }[status]
    checked = getattr(delivery, "checked", None)
    labels = (
        (_("Upload"), delivery.made_at),
        (_("Check"), None if checked is None else checked.at),
        (_("Mend or explain"), None),
        (_("Send"), delivery.sent_at),
        (_("Review by the branch"), delivery.reviewed_at),
    )
    found = []
    for number, (label, at) in enumerate(labels, 1):
        state = "past" if number < now else "now" if number == now else "later"
        word = str(delivery.get_status_display()) if state == "now" else ""
        found.append(Step(number, label, word, at, state))
    return found


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: percent, seconds left (None: not yet known), what is being done; or that it failed."""

    share: int
    left: int | None
    step: str
    waiting: bool
    failed: bool

    @property
    def may_leave(self) -> bool:
        """Whether it takes so long that one need not stay."""
        return self.left is None or self.left > 30


def progress(delivery: Delivery, viewer: Viewer, now: datetime) -> Progress:
    """From the job's own notes, and from how fast earlier checks were."""
    key = (
        rules.accept_key(delivery)
        if delivery.status == Status.ACCEPTING
        else rules.check_key(delivery)
    )
    job = visible(Job, viewer).filter(key=key).first()
    if job is None or job.status == JobStatus.QUEUED:
        return Progress(0, None, "", True, False)
    if job.status == JobStatus.FAILED:
        return Progress(0, None, "", False, True)
    whole = estimate(sum(one.size for one in delivery.files.all()))
    gone = (now - job.started).total_seconds() if job.started else 0.0
    if whole is None:
        done = STEPS.index(job.step) if job.step in STEPS else 0
        return Progress((100 * done + job.share) // len(STEPS), None, job.step, False, False)
    share = min(ALMOST, int(100 * gone / whole))
    return Progress(share, max(1, round(whole - gone)), job.step, False, False)


def estimate(size: int) -> float | None:
    """Seconds that a check of so many bytes takes, as the last ones took; None before the first."""
    last = Checked.objects.order_by("-id").values_list("seconds", "bytes")[:LEARNT_FROM]
    pairs = [(seconds, known) for seconds, known in last if known]
    if not pairs:
        return None
    # A small package takes as long as its rules take to start, a large one as its bytes take to read.
    least = min(seconds for seconds, _known in pairs)
    speed = median(
        seconds / known for seconds, known in pairs if known >= median(k for _s, k in pairs)
    )
    return max(least, speed * size, 1.0)


@dataclass(frozen=True, slots=True)
class Group:
    """A rule and table with what is wrong under it, and the rows of it that are shown."""

    line: Line
    says: str
    remedy: str
    source: str
    table: str
    rows: tuple[Finding, ...]

    @property
    def more(self) -> int:
        """How many rows are not shown here."""
        return self.line.broken - len(self.rows)

    @property
    def in_catalogue(self) -> bool:
        """Whether the rule has a page; those of the site itself have none."""
        return self.line.rule not in OWN_RULES

    @property
    def may_be_explained(self) -> bool:
        """Whether words may stand for what is wrong."""
        return self.line.severity != "reject"


def group(line: Line, rows: Iterable[Finding] = ()) -> Group:
    """A line in the words of its rule."""
    rule = rule_called(line.rule)
    words = ("", "", "") if rule is None else (said(rule.says), said(rule.remedy), rule.article)
    return Group(line, *words, label_of(line.table) if line.table else "", tuple(rows))


@dataclass(frozen=True, slots=True)
class Sums:
    """Broken places by what they mean for sending."""

    rejects: int
    errors: int
    explained: int
    warnings: int
    waiting: tuple[Line, ...]

    @property
    def in_the_way(self) -> int:
        """What must be mended or explained."""
        return self.rejects + self.errors - self.explained


def sums(lines: Iterable[Line]) -> Sums:
    """Adds up the lines of a check."""
    lines = list(lines)

    def broken(severity: str) -> int:
        return sum(one.broken for one in lines if one.severity == severity)

    return Sums(
        rejects=broken("reject"),
        errors=broken("error"),
        explained=sum(one.explained for one in lines if one.severity == "error"),
        warnings=broken("warning"),
        waiting=tuple(one for one in lines if one.waits_for),
    )


def looked(viewer: Viewer, delivery: Delivery, purpose: str, what: str) -> None:
    """Notes a look at findings, which hold values of rows; Refused where they are not open."""
    place = delivery.organisation
    if place.role == Role.DEPARTMENT and place.pk in viewer.within:
        with transaction.atomic():  # its own list: no row of an institution is looked at
            record(LOOKED, delivery, by=viewer, says=what, purpose=purpose)
        return
    of = place if place.reporter else None
    look(viewer, "findings", purpose, of=of, says=f"{delivery.uid} {what}")


def first_rows(checked: Checked, lines: Iterable[Line], count: int = FIRST_ROWS) -> list[Group]:
    """Each broken rule with its first rows."""
    return [
        group(line, findings_kept.page(checked.folder, line.first, min(count, line.broken)))
        for line in lines
        if line.broken
    ]


def names_only(lines: Iterable[Line]) -> list[Group]:
    """Each broken rule without a row: what may be seen without a purpose."""
    return [group(line) for line in lines if line.broken]
