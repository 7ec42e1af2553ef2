"""Findings of a check: a page at a time, or all as a file. Each look names its purpose and stands in the trail."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal
from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from ninja import Query, Schema

from dripline.errors import Refused
from dripline.portal.accounts.looks import look
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.faults import Fault
from dripline.portal.api.operations.deliveries import delivery_of
from dripline.portal.api.rules import bound
from dripline.portal.api.shapes import Pair
from dripline.portal.api.site import api, follows
from dripline.portal.language import spoken
from dripline.portal.submissions import findings_kept
from dripline.portal.submissions.actions import tally_of
from dripline.portal.submissions.models import Checked
from dripline.store.entries import day_in_china

Purpose = Literal["statistics", "supervision", "operation", "consented"]
MOST = 1 << 53
tagged = {"tags": ["findings"]}


class FindingOut(Schema):
    """One place where a file breaks a rule: file, row, column, value, rule, source, how to mend."""

    file: str
    table: str
    period: str
    reporter: str
    row: int | None
    number: int | None
    label: Pair | None
    value: str | None
    code: str
    severity: str
    says: Pair
    source: str
    article: str
    remedy: Pair
    key: str | None
    note: Pair | None


class FindingsOut(Schema):
    """A page of findings: rejects first, then errors, then warnings, each by rule. ``next``: where the next page begins."""

    total: int
    first: int
    next: int | None
    findings: list[FindingOut]


def looked(viewer: Viewer, uid: UUID, purpose: str) -> Checked:
    """The check whose findings are looked at; the look is in the trail."""
    delivery = delivery_of(viewer, uid)
    if not hasattr(delivery, "checked") or not delivery.checked.folder:
        raise Fault("not_found")
    try:
        look(viewer, "findings", purpose, says=str(delivery.uid))
    except Refused as refused:
        raise Fault("no_rows", str(refused)) from refused
    return delivery.checked


@api.get(
    "deliveries/{uuid:uid}/findings",
    response=FindingsOut,
    auth=follows,
    summary="A page of findings",
    **tagged,
)
def findings(
    request: HttpRequest,
    uid: UUID,
    purpose: Purpose,
    first: Annotated[int, Query(ge=0, le=MOST)] = 0,
    count: Annotated[int, Query(ge=1, le=100_000)] = 100,
) -> dict[str, object]:
    """Findings from one place on. No more than the lawbook allows come at once (bound.api_findings_a_page)."""
    checked = looked(request.viewer, uid, purpose)
    count = min(count, bound("api_findings_a_page", day_in_china(timezone.now())))
    found = findings_kept.page(checked.folder, first, count)
    after = first + len(found)
    return {
        "total": checked.findings,
        "first": first,
        "next": after if found and after < checked.findings else None,
        "findings": [asdict(one) for one in found],
    }


@api.get(
    "deliveries/{uuid:uid}/findings/all", auth=follows, summary="All findings as a file", **tagged
)
def all_findings(
    request: HttpRequest,
    uid: UUID,
    purpose: Purpose,
    format: Literal["csv", "json", "xlsx"] = "csv",
) -> FileResponse:
    """All findings: CSV in the language asked for, lines of JSON in both, or a workbook up to its bound."""
    checked = looked(request.viewer, uid, purpose)
    most = bound("finding_sheet_rows", day_in_china(timezone.now()))
    tallies = [tally_of(line) for line in checked.lines.all()]
    path = findings_kept.written(checked.folder, format, spoken(), tallies, bound=most)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"findings.{format}")
