"""Everything that changes a delivery: one transaction each, with the event in the same."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.intake.acceptance import Acceptance
from dripline.portal.accounts.models import Organisation
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.jobs.actions import enqueue
from dripline.portal.language import said
from dripline.portal.submissions import findings_kept, news, rules
from dripline.portal.submissions.checking import Found
from dripline.portal.submissions.models import (
    MOVES,
    Checked,
    Delivery,
    Explanation,
    Import,
    Line,
    Piece,
    Status,
)
from dripline.store.explanations import ANY


def only(reason: str | None) -> None:
    """Nothing happens where there is a reason why not."""
    if reason:
        raise Refused(reason)


def locked(delivery: Delivery) -> Delivery:
    """The delivery as it is now; nobody else changes it until the transaction ends."""
    return Delivery.objects.select_for_update().select_related("organisation").get(pk=delivery.pk)


def move(delivery: Delivery, to: Status, *, by: Viewer | None, says: str = "") -> None:
    """Along the table of moves, saved, with its event."""
    if to not in MOVES[Status(delivery.status)]:
        raise Refused(_("The delivery has moved on in the meantime; load the page again."))
    delivery.status = to
    delivery.save()
    record(f"delivery.{to}", delivery, by=by, says=says)
    news.tell_of(delivery)


@transaction.atomic
def begin(
    organisation: Organisation,
    period: str,
    *,
    by: Viewer,
    now: datetime,
    brought: Import | None = None,
) -> Delivery:
    """A new attempt for a period. It takes over the files of one that was not accepted; the older one is withdrawn."""
    reporter = rules.reports_as(organisation)
    history = Delivery.objects.select_for_update().filter(reporter=reporter, period=period)
    newest = history.order_by("-attempt").first()
    only(rules.why_not_begin(by, organisation, newest, brought=brought is not None))
    if newest is not None and newest.is_open:
        newest.ended_by_id, newest.ended_at = by.person, now
        newest.reason = _("A new attempt took its place.")
        move(newest, Status.WITHDRAWN, by=by, says="replaced")
    try:
        delivery = Delivery.objects.create(
            organisation=organisation,
            reporter=reporter,
            period=period,
            attempt=1 if newest is None else newest.attempt + 1,
            corrects=newest,
            brought=brought,
            made_by_id=by.person,
            made_at=now,
        )
    except IntegrityError as error:
        raise Refused(_("Somebody has begun this delivery at the same moment.")) from error
    if newest is not None and newest.status != Status.ACCEPTED and brought is None:
        _take_over(newest, delivery)
    record("delivery.begun", delivery, by=by, says=f"attempt {delivery.attempt}")
    return delivery


def _take_over(older: Delivery, newer: Delivery) -> None:
    """What was not accepted is handed over again but for what is mended: the same bytes, the same explanations."""
    for kept in older.files.filter(complete=True):
        kept.pk, kept.uid, kept.delivery = None, type(kept)().uid, newer
        kept._state.adding = True
        kept.save()
    for said_before in older.explanations.all():
        said_before.pk, said_before.delivery = None, newer
        said_before._state.adding = True
        said_before.save()


@transaction.atomic
def check(delivery: Delivery, *, by: Viewer | None, now: datetime) -> None:
    """Queues the check of all rules; ``by`` is None where the site goes on by itself with what was brought in."""
    delivery = locked(delivery)
    if by is not None:
        only(rules.why_not_check(by, delivery))
    delivery.round += 1
    if delivery.status == Status.CHECKING:  # its check broke off inside the program
        delivery.save()
        record("delivery.checking", delivery, by=by, says="again")
    else:
        move(delivery, Status.CHECKING, by=by)
    enqueue(
        "submissions.check",
        rules.check_key(delivery),
        now=now,
        organisation=delivery.organisation,
        delivery=delivery.pk,
        round=delivery.round,
    )


@transaction.atomic
def checked(pk: int, round: int, found: Found, *, now: datetime) -> None:
    """Writes down what a check came to, in place of the one before; nothing if the delivery has moved on."""
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    if delivery.status != Status.CHECKING or delivery.round != round:
        return
    for older in Checked.objects.filter(delivery=delivery):
        transaction.on_commit(lambda name=older.folder: findings_kept.throw_away(name))
        older.delete()
    checked = Checked.objects.create(
        delivery=delivery,
        at=now,
        seconds=found.seconds,
        bytes=found.bytes,
        rows=sum(int(str(one["rows"])) for one in found.pieces),
        findings=found.findings,
        folder=found.folder,
        lawbook=found.lawbook,
        snapshot=found.snapshot,
        trouble=found.trouble,
    )
    Line.objects.bulk_create(Line(checked=checked, **one) for one in found.lines)
    Piece.objects.bulk_create(Piece(checked=checked, **one) for one in found.pieces)
    _count_explained(checked)
    move(delivery, standing(checked), by=None, says=f"{found.findings} findings")
    if delivery.status == Status.CLEAN and delivery.brought_id is not None:
        delivery.sent_by_id, delivery.sent_at = delivery.made_by_id, now
        move(delivery, Status.SENT, by=None, says="brought in by the branch")


def standing(checked: Checked) -> Status:
    """Clean if nothing was in the way: no trouble, no reject, every error explained, and a row at all."""
    if checked.trouble or not checked.pieces.exists():
        return Status.FAULTY
    return Status.FAULTY if any(line.in_the_way for line in checked.lines.all()) else Status.CLEAN


def _count_explained(checked: Checked) -> None:
    """How many broken places the explanations cover, rule by rule."""
    given: dict[tuple[str, str], set[str]] = {}
    for one in checked.delivery.explanations.all():
        given.setdefault((one.rule, one.table), set()).add(one.key)
    for line in checked.lines.all():
        keys = given.get((line.rule, line.table), set())
        covered = line.broken if ANY in keys else 0
        if keys and ANY not in keys and line.broken:
            covered = findings_kept.keys(checked.folder, line.first, line.broken, keys)
        if line.severity == "reject":
            covered = 0
        if line.explained != covered:
            line.explained = covered
            line.save(update_fields=["explained"])


@transaction.atomic
def explain(
    delivery: Delivery, *, rule: str, table: str, key: str, reason: str, by: Viewer, now: datetime
) -> None:
    """Says why rows that break a rule stand; the same row said again replaces what was said."""
    delivery = locked(delivery)
    only(rules.why_not_explain(by, delivery, rule))
    if not reason.strip():
        raise Refused(_("An explanation gives a reason."))
    Explanation.objects.update_or_create(
        delivery=delivery,
        rule=rule,
        table=table,
        key=key or ANY,
        defaults={"reason": reason.strip(), "made_by_id": by.person, "made_at": now},
    )
    record("delivery.explained", delivery, by=by, says=f"{rule} {table}")
    _stand_again(delivery, by)


@transaction.atomic
def take_back(delivery: Delivery, explanation: int, *, by: Viewer) -> None:
    """Takes an explanation back."""
    delivery = locked(delivery)
    one = delivery.explanations.filter(pk=explanation).first()
    if one is None:
        raise Refused(_("This explanation is no longer there."))
    only(rules.why_not_explain(by, delivery, one.rule))
    record("delivery.unexplained", delivery, by=by, says=f"{one.rule} {one.table}")
    one.delete()
    _stand_again(delivery, by)


def _stand_again(delivery: Delivery, by: Viewer) -> None:
    checked = delivery.checked
    _count_explained(checked)
    to = standing(checked)
    if to != delivery.status:
        move(delivery, to, by=by)


@transaction.atomic
def send(delivery: Delivery, *, by: Viewer, now: datetime) -> None:
    """Hands a clean delivery to the branch."""
    delivery = locked(delivery)
    only(rules.why_not_send(by, delivery))
    delivery.sent_by_id, delivery.sent_at = by.person, now
    move(delivery, Status.SENT, by=by)


@transaction.atomic
def withdraw(delivery: Delivery, *, by: Viewer, now: datetime, reason: str = "") -> None:
    """Ends a delivery before it is accepted."""
    delivery = locked(delivery)
    only(rules.why_not_withdraw(by, delivery))
    delivery.ended_by_id, delivery.ended_at, delivery.reason = by.person, now, reason.strip()
    move(delivery, Status.WITHDRAWN, by=by)


@transaction.atomic
def accept(delivery: Delivery, *, by: Viewer, now: datetime) -> None:
    """The reviewer's yes; the worker puts it into the store."""
    delivery = locked(delivery)
    only(rules.why_not_accept(by, delivery))
    delivery.reviewed_by_id, delivery.reviewed_at = by.user, now
    move(delivery, Status.ACCEPTING, by=by)
    enqueue(
        "submissions.accept",
        rules.accept_key(delivery),
        now=now,
        organisation=delivery.organisation,
        delivery=delivery.pk,
    )


@transaction.atomic
def give_back(delivery: Delivery, *, reason: str, by: Viewer, now: datetime) -> None:
    """The reviewer's no, with the reason."""
    delivery = locked(delivery)
    only(rules.why_not_return(by, delivery, reason))
    delivery.reviewed_by_id, delivery.reviewed_at = by.user, now
    delivery.ended_by_id, delivery.ended_at, delivery.reason = by.person, now, reason.strip()
    move(delivery, Status.RETURNED, by=by)


@transaction.atomic
def accepted(pk: int, *, entry: int, day: date, now: datetime) -> None:
    """Follows the store: the delivery is an entry of its log. The figures of its period are computed next."""
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    if delivery.status != Status.ACCEPTING:
        return
    delivery.entry, delivery.accepted_on = entry, day
    move(delivery, Status.ACCEPTED, by=None, says=f"entry {entry}")
    enqueue(
        "statistics.compile",
        f"statistics.compile {delivery.period} {entry}",
        now=now,
        organisation=None,
        period=delivery.period,
    )


@transaction.atomic
def declined(pk: int, acceptance: Acceptance, *, now: datetime) -> None:
    """What the store did not take goes back with the store's own reason."""
    delivery = Delivery.objects.select_for_update().get(pk=pk)
    if delivery.status != Status.ACCEPTING:
        return
    reasons = [said(one.reason) for one in acceptance.deliveries if one.reason is not None]
    if acceptance.bad or not acceptance.deliveries:
        reasons.append(
            _("Files that could not be read: %(count)s.") % {"count": len(acceptance.bad)}
        )
    delivery.reason = "\n".join(reasons)
    delivery.ended_by_id, delivery.ended_at = delivery.reviewed_by_id, timezone.now()
    move(delivery, Status.RETURNED, by=None, says="not taken by the store")


def tally_of(line: Line) -> Any:
    """A line as the core's own tally, for the lists that are taken away."""
    from dripline.engines.data import Tally

    table, waits = line.table, line.waits_for or None
    return Tally(line.rule, table, "", line.applied, line.broken, line.unknown, waits)
