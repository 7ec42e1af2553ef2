"""核对表 as sheets: reporters that came, rows against the credit statistics, summary rows against the rows behind them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from dripline.codes import code_list
from dripline.indicators.breakdowns import OUTSIDE
from dripline.publish.pack.board import Board
from dripline.publish.pack.bulletin import month_in_words
from dripline.publish.pack.completeness import name_of
from dripline.publish.pack.reconciliation import TOLERANCE, Line, lines, summaries
from dripline.publish.workbook import Field, Sheet, Value
from dripline.tables import table as table_called
from dripline.words import Language, Text

RECEIVED: Final = Text(zh="报送情况", en="Received")
TOTALS: Final = Text(zh="总量核对", en="Totals")
CITIES: Final = Text(zh="总量核对分城市", en="Totals by city")
SUMMARY_ROWS: Final = Text(zh="科技贷款核对", en="Technology loans")
IN, MISSING = Text(zh="已报", en="in"), Text(zh="未报", en="missing")
ONE: Final = Decimal(1)
WHAT: Final = {
    "amount": Text(zh="金额（元）", en="amount (yuan)"),
    "borrowers": Text(zh="户数", en="firms"),
}
LINE_TITLE = Text(
    zh="存量单位贷款逐笔合计与信贷收支统计（单位贷款减票据融资，本外币）核对",
    en="Rows of unit loans against the credit statistics (loans to units less bills, all currencies)",
)
SUMMARY_TITLE = Text(
    zh="科技贷款汇总行（T08至T12）与逐笔数据重算结果核对",
    en="Summary rows T08 to T12 of technology loans against the rows behind them",
)
WHOLE_SCOPE = Text(
    zh="按报送机构全部报文核对，含河南省外部分。",
    en="Over everything a reporter sent, rows outside Henan included.",
)
FROM_DELIVERY = Text(
    zh="结论为该机构本期最近一次接收时的校验结果。",
    en="The verdict is that of the reporter's last accepted delivery of the month.",
)


def sheets(board: Board, language: Language) -> Iterator[Sheet]:
    """All sheets of the workbook."""
    yield received(board, language)
    found = lines(board)
    tolerated = board.figures.law.on(board.period.last_day)[TOLERANCE]
    within = Text(
        zh=f"允许差异{tolerated}‰（{TOLERANCE}）。",
        en=f"Tolerance {tolerated} per mille ({TOLERANCE}).",
    )
    notes = (within, WHOLE_SCOPE, FROM_DELIVERY)
    whole = [line for line in found if line.city is None]
    yield line_sheet(TOTALS, whole, board, notes, language)
    by_city = [line for line in found if line.city is not None]
    yield line_sheet(CITIES, by_city, board, notes[:2], language)
    yield summary_sheet(board, language)


def received(board: Board, language: Language) -> Sheet:
    """Every reporter due or in: whether its loans came, rows, version, errors it explained."""
    heads = Text(
        zh="机构代码|机构名称|状态|借据笔数|版本|已说明问题",
        en="Code|Name|State|Notes|Version|Explained",
    )
    decimals = (None, None, None, 0, 0, 0)
    fields = [
        Field(head, width, places)
        for head, width, places in zip(
            heads.in_(language).split("|"), (22, 40, 10, 12, 8, 12), decimals, strict=True
        )
    ]
    cover = board.coverage
    held, latest = board.snapshot.held("CLDWDK", board.period), board.latest
    rows: list[list[Value]] = []
    for reporter in sorted(cover.received | cover.missing):
        words: list[Value] = [reporter, name_of(board, reporter)]
        version = held.get(reporter)
        if version is None:
            rows.append([*words, MISSING.in_(language), None, None, None])
            continue
        entry = latest.get(reporter)
        explained = sum(o.explained for o in entry.outcomes) if entry else 0
        rows.append([*words, IN.in_(language), version.rows, version.version, explained])
    name = RECEIVED.in_(language)
    return Sheet(
        name,
        name,
        month_in_words(board.period.last_day).in_(language),
        fields,
        rows,
        landscape=False,
    )


def line_sheet(
    name: Text, found: list[Line], board: Board, notes: tuple[Text, ...], language: Language
) -> Sheet:
    """Rows and line, difference in yuan and per mille, verdict."""
    heads = Text(
        zh="机构名称|城市|逐笔合计\n（元）|信贷收支\n（元）|差额\n（元）|差额\n（‰）|结论",
        en="Name|City|Rows\n(yuan)|Statistics\n(yuan)|Difference\n(yuan)|Difference\n(‰)|Verdict",
    )
    widths, decimals = (36, 12, 20, 20, 17, 10, 26), (None, None, 2, 2, 2, 2, None)
    fields = [
        Field(head, width, places)
        for head, width, places in zip(
            heads.in_(language).split("|"), widths, decimals, strict=True
        )
    ]
    rows = [
        [
            name_of(board, line.reporter),
            city_words(line.city).in_(language),
            line.rows,
            line.line,
            line.difference,
            line.permille,
            line.verdict.in_(language),
        ]
        for line in found
    ]
    below = [note.in_(language) for note in notes]
    title = LINE_TITLE.in_(language)
    return Sheet(
        name.in_(language),
        title,
        month_in_words(board.period.last_day).in_(language),
        fields,
        rows,
        below,
    )


def city_words(city: str | None) -> Text:
    """The city of a line; the whole where it names none."""
    if city is None:
        return Text(zh="合计", en="total")
    return Text(zh="省外", en="outside Henan") if city == OUTSIDE else code_list("city").label(city)


def summary_sheet(board: Board, language: Language) -> Sheet:
    """A line for each reporter, table, summary row and number."""
    heads = Text(
        zh="机构名称|报表|汇总行|内容|报送数|逐笔重算|差额|结论",
        en="Name|Table|Row|What|Reported|From rows|Difference|Verdict",
    )
    widths, decimals = (36, 20, 30, 13, 20, 20, 16, 24), (None, None, None, None, 2, 2, 2, None)
    fields = [
        Field(head, width, places)
        for head, width, places in zip(
            heads.in_(language).split("|"), widths, decimals, strict=True
        )
    ]
    rows: list[list[Value]] = []
    of = sorted(summaries(board), key=lambda one: (one.reporter, one.table, one.row, one.what))
    for one in of:
        off = None if one.reported is None or one.computed is None else one.reported - one.computed
        words: list[Value] = [
            name_of(board, one.reporter),
            table_called(one.table).label.in_(language),
            f"{one.row} {code_list('row_type').label(one.row).in_(language)}",
            WHAT[one.what].in_(language),
        ]
        numbers = [one.reported, one.computed, off]
        if one.what == "borrowers":
            numbers = [None if number is None else number.quantize(ONE) for number in numbers]
        rows.append([*words, *numbers, one.verdict.in_(language)])
    notes = [note.in_(language) for note in (WHOLE_SCOPE, FROM_DELIVERY)]
    name, title = SUMMARY_ROWS.in_(language), SUMMARY_TITLE.in_(language)
    return Sheet(
        name, title, month_in_words(board.period.last_day).in_(language), fields, rows, notes
    )
