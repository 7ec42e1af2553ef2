"""The rule of two persons: one proposes, another approves, and only then is it done. For whatever needs it.

A room names what is done with ``@deed("post.give", functions={...})``; the function is called inside the transaction of
the approval, with the proposal and the viewer who approves, and may still raise Refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts.models import DECIDES, Decision, Organisation, Proposal
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.notices.actions import tell
from dripline.words import Text

WAITS = Text(
    zh="有一项申请等待第二人审批",
    en="A proposal waits for a second person's approval",
)
Done = Callable[[Proposal, Viewer], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """What a kind of proposal does once approved, and which functions may propose and approve it."""

    functions: frozenset[str]
    done: Done


DEEDS: dict[str, Deed] = {}


def deed(kind: str, *, functions: set[str]) -> Callable[[Done], Done]:
    """Names the function that does what proposals of this kind say."""

    def named(done: Done) -> Done:
        if kind in DEEDS:
            raise ValueError(f"two deeds are called {kind}")
        DEEDS[kind] = Deed(frozenset(functions), done)
        return done

    return named


def reaches(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether an organisation is the viewer's own, below it, or any at all for the province branch."""
    return viewer.of_province or organisation.pk in viewer.within


def why_not_propose(viewer: Viewer, kind: str, organisation: Organisation) -> str | None:
    """Why a viewer may not propose such a deed for an organisation."""
    if viewer.user is None or not viewer.may(*DEEDS[kind].functions):
        return _("Your post does not have the function that this needs.")
    if not reaches(viewer, organisation):
        return _("This organisation is not one that you look after.")
    return None


def why_not_approve(viewer: Viewer, proposal: Proposal) -> str | None:
    """Why a viewer may not approve a proposal."""
    if proposal.status != Decision.OPEN:
        return _("This proposal has been decided already.")
    if viewer.user == proposal.proposed_by_id:
        return _("You proposed this yourself; another person must approve it.")
    return why_not_propose(viewer, proposal.kind, proposal.organisation)


def why_not_withdraw(viewer: Viewer, proposal: Proposal) -> str | None:
    """Why a viewer may not take a proposal back."""
    if proposal.status != Decision.OPEN:
        return _("This proposal has been decided already.")
    if viewer.user != proposal.proposed_by_id:
        return _("Only the person who proposed this may take it back.")
    return None


@transaction.atomic
def propose(
    kind: str,
    *,
    organisation: Organisation,
    by: Viewer,
    now: datetime,
    subject: str = "",
    says: str = "",
    **arguments: Any,
) -> Proposal:
    """A proposal that waits for another person; ``says`` is what that person reads."""
    if reason := why_not_propose(by, kind, organisation):
        raise Refused(reason)
    same = Proposal.objects.filter(
        kind=kind, organisation=organisation, subject=subject, arguments=arguments, status="open"
    )
    if same.exists():
        raise Refused(_("The same has been proposed already and waits for approval."))
    proposal = Proposal.objects.create(
        kind=kind,
        organisation=organisation,
        subject=subject,
        says=says,
        arguments=arguments,
        proposed_by_id=by.user,
        proposed=now,
    )
    record(f"{kind}.proposed", proposal, by=by, says=says)
    tell(
        organisation,
        "accounts",
        f"proposal {proposal.pk}",
        WAITS,
        url=reverse("accounts:proposals"),
        now=now,
        functions=sorted(DEEDS[kind].functions),
    )
    return proposal


def approve(proposal: Proposal, *, by: Viewer, now: datetime) -> None:
    """Does what is proposed, in the transaction of its approval."""
    with transaction.atomic():
        decided = _decide(proposal, Decision.APPROVED, why_not_approve, by=by, now=now)
        DEEDS[decided.kind].done(decided, by)


def refuse(proposal: Proposal, *, by: Viewer, now: datetime, reason: str) -> None:
    """Ends a proposal without doing it; the reason stays with it."""
    with transaction.atomic():
        _decide(proposal, Decision.REFUSED, why_not_approve, by=by, now=now, reason=reason)


def withdraw(proposal: Proposal, *, by: Viewer, now: datetime) -> None:
    """Takes a proposal back; only who made it may."""
    with transaction.atomic():
        _decide(proposal, Decision.WITHDRAWN, why_not_withdraw, by=by, now=now)


def _decide(
    proposal: Proposal,
    to: Decision,
    why_not: Callable[[Viewer, Proposal], str | None],
    *,
    by: Viewer,
    now: datetime,
    reason: str = "",
) -> Proposal:
    one = Proposal.objects.select_for_update(of=("self",)).select_related("organisation")
    held = one.get(pk=proposal.pk)
    if refused := why_not(by, held):
        raise Refused(refused)
    assert to in DECIDES[Decision(held.status)]
    held.status, held.decided_by_id, held.decided, held.reason = to, by.user, now, reason
    held.save()
    record(f"{held.kind}.{to}", held, by=by, says=reason or held.says)
    return held
