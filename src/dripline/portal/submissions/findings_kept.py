"""The findings of one check: kept in one file by rule, read a page at a time, written out in full."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import Tally
from dripline.intake import finding_files
from dripline.intake.findings import Finding, Spool, finding_of
from dripline.portal.submissions.own_rules import every_rule
from dripline.portal.submissions.storage import home
from dripline.words import Language

ORDER = (
    "CASE severity WHEN 'reject' THEN 0 WHEN 'error' THEN 1 ELSE 2 END, "
    'code, "table", file, "row", number'
)
GROUP = 'severity, code, "table"'
GRAVITY = ("reject", "error", "warning")
FORMATS = ("csv", "xlsx", "json")
FILE = "findings.parquet"
GROUP_ROWS = 8_192
"""Rows read for a page at the least."""
MEMORY = "512MB"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the findings of one rule and table lie: from which on, how many."""

    severity: str
    rule: str
    table: str
    first: int
    count: int


def folder(name: str) -> Path:
    """The folder of a check; random, so that one check never writes over another."""
    return home().path / "portal" / "checks" / name


def new() -> str:
    """An empty folder for the findings of a check; its name."""
    name = secrets.token_hex(16)
    folder(name).mkdir(parents=True)
    return name


def keep(spools: Iterable[Path], work: Path) -> tuple[str, list[Place]]:
    """Sorts what a check found into one file of a new folder; the folder's name, and where each rule begins."""
    name = new()
    into = folder(name)
    empty = work / "none.findings.parquet"
    Spool(empty).close()
    paths = [str(path) for path in (empty, *spools)]
    with duckdb.connect(config={"memory_limit": MEMORY, "threads": 2}) as duck:
        duck.execute("SET temp_directory = ?", [str(work)])
        found = duck.read_parquet(paths, hive_partitioning=False)
        found.order(ORDER).write_parquet(
            str(into / FILE), compression="zstd", row_group_size=GROUP_ROWS
        )
        counts = found.aggregate(f"{GROUP}, count(*)", GROUP).fetchall()
    places, first = [], 0
    for severity, code, table, count in sorted(
        counts, key=lambda one: (GRAVITY.index(one[0]), one[1], one[2])
    ):
        places.append(Place(severity, code, table, first, count))
        first += count
    return name, places


def throw_away(name: str) -> None:
    """Removes what an older check of the same delivery had found."""
    if name:
        shutil.rmtree(folder(name), ignore_errors=True)


def page(name: str, first: int, count: int) -> list[Finding]:
    """Findings from one place on; only the groups of rows in which they lie are read."""
    found: list[Finding] = []
    with pq.ParquetFile(folder(name) / FILE) as file:
        for number, skip, take in _groups(file, first, count):
            rows = file.read_row_group(number).slice(skip, take)
            found += [finding_of(row) for row in rows.to_pylist()]
    return found


def keys(name: str, first: int, count: int, wanted: set[str]) -> int:
    """How many findings of a stretch are about rows with one of these keys."""
    met = 0
    with pq.ParquetFile(folder(name) / FILE) as file:
        for number, skip, take in _groups(file, first, count):
            column = file.read_row_group(number, columns=["key"])["key"].slice(skip, take)
            met += pc.sum(pc.is_in(column, value_set=_values(wanted))).as_py() or 0
    return met


def _values(wanted: set[str]) -> object:
    import pyarrow as pa

    return pa.array(sorted(wanted), pa.string())


def _groups(file: pq.ParquetFile, first: int, count: int) -> Iterator[tuple[int, int, int]]:
    """Groups of rows that a stretch touches: number, rows to skip, rows to take."""
    begins, last = 0, first + count
    for number in range(file.metadata.num_row_groups):
        ends = begins + file.metadata.row_group(number).num_rows
        low, high = max(first, begins), min(last, ends)
        if low < high:
            yield number, low - begins, high - low
        begins = ends


def written(
    name: str, format: str, language: Language, tallies: Iterable[Tally], *, bound: int
) -> Path:
    """All findings as a file to be taken away; written once, then found."""
    path = folder(name) / f"findings-{language}.{format}"
    if path.exists():
        return path
    aside = path.with_suffix(f".{secrets.token_hex(4)}")
    source, rules = _all(name), every_rule()
    match format:
        case "csv":
            finding_files.write_csv(aside, source, language)
        case "json":
            finding_files.write_json_lines(aside, source)
        case _:
            _sheet(aside, tallies, rules, source, bound, language)
    os.replace(aside, path)
    return path


def _sheet(
    path: Path,
    tallies: Iterable[Tally],
    rules: Mapping[str, object],
    source: Iterator[Finding],
    bound: int,
    language: Language,
) -> None:
    finding_files.write_xlsx(
        path, tallies, rules, source, bound=bound, rest="findings.csv", language=language
    )


def _all(name: str) -> Iterator[Finding]:
    from dripline.intake.findings import read_spool

    return read_spool(folder(name) / FILE)
