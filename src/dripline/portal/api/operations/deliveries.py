"""Handing over: begin, check, explain, send, withdraw; and how a delivery stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Schema
from ninja import Status as Answered

from dripline.portal.accounts.models import Organisation, Role
from dripline.portal.accounts.scope import organisations, visible
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.faults import Fault
from dripline.portal.api.shapes import Asked, Code, Line, Month, Pair, Words, pair
from dripline.portal.api.site import api, follows, hands_over, sends
from dripline.portal.jobs.models import Job
from dripline.portal.submissions import actions, rules, storage
from dripline.portal.submissions.models import Delivery, File, Status
from dripline.portal.submissions.own_rules import rule as rule_called
from dripline.store.explanations import ANY

PAGE = 50
BUSY = {Status.CHECKING: 2, Status.ACCEPTING: 5, Status.SENT: 600}
"""Seconds after which to ask again, while others have work with it."""


class FileOut(Schema):
    """A file: how many of its bytes have arrived."""

    id: UUID
    name: str
    table: str
    size: int
    arrived: int
    complete: bool
    sha256: str


class RuleCount(Schema):
    """How one rule went over one table. ``in_the_way``: places that hinder sending."""

    rule: str
    table: str
    severity: str
    says: Pair | None
    applied: int
    broken: int
    explained: int
    unknown: int
    in_the_way: int
    waits_for: str


class CheckedOut(Schema):
    """The last check."""

    at: datetime
    rows: int
    findings: int
    trouble: str
    rules: list[RuleCount]


class Progress(Schema):
    """The work in the background: what is being done, how many of how many, in percent of the step."""

    kind: str
    status: str
    step: str
    done: int
    total: int
    percent: int
    error: str


class DeliveryOut(Schema):
    """A delivery: one attempt of a reporter for a month. ``why_not``: why it may not be sent by this token now."""

    id: UUID
    reporter: str
    period: str
    attempt: int
    status: str
    status_says: str
    reason: str
    made: datetime
    sent: datetime | None
    accepted_on: date | None
    files: list[FileOut]
    checked: CheckedOut | None
    progress: Progress | None
    why_not: str | None


class Begun(Asked):
    """The month, and the reporter where the token's institution has several."""

    period: Month
    reporter: Code | None = None


class Explained(Asked):
    """Why rows that break a rule stand: one row by its key, or * for all of the table."""

    rule: Code
    table: Code
    key: Line = ANY
    reason: Words


class Explanations(Asked):
    """Explanations of a delivery."""

    explanations: Annotated[list[Explained], Field(min_length=1, max_length=500)]


class Withdrawn(Asked):
    """Why it is withdrawn; may be left out."""

    reason: Line = ""


def delivery_of(viewer: Viewer, uid: UUID) -> Delivery:
    """The delivery; what is not the token's is not there."""
    found = visible(Delivery, viewer).filter(uid=uid).select_related("organisation", "checked")
    if (delivery := found.first()) is None:
        raise Fault("not_found")
    return delivery


def file_out(file: File) -> dict[str, object]:
    """A file as the interface tells it."""
    return {
        "id": file.uid,
        "name": file.name,
        "table": file.table,
        "size": file.size,
        "arrived": file.size if file.complete else storage.length(file.stored),
        "complete": file.complete,
        "sha256": file.sha256,
    }


def delivery_out(delivery: Delivery, viewer: Viewer) -> dict[str, object]:
    """A delivery as the interface tells it."""
    key = _job_key(delivery)
    return _out(delivery, viewer, Job.objects.filter(key=key).first() if key else None)


def _out(delivery: Delivery, viewer: Viewer, job: Job | None) -> dict[str, object]:
    return {
        "id": delivery.uid,
        "reporter": delivery.reporter,
        "period": delivery.period,
        "attempt": delivery.attempt,
        "status": delivery.status,
        "status_says": str(delivery.get_status_display()),
        "reason": delivery.reason,
        "made": delivery.made_at,
        "sent": delivery.sent_at,
        "accepted_on": delivery.accepted_on,
        "files": [file_out(one) for one in delivery.files.all()],
        "checked": _checked(delivery),
        "progress": None if job is None else _progress(job),
        "why_not": rules.why_not_send(viewer, delivery),
    }


def _checked(delivery: Delivery) -> dict[str, object] | None:
    if not hasattr(delivery, "checked"):
        return None
    checked = delivery.checked
    counts = []
    for line in checked.lines.all():
        rule = rule_called(line.rule)
        names = ("rule", "table", "severity", "applied", "broken", "explained", "unknown")
        counts.append(
            {name: getattr(line, name) for name in (*names, "in_the_way", "waits_for")}
            | {"says": None if rule is None else pair(rule.says)}
        )
    told = {name: getattr(checked, name) for name in ("at", "rows", "findings", "trouble")}
    return told | {"rules": counts}


def _job_key(delivery: Delivery) -> str | None:
    """The key of the work that is being done for a delivery now."""
    keys = {Status.CHECKING: rules.check_key, Status.ACCEPTING: rules.accept_key}
    key = keys.get(Status(delivery.status))
    return None if key is None else key(delivery)


def _progress(job: Job) -> dict[str, object]:
    told = {name: getattr(job, name) for name in ("kind", "status", "step", "done", "total")}
    return told | {"percent": job.share, "error": job.error}


def _place(viewer: Viewer, reporter: str | None) -> Organisation:
    if reporter is None:
        return viewer.organisation
    found = organisations(viewer).filter(role=Role.INSTITUTION, reporter=reporter).first()
    if found is None:
        raise Fault("not_found")
    return found


def _again(uid: UUID, viewer: Viewer) -> dict[str, object]:
    return delivery_out(delivery_of(viewer, uid), viewer)


tagged = {"tags": ["deliveries"]}


@api.get("deliveries", response=list[DeliveryOut], auth=follows, summary="Deliveries", **tagged)
def deliveries(
    request: HttpRequest,
    period: Month | None = None,
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> list[dict[str, object]]:
    """The deliveries of the token's institution, the newest first, fifty at a time."""
    found = visible(Delivery, request.viewer).select_related("organisation", "checked")
    if period:
        found = found.filter(period=period)
    found = found.prefetch_related("files", "checked__lines").order_by("-made_at", "-pk")
    shown = found[(page - 1) * PAGE : page * PAGE]
    shown = list(shown)
    jobs = {job.key: job for job in Job.objects.filter(key__in=filter(None, map(_job_key, shown)))}
    return [_out(one, request.viewer, jobs.get(_job_key(one) or "")) for one in shown]


@api.post("deliveries", response={201: DeliveryOut}, auth=hands_over, summary="Begin", **tagged)
def begin(request: HttpRequest, asked: Begun) -> Answered:
    """A new attempt for a month. One that was not accepted hands its files on; those that come anew replace theirs."""
    viewer = request.viewer
    place = _place(viewer, asked.reporter)
    made = actions.begin(place, asked.period, by=viewer, now=timezone.now())
    return Answered(201, _again(made.uid, viewer))


@api.get("deliveries/{uuid:uid}", response=DeliveryOut, auth=follows, summary="Status", **tagged)
def status(request: HttpRequest, uid: UUID, response: HttpResponse) -> dict[str, object]:
    """How a delivery stands, with the progress of its check; Retry-After says when to ask again."""
    delivery = delivery_of(request.viewer, uid)
    if seconds := BUSY.get(Status(delivery.status)):
        response["Retry-After"] = str(seconds)
    return delivery_out(delivery, request.viewer)


@api.post(
    "deliveries/{uuid:uid}/check", response=DeliveryOut, auth=hands_over, summary="Check", **tagged
)
def check(request: HttpRequest, uid: UUID) -> dict[str, object]:
    """Queues the check of all files by all rules; ask for the status until it is done."""
    actions.check(delivery_of(request.viewer, uid), by=request.viewer, now=timezone.now())
    return _again(uid, request.viewer)


@api.post(
    "deliveries/{uuid:uid}/explanations",
    response=DeliveryOut,
    auth=hands_over,
    summary="Explain",
    **tagged,
)
def explain(request: HttpRequest, uid: UUID, asked: Explanations) -> dict[str, object]:
    """Says why rows that break a rule stand; an explained error is not in the way."""
    delivery, viewer = delivery_of(request.viewer, uid), request.viewer
    for one in asked.explanations:
        actions.explain(
            delivery,
            rule=one.rule,
            table=one.table,
            key=one.key,
            reason=one.reason,
            by=viewer,
            now=timezone.now(),
        )
    return _again(uid, viewer)


@api.post("deliveries/{uuid:uid}/send", response=DeliveryOut, auth=sends, summary="Send", **tagged)
def send(request: HttpRequest, uid: UUID) -> dict[str, object]:
    """Hands a clean delivery to the branch, in the name of the person who made the token."""
    actions.send(delivery_of(request.viewer, uid), by=request.viewer, now=timezone.now())
    return _again(uid, request.viewer)


@api.post(
    "deliveries/{uuid:uid}/withdraw",
    response=DeliveryOut,
    auth=hands_over,
    summary="Withdraw",
    **tagged,
)
def withdraw(request: HttpRequest, uid: UUID, asked: Withdrawn) -> dict[str, object]:
    """Ends a delivery before it is accepted; what was sent is withdrawn by a token that may send."""
    delivery = delivery_of(request.viewer, uid)
    actions.withdraw(delivery, by=request.viewer, now=timezone.now(), reason=asked.reason)
    return _again(uid, request.viewer)
