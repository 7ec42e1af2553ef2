"""The door of the interface: who asks, how much, how large, and whether it was asked before. Only then the operation."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from dripline.portal.accounts.access import Access
from dripline.portal.accounts.viewers import NOBODY
from dripline.portal.api import actions, limits
from dripline.portal.api.answers import once
from dripline.portal.api.faults import Fault, answer
from dripline.portal.api.models import Token
from dripline.portal.api.rules import bound
from dripline.portal.api.tokens import token_of, viewer_of
from dripline.portal.headers import client_address
from dripline.store.entries import day_in_china

View = Callable[..., HttpResponse]


def through(view: View, access: Access) -> View:
    """The view behind the door, with the access it states for the table of addresses and roles."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if settings.DRIPLINE_ZONE not in access.zones:
                raise Fault("not_found")
            response = _asked(request, lambda: view(request, *args, **kwargs))
        except Fault as fault:
            return answer(fault)
        except Http404:
            return answer(Fault("not_found"))
        return answer(Fault("no_method")) if response.status_code == 405 else response

    guarded.access = access
    guarded.csrf_exempt = True  # a cookie opens nothing here, so no other site can borrow one
    return guarded


def _asked(request: HttpRequest, do: Callable[[], HttpResponse]) -> HttpResponse:
    """Counts, knows the token, bounds the body; what changes something is done once."""
    now = timezone.now()
    on = day_in_china(now)
    request.viewer = NOBODY  # whoever is signed in with a browser is nobody here
    address = client_address(request)
    _count(f"address {address}"[:80], bound("api_address_requests_a_minute", on), now.timestamp())
    token = _token(request)
    if token is not None:
        _count(f"token {token.pk}", bound("api_requests_a_minute", on), now.timestamp())
        request.viewer = viewer_of(token, on)
        actions.used(token, on)
    if request.method == "PUT":
        return do()  # the bytes of a file: streamed, bounded by what was announced
    if int(request.META.get("CONTENT_LENGTH") or 0) > bound("api_body_bytes", on):
        raise Fault("too_large")
    if request.method == "POST" and token is not None:
        return once(request, token, do, now=now)
    return do()


def _count(key: str, most: int, now: float) -> None:
    seconds = limits.wait(key, most, now)
    if seconds is not None:
        raise Fault("too_many", retry_after=seconds)


def _token(request: HttpRequest) -> Token | None:
    scheme, _space, text = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        return None
    return token_of(text.strip(), day_in_china(timezone.now()))
