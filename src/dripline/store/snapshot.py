"""The store as it was known at the end of a day: a beginning of the log, read through a scope."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import pyarrow.parquet as pq

from dripline.engines.data import Rows
from dripline.periods import Period
from dripline.store import succession
from dripline.store.entries import Entry
from dripline.store.home import Home
from dripline.store.index import Index
from dripline.store.log import Log
from dripline.store.refusals import NotOpened
from dripline.store.scope import Scope
from dripline.tables import TABLES, Table, table


@dataclass(frozen=True, slots=True)
class Held:
    """A version in force: whose, for which period, where it lies, from which bytes, how many rows."""

    reporter: str
    period: str
    version: int
    file: str
    package_sha256: str
    rows: int


HELD = tuple(field.name for field in fields(Held))


def in_force_until_replaced(table: type[Table]) -> bool:
    """Whether a snapshot of the table stands until its sender's next one: registers that stand for all.

    A reporter's own registers (customers, branches) come with each month's delivery. Last month's would accuse this
    month's new customers, so a month without them is a month in which they have not come.
    """
    return table.nature == "register" and not table.per_reporter


def _last_day(period: str) -> date:
    return Period.parse(period).last_day


class Snapshot:
    """What the store knew at the end of a day of Asia/Shanghai (None: all it knows now). It never changes."""

    def __init__(self, home: Home, index: Index, as_of: date | None) -> None:
        self.home, self.as_of = home, as_of
        self._index = index if as_of is None else index.until(as_of)
        # What was once worked out of the index is kept: a snapshot answers sixty months of one question at once.
        self._versions: dict[str, dict[str, dict[str, Held]]] = {}
        self._months: dict[str, dict[str, dict[str, Held]]] = {}
        self._facts: dict[Period, str] = {}
        self._past: dict[tuple[str, Period], str] = {}

    @property
    def number(self) -> int:
        """The last entry it knows; 0 for an empty store."""
        return self._index.number

    def data(self, scope: Scope, *, institutions: Period | None = None) -> ScopedData:
        """Rows for the engines, through a scope.

        ``institutions``: rows name as successors those in place at the end of this period; None: the latest known.
        A check gives the period it checks, so that a later merger does not rewrite what was right then.
        """
        return ScopedData(self, scope, tuple(sorted(self.successors(institutions).items())))

    def held(self, code: str, period: Period) -> dict[str, Held]:
        """The versions of a table in force for a period, by reporter; of a register for all each sender's last one until then."""
        if not in_force_until_replaced(table(code)):
            return self._month(str(period)).get(code, {})
        by_period = self._versions_of(code)
        found: dict[str, Held] = {}
        for each in sorted(by_period, key=_last_day):
            if _last_day(each) <= period.last_day:
                found |= by_period[each]
        return found

    def received(self, period: Period) -> dict[str, frozenset[str]]:
        """Which tables each reporter has delivered for exactly this period."""
        found: dict[str, set[str]] = {}
        for row in self._index.where(period=str(period)).select(["reporter", "table"]).to_pylist():
            found.setdefault(row["reporter"], set()).add(row["table"])
        return {reporter: frozenset(tables) for reporter, tables in sorted(found.items())}

    def first_accepted(self, period: Period) -> dict[str, date]:
        """The day on which each reporter's first delivery for exactly this period was accepted."""
        found: dict[str, date] = {}
        columns = ["reporter", "accepted_on"]
        for row in self._index.where(period=str(period)).select(columns).to_pylist():
            found.setdefault(row["reporter"], row["accepted_on"])
        return found

    def last_accepted(self, period: Period, reporters: frozenset[str] | None = None) -> date | None:
        """The day on which anything for exactly this period was accepted last, of these reporters (None: of all)."""
        columns = ["reporter", "accepted_on"]
        rows = self._index.where(period=str(period)).select(columns).to_pylist()
        days = [r["accepted_on"] for r in rows if reporters is None or r["reporter"] in reporters]
        return max(days, default=None)

    @cached_property
    def _periods(self) -> tuple[Period, ...]:
        found = self._index.rows["period"].unique().to_pylist()
        return tuple(Period.parse(text) for text in sorted(found, key=_last_day))

    def periods(self) -> tuple[Period, ...]:
        """The periods for which anything was delivered, oldest first."""
        return self._periods

    def fact_version(self, *periods: Period) -> str:
        """A short digest of all versions that a figure over these periods rests on, registers included.

        It comes from the packages' bytes, so the same deliveries give the same digest in another home.
        """
        parts = [self._facts_of(period) for period in sorted(set(periods))]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def _facts_of(self, period: Period) -> str:
        """A digest of all versions in force for one period."""
        if period not in self._facts:
            lines = [
                f"{code}|{each.period}|{each.reporter}|{each.package_sha256}"
                for code in self._tables
                for each in self.held(code, period).values()
            ]
            text = "\n".join([str(period), *sorted(lines)])
            self._facts[period] = hashlib.sha256(text.encode()).hexdigest()
        return self._facts[period]

    def ever_sent(self, code: str, until: Period) -> str:
        """A digest of all versions of a table for periods up to one: what an account of its whole past rests on."""
        if (code, until) not in self._past:
            lines = [
                f"{each.period}|{each.reporter}|{each.package_sha256}"
                for period, by_reporter in self._versions_of(code).items()
                if _last_day(period) <= until.last_day
                for each in by_reporter.values()
            ]
            text = "\n".join(sorted(lines))
            self._past[code, until] = hashlib.sha256(text.encode()).hexdigest()
        return self._past[code, until]

    @cached_property
    def _tables(self) -> list[str]:
        """The tables of which anything was delivered."""
        return sorted(set(self._index.rows["table"].unique().to_pylist()) & set(TABLES))

    def entries(self, period: Period | None = None, reporter: str | None = None) -> Iterator[Entry]:
        """The accepted deliveries in the order of the log, of one period or reporter if asked."""
        rows = self._index.rows
        wanted = {"period": None if period is None else str(period), "reporter": reporter}
        if named := {name: value for name, value in wanted.items() if value is not None}:
            rows = self._index.where(**named)
        log = Log(self.home)
        for number in rows["number"].unique().to_pylist():
            entry = log.entry(number)
            assert isinstance(entry, Entry)
            yield entry

    def latest(self, period: Period) -> dict[str, Entry]:
        """Each reporter's last delivery for a period: its outcomes are those of all its tables together."""
        return {entry.reporter: entry for entry in self.entries(period)}

    def successors(self, period: Period | None = None) -> dict[str, str]:
        """Reporters taken over by the end of a period (None: by the latest register) and who stands for them."""
        by_period = self._versions_of(succession.REGISTER)
        files = tuple(
            str(self.home.path / held.file)
            for each in sorted(by_period, key=_last_day)
            if period is None or _last_day(each) <= period.last_day
            for held in by_period[each].values()
        )
        return dict(_successors(files, None if period is None else period.last_day))

    def _versions_of(self, code: str) -> dict[str, dict[str, Held]]:
        """Versions in force of a table by period and reporter: the last one wins."""
        if code not in self._versions:
            found: dict[str, dict[str, Held]] = {}
            for each in self._rows(table=code):
                found.setdefault(each["period"], {})[each["reporter"]] = _held(each)
            self._versions[code] = found
        return self._versions[code]

    def _month(self, period: str) -> dict[str, dict[str, Held]]:
        """Versions in force for one period by table and reporter."""
        if period not in self._months:
            found: dict[str, dict[str, Held]] = {}
            for each in self._rows(period=period):
                found.setdefault(each["table"], {})[each["reporter"]] = _held(each)
            self._months[period] = found
        return self._months[period]

    def _rows(self, **values: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (
            self._index.where(**values).select(["table", *HELD]).to_pylist()
        )
        return found


@lru_cache(maxsize=256)
def _successors(files: tuple[str, ...], until: date | None) -> dict[str, str]:
    """What these versions of the register say; an accepted file never changes, so it is asked once."""
    columns, rows = list(succession.COLUMNS), []
    for path in files:
        with pq.ParquetFile(path) as file:
            rows += file.read(columns=columns).to_pylist()
    return succession.successors(rows, until)


def _held(row: dict[str, Any]) -> Held:
    return Held(**{name: row[name] for name in HELD})


@dataclass(frozen=True, slots=True)
class ScopedData:
    """Rows of a snapshot inside a scope, as the engines read them."""

    snapshot: Snapshot
    scope: Scope
    successors: tuple[tuple[str, str], ...]
    only: frozenset[str] | None = None
    """The reporters whose rows are left, of tables that come by reporter; None: all."""

    def of(self, reporters: frozenset[str]) -> ScopedData:
        """The same, but tables that come by reporter hold only these reporters' rows."""
        return replace(self, only=reporters)

    def versions(self, table: str, period: Period) -> Mapping[str, str]:
        """For each reporter a text that is the same only for the same rows: their file, which never changes."""
        seen = self._seen(table, period)
        return {reporter: f"{each.file} {each.package_sha256}" for reporter, each in seen.items()}

    def rows(self, table: str, period: Period) -> Rows | None:
        """The files of a table for a period that lie inside the scope; None if there are none."""
        held = self.files(table, period)
        if not held:
            return None
        successors = tuple(pair for pair in self.successors if pair[0] in held)
        return Rows(files=tuple(held.values()), successors=successors)

    def files(self, table: str, period: Period) -> dict[str, str]:
        """Where each reporter's rows of a table lie, in the order of the reporters."""
        held = self._seen(table, period)
        return {name: str(self.snapshot.home.path / held[name].file) for name in sorted(held)}

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters inside the scope whose file is there, an empty file included."""
        return frozenset(self._seen(table, period))

    def _seen(self, code: str, period: Period) -> Mapping[str, Held]:
        kind = table(code)
        if (reason := self.scope.why_not(kind)) is not None:
            raise NotOpened(reason)
        held = self.snapshot.held(code, period)
        mine = self.only if kind.per_reporter else None
        return {
            reporter: each
            for reporter, each in held.items()
            if self.scope.sees(kind, reporter) and (mine is None or reporter in mine)
        }
