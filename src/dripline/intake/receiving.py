"""What was handed over: folders, packages and sheets of many reporters, each file read once into typed rows."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.engines.data import Tally
from dripline.errors import CannotRead
from dripline.intake.findings import Finding, Origin, Spool, finding, read_spool
from dripline.intake.format_rules import FORMAT_RULES
from dripline.intake.mapping import ColumnMap
from dripline.intake.reading import read_packages
from dripline.intake.sheet_staging import stage_sheet
from dripline.intake.sheets import SheetFile
from dripline.intake.wire import Package
from dripline.law import Law
from dripline.periods import Period
from dripline.tables import TABLES, Table
from dripline.words import Text

PACKED, SHEETS = (".zip", ".dat"), (".xlsx", ".xls", ".csv", ".parquet")
AUTHORITY = "authority"
"""The sender of a register whose file name gives none: the statistics division itself."""
SHEET_NAMED = Text(
    zh="电子表格文件名应为“报送机构_报表代码_YYYYMMDD”，如authority_ENTERPRISE_20250331.xlsx",
    en="a sheet is called <sender>_<table>_<YYYYMMDD>, such as authority_ENTERPRISE_20250331.xlsx",
)
Progress = Callable[[str, int, int], None]
"""Told what is being done, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Received:
    """The rows of one table from one reporter for one period, as typed Parquet, and the hash of their file."""

    file: Path
    reporter: str
    period: Period
    table: type[Table]
    staged: Path
    rows: int
    sha256: str
    spool: Path
    """Findings about the file and its formats (those of a sheet for several reporters are in one)."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A file whose rows could not be read, and whose it is as far as its name tells."""

    file: Path
    reporter: str | None
    period: Period | None
    spool: Path


@dataclass(frozen=True, slots=True)
class HandOver:
    """All that was handed over: the tables that could be read, and what is wrong with the files.

    ``bad`` counts files whose rows could not be read at all; their findings are among the others.
    """

    tables: tuple[Received, ...]
    spools: tuple[Path, ...]
    tallies: tuple[Tally, ...]
    bad: tuple[Bad, ...]

    def joined(self, other: HandOver) -> HandOver:
        """Both together."""
        return HandOver(
            (*self.tables, *other.tables),
            (*self.spools, *other.spools),
            (*self.tallies, *other.tallies),
            (*self.bad, *other.bad),
        )

    def only(self, tables: Iterable[Received]) -> HandOver:
        """A part of the hand-over: these tables with the findings about their files.

        A file of the same reporter and period that could not be read belongs to the part: a delivery is whole or not.
        """
        chosen = tuple(tables)
        whose = {(one.reporter, one.period) for one in chosen}
        bad = tuple(one for one in self.bad if (one.reporter, one.period) in whose)
        spools = dict.fromkeys([one.spool for one in chosen] + [one.spool for one in bad])
        tallies = counted(spools)
        return HandOver(chosen, tuple(spools), tuple(tallies), bad)

    def with_tables(self, tables: Iterable[Received]) -> HandOver:
        """The same hand-over with other rows for its tables; findings about files follow their tables."""
        chosen = tuple(tables)
        gone = {one.spool for one in self.tables} - {one.spool for one in chosen}
        kept = [spool for spool in self.spools if spool not in gone]
        spools = tuple(dict.fromkeys([*kept, *(one.spool for one in chosen)]))
        tallies = counted(spools)
        return HandOver(chosen, spools, tuple(tallies), self.bad)

    def findings(self) -> Iterator[Finding]:
        """Findings about files and formats, file by file."""
        for spool in self.spools:
            yield from read_spool(spool)


def receive(
    paths: Iterable[Path],
    into: Path,
    *,
    law: Law,
    on: date,
    province: str,
    mapping: ColumnMap | None = None,
    progress: Progress,
) -> HandOver:
    """Reads every file under the paths; ``on`` is the day whose bounds hold; CannotRead if there is none at all."""
    files = list(found(paths, mapping))
    if not files:
        raise CannotRead("There is no .zip, .dat or sheet under the paths given.")
    sheets = [file for file in files if file.suffix.lower() in SHEETS]
    packed = [file for file in files if file not in set(sheets)]
    read = chain(
        (_of_sheet(file, into, law, on, province, mapping) for file in sheets),
        map(_of_package, read_packages(packed, into, law, on=on, province=province)),
    )
    handed = HandOver((), (), (), ())
    for number, one in enumerate(read, 1):
        handed = handed.joined(one)
        progress("read", number, max(number, len(files)))
    return handed


def found(paths: Iterable[Path], mapping: ColumnMap | None) -> Iterator[Path]:
    """The files to read, in order of their names; a .dat inside a folder stands behind its package."""
    for path in paths:
        if not path.exists():
            raise CannotRead(f"{path} does not exist.")
        if path.is_file():
            yield path
            continue
        for file in sorted(p for p in path.rglob("*") if p.is_file()):
            ending = file.suffix.lower()
            packed = ending == ".dat" and file.with_suffix(".zip").exists()
            if (ending in PACKED and not packed) or (
                ending in SHEETS and (mapping or names_a_table(file))
            ):
                yield file


def names_a_table(file: Path) -> bool:
    """Whether a sheet's name says which table it is."""
    return sheet_name(file) is not None


def sheet_name(file: Path) -> tuple[str, type[Table], date | None] | None:
    """Sender, table and day from a sheet's name."""
    stem = file.stem
    for code in sorted(TABLES, key=len, reverse=True):
        match = re.fullmatch(rf"(?:([0-9A-Za-z-]+)_)?{code}(?:_(\d{{8}}))?(?:_.*)?", stem)
        if match:
            sender, day = match.groups()
            return sender or AUTHORITY, TABLES[code], _day(day)
    return None


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        return None


def _of_package(package: Package) -> HandOver:
    if package.replaced or package.staged is None:
        one = Bad(package.path, package.reporter, package.period, package.findings)
        return HandOver(
            (), (package.findings,), package.tallies, () if package.replaced else (one,)
        )
    assert package.reporter is not None
    assert package.period is not None
    assert package.table is not None
    received = Received(
        package.path,
        package.reporter,
        package.period,
        package.table,
        package.staged,
        _rows(package.staged),
        digest(package.path),
        package.findings,
    )
    return HandOver((received,), (package.findings,), package.tallies, ())


def _rows(staged: Path) -> int:
    return int(pq.read_metadata(staged).num_rows)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _of_sheet(
    file: Path, into: Path, law: Law, on: date, province: str, mapping: ColumnMap | None
) -> HandOver:
    named = sheet_name(file)
    table = mapping.table if mapping else named[1] if named else None
    mark = hashlib.sha256(str(file).encode()).hexdigest()[:12]
    spool_path = into / f"{mark}.findings.parquet"
    with Spool(spool_path) as spool:
        if named is None or table is None or named[2] is None:
            spool.add(finding(FORMAT_RULES["FILE-01"], Origin(file.name), note=SHEET_NAMED))
            unnamed = Bad(file, None, None, spool_path)
            return HandOver((), (spool_path,), (Tally("FILE-01", "", "", 1, 1),), (unnamed,))
        period = Period.of(named[2])
        origin = Origin(file.name, table.code, str(period), named[0])
        sheet = SheetFile(file, table, origin, named[2], mapping, on)
        parts = stage_sheet(sheet, into / f"{mark}.rows.parquet", spool, law=law, province=province)
    sha256 = digest(file)
    received = tuple(
        Received(file, part.reporter, period, table, part.path, part.rows, sha256, spool_path)
        for part in parts
    )
    tallies = tuple(counted([spool_path]))
    bad = () if received else (Bad(file, named[0], period, spool_path),)
    return HandOver(received, (spool_path,), tallies, bad)


def counted(spools: Iterable[Path]) -> list[Tally]:
    """Tallies of broken rules from closed spools, without reading a finding as a value."""
    names = ["code", "table", "reporter"]
    parts = [pq.read_table(spool, columns=names, partitioning=None) for spool in spools]
    if not parts:
        return []
    sums = (
        pa.concat_tables(parts)
        .group_by(names)
        .aggregate([([], "count_all")])
        .sort_by([(name, "ascending") for name in names])
    )
    return [
        Tally(row["code"], row["table"], row["reporter"], row["count_all"], row["count_all"])
        for row in sums.to_pylist()
    ]
