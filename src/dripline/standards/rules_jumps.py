"""Large changes against the month before that need a look: balance, rate, number of records (XP-10)."""

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import Condition, Constant, Field, Parameter, Value
from dripline.standards.customers import FTYKHX
from dripline.standards.loans import CLDWDK
from dripline.standards.sources import OWN
from dripline.standards.totals import named, rows_of, totals_rule
from dripline.words import Text

_LEAST = Parameter("check.jump_rows_min", scale=0)
_REMEDY = Text(
    zh="核对是否漏报、重报、单位或折算有误；属实的，说明原因。",
    en="Look for rows left out or doubled, wrong units or conversion; if the change is true, say why.",
)
# Rows without an amount or a rate do not enter either mean.
_BOTH = CLDWDK.balance_cny.is_known & CLDWDK.interest_rate.is_known


def within(change: Value, bound: Value) -> Condition:
    """The change is at most the bound, up or down."""
    return change.at_most(bound) & change.at_least(Constant(0) - bound)


def then_and_now(name: str, value: Value, where: Condition | None = None) -> tuple[Total, Total]:
    """The sum of this month and that of the month before."""
    return Total(name, Sum(value, where)), Total(
        f"{name}_before", Sum(value, where), (), "previous"
    )


def rows_then_and_now(column: Field) -> tuple[Total, Total]:
    """The number of rows of this month and of the month before."""
    return rows_of("rows", column), rows_of("rows_before", column, period="previous")


def rows_rule(column: Field, what: Text) -> AnyCheck:
    """XP-10 for the number of records of a table."""
    now, before = rows_then_and_now(column)
    change = (named(now) - named(before)) * 100
    return totals_rule(
        f"XP-10/{column.table}/rows",
        "warning",
        OWN,
        Text(
            zh=f"{what.zh}的记录数较上期变动一般不超过check.jump_rows_percent。",
            en=f"The number of {what.en} changes by no more than check.jump_rows_percent within a month.",
        ),
        _REMEDY,
        totals=(now, before),
        given=named(before).at_least(_LEAST),
        holds=within(change, Parameter("check.jump_rows_percent", scale=2) * named(before)),
    )


def balance_rule() -> AnyCheck:
    """XP-10 for the balance of all notes."""
    rows = rows_then_and_now(CLDWDK.loan_note_no)
    now, before = then_and_now("balance", CLDWDK.balance_cny)
    change = (named(now) - named(before)) * 100
    return totals_rule(
        "XP-10/CLDWDK/balance",
        "warning",
        OWN,
        Text(
            zh="贷款余额（折人民币）较上期变动一般不超过check.jump_balance_percent。",
            en="The balance in yuan changes by no more than check.jump_balance_percent within a month.",
        ),
        _REMEDY,
        totals=(now, before, *rows),
        given=named(rows[1]).at_least(_LEAST),
        holds=within(change, Parameter("check.jump_balance_percent", scale=2) * named(before)),
    )


def rate_rule() -> AnyCheck:
    """XP-10 for the weighted rate; both sides are multiplied by both balances, as nothing is divided."""
    rows = rows_then_and_now(CLDWDK.loan_note_no)
    now, before = then_and_now("balance", CLDWDK.balance_cny, _BOTH)
    weighed, weighed_before = then_and_now(
        "balance_times_rate", CLDWDK.balance_cny * CLDWDK.interest_rate, _BOTH
    )
    change = named(weighed) * named(before) - named(weighed_before) * named(now)
    bound = Parameter("check.jump_rate_points", scale=2) * named(now) * named(before)
    return totals_rule(
        "XP-10/CLDWDK/rate",
        "warning",
        OWN,
        Text(
            zh="加权平均利率较上期变动一般不超过check.jump_rate_points个百分点。",
            en="The weighted rate changes by no more than check.jump_rate_points percentage points within a month.",
        ),
        _REMEDY,
        totals=(weighed, weighed_before, now, before, *rows),
        given=named(rows[1]).at_least(_LEAST) & named(now).above(0),
        holds=within(change, bound),
    )


RULES: tuple[AnyCheck, ...] = (
    balance_rule(),
    rate_rule(),
    rows_rule(CLDWDK.loan_note_no, Text(zh="存量单位贷款", en="loan notes")),
    rows_rule(FTYKHX.customer_id_no, Text(zh="非同业单位客户", en="customers")),
)
