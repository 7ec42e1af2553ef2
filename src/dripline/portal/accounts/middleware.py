"""Who is behind a request; sessions that end; and no page that forgot to say whom it is open to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dripline.portal.accounts.models import Door
from dripline.portal.accounts.trail import BEGAN, DOOR, LAST_SEEN
from dripline.portal.accounts.viewers import CHOSEN, NOBODY, viewer_of
from dripline.store.entries import day_in_china

THIRD_PARTY = ("allauth.", "django.")
"""Pages of the login itself: open to whoever signs in, and they look after their own access."""
WITHOUT_FACTOR = (
    "/accounts/2fa/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/",
    "/accounts/reauthenticate/",
    "/static/",
    "/language/",
    "/health/",
)
"""What a person may open who has still to set a password or a second factor."""
OWN_PASSWORD = ("/accounts/password/", "/accounts/logout/", "/static/", "/language/", "/health/")


class Viewers:
    """Puts ``request.viewer`` on each request."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the viewer; a session that was left idle, or lasted its hours, has ended."""
        if request.user.is_authenticated and (self._idle(request) or self._over(request)):
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
            own = UserSession.objects.filter(session_key=request.session.session_key)
            own.update(last_seen_at=timezone.now())
        return seen is not None and now - seen > settings.SESSION_IDLE_SECONDS

    def _over(self, request: HttpRequest) -> bool:
        """Use makes a session's cookie last longer, never the session itself."""
        began = request.session.get(BEGAN)
        return began is not None and time.time() - began > settings.SESSION_COOKIE_AGE

    def _first(self, request: HttpRequest) -> str | None:
        """Where a person must go before anything else: to a password of their own, to a second factor."""
        if request.user.must_change_password:
            return None if request.path.startswith(OWN_PASSWORD) else "/accounts/password/change/"
        if request.path.startswith(WITHOUT_FACTOR) or not settings.DRIPLINE_SECOND_FACTOR:
            return None
        # A certificate on a key with a PIN is a second factor in itself.
        by_certificate = request.session.get(DOOR) == Door.CERTIFICATE
        return None if by_certificate or is_mfa_enabled(request.user) else "/accounts/2fa/"

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> None:
        """Every view of ours says whom it is open to."""
        if not hasattr(view, "access") and not view.__module__.startswith(THIRD_PARTY):
            raise TypeError(f"{view.__module__}.{view.__name__} does not say whom it is open to")
