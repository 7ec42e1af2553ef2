"""The frame of every page: where a viewer may go, and whose data these are."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from dripline.portal.notices.queries import unread

SECTIONS = (
    (_("Plan"), "plan:cockpit"),
    (_("Statistics"), "statistics:table"),
    (_("Submissions"), "submissions:board"),
    (_("Catalogue"), "catalogue:indicators"),
    (_("Lawbook"), "catalogue:lawbook"),
    (_("Accounts"), "accounts:people"),
    (_("Organisations"), "accounts:organisations"),
    (_("Settings"), "accounts:settings"),
    (_("Between zones"), "zones:board"),
    (_("Programs"), "api:tokens"),
    (_("Audit"), "audit:events"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the bar."""

    label: str
    url: str
    current: bool


def frame(request: HttpRequest) -> dict[str, object]:
    """What base.html needs of every request."""
    viewer = getattr(request, "viewer", None)
    return {
        "viewer": viewer,
        "navigation": [] if viewer is None else list(places(request)),
        "synthetic": settings.DRIPLINE_SYNTHETIC,
        "unread": 0 if viewer is None else unread(viewer),
    }


def places(request: HttpRequest):
    """The sections that are open to the viewer."""
    for label, name in SECTIONS:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        access = getattr(resolve(url).func, "access", None)
        if access is None or settings.DRIPLINE_ZONE not in access.zones:
            continue
        if access.why_not(request.viewer) is None:
            space = name.split(":")[0]
            here = getattr(request.resolver_match, "namespace", "") == space
            yield Place(str(label), url, here and request.path.startswith(url))
