"""The chain: SM3 (GB/T 32905-2016) over the seal before and the event's own words, and its verification."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC

from cryptography.hazmat.primitives.hashes import SM3, Hash

from dripline.portal.audit.models import Event, Seal

BEGINNING = "0" * 64
FIELDS = (
    "id",
    "user",
    "name",
    "organisation",
    "organisation_name",
    "verb",
    "subject_kind",
    "subject",
    "says",
    "purpose",
)


def sm3(content: bytes) -> str:
    """The SM3 digest in hexadecimal."""
    state = Hash(SM3())
    state.update(content)
    return state.finalize().hex()


def digest(before: str, event: Event) -> str:
    """The seal of an event after the seal before it."""
    words = {name: getattr(event, name) for name in FIELDS}
    words["at"] = event.at.astimezone(UTC).isoformat()
    form = json.dumps(words, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sm3(f"{before}\n{form}".encode())


@dataclass(frozen=True, slots=True)
class Verified:
    """What a look at the whole chain found."""

    sealed: int
    waiting: int
    """Events not yet sealed."""
    broken: tuple[int, ...]
    """Seals whose digest is not that of their event after the seal before, or whose number leaves a gap."""

    @property
    def sound(self) -> bool:
        """Nothing was changed or lost."""
        return not self.broken


def verify(tell: Callable[[str, int, int], None] = lambda *_: None) -> Verified:
    """Computes every seal again, and tells how far it is."""
    before, expected, broken = BEGINNING, 1, []
    total = Seal.objects.count()
    for one in Seal.objects.select_related("event").iterator(chunk_size=2000):
        if expected % 1000 == 0:
            tell("verify", expected, total)
        if one.number != expected or one.digest != digest(before, one.event):
            broken.append(one.number)
        before, expected = one.digest, one.number + 1
    return Verified(
        sealed=total,
        waiting=Event.objects.filter(seal=None).count(),
        broken=tuple(broken),
    )
