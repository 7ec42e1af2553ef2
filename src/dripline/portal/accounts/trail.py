"""What happens at the door, for the trail: who came in, who was turned away, whose factor changed."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed, user_logged_in
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from dripline.portal.accounts.models import User
from dripline.portal.accounts.viewers import CHOSEN, Viewer, viewer_of
from dripline.portal.audit.actions import record
from dripline.store.entries import day_in_china

DOOR = "came_by"
BEGAN = "began"
LAST_SEEN = "last_seen"
"""Keys of the session: by which door its person came, and when, and when they were last here (seconds)."""


def came(request: HttpRequest, door: str) -> None:
    """Remembers by which door a person comes, for the event of the login that follows."""
    request.session[DOOR] = door


def turned_away(door: str) -> None:
    """Somebody whose certificate or account stands for nobody."""
    with transaction.atomic():
        record("login.refused", by=None, says=door)


def _viewer(request: HttpRequest | None, user: User) -> Viewer:
    chosen = None if request is None else request.session.get(CHOSEN)
    return viewer_of(user, chosen, day_in_china(timezone.now()))


def _note(verb: str, user: User, request: HttpRequest | None, says: str = "") -> None:
    with transaction.atomic():
        record(verb, user, by=_viewer(request, user), says=says)


@receiver(user_logged_in)
def _came_in(request: HttpRequest, user: User, **_: Any) -> None:
    now = timezone.now()
    request.session[BEGAN] = request.session[LAST_SEEN] = int(now.timestamp())
    _note("login", user, request, request.session.get(DOOR, "password"))


@receiver(user_logged_out)
def _went(request: HttpRequest, user: User | None, **_: Any) -> None:
    if user is not None:
        _note("logout", user, request)


@receiver(user_login_failed)
def _wrong_password(credentials: dict[str, Any], **_: Any) -> None:
    """Names the account if there is one: what was typed may be a password in the wrong field."""
    typed = credentials.get("username") or ""
    user = User.objects.filter(username__iexact=typed).first()
    with transaction.atomic():
        record("login.failed", "" if user is None else user, by=None)


@receiver(user_locked_out)
def _locked(username: str | None, **_: Any) -> None:
    user = User.objects.filter(username__iexact=username or "").first()
    with transaction.atomic():
        record("login.locked", "" if user is None else user, by=None)


@receiver(authentication_failed)
def _wrong_factor(request: HttpRequest, user: User, **_: Any) -> None:
    with transaction.atomic():
        record("second_factor.failed", user, by=None)


def _acting() -> Viewer | None:
    """Who is at work on this request; None outside of one."""
    viewer = getattr(context.request, "viewer", None)
    return viewer if viewer is not None and viewer.signed_in else None


# Not the library's own signals: those are sent after the transaction, these inside it.
@receiver(post_save, sender=Authenticator)
def _factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    if created:
        _factor("second_factor.added", instance)


@receiver(post_delete, sender=Authenticator)
def _factor_removed(instance: Authenticator, **_: Any) -> None:
    _factor("second_factor.removed", instance)


def _factor(verb: str, one: Authenticator) -> None:
    with transaction.atomic():
        record(verb, str(one.user_id), by=_acting(), says=one.type)


@receiver(password_changed)
def _own_password(request: HttpRequest, user: User, **_: Any) -> None:
    if user.must_change_password:
        user.must_change_password = False
        user.save(update_fields=["must_change_password"])
    _note("password.changed", user, request)
