"""The ways a figure may be divided (FN 3, 7, 10): by place, institution, firm, loan and list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dripline.codes import code_list
from dripline.definitions import Breakdown, Dimension, Group, Membership
from dripline.engines.data import INSTITUTION as TODAY
from dripline.indicators.populations import (
    NATIONAL,
    PARTIES,
    is_named,
    kinds,
    on_list,
    registered,
)
from dripline.law import Day, Law
from dripline.nodes import (
    TEXT,
    Choose,
    Condition,
    Constant,
    Field,
    FirstKnown,
    GroupOf,
    Lookup,
    Parameter,
    PeriodDay,
    Value,
)
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.customers import FTYKHX
from dripline.standards.departments import (
    BOND_HOLDING,
    BOND_ISSUE,
    DEPOSIT_RATE,
    EQUITY_FINANCING,
    FIRM_GUARANTEE,
)
from dripline.standards.equity import CLGQTZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE, INSTITUTION, LOAN_TOTALS
from dripline.words import Text

OUTSIDE: Final = "000000"
"""Everything outside Henan, as LOAN_TOTALS writes it."""
LOANS = (CLDWDK, DWDKFS)
BILLS = (CLPJRZ, PJRZFS)
Held = type[CLDWDK] | type[DWDKFS] | type[CLPJRZ] | type[PJRZFS]
CAPITAL = (BOND_ISSUE, BOND_HOLDING, EQUITY_FINANCING, FIRM_GUARANTEE)
"""What firms raise beside credit, or have behind it; these forms name a firm by its credit code and say nothing else of it."""
HELD = (BOND_HOLDING, CLGQTZ, DEPOSIT_RATE)
"""What reporters hold beside credit, and what they pay on deposits."""
BANDS: Final = "loan.credit_bands_wan"
WAN: Final = 10_000


def city(region: Value) -> Value:
    """The city of a county by the dated list of regions (济源 is its own); one item for all places outside Henan."""
    in_henan = region.slice(1, 2).is_("41")
    return Choose(((in_henan, GroupOf(region, "region", 2)),), Constant(OUTSIDE))


def city_of_firm(id_no: Value, region: Value) -> Value:
    """The firm's city by the register, else by what the reporter says."""
    return FirstKnown((registered(city(ENTERPRISE.county), id_no), city(region)))


def known_of_institution(value: Value, table: str) -> Value:
    """What the register of institutions says of today's institution on the last day of the period."""
    begun = INSTITUTION.valid_from.not_after(PeriodDay())
    not_ended = INSTITUTION.valid_to.is_empty | INSTITUTION.valid_to.not_before(PeriodDay())
    today = Field(table, TODAY, TEXT)
    return Lookup(value, ((today, INSTITUTION.institution_code),), begun & not_ended)


BORROWER_CITY: Final[dict[str, Value]] = {
    table: city_of_firm(PARTIES[table].id_no, PARTIES[table].region)
    for table in (each.code for each in (*LOANS, FTYKHX, *BILLS, *CAPITAL, CLGQTZ))
} | {ENTERPRISE.code: city(ENTERPRISE.county)}


def location(held: Held) -> Value:
    """The four cells each provincial total states: lender in or out of Henan × borrower in or out."""
    lender = held.fin_inst_region_code.slice(1, 2).is_("41")
    borrower = BORROWER_CITY[held.code].is_not(OUTSIDE)
    return Choose(
        (
            (lender & borrower, Constant("in_in")),
            (lender & ~borrower, Constant("in_out")),
            (~lender & borrower, Constant("out_in")),
        ),
        Constant("out_out"),
    )


def currency_group(currency: Value) -> Value:
    """Renminbi, or foreign currency counted in yuan; the total is 本外币."""
    return Choose(((currency.is_("CNY"), Constant("rmb")),), Constant("foreign"))


def interest_subsidy(loans: type[CLDWDK] | type[DWDKFS]) -> Value:
    """Whether the state pays part of the interest; an empty field says that there is no support."""
    paid = loans.fiscal_support.is_known & loans.fiscal_support.matches("A.*|C")
    return Choose(((paid, Constant("with")),), Constant("without"))


def credit_band(limit: Value) -> Value:
    """The band of a borrower's credit limit at one bank, by the bounds of the day; a bound belongs to the band below."""
    values = [value.amount for value in Law.load().entry(BANDS).values]
    most = max(len(value) for value in values if isinstance(value, tuple))
    bounds = [Parameter(BANDS, 0, item=place) for place in range(1, most + 1)]
    within: list[tuple[Condition, Value]] = [
        (bound.is_known & limit.at_most(bound * WAN), Constant(f"band_{place}"))
        for place, bound in enumerate(bounds, 1)
    ]
    above: list[tuple[Condition, Value]] = [
        (bound.is_known, Constant(f"band_{place + 1}"))
        for place, bound in reversed(list(enumerate(bounds, 1)))
    ]
    return Choose((*within, *above))


def limit_of(held: Held) -> Value:
    """The credit limit the lending bank gave the borrower or discounter."""
    party = PARTIES[held.code]
    customer = (
        (party.id_type, FTYKHX.customer_id_type),
        (party.id_no, FTYKHX.customer_id_no),
    )
    return Lookup(FTYKHX.credit_limit, customer)


def list_group(kind: str) -> Group:
    """The rows about enterprises on one kind of list."""
    return Group(
        kind,
        code_list("list_kind").label(kind),
        tuple(on_list(table, kind, within=NATIONAL) for table in PARTIES),
    )


LENDER_CITY = Dimension(
    "lender_city",
    Text(zh="贷款机构所在城市", en="Lender's city"),
    (*(city(held.fin_inst_region_code) for held in (*LOANS, *BILLS)), LOAN_TOTALS.lender_city),
    "city",
)
BORROWERS_CITY = Dimension(
    "borrower_city",
    Text(zh="企业所在城市", en="Borrower's city"),
    tuple(BORROWER_CITY.values()),
    "city",
)
LOCATION = Dimension(
    "location",
    Text(zh="省内外分布（贷款机构×借款人）", en="In and out of Henan (lender × borrower)"),
    tuple(location(held) for held in (*LOANS, *BILLS)),
    "location",
    everywhere=True,
)
ZONE = Dimension(
    "zone",
    Text(zh="功能区（另列）", en="Zone (memo)"),
    (
        *(
            registered(ENTERPRISE.zone, PARTIES[table.code].id_no)
            for table in (*LOANS, FTYKHX, *BILLS, *CAPITAL, CLGQTZ)
        ),
        ENTERPRISE.zone,
    ),
    "zone",
    memo=True,
)
BY_INSTITUTION = Dimension(
    "institution",
    Text(zh="金融机构（今日机构，含其前身）", en="Institution of today, with its predecessors"),
    tuple(Field(table.code, TODAY, TEXT) for table in (*LOANS, *BILLS, FTYKHX, LOAN_TOTALS, *HELD)),
    "INSTITUTION",
)
INSTITUTION_KIND = Dimension(
    "institution_kind",
    Text(zh="金融机构类型", en="Kind of institution"),
    tuple(
        known_of_institution(INSTITUTION.kind, table.code)
        for table in (*LOANS, *BILLS, FTYKHX, LOAN_TOTALS, *HELD)
    ),
    "institution_kind",
)
PRODUCT = Dimension(
    "product",
    Text(zh="贷款产品", en="Loan product"),
    tuple(loans.product_type for loans in LOANS),
    "product",
)
SIZE = Dimension(
    "size",
    Text(zh="企业规模", en="Size of enterprise"),
    (
        *(loans.borrower_scale for loans in LOANS),
        FTYKHX.enterprise_scale,
        *(bills.discount_applicant_scale for bills in BILLS),
        *(registered(ENTERPRISE.size, PARTIES[table.code].id_no) for table in (*CAPITAL, CLGQTZ)),
        ENTERPRISE.size,
    ),
    "scale",
)
INDUSTRY_SECTION = Dimension(
    "industry_section",
    Text(zh="行业门类", en="Section of industry"),
    (
        *(GroupOf(loans.borrower_industry, "industry_division", 1) for loans in LOANS),
        GroupOf(FTYKHX.industry, "industry_division", 1),
        *(GroupOf(bills.discount_applicant_industry, "industry_division", 1) for bills in BILLS),
        *(
            registered(GroupOf(ENTERPRISE.industry, "industry", 1), PARTIES[table.code].id_no)
            for table in (*CAPITAL, CLGQTZ)
        ),
        GroupOf(ENTERPRISE.industry, "industry", 1),
    ),
    "industry",
)
CREDIT_BAND = Dimension(
    "credit_band",
    Text(zh="单户授信分档（本行授信额度）", en="Band of the credit limit at the lending bank"),
    (
        *(credit_band(limit_of(held)) for held in (*LOANS, *BILLS)),
        credit_band(FTYKHX.credit_limit),
    ),
    "credit_band",
)
CURRENCY_GROUP = Dimension(
    "currency_group",
    Text(zh="本外币其中", en="Renminbi and foreign currency"),
    (
        *(currency_group(loans.currency) for loans in LOANS),
        *(currency_group(bills.discount_currency) for bills in BILLS),
    ),
    "currency_group",
)
BILL_KIND = Dimension(
    "bill_kind",
    Text(zh="票据种类", en="Kind of bill"),
    tuple(bills.bill_kind for bills in BILLS),
    "bill_kind",
)
BOND_MARKET = Dimension(
    "bond_market", Text(zh="发行市场", en="Market of a bond"), (BOND_ISSUE.market,), "bond_market"
)
LISTING_BOARD = Dimension(
    "listing_board",
    Text(zh="上市（挂牌）板块", en="Board"),
    (EQUITY_FINANCING.board,),
    "listing_board",
)
DEPOSIT_TERM = Dimension(
    "deposit_term",
    Text(zh="存款期限", en="Term of a deposit"),
    (DEPOSIT_RATE.term,),
    "deposit_term",
)
INTEREST_SUBSIDY = Dimension(
    "interest_subsidy",
    Text(zh="财政贴息", en="Interest subsidy"),
    tuple(interest_subsidy(loans) for loans in LOANS),
    "interest_subsidy",
)
LIST_KIND = Membership(
    "list_kind",
    Text(zh="名单类型（一户可在多类）", en="Kind of list (a firm may be on several)"),
    tuple(list_group(kind) for kind in kinds(NATIONAL)),
)

BREAKDOWNS: Final[dict[str, Breakdown]] = {
    breakdown.code: breakdown
    for breakdown in (
        LENDER_CITY,
        BORROWERS_CITY,
        LOCATION,
        ZONE,
        BY_INSTITUTION,
        INSTITUTION_KIND,
        PRODUCT,
        SIZE,
        INDUSTRY_SECTION,
        CREDIT_BAND,
        CURRENCY_GROUP,
        BILL_KIND,
        INTEREST_SUBSIDY,
        BOND_MARKET,
        LISTING_BOARD,
        DEPOSIT_TERM,
        LIST_KIND,
    )
}
"""Every breakdown by its code; ``total`` is none of them, a pair is two joined by ``+``."""

PAIRS: Final = ("lender_city+institution", "borrower_city+list_kind", "institution+list_kind")
OF_LOANS: Final = (
    "total",
    "lender_city",
    "borrower_city",
    "location",
    "zone",
    "institution",
    "institution_kind",
    "product",
    "size",
    "list_kind",
    "industry_section",
    "credit_band",
    "currency_group",
    *PAIRS,
)
"""Of figures over loan rows about listed enterprises."""
OF_BOTH: Final = tuple(way for way in OF_LOANS if way != "product")
"""Of figures over loans and bills together: a bill has no loan product."""
OF_BILLS: Final = (*OF_BOTH, "bill_kind")
"""Of figures over bills of listed enterprises."""
OF_FIRMS: Final = (
    "total",
    "borrower_city",
    "zone",
    "size",
    "list_kind",
    "industry_section",
    "borrower_city+list_kind",
)
"""Of figures over the register of enterprises: by what the register knows of a firm (FN 7)."""
OF_CUSTOMERS: Final = (
    "total",
    "borrower_city",
    "zone",
    "institution",
    "institution_kind",
    "size",
    "list_kind",
    "industry_section",
    "credit_band",
    "borrower_city+list_kind",
    "institution+list_kind",
)
"""Of figures over banks' customers."""
OF_TOTALS: Final = (
    "total",
    "lender_city",
    "institution",
    "institution_kind",
    "lender_city+institution",
)
"""Of figures set against all loans: by what LOAN_TOTALS is divided by."""


def in_use(breakdowns: Mapping[str, Breakdown], today: Day) -> dict[str, Breakdown]:
    """The breakdowns of a day: without the items of a membership that the set of the day does not name."""
    return {code: _of_the_day(breakdown, today) for code, breakdown in breakdowns.items()}


def _of_the_day(breakdown: Breakdown, today: Day) -> Breakdown:
    if not isinstance(breakdown, Membership):
        return breakdown
    return replace(
        breakdown, groups=tuple(g for g in breakdown.groups if is_named(today, *g.members))
    )
