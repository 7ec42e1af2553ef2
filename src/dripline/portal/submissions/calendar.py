"""Who owes which tables for a month, until which day: the register of reporters and the lawbook's working days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq
from django.conf import settings

from dripline.errors import CannotRead
from dripline.indicators.coverage import EVERY_TABLE
from dripline.law import Law
from dripline.periods import Period
from dripline.standards.registers import REPORTER
from dripline.store import Scope, Snapshot, Store
from dripline.tables import TABLES
from dripline.workdays import add_working_days, is_provisional, working_days_between

DEADLINE = "reporting.deadline_working_days"


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which a month's delivery is in time."""

    period: Period
    day: date
    provisional: bool
    """The working days of that year are not yet on file: the day is a plan."""

    def left(self, today: date) -> int:
        """Working days from today to it; negative once it is over."""
        return working_days_between(today, self.day, provisional=True)


def due(period: Period) -> Due:
    """When a month is due by the lawbook of its last day."""
    days = Law.load().on(period.last_day).take(DEADLINE, int)
    day = add_working_days(period.last_day, days, provisional=True)
    return Due(period, day, is_provisional(day))


@dataclass(frozen=True, slots=True)
class Owed:
    """One reporter of the register: its name, and the tables it owes (None: every table it keeps)."""

    reporter: str
    name: str
    tables: frozenset[str] | None


def store() -> Store | None:
    """The store, if anything was ever accepted or handed over."""
    try:
        return Store.open(Path(settings.DRIPLINE_HOME))
    except CannotRead:
        return None


def owed(snapshot: Snapshot | None, period: Period) -> dict[str, Owed]:
    """Who owes what for a month, by the register in force on its last day; nobody without the register."""
    if snapshot is None:
        return {}
    data = snapshot.data(Scope.all_rows(purpose="statistics"))
    rows = data.rows(REPORTER.code, period)
    return {} if rows is None else _owed(tuple(rows.files), period.last_day)


@lru_cache(maxsize=128)
def _owed(files: tuple[str, ...], day: date) -> dict[str, Owed]:
    # An accepted file never changes, so what was read of it stays true.
    tables: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    wanted = ["reporter", "reporter_name", "table_code", "valid_from", "valid_to"]
    for file in files:
        for row in pq.read_table(file, columns=wanted, partitioning=None).to_pylist():
            if row["valid_from"] > day or (row["valid_to"] and row["valid_to"] < day):
                continue
            tables.setdefault(row["reporter"], set()).add(row["table_code"])
            names[row["reporter"]] = row["reporter_name"]
    return {
        reporter: Owed(
            reporter,
            names[reporter],
            None if EVERY_TABLE in codes else frozenset(codes & set(TABLES)),
        )
        for reporter, codes in tables.items()
    }


@dataclass(frozen=True, slots=True)
class Expected:
    """Which tables of a reporter are in for a month, and which are not."""

    inside: frozenset[str]
    missing: frozenset[str]
    usual: bool = field(default=False)
    """The register says every table: expected is what it sent for the month before."""

    @property
    def share(self) -> int | None:
        """Tables in, of those expected, in whole percent; None where nothing is known of what to expect."""
        total = len(self.inside) + len(self.missing)
        return None if not total else 100 * len(self.inside) // total


def expected(
    what: Owed | None, now: Iterable[str], before: Mapping[str, frozenset[str]], reporter: str
) -> Expected:
    """What is in and what is missing; where the register says every table, last month's tables are expected."""
    inside = frozenset(now)
    if what is not None and what.tables is not None:
        return Expected(inside, what.tables - inside)
    return Expected(inside, before.get(reporter, frozenset()) - inside, usual=True)
