"""Pages of cells: the sheets of a workbook, a CSV in any of the encodings met here, a Parquet file with headers."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.parquet as pq
import python_calamine

from dripline.intake.sheet_formats import as_shown
from dripline.intake.sheet_parts import COLUMNS, ROWS, UNPACKED, Bounds, Cells, NotASheet, inspect
from dripline.intake.sheet_values import Cell
from dripline.words import Text

Row = tuple[int, list[Cell]]
"""The row's number as a person sees it (from 1), and its cells from the first column."""
Span = tuple[tuple[int, int], tuple[int, int]]

ZIP, OLE, PARQUET = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
ENCODINGS = ("utf-8", "gb18030")
SEPARATORS = (",", "\t", ";", "|")
BLOCK = 1 << 20
LONGEST_CELL = 1 << 17
ROWS_AT_ONCE = 10_000


@dataclass(frozen=True)
class Page:
    """One sheet: its rows as a stream, merged areas (from 0), and what the bytes say of formulas and errors."""

    name: str
    rows: Callable[[], Iterator[Row]]
    hidden: bool = False
    merged: tuple[Span, ...] = ()
    cells: Cells = field(default_factory=Cells)
    since_1904: bool = False
    encoding: str | None = None


def open_pages(path: Path, bounds: Bounds, *, encoding: str | None = None) -> list[Page]:
    """The pages of a file by what its bytes are, whatever its name ends in; raises NotASheet or OverBound."""
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        raise NotASheet(Text(zh="文件打不开", en="it cannot be opened")) from error
    if start.startswith((ZIP, OLE)):
        return workbook_pages(path, bounds, zipped=start.startswith(ZIP))
    if start.startswith(PARQUET):
        return [parquet_page(path, bounds)]
    bounds.hold(UNPACKED, path.stat().st_size, bounds.text_bytes)
    if not start:
        raise NotASheet(Text(zh="文件是空的", en="it is empty"))
    if start.lstrip(codecs.BOM_UTF8 + b" \r\n\t").startswith(b"<"):
        raise NotASheet(
            Text(
                zh="文件其实是网页（HTML或XML）",
                en="it is a web page (HTML or XML) by another name",
            )
        )
    return csv_pages(path, bounds, encoding or encoding_of(path, start))


# --- workbooks ----------------------------------------------------------------------------------------


def workbook_pages(path: Path, bounds: Bounds, *, zipped: bool) -> list[Page]:
    """The sheets of an XLSX (``zipped``) or XLS; formulas are never computed, saved results are read."""
    cells, since_1904 = inspect(path, bounds) if zipped else ({}, False)
    bounds.hold(UNPACKED, path.stat().st_size, bounds.sheet_bytes)
    try:
        with path.open("rb") as file:
            book = python_calamine.load_workbook(file)
            sheets = [
                (kind, book.get_sheet_by_name(kind.name))
                for kind in book.sheets_metadata
                if kind.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as error:
        raise NotASheet(Text(zh="文件设有密码", en="it is protected by a password")) from error
    except python_calamine.CalamineError as error:
        raise NotASheet(Text(zh="文件已损坏", en="the file is damaged")) from error
    visible = python_calamine.SheetVisibleEnum.Visible
    pages = []
    for kind, sheet in sheets:
        last_row, last_column = sheet.end or (0, 0)
        bounds.hold(ROWS, last_row + 1, bounds.rows)
        bounds.hold(COLUMNS, last_column + 1, bounds.columns)
        pages.append(
            Page(
                name=kind.name,
                rows=rows_of(sheet, cells.get(kind.name, Cells())),
                hidden=kind.visible != visible,
                merged=tuple(sheet.merged_cell_ranges or ()),
                cells=cells.get(kind.name, Cells()),
                since_1904=since_1904,
            )
        )
    return pages


def rows_of(sheet: python_calamine.CalamineSheet, cells: Cells) -> Callable[[], Iterator[Row]]:
    """The rows of a sheet; a number that is shown in percent comes as it is shown."""
    if not cells.percents:
        return lambda: sheet_rows(sheet)
    return lambda: as_shown(sheet_rows(sheet), cells.percents)


def sheet_rows(sheet: python_calamine.CalamineSheet) -> Iterator[Row]:
    """Rows with their numbers; a cell merged over several rows counts in each."""
    left = [None] * (sheet.start or (0, 0))[1]
    spans = sorted(s for s in sheet.merged_cell_ranges or () if s[1][0] > s[0][0])
    open_spans: list[tuple[Span, Cell]] = []
    for index, values in enumerate(sheet.iter_rows()):
        row: list[Cell] = [*left, *(None if value == "" else value for value in values)]
        open_spans = [(span, value) for span, value in open_spans if span[1][0] >= index]
        for (_, column), value in ((span[0], value) for span, value in open_spans):
            if column < len(row):
                row[column] = value
        while spans and spans[0][0][0] <= index:
            span = spans.pop(0)
            if span[0][1] < len(row):
                open_spans.append((span, row[span[0][1]]))
        yield index + 1, row


# --- CSV ----------------------------------------------------------------------------------------------


def encoding_of(path: Path, start: bytes) -> str:
    """The encoding in which the whole file makes sense: UTF-8 (with or without mark), UTF-16 with mark, GB18030."""
    for mark, name in MARKS:
        if start.startswith(mark):
            return name
    reached = {name: sense_until(path, name) for name in ENCODINGS}
    return max(ENCODINGS, key=lambda name: reached[name])


def sense_until(path: Path, encoding: str) -> int:
    """How many bytes make sense in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                return done + error.start
            done += len(block)
    return done


def csv_pages(path: Path, bounds: Bounds, encoding: str) -> list[Page]:
    """The CSV as one page for each separator it might have; the one with a header in it is the one meant."""

    def page(separator: str) -> Page:
        return Page(
            name=separator,
            rows=lambda: csv_rows(path, encoding, separator, bounds),
            encoding=encoding,
        )

    return [page(separator) for separator in SEPARATORS]


def csv_rows(path: Path, encoding: str, separator: str, bounds: Bounds) -> Iterator[Row]:
    """Rows with the number of their first line."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        yield from numbered(file, separator, bounds)


def numbered(file: IO[str], separator: str, bounds: Bounds) -> Iterator[Row]:
    """Rows of a text; a quote that never closes is told by the length of its cell."""
    reader = csv.reader(file, delimiter=separator)
    line = 1
    try:
        for row in reader:
            bounds.hold(COLUMNS, len(row), bounds.columns)
            yield line, [cell if cell else None for cell in row]
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotASheet(
            Text(
                zh=f"第{line}行起引号未配对或单元格过长",
                en=f"from line {line} on a quote has no pair, or a cell is too long",
            )
        ) from error


# --- Parquet ------------------------------------------------------------------------------------------


def parquet_page(path: Path, bounds: Bounds) -> Page:
    """A Parquet file whose columns bear headers; row 1 is the first row of data."""
    try:
        with pq.ParquetFile(path) as file:
            bounds.hold(COLUMNS, len(file.schema_arrow), bounds.columns)
            sizes = (file.metadata.row_group(i).total_byte_size for i in range(file.num_row_groups))
            bounds.hold(UNPACKED, sum(sizes), bounds.text_bytes)
    except pa.ArrowInvalid as error:
        raise NotASheet(Text(zh="文件已损坏", en="the file is damaged")) from error
    return Page(name="", rows=lambda: parquet_rows(path))


def parquet_rows(path: Path) -> Iterator[Row]:
    """The headers as row 0, then the rows."""
    with pq.ParquetFile(path) as file:
        names: Iterable[Cell] = file.schema_arrow.names
        yield 0, list(names)
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, list(row)
