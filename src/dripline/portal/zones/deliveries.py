"""What was sent in the extra zone goes in: packages of institutions, and lists of departments, under the same name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts.models import Organisation, Role
from dripline.portal.submissions import actions, storage, uploads
from dripline.portal.submissions.models import Delivery, Explanation, Import, Status
from dripline.portal.zones.carriers import Load, Page, Taking, went
from dripline.portal.zones.models import Arrived, Channel
from dripline.store.entries import day_in_china

KINDS = {"package": Role.INSTITUTION, "list": Role.DEPARTMENT}


def collect(kind: str, channel: Channel) -> Iterator[Load]:
    """Deliveries of one role that were sent here and have not gone in yet."""
    there = went(channel, kind)
    waiting = Delivery.objects.filter(status=Status.SENT, organisation__role=KINDS[kind])
    for delivery in waiting.select_related("organisation").order_by("sent_at", "id"):
        if str(delivery.uid) not in there:
            yield _load(delivery)


def _load(delivery: Delivery) -> Load:
    files = list(delivery.files.filter(complete=True).order_by("id"))
    given = delivery.explanations.order_by("id").values("rule", "table", "key", "reason")
    page = {
        "uid": str(delivery.uid),
        "organisation": delivery.organisation.code,
        "period": delivery.period,
        "sent": "" if delivery.sent_at is None else delivery.sent_at.isoformat(),
        "files": [{"name": one.name, "sha256": one.sha256} for one in files],
        "explanations": list(given),
    }
    return Load(str(delivery.uid), page, tuple(storage.place(one.stored) for one in files))


def receive(taking: Taking, page: Page) -> None:
    """A delivery of the same name here, queued for its check. What has no place goes back as a return with the reason."""
    uid, why, mark = UUID(page["uid"]), "", len(taking.undo)
    if Arrived.objects.filter(uid=uid).exists() or Delivery.objects.filter(uid=uid).exists():
        raise Refused(_("A delivery of this name is here already."))
    try:
        with transaction.atomic():
            _take_up(taking, page, uid)
    except Refused as refused:
        why = str(refused)
        taking.back_to(mark)
        taking.leave("package", str(uid), why)
    Arrived.objects.create(incoming=taking.incoming, uid=uid, why=why)


def _take_up(taking: Taking, page: Page, uid: UUID) -> None:
    place = Organisation.objects.filter(code=page["organisation"], role__in=KINDS.values()).first()
    if place is None:
        raise Refused(
            _("No organisation is called %(code)s here.") % {"code": page["organisation"]}
        )
    hand, now = taking.hand(), taking.now
    brought, _new = Import.objects.get_or_create(
        name=str(taking.incoming),
        organisation=hand.organisation,
        made_by_id=hand.user,
        defaults={"made_at": now, "done_at": now},
    )
    delivery = actions.begin(place, page["period"], by=hand, now=now, brought=brought)
    Delivery.objects.filter(pk=delivery.pk).update(uid=uid)
    delivery.refresh_from_db()
    for one in page["files"]:
        path = taking.file(one["sha256"])
        with path.open("rb") as source:
            chunks = iter(partial(source.read, storage.CHUNK), b"")
            file = uploads.whole(
                delivery,
                one["name"],
                path.stat().st_size,
                chunks,
                by=hand,
                now=now,
                on=day_in_china(now),
            )
        taking.undo.append(partial(storage.drop, file.stored))
    Explanation.objects.bulk_create(
        Explanation(delivery=delivery, made_by_id=hand.user, made_at=now, **one)
        for one in page["explanations"]
    )
    actions.check(delivery, by=hand, now=now)
