"""Rules that many tables share: an amount in yuan is itself, an amount is above nothing, a flow lies in its month."""

from dripline.definitions import AnyCheck
from dripline.nodes import Condition, Field, PeriodDay
from dripline.standards.sources import OWN, SourceId, row_rule
from dripline.tables import table
from dripline.words import Text

CHECK_AMOUNTS = Text(
    zh="核对币种和两项金额，单位均为元。",
    en="Check the currency and both amounts; the unit is the yuan.",
)


def yuan_rule(
    code: str, currency: Field, amount: Field, in_yuan: Field, source: SourceId = OWN
) -> AnyCheck:
    """An amount in yuan is itself, converted or not."""
    label = table(amount.table).columns[amount.name].label
    return row_rule(
        code,
        "error",
        source,
        Text(
            zh=f"以人民币计的{label.zh}与折人民币金额应相等。",
            en=f"In yuan, {_lower(label.en)} equals the amount in yuan.",
        ),
        CHECK_AMOUNTS,
        given=currency.is_("CNY"),
        holds=amount.is_(in_yuan),
    )


def positive_rule(code: str, *amounts: Field, source: SourceId = OWN) -> AnyCheck:
    """Amounts that are above nothing, in both currencies."""
    label = table(amounts[0].table).columns[amounts[0].name].label
    holds = amounts[0].above(0)
    for amount in amounts[1:]:
        holds = holds & amount.above(0)
    return row_rule(
        code,
        "error",
        source,
        Text(
            zh=f"{label.zh}和折人民币金额应大于0。",
            en=f"{label.en} and the amount in yuan are above 0.",
        ),
        Text(
            zh="方向由标识表示，金额填正数；没有余额的不报。",
            en="A direction stands in its own field, an amount is positive; leave out what has no balance.",
        ),
        holds=holds,
    )


def month_rule(
    code: str, day: Field, *, given: Condition | None = None, source: SourceId = OWN
) -> AnyCheck:
    """A transaction was made within the month it is reported for."""
    return row_rule(
        code,
        "error",
        source,
        Text(
            zh="交易日期应在报告月内。", en="The transaction took place within the reporting month."
        ),
        Text(
            zh="按交易记录改正日期；不是本月的，移至所属月份。",
            en="Mend the date by the record; move what was not of this month to its own.",
        ),
        given=given,
        holds=day.not_before(PeriodDay("first")) & day.not_after(PeriodDay()),
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
