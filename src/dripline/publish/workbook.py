"""Sheets as they are handed out: a title, marks, heads with units, numbers as numbers, notes and a foot; each prints on A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import xlsxwriter

from dripline.words import Language, Text

Value = str | int | Decimal | None
A4: Final = 9
SAFE: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""No text of the data becomes a formula or a link."""
TEST_FORM: Final = Text(zh="内部测试表", en="Form for internal tests")
"""What stands where an approved form bears its number (FN 16)."""
FOOT: Final = Text(
    zh="单位负责人：　　　　　统计负责人：　　　　　填表人：　　　　　联系电话：　　　　　报出日期：",
    en="Head:               Statistics:               Filled in by:               Telephone:               Date:",
)
NO_ROWS: Final = Text(zh="（本期没有）", en="(none this month)")
PAGES: Final = Text(zh="&C&9第 &P 页　共 &N 页", en="&C&9page &P of &N")
LINE_POINTS: Final = 14
"""The height of a line of our size."""
FONT: Final = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its head (with a unit below it), how wide, and decimals if its cells are numbers."""

    head: str
    width: float
    decimals: int | None = None
    wrapped: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``formal``: it bears the mark of a form and ends with the lines for signatures."""

    name: str
    title: str
    under: str
    fields: Sequence[Field]
    rows: Iterable[Sequence[Value]]
    notes: Sequence[str] = ()
    formal: bool = True
    landscape: bool = True


def write_workbook(
    path: Path, sheets: Iterable[Sheet], *, made: datetime, mark: str, language: Language
) -> None:
    """Writes the sheets; ``mark`` stands in the head of every printed page. Equal sheets are equal bytes."""
    with xlsxwriter.Workbook(path, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"author": "Dripline", "created": made.replace(tzinfo=None)})
        formats = Formats(book)
        for sheet in sheets:
            Writer(book.add_worksheet(sheet.name), sheet, formats, language).write(mark)


def lines_taken(field: Field, value: Value) -> int:
    """How many lines a cell needs: one unless its column wraps."""
    return lines_of(value, field.width - 2) if field.wrapped and isinstance(value, str) else 1


def lines_of(text: str, room: float) -> int:
    """How many lines words take in a width counted in Latin signs; a Chinese sign is two wide."""
    widths = (sum(2 if ord(sign) > 0x2E80 else 1 for sign in part) for part in text.split("\n"))
    return sum(max(1, -int(-width // room)) for width in widths)


class Formats:
    """The looks of cells, each made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._held: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **look: object) -> Any:
        """The look with our font."""
        whole = {**FONT, **look}
        key = tuple(sorted(whole.items()))
        if key not in self._held:
            self._held[key] = self.book.add_format(whole)
        return self._held[key]

    def cell(self, field: Field, value: Value) -> Any:
        """A cell of a column: a number with its decimals (a whole one with none), or words as text."""
        if field.decimals is None:
            look = {"num_format": "@", "bottom": 7, "align": "left", "indent": 1}
            return self.of(**look, text_wrap=field.wrapped)
        whole = isinstance(value, int) or (
            isinstance(value, Decimal) and value.as_tuple().exponent == 0
        )
        places = "" if whole or not field.decimals else "." + "0" * field.decimals
        return self.of(num_format=f"#,##0{places}", bottom=7, align="right")


class Writer:
    """Fills one sheet from top to bottom."""

    HEAD = 2

    def __init__(self, target: Any, sheet: Sheet, formats: Formats, language: Language) -> None:
        self.target, self.sheet, self.formats, self.language = target, sheet, formats, language
        self.last = len(sheet.fields) - 1

    def write(self, mark: str) -> None:
        """The whole sheet."""
        self._above()
        end = self._body()
        self._below(end)
        self._print(mark)

    def _above(self) -> None:
        sheet, target = self.sheet, self.target
        title = self.formats.of(font_name="黑体", font_size=15, align="center_across")
        target.write_string(0, 0, sheet.title, title)
        for place in range(1, self.last + 1):
            target.write_blank(0, place, None, title)
        target.set_row(0, 26)
        target.write_string(1, 0, sheet.under, self.formats.of())
        if sheet.formal and self.last:
            words = TEST_FORM.in_(self.language)
            target.write_string(1, self.last, words, self.formats.of(align="right"))
        head = self.formats.of(bold=True, align="center", text_wrap=True, top=2, bottom=1)
        for place, field in enumerate(sheet.fields):
            target.write_string(self.HEAD, place, field.head, head)
            target.set_column(place, place, field.width)
        tallest = max(lines_of(field.head, field.width) for field in sheet.fields)
        target.set_row(self.HEAD, LINE_POINTS * tallest + 4)

    def _body(self) -> int:
        number = self.HEAD
        for number, row in enumerate(self.sheet.rows, self.HEAD + 1):
            for place, (field, value) in enumerate(zip(self.sheet.fields, row, strict=True)):
                self._cell(number, place, field, value)
            tallest = max(map(lines_taken, self.sheet.fields, row))
            if tallest > 1:
                self.target.set_row(number, LINE_POINTS * tallest)
        return number

    def _cell(self, number: int, place: int, field: Field, value: Value) -> None:
        look = self.formats.cell(field, value)
        if value is None:
            self.target.write_blank(number, place, None, look)
        elif isinstance(value, str):
            self.target.write_string(number, place, value, look)
        else:
            self.target.write_number(number, place, value, look)

    def _below(self, end: int) -> None:
        look = self.formats.of(font_size=9)
        wrapped = self.formats.of(font_size=9, text_wrap=True, valign="top")
        room = sum(field.width for field in self.sheet.fields)
        empty = [] if end > self.HEAD else [NO_ROWS.in_(self.language)]
        for number, note in enumerate([*empty, *self.sheet.notes], end + 1):
            if self.last:
                self.target.merge_range(number, 0, number, self.last, note, wrapped)
            else:
                self.target.write_string(number, 0, note, wrapped)
            self.target.set_row(number, LINE_POINTS * lines_of(note, room))
        if self.sheet.formal:
            place = end + len(self.sheet.notes) + 2
            self.target.write_string(place, 0, FOOT.in_(self.language), look)

    def _print(self, mark: str) -> None:
        target = self.target
        target.set_paper(A4)
        if self.sheet.landscape:
            target.set_landscape()
        else:
            target.set_portrait()
        target.fit_to_pages(1, 0)
        target.repeat_rows(self.HEAD)
        target.freeze_panes(self.HEAD + 1, 1)
        target.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.7)
        target.set_header(f"&R&9 {mark.replace('&', '&&')}")
        target.set_footer(PAGES.in_(self.language))
        target.center_horizontally()
        target.hide_gridlines(2)
