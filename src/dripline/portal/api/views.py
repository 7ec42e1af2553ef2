"""Pages of tokens, the description of the interface, and the answer where there is nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import Refused
from dripline.portal.accounts.access import EVERYBODY, EVERYWHERE, open_to
from dripline.portal.accounts.models import Role
from dripline.portal.accounts.pages import done, today
from dripline.portal.api import actions, queries, reference, site
from dripline.portal.api.faults import Fault
from dripline.portal.api.forms import TokenForm
from dripline.portal.api.models import FUNCTIONS
from dripline.portal.api.rules import KEEPERS

keepers = open_to(Role.INSTITUTION, functions=KEEPERS)
public = open_to(*EVERYBODY, zones=EVERYWHERE)


@keepers
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of the institution, and the form for a new one; a new one is shown in the answer to its form only."""
    form, made = TokenForm(request.POST or None, viewer=request.viewer, today=today()), None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.make(
                given["name"],
                given["functions"],
                given["from_day"],
                given["to_day"],
                by=request.viewer,
                now=timezone.now(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
    found = list(queries.tokens(request.viewer))
    context = {"form": form, "made": made, "tokens": found, "today": today(), "words": FUNCTIONS}
    context["open"] = sum(one.revoked is None and one.to_day >= today() for one in found)
    return render(request, "api/tokens.html", context)


@keepers
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a token worthless."""
    token = get_object_or_404(queries.tokens(request.viewer), pk=pk)
    return done(
        request,
        lambda: actions.revoke(token, by=request.viewer, now=timezone.now()),
        _("The token is worth nothing any more."),
        "api:tokens",
    )


@public
def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the interface for programs (OpenAPI)."""
    return JsonResponse(site.schema(), json_dumps_params={"ensure_ascii": False})


@public
def describe(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    return render(request, "api/reference.html", {"groups": reference.groups(site.schema())})


def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address of the interface that does not exist."""
    raise Fault("not_found")
