"""Who is behind a request; sessions that end; and no page that forgot to say whom it is open to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dripline.portal.accounts.viewers import CHOSEN, NOBODY, viewer_of
from dripline.store.entries import day_in_china

LAST_SEEN = "last_seen"
THIRD_PARTY = ("allauth.", "django.")
"""Pages of the login itself: open to whoever signs in, and they look after their own access."""
WITHOUT_FACTOR = ("/accounts/", "/static/", "/language/")


class Viewers:
    """Puts ``request.viewer`` on each request."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the viewer; a session left idle has ended."""
        if request.user.is_authenticated and self._idle(request):
            logout(request)
        request.viewer = NOBODY
        if request.user.is_authenticated:
            today = day_in_china(timezone.now())
            request.viewer = viewer_of(request.user, request.session.get(CHOSEN), today)
            if path := self._first(request):
                return redirect(path)
        return self.answer(request)

    def _idle(self, request: HttpRequest) -> bool:
        now, seen = int(time.time()), request.session.get(LAST_SEEN)
        if seen is None or now - seen > 60:  # written once a minute, not with every request
            request.session[LAST_SEEN] = now
        return seen is not None and now - seen > settings.SESSION_IDLE_SECONDS

    def _first(self, request: HttpRequest) -> str | None:
        """Where a person must go before anything else: to a password of their own, to a second factor."""
        if request.path.startswith(WITHOUT_FACTOR):
            return None
        if request.user.must_change_password:
            return "/accounts/password/change/"
        if settings.DRIPLINE_SECOND_FACTOR and not is_mfa_enabled(request.user):
            return "/accounts/2fa/"
        return None

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Every view of ours says whom it is open to."""
        if not hasattr(view, "access") and not view.__module__.startswith(THIRD_PARTY):
            raise TypeError(f"{view.__module__}.{view.__name__} does not say whom it is open to")
