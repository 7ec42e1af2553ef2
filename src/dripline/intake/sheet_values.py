"""What people write into cells, read as the standard writes it: days, exact amounts, codes with all their digits.

Each reader answers the text a ``.dat`` file would hold, None for an empty cell, or a ``Lost`` where the cell cannot be
what it stands for any more. What it does not understand it returns as it stands: the format rules then name it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum

from dripline.identifiers import valid_id
from dripline.tables import Column

Cell = str | int | float | bool | Decimal | date | datetime | time | timedelta | None


class Lost(Enum):
    """What a cell has lost for good: digits of a code that was taken for a number, or bytes of its text."""

    DIGITS = "digits"
    ZEROS = "zeros"
    BYTES = "bytes"


Read = str | Lost | None
Reader = Callable[[Cell], Read]

NUMBER_SHAPE = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d*)?|[+-]?\.\d+")
DAY_SHAPE = re.compile(
    r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?"
)
COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
SERIAL_DAY = re.compile(r"(\d{5})(?:\.0*)?")
SCIENTIFIC = re.compile(r"\d\.\d+[eE]\+?\d{1,3}|\d[eE]\+\d{2,3}")
ROUNDED_CODE = re.compile(r"\d{15}000")
"""A credit code of digits only that a spreadsheet cut to its 15 significant digits."""
NO_ENTRY = frozenset({"-", "--", "---", "—", "——", "–", "/", "\\"})
NO_END = frozenset({"长期", "长期有效", "永久", "永久有效", "无固定期限", "至今", "不限"})
CURRENCY_SIGNS = "¥$€£元"
SIGNIFICANT = 10**15
"""Spreadsheets keep 15 digits of a number; from here on the last ones are made up."""
FIRST_SERIAL, LAST_SERIAL = 20000, 80000
REMEMBERED = 100_000
"""Different texts of a column that are remembered as read; most columns have few."""
UNDECODED = "\ufffd"
DAY_ZERO, DAYS_TO_1904 = date(1899, 12, 30), 1462


def squeezed(text: str) -> str:
    """A cell's words without control characters, zero-width marks and outer blanks; inner breaks become a space."""
    if text.isascii() and text.isprintable():
        return text.strip()
    kept = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return re.sub("[\u200b-\u200f\u2060\ufeff]", "", "".join(kept)).strip()


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as half-width ones (NFKC)."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def number(cell: Cell, *, signs: str = CURRENCY_SIGNS) -> Decimal | str | None:
    """An exact number; the text itself where it is none. ``(1,234.50)`` is negative as accountants write it."""
    if cell is None:
        return None
    if isinstance(cell, bool | datetime | date | time | timedelta):
        return str(cell)
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    if isinstance(cell, float):
        # 15 digits are what the program keeps and shows; the rest is noise of the binary form.
        return Decimal(format(cell, ".15g"))
    text = half_width(squeezed(cell))
    if not text or text in NO_ENTRY:
        return None
    bare = text.strip(signs + " ").replace(" ", "")
    negative = bare.startswith("(") and bare.endswith(")")
    bare = bare[1:-1].strip(signs) if negative else bare
    if not NUMBER_SHAPE.fullmatch(bare):
        return text
    value = Decimal(bare.replace(",", ""))
    return -value if negative else value


def amount_text(cell: Cell, *, decimals: int, factor: Decimal = Decimal(1)) -> str | None:
    """``1,234.5`` in 万元 as ``12345000.00``; more digits than the column has stay, for the format rule to name."""
    value = number(cell)
    if value is None or isinstance(value, str):
        return value
    value *= factor
    rounded = round(value, decimals)
    return format(rounded if rounded == value else value.normalize(), "f")


def rate_text(cell: Cell, *, decimals: int) -> str | None:
    """A rate in percent; a percent sign is dropped (``3.45%`` is 3.45)."""
    if isinstance(cell, str):
        cell = half_width(cell).rstrip().removesuffix("%")
    return amount_text(cell, decimals=decimals)


def whole_text(cell: Cell) -> str | None:
    """A whole number without separators; anything else as it stands."""
    value = number(cell)
    if isinstance(value, Decimal):
        return str(int(value)) if value == value.to_integral_value() else format(value, "f")
    return value


def day_text(cell: Cell, *, pattern: str | None = None, since_1904: bool = False) -> str | None:
    """A day as YYYY-MM-DD from 2024.6.30, 2024/6/30, 20240630, 2024年6月30日 or a spreadsheet's serial number.

    ``pattern`` (as in ``%m/%d/%y``) is tried first; years of two digits are read by no other way.
    """
    if cell is None or isinstance(cell, bool | time | timedelta):
        return None if cell is None else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, int | float | Decimal):
        cell = format(Decimal(str(cell)).normalize(), "f")
    text = half_width(squeezed(cell))
    if not text or text in NO_ENTRY:
        return None
    day = patterned(text, pattern) or written_day(text) or serial_day(text, since_1904)
    return text if day is None else day.isoformat()


def patterned(text: str, pattern: str | None) -> date | None:
    """The day by the pattern of a mapping file."""
    if pattern is None:
        return None
    try:
        # No zone: a day is a day, the hour beside it is dropped.
        return datetime.strptime(text, pattern).date()  # noqa: DTZ007
    except ValueError:
        return None


def written_day(text: str) -> date | None:
    """The day by year, month and day in this order."""
    found = DAY_SHAPE.fullmatch(text) or COMPACT_DAY.fullmatch(text)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def serial_day(text: str, since_1904: bool) -> date | None:
    """The day by a spreadsheet's count of days, between 1954 and 2119."""
    found = SERIAL_DAY.fullmatch(text)
    if not found or not FIRST_SERIAL <= int(found[1]) <= LAST_SERIAL:
        return None
    return DAY_ZERO + timedelta(days=int(found[1]) + (DAYS_TO_1904 if since_1904 else 0))


def code_text(cell: Cell, *, length: int | None = None) -> Read:
    """A code with every digit; ``length`` is its fixed length, by which lost leading zeros are seen."""
    if cell is None or isinstance(cell, str):
        return None if cell is None else written_code(cell, length)
    if isinstance(cell, bool):
        return str(int(cell))
    if isinstance(cell, int | float | Decimal):
        value = Decimal(format(cell, ".15g")) if isinstance(cell, float) else Decimal(cell)
        if isinstance(cell, float) and abs(value) >= SIGNIFICANT:
            return Lost.DIGITS
        text = format(value.normalize(), "f")
        return Lost.ZEROS if length and len(text) < length and text.isdigit() else text
    return day_text(cell)


def written_code(cell: str, length: int | None) -> Read:
    """A code written as text, without the tricks by which programs are told that it is text."""
    if cell.isascii() and cell.isalnum() and not cell.endswith("000"):
        return cell
    text = half_width(squeezed(cell))
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    text = text.removeprefix("'").strip()
    if SCIENTIFIC.fullmatch(text) and len(text) != length:
        return Lost.DIGITS
    if ROUNDED_CODE.fullmatch(text) and not valid_id("uscc", text):
        return Lost.DIGITS
    return text or None


def words_text(cell: Cell) -> Read:
    """Free words as they stand, outer blanks apart."""
    if isinstance(cell, str):
        return squeezed(cell) or None
    return code_text(cell)


@dataclass(frozen=True, slots=True)
class Manner:
    """How one column of a file is written: unit, pattern of days, values to put for others.

    ``factor`` None: as the unit line of the sheet says.
    """

    factor: Decimal | None = None
    day_pattern: str | None = None
    values: Mapping[str, str] | None = None
    since_1904: bool = False


PLAIN = Manner()


def reader(
    column: Column, manner: Manner = PLAIN, labels: Mapping[str, str] | None = None
) -> Reader:
    """How the cells of a column are read; ``labels`` are the words of its code list, by which codes may be given."""
    if manner.values is not None:
        return replaced(manner.values, reader(column, replace(manner, values=None), labels))
    match column.kind.name:
        case "date":
            return day_reader(column, manner)
        case "integer":
            return whole_text
        case "decimal" if is_money(column):
            factor = manner.factor or Decimal(1)
            return lambda cell: amount_text(cell, decimals=column.format.decimals, factor=factor)
        case "decimal":
            return lambda cell: rate_text(cell, decimals=column.format.decimals)
    if labels is not None:
        return labelled(labels, column)
    return code_reader(column) if is_code(column) else words_text


def day_reader(column: Column, manner: Manner) -> Reader:
    """Days; where a day may be missing, 长期 means that there is no end."""

    def read(cell: Cell) -> Read:
        if isinstance(cell, str) and column.required != "M" and cell.strip() in NO_END:
            return None
        return day_text(cell, pattern=manner.day_pattern, since_1904=manner.since_1904)

    return read


def code_reader(column: Column) -> Reader:
    """Codes of a fixed or open length."""
    length = column.format.length if column.format.shape == "C" else None
    return lambda cell: code_text(cell, length=length)


def labelled(labels: Mapping[str, str], column: Column) -> Reader:
    """Codes of a list, also given by their words, or as ``code words``."""
    codes = code_reader(column)

    def read(cell: Cell) -> Read:
        text = codes(cell)
        if not isinstance(text, str):
            return text
        return labels.get(text) or labels.get(text.partition(" ")[2].strip(), text)

    return read


def replaced(values: Mapping[str, str], otherwise: Reader) -> Reader:
    """Values put for others by a mapping file."""

    def read(cell: Cell) -> Read:
        text = words_text(cell)
        if isinstance(text, str) and text in values:
            return values[text] or None
        return otherwise(cell)

    return read


class Memory(dict[str, Read]):
    """What the texts of a column were read as: most columns hold few, again and again."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Read:
        if len(self) >= REMEMBERED:
            self.clear()
        # A text that could not be decoded is lost, whatever it was meant to be.
        self[text] = Lost.BYTES if UNDECODED in text else self.read(text)
        return self[text]

    def each(self, cells: Iterable[Cell]) -> list[Read]:
        """The cells of a column as read."""
        read = self.read
        return [self[c] if c.__class__ is str else read(c) for c in cells]


def is_money(column: Column) -> bool:
    """Amounts in yuan or another currency: the unit line of a sheet is about them."""
    return (
        column.kind.name == "decimal" and column.format.text == "D20.2" and column.unit != "percent"
    )


def is_code(column: Column) -> bool:
    """Columns whose text is an identifier, not words."""
    return (
        column.codes is not None
        or column.format.shape == "C"
        or column.name.endswith(("_code", "_no", "_codes", "reporter", "successor", "_bank"))
    )
