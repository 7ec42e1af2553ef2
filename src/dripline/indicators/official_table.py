"""The official table of technology loans, edition without direct discounts (collection standard of tech loans, 4.2).

Thirteen rows by five measures, each cell an indicator ``TL-<row>-<measure>``. Every row is a condition on a loan row, a
total is the OR of its rows: so a loan that belongs to several classes is added once, and a borrower counted once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from dripline.codes import code_list
from dripline.definitions import Indicator, Version
from dripline.indicators.populations import (
    GRANTED,
    INDUSTRY_FLAGS,
    OFFICIAL,
    firm_code,
    granted_in_industry,
    in_industry,
    is_named,
    kinds,
    on_list,
)
from dripline.law import Day, Law
from dripline.measures import CountDistinct, Sum, weighted_mean
from dripline.nodes import Condition, Measure, Or
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.words import Text

SOURCE, ARTICLE = "tech-loan-collection", "4.2"
BREAKDOWNS: Final = (
    "total",
    "lender_city",
    "borrower_city",
    "location",
    "institution",
    "institution_kind",
    "product",
    "size",
    "industry_section",
    "currency_group",
    "lender_city+institution",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its label, how deep it is set in, and which loans and payments belong to it."""

    number: int
    label: Text
    depth: int
    stock: Condition
    flow: Condition


@dataclass(frozen=True, slots=True)
class Column:
    """A measure of the table: the end of its codes, its label, unit, decimals, and how it is taken of a row."""

    code: str
    label: Text
    unit: str
    decimals: int
    of: Callable[[Line], Measure]


def named(table: str, *of: str) -> Condition:
    """On a list of one of these kinds, as far as the table of the day has a row for it."""
    return on_list(table, *of, within=OFFICIAL)


def enterprise_lines() -> Iterator[tuple[Text, int, Condition, Condition]]:
    """Technology enterprises together, then each list in the lawbook's order; 小巨人 is an of-which of 专精特新."""
    lists = kinds(OFFICIAL)
    together = Text(zh="科技型企业贷款合计", en="Loans to technology enterprises")
    yield together, 0, named(CLDWDK.code, *lists), named(DWDKFS.code, *lists)
    for kind in lists:
        label = code_list("list_kind").label(kind)
        depth = 2 if kind == "xiaojuren" else 1
        yield label, depth, named(CLDWDK.code, kind), named(DWDKFS.code, kind)


def industry_lines() -> Iterator[tuple[Text, int, Condition, Condition]]:
    """Technology industries together, then each of the four."""
    labels = {
        "high_tech_mfg_flag": Text(zh="高技术制造业", en="High-tech manufacturing"),
        "high_tech_service_flag": Text(zh="高技术服务业", en="High-tech services"),
        "strategic_emerging_flag": Text(zh="战略性新兴产业", en="Strategic emerging industries"),
        "ip_intensive_flag": Text(
            zh="知识产权（专利）密集型产业", en="Patent-intensive industries"
        ),
    }
    together = Text(zh="科技相关产业贷款合计", en="Loans to technology industries")
    stock = Or(tuple(in_industry(flag) for flag in INDUSTRY_FLAGS))
    flow = Or(tuple(granted_in_industry(flag) for flag in INDUSTRY_FLAGS))
    yield together, 0, stock, flow
    for flag in INDUSTRY_FLAGS:
        yield labels[flag], 1, in_industry(flag), granted_in_industry(flag)


def lines() -> tuple[Line, ...]:
    """The rows in the order of the standard."""
    enterprises, industries = list(enterprise_lines()), list(industry_lines())
    (_, _, firms_stock, firms_flow), (_, _, trades_stock, trades_flow) = (
        enterprises[0],
        industries[0],
    )
    everything = (
        Text(zh="科技贷款合计", en="Technology loans"),
        0,
        firms_stock | trades_stock,
        firms_flow | trades_flow,
    )
    found = (*enterprises, *industries, everything)
    return tuple(Line(number, *line) for number, line in enumerate(found, 1))


def balance(line: Line) -> Measure:
    """Σ 贷款余额折人民币."""
    return Sum(CLDWDK.balance_cny, line.stock)


def balance_rate(line: Line) -> Measure:
    """Σ(balance × rate) ÷ Σ balance."""
    return weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=line.stock)


def granted(line: Line) -> Measure:
    """Σ 贷款发生金额折人民币 of payments (发放/收回标识 = 1)."""
    return Sum(DWDKFS.amount_cny, GRANTED & line.flow)


def granted_rate(line: Line) -> Measure:
    """Σ(amount × rate) ÷ Σ amount of the same payments."""
    return weighted_mean(DWDKFS.interest_rate, weight=DWDKFS.amount_cny, where=GRANTED & line.flow)


def borrowers(line: Line) -> Measure:
    """Different borrowers in the stock: a firm under its credit code and under its organisation code is one."""
    return CountDistinct((firm_code(CLDWDK.code),), line.stock)


COLUMNS: Final = (
    Column("BAL", Text(zh="贷款余额", en="Balance"), "yuan", 2, balance),
    Column(
        "BALRATE",
        Text(zh="余额加权平均利率", en="Average rate of the balance"),
        "percent",
        5,
        balance_rate,
    ),
    Column("NEW", Text(zh="当月发放额", en="Granted in the month"), "yuan", 2, granted),
    Column(
        "NEWRATE",
        Text(zh="当月发放加权平均利率", en="Average rate of what was granted"),
        "percent",
        5,
        granted_rate,
    ),
    Column("FIRMS", Text(zh="获贷企业户数", en="Borrowers"), "firms", 0, borrowers),
)
LINES: Final = lines()
"""Every row that the table has had; which of them it has on a day follows from the lawbook."""


def lines_on(today: Day) -> tuple[Line, ...]:
    """The rows of the table on a day."""
    return tuple(line for line in LINES if is_named(today, line.stock))


NOTE = Text(
    zh="不含直贴；企业类按采用的名单版本与借款人证件代码匹配，产业类按HDACLKJDK、HDAKJDKFS的T13行与借据（发放为交易流水号）匹配；"
    "合计按笔、按户去重，户以组织机构代码（统一社会信用代码第9至17位）为准；未收到HDACLKJDK的机构，其贷款是否属于科技产业为“未知”。"
    "名单未采用或证件类型无法匹配的，单列为“未知”。",
    en="Without direct discounts. Enterprise rows match the edition adopted with the borrower's id number, industry rows the "
    "T13 rows of HDACLKJDK and HDAKJDKFS with the note (payments: the transaction number). Totals count each loan and "
    "each borrower (by organisation code) once. Of a reporter without HDACLKJDK it is "
    "unknown which loans are to technology industries. Rows whose list is not adopted or whose id cannot be matched are "
    "shown as unknown.",
)


CHANGE: Final = Text(
    zh="科技型企业各行由人民银行按主管部门名单与借款人证件代码集中匹配，银行只报科技相关产业（T08至T13）。",
    en="The rows of technology enterprises are matched centrally, lists of the authorities against the borrower's id; "
    "banks report technology industries only (T08 to T13).",
)
BY_BANKS: Final = Version(
    since=None,
    measure=None,
    source=SOURCE,
    article="3.1、3.2",
    change=Text(
        zh="由银行自行识别科技型企业并汇总填报（汇总行T01至T12；旧表式据公开资料，待核对）。",
        en="Banks told technology enterprises apart themselves and reported sums (rows T01 to T12; the old layout is "
        "second hand and to be confirmed).",
    ),
)
"""What the table was before its present layouts (FN 17): totals of the banks, without rows to add up again."""


def present_layouts_from() -> date:
    """The first data date of today's tech-loan layouts, by the lawbook."""
    return cast("date", Law.load().entry("reporting.tech_loan_layout_from").values[-1].amount)


def cell(line: Line, column: Column) -> Indicator:
    """One cell of the table."""
    return Indicator(
        code=f"TL-{line.number:02d}-{column.code}",
        label=Text(
            zh=f"{line.label.zh}·{column.label.zh}", en=f"{line.label.en}: {column.label.en}"
        ),
        unit=column.unit,
        measure=column.of(line),
        decimals=column.decimals,
        source=SOURCE,
        article=ARTICLE,
        breakdowns=BREAKDOWNS,
        serves=("7.1",),
        note=NOTE,
        since=present_layouts_from(),
        change=CHANGE,
        earlier=(BY_BANKS,),
    )


OFFICIAL_TABLE: Final = tuple(cell(line, column) for line in LINES for column in COLUMNS)
"""Every cell, row by row."""
