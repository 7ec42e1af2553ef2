"""The two small tables of the bulletin: by kind of list and by the borrower's city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from dripline.publish.pack.board import Board, Figure
from dripline.publish.pack.grid import SIGNS, Column, Grid, grid, unit_words
from dripline.publish.pack.numbers import YI
from dripline.publish.pack.piece import Piece
from dripline.words import Language, Text

IN_YI: Final = Text(zh="亿元", en="CNY 100 million")
PERCENT: Final = Text(zh="%", en="%")
FIRMS: Final = Text(zh="户", en="firms")
BALANCE = Column("TE-BAL", Text(zh="贷款余额", en="Balance"), IN_YI, YI)
ON_YEAR = Column("GR-YOY", Text(zh="同比增速", en="On the year"), PERCENT)
BORROWERS = Column("TE-FIRMS", Text(zh="有贷户数", en="With a loan"), FIRMS, 1, 0)
REACHED = Column("TE-COVERAGE", Text(zh="获贷率", en="Share with a loan"), PERCENT)
RATE = Column("TE-RATE-NEW", Text(zh="发放利率", en="Rate of new loans"), PERCENT)
BAD = Column("QU-BAD-SHARE", Text(zh="不良率", en="Non-performing"), PERCENT)
COLUMNS: Final = (BALANCE, ON_YEAR, BORROWERS, REACHED, RATE, BAD)
BY_LIST = Text(zh="表1　科技型企业贷款分名单情况", en="Table 1. By kind of list")
BY_CITY = Text(zh="表2　科技型企业贷款分企业所在城市情况", en="Table 2. By the borrower's city")
OVERLAP = Text(
    zh="一户可在多类名单，各类相加大于合计。",
    en="A firm may be on several lists; they do not add up.",
)
FIRST_WIDTH, OTHER_WIDTHS = 52, 108
"""Millimetres of the first column, and of all others together."""


@dataclass(frozen=True, slots=True)
class SmallTable:
    """A table of the bulletin: caption, heads, rows of pieces, a note below, and the figures in it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Piece, ...], ...]
    widths: tuple[float, ...]
    note: str
    figures: tuple[Figure, ...]


def small_tables(board: Board, language: Language) -> tuple[SmallTable, ...]:
    """Both tables."""
    by_list = grid(board, "list_kind", COLUMNS)
    by_city = grid(board, "borrower_city", COLUMNS, memo="zone")
    notes = Text(zh=OVERLAP.zh + SIGNS.zh, en=f"{OVERLAP.en} {SIGNS.en}")
    return (
        small_table(BY_LIST, by_list.without_empty_columns(), notes, language),
        small_table(BY_CITY, by_city.without_empty_columns(), SIGNS, language),
    )


def small_table(caption: Text, of: Grid, note: Text, language: Language) -> SmallTable:
    """A grid as pieces bound to its figures."""
    first = Text(zh="项目", en="Item").in_(language)
    heads = (first, *(unit_words(column).in_(language) for column in of.columns))
    rows = tuple(tuple(pieces(of, place, language)) for place in range(len(of.rows)))
    widths = (FIRST_WIDTH, *[OTHER_WIDTHS / len(of.columns)] * len(of.columns))
    figures = tuple(
        figure
        for row in of.rows
        for column, figure in zip(of.columns, row.figures, strict=True)
        if figure is not None and column.value(figure) is not None
    )
    return SmallTable(caption.in_(language), heads, rows, widths, note.in_(language), figures)


def pieces(of: Grid, place: int, language: Language) -> Iterator[Piece]:
    """One row: its words, then its numbers; a number is bound, a sign for none is not."""
    row = of.rows[place]
    yield Piece(row.label.in_(language))
    for column, figure in zip(of.columns, row.figures, strict=True):
        value = column.value(figure)
        if value is None or figure is None:
            yield Piece(column.sign(figure))
        else:
            yield Piece(f"{value:,}".replace("-", "−"), figure.tag)
