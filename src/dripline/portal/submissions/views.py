"""The board, one delivery, and what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import CannotRead, Refused
from dripline.periods import Period
from dripline.portal.accounts.access import open_to
from dripline.portal.accounts.looks import PurposeForm, asked
from dripline.portal.accounts.models import Function, Organisation, Role
from dripline.portal.accounts.scope import organisations, visible
from dripline.portal.submissions import (
    actions,
    calendar,
    comparing,
    page,
    queries,
    rules,
    unmatched,
)
from dripline.portal.submissions.forms import BoardForm, ExplanationForm, PeriodForm, ReasonForm
from dripline.portal.submissions.models import Delivery, Line, Piece, Status
from dripline.standards.lists import QUALIFICATION
from dripline.store.entries import day_in_china

WHO = (Role.AUTHORITY, Role.DEPARTMENT, Role.INSTITUTION)
BRANCH = (Role.AUTHORITY,)
LISTS = 50
"""Deliveries of a department on its page."""
ROWS = 50


def today_of() -> object:
    """The day in Henan."""
    return day_in_china(timezone.now())


def found(request: HttpRequest, uid: UUID) -> Delivery:
    """The delivery of this address, or 404 alike for one that is not there and one that is not theirs."""
    seen = visible(Delivery, request.viewer).select_related(
        "organisation", "checked", "made_by", "sent_by", "reviewed_by", "corrects", "brought"
    )
    return get_object_or_404(seen.prefetch_related("files"), uid=uid)


@open_to(*WHO)
def board(request: HttpRequest) -> HttpResponse:
    """What is owed and when: of one's own institution, or of all reporters of a month."""
    if request.viewer.role == Role.INSTITUTION:
        return _own_board(request)
    if request.viewer.role == Role.DEPARTMENT:
        return _own_lists(request)
    today, form = today_of(), BoardForm(request.GET)
    shown = queries.Board(request.viewer, today)
    asked_for = form.cleaned_data if form.is_valid() else {}
    period = _month(request, asked_for.get("period") or "", shown.period)
    months = list(shown.months(shown.owing(period), [period]).values())
    kept = [one for one in months if _asked_for(one, asked_for, today)]
    page_of = Paginator(kept, ROWS).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "due": calendar.due(period),
        "totals": queries.totals(months, today),
        "page": page_of,
        "rows": queries.with_past(shown, list(page_of)),
        "form": form,
        "query": _query(request),
        "today": today,
        "earlier": period.shift(-1),
        "later": period.shift(1) if period < shown.period else None,
        "why_not_import": rules.why_not_import(request.viewer),
        "lists": _lists(request, period),
    }
    return render(request, "submissions/board.html", context)


def _month(request: HttpRequest, written: str, usual: Period) -> Period:
    """The month asked for; the usual one, and a word about it, where what was written is none."""
    try:
        period = Period.parse(written) if written else usual
    except CannotRead as error:
        messages.error(request, str(error))
        return usual
    return period if period.length == 1 else Period.of(period.last_day)


def _lists(request: HttpRequest, period: Period) -> list[Delivery]:
    """The branch's own lists and registers of a month."""
    own = visible(Delivery, request.viewer).filter(
        period=str(period), organisation__role=Role.AUTHORITY
    )
    return list(own.select_related("organisation", "checked"))


def _query(request: HttpRequest) -> str:
    """The question of the page without its place in the pages."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _asked_for(one: queries.Month, asked_for: dict[str, str], today: object) -> bool:
    named, wanted = asked_for.get("q") or "", asked_for.get("state") or ""
    place = one.organisation
    if named and named not in place.name and named.upper() not in place.reporter:
        return False
    return not wanted or wanted in queries.state(one, today)


def _own_board(request: HttpRequest) -> HttpResponse:
    today, place = today_of(), request.viewer.organisation
    shown = queries.Board(request.viewer, today)
    periods = [shown.period.shift(-back) for back in range(queries.YEAR)]
    months = shown.months([place], periods) if place.reporter else {}
    ordered = [months[place.reporter, period] for period in periods] if months else []
    context = {
        "months": ordered,
        "now": ordered[0] if ordered else None,
        "today": today,
        "totals": queries.totals(ordered, today),
        "why_not_entry": None
        if request.viewer.may(Function.ENTRY)
        else _("Only entry begins one."),
    }
    return render(request, "submissions/own_board.html", context)


def _own_lists(request: HttpRequest) -> HttpResponse:
    """What a department has handed in: its lists and forms, the newest first."""
    place, today = request.viewer.organisation, today_of()
    mine = visible(Delivery, request.viewer).select_related("organisation", "checked")
    context = {
        "deliveries": list(mine.order_by("-id")[:LISTS]),
        "period": Period.of(today).shift(-1),
        "example": rules.file_name(place, QUALIFICATION, Period.of(today).shift(-1)),
        "why_not_entry": None
        if request.viewer.may(Function.ENTRY)
        else _("Only entry begins one."),
    }
    return render(request, "submissions/own_lists.html", context)


@open_to(*WHO)
def reporter(request: HttpRequest, pk: int) -> HttpResponse:
    """One reporter over the last year: timeliness, completeness, quality, burden."""
    seen = organisations(request.viewer).filter(role=Role.INSTITUTION).exclude(reporter="")
    place = get_object_or_404(seen, pk=pk)
    today = today_of()
    shown = queries.Board(request.viewer, today)
    periods = [shown.period.shift(-back) for back in range(queries.YEAR)]
    months = shown.months([place], periods)
    ordered = [months[place.reporter, period] for period in periods]
    context = {
        "place": place,
        "months": ordered,
        "today": today,
        "totals": queries.totals(ordered, today),
    }
    return render(request, "submissions/reporter.html", context)


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def begin(request: HttpRequest) -> HttpResponse:
    """A new attempt of the viewer's own organisation for a month."""
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors.get("period", [])))
        return redirect("submissions:board")
    place: Organisation = request.viewer.organisation
    try:
        made = actions.begin(
            place, form.cleaned_data["period"], by=request.viewer, now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("submissions:board")
    return redirect("submissions:delivery", made.uid)


@open_to(*WHO)
def delivery(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One delivery: its steps, its files, its check, what may be done with it."""
    one = found(request, uid)
    context = {"delivery": one, "steps": page.steps(one), "due": calendar.due(one.month)}
    context |= _standing(request, one) | _history(request, one) | _may(request, one)
    return render(request, "submissions/delivery.html", context)


def _standing(request: HttpRequest, one: Delivery) -> dict[str, object]:
    """The check of a delivery: its progress, or its lines; rows only for a purpose, and then in the trail."""
    if one.status in (Status.CHECKING, Status.ACCEPTING):
        return {"progress": page.progress(one, request.viewer, timezone.now())}
    if not hasattr(one, "checked"):
        return {}
    lines = list(visible(Line, request.viewer).filter(checked=one.checked))
    purpose = purpose_of(request)
    shown = {"sums": page.sums(lines), "purpose": purpose, "purpose_form": PurposeForm()}
    if purpose is None or not any(line.broken for line in lines):
        return shown | {"groups": page.names_only(lines)}
    try:
        page.looked(request.viewer, one, purpose, "first rows")
    except Refused as refused:
        return shown | {"groups": page.names_only(lines), "refused": str(refused)}
    return shown | {"groups": page.first_rows(one.checked, lines)}


def purpose_of(request: HttpRequest) -> str | None:
    """The purpose named; who handed rows in looks at them to mend them for statistics."""
    own = request.viewer.role in (Role.INSTITUTION, Role.DEPARTMENT)
    return asked(request) or ("statistics" if own else None)


def _history(request: HttpRequest, one: Delivery) -> dict[str, object]:
    mine = visible(Delivery, request.viewer).filter(reporter=one.reporter)
    attempts = mine.filter(period=one.period).select_related("checked", "made_by", "organisation")
    before = mine.filter(period=str(one.month.shift(-1)), status=Status.ACCEPTED)
    pieces = visible(Piece, request.viewer).filter(checked__delivery=one)
    return {
        "attempts": list(attempts),
        "last_month": before.order_by("-attempt").first(),
        "pieces": [(comparing.label_of(piece.table), piece) for piece in pieces],
        "explanations": list(one.explanations.select_related("made_by")),
        "unmatched": unmatched.file_for(request.viewer, one) is not None,
    }


def _may(request: HttpRequest, one: Delivery) -> dict[str, object]:
    viewer = request.viewer
    return {
        "why_not": {
            "upload": rules.why_not_upload(viewer, one),
            "check": rules.why_not_check(viewer, one),
            "send": rules.why_not_send(viewer, one),
            "withdraw": rules.why_not_withdraw(viewer, one),
            "review": rules.why_not_review(viewer, one),
            "begin": rules.why_not_begin(viewer, one.organisation, one, brought=False),
        },
        "reviewer": rules.on_behalf(viewer) and viewer.may(Function.REVIEW),
        "handler": viewer.may(Function.ENTRY, Function.APPROVE),
        "form": ReasonForm(),
    }


@open_to(*WHO)
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The progress of a check for a page that asks again and again; the whole page once it is through."""
    one = found(request, uid)
    if one.status not in (Status.CHECKING, Status.ACCEPTING):
        answer = HttpResponse(status=204)
        answer.headers["HX-Refresh"] = "true"
        return answer
    shown = page.progress(one, request.viewer, timezone.now())
    return render(request, "submissions/_progress.html", {"delivery": one, "progress": shown})


def done(request: HttpRequest, one: Delivery, deed: Callable[[], None]) -> HttpResponse:
    """Does it, or shows why not; then the page of the delivery."""
    try:
        deed()
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("submissions:delivery", one.uid)


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Queues the check."""
    one, now = found(request, uid), timezone.now()
    return done(request, one, lambda: actions.check(one, by=request.viewer, now=now))


@require_POST
@open_to(*WHO, functions=(Function.ENTRY, Function.APPROVE))
def send(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hands it to the branch."""
    one, now = found(request, uid), timezone.now()
    return done(request, one, lambda: actions.send(one, by=request.viewer, now=now))


@require_POST
@open_to(*WHO, functions=(Function.ENTRY, Function.APPROVE))
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Takes it back."""
    one, now, reason = found(request, uid), timezone.now(), request.POST.get("reason", "")
    return done(
        request, one, lambda: actions.withdraw(one, by=request.viewer, now=now, reason=reason)
    )


@require_POST
@open_to(*BRANCH, functions=(Function.REVIEW,))
def accept(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The reviewer's yes."""
    one, now = found(request, uid), timezone.now()
    return done(request, one, lambda: actions.accept(one, by=request.viewer, now=now))


@require_POST
@open_to(*BRANCH, functions=(Function.REVIEW,))
def give_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The reviewer's no."""
    one, now, reason = found(request, uid), timezone.now(), request.POST.get("reason", "")
    return done(
        request, one, lambda: actions.give_back(one, reason=reason, by=request.viewer, now=now)
    )


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def explain(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Says why rows stand."""
    one, form, now = found(request, uid), ExplanationForm(request.POST), timezone.now()
    if not form.is_valid():
        messages.error(request, _("An explanation gives a reason."))
        return redirect("submissions:delivery", one.uid)
    return done(
        request,
        one,
        lambda: actions.explain(one, by=request.viewer, now=now, **form.cleaned_data),
    )


@require_POST
@open_to(*WHO, functions=(Function.ENTRY,))
def take_back(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Takes an explanation back."""
    one = found(request, uid)
    return done(request, one, lambda: actions.take_back(one, pk, by=request.viewer))


@open_to(*WHO)
def compare(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two attempts side by side: the one before by default, or last month's."""
    one = found(request, uid)
    months = (one.period, str(one.month.shift(-1)))
    mine = visible(Delivery, request.viewer).filter(reporter=one.reporter, period__in=months)
    others = list(
        mine.filter(checked__isnull=False).exclude(pk=one.pk).order_by("-period", "-attempt")
    )
    chosen = request.GET.get("with", "")
    other = next(
        (each for each in others if str(each.uid) == chosen), others[0] if others else None
    )
    context = {"delivery": one, "others": others, "other": other}
    if other is not None:
        context |= {
            "tables": comparing.tables(*(_of(request, Piece, each) for each in (other, one))),
            "rules": comparing.rules(*(_of(request, Line, each) for each in (other, one))),
        }
    return render(request, "submissions/compare.html", context)


def _of(request: HttpRequest, model: type[Piece] | type[Line], one: Delivery) -> list:
    """The pieces or lines of a delivery's check."""
    return list(visible(model, request.viewer).filter(checked__delivery=one))
