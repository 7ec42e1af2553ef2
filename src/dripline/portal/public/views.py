"""The door: it shows definitions, and figures only once the gate of disclosure lets one through."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dripline.disclosure import NOTHING_RELEASED
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, open_to
from dripline.portal.catalogue import kinds
from dripline.portal.language import said
from dripline.portal.zone import PUBLIC
from dripline.portal.zones.models import Released
from dripline.tables import TABLES


@open_to(*EVERYBODY, zones=EVERYWHERE)
def front(request: HttpRequest) -> HttpResponse:
    """What this site is, that nothing has been released, and the definitions by chapter."""
    chapters = [
        (chapter, said(title), len(found), [(one.code, said(one.label)) for one in found[:3]])
        for chapter, title, found in kinds.chapters()
    ]
    counts = {
        "indicators": len(CATALOGUE),
        "breakdowns": len(BREAKDOWNS),
        "rules": len(kinds.rules()),
        "tables": len(TABLES),
        "numbers": len(Law.load().names()),
    }
    context = {
        "released": said(NOTHING_RELEASED),
        "as_of": _list_of() if settings.DRIPLINE_ZONE == PUBLIC else None,
        "chapters": chapters,
        "counts": counts,
    }
    return render(request, "public/front.html", context)


def _list_of() -> date | None:
    """The day of the last list of releases that was carried to the public site."""
    return Released.objects.values_list("day", flat=True).first()
