"""What technology enterprises pay: the official rate as it stands, and a price that can be compared (FN 11)."""

from typing import Final

from dripline.indicators.balances import LISTED
from dripline.indicators.breakdowns import OF_LOANS
from dripline.indicators.chapters import figure
from dripline.indicators.populations import GRANTED, technology
from dripline.measures import weighted_mean
from dripline.nodes import Choose, MonthsLater, Parameter, Value
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.words import Text

PAID_OUT: Final = technology(DWDKFS.code) & GRANTED
LONG: Final = DWDKFS.due_date.after(MonthsLater(DWDKFS.grant_date, 60))
LPR: Final[Value] = Choose(
    ((LONG, Parameter("lpr.five_year", 2, DWDKFS.grant_date)),),
    Parameter("lpr.one_year", 2, DWDKFS.grant_date),
)
"""Of over five years for longer terms, of one year for all others, on the grant day."""
COMPARABLE: Final = (
    PAID_OUT
    & DWDKFS.currency.is_("CNY")
    & DWDKFS.loan_event_status.is_("LF01")
    & ~DWDKFS.product_type.is_in("F051", "F052", "F053", "F059")
)
"""Renminbi, newly granted, normal, without advances (discounts are in another table)."""
WAYS: Final = (*OF_LOANS, "interest_subsidy")
FORMULA: Final = ("tech-loan-collection", "4.2")
OURS: Final = ("own", "可比价格")
AS_REPORTED: Final = Text(
    zh="利率字段含逾期罚息，部分为贴息后利率；与可比价格（TE-PRICE）对照看。",
    en="The field holds penalty rates of overdue notes and is after subsidy in places; see TE-PRICE beside it.",
)
PRICE_NOTE: Final = Text(
    zh="人民币、当月正常发放，不含垫款和贴现；续贷、借新还旧和转入不计。贴息贷款可按财政贴息另列。",
    en="Renminbi, granted in the month as normal, no advances, no discounts; renewals and transfers in are left out. Subsidised "
    "loans can be shown apart by interest_subsidy.",
)

PRICES: Final = (
    figure(
        "TE-RATE-BAL",
        "科技型企业贷款余额加权平均利率",
        "Average rate of the balance",
        weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=LISTED),
        unit="percent",
        decimals=5,
        by=WAYS,
        cites=FORMULA,
        serves=("6",),
        note=AS_REPORTED,
    ),
    figure(
        "TE-RATE-NEW",
        "科技型企业新发放贷款加权平均利率",
        "Average rate of what was granted in the month",
        weighted_mean(DWDKFS.interest_rate, weight=DWDKFS.amount_cny, where=PAID_OUT),
        unit="percent",
        decimals=5,
        by=WAYS,
        cites=FORMULA,
        serves=("6",),
        note=AS_REPORTED,
    ),
    figure(
        "TE-PRICE",
        "科技型企业新发放贷款可比价格",
        "Comparable price of new loans",
        weighted_mean(DWDKFS.interest_rate, weight=DWDKFS.amount_cny, where=COMPARABLE),
        unit="percent",
        decimals=5,
        by=WAYS,
        cites=OURS,
        serves=("6",),
        note=PRICE_NOTE,
    ),
    figure(
        "TE-SPREAD",
        "可比价格与同期限LPR之差",
        "Spread of the comparable price to the LPR of the term",
        weighted_mean(DWDKFS.interest_rate - LPR, weight=DWDKFS.amount_cny, where=COMPARABLE),
        unit="points",
        decimals=5,
        by=WAYS,
        cites=OURS,
        serves=("6",),
        note=Text(
            zh="LPR取发放日当日：五年以上为5年期以上，其余为1年期。2019年8月20日前发放的没有LPR，不计。",
            en="The LPR of the grant day: over five years for longer terms, one year for others. Loans granted before 2019-08-20 "
            "have none and are left out.",
        ),
    ),
)
