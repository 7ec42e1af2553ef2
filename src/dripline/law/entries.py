"""The lawbook's own things: a source, a value on a day, and the entry that holds them."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import Literal

from dripline.law.units import Amount
from dripline.words import Text

Status = Literal["official", "reported", "assumed"]
STATUSES: dict[str, Text] = {
    "official": Text(zh="正式文件", en="stands in an official document"),
    "reported": Text(zh="据报道，待核对原文", en="reported, to be compared with the document"),
    "assumed": Text(zh="暂定，待确认", en="assumed, to be confirmed"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """An official document: title, number (文号, where known), issuer, date; never an address."""

    id: str
    title: str
    number: str | None
    issuer: str
    date: str
    note: Text | None = None

    @property
    def cited(self) -> str:
        """The document as one writes it in a footnote."""
        number = f"（{self.number}）" if self.number else ""
        return f"{self.title}{number}，{self.date}"


OWN = Source(id="own", title="本软件暂定", number=None, issuer="Dripline 滴灌", date="")


@dataclass(frozen=True, slots=True)
class Value:
    """An amount from its first day in force; ``amount`` None means repealed from that day."""

    since: date
    amount: Amount
    source: Source
    article: str
    status: Status
    reason: Text | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One number, list or table of the lawbook with all its values, oldest first."""

    name: str
    label: Text
    unit: str
    of: str
    columns: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]
    checked: date
    note: Text | None = None

    def on(self, day: date) -> Value | None:
        """The value in force on a day; None before the first, the null one after a repeal."""
        index = bisect_right([value.since for value in self.values], day)
        return self.values[index - 1] if index else None
