"""Pages of figures."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dripline.errors import DriplineError, Refused
from dripline.indicators.compile import Figures
from dripline.indicators.reported import main_table
from dripline.law import Law
from dripline.periods import Period
from dripline.portal.accounts.access import open_to, refused
from dripline.portal.accounts.looks import PurposeForm, look
from dripline.portal.accounts.looks import asked as purpose_of
from dripline.portal.accounts.models import Role
from dripline.portal.accounts.scope import visible
from dripline.portal.catalogue.search import LONGEST
from dripline.portal.jobs.models import Status
from dripline.portal.language import said, spoken
from dripline.portal.shown import months_with_loans
from dripline.portal.statistics import actions, drill, exports, queries, shapes
from dripline.portal.statistics.asked import asked as question_of
from dripline.portal.statistics.asked import base_of, sought
from dripline.portal.statistics.models import SavedView
from dripline.store.entries import day_in_china
from dripline.tables import table as table_called

ROLES = (Role.AUTHORITY, Role.DEPARTMENT, Role.INSTITUTION)
ROWS = (Role.AUTHORITY, Role.INSTITUTION)
LAST_PAGE = 1000
"""Pages of rows that can be turned over; who needs more takes the file."""


def _ready(request: HttpRequest):
    """The question, the figures open to the viewer, and the period; or None where there is nothing yet."""
    asked, figures = question_of(request.GET), queries.figures_of(request.viewer)
    if figures is None:
        return asked, None, None
    have = queries.periods(figures)
    period = asked.period if asked.period in have else next(iter(have), None)
    return asked, figures, period


def _months(request: HttpRequest, figures: Figures, code: str, last: Period):
    """The figure by month, and whether the worker is still at it: only those of the province are kept."""
    if figures.scope.reporters is None:
        return queries.series(figures, code, last, queries.SERIES), False
    job = actions.ask_own_months(request.viewer, figures, code, last, now=timezone.now())
    return shapes.own_points(job), job.status in (Status.QUEUED, Status.RUNNING)


@open_to(*ROLES)
def table(request: HttpRequest) -> HttpResponse:
    """A figure by one way of dividing, beside its chart and what it was before."""
    if reason := queries.why_closed(request.viewer):
        return render(request, "statistics/closed.html", {"reason": said(reason)})
    asked, figures, period = _ready(request)
    if figures is None or period is None:
        return render(request, "statistics/empty.html", {"asked": asked})
    shown = queries.table(figures, asked, period)
    points, waiting = _months(request, figures, asked.code, period)
    context = shapes.page(shown, figures, points, spoken()) | {"asked": asked, "period": period}
    context |= {"waiting": waiting, "find": request.GET.get("find", "").strip()[:LONGEST]}
    context["sought"] = sought(request.GET)
    context["chapters"] = list(shapes.choices(context["sought"]))
    context["saved"] = visible(SavedView, request.viewer).filter(
        Q(user=request.viewer.user) | Q(shared=True, organisation=request.viewer.organisation)
    )
    return render(request, "statistics/table.html", context)


@open_to(*ROWS)
def export(request: HttpRequest, format: str) -> HttpResponse:
    """The table as a file."""
    asked, figures, period = _ready(request)
    if format not in exports.TYPES or figures is None or period is None:
        raise Http404
    content = exports.exported(figures, asked, period, format, timezone.now(), spoken())
    ending = "zip" if format == "sdmx" else format
    name = f"{asked.code}-{asked.way.replace('+', '-')}-{period}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=exports.TYPES[format], headers=headers)


def _cell(request: HttpRequest):
    """The question, figures, period and keys of a cell; 404 where there is no such cell."""
    asked, figures, period = _ready(request)
    keys = tuple(key or None for key in request.GET.getlist("key"))
    if figures is None or period is None or len(keys) != len(asked.by):
        raise Http404
    return asked, figures, period, keys


def _page(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text) <= LAST_PAGE else 1


@open_to(*ROWS)
def rows(request: HttpRequest) -> HttpResponse:
    """The rows behind a cell, once the purpose of the look is named."""
    asked, figures, period, keys = _cell(request)
    main = table_called(main_table(figures.catalogue.indicator(asked.code)))
    purpose = purpose_of(request)
    context = {"asked": asked, "period": period, "keys": keys, "purpose": purpose}
    context["label"] = said(figures.catalogue.indicator(asked.code).label)
    context["form"] = PurposeForm(table=main)
    if purpose is None:
        return render(request, "statistics/rows.html", context)
    try:
        scope = look(request.viewer, main, purpose, says=f"{asked.code} {asked.way} {period}")
        page = _page(request.GET.get("page", ""))
        context["found"] = drill.first_rows(figures, scope, asked, period, keys, page)
    except (Refused, DriplineError) as refusal:
        return refused(request, str(refusal))
    return render(request, "statistics/rows.html", context)


@open_to(*ROWS)
def rows_file(request: HttpRequest) -> HttpResponse:
    """Every row behind a cell as CSV."""
    asked, figures, period, keys = _cell(request)
    purpose = purpose_of(request)
    if purpose is None:
        return redirect(reverse("statistics:rows") + "?" + request.GET.urlencode())
    main = table_called(main_table(figures.catalogue.indicator(asked.code)))
    try:
        scope = look(request.viewer, main, purpose, says=f"{asked.code} {asked.way} {period} file")
    except Refused as refusal:
        return refused(request, str(refusal))
    bound = Law.load().on(day_in_china(timezone.now())).take("bound.traced_rows", int)
    lines = drill.as_csv(figures, scope, asked, period, keys, bound)
    name = f"{asked.code}-{period}-rows.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@open_to(Role.AUTHORITY)
def bridge(request: HttpRequest) -> HttpResponse:
    """Why a figure differs from an earlier one: late data, lists, definitions, real change."""
    asked, figures, period = _ready(request)
    if figures is None or period is None or not request.viewer.whole_province:
        raise Http404
    # Not only compiled months: a bridge is worked out from the rows themselves.
    have, now = months_with_loans(figures), timezone.now()
    base = base_of(request.GET, asked, period, have, figures.law)
    job = actions.ask_bridge(request.viewer, figures, asked.code, base, period, now=now)
    context = shapes.bridge(job, spoken()) | {"asked": asked, "period": period, "base": base}
    context |= {"label": said(figures.catalogue.indicator(asked.code).label), "periods": have}
    partial = request.headers.get("HX-Request") == "true"
    return render(
        request, "statistics/_bridge.html" if partial else "statistics/bridge.html", context
    )


@open_to(*ROLES)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keeps the question under a name."""
    asked = question_of(request.POST)
    try:
        shared = request.POST.get("shared") == "yes"
        actions.save(
            request.viewer, request.POST.get("name", ""), asked, shared=shared, now=timezone.now()
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{reverse('statistics:table')}?{asked.query()}")


@open_to(*ROLES)
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Removes a kept view."""
    view = get_object_or_404(visible(SavedView, request.viewer), pk=pk)
    try:
        actions.forget(request.viewer, view)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("statistics:table")
