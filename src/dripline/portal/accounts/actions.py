"""What security and system administrators do to people, posts and organisations; each with its event."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts import rules
from dripline.portal.accounts.models import (
    ROLE_OF,
    Door,
    Function,
    Identity,
    Kind,
    Organisation,
    Post,
    Proposal,
    User,
)
from dripline.portal.accounts.proposals import deed, propose
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record

GIVE = "post.give"


def _refused(reason: str | None) -> None:
    if reason:
        raise Refused(reason)


@transaction.atomic
def give_post(
    user: User,
    organisation: Organisation,
    function: str,
    *,
    first: date,
    last: date | None,
    by: Viewer,
    now: datetime,
) -> Post | Proposal:
    """A post; for approval and administration a proposal to give it, which another administrator approves."""
    _refused(rules.why_not_post(by, user, organisation, function, first, last))
    if function in rules.BY_TWO:
        return propose(
            GIVE,
            organisation=organisation,
            by=by,
            now=now,
            subject=str(user.pk),
            says=f"{user.username} · {organisation.code} · {function}",
            user=user.pk,
            function=function,
            first=first.isoformat(),
            last=None if last is None else last.isoformat(),
        )
    return _post(user, organisation, function, first, last, by)


@deed(GIVE, functions={Function.SECURITY})
def _give(proposal: Proposal, by: Viewer) -> None:
    named = proposal.arguments
    user = User.objects.get(pk=named["user"])
    last = None if named["last"] is None else date.fromisoformat(named["last"])
    first = date.fromisoformat(named["first"])
    # Asked again: other posts may have been given while this one waited.
    function = named["function"]
    _refused(rules.why_not_post(by, user, proposal.organisation, function, first, last))
    _post(user, proposal.organisation, function, first, last, by)


def _post(
    user: User,
    organisation: Organisation,
    function: str,
    first: date,
    last: date | None,
    by: Viewer,
) -> Post:
    # The person is held, so that two posts given at once are asked one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    _refused(rules.why_not_separate(user, function, first, last))
    post = Post.objects.create(
        user=user, organisation=organisation, function=function, from_day=first, to_day=last
    )
    record("post.given", post, by=by, says=f"{user.username} · {organisation.code} · {function}")
    return post


@transaction.atomic
def end_post(post: Post, *, day: date, by: Viewer) -> None:
    """The post's last day."""
    _refused(rules.why_not_end_post(by, post, day))
    post.to_day = day
    post.save(update_fields=["to_day"])
    says = f"{post.user.username} · {post.organisation.code} · {post.function} · {day}"
    record("post.ended", post, by=by, says=says)


@transaction.atomic
def set_active(user: User, active: bool, *, by: Viewer) -> None:
    """Closes an account, which ends its sessions, or opens it again."""
    _refused(rules.why_not_look_after(by, user))
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        _end_all(user)
    verb = "account.opened" if active else "account.closed"
    record(verb, user, by=by, says=user.username)


@transaction.atomic
def reset_second_factor(user: User, *, by: Viewer) -> None:
    """Takes a person's second factors away and ends their sessions; they set up new ones at the next login."""
    _refused(rules.why_not_look_after(by, user))
    Authenticator.objects.filter(user=user).delete()
    _end_all(user)
    record("second_factor.reset", user, by=by, says=user.username)


def _end_all(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def unlock(user: User, *, by: Viewer) -> None:
    """Forgets failed logins under a user name."""
    _refused(rules.why_not_look_after(by, user))
    AccessAttempt.objects.filter(username__iexact=user.username).delete()
    record("account.unlocked", user, by=by, says=user.username)


@transaction.atomic
def add_identity(user: User, door: str, subject: str, serial: str, *, by: Viewer) -> Identity:
    """Lets a certificate or an account of the sign-on service stand for a person."""
    _refused(rules.why_not_look_after(by, user))
    if door == Door.CERTIFICATE and not serial:
        raise Refused(_("A certificate is named by its subject and its serial number."))
    serial = serial if door == Door.CERTIFICATE else ""
    if Identity.objects.filter(door=door, subject=subject, serial=serial).exists():
        raise Refused(_("This stands for a person already."))
    one = Identity.objects.create(user=user, door=door, subject=subject, serial=serial)
    record("identity.added", one, by=by, says=f"{user.username} · {door}")
    return one


@transaction.atomic
def remove_identity(one: Identity, *, by: Viewer) -> None:
    """Takes it away again."""
    _refused(rules.why_not_look_after(by, one.user))
    record("identity.removed", one, by=by, says=f"{one.user.username} · {one.door}")
    one.delete()


@transaction.atomic
def end_session(session: UserSession, *, by: Viewer) -> None:
    """Ends one of the viewer's own sessions."""
    if session.user_id != by.user:
        raise Refused(_("This session is not yours."))
    session.end()
    record("session.ended", by=by)


@transaction.atomic
def place_organisation(place: Organisation, *, by: Viewer, **filled: Any) -> Organisation:
    """Puts a new organisation into the tree, or changes one; its role follows from its kind."""
    _refused(rules.why_not_organise(by))
    new = place.pk is None
    before = {} if new else {name: getattr(place, name) for name in filled}
    for name, value in filled.items():
        setattr(place, name, value)
    place.role = ROLE_OF[Kind(place.kind)]
    _refused(rules.why_not_place(place))
    place.save()
    changed = [name for name in filled if not new and before[name] != filled[name]]
    verb = "organisation.added" if new else "organisation.changed"
    record(verb, place, by=by, says=" · ".join([place.code, *changed]))
    return place
