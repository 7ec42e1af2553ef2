"""Bringing in packages of many reporters, and accepting them together; blank forms to be filled in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dripline.errors import DriplineError, Refused
from dripline.intake.acceptance import read_explanations
from dripline.intake.templates import write_template
from dripline.periods import Period
from dripline.portal.accounts.access import open_to
from dripline.portal.accounts.models import Function, Role
from dripline.portal.accounts.scope import visible
from dripline.portal.audit.actions import record
from dripline.portal.language import said, spoken
from dripline.portal.submissions import actions, importing, rules, storage, unmatched, uploads
from dripline.portal.submissions.forms import ImportForm
from dripline.portal.submissions.models import Delivery, Import, Status
from dripline.portal.submissions.views import BRANCH, WHO, found, today_of
from dripline.store import Explanation
from dripline.tables import TABLES

SHOWN = 20


@open_to(*BRANCH, functions=(Function.ENTRY, Function.REVIEW))
def imports(request: HttpRequest) -> HttpResponse:
    """The imports of late, and the form for the next."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            brought = _begun(request, form)
        except DriplineError as error:
            messages.error(request, str(error))
        else:
            return redirect("submissions:import", brought.uid)
    late = visible(Import, request.viewer).select_related("made_by")[:SHOWN]
    return render(request, "submissions/imports.html", {"form": form, "imports": late})


def _begun(request: HttpRequest, form: ImportForm) -> Import:
    archive, now = form.cleaned_data["archive"], timezone.now()
    if archive.size > uploads.most_bytes(today_of()):
        raise Refused(_("The archive is larger than one upload may be."))
    given = _given(form.cleaned_data["explanations"])
    stored = storage.new()
    storage.append(stored, archive.chunks(storage.CHUNK), offset=0, most=archive.size)
    return importing.begin(archive.name, stored=stored, given=given, by=request.viewer, now=now)


def _given(file: object) -> tuple[Explanation, ...]:
    if file is None:
        return ()
    with tempfile.NamedTemporaryFile(suffix=".csv") as aside:
        for chunk in file.chunks():
            aside.write(chunk)
        aside.flush()
        try:
            return read_explanations(Path(aside.name))
        except DriplineError as error:
            raise Refused(str(error).replace(aside.name, file.name)) from error


@open_to(*BRANCH, functions=(Function.ENTRY, Function.REVIEW))
def brought_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What became of one import: its deliveries by state, and the files that belong to nobody."""
    one = get_object_or_404(visible(Import, request.viewer), uid=uid)
    deliveries = visible(Delivery, request.viewer).filter(brought=one)
    shown = list(
        deliveries.select_related("organisation", "checked").order_by("period", "reporter")
    )
    counts = {status: sum(each.status == status for each in shown) for status in Status}
    context = {"import": one, "deliveries": shown, "counts": counts, "sent": counts[Status.SENT]}
    return render(request, "submissions/import.html", context)


@require_POST
@open_to(*BRANCH, functions=(Function.REVIEW,))
def accept_all(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Accepts every delivery of an import that may be accepted: registers first, then the months in order."""
    one = get_object_or_404(visible(Import, request.viewer), uid=uid)
    sent = visible(Delivery, request.viewer).filter(brought=one, status=Status.SENT)
    count, reasons = 0, set()
    for each in sorted(sent, key=lambda each: (each.organisation.role != "authority", each.period)):
        try:
            actions.accept(each, by=request.viewer, now=timezone.now())
            count += 1
        except Refused as refused:
            reasons.add(str(refused))
    for reason in sorted(reasons):
        messages.error(request, reason)
    words = ngettext(
        "%(n)s delivery goes into the store.", "%(n)s deliveries go into the store.", count
    )
    messages.success(request, words % {"n": count})
    return redirect("submissions:import", one.uid)


@open_to(*WHO)
def templates(request: HttpRequest) -> HttpResponse:
    """The blank forms of all tables; a department finds those it hands in."""
    tables = [
        (code, said(table.label), said(table.grain))
        for code, table in sorted(TABLES.items())
        if request.viewer.role != Role.DEPARTMENT or rules.of_departments(table)
    ]
    return render(request, "submissions/templates.html", {"tables": tables})


@open_to(*WHO)
def unmatched_of(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The listed enterprises that stay without a code, to be filled in."""
    one = found(request, uid)
    path = unmatched.file_for(request.viewer, one)
    if path is None:
        raise Http404
    with transaction.atomic():
        record("delivery.unmatched_taken", one, by=request.viewer)
    name = f"unmatched-{one.reporter}-{one.period}.xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@open_to(*WHO)
def template(request: HttpRequest, code: str) -> HttpResponse:
    """The blank form of one table as XLSX."""
    if code not in TABLES:
        raise Http404
    with tempfile.TemporaryDirectory(prefix="dripline-") as folder:
        path = Path(folder) / f"{code}.xlsx"
        write_template(TABLES[code], path, spoken())
        name, place = path.name, request.viewer.organisation
        if request.viewer.role == Role.DEPARTMENT:
            name = rules.file_name(place, TABLES[code], Period.of(today_of()).shift(-1))
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
