"""Reporting periods: a month, quarter, half-year or year; a statistic belongs to a day, never to an instant."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from dripline.errors import CannotRead

SHAPE = re.compile(r"(?!0000)(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|H([12])))?", re.ASCII)
LENGTHS = (1, 3, 6, 12)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """``2025-06``, ``2025-Q2``, ``2025-H1`` or ``2025``: its first month and how many months it has."""

    year: int
    month: int
    length: int = 1

    def __post_init__(self) -> None:
        first_of_its_kind = self.length in LENGTHS and (self.month - 1) % self.length == 0
        if not (1 <= self.year <= 9999 and 1 <= self.month <= 12 and first_of_its_kind):
            raise ValueError(
                f"no period of {self.length} months begins in month {self.month} of {self.year}."
            )

    @classmethod
    def parse(cls, text: str) -> Period:
        """Reads a period as it is written; CannotRead says which forms there are."""
        found = SHAPE.fullmatch(text)
        if not found:
            raise CannotRead(
                f"{text!r} is no period: write a month 2025-06, a quarter 2025-Q2, a half-year 2025-H1 "
                "or a year 2025."
            )
        year, month, quarter, half = found.groups()
        if month:
            return cls(int(year), int(month))
        if quarter:
            return cls(int(year), int(quarter) * 3 - 2, 3)
        return cls(int(year), int(half) * 6 - 5, 6) if half else cls(int(year), 1, 12)

    @classmethod
    def of(cls, day: date) -> Period:
        """The month a day lies in."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        if self.length == 1:
            return f"{self.year:04d}-{self.month:02d}"
        if self.length == 12:
            return f"{self.year:04d}"
        letter = "Q" if self.length == 3 else "H"
        return f"{self.year:04d}-{letter}{(self.month - 1) // self.length + 1}"

    @property
    def first_day(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """Its last day, the data date of a report for it."""
        last = self.last_month
        return date(last.year, last.month, calendar.monthrange(last.year, last.month)[1])

    @property
    def last_month(self) -> Period:
        """Its last month: the one whose stock stands for the whole period."""
        return Period(self.year, self.month + self.length - 1)

    def months(self) -> tuple[Period, ...]:
        """The months it is made of."""
        return tuple(Period(self.year, self.month + step) for step in range(self.length))

    def shift(self, periods: int) -> Period:
        """The period of the same length so many periods later (earlier if negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + periods * self.length, 12)
        return Period(year, month + 1, self.length)

    def year_before(self) -> Period:
        """The same period of last year."""
        return Period(self.year - 1, self.month, self.length)

    def contains(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.first_day <= day <= self.last_day


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return Period.of(day)


def is_month_end(day: date) -> bool:
    """Whether a day is the last of its month, as the data date of a monthly file must be."""
    return day == month_of(day).last_day
