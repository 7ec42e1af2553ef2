"""Who may open a page: each view says it, and one table of them is a test and a page of the documents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from dripline.portal.accounts.models import Role
from dripline.portal.accounts.viewers import PUBLIC, Viewer
from dripline.portal.zone import SIGN_IN, ZONES

EVERYBODY = (PUBLIC, *Role.values)
SIGNED_IN = tuple(Role.values)
INSIDE = SIGN_IN
EVERYWHERE = ZONES
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Access:
    """The roles a page is open to, the functions it needs (any of them; none: every post), and the zones it stands in."""

    roles: tuple[str, ...]
    functions: tuple[str, ...]
    zones: tuple[str, ...]

    def why_not(self, viewer: Viewer) -> str | None:
        """Why a viewer may not open the page, in a sentence; None if it is open."""
        if viewer.role not in self.roles:
            if viewer.organisation is None and viewer.signed_in:
                return _("You have no post in force today. Ask your organisation's administrator.")
            return _("This page is not open to your organisation.")
        if self.functions and not viewer.may(*self.functions):
            return _("This page needs a function that your post does not have.")
        if not self.functions and viewer.administers:
            return _("Administrators see no business pages; sign in with a working post.")
        return None


def open_to(
    *roles: str, functions: tuple[str, ...] = (), zones: tuple[str, ...] = INSIDE
) -> Callable[[View], View]:
    """Marks a view with its access and guards it: login where nobody is signed in, a page with the reason where refused."""
    access = Access(roles, functions, zones)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if settings.DRIPLINE_ZONE not in access.zones:
                raise Http404
            if PUBLIC not in access.roles or access.functions:
                if not request.viewer.signed_in:
                    return redirect_to_login(request.get_full_path())
                if reason := access.why_not(request.viewer):
                    return refused(request, reason)
            return view(request, *args, **kwargs)

        guarded.access = access
        return guarded

    return guard


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """The page that says why not; it never tells whether something is there."""
    return render(request, "403.html", {"reason": reason}, status=403)
