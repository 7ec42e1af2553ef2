"""The lawbook: a number on a day, and the footnotes of what was read.

>>> today = Law.load().on(date(2026, 6, 30))
>>> today["relending.rate_1y"]
Decimal('1.25')
>>> [note.source.title for note in today.read]
['再贷款、再贴现利率1月19日起下调（新华社2026年1月15日报道）']
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import TypeVar

from dripline.errors import LawError
from dripline.law.entries import Entry, Source, Status, Value
from dripline.law.load import read_lawbook
from dripline.law.units import Amount, plain
from dripline.words import Text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Footnote:
    """What was read: the value, since when it is in force, and the article it stands in."""

    name: str
    label: Text
    value: Amount
    since: date
    source: Source
    article: str
    status: Status


@dataclass(frozen=True, slots=True)
class Stale:
    """An entry that nobody has compared with its documents for a year: a line on the board."""

    name: str
    checked: date
    says: Text


class Law:
    """All entries and sources of one lawbook; never changes after it is loaded."""

    __slots__ = ("_entries", "digest", "sources")

    def __init__(self, entries: Mapping[str, Entry], sources: Mapping[str, Source]) -> None:
        self._entries = MappingProxyType(dict(sorted(entries.items())))
        self.sources: Mapping[str, Source] = MappingProxyType(dict(sources))
        self.digest: str = _digest(self._entries, sources)

    @staticmethod
    def load(path: Traversable | None = None) -> "Law":
        """The lawbook of a folder (default: the packaged one); LawError lists every fault."""
        return _packaged() if path is None else Law(*read_lawbook(path))

    def names(self) -> tuple[str, ...]:
        """The names of all entries, in order."""
        return tuple(self._entries)

    def entry(self, name: str) -> Entry:
        """One entry with all its values."""
        try:
            return self._entries[name]
        except KeyError:
            near = get_close_matches(name, self._entries, n=1)
            hint = f" Did you mean {near[0]}?" if near else " See `law show` for all names."
            raise LawError(f"The lawbook has no entry {name}.{hint}") from None

    def on(self, day: date) -> "Day":
        """The lawbook as it stands on a day; notes what is read from it."""
        return Day(self, day)

    def stale(self, *, today: date, after_days: int = 365) -> tuple[Stale, ...]:
        """Entries last checked more than a year before ``today``: warnings, never an error."""
        return tuple(
            Stale(entry.name, entry.checked, _unchecked(entry))
            for entry in self._entries.values()
            if (today - entry.checked).days > after_days
        )


def _unchecked(entry: Entry) -> Text:
    return Text(
        zh=f"“{entry.label.zh}”自 {entry.checked} 以来未与文件核对。",
        en=f"{entry.label.en} has not been compared with its document since {entry.checked}.",
    )


class Day:
    """The lawbook on one day; ``read`` collects the footnotes of every number taken."""

    __slots__ = ("_law", "_read", "day")

    def __init__(self, law: Law, day: date) -> None:
        self._law = law
        self.day = day
        self._read: dict[str, Footnote] = {}

    def __getitem__(self, name: str) -> Amount:
        """The amount in force; LawError says what to do where there is none."""
        entry = self._law.entry(name)
        value = entry.on(self.day)
        if value is None or value.amount is None:
            raise LawError(_no_value(entry, value, self.day))
        return self._noted(entry, value)

    def take(self, name: str, kind: type[T]) -> T:
        """The amount in force, known to be of a kind (Decimal, int, Table, tuple ...)."""
        amount = self[name]
        if not isinstance(amount, kind):
            unit = self._law.entry(name).unit
            raise LawError(f"{name} has the unit {unit}, which is no {kind.__name__}.")
        return amount

    def get(self, name: str) -> Amount:
        """The amount in force, or None (unknown) where the entry has no value on this day."""
        entry = self._law.entry(name)
        value = entry.on(self.day)
        return None if value is None or value.amount is None else self._noted(entry, value)

    @property
    def read(self) -> tuple[Footnote, ...]:
        """What was read so far, each entry once, in the order of first reading."""
        return tuple(self._read.values())

    def _noted(self, entry: Entry, value: Value) -> Amount:
        self._read.setdefault(
            entry.name,
            Footnote(
                entry.name,
                entry.label,
                value.amount,
                value.since,
                value.source,
                value.article,
                value.status,
            ),
        )
        return value.amount


def _no_value(entry: Entry, value: Value | None, day: date) -> str:
    if value is None:
        return (
            f"{entry.name} has no value on {day}: the first one starts on {entry.values[0].since}. "
            "Ask for a later day, or add the older value."
        )
    return (
        f"{entry.name} has no value on {day}: it was repealed from {value.since} "
        f"({value.source.cited}). Ask for an earlier day, or add the value that followed."
    )


@cache
def _packaged() -> Law:
    return Law(*read_lawbook(files("dripline") / "lawbook"))


def _digest(entries: Mapping[str, Entry], sources: Mapping[str, Source]) -> str:
    """Numbers and sources only: words, notes, layout and days of checking change no result."""
    content = {
        "entries": {
            entry.name: {
                "unit": [entry.unit, entry.of, sorted(entry.columns)],
                "values": [
                    [v.since.isoformat(), plain(v.amount), v.source.id, v.article, v.status]
                    for v in entry.values
                ],
            }
            for entry in entries.values()
        },
        "sources": {s.id: [s.title, s.number, s.issuer, s.date] for s in sources.values()},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
