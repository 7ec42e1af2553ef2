"""Eighteen months of two million notes with three editions of the lists, compiled two at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.facts import PERIOD, Facts, write_facts
from benchmarks.measure import Figure, Measured, Steps, in_child
from dripline.engines.data import Rows
from dripline.indicators.side_by_side import each_of
from dripline.periods import Period
from dripline.tables import table as table_called

MONTHS, EDITIONS = 18, 3
CURVE = "time by month: which of the months"


@dataclass(frozen=True)
class Months:
    """The facts of several months, each in a folder of its own; registers are those of the edition in force."""

    folder: Path
    only: frozenset[str] | None = None

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        facts = self._facts(table, period)
        return None if facts is None else facts.rows(table, PERIOD)

    def received(self, table: str, period: Period) -> frozenset[str]:
        """Whose files are there."""
        return frozenset(self.versions(table, period))

    def versions(self, table: str, period: Period) -> Mapping[str, str]:
        """The files never change: their names say what they hold."""
        facts = self._facts(table, period)
        return {} if facts is None else facts.versions(table, PERIOD)

    def of(self, reporters: frozenset[str]) -> Months:
        """The same, of these banks only."""
        return replace(self, only=reporters)

    def _facts(self, table: str, period: Period) -> Facts | None:
        place = months().index(period) if period in months() else None
        if place is None:
            return None
        if not table_called(table).per_reporter:
            place -= place % (MONTHS // EDITIONS)
        return Facts(self.folder / str(months()[place]), self.only)


def months() -> tuple[Period, ...]:
    """The months, oldest first."""
    return tuple(PERIOD.shift(step - MONTHS + 1) for step in range(MONTHS))


def make(folder: str, rows: str) -> Measured:
    """A child: writes the facts of every month."""
    steps = Steps()
    with steps.step("all"):
        for place, month in enumerate(months()):
            write_facts(Path(folder) / str(month), int(rows), place * int(rows))
    return steps.done()


def all_months(folder: str) -> Measured:
    """A child: every month compiled, from accepted rows."""
    from benchmarks.compiling import compiled

    home, steps = Path(folder), Steps()
    shutil.rmtree(home / "coded", ignore_errors=True)
    with steps.step("all"):
        made = each_of(
            months(), lambda month: compiled(Months(home), month, home, "results")["all.wall"]
        )
        each = [wall for _, wall in made]
    return steps.done(each=each)


def figures(home: Path, rows: int) -> Iterator[Figure]:
    """How long all months take, and whether later ones take longer."""
    folder, name = str(home / "data" / f"months-{rows}"), f"months.{rows // 1000}k"
    in_child("make_months", folder, str(rows))
    found = in_child("all_months", folder)
    what = f"{MONTHS} months, {EDITIONS} editions, from accepted rows, coding included; one run"
    yield Figure(f"{name}.wall", found["all.wall"], "s", what, "< 120")
    yield Figure(f"{name}.cpu", found["all.cpu"], "CPU s", what)
    for number, taken in enumerate(found["each"], 1):
        each = "that month, beside another"
        yield Figure(f"{name}.month_{number}.wall", taken, "s", each, curve=CURVE, at=number)
    yield Figure(f"{name}.peak", found["peak"] / 1e9, "GB", "", "< 4")
    yield Figure(f"{name}.load", found["load"], "load", "1 minute, at the end")
