"""The official table of technology loans, edition with direct discounts (collection standard of tech loans, 4.1).

The rows and measures of the edition without them, each over loans and bills together: ``TD-<row>-<measure>``. A bill
counts at what the bank holds it at or paid for it (贴现金额折人民币), with its discount rate; who borrows and discounts
counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dripline.definitions import Indicator
from dripline.indicators import official_table as without
from dripline.indicators.populations import (
    DISCOUNTED,
    GRANTED,
    INDUSTRY_FLAGS,
    NEWLY_DISCOUNTED,
    OFFICIAL,
    discounted_in_industry,
    firm_code,
    kinds,
    newly_discounted_in_industry,
    on_list,
)
from dripline.measures import Combine, CountDistinct, Ratio, Sum, count_across
from dripline.nodes import Condition, Measure, Or, Value
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.words import Text

ARTICLE = "4.1"
BREAKDOWNS: Final = tuple(way for way in without.BREAKDOWNS if way != "product")
"""A bill has no loan product."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: its loans and payments, and its bills and discounts."""

    loans: without.Line
    bills: Condition
    discounts: Condition


def of_enterprises() -> Iterator[tuple[Condition, Condition]]:
    """Bills and discounts of technology enterprises together, then of each list."""
    every = kinds(OFFICIAL)
    for some in (every, *((kind,) for kind in every)):
        bills = on_list(CLPJRZ.code, *some, within=OFFICIAL)
        yield bills, on_list(PJRZFS.code, *some, within=OFFICIAL)


def of_industries() -> Iterator[tuple[Condition, Condition]]:
    """Bills and discounts of technology industries together, then of each of the four."""
    each = [(discounted_in_industry(f), newly_discounted_in_industry(f)) for f in INDUSTRY_FLAGS]
    yield Or(tuple(bills for bills, _ in each)), Or(tuple(discounts for _, discounts in each))
    yield from each


def lines() -> tuple[Line, ...]:
    """The rows in the order of the standard."""
    enterprises, industries = list(of_enterprises()), list(of_industries())
    (firms, new_firms), (trades, new_trades) = enterprises[0], industries[0]
    found = (*enterprises, *industries, (firms | trades, new_firms | new_trades))
    return tuple(
        Line(loans, DISCOUNTED & bills, NEWLY_DISCOUNTED & discounts)
        for loans, (bills, discounts) in zip(without.LINES, found, strict=True)
    )


def together(*sums: Sum) -> Combine:
    """Loans and bills added up."""
    return Combine(tuple((1, one) for one in sums))


def mean_rate(*parts: tuple[Value, Value, Condition]) -> Ratio:
    """The mean rate over rows of several tables: of each its rate, its amount, and which rows; where both are known."""
    weighed, amounts = [], []
    for rate, amount, where in parts:
        chosen = rate.is_known & amount.is_known & where
        weighed.append(Sum(amount * rate, chosen))
        amounts.append(Sum(amount, chosen))
    return Ratio(together(*weighed), together(*amounts))


def balance(line: Line) -> Measure:
    """Σ 贷款余额折人民币 + Σ 贴现金额折人民币."""
    return together(
        Sum(CLDWDK.balance_cny, line.loans.stock), Sum(CLPJRZ.discount_amount_cny, line.bills)
    )


def balance_rate(line: Line) -> Measure:
    """Σ(amount × 利率水平 or 贴现利率) ÷ Σ amount."""
    return mean_rate(
        (CLDWDK.interest_rate, CLDWDK.balance_cny, line.loans.stock),
        (CLPJRZ.discount_rate, CLPJRZ.discount_amount_cny, line.bills),
    )


def granted(line: Line) -> Measure:
    """Σ 贷款发生金额折人民币 of payments + Σ 贴现金额折人民币 of direct discounts of the month (A01)."""
    return together(
        Sum(DWDKFS.amount_cny, GRANTED & line.loans.flow),
        Sum(PJRZFS.discount_amount_cny, line.discounts),
    )


def granted_rate(line: Line) -> Measure:
    """The same payments and discounts, weighted by their amounts."""
    return mean_rate(
        (DWDKFS.interest_rate, DWDKFS.amount_cny, GRANTED & line.loans.flow),
        (PJRZFS.discount_rate, PJRZFS.discount_amount_cny, line.discounts),
    )


def firms(line: Line) -> Measure:
    """Different borrowers and discounters in the stock tables, each once."""
    return count_across(
        CountDistinct((firm_code(CLDWDK.code),), line.loans.stock),
        CountDistinct((firm_code(CLPJRZ.code),), line.bills),
    )


OF: Final[dict[str, Callable[[Line], Measure]]] = {
    "BAL": balance,
    "BALRATE": balance_rate,
    "NEW": granted,
    "NEWRATE": granted_rate,
    "FIRMS": firms,
}
"""The measures by the end of their codes, as in the edition without discounts."""
LINES: Final = lines()
NOTE: Final = Text(
    zh="含直贴（CLPJRZ贴现方式01、PJRZFS交易类型A01），买断式转贴现不计；票据以贴现金额折人民币和贴现利率计，产业类按T13行与票据编号（发生额加交易流水号）匹配。"
    "既有贷款又有直贴的企业只计一户。未收到CLPJRZ、PJRZFS的机构，其票据不计入，应与覆盖情况一并看。其他同不含直贴的版本。",
    en="With direct discounts (mode 01 of CLPJRZ, A01 of PJRZFS); what banks buy from each other is left out. A bill counts with "
    "its discount in yuan and its discount rate; industry rows match the T13 rows with the bill's number (in the flow the "
    "transaction number too). A firm with a loan and a discount counts once. Of a reporter without CLPJRZ or PJRZFS no "
    "bill is counted, so the coverage is to be read with it. All else as in the edition without discounts.",
)


def cell(line: Line, column: without.Column) -> Indicator:
    """One cell of the table."""
    alike = without.cell(line.loans, column)
    return replace(
        alike,
        code=f"TD-{line.loans.number:02d}-{column.code}",
        label=Text(zh=f"{alike.label.zh}（含直贴）", en=f"{alike.label.en}, with direct discounts"),
        measure=OF[column.code](line),
        article=ARTICLE,
        breakdowns=BREAKDOWNS,
        note=NOTE,
    )


OFFICIAL_TABLE_WITH_BILLS: Final = tuple(
    cell(line, column) for line in LINES for column in without.COLUMNS
)
"""Every cell, row by row."""
