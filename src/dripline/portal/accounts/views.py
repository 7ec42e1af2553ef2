"""Pages of the security administrator: people, their posts, invitations, proposals."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dripline.errors import Refused
from dripline.portal.accounts import actions, invitations, proposals, queries, rules
from dripline.portal.accounts.access import SIGNED_IN, open_to
from dripline.portal.accounts.forms import (
    IdentityForm,
    InviteForm,
    PostForm,
    ReasonForm,
    SearchForm,
)
from dripline.portal.accounts.models import Function, Identity, Post, Proposal
from dripline.portal.accounts.pages import done, first_error, today
from dripline.portal.accounts.scope import people

security = open_to(*SIGNED_IN, functions=(Function.SECURITY,))


@security
def people_list(request: HttpRequest) -> HttpResponse:
    """People this administrator looks after."""
    viewer, words = request.viewer, request.GET.get("q", "").strip()[:100]
    page = queries.people_page(viewer, words, request.GET.get("page"), today())
    names = {user.username.lower() for user in page}
    return render(
        request,
        "accounts/people.html",
        {
            "page": page,
            "search": SearchForm(initial={"q": words}),
            "words": words,
            "locked": queries.locked(names, timezone.now()),
            "waiting": queries.open_proposals(viewer).count(),
        },
    )


@security
def invite(request: HttpRequest) -> HttpResponse:
    """Invites a new person; the token is shown on the page that follows, once."""
    form = InviteForm(request.POST or None, viewer=request.viewer, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            user, token = invitations.invite(
                **form.cleaned_data, by=request.viewer, now=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return _shown_once(request, user, token)
    return render(request, "accounts/invite.html", {"form": form})


def _shown_once(request: HttpRequest, user: object, token: str) -> HttpResponse:
    """The page with the token: nothing keeps it, so it cannot be shown again."""
    link = request.build_absolute_uri(f"/invitation/{token}/")
    return render(request, "accounts/invited.html", {"person": user, "link": link})


@security
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: posts, proposals, invitation, second factors, identities."""
    user = get_object_or_404(people(request.viewer), pk=pk)
    return render(
        request,
        "accounts/person.html",
        {
            "account": queries.account(user, timezone.now()),
            "why_not": rules.why_not_look_after(request.viewer, user),
            "post_form": PostForm(viewer=request.viewer, today=today()),
            "identity_form": IdentityForm(),
            "identities": user.identities.all(),
            "today": today(),
        },
    )


@security
@require_POST
def invite_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new token for a person."""
    user = get_object_or_404(people(request.viewer), pk=pk)
    try:
        token = invitations.invite_again(user, by=request.viewer, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("accounts:person", pk)
    return _shown_once(request, user, token)


@security
@require_POST
def give_post(request: HttpRequest, pk: int) -> HttpResponse:
    """A post, or the proposal to give it."""
    user = get_object_or_404(people(request.viewer), pk=pk)
    form = PostForm(request.POST, viewer=request.viewer, today=today())
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("accounts:person", pk)
    by_two = form.cleaned_data["function"] in rules.BY_TWO
    says = (
        _("Proposed. Another security administrator must approve it.")
        if by_two
        else _("The post is given.")
    )

    def give() -> None:
        actions.give_post(user, **form.cleaned_data, by=request.viewer, now=timezone.now())

    return done(request, give, says, "accounts:person", pk)


@security
@require_POST
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Today is the last day of a post."""
    held = Post.objects.select_related("user", "organisation")
    post = get_object_or_404(held, pk=pk, user__in=people(request.viewer))
    return done(
        request,
        lambda: actions.end_post(post, day=today(), by=request.viewer),
        _("The post ends today."),
        "accounts:person",
        post.user_id,
    )


@security
@require_POST
def change_account(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    """Closes or opens an account, takes its second factor away, unlocks it, withdraws its invitation."""
    user = get_object_or_404(people(request.viewer), pk=pk)
    by, now = request.viewer, timezone.now()
    deeds = {
        "close": (lambda: actions.set_active(user, False, by=by), _("The account is closed.")),
        "open": (lambda: actions.set_active(user, True, by=by), _("The account is open again.")),
        "factor": (
            lambda: actions.reset_second_factor(user, by=by),
            _("The second factor is taken away; the sessions have ended."),
        ),
        "unlock": (lambda: actions.unlock(user, by=by), _("The account is unlocked.")),
        "withdraw": (
            lambda: invitations.withdraw(user, by=by, now=now),
            _("The invitation is withdrawn."),
        ),
    }
    action, says = deeds[deed]
    return done(request, action, says, "accounts:person", pk)


@security
@require_POST
def add_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """A certificate or account that stands for a person."""
    user = get_object_or_404(people(request.viewer), pk=pk)
    form = IdentityForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("accounts:person", pk)
    return done(
        request,
        lambda: actions.add_identity(user, **form.cleaned_data, by=request.viewer),
        _("It stands for this person from now on."),
        "accounts:person",
        pk,
    )


@security
@require_POST
def remove_identity(request: HttpRequest, pk: int) -> HttpResponse:
    """It stands for nobody any more."""
    one = get_object_or_404(Identity, pk=pk, user__in=people(request.viewer))
    return done(
        request,
        lambda: actions.remove_identity(one, by=request.viewer),
        _("It stands for nobody any more."),
        "accounts:person",
        one.user_id,
    )


@security
def waiting(request: HttpRequest) -> HttpResponse:
    """Proposals that wait for a second person."""
    found = [
        (one, proposals.why_not_approve(request.viewer, one))
        for one in queries.open_proposals(request.viewer)[: queries.PAGE]
    ]
    return render(request, "accounts/proposals.html", {"proposals": found, "form": ReasonForm()})


@security
@require_POST
def decide(request: HttpRequest, pk: int, decision: str) -> HttpResponse:
    """Approves, refuses with a reason, or takes back."""
    proposal: Proposal = get_object_or_404(queries.open_proposals(request.viewer), pk=pk)
    by, now = request.viewer, timezone.now()
    form = ReasonForm(request.POST)
    if decision == "refuse" and not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("accounts:proposals")
    deeds = {
        "approve": (lambda: proposals.approve(proposal, by=by, now=now), _("Approved and done.")),
        "refuse": (
            lambda: proposals.refuse(
                proposal, by=by, now=now, reason=form.cleaned_data.get("reason", "")
            ),
            _("Refused."),
        ),
        "withdraw": (lambda: proposals.withdraw(proposal, by=by, now=now), _("Taken back.")),
    }
    action, says = deeds[decision]
    return done(request, action, says, "accounts:proposals")
