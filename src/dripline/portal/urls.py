"""Every address of the site, as far as its zone has them."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from dripline.portal import views
from dripline.portal.zone import SIGN_IN

WHERE = {
    "catalogue": "",
    "notices": "",
    "plan": "",
    "statistics": "",
    "public": "",
    "accounts": "",
    "audit": "",
    "submissions": "submissions/",
    "api": "",
    "zones": "zones/",
}
"""Before the addresses of each room that has some, in the order in which they are tried."""
ONLY_SIGNED_IN = ("notices", "accounts", "audit", "zones")


def stands(room: str) -> bool:
    """Whether a room has its addresses here: it is one of the zone's, and somebody can sign in to it."""
    signs_in = settings.DRIPLINE_ZONE in SIGN_IN
    return room in settings.OUR_APPS and (signs_in or room not in ONLY_SIGNED_IN)


urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("health/", views.health, name="health"),
    path("language/", views.language, name="set_language"),
    *(
        path(before, include(f"dripline.portal.{room}.urls"))
        for room, before in WHERE.items()
        if stands(room)
    ),
]
if settings.DRIPLINE_ZONE in SIGN_IN:
    urlpatterns.append(path("accounts/", include("dripline.portal.accounts.login_urls")))
if settings.DEBUG:
    urlpatterns.append(path("design/", include("dripline.portal.design.urls")))
