"""Why not: who may do what to organisations, people and posts. A sentence, or None if it may be done."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from dripline.portal.accounts.models import (
    ADMINISTRATION,
    ROLE_OF,
    Function,
    Kind,
    Organisation,
    Post,
    User,
)
from dripline.portal.accounts.proposals import reaches
from dripline.portal.accounts.scope import people
from dripline.portal.accounts.viewers import Viewer, below

BY_TWO = frozenset({Function.APPROVE, *ADMINISTRATION})
"""Functions that one person proposes and another gives: those that move money or publication, or administer."""
OF_PROVINCE_ALONE = frozenset({Function.SYSTEM, Function.AUDIT})


def side(function: str) -> str:
    """Which of the four kinds of work that nobody mixes a function belongs to."""
    return function if function in ADMINISTRATION else "business"


def why_not_separate(user: User, function: str, first: date, last: date | None) -> str | None:
    """Nobody is two administrators, or an administrator and at work in business, on the same day (FN 12)."""
    together = Post.objects.filter(user=user).filter(Q(to_day=None) | Q(to_day__gte=first))
    if last is not None:
        together = together.filter(from_day__lte=last)
    held = {side(post.function) for post in together}
    if held - {side(function)}:
        return _(
            "System, security and audit administration and business work are four different people. "
            "End the other posts first, or give this one to somebody else."
        )
    return None


def why_not_look_after(viewer: Viewer, user: User) -> str | None:
    """Why a viewer may not change a person's account at all."""
    if not viewer.may(Function.SECURITY):
        return _("Only a security administrator may do this.")
    if viewer.user == user.pk:
        return _("This is your own account; another security administrator must do this.")
    if not people(viewer).filter(pk=user.pk).exists():
        return _("This person is not one that you look after.")
    return None


def why_not_post(
    viewer: Viewer,
    user: User,
    organisation: Organisation,
    function: str,
    first: date,
    last: date | None,
) -> str | None:
    """Why this post may not be given."""
    if reason := why_not_look_after(viewer, user):
        return reason
    if not reaches(viewer, organisation):
        return _("This organisation is not one that you look after.")
    if last is not None and last < first:
        return _("The last day lies before the first.")
    if function in OF_PROVINCE_ALONE and organisation.kind != Kind.PROVINCE_BRANCH:
        return _("System and audit administration belong to the province branch.")
    return why_not_separate(user, function, first, last) or _why_not_twice(
        user, organisation, function, first, last
    )


def _why_not_twice(
    user: User, organisation: Organisation, function: str, first: date, last: date | None
) -> str | None:
    same = Post.objects.filter(user=user, organisation=organisation, function=function)
    same = same.filter(Q(to_day=None) | Q(to_day__gte=first))
    if last is not None:
        same = same.filter(from_day__lte=last)
    if same.exists():
        return _("The person has this post already on some of these days.")
    return None


def why_not_end_post(viewer: Viewer, post: Post, day: date) -> str | None:
    """Why a post may not end on a day."""
    if not viewer.may(Function.SECURITY):
        return _("Only a security administrator may do this.")
    if viewer.user == post.user_id:
        return _("This is your own account; another security administrator must do this.")
    if not reaches(viewer, post.organisation):
        return _("This organisation is not one that you look after.")
    if day < post.from_day:
        return _("The last day lies before the first.")
    if post.to_day is not None and post.to_day < day:
        return _("This post has ended already.")
    return None


def why_not_invite(viewer: Viewer, home: Organisation, username: str) -> str | None:
    """Why a new person may not be invited."""
    if not viewer.may(Function.SECURITY):
        return _("Only a security administrator may do this.")
    if not reaches(viewer, home):
        return _("This organisation is not one that you look after.")
    if User.objects.filter(username__iexact=username).exists():
        return _("This user name is taken; choose another.")
    return None


def why_not_organise(viewer: Viewer) -> str | None:
    """Why a viewer may not change the tree of organisations."""
    if not viewer.may(Function.SYSTEM):
        return _("Only the system administrator may do this.")
    return None


def why_not_place(organisation: Organisation) -> str | None:
    """Why an organisation as it is filled in may not stand in the tree."""
    if ROLE_OF[Kind(organisation.kind)] != organisation.role:
        return _("An organisation of this kind has another role.")
    if organisation.to_day is not None and organisation.to_day < organisation.from_day:
        return _("The last day lies before the first.")
    if (parent := organisation.parent) is not None:
        if parent.role != organisation.role:
            return _("The organisation above is of another role.")
        if organisation.pk is not None and parent.pk in below(organisation):
            return _("An organisation cannot stand below itself.")
    if organisation.reporter and _reported_by_another(organisation):
        return _("Another organisation reports under this code on some of these days.")
    return None


def _reported_by_another(organisation: Organisation) -> bool:
    others = Organisation.objects.exclude(pk=organisation.pk).filter(
        Q(to_day=None) | Q(to_day__gte=organisation.from_day), reporter=organisation.reporter
    )
    if organisation.to_day is not None:
        others = others.filter(from_day__lte=organisation.to_day)
    return others.exists()
