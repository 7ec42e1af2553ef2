"""The summary rows of the technology tables against the loans and bills behind them (XT-10) and each other (XT-11)."""

from dataclasses import dataclass
from decimal import Decimal

from dripline.definitions import AnyCheck, Total
from dripline.measures import CountDistinct, Sum
from dripline.nodes import And, Condition, Constant, Field, HasRow, Or, Value
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rules_bills import DIRECT, DIRECT_BUY
from dripline.standards.rules_tech_loans import (
    FLAGS,
    SUMMARIES,
    TechLoans,
    in_any_class,
    is_bill,
    is_loan,
    waits_for_bills,
)
from dripline.standards.sources import OWN, PRACTICE
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS
from dripline.standards.totals import if_complete, named, rows_of, totals_rule
from dripline.words import Text

Loans = type[CLDWDK] | type[DWDKFS]
Bills = type[CLPJRZ] | type[PJRZFS]

HALF_UNIT = Constant(Decimal("0.000005"))
"""Half a unit in the last place of a rate, which has five decimals."""
CLASSES, ALL_CLASSES = SUMMARIES[:4], SUMMARIES[4]


@dataclass(frozen=True, slots=True)
class Base:
    """The loans and bills behind a technology table: what is outstanding, or what was granted in the month."""

    tech: TechLoans
    loans: Loans
    amount: Field
    granted: Condition | None
    bills: Bills
    discounted: Condition

    def behind(self, marked: Condition) -> Condition:
        """A loan that has a row T13 with the mark; a loan in two rows counts once."""
        has_row = self._has_row(self.loans, "loan_note_no", is_loan(self.tech) & marked)
        return has_row if self.granted is None else self.granted & has_row

    def bills_behind(self, marked: Condition) -> Condition:
        """A direct discount that has a row T13 of bills (C03) with the mark."""
        marked = is_loan(self.tech) & is_bill(self.tech) & marked
        return self.discounted & self._has_row(self.bills, "bill_no", marked)

    def _has_row(self, of: Loans | Bills, number: str, where: Condition) -> Condition:
        names = (number, "serial_no") if self.tech is HDAKJDKFS else (number,)
        on = tuple((of.field(name), self.tech.field(name)) for name in names)
        return HasRow(on, where=where)


BASES = (
    Base(
        HDACLKJDK,
        CLDWDK,
        CLDWDK.balance_cny,
        None,
        CLPJRZ,
        CLPJRZ.discount_mode.is_(DIRECT),
    ),
    Base(
        HDAKJDKFS,
        DWDKFS,
        DWDKFS.amount_cny,
        DWDKFS.direction.is_("1"),
        PJRZFS,
        PJRZFS.discount_mode.is_(DIRECT) & PJRZFS.trade_type.is_(DIRECT_BUY),
    ),
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
    computed: tuple[tuple[Total, Total], ...]
    """Of loans and of bills: together what the row should say (of a rate: the amount, and what it weighs)."""
    lacking: tuple[Total, Total]
    """Loans and bills behind it that lack a value the number is made of."""

    def rule(self) -> AnyCheck:
        """XT-10; unknown while the row, a flag, a loan or a bill lacks a value."""
        tech, loans, bills = self.base.tech, self.base.loans, self.base.bills
        of_row = tech.row_type.is_(self.name)
        rows = rows_of("summary_rows", tech.row_type, of_row)
        filled = rows_of("filled_rows", tech.row_type, of_row & self.column.is_known)
        reported = Total("reported", Sum(self.column, of_row))
        open_rows = rows_of("rows_unmarked", tech.row_type, unmarked(tech, self.name))
        gaps = named(self.lacking[0]) + named(self.lacking[1]) + named(open_rows)
        complete = named(filled).is_(1) & gaps.is_(0)
        stated = named(reported)
        found = [named(of_loans) + named(of_bills) for of_loans, of_bills in self.computed]
        agree = is_rate(stated, *found) if self.what == "rate" else stated.is_(found[0])
        computed = tuple(total for both in self.computed for total in both)
        return totals_rule(
            f"XT-10/{tech.code}/{self.name}/{self.what}",
            "error",
            PRACTICE,
            Text(
                zh=f"{self.name}的{self.words.zh}应与逐笔数据关联{loans.code}、{bills.code}重算的结果一致。",
                en=f"The {self.words.en} of {self.name} is that of the loans of {loans.code} and the bills of {bills.code} "
                "behind its rows T13.",
            ),
            Text(
                zh="核对逐笔标识和基础表，重算该汇总行；金额以元、各币种折人民币计。",
                en="Check marks and base table and add the row up again, in yuan, all currencies converted.",
            ),
            totals=(reported, rows, filled, *computed, *self.lacking, open_rows),
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


@dataclass(frozen=True, slots=True)
class Behind:
    """The loans and bills behind one summary row, and what is added up of them."""

    base: Base
    loans: Condition
    bills: Condition

    def amounts(self) -> tuple[Total, Total]:
        """In yuan."""
        return (
            Total("amount", Sum(self.base.amount, self.loans)),
            Total("discounts", Sum(self.base.bills.discount_amount_cny, self.bills)),
        )

    def weighed(self) -> tuple[Total, Total]:
        """Amounts times rates."""
        loans, bills = self.base.loans, self.base.bills
        discounts = bills.discount_amount_cny * bills.discount_rate
        return (
            Total("amount_times_rate", Sum(self.base.amount * loans.interest_rate, self.loans)),
            Total("discounts_times_rate", Sum(discounts, self.bills)),
        )

    def firms(self) -> tuple[Total, Total]:
        """Different borrowers, and different discounters that are not among them."""
        loans, bills = self.base.loans, self.base.bills
        of_loan = loans.borrower_id_type, loans.borrower_id_no
        of_bill = bills.discount_applicant_id_type, bills.discount_applicant_id_no
        also_borrows = HasRow(tuple(zip(of_bill, of_loan, strict=True)), where=self.loans)
        return (
            Total("borrowers", CountDistinct(of_loan, self.loans)),
            Total("discounters", CountDistinct(of_bill, self.bills & ~also_borrows)),
        )

    def lacking(self, of_loan: Condition, of_bill: Condition) -> tuple[Total, Total]:
        """Loans and bills that lack a value."""
        return (
            rows_of("loans_lacking", self.base.loans.loan_note_no, self.loans & of_loan),
            rows_of("bills_lacking", self.base.bills.bill_no, self.bills & of_bill),
        )


def summaries(base: Base, name: str) -> tuple[Summary, ...]:
    """Amount, rate and number of firms of one summary row."""
    tech, loans, bills = base.tech, base.loans, base.bills
    marked = marks(tech)[name]
    behind = Behind(base, base.behind(marked), base.bills_behind(marked))
    no_amount, no_discount = base.amount.is_empty, bills.discount_amount_cny.is_empty
    return (
        Summary(
            base,
            name,
            "amount",
            Text(zh="汇总金额", en="amount"),
            tech.sum_amount_cny,
            (behind.amounts(),),
            behind.lacking(no_amount, no_discount),
        ),
        Summary(
            base,
            name,
            "rate",
            Text(zh="加权平均利率（五位小数，四舍五入）", en="weighted rate (5 decimals, half up)"),
            tech.weighted_avg_rate,
            (behind.amounts(), behind.weighed()),
            behind.lacking(
                no_amount | loans.interest_rate.is_empty, no_discount | bills.discount_rate.is_empty
            ),
        ),
        Summary(
            base,
            name,
            "borrowers",
            Text(zh="获贷企业数量（去重）", en="number of different borrowers"),
            tech.borrower_count,
            (behind.firms(),),
            behind.lacking(
                loans.borrower_id_type.is_empty | loans.borrower_id_no.is_empty,
                bills.discount_applicant_id_type.is_empty | bills.discount_applicant_id_no.is_empty,
            ),
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
