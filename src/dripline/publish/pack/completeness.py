"""What a reader must know of a month before its figures: who has reported, what stays unknown, which lists, which facts."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow.parquet as pq

from dripline.codes import code_list
from dripline.engines.lists import adopted_editions
from dripline.indicators.missing import left_out
from dripline.publish.pack.board import Board
from dripline.words import Text

LISTS = "EDITION"
CHANGES = ("GR-MONTH", "GR-YEAR", "GR-YOY")
"""The changes every bulletin gives; who is left out of them is said."""


def completeness(board: Board) -> Iterator[Text]:
    """A sentence for each matter."""
    yield reported(board)
    if board.coverage.missing:
        yield missing(board)
    yield from apart(board)
    yield unknown(board)
    yield editions(board)
    if (note := board.catalogue.indicator("GR-YOY").note) is not None:
        yield Text(zh=f"增减与增速：{note.zh}", en=f"Changes and growth. {note.en}")
    identity = board.identity
    if (known := board.figures.as_of) is not None:
        yield Text(zh=f"按{known}日终所知编制。", en=f"As known at the end of {known}.")
    yield Text(
        zh=f"数据版本{identity.facts}，政策参数{identity.lawbook[:12]}。文中每个数的代码、口径摘要和精确值见统计表的"
        "“数字来源”。",
        en=f"Facts {identity.facts}, lawbook {identity.lawbook[:12]}. Code, definition and exact value of each number "
        "stand in the sheet “Figures” of the tables.",
    )


def reported(board: Board) -> Text:
    """Reporters in and due, their share, the standing, explained errors."""
    cover = board.coverage
    due = "？" if cover.due is None else str(len(cover.due))
    share = "—" if cover.share is None else f"{cover.share}%"
    return Text(
        zh=f"应报机构{due}家，已报{len(cover.received)}家（占上月余额{share}），为{cover.standing.zh}数；"
        f"经说明后接收的问题{cover.explained}处。",
        en=f"{len(cover.received)} of {due} reporters are in ({share} of last month's balance); figures are {cover.standing.en}. "
        f"{cover.explained} errors were accepted with an explanation.",
    )


def missing(board: Board) -> Text:
    """The reporters that have not come, by name, and how they were treated."""
    names = "、".join(name_of(board, code) for code in sorted(board.coverage.missing))
    return Text(zh=f"未报机构（未计入）：{names}。", en=f"Not in, and not counted: {names}.")


def apart(board: Board) -> Iterator[Text]:
    """Institutions that count at neither end of a change, as a file of theirs is missing at one of them (FN 9)."""
    out: dict[frozenset[str], list[Text]] = {}
    for code in CHANGES:
        indicator = board.catalogue.indicator(code)
        if found := left_out(board.data, indicator, board.period):
            out.setdefault(found, []).append(indicator.label)
    for institutions, labels in out.items():
        names = "、".join(name_of(board, code) for code in sorted(institutions))
        yield Text(
            zh=f"{'、'.join(label.zh for label in labels)}：{names}有一端未报，两端均不计。",
            en=f"{', '.join(label.en for label in labels)}: {names} counts at neither end, a file is missing at one.",
        )


def name_of(board: Board, reporter: str) -> str:
    """A reporter by the name in the register of institutions, else by its code."""
    return board.labels.of(board.breakdowns["institution"], reporter).zh


def unknown(board: Board) -> Text:
    """Loans of which it is unknown whether they count."""
    stock, flow = board.figure("TE-BAL").unknown, board.figure("TE-NEW").unknown
    return Text(
        zh=f"无法判断借款人是否科技型企业、未计入的借据{stock:,}笔、发放{flow:,}笔（证件不能与名单匹配）。",
        en=f"Of {stock:,} notes and {flow:,} grants it is unknown whether the borrower is on a list; they are not counted.",
    )


def editions(board: Board) -> Text:
    """The edition of each list in force for the month."""
    found = board.data.rows(LISTS, board.period)
    rows = (
        [row for file in found.files for row in pq.read_table(file, partitioning=None).to_pylist()]
        if found
        else []
    )
    adopted = adopted_editions(rows, board.period)
    kinds = code_list("list_kind")
    pairs = [(kinds.label(kind), edition) for kind, (edition, _) in sorted(adopted.items())]
    if not pairs:
        return Text(zh="没有采用任何名单版本。", en="No edition of any list was adopted.")
    return Text(
        zh=f"名单版本：{'；'.join(f'{label.zh} {edition}' for label, edition in pairs)}。",
        en=f"Editions of the lists: {'; '.join(f'{label.en} {edition}' for label, edition in pairs)}.",
    )
