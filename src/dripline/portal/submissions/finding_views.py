"""Findings of a delivery: by rule, a page at a time, and all of them to be taken away. Each look names its purpose."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from dripline.errors import Refused
from dripline.law import Law
from dripline.portal.accounts.access import open_to, refused
from dripline.portal.accounts.looks import PurposeForm
from dripline.portal.accounts.scope import visible
from dripline.portal.language import spoken
from dripline.portal.submissions import actions, findings_kept, page, rules
from dripline.portal.submissions.forms import ExplanationForm
from dripline.portal.submissions.models import Checked, Delivery, Line
from dripline.portal.submissions.views import WHO, found, purpose_of, today_of

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _checked(one: Delivery) -> Checked:
    if not hasattr(one, "checked") or not one.checked.folder:
        raise Http404
    return one.checked


@open_to(*WHO)
def findings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The rows that break one rule, a page of them."""
    one = found(request, uid)
    checked = _checked(one)
    lines = [line for line in visible(Line, request.viewer).filter(checked=checked) if line.broken]
    chosen = request.GET.get("line", "")
    line = next((each for each in lines if str(each.pk) == chosen), lines[0] if lines else None)
    purpose = purpose_of(request)
    context = {"delivery": one, "lines": page.names_only(lines), "line": line, "purpose": purpose}
    if purpose is None or line is None:
        keep = {"line": line.pk} if line else {}
        return render(
            request,
            "submissions/findings.html",
            context | {"purpose_form": PurposeForm(), "keep": keep},
        )
    try:
        page.looked(request.viewer, one, purpose, line.rule)
    except Refused as why:
        return refused(request, str(why))
    pages = Paginator(range(line.broken), page.ON_A_PAGE).get_page(request.GET.get("page"))
    first = line.first + pages.start_index() - 1
    rows = findings_kept.page(checked.folder, first, len(pages.object_list))
    context |= {
        "page": pages,
        "group": page.group(line, rows),
        "why_not_explain": rules.why_not_explain(request.viewer, one, line.rule),
        "form": ExplanationForm(initial={"rule": line.rule, "table": line.table}),
    }
    name = "_rows" if request.headers.get("HX-Request") else "findings"
    return render(request, f"submissions/{name}.html", context)


@open_to(*WHO)
def download(request: HttpRequest, uid: UUID, format: str) -> HttpResponse:
    """All findings as one file."""
    one = found(request, uid)
    checked, purpose = _checked(one), purpose_of(request)
    if format not in findings_kept.FORMATS:
        raise Http404
    if purpose is None:
        context = {"delivery": one, "purpose_form": PurposeForm(), "keep": {}, "lines": []}
        return render(request, "submissions/findings.html", context)
    try:
        page.looked(request.viewer, one, purpose, f"all as {format}")
    except Refused as why:
        return refused(request, str(why))
    bound = Law.load().on(today_of()).take("bound.finding_sheet_rows", int)
    tallies = [
        actions.tally_of(line) for line in visible(Line, request.viewer).filter(checked=checked)
    ]
    path = findings_kept.written(checked.folder, format, spoken(), tallies, bound=bound)
    name = f"findings-{one.reporter}-{one.period}-{one.attempt}.{format}"
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[format]
    )
