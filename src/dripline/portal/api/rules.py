"""Why not: each answers with a sentence, or None where it may be done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from dripline.law import Law
from dripline.portal.accounts.models import Function, Role
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.models import FUNCTIONS, Token

KEEPERS = (Function.APPROVE, Function.SECURITY)
"""Who makes and revokes the tokens of an institution."""


def last_day(on: date) -> date:
    """The last day for which a token may be made on a day (bound.api_token_days)."""
    return on + timedelta(days=bound("api_token_days", on))


def bound(name: str, on: date) -> int:
    """A bound of the interface on a day, from the lawbook."""
    return Law.load().on(on).take(f"bound.{name}", int)


def why_not_keep(viewer: Viewer) -> str | None:
    """Why a viewer does not look after tokens."""
    if viewer.role != Role.INSTITUTION:
        return _("Tokens are for the programs of institutions that report.")
    if viewer.user is None:
        return _("A person makes and revokes tokens, not a program.")
    if not viewer.may(*KEEPERS):
        return _("This needs the function of approval or of security administration.")
    return None


def why_not_make(
    viewer: Viewer, functions: Iterable[str], first: date, last: date, on: date
) -> str | None:
    """Why a viewer may not make such a token."""
    if reason := why_not_keep(viewer):
        return reason
    functions = set(functions)
    if not functions or functions - set(FUNCTIONS):
        return _("A token names what it may be used for: reading, entry, sending.")
    if Function.APPROVE in functions and not viewer.may(Function.APPROVE):
        return _("Only who may send deliveries can let a program send them.")
    if last < first or last < on:
        return _("The last day lies before the first one, or has passed.")
    if last > (latest := last_day(on)):
        return _("A token is valid until %(day)s at the latest.") % {"day": latest}
    return None


def why_not_revoke(viewer: Viewer, token: Token) -> str | None:
    """Why a viewer may not revoke a token."""
    if reason := why_not_keep(viewer):
        return reason
    if token.revoked is not None:
        return _("This token was revoked before.")
    return None
