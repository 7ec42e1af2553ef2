"""Working days of China, as the State Council sets them each year: deadlines count in them."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

from dripline.errors import LawError

ONE_DAY = timedelta(days=1)
SATURDAY = 5
Kind = Literal["holiday", "workday_on_weekend"]


@cache
def special_days() -> dict[date, Kind]:
    """Holidays and make-up working days by day, from the yearly notices on file."""
    source = files("dripline.lawbook") / "codes" / "workday.csv"
    found: dict[date, Kind] = {}
    rows = csv.DictReader(source.read_text(encoding="utf-8").splitlines())
    for number, row in enumerate(rows, 2):
        kind = row["kind"]
        if kind not in ("holiday", "workday_on_weekend"):
            raise LawError(
                f"lawbook/codes/workday.csv, row {number}: the kind is holiday or "
                f"workday_on_weekend, not {kind!r}."
            )
        day = date.fromisoformat(row["date"])
        if day in found:
            raise LawError(f"lawbook/codes/workday.csv, row {number}: {day} stands there twice.")
        found[day] = "holiday" if kind == "holiday" else "workday_on_weekend"
    return found


@cache
def years_on_file() -> range:
    """The years whose notice is on file, without a gap."""
    years = sorted({day.year for day in special_days()})
    if years != list(range(years[0], years[-1] + 1)):
        raise LawError(
            "lawbook/codes/workday.csv leaves out a year between its first and its last."
        )
    return range(years[0], years[-1] + 1)


def is_working_day(day: date, *, provisional: bool = False) -> bool:
    """Whether offices work on a day.

    A year without a notice on file is a LawError. Asked with ``provisional``, such a year counts
    Monday to Friday, which is a plan and no deadline: say so beside the result (``is_provisional``).
    """
    if not provisional and is_provisional(day):
        known = years_on_file()
        raise LawError(
            f"the working days of {day.year} are not on file: the State Council's notices reach from "
            f"{known[0]} to {known[-1]}. Add the holidays and make-up working days of {day.year} to "
            "lawbook/codes/workday.csv, or ask for a provisional date."
        )
    special = special_days().get(day)
    return day.weekday() < SATURDAY if special is None else special == "workday_on_weekend"


def is_provisional(day: date) -> bool:
    """Whether the notice for the day's year is not on file, so that its working days are not yet known."""
    return day.year not in years_on_file()


def add_working_days(day: date, days: int, *, provisional: bool = False) -> date:
    """The day so many working days after a day (before it if negative), which itself does not count.

    Zero gives the day itself if it is a working day, else the next one.
    """
    step = -ONE_DAY if days < 0 else ONE_DAY
    left = abs(days)
    if left == 0:
        while not is_working_day(day, provisional=provisional):
            day += ONE_DAY
    while left:
        day += step
        left -= is_working_day(day, provisional=provisional)
    return day


def working_days_between(start: date, end: date, *, provisional: bool = False) -> int:
    """Working days used from one day to another: the first does not count, the last does.

    So ``add_working_days(start, n)`` is n working days from its start. Negative if the end is earlier.
    """
    if end < start:
        return -working_days_between(end, start, provisional=provisional)
    span = range(1, (end - start).days + 1)
    return sum(is_working_day(start + k * ONE_DAY, provisional=provisional) for k in span)
