"""From the text that a program shows to the viewer it is: the one place where a token becomes somebody."""

from __future__ import annotations

from datetime import date

from dripline.portal.accounts.invitations import digest
from dripline.portal.accounts.models import Function, Post, Role
from dripline.portal.accounts.viewers import Viewer, below
from dripline.portal.api.models import FUNCTIONS, Token

LONGEST = 100


def token_of(text: str, on: date) -> Token | None:
    """The token, if it may be used on the day; nobody is told which of the reasons it is if not."""
    if len(text) > LONGEST:
        return None
    known = Token.objects.on(on).filter(digest=digest(text), revoked=None)
    token = known.select_related("organisation", "made_by").first()
    if token is None or token.organisation.role != Role.INSTITUTION:
        return None
    place = token.organisation
    open_today = place.from_day <= on and (place.to_day is None or place.to_day >= on)
    return token if open_today else None


def viewer_of(token: Token, on: date) -> Viewer:
    """The token's organisation in the functions it was given; scoped as a person of it would be."""
    functions = set(token.functions) & set(FUNCTIONS)
    if Function.APPROVE in functions and not answered_for(token, on):
        functions.discard(Function.APPROVE)
    return Viewer(
        user=None,
        name=str(token),
        organisation=token.organisation,
        functions=frozenset(functions),
        within=below(token.organisation),
        token=token.pk,
        answers=token.made_by_id,
    )


def answered_for(token: Token, on: date) -> bool:
    """Whether who made the token may still send deliveries: as long only may the program in their name."""
    posts = Post.objects.on(on).filter(
        user=token.made_by_id, organisation=token.organisation_id, function=Function.APPROVE
    )
    return token.made_by.is_active and posts.exists()
