"""What a spreadsheet reader does not tell: true unpacked sizes, formula cells and error cells of an XLSX.

Sheets are read by python-calamine, which keeps every cell of the used rectangle in memory; so size and rectangle are
measured here first, on the bytes as they really unpack.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from dripline.errors import CannotRead
from dripline.intake.sheet_formats import Places, percent_styles
from dripline.law import Day
from dripline.words import Text

CHUNK = 1 << 20
LONGEST_ROW = 16 * CHUNK
SMALL_PART = 8 * CHUNK
BYTES_A_CELL = 16
"""What a cell takes unpacked at the least; a rectangle with more cells than that allows is refused."""

CELL_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,3})[0-9]""")
ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]{1,18})["']""")
CELL = rb"""\br=["']([A-Z]{1,3})([0-9]{1,18})["']"""
STYLES = "xl/styles.xml"
FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?" + CELL + rb"[^>/]*>\s*<(?:\w+:)?f[\s/>]")
ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*?""" + CELL)


class NotASheet(CannotRead):
    """The file is no spreadsheet we read; ``why`` is shown to the one who sent it."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.zh)
        self.why = why


class OverBound(NotASheet):
    """The file is larger than the lawbook allows."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a file may be: bytes unpacked, rows and columns of a sheet, parts of an archive."""

    sheet_bytes: int
    rows: int
    columns: int
    text_bytes: int
    parts: int

    @classmethod
    def of(cls, day: Day) -> Bounds:
        """The bounds of the lawbook on a day."""
        return cls(
            sheet_bytes=day.take("bound.sheet_bytes", int),
            rows=day.take("bound.sheet_rows", int),
            columns=day.take("bound.sheet_columns", int),
            text_bytes=day.take("bound.archive_unpacked_bytes", int),
            parts=day.take("bound.archive_entries", int),
        )

    def hold(self, what: Text, size: int, bound: int) -> None:
        """OverBound if the size is over the bound."""
        if size > bound:
            raise OverBound(
                Text(
                    zh=f"{what.zh}为{size:,}，上限为{bound:,}",
                    en=f"{what.en}: {size:,}, and the bound is {bound:,}",
                )
            )


UNPACKED = Text(zh="解压后字节数", en="bytes unpacked")
ROWS = Text(zh="行数", en="rows")
COLUMNS = Text(zh="列数", en="columns")
CELLS = Text(zh="单元格数", en="cells of the used rectangle")
PARTS = Text(zh="压缩包内文件数", en="parts of the archive")


@dataclass
class Cells:
    """What the bytes of one sheet say: its rectangle, and where formulas and errors stand (row and column from 0)."""

    last_row: int = 0
    letters: set[bytes] = field(default_factory=set)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)
    percents: Places = field(default_factory=Places)
    in_percent: re.Pattern[bytes] | None = None
    """What a cell looks like whose style shows percent; None where no style does."""

    @property
    def last_column(self) -> int:
        """The right-most column in use, from 1."""
        return max((column_number(letters) for letters in self.letters), default=0)

    def read(self, xml: bytes) -> None:
        """Takes whole rows of a sheet."""
        self.letters.update(CELL_COLUMN.findall(xml))
        self.last_row = max(self.last_row, max(map(int, ROW_NUMBER.findall(xml)), default=0))
        self.formulas.update(map(place, FORMULA_CELL.findall(xml)))
        self.errors.update(map(place, ERROR_CELL.findall(xml)))
        if self.in_percent is not None:
            self.percents.add(map(place, self.in_percent.findall(xml)))


def percent_cell(styles: bytes) -> re.Pattern[bytes] | None:
    """What a cell looks like whose style shows percent."""
    if b"<!DOCTYPE" in styles:
        raise NotASheet(Text(zh="工作簿含DOCTYPE声明", en="the workbook declares a DOCTYPE"))
    if not (found := percent_styles(styles)):
        return None
    style = rb"""(?=[^>]*\bs=["'](?:""" + rb"|".join(sorted(found)) + rb""")["'])"""
    if b"0" in found:  # a cell that names no style has the first one
        style = rb"(?:" + style + rb"|(?![^>]*\bs=))"
    return re.compile(rb"<(?:\w+:)?c\b" + style + rb"[^>]*?" + CELL)


def column_number(letters: bytes) -> int:
    """A column's number from 1: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def place(found: tuple[bytes, bytes]) -> tuple[int, int]:
    """Row and column from 0 of a cell named by letters and number."""
    letters, row = found
    return int(row) - 1, column_number(letters) - 1


def inspect(path: Path, bounds: Bounds) -> tuple[dict[str, Cells], bool]:
    """Cells of each sheet by its name, and whether days are counted from 1904; raises NotASheet or OverBound."""
    try:
        with zipfile.ZipFile(path) as archive:
            bounds.hold(PARTS, len(archive.infolist()), bounds.parts)
            if "xl/workbook.xml" not in archive.namelist():
                raise NotASheet(
                    Text(zh="压缩包中没有XLSX工作簿", en="the archive holds no XLSX workbook")
                )
            parts = unpack(path, archive, bounds)
            names, since_1904 = workbook(parts.small)
    except (zipfile.BadZipFile, zlib.error, OSError, ET.ParseError) as error:
        raise NotASheet(Text(zh="文件已损坏", en="the file is damaged")) from error
    return {name: parts.sheets[part] for name, part in names if part in parts.sheets}, since_1904


@dataclass
class Parts:
    """The parts of a workbook that matter here."""

    sheets: dict[str, Cells] = field(default_factory=dict)
    small: dict[str, bytes] = field(default_factory=dict)


def unpack(path: Path, archive: zipfile.ZipFile, bounds: Bounds) -> Parts:
    """Goes once over every part as it really unpacks, whatever the archive says of its size."""
    parts, total = Parts(), 0
    in_percent = None
    for info in sorted(archive.infolist(), key=lambda info: info.filename != STYLES):
        chunks = counted(inflated(path, info), total, bounds)
        if info.filename.startswith("xl/worksheets/") and info.filename.endswith(".xml"):
            cells = parts.sheets.setdefault(info.filename, Cells(in_percent=in_percent))
            total = in_rows(chunks, cells, total)
            area = cells.last_row * cells.last_column
            bounds.hold(COLUMNS, cells.last_column, bounds.columns)
            bounds.hold(ROWS, cells.last_row, bounds.rows)
            bounds.hold(CELLS, area, bounds.sheet_bytes // BYTES_A_CELL)
        elif info.filename in (STYLES, "xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            content = b"".join(part for part, _ in chunks)
            bounds.hold(UNPACKED, len(content), SMALL_PART)
            parts.small[info.filename] = content
            total += len(content)
            if info.filename == STYLES:
                in_percent = percent_cell(content)
        else:
            total = max((so_far for _, so_far in chunks), default=total)
    return parts


def in_rows(chunks: Iterator[tuple[bytes, int]], cells: Cells, total: int) -> int:
    """Feeds the cells with whole rows, so that no cell is cut in two; answers the bytes so far."""
    rest = b""
    for chunk, total in chunks:  # noqa: B007  (the last value is the answer)
        buffer = rest + chunk
        cut = buffer.rfind(b"</")
        if cut < 0 and len(buffer) < LONGEST_ROW:
            rest = buffer
            continue
        # A formula cell is cut at worst between <c> and <f>: keep from the start of the last row.
        row = buffer.rfind(b"<row", 0, cut)
        cut = row if row > 0 and len(buffer) - row < LONGEST_ROW else cut
        cells.read(buffer[:cut])
        rest = buffer[cut:]
    cells.read(rest)
    return total


def counted(chunks: Iterator[bytes], total: int, bounds: Bounds) -> Iterator[tuple[bytes, int]]:
    """The chunks with the bytes unpacked so far; OverBound as soon as there are too many."""
    for chunk in chunks:
        total += len(chunk)
        bounds.hold(UNPACKED, total, bounds.sheet_bytes)
        yield chunk, total


def inflated(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part as it really unpacks; ``zipfile`` would stop at the size the archive claims."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or info.flag_bits & 1:
        raise NotASheet(
            Text(zh="压缩方式不受支持或已加密", en="it is encrypted or packed in another way")
        )
    stored = info.compress_type == zipfile.ZIP_STORED
    unpacker = zlib.decompressobj(-15)
    with path.open("rb") as file:
        file.seek(info.header_offset + 26)
        lengths = file.read(4)
        file.seek(int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little"), 1)
        left = info.compress_size
        while left > 0 and (packed := file.read(min(CHUNK, left))):
            left -= len(packed)
            while packed:
                yield packed if stored else unpacker.decompress(packed, CHUNK)
                packed = b"" if stored else unpacker.unconsumed_tail
    yield unpacker.flush()


def workbook(small: dict[str, bytes]) -> tuple[list[tuple[str, str]], bool]:
    """Names of the sheets with the part each is kept in, and whether days are counted from 1904."""
    if any(b"<!DOCTYPE" in part for part in small.values()):
        raise NotASheet(Text(zh="工作簿含DOCTYPE声明", en="the workbook declares a DOCTYPE"))
    book = ET.fromstring(small["xl/workbook.xml"])
    targets = {}
    for one in ET.fromstring(small.get("xl/_rels/workbook.xml.rels", b"<x/>")):
        target = one.get("Target", "")
        targets[one.get("Id")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    names, since_1904 = [], False
    for element in book.iter():
        tag = element.tag.rpartition("}")[2]
        if tag == "sheet":
            link = next((v for k, v in element.items() if k.endswith("}id")), None)
            names.append((element.get("name", ""), targets.get(link, "")))
        elif tag == "workbookPr":
            since_1904 = element.get("date1904") in ("1", "true")
    return names, since_1904
