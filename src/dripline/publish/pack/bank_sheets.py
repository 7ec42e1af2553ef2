"""A file for one institution: its figures beside the province's, its customers on lists and off, firms of its city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from dripline.codes import code_list
from dripline.publish.pack.banks import Own
from dripline.publish.pack.board import NO_ROW, NOTHING_TO_DIVIDE_BY, Board, Figure
from dripline.publish.pack.bulletin import month_in_words
from dripline.publish.pack.bulletin_tables import FIRMS, PERCENT
from dripline.publish.pack.grid import SIGNS, Column
from dripline.publish.pack.numbers import WAN
from dripline.publish.pack.tables import IN_WAN
from dripline.publish.workbook import Field, Sheet, Value
from dripline.words import Language, Text

ENOUGH: Final = "disclosure.other_institutions_in_total"
SECRET: Final = Text(zh="保密", en="secret")
POINTS: Final = Text(zh="百分点", en="points")
UNIT_COLUMNS: Final = {
    "yuan": (IN_WAN, WAN, 2),
    "firms": (FIRMS, 1, 0),
    "percent": (PERCENT, 1, 2),
    "points": (POINTS, 1, 2),
}
COMPARED: Final = (
    *("TE-BAL", "TE-FIRMS", "TE-AVG", "GR-MONTH", "GR-YEAR", "GR-YOY", "TE-NEW", "TE-ANEW"),
    *("TE-RENEWED", "TE-RENEWED-FIRMS", "TE-RATE-NEW", "TE-PRICE", "TE-SPREAD", "TE-RATE-BAL"),
    *("TE-CREDIT", "TE-CREDIT-SHARE", "TE-MLT", "TE-MLT-SHARE", "PL-IP", "PL-AR"),
    *("QU-BAD", "QU-BAD-SHARE", "QU-WATCHED-SHARE", "QU-OVERDUE-SHARE", "QU-DUE"),
    *("FL-BANK-FIRMS", "FL-BANK", "TE-OF-ALL", "TE-REACH", "TE-MARKET"),
)
"""What an institution sees of itself and of the province."""
OF_OTHERS: Final = {"TE-MARKET": "TE-BAL"}
"""Figures of an institution that give away a total of all: they are as secret as it is."""
ONLY: Final = Text(zh="仅供{}使用", en="For {} only")
FIGURES: Final = Text(zh="本机构与全省", en="Own and province")
MATCHED: Final = Text(zh="已匹配客户", en="Matched customers")
UNMATCHED: Final = Text(zh="未匹配客户", en="Unmatched customers")
PROSPECTS: Final = Text(zh="本市无本行贷款名录企业", en="Listed firms without a loan")
WRAPPED: Final = 36
"""Columns of words as wide as this break their lines rather than hide the end."""
YES, NO = Text(zh="是", en="yes"), Text(zh="否", en="no")


def sheets(board: Board, own: Own, language: Language) -> Iterator[Sheet]:
    """All sheets of the institution's file."""
    yield figures(board, own, language)
    yield matched(board, own, language)
    yield unmatched(board, own, language)
    yield prospects(board, own, language)


def enough_others(board: Board, code: str, institution: str) -> bool:
    """Whether so many other institutions stand in a total that it gives none of them away."""
    least = board.figures.law.on(board.period.last_day).take(ENOUGH, int)
    divided = board.divided(code, "institution")
    return sum(stands_in(f) for (key,), f in divided.items() if key != institution) >= least


def stands_in(figure: Figure) -> bool:
    """Whether an institution adds to the total: it has a number, or would have one if its earlier rows were here."""
    if figure.gap is None:
        return figure.numerator != 0
    return figure.gap not in (NO_ROW, NOTHING_TO_DIVIDE_BY) and not figure.unknown


def shown(column: Column, figure: Figure) -> Value:
    """A figure's number, or the sign for none."""
    value = column.value(figure)
    return column.sign(figure) if value is None else value


def figures(board: Board, own: Own, language: Language) -> Sheet:
    """Each figure: the institution's own, and the province's where enough others stand in it."""
    code = own.institution.code
    rows: list[list[Value]] = []
    for asked in COMPARED:
        indicator = board.catalogue.indicators.get(asked)
        if indicator is None or not board.known_way(asked, "institution"):
            continue
        unit, per, decimals = UNIT_COLUMNS[indicator.unit]
        column = Column(asked, indicator.label, unit, per, decimals)
        public = enough_others(board, OF_OTHERS.get(asked, asked), code)
        mine = shown(column, board.figure(asked, "institution", (code,)))
        whole = shown(column, board.figure(asked))
        secret = SECRET.in_(language)
        row: list[Value] = [indicator.label.in_(language), unit.in_(language)]
        rows.append(
            [
                *row,
                secret if asked in OF_OTHERS and not public else mine,
                whole if public else secret,
            ]
        )
    heads = Text(zh="指标|单位|本机构|全省", en="Indicator|Unit|Own|Province")
    fields = made_fields(heads, (48, 10, 18, 18), (None, None, 2, 2), language)
    least = board.figures.law.on(board.period.last_day)[ENOUGH]
    masked = Text(
        zh=f"其他机构不足{least}家的全省数不提供，以“保密”表示（{ENOUGH}）。",
        en=f"A figure of the province with fewer than {least} other institutions in it is not given ({ENOUGH}).",
    )
    comparable = Text(
        zh="机构为今日机构，含其前身。", en="Institutions are today's, with their predecessors."
    )
    standing = board.coverage.standing
    of_all = Text(zh=f"全省数为{standing.zh}数。", en=f"Figures of the province are {standing.en}.")
    notes = (masked, comparable, SIGNS, of_all)
    return sheet(board, own, FIGURES, fields, rows, notes, language, landscape=False)


def matched(board: Board, own: Own, language: Language) -> Sheet:
    """The institution's customers on a list, the largest balance first."""
    heads = Text(
        zh="客户名称|证件类型|证件代码|名单|贷款余额\n（元）|授信额度\n（元）|已用额度\n（元）|首次授信|七类名单",
        en="Name|Id type|Id|Lists|Balance\n(yuan)|Limit\n(yuan)|Used\n(yuan)|First credit|Technology",
    )
    decimals = (None, None, None, None, 2, 2, 2, None, None)
    fields = made_fields(heads, (36, 8, 22, 40, 18, 18, 18, 12, 9), decimals, language)
    rows: list[list[Value]] = [
        [
            one.name or "",
            one.id_type,
            one.id_no,
            kinds_in_words(one.kinds, language),
            one.balance,
            one.limit,
            one.used,
            "" if one.since is None else str(one.since),
            (YES if own.listed.national & set(one.kinds) else NO).in_(language),
        ]
        for one in own.matched
    ]
    words = Text(
        zh="“七类名单”为“是”的，其余额合计即本机构科技型企业贷款余额；只在省名录库的另成口径。",
        en="The balances marked “yes” add up to the institution's loans to technology enterprises; the directory of Henan is "
        "another frame.",
    )
    return sheet(board, own, MATCHED, fields, rows, (words,), language)


def unmatched(board: Board, own: Own, language: Language) -> Sheet:
    """Customers that may be on a list and are not found by their id: what to mend."""
    heads = Text(
        zh="客户名称|证件类型|证件代码|贷款余额\n（元）|原因|名单|名单所印代码",
        en="Name|Id type|Id|Balance\n(yuan)|Reason|Lists|Code on the list",
    )
    fields = made_fields(
        heads, (36, 8, 22, 18, 50, 36, 22), (None, None, None, 2, None, None, None), language
    )
    rows: list[list[Value]] = [
        [
            one.customer.name or "",
            one.customer.id_type,
            one.customer.id_no,
            one.customer.balance,
            one.reason.in_(language),
            kinds_in_words(one.kinds, language),
            " ".join(one.codes),
        ]
        for one in own.unmatched
    ]
    words = Text(
        zh="名称按书写统一后完全一致比较，不作近似；请在下期报文改正证件，或将名单代码报管辖分行。",
        en="Names are compared exactly once writing is levelled. Mend the id in the next files, or tell the branch the code.",
    )
    return sheet(board, own, UNMATCHED, fields, rows, (words,), language)


def prospects(board: Board, own: Own, language: Language) -> Sheet:
    """Listed firms of the institution's city without a loan from it; nothing is said of loans elsewhere."""
    heads = Text(
        zh="企业名称|统一社会信用代码|名单|所在区县|本行客户",
        en="Name|Credit code|Lists|County|Own customer",
    )
    fields = made_fields(heads, (44, 24, 50, 16, 10), (None,) * 5, language)
    counties = code_list("region")
    rows: list[list[Value]] = [
        [
            one.firm.name,
            one.firm.code,
            kinds_in_words(one.firm.kinds, language),
            counties.label(one.firm.county, on=board.period.last_day).in_(language),
            (YES if one.customer else NO).in_(language),
        ]
        for one in own.prospects
    ]
    city = own.institution.city
    where = (
        Text(zh="未登记", en="not registered") if city is None else code_list("city").label(city)
    )
    words = Text(
        zh=f"城市按金融机构登记：{where.zh}。名单和所在地取自名单与企业登记，不含已注销企业；是否在其他机构有贷款不在本表反映。",
        en=f"City by the register of institutions: {where.en}. Firms by lists and register, those struck off left out. "
        "Whether a firm has a loan elsewhere is not said here.",
    )
    return sheet(board, own, PROSPECTS, fields, rows, (words,), language)


def sheet(
    board: Board,
    own: Own,
    name: Text,
    fields: Sequence[Field],
    rows: Sequence[Sequence[Value]],
    notes: Sequence[Text],
    language: Language,
    *,
    landscape: bool = True,
) -> Sheet:
    """A sheet of the file, with the institution in its title."""
    month = month_in_words(board.period.last_day).in_(language)
    title = f"{own.institution.name}　{name.in_(language)}"
    below = [note.in_(language) for note in notes]
    return Sheet(
        name.in_(language), title, month, fields, rows, below, formal=False, landscape=landscape
    )


def made_fields(
    heads: Text, widths: Sequence[float], decimals: Sequence[int | None], language: Language
) -> list[Field]:
    """Columns by their heads in one language."""
    named = zip(heads.in_(language).split("|"), widths, decimals, strict=True)
    return [
        Field(head, width, places, wrapped=places is None and width >= WRAPPED)
        for head, width, places in named
    ]


def kinds_in_words(kinds: Sequence[str], language: Language) -> str:
    """The lists by name."""
    return "、".join(code_list("list_kind").label(kind).in_(language) for kind in kinds)
