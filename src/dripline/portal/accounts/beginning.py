"""The first people of a site: nobody can be invited before somebody may invite."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from dripline.errors import Refused
from dripline.portal.accounts.invitations import first_invitation
from dripline.portal.accounts.models import Function, Kind, Organisation, Post, Role, User
from dripline.portal.audit.actions import record
from dripline.store.entries import day_in_china

FIRST = (
    ("system", Function.SYSTEM),
    ("security-1", Function.SECURITY),
    ("security-2", Function.SECURITY),
    ("audit", Function.AUDIT),
)
"""Two for security: what one proposes, the other approves."""


@transaction.atomic
def begin(code: str, name: str, *, now: datetime) -> dict[str, str]:
    """The province branch with its administrators; the token of each. Refused once there are people."""
    if User.objects.exists():
        raise Refused("The site has people already; a security administrator invites others.")
    day = day_in_china(now)
    branch, _ = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": Kind.PROVINCE_BRANCH,
            "role": Role.AUTHORITY,
            "from_day": day,
        },
    )
    tokens = {}
    for username, function in FIRST:
        user = User(username=username, display_name=username, home=branch)
        user.set_unusable_password()
        user.save()
        Post.objects.create(user=user, organisation=branch, function=function, from_day=day)
        tokens[username] = first_invitation(user, now=now)
    record("site.begun", branch, by=None, says=code)
    return tokens
