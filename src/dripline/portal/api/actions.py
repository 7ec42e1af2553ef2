"""Making and revoking tokens; the event stands in the same transaction."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts.invitations import digest
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api import rules
from dripline.portal.api.models import FUNCTIONS, Token
from dripline.portal.audit.actions import record
from dripline.store.entries import day_in_china

PREFIX = "dl_"
"""A scanner of forgotten secrets knows our tokens by it."""


@transaction.atomic
def make(
    name: str, functions: Iterable[str], first: date, last: date, *, by: Viewer, now: datetime
) -> tuple[Token, str]:
    """A new token, and its text, which is shown this once and not kept."""
    functions = set(functions)
    if reason := rules.why_not_make(by, functions, first, last, day_in_china(now)):
        raise Refused(reason)
    if not name.strip():
        raise Refused(_("Give the token the name of the program that will use it."))
    mark = PREFIX + secrets.token_hex(4)
    text = f"{mark}_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        organisation=by.organisation,
        name=name.strip(),
        mark=mark,
        digest=digest(text),
        functions=[one.value for one in FUNCTIONS if one in functions],
        from_day=first,
        to_day=last,
        made_by_id=by.user,
        made=now,
    )
    record("token.made", token, by=by, says=f"{mark} {' '.join(token.functions)} {first}/{last}")
    return token, text


@transaction.atomic
def revoke(token: Token, *, by: Viewer, now: datetime) -> None:
    """Makes a token worthless from now on."""
    token = Token.objects.select_for_update().get(pk=token.pk)
    if reason := rules.why_not_revoke(by, token):
        raise Refused(reason)
    token.revoked_by_id, token.revoked = by.user, now
    token.save(update_fields=["revoked_by", "revoked"])
    record("token.revoked", token, by=by, says=token.mark)


def used(token: Token, on: date) -> None:
    """Notes the day of use, once a day."""
    if token.last_used != on:
        Token.objects.filter(pk=token.pk).update(last_used=on)
