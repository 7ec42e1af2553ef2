"""Telling and reading. A notice is written in the transaction of what it tells; nothing leaves the site from here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from dripline.errors import Refused
from dripline.portal.accounts.models import Organisation
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.notices import rules
from dripline.portal.notices.models import Notice, Read, Way
from dripline.portal.notices.queries import mine
from dripline.words import Text


def tell(
    organisation: Organisation,
    kind: str,
    key: str,
    words: Text,
    *,
    url: str,
    now: datetime,
    functions: Iterable[str] = (),
) -> Notice:
    """Tells an organisation something, once for each key."""
    notice, _ = Notice.objects.get_or_create(
        key=key,
        defaults={
            "organisation": organisation,
            "functions": list(functions),
            "kind": kind,
            "zh": words.zh,
            "en": words.en,
            "url": url,
            "at": now,
        },
    )
    return notice


@transaction.atomic
def read_until(viewer: Viewer, last: int, *, now: datetime) -> int:
    """Marks what a person has seen, up to a notice; how many were new."""
    if viewer.user is None:
        return 0
    unread = mine(viewer).filter(pk__lte=last).exclude(reads__user=viewer.user)
    reads = [Read(notice=each, user_id=viewer.user, at=now) for each in unread]
    return len(Read.objects.bulk_create(reads, ignore_conflicts=True))


@transaction.atomic
def add_way(viewer: Viewer, kind: str, address: str) -> Way:
    """Adds a way by which the viewer's organisation hears of news from now on."""
    if reason := rules.why_not_add(viewer, kind, address):
        raise Refused(reason)
    last = Notice.objects.order_by("-id").values_list("id", flat=True).first() or 0
    way = Way.objects.create(
        organisation=viewer.organisation,
        kind=kind,
        address=address,
        secret=rules.new_secret() if kind == Way.Kind.WEBHOOK else "",
        sent_until=last,
    )
    record("notices.way_added", way, by=viewer, says=kind)
    return way


@transaction.atomic
def remove_way(viewer: Viewer, way: Way) -> None:
    """Ends a way."""
    if reason := rules.why_not_remove(viewer, way):
        raise Refused(reason)
    record("notices.way_removed", way, by=viewer, says=way.kind)
    way.delete()
