"""What is asked of a page of figures: indicator, way of dividing, period, comparison; each checked before it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dripline.errors import DriplineError
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.bridge import End
from dripline.indicators.readings import publication_day
from dripline.law import Law
from dripline.periods import Period
from dripline.portal.catalogue.search import search
from dripline.words import Text

COMPARISONS = {
    "year": Text(zh="上年同期", en="a year before"),
    "month": Text(zh="上月", en="the month before"),
    "start": Text(zh="年初", en="the start of the year"),
}
PUBLISHED = "published"
FIRST = "TE-BAL"
"""What the page opens with."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one indicator; ``period`` None: the latest there is."""

    code: str
    way: str
    period: Period | None
    against: str

    @property
    def by(self) -> tuple[str, ...]:
        """The breakdowns of the way."""
        return () if self.way == "total" else tuple(self.way.split("+"))

    def before(self, period: Period) -> Period:
        """The period compared with."""
        match self.against:
            case "month":
                return period.shift(-1)
            case "start":
                return Period(period.year - 1, 12)
        return period.shift(-12)

    def query(self, **other: str) -> str:
        """The question as the end of an address."""
        told = {"code": self.code, "by": self.way, "against": self.against}
        if self.period is not None:
            told["period"] = str(self.period)
        return urlencode(told | other)


def sought(given: Mapping[str, str]) -> tuple[str, ...]:
    """The indicators that the words of a request name, the best first: in Chinese, pinyin, initials, or by code."""
    found = search(given.get("find", ""))
    return tuple(thing.code for thing in found.get("indicator", ()))


def asked(given: Mapping[str, str]) -> Asked:
    """The question of a request; what is unknown or not allowed falls back to what is."""
    code, among = given.get("code", ""), sought(given)
    if among and code not in among:
        code = among[0]
    code = code if code in CATALOGUE else FIRST
    ways = [
        way for way in CATALOGUE[code].breakdowns if set(way.split("+")) <= {*BREAKDOWNS, "total"}
    ]
    usual = "borrower_city" if "borrower_city" in ways else ways[0]
    way = given.get("by", usual)
    against = given.get("against", "year")
    return Asked(
        code,
        way if way in ways else usual,
        _period(given.get("period", "")),
        against if against in COMPARISONS else "year",
    )


def base_of(
    given: Mapping[str, str], question: Asked, period: Period, have: Sequence[Period], law: Law
) -> End:
    """What a figure is compared with on a bridge: a month that is there, as known now, then, or at its publication.

    ``known``: a day, or ``published`` for the day on which the month was published; anything else is now.
    """
    base = question.before(period)
    base = base if base in have else min(have)
    base = next((each for each in have if str(each) == given.get("base")), base)
    known = given.get("known", "")
    if known == PUBLISHED:
        return End(base, publication_day(base, law))
    try:
        return End(base, date.fromisoformat(known))
    except ValueError:
        return End(base)


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except (DriplineError, ValueError):
        return None
