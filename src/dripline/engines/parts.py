"""The rows of a scan from their kept coded form; what is missing is coded and kept first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from dripline.engines.coded_files import CodedFiles
from dripline.engines.data import Kept
from dripline.engines.duck import Duck
from dripline.engines.units import WHOLE, Unit, units

if TYPE_CHECKING:
    from dripline.engines.duck_coded import CodedBase

AT_ONCE = 6_000_000
"""Rows that are coded together, at least one reporter's: what is read stands in memory as text meanwhile."""


@dataclass
class Parts:
    """The units of a scan, and the files of their coded rows."""

    coded: CodedBase
    files: CodedFiles
    units: list[Unit] = field(init=False)
    found: dict[str, list[Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = units(self.coded.base, self.files.data, self.coded.duck.law)

    def read(self) -> None:
        """Every unit's rows as the scan's table of rows, and the dictionaries that tell what they mean."""
        missing = []
        for unit in self.units:
            paths = self.files.part(unit.digest)
            if paths is None:
                missing.append(unit)
            else:
                self.found[unit.digest] = paths
        for number, batch in enumerate(self._batches(missing)):
            self._code(number, batch)
        self.coded.rows_of(self.paths(unit.digest for unit in self.units))
        for dictionary in self.coded.dictionaries:
            if dictionary.kind != "key":
                dictionary.load(self.files)

    def paths(self, digests: Iterable[str]) -> list[Path]:
        """The files of some parts."""
        return [path for digest in digests for path in self.found[digest]]

    def _batches(self, missing: list[Unit]) -> Iterator[list[Unit]]:
        """Units of one month that are coded together."""
        by_month = defaultdict(list)
        for unit in missing:
            by_month[unit.month].append(unit)
        for some in by_month.values():
            batch: list[Unit] = []
            rows = 0
            for unit in some:
                batch.append(unit)
                one = self._duck(self._only(self.files.data, [unit]), "")
                rows += one.size(self.coded.base.table, unit.month)
                if rows >= AT_ONCE:
                    yield batch
                    batch, rows = [], 0
            if batch:
                yield batch

    def _duck(self, data: Kept, part: str) -> Duck:
        return self.coded.duck.over(data, part)

    @staticmethod
    def _only(data: Kept, batch: list[Unit]) -> Kept:
        """The data without other reporters' rows."""
        if batch[0].reporter == WHOLE:
            return data
        return data.of(frozenset(name for unit in batch for name in unit.rests_on))

    def _code(self, number: int, batch: list[Unit]) -> None:
        """Codes the rows of some reporters of one month, and keeps each one's apart."""
        data = self._only(self.files.data, batch)
        duck = self._duck(data, f"{self.coded.name}/{number} ")
        with self.files.aside() as folder:
            self.coded.number([self.coded.month(duck, batch[0].month)], self.files)
            made = self._written(folder, whole=batch[0].reporter == WHOLE)
            self.coded.drop("part")
            for unit in batch:
                part = made.get(unit.reporter, folder / f"none-{unit.digest}")
                part.mkdir(exist_ok=True)
                self.files.keep_part(unit.digest, part)
                self.found[unit.digest] = self.files.part(unit.digest) or []

    def _written(self, folder: Path, *, whole: bool) -> dict[str, Path]:
        """The coded rows as files, in a folder for each reporter."""
        self.coded.make(self.coded.coded(by_reporter=not whole), "part")
        self.coded.drop("read")
        rows = self.coded.duck.connection.table(f"{self.coded.name}_part")
        if whole:
            target = folder / "whole"
            target.mkdir()
            rows.write_parquet(str(target / "0.parquet"))
            return {WHOLE: target}
        rows.write_parquet(str(folder / "by"), partition_by=["r"])
        return {unquote(made.name[2:]): made for made in (folder / "by").glob("r=*")}
