"""Writing on a measure. What was written stays; what is newer stands."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from dripline.errors import Refused
from dripline.plans.plan import Measure, Plan
from dripline.plans.status import MeasureStatus
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.plan import rules
from dripline.portal.plan.models import Account, ByHand, Confirmation, Document


def _who(viewer: Viewer, plan: Plan, measure: Measure, now: datetime) -> dict[str, object]:
    return {
        "plan": plan.code,
        "measure": measure.id,
        "organisation": viewer.organisation,
        "user_id": viewer.user,
        "at": now,
    }


@transaction.atomic
def write(
    viewer: Viewer, plan: Plan, measure: Measure, words: dict[str, str], *, now: datetime
) -> Account:
    """A unit's account of a measure."""
    if reason := rules.why_not_write(viewer, measure):
        raise Refused(reason)
    account = Account.objects.create(**_who(viewer, plan, measure, now), **words)
    record("plan.account_written", account, by=viewer, says=f"{plan.code} {measure.id}")
    return account


@transaction.atomic
def register(
    viewer: Viewer,
    plan: Plan,
    measure: Measure,
    about: dict[str, object],
    scan: UploadedFile,
    *,
    now: datetime,
) -> Document:
    """Registers a document with its scan; it counts once others have confirmed it."""
    content = scan.read(rules.LARGEST + 1)
    refusal = rules.why_not_write(viewer, measure) or rules.why_not_scan(content, len(content))
    if refusal:
        raise Refused(refusal)
    kind = next(each for begin, each in rules.SIGNATURES.items() if content.startswith(begin))
    scan.seek(0)
    scan.name = f"{secrets.token_hex(16)}.{kind}"
    document = Document.objects.create(
        **_who(viewer, plan, measure, now),
        **about,
        scan=scan,
        sha256=hashlib.sha256(content).hexdigest(),
    )
    record("plan.document_registered", document, by=viewer, says=f"{plan.code} {measure.id}")
    return document


@transaction.atomic
def confirm(viewer: Viewer, document: Document, *, now: datetime) -> None:
    """A second person has compared the scan with the document."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if reason := rules.why_not_confirm(viewer, document):
        raise Refused(reason)
    Confirmation.objects.create(document=document, user_id=viewer.user, at=now)
    record("plan.document_confirmed", document, by=viewer, says=document.sha256)


@transaction.atomic
def set_by_hand(
    viewer: Viewer,
    plan: Plan,
    found: MeasureStatus,
    status: str,
    reason: str,
    *,
    on: date,
    now: datetime,
) -> ByHand:
    """Sets a status by hand, with the reason, in the name of the post."""
    if refusal := rules.why_not_set(viewer, found):
        raise Refused(refusal)
    measure = found.measure
    set_ = ByHand.objects.create(
        **_who(viewer, plan, measure, now),
        status=status,
        reason=reason,
        post=str(viewer.organisation),
        day=on,
    )
    ByHand.objects.filter(plan=plan.code, measure=measure.id, ended=None).exclude(
        pk=set_.pk
    ).update(ended=now)
    record("plan.set_by_hand", set_, by=viewer, says=f"{plan.code} {measure.id} {status}")
    return set_


@transaction.atomic
def take_back(viewer: Viewer, plan: Plan, found: MeasureStatus, *, now: datetime) -> None:
    """The status follows by rule again."""
    if refusal := rules.why_not_set(viewer, found):
        raise Refused(refusal)
    ended = ByHand.objects.filter(plan=plan.code, measure=found.measure.id, ended=None)
    if ended.update(ended=now):
        record("plan.taken_back", found.measure.id, by=viewer, says=plan.code)
