"""Rows under heads as a file: CSV, lines of JSON, Parquet, and a sheet that prints as an official table does.

Numbers stay numbers and exact ones exact; no text becomes a formula.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, TextIO

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.publish.workbook import Field, Sheet, Value, write_workbook
from dripline.words import Language

Row = Sequence[Value]
NOTHING: Final = "—"
"""There is nothing to divide by, or no such key; 0 would be another answer."""
DIGITS_OF_A_SHEET: Final = 15
"""A spreadsheet keeps so many digits of a number; a longer one is written as text, not rounded."""
NARROWEST, WIDEST, NAME_LENGTH = 8, 60, 31
FORBIDDEN_IN_NAMES: Final = str.maketrans("[]:*?/\\", "       ")


@dataclass(frozen=True, slots=True)
class Shown:
    """A table as people read it. ``under``: period, coverage and standing; ``formal``: it bears the marks of a form."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Row]
    notes: Sequence[str] = ()
    under: str = ""
    formal: bool = False
    about: Mapping[str, str] = field(default_factory=dict)
    """What a machine should know of it, such as period and version of the facts; Parquet keeps it."""


def write_csv(file: TextIO, shown: Shown) -> None:
    """Heads and rows; a number that is not there is an empty field."""
    writer = csv.writer(file)
    writer.writerow(shown.heads)
    for row in shown.rows:
        writer.writerow(["" if value is None else _inert(value) for value in row])


def _inert(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(("=", "+", "@", "-", "\t")):
        return f"'{value}"
    return value


def write_json(file: TextIO, shown: Shown) -> None:
    """An object a line; an exact number is written as text, which no reader rounds."""
    for row in shown.rows:
        plain = [str(value) if isinstance(value, Decimal) else value for value in row]
        file.write(
            json.dumps(dict(zip(shown.heads, plain, strict=True)), ensure_ascii=False) + "\n"
        )


def write_parquet(path: Path, shown: Shown) -> None:
    """Columns of whole numbers, exact decimals or text; title, notes and what is known of the table as metadata."""
    rows = list(shown.rows)
    columns = [column([row[place] for row in rows]) for place in range(len(shown.heads))]
    about = {"title": shown.title, "under": shown.under, "notes": "\n".join(shown.notes)}
    table = pa.Table.from_arrays(columns, names=distinct(shown.heads))
    pq.write_table(table.replace_schema_metadata(about | dict(shown.about)), path)


def column(values: Sequence[Value]) -> pa.Array:
    """A column by what it holds; words and numbers mixed are text."""
    held = [value for value in values if value is not None]
    if any(isinstance(value, str) for value in held) or not held:
        return pa.array([None if value is None else str(value) for value in values], pa.string())
    if any(isinstance(value, Decimal) for value in held):
        scale = max(decimals_of(value) for value in held)
        exact = [None if value is None else Decimal(value) for value in values]
        return pa.array(exact, pa.decimal128(38, scale))
    return pa.array(values, pa.int64())


def distinct(heads: Sequence[str]) -> list[str]:
    """Heads as names of columns: a second one of a name is numbered, one without is called by its place."""
    names: list[str] = []
    for place, head in enumerate(heads, 1):
        name = head or str(place)
        names.append(name if name not in names else f"{name} {place}")
    return names


def decimals_of(value: Value) -> int:
    """Places after the point; of words and nothing there are none."""
    if not isinstance(value, Decimal):
        return 0
    return max(0, -int(value.as_tuple().exponent))


def write_xlsx(path: Path, shown: Shown, *, made: datetime, language: Language) -> None:
    """One sheet, as an official table looks, that prints on A4."""
    sheet = sheet_of(shown)
    write_workbook(path, [sheet], made=made, mark=shown.title, language=language)


def sheet_of(shown: Shown) -> Sheet:
    """The table as a sheet: a column is of numbers if it holds nothing else."""
    rows = list(shown.rows)
    held = [[row[place] for row in rows] for place in range(len(shown.heads))]
    fields = [_field(head, values) for head, values in zip(shown.heads, held, strict=True)]
    return Sheet(
        name=shown.title[:NAME_LENGTH].translate(FORBIDDEN_IN_NAMES),
        title=shown.title,
        under=shown.under,
        fields=fields,
        rows=[[_cell(value, of) for value, of in zip(row, fields, strict=True)] for row in rows],
        notes=shown.notes,
        formal=shown.formal,
    )


def _field(head: str, values: Sequence[Value]) -> Field:
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    only = bool(numbers) and not any(isinstance(value, str) for value in values)
    # A head may take two lines, but not break within a short word.
    longest = max([min(_room(head), max(18, _room(head) / 2)), *(_room(_text(v)) for v in values)])
    return Field(
        head,
        min(WIDEST, max(NARROWEST, longest + 2)),
        max(map(decimals_of, numbers)) if only else None,
        wrapped=not only and longest + 2 > WIDEST,
    )


def _cell(value: Value, of: Field) -> Value:
    """A number the sheet would round stands as text; so does one among words, and what is not there."""
    if value is None:
        return NOTHING
    if isinstance(value, str):
        return value
    digits = len(Decimal(value).as_tuple().digits)
    return _text(value) if of.decimals is None or digits > DIGITS_OF_A_SHEET else value


def _text(value: Value) -> str:
    if value is None:
        return NOTHING
    return value if isinstance(value, str) else f"{value:,}"


def _room(text: str) -> int:
    """How wide words are, counted in Latin signs; a Chinese one is two wide."""
    return sum(2 if ord(sign) > 0x2E80 else 1 for sign in text)
