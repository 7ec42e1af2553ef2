"""What is carried between zones: each kind says which way it goes, what of it waits, and what is done with it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts.models import Function, Kind, Organisation
from dripline.portal.accounts.viewers import Viewer, below
from dripline.portal.zones.models import Carried, Channel, Incoming

Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Load:
    """One thing that waits to be carried: its key, what is said of it, and the files it names by their SHA-256."""

    key: str
    page: Page
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Taking:
    """A bundle while it is taken: where its files lie, and what was written outside the database."""

    incoming: Incoming
    now: datetime
    files: Mapping[str, Path]
    undo: list[Callable[[], None]] = field(default_factory=list)

    @property
    def channel(self) -> Channel:
        """The way it came."""
        return self.incoming.channel

    def file(self, sha256: str) -> Path:
        """A file of the bundle by its SHA-256; Refused where it came without."""
        if sha256 not in self.files:
            raise Refused(_("A file that it names did not come with it."))
        return self.files[sha256]

    def leave(self, kind: str, key: str, why: str) -> None:
        """Notes what has no place here, with its reason."""
        self.incoming.left.append({"kind": kind, "key": key, "why": why})

    def back_to(self, mark: int) -> None:
        """Undoes what was written outside the database since there were so many things to undo."""
        while len(self.undo) > mark:
            self.undo.pop()()

    def hand(self) -> Viewer:
        """Who acts here for the people of the other zone: an account of the branch that nobody can sign in with."""
        branch = Organisation.objects.filter(kind=Kind.PROVINCE_BRANCH).order_by("id").first()
        if branch is None:
            raise Refused(_("There is no province branch here yet."))
        return Viewer(
            user=self.channel.stands_for_id,
            name=str(self.channel.stands_for),
            organisation=branch,
            functions=frozenset({Function.ENTRY}),
            within=below(branch),
        )


Collect = Callable[[Channel], Iterator[Load]]
Receive = Callable[[Taking, Page], None]


@dataclass(frozen=True, slots=True)
class Carrier:
    """One kind of thing on its way from a zone to another."""

    kind: str
    sender: str
    receiver: str
    collect: Collect
    receive: Receive


CARRIERS: dict[str, Carrier] = {}
FILE = "file"
"""A payload that another one names; every other payload is a page of JSON."""


def carries(kind: str, *, sender: str, receiver: str, collect: Collect, receive: Receive) -> None:
    """Registers a kind. What ``receive`` refuses is left, with its reason, and the rest of the bundle is taken."""
    if kind in CARRIERS or kind == FILE:
        raise ValueError(f"two kinds are called {kind}")
    CARRIERS[kind] = Carrier(kind, sender, receiver, collect, receive)


def going(sender: str, receiver: str) -> Iterator[Carrier]:
    """What goes from a zone to another, in the order in which it is taken there."""
    return (one for one in CARRIERS.values() if (one.sender, one.receiver) == (sender, receiver))


def went(channel: Channel, kind: str) -> set[str]:
    """The keys of a kind that went out on a channel."""
    return set(Carried.objects.filter(channel=channel, kind=kind).values_list("key", flat=True))
