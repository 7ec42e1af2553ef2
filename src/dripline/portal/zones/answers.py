"""What became of a delivery goes back out: its findings, and the receipt that says accepted or returned."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.jobs.actions import ERRANDS
from dripline.portal.submissions import actions, findings_kept
from dripline.portal.submissions.models import Checked, Delivery, Line, Piece, Status
from dripline.portal.zones.carriers import Load, Page, Taking, went
from dripline.portal.zones.models import Arrived, Channel

CHINESE = "zh-hans"
FINDINGS, RECEIPT = "findings", "receipt"
COUNTED = ("seconds", "bytes", "rows", "findings", "lawbook", "snapshot", "trouble")
LINE = ("rule", "table", "severity", "applied", "broken", "explained", "unknown", "waits_for", "first")  # fmt: skip
PIECE = ("table", "reporter", "rows", "sha256", "sums")
ENDED = (Status.ACCEPTED, Status.RETURNED, Status.WITHDRAWN)


def send_back(now: datetime) -> None:
    """What came by a bundle and has faults is ended here: the reporter mends it where it works, and sends it again."""
    came = Arrived.objects.filter(why="").values("uid")
    for found in Delivery.objects.filter(status=Status.FAULTY, uid__in=came):
        with transaction.atomic(), translation.override(CHINESE):
            delivery = actions.locked(found)
            if delivery.status != Status.FAULTY or delivery.brought is None:
                continue
            delivery.ended_by_id, delivery.ended_at = delivery.brought.made_by_id, now
            delivery.reason = _("The check by the branch found faults: see the findings.")
            actions.move(
                delivery, Status.WITHDRAWN, by=None, says="to be mended where it came from"
            )


ERRANDS.append(send_back)


def _ended(channel: Channel) -> Iterator[Delivery]:
    came = Arrived.objects.filter(incoming__channel=channel, why="").values("uid")
    ended = Delivery.objects.filter(uid__in=came, status__in=ENDED)
    return ended.select_related("checked").order_by("id").iterator()


def collect_findings(channel: Channel) -> Iterator[Load]:
    """How the check here went, of each delivery that has ended."""
    there = went(channel, FINDINGS)
    for delivery in _ended(channel):
        checked = getattr(delivery, "checked", None)
        if checked is not None and str(delivery.uid) not in there:
            yield _findings(delivery, checked)


def _findings(delivery: Delivery, checked: Checked) -> Load:
    page: Page = {"uid": str(delivery.uid), "at": checked.at.isoformat(), "sha256": ""}
    page |= {name: getattr(checked, name) for name in COUNTED}
    page["lines"] = list(checked.lines.order_by("id").values(*LINE))
    page["pieces"] = list(checked.pieces.values(*PIECE))
    path = findings_kept.folder(checked.folder) / findings_kept.FILE
    if not checked.folder:
        return Load(str(delivery.uid), page)
    with path.open("rb") as file:
        page["sha256"] = hashlib.file_digest(file, "sha256").hexdigest()
    return Load(str(delivery.uid), page, (path,))


def collect_receipts(channel: Channel) -> Iterator[Load]:
    """Accepted or returned, and why, of each delivery that came by this channel."""
    there = went(channel, RECEIPT)
    left = Arrived.objects.filter(incoming__channel=channel).exclude(why="")
    for one in left:
        if str(one.uid) not in there:
            yield _receipt(one.uid, "returned", one.why)
    for delivery in _ended(channel):
        if str(delivery.uid) in there:
            continue
        if delivery.status == Status.ACCEPTED:
            day = str(delivery.accepted_on)
            yield _receipt(delivery.uid, "accepted", "", entry=delivery.entry, accepted_on=day)
        else:
            yield _receipt(delivery.uid, "returned", delivery.reason)


def _receipt(uid: UUID, outcome: str, reason: str, **more: Any) -> Load:
    return Load(str(uid), {"uid": str(uid), "outcome": outcome, "reason": reason, **more})


def _sent(page: Page) -> Delivery:
    delivery = Delivery.objects.filter(uid=UUID(page["uid"]), status=Status.SENT).first()
    if delivery is None:
        raise Refused(_("No delivery here waits for this answer."))
    return actions.locked(delivery)


def receive_findings(taking: Taking, page: Page) -> None:
    """The check at the branch takes the place of the one made here: it saw the tables of other months and registers."""
    delivery, folder = _sent(page), ""
    if page["sha256"]:
        folder = findings_kept.new()
        taking.undo.append(lambda: findings_kept.throw_away(folder))
        into = findings_kept.folder(folder) / findings_kept.FILE
        shutil.copyfile(taking.file(page["sha256"]), into)
    for older in Checked.objects.filter(delivery=delivery):
        transaction.on_commit(lambda name=older.folder: findings_kept.throw_away(name))
        older.delete()
    checked = Checked.objects.create(
        delivery=delivery,
        at=datetime.fromisoformat(page["at"]),
        folder=folder,
        **{name: page[name] for name in COUNTED},
    )
    Line.objects.bulk_create(Line(checked=checked, **one) for one in page["lines"])
    Piece.objects.bulk_create(Piece(checked=checked, **one) for one in page["pieces"])


def receive_receipt(taking: Taking, page: Page) -> None:
    """The delivery ends here as it ended at the branch."""
    delivery, says = _sent(page), f"bundle {taking.incoming}"
    delivery.reviewed_by_id, delivery.reviewed_at = taking.channel.stands_for_id, taking.now
    if page["outcome"] == "accepted":
        actions.move(delivery, Status.ACCEPTING, by=None, says=says)
        delivery.entry = int(page["entry"])
        delivery.accepted_on = date.fromisoformat(page["accepted_on"])
        actions.move(delivery, Status.ACCEPTED, by=None, says=says)
        return
    delivery.ended_by_id, delivery.ended_at = taking.channel.stands_for_id, taking.now
    delivery.reason = str(page["reason"])
    actions.move(delivery, Status.RETURNED, by=None, says=says)
