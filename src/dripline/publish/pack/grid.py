"""Figures side by side: a row for each item of a breakdown, a column for each indicator; the total first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dripline.definitions import Membership
from dripline.indicators.breakdowns import OUTSIDE
from dripline.indicators.labels import ALL
from dripline.publish.pack.board import NO_ROW, NOTHING_TO_DIVIDE_BY, Board, Figure
from dripline.words import Text

NOT_APPLICABLE: Final = "—"
"""The figure has no meaning here: not divided so, no such row, nothing to divide by."""
NOT_KNOWN: Final = "…"
"""The figure has a meaning and no value: rows it needs have not come, or nothing about it is known."""
SIGNS: Final = Text(
    zh="“—”不适用或无可除；“…”缺数据，无法得出。",
    en="— not applicable, or nothing to divide by; … cannot be given, data are missing.",
)
MEMO: Final = Text(zh="另列：{}", en="Memo: {}")


@dataclass(frozen=True, slots=True)
class Column:
    """An indicator as a table shows it: its head, its unit, how many of the indicator's unit make one, decimals."""

    code: str
    head: Text
    unit: Text
    per: int = 1
    decimals: int = 2

    def value(self, figure: Figure | None) -> Decimal | None:
        """The number shown, None where there is none."""
        return None if figure is None else figure.value(per=self.per, decimals=self.decimals)

    def sign(self, figure: Figure | None) -> str:
        """What stands in place of a number."""
        none = figure is None or figure.gap in (NO_ROW, NOTHING_TO_DIVIDE_BY)
        return NOT_APPLICABLE if none else NOT_KNOWN


@dataclass(frozen=True, slots=True)
class Row:
    """One item: its key (None: unknown), its words, a figure or none for each column; a memo row is outside the sum."""

    key: str | None
    label: Text
    figures: tuple[Figure | None, ...]
    memo: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def without_empty_columns(self) -> Grid:
        """Only columns in which some row has a number."""
        kept = [
            place
            for place, column in enumerate(self.columns)
            if any(column.value(row.figures[place]) is not None for row in self.rows)
        ]
        columns = tuple(self.columns[place] for place in kept)
        rows = tuple(
            Row(row.key, row.label, tuple(row.figures[place] for place in kept), row.memo)
            for row in self.rows
        )
        return Grid(columns, rows)


def grid(board: Board, way: str, columns: Sequence[Column], *, memo: str | None = None) -> Grid:
    """The columns by one breakdown, the largest first, the total above, the items of ``memo`` below."""
    rows = [Row("total", ALL, tuple(board.figure(column.code) for column in columns))]
    rows += in_order(board, way, items(board, way, columns))
    if memo is not None:
        for row in items(board, memo, columns):
            if row.key is not None:
                label = Text(zh=MEMO.zh.format(row.label.zh), en=MEMO.en.format(row.label.en))
                rows.append(Row(row.key, label, row.figures, memo=True))
    return Grid(tuple(columns), tuple(rows))


def items(board: Board, way: str, columns: Sequence[Column]) -> Iterator[Row]:
    """A row for each key any of the columns has."""
    breakdown = board.breakdowns[way]
    divided = [
        board.divided(column.code, way) if board.known_way(column.code, way) else {}
        for column in columns
    ]
    for key in dict.fromkeys(key for found in divided for (key,) in found):
        figures = tuple(found.get((key,)) for found in divided)
        yield Row(key, board.labels.of(breakdown, key), figures)


def in_order(board: Board, way: str, rows: Iterator[Row]) -> list[Row]:
    """Lists as the lawbook orders them; other items by the first column, outside Henan and unknown last."""
    breakdown = board.breakdowns[way]
    if isinstance(breakdown, Membership):
        places = {group.code: place for place, group in enumerate(breakdown.groups)}
        return sorted(rows, key=lambda row: places[str(row.key)])

    def place(row: Row) -> tuple[bool, bool, Decimal, str]:
        first = row.figures[0]
        size = None if first is None else first.value()
        return row.key is None, row.key == OUTSIDE, -(size or Decimal(0)), str(row.key)

    return sorted(rows, key=place)


def unit_words(column: Column) -> Text:
    """The head of a column with its unit below it."""
    return Text(
        zh=f"{column.head.zh}\n（{column.unit.zh}）", en=f"{column.head.en}\n({column.unit.en})"
    )
