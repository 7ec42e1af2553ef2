"""Mapping files: how the columns of a bank's own file become those of a table.

    table: CLDWDK
    encoding: gb18030          # left out: found by the reader
    sheet: 明细                 # of a workbook; left out: the first sheet with the header
    columns:
      loan_note_no: {from: [借据号, 借据编号]}
      fin_inst_code: {constant: "91410100MA0000000X"}
      grant_date: {from: 放款日, date: "%m/%d/%y"}
      balance: {from: 余额, factor: "10000"}
      rate_type: {from: 利率类型, values: {固定: RF01, 浮动: RF02}}

Columns that are not named are found by their own words. Currency signs and thousands separators need no mention.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from dripline.errors import CannotRead
from dripline.intake.sheet_values import Manner, patterned
from dripline.tables import TABLES, Column, Table

LARGEST = 1 << 20
KEYS = frozenset({"table", "encoding", "sheet", "columns"})
COLUMN_KEYS = frozenset({"from", "constant", "date", "values", "factor"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a column comes from: one of the headers, or a constant; and the manner it is written in."""

    headers: tuple[str, ...] = ()
    constant: str | None = None
    manner: Manner | None = None


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a mapping file says."""

    table: type[Table]
    columns: Mapping[str, Source]
    encoding: str | None = None
    sheet: str | None = None

    @property
    def headers(self) -> dict[str, tuple[str, ...]]:
        """The headers that stand for each column."""
        return {name: source.headers for name, source in self.columns.items() if source.headers}


def read_mapping(path: Path) -> ColumnMap:
    """The mapping file; CannotRead lists every fault at once."""
    try:
        if path.stat().st_size > LARGEST:
            raise CannotRead(f"{path.name}: a mapping file has at most {LARGEST} bytes.")
        # BaseLoader keeps each scalar as text, so 0012 stays 0012 and 1.10 stays 1.10.
        raw = yaml.load(path.read_text("utf-8-sig"), yaml.BaseLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise CannotRead(
            f"{path.name}: no readable YAML in UTF-8 ({type(error).__name__})."
        ) from error
    faults: list[str] = []
    found = column_map(raw, faults)
    if found is None or faults:
        raise CannotRead("\n".join(f"{path.name}: {fault}" for fault in faults))
    return found


def column_map(raw: object, faults: list[str]) -> ColumnMap | None:
    """The mapping a parsed file stands for; what is wrong goes into ``faults``."""
    if not isinstance(raw, dict) or not isinstance(raw.get("columns"), dict):
        faults.append("it needs the keys table and columns.")
        return None
    if raw.get("table") not in TABLES:
        faults.append(f"no table is called {raw.get('table')!r}; see `dripline list tables`.")
        return None
    faults.extend(
        f"{key!r} is no key; known are {', '.join(sorted(KEYS))}." for key in raw.keys() - KEYS
    )
    table = TABLES[raw["table"]]
    encoding = raw.get("encoding")
    if encoding is not None and not is_encoding(encoding):
        faults.append(f"{encoding!r} is no encoding; use utf-8 or gb18030.")
    columns = {
        name: source_of(name, table.columns.get(name), part, faults)
        for name, part in raw["columns"].items()
    }
    return ColumnMap(table, columns, encoding, raw.get("sheet"))


def is_encoding(name: object) -> bool:
    """Whether Python knows a text encoding of this name."""
    try:
        return isinstance(name, str) and bool(codecs.lookup(name))
    except LookupError:
        return False


def source_of(name: str, column: Column | None, raw: object, faults: list[str]) -> Source:
    """One column of the mapping; ``balance: 余额`` is short for ``balance: {from: 余额}``."""
    if column is None:
        faults.append(f"columns: the table has no column {name!r}.")
        return Source()
    part = raw if isinstance(raw, dict) else {"from": raw}
    faults.extend(
        f"{name}: {key!r} is no key; known are {', '.join(sorted(COLUMN_KEYS))}."
        for key in part.keys() - COLUMN_KEYS
    )
    headers = part.get("from", [])
    headers = [headers] if isinstance(headers, str) else headers
    if not isinstance(headers, list) or not all(isinstance(one, str) for one in headers):
        faults.append(f"{name}: from is a header or a list of headers.")
        headers = []
    if bool(headers) == ("constant" in part):
        faults.append(f"{name}: give either from or constant.")
    constant = part.get("constant")
    return Source(
        tuple(headers),
        None if constant is None else str(constant),
        manner_of(name, column, part, faults),
    )


def manner_of(
    name: str, column: Column, part: dict[str, object], faults: list[str]
) -> Manner | None:
    """How the column is written, None where the file says nothing of it."""
    pattern, values, factor = part.get("date"), part.get("values"), part.get("factor")
    if pattern is not None and (column.kind.name != "date" or not is_pattern(str(pattern))):
        faults.append(
            f"{name}: date {pattern!r} is no pattern of a day such as %m/%d/%y, or no day is meant."
        )
    if values is not None and not isinstance(values, dict):
        faults.append(f"{name}: values pairs what stands in the file with what is meant.")
        values = None
    if pattern is values is factor is None:
        return None
    return Manner(
        factor=factor_of(name, column, factor, faults),
        day_pattern=None if pattern is None else str(pattern),
        values=None if values is None else {str(old): str(new) for old, new in values.items()},
    )


def is_pattern(pattern: str) -> bool:
    """Whether days can be written and read back by the pattern."""
    day = date(2024, 6, 30)
    try:
        return patterned(day.strftime(pattern), pattern) == day
    except ValueError:
        return False


def factor_of(name: str, column: Column, raw: object, faults: list[str]) -> Decimal | None:
    """By what amounts are multiplied: an exact positive number; None leaves it to the sheet."""
    if raw is None:
        return None
    try:
        factor = Decimal(str(raw))
    except InvalidOperation:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 0 or column.kind.name != "decimal":
        faults.append(f"{name}: factor {raw!r} is no positive number, or no amount is meant.")
        return None
    return factor
