"""Loans to technology enterprises at the end of a month: how much, to how many, how secured, for how long, what share."""

from typing import Final

from dripline.indicators.breakdowns import OF_LOANS, OF_TOTALS
from dripline.indicators.chapters import BULLETIN, figure
from dripline.indicators.populations import firm_code, in_directory, technology
from dripline.measures import At, Combine, CountDistinct, Ratio, Sum, Whole, share
from dripline.nodes import Condition, Measure, MonthsLater
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import LOAN_TOTALS
from dripline.words import Text

LISTED: Final = technology(CLDWDK.code)
AMOUNT: Final = CLDWDK.balance_cny
BALANCE: Final = Sum(AMOUNT, LISTED)
BORROWERS: Final = CountDistinct((firm_code(CLDWDK.code),), LISTED)
CREDIT: Final = CLDWDK.guarantee_type.is_("D")
MEDIUM_LONG: Final = CLDWDK.due_date.after(MonthsLater(CLDWDK.grant_date, 12))
"""Granted for more than a year; an extension does not change the term."""
ALL_CURRENCIES: Final = LOAN_TOTALS.currency_scope.is_("all")
ALL_LOANS: Final = Sum(LOAN_TOTALS.all_loans, ALL_CURRENCIES)
UNIT_LOANS: Final = Combine(
    (
        (1, Sum(LOAN_TOTALS.unit_loans, ALL_CURRENCIES)),
        (-1, Sum(LOAN_TOTALS.bill_finance, ALL_CURRENCIES)),
    )
)
"""Loans to units without bills: LOAN_TOTALS counts bills in, this edition leaves them out."""
AGAINST_TOTALS: Final = Text(
    zh="分母取自信贷收支统计（LOAN_TOTALS，本外币）；缺报该表的机构使分母偏小，应与覆盖率一并看。",
    en="The lower part is of the credit statistics (LOAN_TOTALS, all currencies). A reporter without it makes it too "
    "small, so it is to be read with the coverage.",
)


def since(measure: Measure, *, months: int = 0) -> Combine:
    """The change of a measure since so many months ago, or (0) since the end of last year, on one list."""
    base = At(measure, months=months) if months else At(measure, anchor="last_year_end")
    return Combine(((1, measure), (-1, base)))


def held(where: Condition) -> Sum:
    """The balance of technology enterprises that meets one more condition."""
    return Sum(AMOUNT, LISTED & where)


SHARES_OF_MARKET: Final = (
    "total",
    "institution",
    "institution_kind",
    "lender_city+institution",
    "institution+list_kind",
)

BALANCES: Final = (
    figure(
        "TE-BAL",
        "科技型企业贷款余额",
        "Loans to technology enterprises",
        BALANCE,
        serves=("7.1", "3.1"),
    ),
    figure(
        "TE-FIRMS",
        "有贷款余额的科技型企业户数",
        "Technology enterprises with a loan",
        BORROWERS,
        unit="firms",
        note=Text(
            zh="以组织机构代码（统一社会信用代码第9至17位）去重，含全部报送机构；与登记簿口径的有贷户数（TE-FINANCED）可因省外企业、撤销登记而不同。",
            en="Different organisation codes (characters 9 to 17 of the credit code) over all reporters. May "
            "differ from TE-FINANCED, which counts firms of the register.",
        ),
    ),
    figure(
        "TE-AVG",
        "科技型企业户均贷款余额",
        "Balance per technology enterprise with a loan",
        Ratio(BALANCE, BORROWERS),
        cites=BULLETIN,
    ),
    figure("TE-CREDIT", "科技型企业信用贷款余额", "Credit loans", held(CREDIT), serves=("4.2",)),
    figure(
        "TE-CREDIT-SHARE",
        "科技型企业信用贷款占比",
        "Share of credit loans",
        share(AMOUNT, where=CREDIT, among=LISTED),
        unit="percent",
        cites=BULLETIN,
        serves=("4.2",),
    ),
    figure(
        "TE-MLT",
        "科技型企业中长期贷款余额",
        "Loans for more than a year",
        held(MEDIUM_LONG),
        note=Text(
            zh="按发放日至原到期日超过一年划分，展期不改变期限。",
            en="From the grant day to the original due date; an extension changes nothing.",
        ),
    ),
    figure(
        "TE-MLT-SHARE",
        "科技型企业中长期贷款占比",
        "Share of loans for more than a year",
        share(AMOUNT, where=MEDIUM_LONG, among=LISTED),
        unit="percent",
        cites=BULLETIN,
    ),
    figure(
        "TE-DIR-BAL",
        "省名录库企业贷款余额",
        "Loans to enterprises of the directory of Henan",
        Sum(AMOUNT, in_directory(CLDWDK.code)),
        by=tuple(way for way in OF_LOANS if "list_kind" not in way),
        cites=("plan-henan-2024-30", "五（一）"),
        serves=("5.1",),
        note=Text(
            zh="省科技型企业发展名录库与七类国家名单是两个口径；省外借款人为“未知”。",
            en="Another frame than the seven national lists; borrowers outside Henan are unknown.",
        ),
    ),
    figure(
        "TE-OF-UNIT",
        "科技型企业贷款占单位贷款（不含票据）比重",
        "Share among loans to units without bills",
        Ratio(BALANCE, UNIT_LOANS, 100),
        unit="percent",
        by=OF_TOTALS,
        cites=BULLETIN,
        note=AGAINST_TOTALS,
    ),
    figure(
        "TE-OF-ALL",
        "科技型企业贷款占各项贷款比重",
        "Share among all loans",
        Ratio(BALANCE, ALL_LOANS, 100),
        unit="percent",
        by=OF_TOTALS,
        cites=BULLETIN,
        note=AGAINST_TOTALS,
    ),
    figure(
        "TE-OF-INCREASE",
        "比年初新增占各项贷款新增比重",
        "Share in the increase of all loans since the year's end",
        Ratio(since(BALANCE), since(ALL_LOANS), 100),
        unit="percent",
        by=OF_TOTALS,
        cites=BULLETIN,
        serves=("3.1",),
        note=AGAINST_TOTALS,
    ),
    figure(
        "TE-MARKET",
        "科技型企业贷款市场份额",
        "Market share in loans to technology enterprises",
        Ratio(BALANCE, Whole(BALANCE, ("institution", "institution_kind")), 100),
        unit="percent",
        by=SHARES_OF_MARKET,
        cites=BULLETIN,
        serves=("2.2", "7.2"),
        note=Text(
            zh="分母为同一城市、同一名单的全部机构合计。",
            en="The lower part is that of all institutions in the same city or on the same list.",
        ),
    ),
)
