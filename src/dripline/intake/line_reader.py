"""Blocks of lines to rows of text: encoding, line ends and numbers of fields (FMT-01, FMT-01b, FMT-02)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dripline.intake.digits import amounts, days
from dripline.intake.findings import VALUE_SHOWN, in_columns, shown
from dripline.intake.format_rules import FORMAT_RULES
from dripline.intake.lines import LINE_BYTES_MAX, Block, Lines, Span
from dripline.intake.staging import Part, RowReader
from dripline.intake.texts import (
    Few,
    Mask,
    Texts,
    few_keys,
    few_words,
    mixed,
    repeats,
    sample,
)
from dripline.tables import Format, Layout
from dripline.words import Text

FIELDS = Text(zh="应为{wanted}个字段，实为{found}个", en="{found} fields instead of {wanted}")
OVERLONG = Text(
    zh=f"一行超过{LINE_BYTES_MAX}字节", en=f"a line of more than {LINE_BYTES_MAX} bytes"
)
NO_UTF8 = Text(zh="第{byte}字节起不是UTF-8", en="no UTF-8 from byte {byte} on")
GB18030 = Text(
    zh="第{byte}字节起不是UTF-8，疑为GBK/GB18030编码；文件未读取",
    en="no UTF-8 from byte {byte} on, it looks like GBK or GB18030; the file was not read",
)


class NotUtf8(Exception):
    """The file is in another encoding; ``note`` says from which byte on, ``row`` counts within the block."""

    def __init__(self, note: Text) -> None:
        super().__init__(note.en)
        self.note = note


def layout_of(layouts: tuple[Layout, ...], block: Block) -> Layout:
    """The layout most lines of the first block have; today's where none fits."""
    fields = Lines.of(*block.parts).fields
    fitting = [int((fields == len(layout.columns)).sum()) for layout in layouts]
    return layouts[fitting.index(max(fitting))]


class LineRows:
    """The sound lines of a block as rows of text; a column is copied out only when it is asked for."""

    def __init__(self, lines: Lines, sound: Mask, columns: tuple[str, ...]) -> None:
        self._lines, self._sound = lines, sound
        self._places = {name: place for place, name in enumerate(columns)}
        self._spans: dict[str, Span] = {}
        self._texts: dict[str, Texts] = {}
        self.numbers: pa.Int64Array = pa.array(np.flatnonzero(sound) + 1)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def texts(self, name: str) -> Texts:
        """The values of a column."""
        if name not in self._texts:
            self._texts[name] = Texts(self._lines.texts(self._span(name)))
        return self._texts[name]

    def keys(self, name: str) -> NDArray[np.uint64] | None:
        """The values as numbers, read where they lie."""
        return self._lines.keys(self._span(name))

    def few(self, name: str) -> Few | None:
        """The values as a few different ones, if a sample says that there are no more."""
        span = self._span(name)
        count = len(span.lengths)
        words = self._lines.words(span.at(sample(count)))
        if words is not None and not repeats(len(np.unique(mixed(words))), count):
            return None
        words = self._lines.words(span)
        found = None if words is None else few_keys(words)
        return few_words(self.texts(name)) if found is None else found

    def typed(self, name: str, format: Format) -> pa.Array | None:
        """Days and amounts, if each is as the standard writes it or empty."""
        if format.shape == "date":
            return days(self._lines, self._span(name))
        return amounts(self._lines, self._span(name), format) if format.shape == "D" else None

    def blank(self, name: str) -> bool:
        """Whether the column is empty in every row."""
        return self._span(name).blank

    def _span(self, name: str) -> Span:
        if name not in self._spans:
            self._spans[name] = self._lines.column(self._places[name], self._sound)
        return self._spans[name]


@dataclass(frozen=True, slots=True)
class LineReader:
    """Reads blocks of a file with one layout. Safe for several threads: it keeps nothing."""

    rows: RowReader
    layout: Layout

    def read(self, block: Block) -> tuple[Part, int]:
        """The rows and findings of a block, and how many of its lines end in CR LF."""
        if block.overlong:
            return self._overlong(block), 0
        lines = Lines.of(*block.parts)
        foreign = self._foreign(block, lines)
        sound = lines.fields == len(self.layout.columns)
        counted = self._counted(lines, ~sound & ~_mask(foreign, lines.count))
        sound &= ~_mask(foreign, lines.count)
        part = self.rows.read(LineRows(lines, sound, self.layout.columns))
        findings = (*self._strange(lines, foreign), *counted, *part.findings)
        return Part(part.typed, findings, lines.count), lines.with_cr

    def _overlong(self, block: Block) -> Part:
        text = block.raw[: 4 * VALUE_SHOWN].decode("utf-8", "backslashreplace")
        rule = FORMAT_RULES["FMT-02"]
        found = in_columns(
            rule, self.rows.origin, pa.array([1]), values=pa.array([shown(text)]), note=OVERLONG
        )
        return Part(self.rows.schema.empty_table(), (found,), 1)

    def _counted(self, lines: Lines, wrong: Mask) -> Iterator[pa.Table]:
        """Lines with another number of fields, by that number."""
        wanted = len(self.layout.columns)
        for found in np.unique(lines.fields[wrong]):
            rows = np.flatnonzero(wrong & (lines.fields == found))
            values = [shown(lines.line(row).decode()) for row in rows.tolist()]
            yield in_columns(
                FORMAT_RULES["FMT-02"],
                self.rows.origin,
                pa.array(rows + 1),
                values=pa.array(values),
                note=FIELDS.format(wanted=wanted, found=found),
            )

    def _strange(self, lines: Lines, foreign: dict[int, int]) -> Iterator[pa.Table]:
        for row, byte in foreign.items():
            text = shown(lines.line(row).decode("utf-8", "backslashreplace"))
            yield in_columns(
                FORMAT_RULES["FMT-01"],
                self.rows.origin,
                pa.array([row + 1]),
                values=pa.array([text]),
                note=NO_UTF8.format(byte=byte),
            )

    def _foreign(self, block: Block, read: Lines) -> dict[int, int]:
        """Lines that are no UTF-8, with the first such byte in the file (from 1)."""
        if read.padded.isascii() or _is_utf8(read.padded):
            return {}
        found: dict[int, int] = {}
        at, valid, lines = block.first_byte, 0, block.raw.split(b"\n")
        for row, line in enumerate(lines):
            try:
                line.decode()
                valid += not line.isascii()
            except UnicodeDecodeError as error:
                found[row] = at + error.start + 1
            at += len(line) + 1
        if not valid and _is_gb18030(b"\n".join(lines[row] for row in found)):
            raise NotUtf8(GB18030.format(byte=next(iter(found.values()))))
        return found


def _is_utf8(raw: bytes) -> bool:
    # Arrow's validation is six times faster than decoding to a text that nobody needs.
    offsets = pa.py_buffer(np.array([0, len(raw)], np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(raw)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _is_gb18030(raw: bytes) -> bool:
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True


def _mask(rows: dict[int, int], count: int) -> Mask:
    mask = np.zeros(count, np.bool_)
    mask[list(rows)] = True
    return mask
