"""Pages of notices."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import Refused
from dripline.portal.accounts.access import SIGNED_IN, open_to
from dripline.portal.accounts.models import Function
from dripline.portal.accounts.scope import visible
from dripline.portal.notices import actions, queries
from dripline.portal.notices.models import Way

EVERY_POST = tuple(Function.values)
PAGE = 30


@open_to(*SIGNED_IN, functions=EVERY_POST)
def board(request: HttpRequest) -> HttpResponse:
    """What has happened, the latest first; what the viewer had not seen is marked."""
    page = Paginator(queries.mine(request.viewer).order_by("-id"), PAGE).get_page(
        request.GET.get("page")
    )
    seen = set(
        queries.mine(request.viewer)
        .filter(pk__in=[one.pk for one in page], reads__user=request.viewer.user)
        .values_list("pk", flat=True)
    )
    ours = visible(Way, request.viewer).filter(organisation=request.viewer.organisation)
    context = {"page": page, "seen": seen, "ways": ours, "kinds": Way.Kind.choices}
    return render(
        request, "notices/board.html", context | {"unread": queries.unread(request.viewer)}
    )


@open_to(*SIGNED_IN, functions=EVERY_POST)
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks everything up to a notice as seen."""
    last = request.POST.get("last", "")
    actions.read_until(request.viewer, int(last) if last.isdecimal() else 0, now=timezone.now())
    return redirect("notices:board")


@open_to(*SIGNED_IN, functions=(Function.APPROVE, Function.SECURITY))
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Adds a way by which news leave the site; a webhook's secret is shown once."""
    try:
        address = request.POST.get("address", "").strip()[:300]
        way = actions.add_way(request.viewer, request.POST.get("kind", ""), address)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        if way.secret:
            messages.success(request, _("Calls are signed with this secret: %s") % way.secret)
    return redirect("notices:board")


@open_to(*SIGNED_IN, functions=(Function.APPROVE, Function.SECURITY))
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a way."""
    way = get_object_or_404(visible(Way, request.viewer), pk=pk)
    try:
        actions.remove_way(request.viewer, way)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("notices:board")
