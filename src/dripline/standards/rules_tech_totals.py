"""The summary rows of the technology tables against the loans behind them (XT-10) and each other (XT-11)."""

from dataclasses import dataclass
from decimal import Decimal

from dripline.definitions import AnyCheck, Total
from dripline.measures import CountDistinct, Sum
from dripline.nodes import And, Condition, Constant, Field, HasRow, Or, Value
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rules_tech_loans import (
    FLAGS,
    SUMMARIES,
    TechLoans,
    in_any_class,
    is_loan,
    waits_for_bills,
)
from dripline.standards.sources import OWN, PRACTICE
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS
from dripline.standards.totals import if_complete, named, rows_of, totals_rule
from dripline.words import Text

Loans = type[CLDWDK] | type[DWDKFS]

HALF_UNIT = Constant(Decimal("0.000005"))
"""Half a unit in the last place of a rate, which has five decimals."""
CLASSES, ALL_CLASSES = SUMMARIES[:4], SUMMARIES[4]


@dataclass(frozen=True, slots=True)
class Base:
    """The loans behind a technology table: the notes outstanding, or the grants of the month."""

    tech: TechLoans
    loans: Loans
    amount: Field
    granted: Condition | None

    def behind(self, marked: Condition) -> Condition:
        """A loan that has a row T13 with the mark; a loan in two rows counts once."""
        names = ("loan_note_no", "serial_no") if self.tech is HDAKJDKFS else ("loan_note_no",)
        on = tuple((self.loans.field(name), self.tech.field(name)) for name in names)
        has_row = HasRow(on, where=is_loan(self.tech) & marked)
        return has_row if self.granted is None else self.granted & has_row


BASES = (
    Base(HDACLKJDK, CLDWDK, CLDWDK.balance_cny, None),
    Base(HDAKJDKFS, DWDKFS, DWDKFS.amount_cny, DWDKFS.direction.is_("1")),
)


def marks(table: TechLoans) -> dict[str, Condition]:
    """Which loans' rows belong to a summary row; T12 has each of them once."""
    own = {name: table.field(flag).is_("1") for name, flag in zip(CLASSES, FLAGS, strict=True)}
    return {**own, ALL_CLASSES: in_any_class(table)}


def unmarked(table: TechLoans, name: str) -> Condition:
    """A loan's row whose empty flag leaves open whether it belongs to the summary row."""
    flags = FLAGS if name == ALL_CLASSES else [list(FLAGS)[CLASSES.index(name)]]
    empty = tuple(table.field(flag).is_empty for flag in flags)
    marked = tuple(table.field(flag).is_known & table.field(flag).is_("1") for flag in flags)
    return is_loan(table) & Or(empty) & ~Or(marked)


@dataclass(frozen=True, slots=True)
class Summary:
    """One number of one summary row, and what it is compared with."""

    base: Base
    name: str
    what: str
    words: Text
    column: Field
    computed: tuple[Total, ...]
    lacking: Condition
    """A loan behind it lacks a value the number is made of."""

    def rule(self) -> AnyCheck:
        """XT-10; unknown while the row, a flag or a loan lacks a value."""
        tech, loans = self.base.tech, self.base.loans
        of_row = tech.row_type.is_(self.name)
        rows = rows_of("summary_rows", tech.row_type, of_row)
        filled = rows_of("filled_rows", tech.row_type, of_row & self.column.is_known)
        reported = Total("reported", Sum(self.column, of_row))
        behind = self.base.behind(marks(tech)[self.name])
        gaps = rows_of("loans_lacking", loans.loan_note_no, behind & self.lacking)
        open_rows = rows_of("rows_unmarked", tech.row_type, unmarked(tech, self.name))
        complete = named(filled).is_(1) & (named(gaps) + named(open_rows)).is_(0)
        found = tuple(named(total) for total in self.computed)
        stated = named(reported)
        agree = is_rate(stated, *found) if self.what == "rate" else stated.is_(found[0])
        return totals_rule(
            f"XT-10/{tech.code}/{self.name}/{self.what}",
            "error",
            PRACTICE,
            Text(
                zh=f"{self.name}的{self.words.zh}应与逐笔数据关联{loans.code}重算的结果一致。",
                en=f"The {self.words.en} of {self.name} is that of the loans of {loans.code} behind its rows T13.",
            ),
            Text(
                zh="核对逐笔标识和基础表，重算该汇总行；金额以元、各币种折人民币计。",
                en="Check marks and base table and add the row up again, in yuan, all currencies converted.",
            ),
            totals=(reported, rows, filled, *self.computed, gaps, open_rows),
            given=named(rows).above(0),
            holds=if_complete(complete, agree),
            needs=waits_for_bills(tech),
        )


def is_rate(rate: Value, amount: Value, weighed: Value) -> Condition:
    """The rate is the weighted sum over the amount, rounded half up; 0 where there is no amount.

    Nothing is divided: half a unit below the rate, times the amount, still belongs to it, half a unit above no more.
    """
    off = weighed - rate * amount
    half = amount * HALF_UNIT
    rounded = off.at_least(Constant(0) - half) & off.below(half)
    return (amount.is_(0) & rate.is_(0)) | (amount.above(0) & rounded)


def summaries(base: Base, name: str) -> tuple[Summary, ...]:
    """Amount, rate and number of firms of one summary row."""
    tech, loans = base.tech, base.loans
    behind = base.behind(marks(tech)[name])
    amount = Total("amount", Sum(base.amount, behind))
    weighed = Total("amount_times_rate", Sum(base.amount * loans.interest_rate, behind))
    firms = Total(
        "borrowers", CountDistinct((loans.borrower_id_type, loans.borrower_id_no), behind)
    )
    no_amount, no_rate = base.amount.is_empty, loans.interest_rate.is_empty
    no_firm = loans.borrower_id_type.is_empty | loans.borrower_id_no.is_empty
    return (
        Summary(
            base,
            name,
            "amount",
            Text(zh="汇总金额", en="amount"),
            tech.sum_amount_cny,
            (amount,),
            no_amount,
        ),
        Summary(
            base,
            name,
            "rate",
            Text(zh="加权平均利率（五位小数，四舍五入）", en="weighted rate (5 decimals, half up)"),
            tech.weighted_avg_rate,
            (amount, weighed),
            no_amount | no_rate,
        ),
        Summary(
            base,
            name,
            "borrowers",
            Text(zh="获贷企业数量（去重）", en="number of different borrowers"),
            tech.borrower_count,
            (firms,),
            no_firm,
        ),
    )


def between_rule(table: TechLoans, what: str, words: Text, column: Field) -> AnyCheck:
    """XT-11: the deduplicated total lies between the largest class and the sum of the classes."""
    of_class = tuple(
        Total(name, Sum(column, table.row_type.is_(name))) for name in (*CLASSES, ALL_CLASSES)
    )
    filled = rows_of(
        "filled_rows", table.row_type, table.row_type.is_in(*SUMMARIES) & column.is_known
    )
    rows = rows_of("summary_rows", table.row_type, table.row_type.is_in(*SUMMARIES))
    *classes, every = (named(total) for total in of_class)
    first, second, third, fourth = classes
    between = And(
        (
            *(one.at_most(every) for one in classes),
            every.at_most(first + second + third + fourth),
        )
    )
    return totals_rule(
        f"XT-11/{table.code}/{what}",
        "error",
        OWN,
        Text(
            zh=f"T12的{words.zh}不小于T08至T11中最大的，不大于四者之和。",
            en=f"The {words.en} of T12 is at least the largest of T08 to T11 and at most their sum.",
        ),
        Text(
            zh="T12按笔（企业数按户）去重汇总，重新计算。",
            en="Add up T12 again with each loan (for the number: each firm) counted once.",
        ),
        totals=(*of_class, rows, filled),
        given=named(rows).is_(len(SUMMARIES)),
        holds=if_complete(named(filled).is_(len(SUMMARIES)), between),
    )


RULES: tuple[AnyCheck, ...] = (
    *(summary.rule() for base in BASES for name in SUMMARIES for summary in summaries(base, name)),
    *(
        between_rule(table, what, words, table.field(column))
        for table in (HDACLKJDK, HDAKJDKFS)
        for what, words, column in (
            ("amount", Text(zh="汇总金额", en="amount"), "sum_amount_cny"),
            ("borrowers", Text(zh="获贷企业数量", en="number of borrowers"), "borrower_count"),
        )
    ),
)
