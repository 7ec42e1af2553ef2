"""What engines read: the physical shape of accepted rows, and where the rows of a table and period lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from dripline.nodes import Kind
from dripline.periods import Period
from dripline.tables import Format, Table

REPORTER, ROW, INSIDE = "_reporter", "_row", "_inside"
"""Added to each row: reporter (file name's code), row number in the file, inside the reporter's scope (FN 1)."""

INSTITUTION = "_institution"
"""A column engines offer without keeping it: today's institution, the successor of the row's reporter (FN 2)."""


def arrow_type(format: Format) -> pa.DataType:
    """How a column is kept: exact decimals of 16 (money) or 9 (rates) digits, days, whole numbers, text."""
    match format.kind:
        case Kind(name="decimal", scale=scale):
            return pa.decimal128(format.integer_digits + scale, scale)
        case Kind(name="integer"):
            return pa.int64()
        case Kind(name="date"):
            return pa.date32()
    return pa.string()


def schema(table: type[Table]) -> pa.Schema:
    """The columns of an accepted table: reporter, row number, inside mark, then the file's columns in order."""
    added = [
        pa.field(REPORTER, pa.string()),
        pa.field(ROW, pa.int64()),
        pa.field(INSIDE, pa.bool_()),
    ]
    return pa.schema(added + [pa.field(n, arrow_type(c.format)) for n, c in table.columns.items()])


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table and period: Parquet files, or a table in memory (both with ``schema``)."""

    files: tuple[str, ...] = ()
    memory: pa.Table | None = None
    successors: tuple[tuple[str, str], ...] = ()
    """Reporters of these rows that another has taken over since, as (then, today) (FN 2)."""


class Data(Protocol):
    """A reader of rows with its scope already inside it. None means: not received (which is not the same as no rows).

    For a register the answer is the snapshot in force at the period's end.
    """

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        ...

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose file of this table for this month is there, an empty file included."""
        ...


class Kept(Data, Protocol):
    """Accepted rows: they never change, so what was made of them can be kept and found again by what they are."""

    def versions(self, table: str, period: Period) -> Mapping[str, str]:
        """For each reporter a text that is the same only for the same rows."""
        ...

    def of(self, reporters: frozenset[str]) -> Kept:
        """The same, but tables that come by reporter hold only these reporters' rows."""
        ...


@dataclass(frozen=True, slots=True)
class Memory:
    """Rows in memory, for specs and tests: by table and month."""

    held: Mapping[tuple[str, str], pa.Table] = field(default_factory=dict)
    reporters: frozenset[str] = frozenset()
    """Reporters that sent an empty file of each held table."""

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for a month, or None."""
        found = self.held.get((table, str(period)))
        return None if found is None else Rows(memory=found)

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters of the held rows, and those said to have sent an empty file."""
        found = self.held.get((table, str(period)))
        return (
            frozenset()
            if found is None
            else frozenset(found[REPORTER].to_pylist()) | self.reporters
        )


@dataclass(frozen=True, slots=True)
class Broken:
    """A row (or a key of totals) that breaks a rule."""

    code: str
    table: str
    reporter: str
    row: int | None
    values: tuple[tuple[str, str | None], ...]
    """Names and values of the columns the rule reads, as text."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How one rule went for a reporter: rows it applied to, broken, unknown; or the table it waits for."""

    code: str
    table: str
    reporter: str
    applied: int = 0
    broken: int = 0
    unknown: int = 0
    not_run: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as exact whole numbers: ``value`` = numerator / denominator (none if the denominator is 0)."""

    indicator: str
    period: str
    breakdown: str
    keys: tuple[str | None, ...]
    numerator: int
    denominator: int
    unknown: int
    """Rows (or borrowers, for distinct counts) for which it is unknown whether they belong."""
