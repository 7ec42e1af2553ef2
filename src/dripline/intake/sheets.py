"""Received sheets: XLSX, XLS, CSV or Parquet with headers, read as rows of text as a ``.dat`` would hold them.

Formulas are never computed. What is wrong with the paper is a finding (``sheet_rules``); what is wrong with a value
is found by the same format rules as in a ``.dat`` (``staging``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

import pyarrow as pa

from dripline.codes import code_list
from dripline.definitions import Rule
from dripline.intake import sheet_rules as rules
from dripline.intake.findings import Finding, Origin, finding
from dripline.intake.mapping import ColumnMap, Source
from dripline.intake.sheet_layout import (
    HEADER_WITHIN,
    MONEY_UNITS,
    Head,
    find_head,
    is_numbering,
    is_signature,
    is_total,
    known_labels,
    money_unit,
)
from dripline.intake.sheet_pages import Page, Row, open_pages
from dripline.intake.sheet_parts import Bounds, NotASheet, OverBound
from dripline.intake.sheet_values import (
    PLAIN,
    Cell,
    Lost,
    Manner,
    Memory,
    is_money,
    reader,
    squeezed,
)
from dripline.intake.texts import TextRows
from dripline.law import Law
from dripline.tables import Column, Table
from dripline.words import Text

ROWS_AT_ONCE = 20_000
OWN_SHEETS = frozenset({"填报说明", "代码"})
"""Sheets our templates bring along; they hold no data."""
AFTER_SIGNATURES = 2
"""Rows below a signature are notes unless they fill at least so many columns."""

LOST = {
    Lost.DIGITS: rules.DIGITS_LOST,
    Lost.ZEROS: rules.ZEROS_LOST,
    Lost.BYTES: rules.UNDECODABLE,
}

Report = Callable[[Finding], None]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A file to be read as rows of a table, for one data date."""

    path: Path
    table: type[Table]
    origin: Origin
    day: date
    mapping: ColumnMap | None = None
    read_on: date | None = None
    """The day whose bounds hold, None: the data date. A file about 2016 is bounded as files are today."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the table on the page: where it stands (None: a constant) and how its cells are read."""

    column: Column
    index: int | None
    memory: Memory
    constant: str = ""


@dataclass
class Reading:
    """One pass over one file: what it reports, and the cells whose fault is already told."""

    file: SheetFile
    report: Report
    law: Law
    told: set[tuple[int, int]] = field(default_factory=set)
    """Row and column number of cells that hold less than what was written into them."""
    first_formula: dict[int, int] = field(default_factory=dict)

    def say(
        self,
        rule: Rule,
        *,
        row: int | None = None,
        column: Column | None = None,
        value: Cell = None,
        note: Text | None = None,
    ) -> None:
        """Reports one finding."""
        self.report(
            finding(
                rule,
                self.file.origin,
                row=row,
                number=column.number if column else None,
                label=column.label if column else None,
                value=None if value is None else str(value),
                note=note,
            )
        )

    def rows(self) -> Iterator[TextRows]:
        """The rows as text; nothing if the file or its header cannot be read."""
        bounds = Bounds.of(self.law.on(self.file.read_on or self.file.day))
        encoding = self.file.mapping.encoding if self.file.mapping else None
        try:
            pages = open_pages(self.file.path, bounds, encoding=encoding)
            chosen = self.choose(pages)
            if chosen is None:
                self.say(rules.NO_HEADER, note=self.file.table.label)
                return
            yield from self.batches(*chosen)
        except OverBound as error:
            self.say(rules.TOO_LARGE, note=error.why)
        except NotASheet as error:
            self.say(rules.UNREADABLE, note=error.why)

    # --- the page ---

    def choose(self, pages: list[Page]) -> tuple[Page, Head] | None:
        """The page with the table: the one the mapping names, else the visible one that names the most columns."""
        wanted = self.file.mapping.sheet if self.file.mapping else None
        labels = known_labels(
            self.file.table, self.file.mapping.headers if self.file.mapping else None
        )
        best: tuple[Page, Head] | None = None
        for page in pages:
            if page.name != wanted if wanted else page.hidden:
                continue
            head = find_head(list(islice(page.rows(), HEADER_WITHIN)), page.merged, labels)
            if head and (best is None or head.found > best[1].found):
                best = page, head
        if pages[0].encoding is None:
            self.others(pages, best[0] if best else None)
        return best

    def others(self, pages: list[Page], chosen: Page | None) -> None:
        """Sheets that are not read are said, ours and empty ones apart."""
        for page in pages:
            if (
                page is chosen
                or page.name in OWN_SHEETS
                or not any(has_cells(r) for _, r in page.rows())
            ):
                continue
            rule = rules.SHEET_HIDDEN if page.hidden else rules.SHEET_UNREAD
            self.say(rule, value=page.name)

    # --- the header ---

    def slots(self, page: Page, head: Head) -> list[Slot] | None:
        """How each column is read; None if the header or the unit is not what the table needs."""
        unit = money_unit(head.units)
        if unit is None:
            self.say(rules.UNIT_UNKNOWN, value="、".join(head.units))
            return None
        sources = self.file.mapping.columns if self.file.mapping else {}
        places: dict[str, tuple[int, str]] = {}
        sound = True
        for place in head.places:
            if place.name is None or sources.get(place.name, Source()).constant is not None:
                self.say(rules.COLUMN_UNKNOWN, value=place.words)
            elif place.name in places:
                self.say(
                    rules.COLUMN_TWICE,
                    column=self.file.table.columns[place.name],
                    value=place.words,
                )
                sound = False
            else:
                own = place.unit if place.unit in MONEY_UNITS else None
                places[place.name] = place.index, own or unit
        slots = []
        for name, column in self.file.table.columns.items():
            slot = self.slot(column, sources.get(name, Source()), places.get(name), page)
            if slot is None and column.required == "M":
                self.say(rules.COLUMN_MISSING, column=column)
                sound = False
            elif slot is not None:
                slots.append(slot)
        return slots if sound else None

    def slot(
        self, column: Column, source: Source, place: tuple[int, str] | None, page: Page
    ) -> Slot | None:
        """One column: a constant, or a place on the page with its unit."""
        if source.constant is not None:
            return Slot(column, None, Memory(reader(column)), source.constant)
        if place is None:
            return None
        index, unit = place
        given = source.manner or PLAIN
        factor = given.factor
        if factor is None and is_money(column):
            factor = MONEY_UNITS[unit]
            if factor != 1:
                words = Text(zh=f"{unit}，乘以{factor:,}", en=f"{unit}: times {factor:,}")
                self.say(rules.UNIT_CONVERTED, column=column, note=words)
        manner = Manner(factor, given.day_pattern, given.values, page.since_1904)
        return Slot(column, index - 1, Memory(reader(column, manner, words_of(column))))

    # --- the rows ---

    def batches(self, page: Page, head: Head) -> Iterator[TextRows]:
        """The data rows as text, some thousands at a time."""
        slots = self.slots(page, head)
        if slots is None:
            return
        self.merged(page, head)
        data = self.data_rows(page, head, slots)
        formulas: Counter[int] = Counter()
        while batch := list(islice(data, ROWS_AT_ONCE)):
            numbers = [number for number, _ in batch]
            columns = {
                slot.column.name: pa.array(self.texts(batch, slot, page, formulas), pa.string())
                for slot in slots
            }
            yield TextRows(pa.array(numbers, pa.int64()), columns)
        self.formulas(slots, formulas)

    def merged(self, page: Page, head: Head) -> None:
        """Areas merged over several data rows are said; their value counts in each row."""
        for (top, left), (bottom, _) in sorted(page.merged):
            if top > head.last and bottom > top:
                place = next((p for p in head.places if p.index == left + 1), None)
                if place and place.name:
                    column = self.file.table.columns[place.name]
                    self.say(rules.MERGED_DATA, row=top + 1, column=column)

    def data_rows(self, page: Page, head: Head, slots: list[Slot]) -> Iterator[Row]:
        """The rows below the header, all of one width; totals, signatures and empty rows left out."""
        width = max((place.index for place in head.places), default=0)
        signed = False
        below = islice(page.rows(), head.last + 1, None)
        first = next(below, None)
        rest = chain([] if first is None or is_numbering(first[1]) else [first], below)
        for number, cells in rest:
            if not has_cells(cells):
                continue
            if rule := self.no_data(cells, slots, signed):
                signed = signed or rule is rules.SIGNATURE_ROW
                self.say(rule, row=number, value=next(c for c in cells if c is not None))
                continue
            if page.encoding and len(cells) > width and has_cells(cells[width:]):
                words = Text(
                    zh=f"本行{len(cells)}列，表头{width}列",
                    en=f"{len(cells)} cells, header {width}",
                )
                self.say(rules.TOO_MANY_CELLS, row=number, note=words)
                continue
            yield number, cells + [None] * (width - len(cells))

    def no_data(self, cells: list[Cell], slots: list[Slot], signed: bool) -> Rule | None:
        """Why a row holds no data: totals, signatures, or notes below them."""
        if is_total(cells) and not names_a_row(cells, slots):
            return rules.TOTAL_ROW
        if is_signature(cells):
            return rules.SIGNATURE_ROW
        if not signed:
            return None
        places = [s.index for s in slots if s.index is not None]
        filled = sum(index < len(cells) and cells[index] is not None for index in places)
        return rules.SIGNATURE_ROW if filled < AFTER_SIGNATURES else None

    def texts(self, rows: list[Row], slot: Slot, page: Page, formulas: Counter[int]) -> list[str]:
        """One column of some rows as text; empty where a cell is empty or lost what was in it."""
        if slot.index is None:
            return [slot.constant] * len(rows)
        cells = [cells[slot.index] for _, cells in rows]
        read = slot.memory.each(cells)
        texts = [one if one.__class__ is str else "" for one in read]
        lost = {i: LOST[one] for i, one in enumerate(read) if isinstance(one, Lost)}
        if page.cells.formulas or page.cells.errors:
            for i, (number, _) in enumerate(rows):
                place = (number - 1, slot.index)
                if place in page.cells.formulas:
                    self.first_formula.setdefault(slot.column.number, number)
                    formulas[slot.column.number] += 1
                if place in page.cells.errors:
                    lost[i] = rules.CELL_ERROR
        for i, rule in sorted(lost.items()):
            texts[i] = ""
            self.say(rule, row=rows[i][0], column=slot.column, value=cells[i])
            self.told.add((rows[i][0], slot.column.number))
        return texts

    def formulas(self, slots: list[Slot], counts: Mapping[int, int]) -> None:
        """Columns with formulas are said once each, with the first row and how many there are."""
        for slot in slots:
            if count := counts.get(slot.column.number):
                words = Text(zh=f"本列共{count}处", en=f"{count} in this column")
                row = self.first_formula[slot.column.number]
                self.say(rules.FORMULA, row=row, column=slot.column, note=words)


def has_cells(cells: list[Cell]) -> bool:
    """Whether a row holds anything."""
    return any(
        cell is not None and (not isinstance(cell, str) or bool(squeezed(cell))) for cell in cells
    )


def words_of(column: Column) -> dict[str, str] | None:
    """Codes of a column's list by their Chinese and English words; only words that mean one code."""
    if column.codes is None:
        return None
    found: dict[str, set[str]] = {}
    codes = code_list(column.codes).codes
    for code in codes.values():
        for words in (code.label.zh, code.label.en):
            if code.leaf and words not in codes:
                found.setdefault(words, set()).add(code.code)
    return {words: next(iter(meant)) for words, meant in found.items() if len(meant) == 1}


def read_sheet(file: SheetFile, report: Report, law: Law) -> Iterator[TextRows]:
    """The rows of a received sheet as text columns; findings about the paper go to ``report``."""
    return Reading(file, report, law).rows()


def names_a_row(cells: list[Cell], slots: list[Slot]) -> bool:
    """Whether a row fills every mandatory column that is no number: a row of totals leaves them empty.

    HISTORY names its own totals (``total``); they are data.
    """
    needed = [s for s in slots if s.column.required == "M" and not s.column.kind.is_number]
    places = [s.index for s in needed if s.index is not None]
    return len(places) > 1 and all(i < len(cells) and cells[i] is not None for i in places)
