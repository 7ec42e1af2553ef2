"""The first page of a bundle: from whom to whom, its number, the one before it, and what lies in it."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

FORMAT = 1
HEX = re.compile(r"[0-9a-f]{64}")
BEGINNING = "0" * 64
"""Stands for the bundle before the first."""


class NoManifest(ValueError):
    """The page is not one that this version writes."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One payload: what kind of thing, how people call it (never a path), its SHA-256 and bytes."""

    kind: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """Numbers run from 1 in each direction of a channel; ``acknowledged`` is the last one taken of the other."""

    channel: str
    sender: str
    receiver: str
    number: int
    before: str
    acknowledged: int
    made: datetime
    entries: tuple[Entry, ...]

    def page(self) -> bytes:
        """As it is signed: the same manifest is the same bytes."""
        fields = asdict(self) | {"format": FORMAT, "made": self.made.isoformat()}
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, indent=1).encode()

    @classmethod
    def read(cls, content: bytes) -> Manifest:
        """The manifest of such bytes; NoManifest for every other."""
        try:
            fields = json.loads(content)
            if fields.pop("format") != FORMAT:
                raise NoManifest("another format")
            fields["made"] = datetime.fromisoformat(fields["made"])
            fields["entries"] = tuple(_entry(each) for each in fields["entries"])
            made = cls(**fields)
        except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
            raise NoManifest(str(error)) from error
        if not made._sound() or made.page() != content:
            raise NoManifest("not as it would be written")
        return made

    def _sound(self) -> bool:
        words = (self.channel, self.sender, self.receiver)
        return (
            all(isinstance(each, str) and each for each in words)
            and _whole(self.number, least=1)
            and _whole(self.acknowledged, least=0)
            and _is_digest(self.before)
        )


def _entry(fields: dict[str, Any]) -> Entry:
    made = Entry(**fields)
    words = isinstance(made.kind, str) and isinstance(made.name, str)
    if not (words and _is_digest(made.sha256) and _whole(made.size, least=0)):
        raise NoManifest("an entry is not sound")
    return made


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and HEX.fullmatch(value) is not None


def _whole(value: object, *, least: int) -> bool:
    return type(value) is int and value >= least
