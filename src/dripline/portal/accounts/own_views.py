"""Pages about oneself: sessions, what one did, whom one acts for, the invitation one came by; and who looked at one's rows."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import Refused
from dripline.portal.accounts import actions, invitations, queries
from dripline.portal.accounts.access import EVERYBODY, SIGNED_IN, open_to
from dripline.portal.accounts.forms import NewPasswordForm
from dripline.portal.accounts.models import ANY_FUNCTION, Role
from dripline.portal.accounts.pages import done, today
from dripline.portal.accounts.viewers import CHOSEN, viewer_of
from dripline.portal.audit.actions import record
from dripline.portal.audit.queries import page_of
from dripline.portal.language import said
from dripline.store import PURPOSES
from dripline.tables import TABLES

own = open_to(*SIGNED_IN, functions=ANY_FUNCTION)
TOKEN = "invitation"
"""The key of the session under which the token of an invitation waits, so that no address holds it for long."""


@own
def sessions(request: HttpRequest) -> HttpResponse:
    """The viewer's open sessions."""
    here = request.session.session_key
    found = [(one, one.session_key == here) for one in queries.own_sessions(request.viewer)]
    return render(request, "accounts/sessions.html", {"sessions": found})


@own
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends one of them; one's own leads to the login."""
    one = get_object_or_404(UserSession, pk=pk, user=request.viewer.user)
    says = _("The session has ended.")
    return done(
        request,
        lambda: actions.end_session(one, by=request.viewer),
        says,
        "accounts:sessions",
    )


@own
def activity(request: HttpRequest) -> HttpResponse:
    """What the viewer did, the last first."""
    page = page_of({"user": request.viewer.user}, request.GET.get("before"))
    return render(request, "accounts/activity.html", {"page": page})


@own
@require_POST
def act_for(request: HttpRequest) -> HttpResponse:
    """The organisation acted for from now on, of those in which the viewer has a post today."""
    wanted = {str(place.pk): place for place in request.viewer.choices}
    place = wanted.get(request.POST.get("organisation", ""))
    if place is None:
        messages.error(request, _("You have no post in this organisation today."))
        return redirect("home")
    with transaction.atomic():
        request.session[CHOSEN] = place.pk
        record("viewer.acts_for", place, by=viewer_of(request.user, place.pk, today()))
    return redirect("home")


@open_to(Role.INSTITUTION, functions=ANY_FUNCTION)
def looks(request: HttpRequest) -> HttpResponse:
    """When, at which kind of rows and for what the central bank looked: no more than that (FN 13)."""
    before = request.GET.get("before", "")
    found = queries.looks_at(request.viewer, int(before) if before.isdecimal() else None)
    shown = [
        {
            "day": one.at,
            "what": said(TABLES[one.what].label) if one.what in TABLES else one.what,
            "purpose": said(PURPOSES[one.purpose]),
            "alone": one.of_id is not None,
        }
        for one in found[: queries.PAGE]
    ]
    more = found[queries.PAGE - 1].pk if len(found) > queries.PAGE else None
    return render(request, "accounts/looks.html", {"looks": shown, "more": more})


@open_to(*EVERYBODY)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Keeps the token in the session and leads on, so that it stays in no history."""
    request.session[TOKEN] = token[:100]
    return redirect("accounts:accept")


@open_to(*EVERYBODY)
def accept(request: HttpRequest) -> HttpResponse:
    """The invited person sets a password of their own."""
    token = request.session.get(TOKEN, "")
    found = invitations.open_invitation(token, timezone.now())
    if found is None:
        return render(request, "accounts/no_invitation.html", status=410)
    form = NewPasswordForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.accept(token, form.cleaned_data["password"], now=timezone.now())
        except Refused:
            return render(request, "accounts/no_invitation.html", status=410)
        request.session.flush()
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")
    return render(request, "accounts/accept.html", {"form": form, "person": found.user})
