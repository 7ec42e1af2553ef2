"""Pages of a plan."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from dripline.errors import Refused
from dripline.plans.facts import Status
from dripline.plans.load import load_plans
from dripline.portal.accounts.access import open_to
from dripline.portal.accounts.models import Function, Role
from dripline.portal.accounts.scope import visible
from dripline.portal.language import said, spoken
from dripline.portal.plan import actions, queries, report, rules
from dripline.portal.plan.forms import AccountForm, ByHandForm, DocumentForm
from dripline.portal.plan.models import Document
from dripline.portal.plan.queries import LIGHTS
from dripline.portal.shown import why_no_province
from dripline.store.entries import day_in_china

ROLES = (Role.AUTHORITY, Role.DEPARTMENT)
WRITERS = (Function.ENTRY, Function.REVIEW, Function.APPROVE)
TYPES = {"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
TYPES["pdf"] = "application/pdf"


def _today():
    return day_in_china(timezone.now())


def _measure(code: str, id: str):
    found = queries.measure_of(code, id)
    if found is None:
        raise Http404
    return found


@open_to(*ROLES)
def cockpit(request: HttpRequest) -> HttpResponse:
    """Every measure of a plan: how it stands, who does it, by when, its key figure."""
    plan = queries.asked_plan(request.GET.get("plan", "")[:20])
    if plan is None:
        raise Http404
    viewer, today = request.viewer, _today()
    board = queries.board(plan, today, with_figures=why_no_province(viewer) is None)
    ours = rules.unit_of(viewer)
    chapters = [
        (
            chapter,
            said(chapter.title),
            [row for row in board.rows if row.measure in chapter.measures],
        )
        for chapter in plan.chapters
    ]
    counts = [(LIGHTS.get(each, ""), each, said(each.value), board.counts[each]) for each in Status]
    context = {"board": board, "plan": plan, "chapters": chapters, "counts": counts}
    context |= {"plans": load_plans(), "ours": ours, "worst": _worst(board)}
    return render(request, "plan/cockpit.html", context | _words(plan))


def _worst(board: queries.Board) -> list[queries.Row]:
    return [row for row in board.rows if row.found.status in (Status.LATE, Status.WATCH)]


def _words(plan) -> dict[str, str]:
    return {"title": said(plan.title), "issuer": said(plan.issuer)}


@open_to(*ROLES)
def measure(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """One measure: its words, units, deadline, why it stands as it does, figures, documents, accounts."""
    return _page(request, code, id)


def _page(request: HttpRequest, code: str, id: str, **forms) -> HttpResponse:
    plan, found = _measure(code, id)
    viewer, today = request.viewer, _today()
    board = queries.board(plan, today, with_figures=why_no_province(viewer) is None)
    row = next(row for row in board.rows if row.measure.id == id)
    shown = {
        "account_form": AccountForm(),
        "document_form": DocumentForm(measure=found, today=today),
        "hand_form": ByHandForm(),
    } | forms
    documents = [
        (one, rules.why_not_confirm(viewer, one)) for one in queries.documents(viewer, plan, found)
    ]
    context = {
        "plan": plan,
        "board": board,
        "row": row,
        "measure": found,
        "documents": documents,
        "accounts": queries.accounts(viewer, plan, [id]).get(id, []),
        "why_not_write": rules.why_not_write(viewer, found),
        "why_not_set": rules.why_not_set(viewer, row.found),
    }
    status = 400 if any(form.errors for form in forms.values()) else 200
    return render(request, "plan/measure.html", context | _words(plan) | shown, status=status)


@open_to(*ROLES, functions=WRITERS)
@require_POST
def write(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """A unit writes its account."""
    plan, found = _measure(code, id)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, code, id, account_form=form)
    try:
        actions.write(request.viewer, plan, found, form.cleaned_data, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan:measure", code, id)


@open_to(*ROLES, functions=WRITERS)
@require_POST
def register(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """A unit registers a document."""
    plan, found = _measure(code, id)
    form = DocumentForm(request.POST, request.FILES, measure=found, today=_today())
    if not form.is_valid():
        return _page(request, code, id, document_form=form)
    about = dict(form.cleaned_data)
    scan = about.pop("scan")
    try:
        actions.register(request.viewer, plan, found, about, scan, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan:measure", code, id)


@open_to(*ROLES, functions=(Function.REVIEW, Function.APPROVE))
@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person confirms a document."""
    document = get_object_or_404(visible(Document, request.viewer), pk=pk)
    try:
        actions.confirm(request.viewer, document, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan:measure", document.plan, document.measure)


@open_to(*ROLES)
def scan(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan of a document, as a file to keep: it is never shown inside the site."""
    document = get_object_or_404(visible(Document, request.viewer), pk=pk)
    name = f"{document.pk}.{Path(document.scan.name).suffix.lstrip('.')}"
    return FileResponse(document.scan.open("rb"), as_attachment=True, filename=name)


@open_to(Role.AUTHORITY, functions=(Function.APPROVE,))
@require_POST
def by_hand(request: HttpRequest, code: str, id: str) -> HttpResponse:
    """Sets a status by hand, or takes it back."""
    plan, _found = _measure(code, id)
    board = queries.board(plan, _today(), with_figures=False)
    found = next(row.found for row in board.rows if row.measure.id == id)
    form = ByHandForm(request.POST)
    try:
        if "take_back" in request.POST:
            actions.take_back(request.viewer, plan, found, now=timezone.now())
        elif form.is_valid():
            told = (form.cleaned_data["status"], form.cleaned_data["reason"])
            actions.set_by_hand(request.viewer, plan, found, *told, on=_today(), now=timezone.now())
        else:
            return _page(request, code, id, hand_form=form)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("plan:measure", code, id)


@open_to(Role.AUTHORITY)
def progress_report(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The progress report of a plan as DOCX or PDF."""
    plan = queries.asked_plan(code)
    if plan is None or kind not in TYPES or not request.viewer.whole_province:
        raise Http404
    with TemporaryDirectory(prefix="dripline-") as folder:
        path = Path(folder) / f"plan-{plan.code}-{_today()}.{kind}"
        try:
            report.write(path, request.viewer, plan, _today(), timezone.now(), spoken())
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("plan:cockpit")
        content = path.read_bytes()
    headers = {"Content-Disposition": f'attachment; filename="{path.name}"'}
    return HttpResponse(content, content_type=TYPES[kind], headers=headers)
