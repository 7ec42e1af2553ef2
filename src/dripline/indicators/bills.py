"""Direct discounts of technology enterprises: how much, how many, at what rate, what share; and beside their loans."""

from typing import Final

from dripline.indicators import balances
from dripline.indicators.breakdowns import OF_BILLS, OF_BOTH
from dripline.indicators.chapters import BULLETIN, figure
from dripline.indicators.populations import (
    DISCOUNTED,
    INDUSTRY_FLAGS,
    NEWLY_DISCOUNTED,
    discounted_in_industry,
    firm_code,
    technology,
)
from dripline.measures import (
    Combine,
    Count,
    CountDistinct,
    Sum,
    count_across,
    share,
    weighted_mean,
)
from dripline.nodes import Or
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.words import Text

OF_PLAN: Final = ("plan-henan-2024-30", "二（三）")
"""“再贴现+科技型企业票据”: the bills it is about."""
HELD: Final = DISCOUNTED & technology(CLPJRZ.code)
NEW: Final = NEWLY_DISCOUNTED & technology(PJRZFS.code)
AMOUNT: Final = CLPJRZ.discount_amount_cny
BALANCE: Final = Sum(AMOUNT, HELD)
DISCOUNTERS: Final = CountDistinct((firm_code(CLPJRZ.code),), HELD)
COMMERCIAL: Final = CLPJRZ.bill_kind.is_("02")
INDUSTRY: Final = Or(tuple(discounted_in_industry(flag) for flag in INDUSTRY_FLAGS))
BY_NOTHING_OF_LISTS: Final = tuple(way for way in OF_BILLS if "list_kind" not in way)
DIRECT: Final = Text(
    zh="直贴（贴现方式01），按贴现申请人是否在名单上；买断式转贴现是银行之间的买卖，不计。",
    en="Direct discounts (mode 01) by whether the discounter is on a list; what banks sell each other outright is left out.",
)

BILLS: Final = (
    figure(
        "BI-BAL",
        "科技型企业票据直贴余额",
        "Direct discounts of technology enterprises",
        BALANCE,
        by=OF_BILLS,
        serves=("7.1", "2.3"),
        note=DIRECT,
    ),
    figure(
        "BI-COUNT",
        "科技型企业直贴票据笔数",
        "Discounted bills of technology enterprises",
        Count(CLPJRZ.bill_no, HELD),
        unit="notes",
        by=OF_BILLS,
        serves=("7.1", "2.3"),
        note=Text(
            zh="可拆分票据按持有的子票区间计笔。", en="Of a split bill each range held is one."
        ),
    ),
    figure(
        "BI-FIRMS",
        "有直贴余额的科技型企业户数",
        "Technology enterprises with a discounted bill",
        DISCOUNTERS,
        unit="firms",
        by=OF_BILLS,
        serves=("7.1", "2.3"),
    ),
    figure(
        "BI-RATE",
        "科技型企业直贴余额加权平均利率",
        "Average rate of the bills held",
        weighted_mean(CLPJRZ.discount_rate, weight=AMOUNT, where=HELD),
        unit="percent",
        decimals=5,
        by=OF_BILLS,
        serves=("7.1", "6"),
    ),
    figure(
        "BI-NEW",
        "科技型企业当月直贴发生额",
        "Discounted in the month",
        Sum(PJRZFS.discount_amount_cny, NEW),
        by=OF_BILLS,
        serves=("7.1", "2.3"),
        note=Text(
            zh="交易类型A01，按实际贴现金额。", en="Transactions A01, at the amount actually paid."
        ),
    ),
    figure(
        "BI-NEWRATE",
        "科技型企业当月直贴加权平均利率",
        "Average rate of what was discounted in the month",
        weighted_mean(PJRZFS.discount_rate, weight=PJRZFS.discount_amount_cny, where=NEW),
        unit="percent",
        decimals=5,
        by=OF_BILLS,
        serves=("7.1", "6"),
    ),
    figure(
        "BI-SHARE",
        "科技型企业占直贴余额比重",
        "Technology enterprises' share of direct discounts",
        share(AMOUNT, where=technology(CLPJRZ.code), among=DISCOUNTED),
        unit="percent",
        by=BY_NOTHING_OF_LISTS,
        cites=OF_PLAN,
        serves=("2.3",),
    ),
    figure(
        "BI-COMMERCIAL",
        "科技型企业直贴中商业承兑汇票占比",
        "Share of commercial acceptances",
        share(AMOUNT, where=COMMERCIAL, among=HELD),
        unit="percent",
        by=OF_BOTH,
        cites=BULLETIN,
        serves=("2.3",),
    ),
    figure(
        "BI-INDUSTRY",
        "科技相关产业票据直贴余额",
        "Direct discounts of technology industries",
        Sum(AMOUNT, DISCOUNTED & INDUSTRY),
        by=BY_NOTHING_OF_LISTS,
        cites=("tech-loan-collection", "4.1"),
        note=Text(
            zh="按银行在HDACLKJDK中标识的票据行（C03）。",
            en="By the rows of bills (C03) that banks mark in HDACLKJDK.",
        ),
    ),
    figure(
        "BI-WITH-LOANS",
        "科技型企业贷款及直贴余额",
        "Loans and direct discounts of technology enterprises",
        Combine(((1, balances.BALANCE), (1, BALANCE))),
        by=OF_BOTH,
        serves=("7.1", "3.1"),
    ),
    figure(
        "BI-EITHER",
        "有贷款或直贴余额的科技型企业户数",
        "Technology enterprises with a loan or a discounted bill",
        count_across(balances.BORROWERS, DISCOUNTERS),
        unit="firms",
        by=OF_BOTH,
        note=Text(
            zh="既有贷款又有直贴的企业只计一户，不论由哪家机构报送。",
            en="A firm with both counts once, whichever reporters hold them.",
        ),
    ),
)
"""The chapter on bills."""
