"""Idempotency keys: the same key and request is answered the same, and done once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from dripline.portal.api.faults import Fault
from dripline.portal.api.models import Answer, Token
from dripline.portal.api.rules import bound
from dripline.store.entries import day_in_china

KEY = re.compile(r"[!-~]{1,80}")
HEADER, AGAIN = "Idempotency-Key", "Idempotent-Replay"


def once(
    request: HttpRequest, token: Token, do: Callable[[], HttpResponse], *, now: datetime
) -> HttpResponse:
    """What a request is answered. Deed and answer are one transaction, so a lost answer is no lost deed.

    Only what was done is kept: a refusal had no effect, and may be otherwise the next time.
    """
    key = request.headers.get(HEADER, "")
    if not KEY.fullmatch(key):
        raise Fault("no_key")
    asked = digest(request)
    with transaction.atomic():
        _forget(token, now)
        try:
            with transaction.atomic():
                kept = Answer.objects.create(token=token, key=key, asked=asked, at=now)
        except IntegrityError:
            return _again(Answer.objects.get(token=token, key=key), asked)
        response = do()
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif response.status_code >= 300:
            kept.delete()
        else:
            kept.status, kept.body = response.status_code, response.content.decode()
            kept.save(update_fields=["status", "body"])
        return response


def _forget(token: Token, now: datetime) -> None:
    hours = bound("api_answer_hours", day_in_china(now))
    Answer.objects.filter(token=token, at__lt=now - timedelta(hours=hours)).delete()


def _again(kept: Answer, asked: str) -> HttpResponse:
    if kept.asked != asked:
        raise Fault("other_body")
    response = HttpResponse(kept.body, status=kept.status, content_type="application/json")
    response[AGAIN] = "true"
    return response


def digest(request: HttpRequest) -> str:
    """What was asked: method, address and body."""
    whole = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    whole.update(request.body)
    return whole.hexdigest()
