"""Where a site stands and what it is there (FN 12): its rooms, who signs in, and which way bundles go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

ALL, INNER, EXTRA, PUBLIC = "all", "inner", "extra", "public"
ZONES: Final = (ALL, INNER, EXTRA, PUBLIC)
"""Inner: the authority. Extra: institutions, departments, enterprises. Public: everybody. One machine may be all."""

ROOM_ORDER: Final = (
    "accounts",
    "audit",
    "jobs",
    "design",
    "catalogue",
    "submissions",
    "notices",
    "plan",
    "statistics",
    "public",
    "api",
    "zones",
)
"""A word that two rooms translate is said as the earlier one says it."""
WITH_ROWS: Final = frozenset({"submissions", "plan", "statistics", "api"})
NOT_THERE: Final[Mapping[str, frozenset[str]]] = {
    ALL: frozenset(),
    INNER: frozenset(),
    EXTRA: frozenset({"plan", "statistics"}),
    PUBLIC: WITH_ROWS,
}
"""Rooms that a zone does without: they have no table in its database and no address there."""


def rooms(zone: str) -> list[str]:
    """The rooms of a zone, in their order."""
    return [room for room in ROOM_ORDER if room not in NOT_THERE[zone]]


ROLES: Final[Mapping[str, frozenset[str]]] = {
    ALL: frozenset({"authority", "department", "institution", "enterprise"}),
    INNER: frozenset({"authority"}),
    EXTRA: frozenset({"department", "institution", "enterprise"}),
    PUBLIC: frozenset(),
}
"""Whose working posts count in a zone. The administrators of its site sign in at every one but the public."""
SIGN_IN: Final = (ALL, INNER, EXTRA)
"""Zones with accounts. What a public site needs is done by commands on its machine."""

PEERS: Final[Mapping[str, tuple[str, ...]]] = {
    ALL: (),
    INNER: (EXTRA, PUBLIC),
    EXTRA: (INNER,),
    PUBLIC: (INNER,),
}
"""With which zones a zone exchanges bundles."""
