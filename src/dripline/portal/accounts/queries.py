"""What the pages about people read; everything through the viewer's scope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet

from dripline.portal.accounts.models import (
    Decision,
    Invitation,
    Look,
    Organisation,
    Post,
    Proposal,
    User,
)
from dripline.portal.accounts.scope import people
from dripline.portal.accounts.viewers import Viewer

PAGE = 50


def people_page(viewer: Viewer, words: str, number: str | None, day: date) -> Page:
    """People a security administrator looks after, with their posts of the day."""
    today = Post.objects.on(day).select_related("organisation")
    found = people(viewer).select_related("home").order_by("username")
    for word in words.split():
        found = found.filter(
            Q(username__icontains=word)
            | Q(display_name__icontains=word)
            | Q(home__name__icontains=word)
            | Q(home__code__icontains=word)
        )
    found = found.prefetch_related(Prefetch("posts", queryset=today, to_attr="posts_today"))
    return Paginator(found, PAGE).get_page(number)


def locked(usernames: set[str], now: datetime) -> set[str]:
    """Those of the user names (small letters) that are locked out from some address now."""
    since = now - settings.AXES_COOLOFF_TIME
    attempts = AccessAttempt.objects.filter(
        attempt_time__gte=since, failures_since_start__gte=settings.AXES_FAILURE_LIMIT
    )
    found = {(one or "").lower() for one in attempts.values_list("username", flat=True)}
    return found & usernames


@dataclass(frozen=True, slots=True)
class Account:
    """What a security administrator sees of one person."""

    user: User
    posts: list[Post]
    proposals: list[Proposal]
    invitation: Invitation | None
    factors: list[str]
    sessions: int
    locked: bool

    @property
    def usable(self) -> bool:
        """Whether a password has been set."""
        return self.user.has_usable_password()


def account(user: User, now: datetime) -> Account:
    """Everything about one account."""
    mine = Proposal.objects.filter(kind="post.give", subject=str(user.pk), status=Decision.OPEN)
    authenticators = Authenticator.objects.filter(user=user).exclude(type="recovery_codes")
    return Account(
        user=user,
        posts=list(user.posts.select_related("organisation").order_by("-from_day", "-id")),
        proposals=list(mine.select_related("proposed_by", "organisation")),
        invitation=user.invitations.filter(used=None, withdrawn=None).first(),
        factors=[one.get_type_display() for one in authenticators],
        sessions=UserSession.objects.filter(user=user).count(),
        locked=bool(locked({user.username.lower()}, now)),
    )


def open_proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """Proposals that wait, of organisations a security administrator looks after."""
    found = Proposal.objects.filter(status=Decision.OPEN).select_related(
        "proposed_by", "organisation"
    )
    return found if viewer.of_province else found.filter(organisation__in=viewer.within)


@dataclass(slots=True)
class Place:
    """An organisation at its depth in the tree."""

    organisation: Organisation
    depth: int
    people: int = 0


def tree(day: date | None) -> list[Place]:
    """All organisations, each below the one above it; of a day, or ended and future ones too."""
    places = Organisation.objects.all() if day is None else Organisation.objects.on(day)
    held = list(places.order_by("role", "code"))
    known = {one.pk for one in held}
    below: dict[int | None, list[Organisation]] = {}
    for one in held:
        below.setdefault(one.parent_id if one.parent_id in known else None, []).append(one)
    found: list[Place] = []
    waiting = [(one, 0) for one in reversed(below.get(None, []))]
    while waiting:
        one, depth = waiting.pop()
        found.append(Place(one, depth))
        waiting += [(part, depth + 1) for part in reversed(below.get(one.pk, []))]
    return found


def own_sessions(viewer: Viewer) -> list[UserSession]:
    """The viewer's sessions that are still open, the last used first."""
    held = UserSession.objects.filter(user=viewer.user).order_by("-last_seen_at")
    return [one for one in held if one.exists()]


def looks_at(viewer: Viewer, before: int | None) -> list[Look]:
    """Looks of the central bank at rows of the viewer's institution, the last first; one more than a page."""
    if viewer.organisation is None:
        return []
    city = viewer.organisation.city
    at_many = Q(of=None) & (Q(city="") | Q(city=city))
    found = Look.objects.filter(Q(of__in=viewer.within) | at_many)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-pk")[: PAGE + 1])
