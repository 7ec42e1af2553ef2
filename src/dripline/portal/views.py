"""Pages that belong to no room: the door, the language, and the page a watchman asks."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from dripline import __version__
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, open_to
from dripline.portal.navigation import places


@open_to(*EVERYBODY, zones=EVERYWHERE)
def home(request: HttpRequest) -> HttpResponse:
    """The first page: the first section open to the viewer, else the door."""
    if request.viewer.signed_in:
        for place in places(request):
            return redirect(place.url)
    return redirect("public:front")


@open_to(*EVERYBODY, zones=EVERYWHERE)
def health(request: HttpRequest) -> JsonResponse:
    """Whether the site can work: its database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok", "version": __version__})


@open_to(*EVERYBODY, zones=EVERYWHERE)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The viewer's language, kept in a cookie."""
    return set_language(request)
