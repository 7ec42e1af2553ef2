"""Financing of technology enterprises over loans, bills, bonds and equity, each yuan once (plan 7.1 全口径).

What keeps a yuan from counting twice stands in ``netting``, and with each figure. Amounts are of the instrument's own
table; firms are those of the register, so that a firm with several instruments is one.
"""

from collections.abc import Callable
from typing import Final

from dripline.definitions import Indicator
from dripline.indicators import netting
from dripline.indicators.balances import since
from dripline.indicators.capital import OF_FIRM
from dripline.indicators.chapters import figure, refused
from dripline.indicators.firms import LISTED_FIRMS, ON_EDITION, firms
from dripline.indicators.flows import ANEW
from dripline.indicators.populations import PARTIES, any_reporter, technology
from dripline.measures import Combine, Count, CountDistinct, Ratio, Sum, growth
from dripline.nodes import And, Condition, Constant, HasRow, Measure, Or, PeriodDay, Value
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.departments import BOND_HOLDING, BOND_ISSUE, EQUITY_FINANCING
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.standards.rules_bills import DIRECT_BUY, OUTRIGHT
from dripline.words import Text

CITES: Final = ("plan-henan-2024-30", "七（一）")
ISSUED: Final = BOND_ISSUE.issued_on.not_after(PeriodDay())
NOT_REDEEMED: Final = BOND_ISSUE.redeemed_on.is_empty | BOND_ISSUE.redeemed_on.after(PeriodDay())
IN_FORCE: Final = ISSUED & NOT_REDEEMED
"""By the register's own days; a bond past its last day and not redeemed is still owed."""
RAISED: Final = EQUITY_FINANCING.completed_on.not_after(PeriodDay())


NOT_OF_LENDERS: Final = refused(
    Text(
        zh="债券和股权不属于任何银行，全口径不按机构、产品划分；各行的贷款和票据看TE-、BL-各指标。",
        en="Bonds and equity belong to no bank, so full caliber is not divided by institution or product; for the loans and "
        "bills of a bank see the figures TE- and BL-.",
    ),
    "institution",
    "institution_kind",
    "lender_city",
    "product",
)


def stocks(who: Callable[[str], Condition]) -> tuple[Sum, Sum, Sum, Sum]:
    """Loans, bills, bonds and equity at the end of the period of the firms that ``who`` says for a table."""

    def kept(table: str, *more: Condition) -> Condition:
        return And((who(table), *netting.counted(table), *more))

    return (
        Sum(CLDWDK.balance_cny, kept(CLDWDK.code)),
        Sum(CLPJRZ.discount_amount_cny, kept(CLPJRZ.code)),
        Sum(BOND_ISSUE.outstanding_cny, kept(BOND_ISSUE.code, IN_FORCE)),
        Sum(EQUITY_FINANCING.amount_cny, kept(EQUITY_FINANCING.code, RAISED)),
    )


def kept(table: str, *more: Condition) -> Condition:
    """Rows of a table about technology enterprises that no netting rule leaves out."""
    return And((technology(table), *netting.counted(table), *more))


def is_firm(credit_code: str) -> Callable[[str], Condition]:
    """The rows of one enterprise: by its credit code, or by the organisation code in it where a bank gives that."""

    def who(table: str) -> Condition:
        party = PARTIES[table]
        whole = party.id_no.is_(credit_code)
        if isinstance(party.id_type, Constant):
            return whole
        part = party.id_type.is_("A02") & party.id_no.is_(credit_code[8:17])
        return (party.id_type.is_("A01") & whole) | part

    return who


LOANS, BILLS, BONDS, EQUITY = stocks(technology)


def together(*parts: Measure) -> Combine:
    """The sum of several measures."""
    return Combine(tuple((1, part) for part in parts))


FINANCING: Final = together(LOANS, BILLS, BONDS, EQUITY)
STOCK_TABLES: Final = (CLDWDK.code, CLPJRZ.code, BOND_ISSUE.code, EQUITY_FINANCING.code)
FLOW_TABLES: Final = (DWDKFS.code, PJRZFS.code, BOND_ISSUE.code, EQUITY_FINANCING.code)

# --- firms: each once, found in the tables by its credit code or the organisation code in it --------------

HAS_LOAN: Final = any_reporter(
    CLDWDK.borrower_id_type,
    CLDWDK.borrower_id_no,
    And((CLDWDK.balance_cny.above(0), *netting.counted(CLDWDK.code))),
)
HAS_BILL: Final = any_reporter(
    CLPJRZ.discount_applicant_id_type,
    CLPJRZ.discount_applicant_id_no,
    CLPJRZ.discount_amount_cny.above(0),
)
HAS_BOND: Final = HasRow(
    ((ENTERPRISE.credit_code, BOND_ISSUE.credit_code),),
    And((BOND_ISSUE.outstanding_cny.above(0), *netting.counted(BOND_ISSUE.code), IN_FORCE)),
)
HAS_EQUITY: Final = HasRow(
    ((ENTERPRISE.credit_code, EQUITY_FINANCING.credit_code),),
    EQUITY_FINANCING.amount_cny.above(0) & RAISED,
)
FINANCED: Final = firms(ON_EDITION & Or((HAS_LOAN, HAS_BILL, HAS_BOND, HAS_EQUITY)))
BEYOND_LOANS: Final = firms(ON_EDITION & ~HAS_LOAN & Or((HAS_BILL, HAS_BOND, HAS_EQUITY)))

# --- new in the period -------------------------------------------------------------------------------------

BEGUN: Final = PeriodDay("first")
NEW_LOANS: Final = Sum(DWDKFS.amount_cny, kept(DWDKFS.code, ANEW))
NEW_BILLS: Final = Sum(
    PJRZFS.discount_amount_cny, kept(PJRZFS.code, PJRZFS.trade_type.is_(DIRECT_BUY))
)
NEW_BONDS: Final = Sum(
    BOND_ISSUE.amount_cny, kept(BOND_ISSUE.code, ISSUED, BOND_ISSUE.issued_on.not_before(BEGUN))
)
NEW_EQUITY: Final = Sum(
    EQUITY_FINANCING.amount_cny,
    kept(EQUITY_FINANCING.code, RAISED, EQUITY_FINANCING.completed_on.not_before(BEGUN)),
)
NEW: Final = together(NEW_LOANS, NEW_BILLS, NEW_BONDS, NEW_EQUITY)

# --- what a rule leaves out, or cannot tell ----------------------------------------------------------------

BOUGHT_FROM_A_BANK: Final = CLPJRZ.discount_mode.is_(
    OUTRIGHT
) & CLPJRZ.discount_applicant_sector.is_in(*netting.FINANCIAL)
NOT_REGISTERED: Final = technology(BOND_HOLDING.code) & ~HasRow(
    ((BOND_HOLDING.bond_code, BOND_ISSUE.bond_code),)
)

AMOUNTS: Final = Text(
    zh="不按机构划分：债券和股权不属于任何银行。规模和行业：贷款、票据取报送值，债券、股权取企业登记；有机构未报的，合计是下限；登记表从未报送的，没有数值。",
    en="Not by institution: bonds and equity belong to no bank. Size and industry of loans and bills are those reported, of "
    "bonds and equity those of the register. A lower bound while a reporter is missing; no "
    "value where a register was never sent.",
)
FIRMS_OF_REGISTER: Final = Text(
    zh="按企业登记计户，同一企业有多种融资只计一户；按统一社会信用代码或其中的组织机构代码匹配。某张表未收到的，没有其他融资的企业为“未知”。",
    en="Firms of the register; one with several kinds of financing is one firm, matched by credit code or the organisation "
    "code in it. While a table has not come, firms without another kind of financing are unknown.",
)
BY_MONTH: Final = Text(
    zh="当期新增：贷款为新增发放（不含续贷、借新还旧、转入），票据为直贴买入，债券、股权按发行和完成日期；登记表补报的计入补报后的重算。",
    en="New in the period: loans granted anew (no renewals, loans that repay others or purchases), direct discounts, bonds and "
    "equity by their day; what a register adds later enters when the month is computed again.",
)
COUNTED_APART: Final = Text(zh="单列，不在合计中。", en="Apart, outside the sum.")


def caliber(
    code: str,
    zh: str,
    en: str,
    measure: Measure,
    *tables: str,
    unit: str = "yuan",
    by: tuple[str, ...] = OF_FIRM,
    note: Text = AMOUNTS,
) -> Indicator:
    """A figure of full caliber, with the netting rules about the tables it is made of."""
    return figure(
        code,
        zh,
        en,
        measure,
        unit=unit,
        by=by,
        cites=CITES,
        serves=("7.1",),
        refuses=NOT_OF_LENDERS,
        note=netting.note(netting.about(*tables), note),
    )


FIGURES: Final = (
    caliber("FC-LOANS", "科技型企业全口径：贷款余额", "Full caliber: loans", LOANS, CLDWDK.code),
    caliber(
        "FC-BILLS",
        "科技型企业全口径：票据贴现余额",
        "Full caliber: discounted bills",
        BILLS,
        CLPJRZ.code,
    ),
    caliber(
        "FC-BONDS", "科技型企业全口径：债券余额", "Full caliber: bonds", BONDS, BOND_ISSUE.code
    ),
    caliber(
        "FC-EQUITY",
        "科技型企业全口径：股权累计募集额",
        "Full caliber: equity raised",
        EQUITY,
        EQUITY_FINANCING.code,
    ),
    caliber(
        "FC-BAL",
        "科技型企业全口径融资余额",
        "Financing of technology enterprises, full caliber",
        FINANCING,
        *STOCK_TABLES,
    ),
    caliber(
        "FC-DIRECT-SHARE",
        "科技型企业直接融资占全口径融资比重",
        "Share of bonds and equity in financing",
        Ratio(together(BONDS, EQUITY), FINANCING, 100),
        *STOCK_TABLES,
        unit="percent",
    ),
    caliber(
        "FC-CHANGE",
        "科技型企业全口径融资比年初增加",
        "Change of financing since the year's end",
        since(FINANCING),
        *STOCK_TABLES,
    ),
    caliber(
        "FC-GROWTH",
        "科技型企业全口径融资同比增速",
        "Growth of financing on the year",
        growth(FINANCING),
        *STOCK_TABLES,
        unit="percent",
    ),
    caliber(
        "FC-NEW",
        "科技型企业全口径当期新增融资",
        "New financing of technology enterprises in the period, full caliber",
        NEW,
        *FLOW_TABLES,
        note=BY_MONTH,
    ),
    caliber(
        "FC-FIRMS",
        "有任一种融资的名录科技型企业户数",
        "Listed technology enterprises with any financing",
        FINANCED,
        *STOCK_TABLES,
        unit="firms",
        note=FIRMS_OF_REGISTER,
    ),
    caliber(
        "FC-FIRMS-BEYOND",
        "其中：没有贷款而有票据、债券或股权融资",
        "Of which without a loan and with a bill, a bond or equity",
        BEYOND_LOANS,
        *STOCK_TABLES,
        unit="firms",
        note=FIRMS_OF_REGISTER,
    ),
    caliber(
        "FC-COVERAGE",
        "科技型企业获得融资比例（全口径）",
        "Listed technology enterprises with any financing among those listed",
        Ratio(FINANCED, LISTED_FIRMS, 100),
        *STOCK_TABLES,
        unit="percent",
        note=FIRMS_OF_REGISTER,
    ),
)


def apart(
    code: str,
    zh: str,
    en: str,
    measure: Measure,
    *,
    unit: str = "yuan",
    by: tuple[str, ...] = ("total",),
) -> Indicator:
    """What a netting rule leaves out or cannot tell, beside the sum and never in it."""
    rules = tuple(rule for rule in netting.RULES if code in rule.apart)
    return figure(
        code,
        zh,
        en,
        measure,
        unit=unit,
        by=by,
        cites=CITES,
        refuses=NOT_OF_LENDERS,
        note=netting.note(rules, COUNTED_APART),
    )


def doubles(rows: Value, key: Value) -> Combine:
    """Rows beyond the first of each key: how often the same thing has come more than once."""
    return Combine(((1, Count(rows, key.is_known)), (-1, CountDistinct((key,), key.is_known))))


BESIDE: Final = (
    apart(
        "FC-APART-LOANS",
        "全口径单列：对金融机构的贷款",
        "Apart: loans to listed firms that are financial institutions",
        Sum(CLDWDK.balance_cny, technology(CLDWDK.code) & netting.left_out(CLDWDK.code)),
        by=OF_FIRM,
    ),
    apart(
        "FC-APART-BILLS-BOUGHT",
        "全口径单列：转贴现买入、背后企业不明的票据",
        "Apart: bills bought from banks, whose firm is not known",
        Sum(CLPJRZ.discount_amount_cny, BOUGHT_FROM_A_BANK),
    ),
    apart(
        "FC-APART-BILLS-TWICE",
        "全口径单列：多家机构同时列示的票据",
        "Apart: bills shown by more than one holder",
        doubles(CLPJRZ.bill_no, CLPJRZ.bill_no),
        unit="notes",
    ),
    apart(
        "FC-APART-BONDS-HELD",
        "全口径单列：银行持有而发行登记中没有的债券",
        "Apart: bonds held by banks that the register of issues lacks",
        Sum(BOND_HOLDING.balance_cny, NOT_REGISTERED),
        by=OF_FIRM,
    ),
    apart(
        "FC-APART-BONDS",
        "全口径单列：金融机构债券和信贷资产证券化产品",
        "Apart: bonds of financial institutions and securities made of loans",
        Sum(
            BOND_ISSUE.outstanding_cny,
            technology(BOND_ISSUE.code) & IN_FORCE & netting.left_out(BOND_ISSUE.code),
        ),
        by=OF_FIRM,
    ),
    apart(
        "FC-APART-BONDS-TWICE",
        "全口径单列：多个部门重复登记的债券",
        "Apart: bonds registered more than once",
        doubles(BOND_ISSUE.bond_code, BOND_ISSUE.bond_code),
        unit="notes",
    ),
    apart(
        "FC-APART-ROUNDS-TWICE",
        "全口径单列：多个部门重复登记的股权融资",
        "Apart: rounds of equity registered more than once",
        doubles(EQUITY_FINANCING.record_no, EQUITY_FINANCING.record_no),
        unit="notes",
    ),
)
FULL_CALIBER: Final = (*FIGURES, *BESIDE)
