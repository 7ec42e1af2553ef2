"""Which rows a figure is about: borrowers on lists, loans to technology industries, money granted, firms of a register.

The sets of lists come from the lawbook. A definition names every kind that any value of the set has had, and the set;
which of them count is decided by the day of the period whose edition counts.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, cast

from dripline.law import Day, Law
from dripline.nodes import (
    Choose,
    Condition,
    Constant,
    Field,
    FirstKnown,
    HasRow,
    Length,
    Lookup,
    OnList,
    Value,
    walk,
)
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.customers import FTYKHX
from dripline.standards.departments import (
    BOND_HOLDING,
    BOND_ISSUE,
    EQUITY_FINANCING,
    FIRM_GUARANTEE,
)
from dripline.standards.equity import CLGQTZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS


@cache
def kinds(entry: str) -> tuple[str, ...]:
    """Every kind of list that a set of the lawbook has ever named: those of the last value first, in its order."""
    values = [
        cast("tuple[str, ...]", value.amount or ()) for value in Law.load().entry(entry).values
    ]
    return tuple(dict.fromkeys(kind for value in reversed(values) for kind in value))


NATIONAL: Final = "qualification.technology_enterprise_kinds"
PROVINCIAL: Final = "qualification.provincial_kinds"
OFFICIAL: Final = "qualification.official_table_kinds"


@dataclass(frozen=True, slots=True)
class Party:
    """The columns of a table that say which enterprise a row is about."""

    id_type: Value
    id_no: Value
    region: Value


def registered(value: Value, id_no: Value) -> Value:
    """What the register of enterprises says of the firm of a row."""
    return Lookup(value, ((id_no, ENTERPRISE.credit_code),))


def discounter(bills: type[CLPJRZ] | type[PJRZFS]) -> Party:
    """Who brought the bill to the bank."""
    return Party(
        bills.discount_applicant_id_type,
        bills.discount_applicant_id_no,
        bills.discount_applicant_region_code,
    )


def by_credit_code(code: Value) -> Party:
    """The firm of a form that names it by its credit code; its county is that of the register."""
    return Party(Constant("A01"), code, registered(ENTERPRISE.county, code))


PARTIES: Final[dict[str, Party]] = {
    CLDWDK.code: Party(CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.borrower_region_code),
    DWDKFS.code: Party(DWDKFS.borrower_id_type, DWDKFS.borrower_id_no, DWDKFS.borrower_region_code),
    FTYKHX.code: Party(FTYKHX.customer_id_type, FTYKHX.customer_id_no, FTYKHX.region_code),
    CLPJRZ.code: discounter(CLPJRZ),
    PJRZFS.code: discounter(PJRZFS),
    BOND_ISSUE.code: by_credit_code(BOND_ISSUE.credit_code),
    BOND_HOLDING.code: by_credit_code(BOND_HOLDING.credit_code),
    EQUITY_FINANCING.code: by_credit_code(EQUITY_FINANCING.credit_code),
    FIRM_GUARANTEE.code: by_credit_code(FIRM_GUARANTEE.credit_code),
    CLGQTZ.code: Party(Constant("A01"), CLGQTZ.investee_id_no, CLGQTZ.investee_region_code),
    ENTERPRISE.code: Party(Constant("A01"), ENTERPRISE.credit_code, ENTERPRISE.county),
}
"""Tables whose rows are about an enterprise that may be on a list."""


def firm_code(table: str) -> Value:
    """What tells one borrower from another: the organisation code, which is characters 9 to 17 of a credit code.

    A firm that one bank reports under its credit code and another under its organisation code is one firm. Other
    identifiers stand for themselves.
    """
    party = PARTIES[table]
    whole = party.id_type.is_("A01") & Length(party.id_no).is_(18)
    return FirstKnown((Choose(((whole, party.id_no.slice(9, 9)),)), party.id_no))


def on_list(table: str, *of: str, within: str) -> Condition:
    """The enterprise of the row is on a list of one of these kinds, as far as a set names them, by the edition adopted."""
    party = PARTIES[table]
    return OnList(of, party.id_type, party.id_no, party.region, within=within)


def is_named(today: Day, *conditions: Condition) -> bool:
    """Whether the set of the day names one of the kinds that conditions ask for; what asks for none stands always."""
    for node in walk(*conditions):
        if isinstance(node, OnList) and node.within is not None:
            named = today.get(node.within)
            return isinstance(named, tuple) and any(kind in named for kind in node.kinds)
    return True


def technology(table: str) -> Condition:
    """A technology enterprise: on one or more of the seven national lists, counted once."""
    return on_list(table, *kinds(NATIONAL), within=NATIONAL)


def in_directory(table: str) -> Condition:
    """In the directory of technology enterprises of Henan: another frame than the national lists."""
    return on_list(table, *kinds(PROVINCIAL), within=PROVINCIAL)


GRANTED: Final = DWDKFS.direction.is_("1")
"""Money paid out, transfers in included: what the standard calls 发放."""
REPAID: Final = DWDKFS.direction.is_("0")

INDUSTRY_FLAGS: Final = (
    "high_tech_mfg_flag",
    "high_tech_service_flag",
    "strategic_emerging_flag",
    "ip_intensive_flag",
)
"""The four industries of the tech-loan tables, in the order of the official table."""


def in_industry(flag: str) -> Condition:
    """The bank lists the note among its loans to this technology industry (T13 rows)."""
    where = HDACLKJDK.row_type.is_("T13") & HDACLKJDK.field(flag).is_("1")
    return HasRow(((CLDWDK.loan_note_no, HDACLKJDK.loan_note_no),), where)


def granted_in_industry(flag: str) -> Condition:
    """The bank lists this payment among those to the technology industry (T13 rows)."""
    where = HDAKJDKFS.row_type.is_("T13") & HDAKJDKFS.field(flag).is_("1")
    same_payment = (
        (DWDKFS.serial_no, HDAKJDKFS.serial_no),
        (DWDKFS.loan_note_no, HDAKJDKFS.loan_note_no),
    )
    return HasRow(same_payment, where)


DISCOUNTED: Final = CLPJRZ.discount_mode.is_("01")
"""A direct discount the bank holds (直贴); what it bought from another bank is no financing of the firm."""
NEWLY_DISCOUNTED: Final = PJRZFS.trade_type.is_("A01")
"""A direct discount of the month."""


def discounted_in_industry(flag: str) -> Condition:
    """The bank lists the bill among its loans to this technology industry (T13 rows C03)."""
    where = HDACLKJDK.row_type.is_("T13") & HDACLKJDK.field(flag).is_("1")
    return HasRow(((CLPJRZ.bill_no, HDACLKJDK.bill_no),), where)


def newly_discounted_in_industry(flag: str) -> Condition:
    """The bank lists this discount among the month's to the technology industry (T13 rows C03)."""
    where = HDAKJDKFS.row_type.is_("T13") & HDAKJDKFS.field(flag).is_("1")
    same_discount = (
        (PJRZFS.serial_no, HDAKJDKFS.serial_no),
        (PJRZFS.bill_no, HDAKJDKFS.bill_no),
    )
    return HasRow(same_discount, where)


NOT_STRUCK_OFF: Final = ENTERPRISE.status.is_not("struck_off")
"""Firms that count in 获贷率 (FN 7)."""


def of_firm(id_type: Field, id_no: Field) -> tuple[tuple[tuple[Value, Value], ...], ...]:
    """How a firm of the register is found in a reported table: by credit code, or by the organisation code inside it."""
    code = ENTERPRISE.credit_code
    return (
        ((Constant("A01"), id_type), (code, id_no)),
        ((Constant("A02"), id_type), (code.slice(9, 9), id_no)),
    )


def any_reporter(
    id_type: Field, id_no: Field, where: Condition, *, before: bool = False
) -> Condition:
    """A firm of the register has such a row at any reporter, this month or (``before``) last month."""
    by_credit_code, by_organisation_code = (
        HasRow(on, where, "previous" if before else "same") for on in of_firm(id_type, id_no)
    )
    return by_credit_code | by_organisation_code


WITH_LOAN: Final = any_reporter(
    CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.balance_cny.above(0)
)
"""A firm of the register has a balance at one reporter or more."""
