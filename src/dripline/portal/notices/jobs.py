"""Sending on what was told: one letter a day, one call a notice. What cannot be sent is tried again, and said."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.request
from datetime import datetime
from typing import Any
from urllib.error import URLError

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from dripline.errors import CannotRead
from dripline.portal.jobs.actions import ERRANDS, Tell, enqueue, handles
from dripline.portal.jobs.models import Job
from dripline.portal.notices.models import Notice, Way
from dripline.store.entries import day_in_china

LOT, PATIENCE, RETRY = 100, 10, 600
KIND = "notices.send"


@transaction.atomic
def due(now: datetime) -> None:
    """Queues the sending of a way that has something to send: a webhook at once, a letter once a day."""
    last = Notice.objects.order_by("-id").values_list("organisation_id", "id")
    latest: dict[int, int] = {}
    for organisation, number in last[:1000]:
        latest.setdefault(organisation, number)
    for way in Way.objects.select_related("organisation"):
        newest = latest.get(way.organisation_id, 0)
        if newest > way.sent_until:
            enqueue(
                KIND,
                f"{KIND}:{way.pk}:{_part(way, newest, now)}",
                now=now,
                organisation=way.organisation,
                again=False,
                way=way.pk,
            )


def _part(way: Way, newest: int, now: datetime) -> str:
    """What is sent as one: the day's letter; a call for each news, tried again every ten minutes."""
    if way.kind == Way.Kind.MAIL:
        return day_in_china(now).isoformat()
    return f"{newest}:{int(now.timestamp()) // RETRY}"


ERRANDS.append(due)


@handles(KIND)
def send(job: Job, tell: Tell) -> dict[str, Any]:
    """Sends what a way has not yet carried; a webhook may hear the same notice twice and knows it by its number."""
    way = Way.objects.filter(pk=job.arguments["way"]).select_related("organisation").first()
    if way is None:
        return {"sent": 0}
    waiting = Notice.objects.filter(organisation=way.organisation, pk__gt=way.sent_until)
    notices = list(waiting.order_by("id")[:LOT])
    if not notices:
        return {"sent": 0}
    tell("send", 0, len(notices))
    try:
        letter(way, notices) if way.kind == Way.Kind.MAIL else call(way, notices)
    except (OSError, URLError) as error:
        Way.objects.filter(pk=way.pk).update(fault=type(error).__name__)
        raise CannotRead(f"The address did not answer ({type(error).__name__}).") from None
    Way.objects.filter(pk=way.pk).update(sent_until=notices[-1].pk, fault="")
    return {"sent": len(notices)}


def letter(way: Way, notices: list[Notice]) -> None:
    """One letter for the day. It says that there is news and where, never what a row holds."""
    lines = [
        f"{timezone.localtime(each.at):%Y-%m-%d %H:%M} {each.zh} {each.en}" for each in notices
    ]
    send_mail(f"滴灌 Dripline: {len(notices)}", "\n".join(lines), None, [way.address])


def call(way: Way, notices: list[Notice]) -> None:
    """One call with all that is new, signed with the way's secret (HMAC-SHA-256 over the body)."""
    told = [
        {"id": each.pk, "kind": each.kind, "at": each.at.isoformat(), "url": each.url}
        | {"zh": each.zh, "en": each.en}
        for each in notices
    ]
    body = json.dumps({"notices": told}, ensure_ascii=False).encode()
    signed = hmac.new(way.secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "X-Dripline-Signature": f"sha256={signed}"}
    request = urllib.request.Request(way.address, data=body, headers=headers, method="POST")
    # No redirect is followed: only the host the operator allowed is spoken to.
    with _opener().open(request, timeout=PATIENCE) as answer:
        answer.read(1024)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any) -> None:
        """None is followed."""
        return None


def _opener() -> urllib.request.OpenerDirector:
    handlers: list[Any] = [_NoRedirect]
    if settings.DEBUG is False:
        handlers.append(urllib.request.ProxyHandler({}))
    return urllib.request.build_opener(*handlers)
