"""What technology enterprises raise beside credit and have behind it: bonds, listings, equity, guarantees; deposit rates."""

from typing import Final

from dripline.indicators.chapters import figure, refused
from dripline.indicators.populations import firm_code, technology
from dripline.measures import Count, CountDistinct, Ratio, Sum, YearToDate, weighted_mean
from dripline.nodes import Condition, PeriodDay
from dripline.standards.departments import (
    BOND_HOLDING,
    BOND_ISSUE,
    DEPOSIT_RATE,
    EQUITY_FINANCING,
    FIRM_GUARANTEE,
)
from dripline.standards.equity import CLGQTZ
from dripline.words import Text

OF_FIRM: Final = (
    "total",
    "borrower_city",
    "zone",
    "size",
    "list_kind",
    "industry_section",
    "borrower_city+list_kind",
)
"""By what the register and the lists know of the firm."""
OF_HOLDER: Final = (*OF_FIRM, "institution", "institution_kind")
OF_BOND: Final = (*OF_FIRM, "bond_market")
OF_LISTING: Final = (*OF_FIRM, "listing_board")
NO_LENDER: Final = refused(
    Text(
        zh="债券、上市和担保不属于任何放贷机构，不按机构、产品划分。",
        en="A bond, a listing or a guarantee belongs to no lender: it is not divided by institution or product.",
    ),
    "institution",
    "institution_kind",
    "lender_city",
    "product",
)
BOND_MEASURE: Final = ("plan-henan-2024-30", "三（四）")
LINKAGE: Final = ("plan-henan-2024-30", "五（二）")
FULL: Final = ("plan-henan-2024-30", "七（一）")
COSTS: Final = ("plan-henan-2024-30", "六")

# --- bonds ---------------------------------------------------------------------------------------------

BY_TECH: Final = technology(BOND_ISSUE.code)
IN_THE_MONTH: Final = BOND_ISSUE.issued_on.not_before(
    PeriodDay("first")
) & BOND_ISSUE.issued_on.not_after(PeriodDay())
ISSUED: Final = Sum(BOND_ISSUE.amount_cny, BY_TECH & IN_THE_MONTH)
INTERBANK: Final = BOND_ISSUE.market.is_("interbank")
HELD_BONDS: Final = Sum(BOND_HOLDING.balance_cny, technology(BOND_HOLDING.code))
BY_ISSUE_DAY: Final = Text(
    zh="按发行日期计入当期，以当期末有效的企业债券发行登记为准；登记补报的，重新编制后计入。按城市、规模、行业取企业登记。",
    en="Counted by day of issue, from the register of bonds in force at the period's end; a bond registered later enters when "
    "the period is computed again. City, size and industry are those of the register of enterprises.",
)
BONDS: Final = (
    figure(
        "CM-BONDS",
        "科技型企业当期发行债券",
        "Bonds issued by technology enterprises in the period",
        ISSUED,
        by=OF_BOND,
        cites=BOND_MEASURE,
        serves=("3.4", "7.1"),
        refuses=NO_LENDER,
        note=BY_ISSUE_DAY,
    ),
    figure(
        "CM-BONDS-YTD",
        "科技型企业今年以来发行债券",
        "Bonds issued by technology enterprises since January",
        YearToDate(ISSUED),
        by=OF_BOND,
        cites=BOND_MEASURE,
        serves=("3.4",),
        refuses=NO_LENDER,
        note=BY_ISSUE_DAY,
    ),
    figure(
        "CM-BONDS-INTERBANK",
        "其中：银行间市场发行",
        "Of which on the interbank market",
        Sum(BOND_ISSUE.amount_cny, BY_TECH & IN_THE_MONTH & INTERBANK),
        by=OF_FIRM,
        cites=BOND_MEASURE,
        serves=("3.4",),
        refuses=NO_LENDER,
        note=Text(
            zh="方案三（四）所指为银行间市场；交易所、企业债券、境外发行见CM-BONDS按发行市场的划分。",
            en="What the plan's measure is about; exchanges, enterprise bonds and issues abroad stand in CM-BONDS by market.",
        ),
    ),
    figure(
        "CM-BOND-FIRMS",
        "当期发行债券的科技型企业户数",
        "Technology enterprises that issued a bond in the period",
        CountDistinct((firm_code(BOND_ISSUE.code),), BY_TECH & IN_THE_MONTH),
        unit="firms",
        by=OF_BOND,
        cites=BOND_MEASURE,
        serves=("3.4",),
        refuses=NO_LENDER,
    ),
    figure(
        "CM-TECH-BONDS",
        "当期发行科技创新债券（全部企业）",
        "Bonds for technology innovation issued in the period, by any enterprise",
        Sum(BOND_ISSUE.amount_cny, BOND_ISSUE.tech_bond_flag.is_("1") & IN_THE_MONTH),
        by=("total", "borrower_city", "size", "bond_market"),
        cites=BOND_MEASURE,
        serves=("3.4", "1.2"),
        refuses=NO_LENDER,
        note=Text(
            zh="按发行公告的标识，不看发行人是否在名单上。金融机构自身发行的不在此列。",
            en="By the mark in the notice of issue, whether the issuer is on a list or not. Bonds of institutions are left out.",
        ),
    ),
    figure(
        "CM-BONDS-HELD",
        "银行持有科技型企业债券余额",
        "Bonds of technology enterprises held by banks",
        HELD_BONDS,
        by=OF_HOLDER,
        cites=FULL,
        note=Text(
            zh="自营账面余额，来自BOND_HOLDING；只有已报送机构，缺报的使合计偏小。与债券发行余额是同一笔钱，不得相加。",
            en="Book balances of BOND_HOLDING; reporters that are missing make it too small. It is a part of what the firms have "
            "issued, so the two are never added.",
        ),
    ),
)

# --- equity ---------------------------------------------------------------------------------------------

RAISED_IN_MONTH: Final = EQUITY_FINANCING.completed_on.not_before(
    PeriodDay("first")
) & EQUITY_FINANCING.completed_on.not_after(PeriodDay())
BY_TECH_EQUITY: Final = technology(EQUITY_FINANCING.code)
PRIVATE: Final = EQUITY_FINANCING.round.is_in(
    "seed", "a", "b", "c", "strategic", "pre_ipo", "other"
)


def firms_that(where: Condition) -> CountDistinct:
    """Technology enterprises with such an event in the period."""
    return CountDistinct(
        (firm_code(EQUITY_FINANCING.code),), BY_TECH_EQUITY & RAISED_IN_MONTH & where
    )


EQUITY: Final = (
    figure(
        "CM-EQUITY",
        "科技型企业当期股权融资",
        "Equity raised by technology enterprises in the period",
        Sum(EQUITY_FINANCING.amount_cny, BY_TECH_EQUITY & RAISED_IN_MONTH),
        by=OF_LISTING,
        cites=FULL,
        serves=("7.1", "5.2"),
        refuses=NO_LENDER,
        note=Text(
            zh="含未上市各轮次、首发和再融资；按板块划分时，未上市轮次没有板块，列“未知”。",
            en="Rounds before a listing, offerings and later issues; by board, rounds have none and stand under unknown.",
        ),
    ),
    figure(
        "CM-LISTED",
        "当期首发上市的科技型企业户数",
        "Technology enterprises listed in the period",
        firms_that(EQUITY_FINANCING.round.is_("ipo")),
        unit="firms",
        by=OF_LISTING,
        cites=FULL,
        refuses=NO_LENDER,
    ),
    figure(
        "CM-QUOTED",
        "当期挂牌的科技型企业户数",
        "Technology enterprises quoted without an offering in the period",
        firms_that(EQUITY_FINANCING.round.is_("quoted")),
        unit="firms",
        by=OF_LISTING,
        cites=FULL,
        refuses=NO_LENDER,
    ),
    figure(
        "CM-ROUNDS",
        "当期获得未上市股权融资的科技型企业户数",
        "Technology enterprises with a round of equity in the period",
        firms_that(PRIVATE),
        unit="firms",
        by=OF_FIRM,
        cites=LINKAGE,
        serves=("5.2",),
        refuses=NO_LENDER,
    ),
    figure(
        "CM-EQUITY-HELD",
        "银行持有科技型企业股权余额",
        "Equity of technology enterprises held by banks",
        Sum(CLGQTZ.balance_cny, technology(CLGQTZ.code)),
        by=OF_HOLDER,
        cites=FULL,
        note=Text(
            zh="账面余额，来自CLGQTZ；本表没有证件类型，只有18位统一社会信用代码能对应名单。与企业募集额可能重合，不得相加。",
            en="Book balances of CLGQTZ, which gives no id type: only credit codes of 18 characters meet the lists. It may be "
            "the same money as firms say they raised, so the two are never added.",
        ),
    ),
)

# --- guarantees and deposits -------------------------------------------------------------------------------

OPEN: Final = (
    technology(FIRM_GUARANTEE.code)
    & FIRM_GUARANTEE.start_date.not_after(PeriodDay())
    & (FIRM_GUARANTEE.released_on.is_empty | FIRM_GUARANTEE.released_on.after(PeriodDay()))
)
OUTSTANDING: Final = Sum(FIRM_GUARANTEE.outstanding_cny, OPEN)
GUARANTEES: Final = (
    figure(
        "CM-GUARANTEED",
        "科技型企业在保余额",
        "Guarantees for technology enterprises in force",
        OUTSTANDING,
        by=OF_FIRM,
        cites=LINKAGE,
        serves=("5.2", "3.3"),
        refuses=NO_LENDER,
        note=Text(
            zh="担保机构的在保责任，不是融资；与被担保的贷款不得相加。到期未解除的仍计入。",
            en="What guarantee institutions answer for, which is no financing: never added to the loans behind it. One that has "
            "ended and was not released still counts.",
        ),
    ),
    figure(
        "CM-GUARANTEED-FIRMS",
        "在保科技型企业户数",
        "Technology enterprises with a guarantee in force",
        CountDistinct((firm_code(FIRM_GUARANTEE.code),), OPEN),
        unit="firms",
        by=OF_FIRM,
        cites=LINKAGE,
        serves=("5.2", "3.3"),
        refuses=NO_LENDER,
    ),
    figure(
        "CM-GUARANTEE-FEE",
        "科技型企业加权平均担保费率",
        "Mean guarantee fee of technology enterprises",
        weighted_mean(FIRM_GUARANTEE.fee_rate, weight=FIRM_GUARANTEE.outstanding_cny, where=OPEN),
        unit="percent",
        by=OF_FIRM,
        cites=COSTS,
        serves=("6", "5.2"),
        refuses=NO_LENDER,
        note=Text(
            zh="年化费率按在保余额加权；未填费率的不计入。",
            en="Fees a year, weighted by what is outstanding; guarantees without a fee given are left out.",
        ),
    ),
)
DEPOSITS: Final = (
    figure(
        "CM-DEPOSIT-PAID",
        "新发生存款加权平均利率",
        "Mean rate paid on new deposits",
        weighted_mean(DEPOSIT_RATE.paid_rate, weight=DEPOSIT_RATE.new_deposits),
        unit="percent",
        by=("total", "deposit_term", "institution", "institution_kind"),
        cites=COSTS,
        serves=("6",),
        note=Text(
            zh="当月新发生存款，按金额加权；报送的地方法人机构。",
            en="New deposits of the month by amount, of the local legal persons that report.",
        ),
    ),
    figure(
        "CM-DEPOSIT-LISTED",
        "存款挂牌利率（简单平均）",
        "Mean rate listed for deposits, each institution and term once",
        Ratio(
            Sum(DEPOSIT_RATE.listed_rate),
            Count(DEPOSIT_RATE.term, DEPOSIT_RATE.listed_rate.is_known),
        ),
        unit="percent",
        by=("deposit_term", "institution", "institution_kind"),
        cites=COSTS,
        serves=("6",),
        note=Text(
            zh="各机构、各期限的挂牌利率简单平均；合计没有意义，不给出。",
            en="Each institution and term weighs alike; over all terms the mean would say nothing, so it is not given.",
        ),
    ),
)

CAPITAL: Final = (*BONDS, *EQUITY, *GUARANTEES, *DEPOSITS)
