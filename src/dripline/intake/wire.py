"""The wire format: <code>_<table>_<day>.dat with its .log, checked line by line and staged as typed rows."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypeVar

from dripline.engines.data import Tally
from dripline.intake.archives import Document, Unreadable
from dripline.intake.check_file import CheckFile, compare
from dripline.intake.findings import Origin, Spool, finding
from dripline.intake.format_rules import FILE_RULES, FORMAT_RULES, LINE_RULES, VALUE_RULES
from dripline.intake.line_reader import LineReader, NotUtf8, layout_of
from dripline.intake.lines import BOM, Block, blocks, keep_freed_memory
from dripline.intake.names import DataName, read_name
from dripline.intake.staging import Joined, Part, RowReader, in_threads
from dripline.periods import Period
from dripline.tables import Layout, Table
from dripline.words import Text

T = TypeVar("T")
WORKERS = 2
WITH_CR = Text(zh="{count}行以CR LF结尾", en="{count} lines end in CR LF")
REPLACED = Text(zh="由{file}替代，未读取", en="replaced by {file}, not read")
WITH_BOM = Text(zh="文件开头有BOM", en="the file begins with a BOM")
NO_LAYOUT = Text(zh="{day}尚无{table}的格式", en="no layout of {table} is known for {day}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One data file as it was received: who, what, when, its bytes, and what reading it came to.

    ``staged`` is the typed Parquet file, None if the rows could not be read at all; ``findings`` a closed spool
    (``read_spool``); ``tallies`` how every rule of file and format went. ``replaced`` marks a file that a later one
    of the same reporter, table and day stands for: it was not read.
    """

    path: Path
    name: str | None
    reporter: str | None
    table: type[Table] | None
    day: date | None
    md5: str | None
    size: int | None
    records: int | None
    staged: Path | None
    tallies: tuple[Tally, ...]
    findings: Path
    replaced: bool = False

    @property
    def period(self) -> Period | None:
        """The month reported."""
        return None if self.day is None else Period.of(self.day)

    @property
    def rejected(self) -> bool:
        """Whether a rule of file or format is broken that no explanation can mend."""
        return any(t.broken and FORMAT_RULES[t.code].severity == "reject" for t in self.tallies)


@dataclass
class Metered:
    """The bytes of a .dat on their way in: digest and size of the file as it is."""

    document: Document
    size: int = 0
    bom: bool = False
    digest: hashlib._Hash = field(default_factory=lambda: hashlib.md5(usedforsecurity=False))

    def chunks(self) -> Iterator[bytes]:
        """The chunks, without a BOM."""
        for chunk in self.document.chunks():
            self.digest.update(chunk)
            self.bom = self.bom or (self.size == 0 and chunk.startswith(BOM))
            yield chunk[len(BOM) :] if self.bom and self.size == 0 else chunk
            self.size += len(chunk)


@dataclass
class Reading:
    """One document on its way to a package; its findings go to the spool as they are found."""

    document: Document
    name: DataName | Text
    spool: Spool
    broken: Counter[str] = field(default_factory=Counter)
    read_lines: tuple[Tally, ...] = ()

    @property
    def origin(self) -> Origin:
        """The file the findings speak of."""
        file = self.document.dat or self.document.path.name
        if isinstance(self.name, Text):
            return Origin(file)
        return Origin(file, self.name.table.code, str(self.name.period), self.name.reporter)

    def add(
        self, code: str, note: Text, *, row: int | None = None, value: str | None = None
    ) -> None:
        """A finding about the file as a whole."""
        self.broken[code] += 1
        self.spool.add(finding(FORMAT_RULES[code], self.origin, row=row, value=value, note=note))

    def tallies(self) -> tuple[Tally, ...]:
        """How each rule went; those of lines and values only if there were lines to read."""
        origin = self.origin
        files = [
            Tally(rule.code, origin.table, origin.reporter, 1, self.broken[rule.code])
            for rule in FILE_RULES
        ]
        return (*files, *self.read_lines)


def read_document(
    document: Document, into: Path, *, province: str | None = None, workers: int = WORKERS
) -> Package:
    """Reads a .dat with every rule of file and format; what is wrong is in the findings, nothing is raised."""
    name = read_name(document.dat or "")
    with _spool(document, into) as spool:
        reading = Reading(document, name, spool)
        for code, note in document.faults:
            reading.add(code, note)
        if document.dat is None:
            return _package(reading, None)
        if isinstance(name, Text):
            reading.add("FILE-01", name, value=document.dat)
            return _package(reading, None)
        target = into / f"{_mark(document)}.rows.parquet"
        return _package(reading, _read(reading, name, target, province, workers))


def replaced_package(document: Document, into: Path, *, by: Document) -> Package:
    """A file that is not read, as a later one stands for it (FILE-07)."""
    with _spool(document, into) as spool:
        reading = Reading(document, read_name(document.dat or ""), spool)
        reading.add("FILE-07", REPLACED.format(file=by.path.name))
        return replace(_package(reading, None), replaced=True)


def _mark(document: Document) -> str:
    """A name for what is written about a document: bank and path may hold any characters, and long ones."""
    return hashlib.sha256(f"{document.path}|{document.dat}".encode()).hexdigest()[:12]


def _spool(document: Document, into: Path) -> Spool:
    return Spool(into / f"{_mark(document)}.findings.parquet")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the bytes came to; ``staged`` None where the rows could not be read."""

    md5: str
    size: int
    records: int
    staged: Path | None = None


def _read(
    reading: Reading, name: DataName, target: Path, province: str | None, workers: int
) -> Outcome | None:
    metered = Metered(reading.document)
    layouts = name.table.layouts(name.day)
    try:
        if layouts:
            outcome = _staged(reading, name, target, metered, layouts, province, workers)
        else:
            reading.add("FILE-09", NO_LAYOUT.format(day=name.day, table=name.table.code))
            outcome = _unread(reading.document)
    except Unreadable as stop:
        reading.add("FILE-08", stop.note)
        return None
    log = CheckFile.read(reading.document.log)
    for fault in compare(
        log,
        name=reading.document.dat or "",
        md5=outcome.md5,
        size=outcome.size,
        records=outcome.records,
        day=name.day,
    ):
        reading.add(fault.code, fault.note, row=fault.row, value=fault.value)
    return outcome


def _staged(
    reading: Reading,
    name: DataName,
    target: Path,
    metered: Metered,
    layouts: tuple[Layout, ...],
    province: str | None,
    workers: int,
) -> Outcome:
    rows = RowReader.of(name.table, name.day, reading.origin, province)
    joined = Joined(rows, target, reading.spool)
    file = DataFile(rows, layouts)
    codes = [rule.code for rule in (*LINE_RULES, *VALUE_RULES)]
    try:
        joined.take(file.parts(metered, workers))
        for code, note in file.warnings(metered):
            joined.broken[code] += 1
            reading.spool.add(finding(FORMAT_RULES[code], reading.origin, note=note))
        return Outcome(metered.digest.hexdigest(), metered.size, joined.lines, joined.target)
    except NotUtf8 as stop:
        joined.broken["FMT-01"] += 1
        reading.spool.add(finding(FORMAT_RULES["FMT-01"], reading.origin, note=stop.note))
        return _unread(reading.document)
    finally:
        reading.read_lines = joined.tallies(codes, joined.lines)


@dataclass
class DataFile:
    """The lines of one .dat: their layout, taken from the first block, and how many end in CR LF."""

    rows: RowReader
    layouts: tuple[Layout, ...]
    layout: Layout | None = None
    with_cr: int = 0

    def parts(self, metered: Metered, workers: int) -> Iterator[Part]:
        """Typed rows and findings, in the order of the file."""
        keep_freed_memory()
        for part, with_cr in in_threads(self._tasks(metered), workers=workers):
            self.with_cr += with_cr
            yield part

    def warnings(self, metered: Metered) -> Iterator[tuple[str, Text]]:
        """What is tolerated, once a file."""
        if metered.bom:
            yield "FMT-01b", WITH_BOM
        if self.with_cr:
            yield "FMT-01b", WITH_CR.format(count=self.with_cr)
        if self.layout is not None and self.layout.warning is not None:
            yield "FMT-02b", self.layout.warning

    def _tasks(self, metered: Metered) -> Iterator[Callable[[], tuple[Part, int]]]:
        reader: LineReader | None = None
        for block in blocks(ahead(metered.chunks())):
            if reader is None:
                self.layout = layout_of(self.layouts, block)
                reader = LineReader(self.rows, self.layout)
            yield partial(_read_block, reader, block, len(BOM) if metered.bom else 0)


def _read_block(reader: LineReader, block: Block, before: int) -> tuple[Part, int]:
    return reader.read(Block(block.parts, block.first_byte + before, block.overlong))


def ahead(items: Iterable[T]) -> Iterator[T]:
    """The same items, the next one fetched in another thread while one is used."""
    source = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(list, islice(source, 1))
        while item := coming.result():
            coming = pool.submit(list, islice(source, 1))
            yield item[0]


def _unread(document: Document) -> Outcome:
    """Digest, size and lines of a file whose rows are not read."""
    digest, size, lines, last = hashlib.md5(usedforsecurity=False), 0, 0, b"\n"
    for chunk in document.chunks():
        digest.update(chunk)
        size, lines, last = size + len(chunk), lines + chunk.count(b"\n"), chunk[-1:]
    return Outcome(digest.hexdigest(), size, lines + (last != b"\n"))


def _package(reading: Reading, outcome: Outcome | None) -> Package:
    name = None if isinstance(reading.name, Text) else reading.name
    return Package(
        path=reading.document.path,
        name=reading.document.dat,
        reporter=None if name is None else name.reporter,
        table=None if name is None else name.table,
        day=None if name is None else name.day,
        md5=None if outcome is None else outcome.md5,
        size=None if outcome is None else outcome.size,
        records=None if outcome is None else outcome.records,
        staged=None if outcome is None else outcome.staged,
        tallies=reading.tallies(),
        findings=reading.spool.path,
    )
