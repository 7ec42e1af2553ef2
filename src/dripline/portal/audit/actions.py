"""Writing the trail. ``record`` is called inside the transaction of the deed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from dripline.portal.audit.chain import BEGINNING, digest
from dripline.portal.audit.models import Event, Seal

LOT = 500


def record(
    verb: str, subject: Model | str = "", *, by: Any, says: str = "", purpose: str = ""
) -> Event:
    """One event in the transaction that is open; ``by`` is the Viewer who acts (None: the site itself)."""
    if not connection.in_atomic_block:
        raise RuntimeError(f"{verb}: an event is written in the transaction of its deed")
    place = None if by is None else by.organisation
    known = isinstance(subject, Model)
    return Event.objects.create(
        at=timezone.now(),
        user=None if by is None else by.user,
        name="" if by is None else by.name,
        organisation=None if place is None else place.pk,
        organisation_name="" if place is None else place.name,
        verb=verb,
        subject_kind=subject._meta.label_lower if known else "",
        subject=str(subject.pk) if known else subject,
        says=says,
        purpose=purpose,
    )


def seal(now: datetime | None = None) -> int:
    """Chains what is committed and not yet sealed; how many events. Two sealers at once: one of them has nothing to do."""
    try:
        with transaction.atomic():
            last = Seal.objects.order_by("-number").first()
            number, before = (0, BEGINNING) if last is None else (last.number, last.digest)
            events = list(Event.objects.filter(seal=None).order_by("id")[:LOT])
            seals = []
            for event in events:
                number, before = number + 1, digest(before, event)
                seals.append(Seal(number=number, event=event, digest=before))
            Seal.objects.bulk_create(seals)
    except IntegrityError:
        return 0
    return len(events)
