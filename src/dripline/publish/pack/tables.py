"""统计表: by institution, by city, by list; what each figure means; and where each number of the bulletin comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dripline.canon import meaning_hash
from dripline.definitions import Indicator
from dripline.publish.pack.board import Board, Figure
from dripline.publish.pack.bulletin import month_in_words
from dripline.publish.pack.bulletin_tables import FIRMS, OVERLAP, PERCENT
from dripline.publish.pack.completeness import completeness
from dripline.publish.pack.grid import SIGNS, Column, Grid, grid, unit_words
from dripline.publish.pack.numbers import WAN
from dripline.publish.workbook import Field, Sheet, Value
from dripline.wording.figures import UNITS, measure_lines, source_words
from dripline.wording.spoken import lists_named
from dripline.words import Language, Text

IN_WAN: Final = Text(zh="万元", en="CNY 10,000")


def amount(code: str, zh: str, en: str) -> Column:
    """A column in 万元."""
    return Column(code, Text(zh=zh, en=en), IN_WAN, WAN, 0)


def percent(code: str, zh: str, en: str) -> Column:
    """A column in percent."""
    return Column(code, Text(zh=zh, en=en), PERCENT)


def firms(code: str, zh: str, en: str) -> Column:
    """A column that counts firms."""
    return Column(code, Text(zh=zh, en=en), FIRMS, 1, 0)


VOLUME: Final = (
    amount("TE-BAL", "贷款余额", "Balance"),
    firms("TE-FIRMS", "有贷户数", "With a loan"),
    amount("TE-AVG", "户均余额", "Each"),
    amount("GR-MONTH", "当月新增", "In the month"),
    amount("GR-YEAR", "比年初新增", "Since year's end"),
    percent("GR-YOY", "同比增速", "On the year"),
    amount("TE-NEW", "当月发放", "Granted"),
    amount("TE-RENEWED", "当月续贷", "Renewed"),
    percent("TE-RATE-NEW", "新发放利率", "Rate, new"),
)
STRUCTURE: Final = (
    percent("TE-CREDIT-SHARE", "信用占比", "Credit loans"),
    percent("TE-MLT-SHARE", "中长期占比", "Over a year"),
    percent("QU-BAD-SHARE", "不良率", "Non-performing"),
    percent("QU-OVERDUE-SHARE", "逾期率", "Overdue"),
)
REACH: Final = (
    firms("TE-LISTED", "名录户数", "Listed"),
    firms("TE-FINANCED", "其中有贷", "of which financed"),
    percent("TE-COVERAGE", "获贷率", "Share with a loan"),
)
OF_LENDERS: Final = (
    percent("TE-OF-ALL", "占各项贷款", "Of all loans"),
    percent("TE-MARKET", "市场份额", "Market share"),
    percent("TE-REACH", "名录企业覆盖率", "Reach"),
)
BY_INSTITUTION: Final = (*VOLUME, *STRUCTURE, *OF_LENDERS)
BY_FIRM: Final = (*VOLUME, *STRUCTURE, *REACH)
TABLES: Final = (
    ("institution", None, BY_INSTITUTION, Text(zh="分机构", en="By institution")),
    ("borrower_city", "zone", BY_FIRM, Text(zh="分城市", en="By city")),
    ("list_kind", None, BY_FIRM, Text(zh="分名单", en="By list")),
)
ABOUT: Final = Text(zh="科技型企业贷款情况（{}）", en="Loans to technology enterprises ({})")
IN_FULL: Final = Text(
    zh="时点、范围、未知的处理和可分的口径，见dripline explain 代码。",
    en="Dates, scope, what counts as unknown and the ways of dividing: dripline explain CODE.",
)
MEANINGS: Final = Text(zh="口径说明", en="Definitions")
SOURCES: Final = Text(zh="数字来源", en="Figures")
ITEM, FIRST, WIDE, NARROW = Text(zh="项目", en="Item"), 30, 11, 8.5
"""Columns in Latin signs: 万元 of a province need eleven, a rate half a head less."""
MEMO_NOTE = Text(
    zh="按企业所在城市（登记簿，其次报文）；功能区另列，已含在所在市，不计入合计。",
    en="By the borrower's city (by the register, else as reported); zones are inside their cities and outside the sum.",
)


def sheets(board: Board, bound: Sequence[Figure], language: Language) -> Iterator[Sheet]:
    """All sheets of the workbook; ``bound`` are the figures of the bulletin."""
    used: dict[str, Indicator] = {figure.indicator.code: figure.indicator for figure in bound}
    for way, memo, columns, name in TABLES:
        used |= {c.code: i for c in columns if (i := board.catalogue.indicators.get(c.code))}
        notes = {"list_kind": [OVERLAP], "borrower_city": [MEMO_NOTE]}.get(way, [])
        made = grid(board, way, columns, memo=memo)
        title = Text(zh=ABOUT.zh.format(name.zh), en=ABOUT.en.format(name.en))
        below = [*notes, SIGNS, *completeness(board)]
        yield grid_sheet(name, title, made, board, below, language)
    yield meanings(used, board, language)
    yield sources(bound, board, language)


def grid_sheet(
    name: Text, title: Text, of: Grid, board: Board, notes: Sequence[Text], language: Language
) -> Sheet:
    """A grid as a sheet."""
    fields = [Field(ITEM.in_(language), FIRST)]
    fields += [Field(unit_words(c).in_(language), width(c), c.decimals) for c in of.columns]
    return Sheet(
        name=name.in_(language),
        title=title.in_(language),
        under=month_in_words(board.period.last_day).in_(language),
        fields=fields,
        rows=[grid_row(of, place, language) for place in range(len(of.rows))],
        notes=[note.in_(language) for note in notes],
    )


def width(column: Column) -> float:
    """Amounts are long, rates and numbers of firms are not."""
    return WIDE if column.per > 1 else NARROW


def grid_row(of: Grid, place: int, language: Language) -> list[Value]:
    """The words of a row, then its numbers or the signs for none."""
    row = of.rows[place]
    values: list[Value] = [row.label.in_(language)]
    for column, figure in zip(of.columns, row.figures, strict=True):
        value = column.value(figure)
        values.append(column.sign(figure) if value is None else value)
    return values


def meanings(used: dict[str, Indicator], board: Board, language: Language) -> Sheet:
    """What each figure means, said from its definition; where it stands; the hash of the definition."""
    heads = Text(zh="代码|名称|单位|口径|来源|口径摘要", en="Code|Name|Unit|Definition|Source|Hash")
    widths = (19, 28, 7, 82, 36, 15)
    fields = [
        Field(head, width, wrapped=True)
        for head, width in zip(heads.in_(language).split("|"), widths, strict=True)
    ]
    rows: list[list[Value]] = []
    terms: dict[Text, None] = {}
    for code, indicator in sorted(used.items()):
        said, measure = lists_named(indicator.measure)
        terms |= dict.fromkeys(said)
        words = [*measure_lines(measure, board.breakdowns), indicator.note]
        meaning = "\n".join(line.in_(language) for line in words if line is not None)
        source = source_words(indicator.source, indicator.article).in_(language)
        unit = UNITS[indicator.unit].in_(language)
        label = indicator.label.in_(language)
        rows.append([code, label, unit, meaning, source, meaning_hash(indicator)])
    name, month = MEANINGS.in_(language), month_in_words(board.period.last_day).in_(language)
    notes = [note.in_(language) for note in (*terms, IN_FULL)]
    return Sheet(name, name, month, fields, rows, notes, formal=False)


def sources(bound: Sequence[Figure], board: Board, language: Language) -> Sheet:
    """Each number of the bulletin: its code and place, its exact value, what stayed unknown, how to follow it to rows."""
    heads = Text(
        zh="序号|指标|代码|分组|数值|单位|未知行数|口径摘要|追溯",
        en="No.|Indicator|Code|Place|Value|Unit|Unknown|Hash|To its rows",
    )
    widths = (6, 36, 18, 24, 20, 8, 10, 15, 62)
    decimals = (0, None, None, None, 5, None, 0, None, None)
    fields = [
        Field(head, width, places)
        for head, width, places in zip(
            heads.in_(language).split("|"), widths, decimals, strict=True
        )
    ]
    rows = [source_row(number, figure, language) for number, figure in enumerate(bound, 1)]
    name = SOURCES.in_(language)
    return Sheet(
        name, name, month_in_words(board.period.last_day).in_(language), fields, rows, formal=False
    )


def source_row(number: int, figure: Figure, language: Language) -> list[Value]:
    """One number of the bulletin."""
    indicator = figure.indicator
    return [
        number,
        indicator.label.in_(language),
        indicator.code,
        figure.place,
        figure.value(),
        UNITS[indicator.unit].in_(language),
        figure.unknown,
        figure.meaning,
        traced(figure).in_(language),
    ]


def traced(figure: Figure) -> Text:
    """The command that adds the figure up from its rows; or why there is none."""
    if figure.cited:
        papers = "；".join(dict.fromkeys(each.cited for each in figure.cited))
        return Text(
            zh=f"历史发布数，不可追溯：{papers}", en=f"published, cannot be traced: {papers}"
        )
    where = (
        ""
        if figure.way == "total"
        else "".join(f" --where {part}" for part in figure.place.split("+"))
    )
    command = f"dripline trace {figure.indicator.code} --period {figure.period}{where}"
    return Text(zh=command, en=command)
