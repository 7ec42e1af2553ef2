"""Who looks: a person in a post, a token of an institution, or the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from dripline.portal.accounts.models import ADMINISTRATION, Organisation, Post, Role, User
from dripline.portal.zone import ROLES

PUBLIC = "public"
CHOSEN = "organisation"
"""The key of the session under which the organisation stands that a person with several acts for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A person or token acting for one organisation today; everything they may see follows from it."""

    user: int | None
    name: str
    organisation: Organisation | None
    functions: frozenset[str]
    within: frozenset[int]
    """Ids of the organisation and of all below it."""
    choices: tuple[Organisation, ...] = ()
    token: int | None = None
    answers: int | None = None
    """The person who made the token and answers for what it does."""

    @property
    def person(self) -> int | None:
        """Who stands behind a deed: the person who looks, or the one who answers for the token."""
        return self.answers if self.user is None else self.user

    @property
    def role(self) -> str:
        """The role of the organisation; public without one."""
        return PUBLIC if self.organisation is None else self.organisation.role

    @property
    def signed_in(self) -> bool:
        """Whether a person or token is behind it."""
        return self.user is not None or self.token is not None

    @property
    def administers(self) -> bool:
        """Whether one of the three administrators looks: they see no business rows."""
        return bool(self.functions & ADMINISTRATION)

    @property
    def whole_province(self) -> bool:
        """The province branch in a working post: every reporter, every city."""
        return self.of_province and not self.administers

    @property
    def of_province(self) -> bool:
        """Whether the viewer acts for the province branch or a division of it, in whatever function."""
        place = self.organisation
        return place is not None and place.role == Role.AUTHORITY and not place.city

    def may(self, *functions: str) -> bool:
        """Whether the viewer has one of these functions."""
        return bool(self.functions & set(functions))


NOBODY = Viewer(user=None, name="", organisation=None, functions=frozenset(), within=frozenset())


def viewer_of(user: User, chosen: int | None, day: date) -> Viewer:
    """The person in the chosen organisation (or the first); without a post in force, nobody's viewer with a name."""
    posts = list(
        Post.objects.on(day).filter(user=user).select_related("organisation").order_by("id")
    )
    places = {post.organisation_id: post.organisation for post in posts if _open(post, day)}
    if not places or not user.is_active:
        return Viewer(
            user=user.pk,
            name=str(user),
            organisation=None,
            functions=frozenset(),
            within=frozenset(),
        )
    place = places.get(chosen or 0) or next(iter(places.values()))
    functions = frozenset(post.function for post in posts if post.organisation_id == place.pk)
    return Viewer(
        user=user.pk,
        name=str(user),
        organisation=place,
        functions=functions,
        within=below(place),
        choices=tuple(places.values()),
    )


def _open(post: Post, day: date) -> bool:
    place = post.organisation
    if post.function not in ADMINISTRATION and place.role not in ROLES[settings.DRIPLINE_ZONE]:
        return False
    return place.from_day <= day and (place.to_day is None or place.to_day >= day)


def below(place: Organisation) -> frozenset[int]:
    """The ids of an organisation and of everything under it."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Organisation.objects.filter(role=place.role).values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found, open_ones = set(), [place.pk]
    while open_ones:
        one = open_ones.pop()
        if one not in found:
            found.add(one)
            open_ones += children.get(one, [])
    return frozenset(found)
