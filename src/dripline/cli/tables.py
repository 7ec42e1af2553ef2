"""Rows as a table on the screen, CSV, JSON or XLSX; numbers stay numbers, and no text becomes a formula."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import typer
import xlsxwriter
from rich.console import Console
from rich.table import Table

from dripline.errors import CannotRead

Value = str | int | Decimal | None
NOTHING = "—"
"""There is nothing to divide by, or no such key; 0 would be another answer."""
RIGHT = -1
"""Among the formats of numbers, which stand by their decimals, that of a number there is none of."""
FORMATS = ("table", "csv", "json", "xlsx")


def show(
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    format: str,
    out: Path | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Writes rows in the format asked for, to the file or the screen."""
    match format:
        case "table":
            _screen(title, heads, rows, notes)
        case "csv":
            _csv(heads, rows, out)
        case "json":
            _json(heads, rows, out)
        case "xlsx":
            if out is None:
                raise CannotRead("An XLSX is written to a file: name it with --out.")
            write_xlsx(out, title, heads, rows, notes)
            typer.echo(str(out), err=True)
        case _:
            raise CannotRead(f"{format!r} is no format; choose {', '.join(FORMATS)}.")


def _text(value: Value) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int | Decimal) else value


def _screen(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[Value]], notes: Sequence[str]
) -> None:
    held = list(rows)
    table = Table(title=title, caption="\n".join(notes) or None, title_justify="left")
    for place, head in enumerate(heads):
        numbers = any(isinstance(row[place], int | Decimal) for row in held)
        table.add_column(head, justify="right" if numbers else "left", overflow="fold")
    for row in held:
        table.add_row(*(_text(value) for value in row))
    screen = Console()
    if not screen.is_terminal:
        screen = Console(width=160)
    screen.print(table, highlight=False, markup=False)


def _inert(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(("=", "+", "@", "-", "\t")):
        return f"'{value}"
    return value


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Value]], out: Path | None) -> None:
    file = sys.stdout if out is None else out.open("w", encoding="utf-8-sig", newline="")
    try:
        writer = csv.writer(file)
        writer.writerow(heads)
        for row in rows:
            writer.writerow(["" if value is None else _inert(value) for value in row])
    finally:
        if out is not None:
            file.close()


def _json(heads: Sequence[str], rows: Iterable[Sequence[Value]], out: Path | None) -> None:
    file = sys.stdout if out is None else out.open("w", encoding="utf-8")
    try:
        for row in rows:
            plain = [str(value) if isinstance(value, Decimal) else value for value in row]
            file.write(json.dumps(dict(zip(heads, plain, strict=True)), ensure_ascii=False) + "\n")
    finally:
        if out is not None:
            file.close()


def write_xlsx(
    path: Path,
    title: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[Value]],
    notes: Sequence[str] = (),
) -> None:
    """One sheet: title, heads, rows, notes; widths fit, numbers are numbers, A4 across one page."""
    options = {"constant_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet(title[:31].translate(str.maketrans("[]:*?/\\", "       ")))
        bold = book.add_format({"bold": True, "font_size": 14})
        head_format = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "align": "center"}
        )
        sheet.write_string(0, 0, title, bold)
        for place, head in enumerate(heads):
            sheet.write_string(2, place, head, head_format)
        widths = [min(40, 2 + 2 * len(head)) for head in heads]
        row_number = 2
        formats: dict[int, object] = {}
        for row_number, row in enumerate(rows, 3):
            for place, value in enumerate(row):
                widths[place] = max(widths[place], min(60, _width(_text(value))))
                _write(book, sheet, row_number, place, value, formats)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        for number, note in enumerate(notes):
            sheet.write_string(row_number + 2 + number, 0, note)
        sheet.freeze_panes(3, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(2)


def _width(text: str) -> int:
    return 2 + sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)


def _write(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    place: int,
    value: Value,
    formats: dict[int, object],
) -> None:
    if isinstance(value, int | Decimal):
        decimals = 0 if isinstance(value, int) else max(0, -int(value.as_tuple().exponent))
        if decimals not in formats:
            shape = "#,##0" + ("." + "0" * decimals if decimals else "")
            formats[decimals] = book.add_format({"num_format": shape})
        sheet.write_number(row, place, value, formats[decimals])
    elif value is not None:
        sheet.write_string(row, place, value)
    else:
        if RIGHT not in formats:
            formats[RIGHT] = book.add_format({"align": "right"})
        sheet.write_string(row, place, NOTHING, formats[RIGHT])
