"""Invitations: the only way in. A token is shown once to who invites, and lets the person set a password once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts import rules
from dripline.portal.accounts.models import Invitation, Organisation, User
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record


def digest(token: str) -> str:
    """What is kept of a token. It holds 256 random bits, so no slow hash is needed to keep it from being guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(
    username: str, display_name: str, home: Organisation, *, by: Viewer, now: datetime
) -> tuple[User, str]:
    """A new person without a password, and the token that lets them set one."""
    if reason := rules.why_not_invite(by, home, username):
        raise Refused(reason)
    user = User(username=username, display_name=display_name, home=home)
    user.set_unusable_password()
    user.save()
    return user, _invitation(user, by=by, now=now)


@transaction.atomic
def invite_again(user: User, *, by: Viewer, now: datetime) -> str:
    """A new token for somebody who lost the first one or the password; what was open before is withdrawn."""
    if reason := rules.why_not_look_after(by, user):
        raise Refused(reason)
    return _invitation(user, by=by, now=now)


@transaction.atomic
def first_invitation(user: User, *, now: datetime) -> str:
    """The token of one of the first people, for whom nobody is there to invite."""
    return _invitation(user, by=None, now=now)


def _invitation(user: User, *, by: Viewer | None, now: datetime) -> str:
    Invitation.objects.filter(user=user, used=None, withdrawn=None).update(withdrawn=now)
    token = secrets.token_urlsafe(32)
    one = Invitation.objects.create(
        user=user,
        digest=digest(token),
        made_by_id=None if by is None else by.user,
        made=now,
        expires=now + timedelta(days=settings.DRIPLINE_INVITATION_DAYS),
    )
    record("invitation.made", one, by=by, says=user.username)
    return token


@transaction.atomic
def withdraw(user: User, *, by: Viewer, now: datetime) -> None:
    """Makes an open invitation worthless."""
    if reason := rules.why_not_look_after(by, user):
        raise Refused(reason)
    for one in Invitation.objects.filter(user=user, used=None, withdrawn=None):
        one.withdrawn = now
        one.save(update_fields=["withdrawn"])
        record("invitation.withdrawn", one, by=by, says=user.username)


def open_invitation(token: str, now: datetime) -> Invitation | None:
    """The invitation of a token, if it may be used now; nobody is told which of the reasons it is if not."""
    usable = Q(used=None, withdrawn=None, expires__gt=now, user__is_active=True)
    return Invitation.objects.filter(usable, digest=digest(token)).select_related("user").first()


@transaction.atomic
def accept(token: str, password: str, *, now: datetime) -> User:
    """Sets the invited person's password; ValidationError where it is too weak, Refused where the token is worth nothing."""
    found = open_invitation(token, now)
    # Taken in one statement: of two who use a token at once, one has it.
    if found is None or not Invitation.objects.filter(
        pk=found.pk, used=None, withdrawn=None
    ).update(used=now):
        raise Refused(
            _("This invitation has been used, withdrawn or has expired. Ask for a new one.")
        )
    user = found.user
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("invitation.used", found, by=None, says=user.username)
    return user
