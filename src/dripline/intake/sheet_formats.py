"""Cells that a spreadsheet shows in percent: it keeps 0.0345 where people see, and mean, 3.45%."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree import ElementTree as ET

from dripline.intake.sheet_values import Cell

BUILT_IN = frozenset({"9", "10"})
"""Numbers of the two formats in percent that every spreadsheet knows without being told (0% and 0.00%)."""
NOT_A_SIGN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""Parts of a format in which a percent sign is only a word: in quotes, after a backslash, in brackets."""


def percent_styles(styles: bytes) -> frozenset[bytes]:
    """The numbers of the cell styles that show percent, as cells name them."""
    codes: dict[str, str] = {}
    found: list[str] = []
    for element in ET.fromstring(styles):
        tag = element.tag.rpartition("}")[2]
        if tag == "numFmts":
            codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in element}
        elif tag == "cellXfs":
            found = [one.get("numFmtId", "") for one in element]
    return frozenset(
        str(place).encode()
        for place, number in enumerate(found)
        if shows_percent(number, codes.get(number))
    )


def shows_percent(number: str, code: str | None) -> bool:
    """Whether a number format shows percent."""
    if code is None:
        return number in BUILT_IN
    return "%" in NOT_A_SIGN.sub("", code)


@dataclass
class Places:
    """Cells of a sheet (row and column from 0), kept as stretches of a column: whole columns are formatted alike."""

    stretches: dict[int, list[list[int]]] = field(default_factory=dict)

    def add(self, places: Iterable[tuple[int, int]]) -> None:
        """Takes cells in the order of the rows."""
        for row, column in places:
            runs = self.stretches.setdefault(column, [])
            if runs and runs[-1][1] == row - 1:
                runs[-1][1] = row
            else:
                runs.append([row, row])

    def __bool__(self) -> bool:
        return bool(self.stretches)

    def of_row(self, row: int) -> Iterator[int]:
        """The columns in which a row has such a cell."""
        for column, runs in self.stretches.items():
            place = bisect_right(runs, row, key=lambda run: run[0]) - 1
            if place >= 0 and runs[place][1] >= row:
                yield column


def as_shown(
    rows: Iterable[tuple[int, list[Cell]]], percents: Places
) -> Iterator[tuple[int, list[Cell]]]:
    """The rows with numbers in percent as the sender sees them, sign included (``3.45%``)."""
    for number, row in rows:
        for column in percents.of_row(number - 1):
            if column < len(row):
                row[column] = in_percent(row[column])
        yield number, row


def in_percent(cell: Cell) -> Cell:
    """``0.0345`` as ``3.45%``; what is no number stays as it is."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    # 15 digits are what the program keeps and shows; the rest is noise of the binary form.
    hundredfold = Decimal(format(cell, ".15g")) * 100
    return f"{hundredfold.normalize():f}%"
