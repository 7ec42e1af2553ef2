"""A received sheet to Parquet as accepted rows are kept: the same format rules, the same files as for a ``.dat``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import REPORTER
from dripline.intake.findings import Spool
from dripline.intake.sheets import Reading, SheetFile
from dripline.intake.staging import Joined, Part, RowReader
from dripline.law import Law
from dripline.tables import Table

OWN_REPORTER = "reporter"
EMPTY_FAULT = "FMT-04"


@dataclass(frozen=True, slots=True)
class StagedSheet:
    """The rows of one reporter from a sheet: a Parquet file with ``engines.data.schema``, and how many they are."""

    reporter: str
    path: Path
    rows: int


def stage_sheet(
    file: SheetFile, target: Path, spool: Spool, *, law: Law, province: str | None = None
) -> tuple[StagedSheet, ...]:
    """Types the rows of a sheet into ``target``; every fault goes to the spool.

    One file comes back, or for a table whose rows name their reporter (LOAN_TOTALS) one file for each of them.
    """
    reading = Reading(file, lambda found: spool.add(found), law)
    rows = RowReader.of(file.table, file.day, file.origin, province)
    joined = Joined(rows, target, spool)
    joined.take(typed(reading, rows))
    if not names_reporters(file.table):
        count = pq.read_metadata(target).num_rows
        return (StagedSheet(file.origin.reporter, target, count),)
    return tuple(split(target))


def typed(reading: Reading, rows: RowReader) -> Iterator[Part]:
    """The typed rows; a cell that lost its value is told once, not again as empty."""
    for texts in reading.rows():
        part = rows.read(texts)
        if reading.told:
            part = replace(part, findings=tuple(untold(t, reading.told) for t in part.findings))
            reading.told.clear()
        yield part


def untold(findings: pa.Table, told: set[tuple[int, int]]) -> pa.Table:
    """The findings without those that say ``empty`` of a cell already told."""
    places = zip(findings["row"].to_pylist(), findings["number"].to_pylist(), strict=True)
    known = pa.array([place in told for place in places], pa.bool_())
    return findings.filter(pc.invert(pc.and_(known, pc.equal(findings["code"], EMPTY_FAULT))))


def names_reporters(table: type[Table]) -> bool:
    """Whether each row says whose it is, so that one sheet of the branch serves many reporters."""
    return table.per_reporter and OWN_REPORTER in table.columns


def split(path: Path) -> Iterator[StagedSheet]:
    """The rows of each reporter in a file of its own beside the joint one, which goes."""
    rows = pq.read_table(path)
    place = rows.schema.get_field_index(REPORTER)
    named = rows[OWN_REPORTER].cast(pa.string())
    for reporter in pc.unique(named.drop_null()).to_pylist():
        own = rows.filter(pc.equal(named, reporter))
        own = own.set_column(place, REPORTER, own[OWN_REPORTER].cast(pa.string()))
        target = path.with_name(f"{path.stem}.{reporter}.parquet")
        pq.write_table(own, target)
        yield StagedSheet(reporter, target, own.num_rows)
    path.unlink()
