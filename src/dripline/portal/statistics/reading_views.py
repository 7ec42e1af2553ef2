"""Pages of what a figure means, and of how it reads over months."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from dripline.indicators import CATALOGUE
from dripline.portal.accounts.access import open_to, refused
from dripline.portal.accounts.models import Role
from dripline.portal.language import said, spoken
from dripline.portal.shown import months_with_loans
from dripline.portal.statistics import actions, meaning, queries, shapes
from dripline.portal.statistics.asked import asked as question_of
from dripline.portal.statistics.forms import ReadingForm
from dripline.store.entries import day_in_china

ROLES = (Role.AUTHORITY, Role.DEPARTMENT, Role.INSTITUTION)


@open_to(*ROLES)
def definition(request: HttpRequest, code: str) -> HttpResponse:
    """What a figure means, in both languages: its versions, lists, sources, and the measures it serves."""
    if code not in CATALOGUE:
        raise Http404
    return render(request, "statistics/definition.html", meaning.told(CATALOGUE[code]))


@open_to(*ROLES)
def readings(request: HttpRequest) -> HttpResponse:
    """A figure over months: as published then, as known on a day, or restated under one definition."""
    if reason := queries.why_closed(request.viewer):
        return refused(request, said(reason))
    asked, figures, now = (
        question_of(request.GET),
        queries.figures_of(request.viewer),
        timezone.now(),
    )
    months = [] if figures is None else months_with_loans(figures)
    if not months:
        return render(request, "statistics/empty.html", {"asked": asked})
    first = {
        "manner": "known",
        "first": str(months[min(12, len(months) - 1)]),
        "last": str(months[0]),
    }
    given = first | {name: value for name, value in request.GET.items() if value}
    form = ReadingForm(given, months=months, today=day_in_china(now))
    context = {"asked": asked, "form": form, "label": said(CATALOGUE[asked.code].label)}
    if form.is_valid():
        job = actions.ask_reading(request.viewer, figures, asked.code, form.told(), now=now)
        context |= shapes.reading(job, context["label"], spoken())
    partial = request.headers.get("HX-Request") == "true"
    page = "statistics/_reading.html" if partial else "statistics/readings.html"
    return render(request, page, context)
