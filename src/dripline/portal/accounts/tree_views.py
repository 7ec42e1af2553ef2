"""Pages of the system administrator: the tree of organisations, and the settings as they are."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dripline.errors import Refused
from dripline.portal.accounts import actions, queries
from dripline.portal.accounts.access import SIGNED_IN, open_to
from dripline.portal.accounts.forms import OrganisationForm
from dripline.portal.accounts.models import Function, Organisation
from dripline.portal.accounts.pages import today
from dripline.portal.variables import as_they_are

system = open_to(*SIGNED_IN, functions=(Function.SYSTEM,))


@open_to(*SIGNED_IN, functions=(Function.SYSTEM, Function.SECURITY))
def organisations(request: HttpRequest) -> HttpResponse:
    """The tree as it stands today, or with what has ended and what is to come."""
    ever = request.GET.get("ever") == "1"
    places = queries.tree(None if ever else today())
    return render(
        request,
        "accounts/organisations.html",
        {"places": places, "ever": ever, "today": today(), "system": Function.SYSTEM},
    )


@system
def organisation(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One organisation, new or changed; nothing is ever deleted: it ends on a day."""
    place = Organisation() if pk is None else get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(request.POST or None, instance=place)
    if pk is None:
        form.fields["from_day"].initial = today()
    if request.method == "POST" and form.is_valid():
        try:
            actions.place_organisation(place, by=request.viewer, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("accounts:organisations")
    return render(
        request, "accounts/organisation.html", {"form": form, "place": place, "new": pk is None}
    )


@system
def site_settings(request: HttpRequest) -> HttpResponse:
    """Every setting as it is (a secret only as set or not), and what would be unsafe in service."""
    from dripline.portal.settings import ENVIRONMENT

    return render(
        request,
        "accounts/settings.html",
        {
            "variables": as_they_are(ENVIRONMENT.variables),
            "unsafe": list(ENVIRONMENT.unsafe()),
            "zone": settings.DRIPLINE_ZONE,
        },
    )
