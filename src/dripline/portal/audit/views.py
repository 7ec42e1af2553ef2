"""Pages of the audit administrator: the trail, its file, the state of its chain."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.portal.accounts.access import SIGNED_IN, open_to
from dripline.portal.accounts.models import Function
from dripline.portal.audit import queries
from dripline.portal.audit.actions import record
from dripline.portal.audit.chain import FIELDS
from dripline.portal.audit.forms import TrailForm
from dripline.portal.audit.jobs import VERIFY
from dripline.portal.audit.models import Event
from dripline.portal.jobs.actions import enqueue

audit = open_to(*SIGNED_IN, functions=(Function.AUDIT,))


@audit
def events(request: HttpRequest) -> HttpResponse:
    """The trail, filtered, the last event first."""
    form = TrailForm(request.GET, verbs=queries.verbs())
    conditions = form.conditions() if form.is_valid() else {}
    asked = request.GET.copy()
    asked.pop("before", None)
    return render(
        request,
        "audit/events.html",
        {
            "form": form,
            "page": queries.page_of(conditions, request.GET.get("before")),
            "chain": queries.chain(),
            "asked": asked.urlencode(),
        },
    )


@audit
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """The same events as a file; that it was taken stands in the trail."""
    form = TrailForm(request.POST, verbs=queries.verbs())
    if not form.is_valid():
        messages.error(request, _("The filter has a value that cannot be read."))
        return redirect("audit:events")
    asked = form.conditions()
    with transaction.atomic():
        said = " · ".join(f"{name}={value}" for name, value in asked.items() if value)
        record("trail.exported", by=request.viewer, says=said)
    answer = StreamingHttpResponse(_lines(asked), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="trail.csv"'
    return answer


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _lines(conditions: dict[str, Any]) -> Iterator[str]:
    names = ("at", *FIELDS)
    out = csv.writer(_Echo())
    yield "\ufeff" + out.writerow(names)
    for event in queries.every(conditions):
        yield out.writerow([_cell(event, name) for name in names])


def _cell(event: Event, name: str) -> str:
    """A value as text that no sheet takes for a formula."""
    value = event.at.isoformat() if name == "at" else str(getattr(event, name) or "")
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


@audit
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Queues a look at every seal."""
    now = timezone.now()
    with transaction.atomic():
        enqueue(VERIFY, f"{VERIFY}:{now.isoformat()}", now=now, organisation=None)
        record("trail.verified", by=request.viewer)
    messages.success(request, _("The chain is being verified; the result will stand here."))
    return redirect("audit:events")
