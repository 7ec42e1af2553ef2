"""What tables of one institution and date must say alike: customers, guarantees, technology loans."""

from dataclasses import replace

from dripline.definitions import AnyCheck
from dripline.nodes import Condition, Field, HasRow, Length, Lookup
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.customers import FTYKHX
from dripline.standards.guarantees import DBHTXX, DBWXX
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rules_bills import DIRECT, DIRECT_BUY
from dripline.standards.rules_portfolios import RULES as PORTFOLIO_RULES
from dripline.standards.rules_tech_loans import (
    TechLoans,
    has_number,
    is_loan,
    waits_for_bills,
)
from dripline.standards.rules_tech_totals import RULES as TECH_TOTAL_RULES
from dripline.standards.sources import GUIDE, OWN, PRACTICE, row_rule
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS
from dripline.words import Text

Bills = type[CLPJRZ] | type[PJRZFS]
Held = type[CLDWDK] | type[DWDKFS] | Bills
"""Tables whose rows are about a customer: who borrows, or who has a bill discounted."""

# --- customers ---------------------------------------------------------------------------------------

BILLS = (CLPJRZ, PJRZFS)


def of_customer(table: Held, part: str) -> Field:
    """A column about the customer of a row."""
    return table.field(f"discount_applicant_{part}" if table in BILLS else f"borrower_{part}")


def as_customer(table: Held) -> tuple[tuple[Field, Field], ...]:
    """How the customer of a row is found among the customers."""
    return (
        (of_customer(table, "id_type"), FTYKHX.customer_id_type),
        (of_customer(table, "id_no"), FTYKHX.customer_id_no),
    )


def customer_rule(table: Held) -> AnyCheck:
    """XT-01: financial institutions and households stand in customer tables of their own."""
    zh, en = ("贴现申请人", "discounter") if table in BILLS else ("借款人", "borrower")
    return row_rule(
        f"XT-01/{table.code}",
        "error",
        OWN,
        Text(
            zh=f"{zh}（证件类型和代码）应在本期FTYKHX中；B类、D类部门的{zh}在其他客户表，不在此列。",
            en=f"A {en} (id type and number) stands in FTYKHX of the period, unless its sector is B.. or "
            "D.., whose customers have tables of their own.",
        ),
        Text(
            zh=f"在FTYKHX补报该客户，或改正{zh}证件类型和代码。",
            en=f"Report the customer in FTYKHX, or mend the {en}'s id.",
        ),
        given=~of_customer(table, "sector").slice(1, 1).is_in("B", "D"),
        holds=HasRow(as_customer(table)),
    )


def same_code(mine: Field, theirs: Field, table: Held) -> Condition:
    """Both tables have the same code; ownership may stand one level higher in one of them (A01 for A0101)."""
    there = Lookup(theirs, as_customer(table))
    if theirs.name != "ownership":
        return mine.is_(there)
    level = 3
    shorter = Length(mine).is_(level) | Length(there).is_(level)
    return mine.is_(there) | (shorter & mine.slice(1, level).is_(there.slice(1, level)))


def customer_agrees_rules(table: Held) -> tuple[AnyCheck, ...]:
    """XT-02: what both tables say of a customer; bills are taken in by us, the text names the loan tables."""
    pairs = (
        ("sector", FTYKHX.sector),
        ("industry", FTYKHX.industry),
        ("region_code", FTYKHX.region_code),
        ("ownership", FTYKHX.ownership),
        ("scale", FTYKHX.enterprise_scale),
    )
    return tuple(
        agrees_rule(table, part, of_customer(table, part), theirs) for part, theirs in pairs
    )


def agrees_rule(table: Held, part: str, mine: Field, theirs: Field) -> AnyCheck:
    """XT-02 for one column."""
    here, there = table.columns[mine.name].label, FTYKHX.columns[theirs.name].label
    return row_rule(
        f"XT-02/{table.code}/{part}",
        "warning",
        OWN if table in BILLS else PRACTICE,
        Text(
            zh=f"{here.zh}应与FTYKHX的{there.zh}一致。",
            en=f"{here.en} agrees with FTYKHX, {there.en.lower()}.",
        ),
        Text(
            zh="按营业执照和客户档案核对，改正两表中填错的一处。",
            en="Compare with licence and customer file, and mend the table that is wrong.",
        ),
        # Persons and non-residents have neither ownership nor size, in neither table.
        given=HasRow(as_customer(table))
        & (mine.is_known | Lookup(theirs, as_customer(table)).is_known),
        holds=same_code(mine, theirs, table),
    )


# --- guarantees --------------------------------------------------------------------------------------

PAIR = (
    (DBWXX.guarantee_contract_no, DBHTXX.guarantee_contract_no),
    (DBWXX.guaranteed_contract_no, DBHTXX.guaranteed_contract_no),
)
LENDING = "02"
"""A guarantee contract for loans; repurchases (01) and other business (03) have contracts elsewhere."""
CONTRACT = ((CLDWDK.loan_contract_no, DBHTXX.guaranteed_contract_no),)
COLLATERAL = ((CLDWDK.loan_contract_no, DBWXX.guaranteed_contract_no),)

# 民法典: rights, claims, deposits and patents are pledged (440), land, buildings, machines and
# rights of use are mortgaged (395); stocks of goods (D01) and what is called other may be either.
IS_PLEDGED = DBWXX.collateral_type.slice(1, 1).is_in("A", "B") | DBWXX.collateral_type.is_("D07")
IS_MORTGAGED = DBWXX.collateral_type.slice(1, 1).is_("C") | DBWXX.collateral_type.is_in(
    "D02", "D03", "D04", "D05", "D08", "D09"
)
PLEDGED = HasRow(COLLATERAL, where=IS_PLEDGED)
MORTGAGED = HasRow(COLLATERAL, where=IS_MORTGAGED)
GUARANTEED = HasRow(CONTRACT, where=~HasRow(tuple((theirs, mine) for mine, theirs in PAIR)))
"""A guarantee contract without collateral is a guarantor's word."""

MEND_GUARANTEE = Text(
    zh="在DBHTXX、DBWXX补报，或改正贷款担保方式和合同编码；担保已解除的，说明原因。",
    en="Report it in DBHTXX and DBWXX, or mend the kind of guarantee or the contract number; say so if the "
    "guarantee has ended.",
)


def loan_contract_rule(table: type[DBHTXX] | type[DBWXX], given: Condition) -> AnyCheck:
    """XT-03: what is guaranteed exists."""
    return row_rule(
        f"XT-03/{table.code}",
        "warning",
        OWN,
        Text(
            zh="信贷交易（02）的被担保合同应为CLDWDK中的贷款合同。",
            en="The contract that is guaranteed, where the business is lending (02), is a loan contract of CLDWDK.",
        ),
        Text(
            zh="核对合同编码；属于承兑、保函等其他业务或尚未提款的，说明原因。",
            en="Check the number; explain a contract of other business (acceptances, letters of guarantee) or "
            "not yet drawn.",
        ),
        given=given,
        holds=HasRow(((table.guaranteed_contract_no, CLDWDK.loan_contract_no),)),
    )


GUARANTEE_RULES: tuple[AnyCheck, ...] = (
    loan_contract_rule(DBHTXX, DBHTXX.business_type.is_(LENDING)),
    loan_contract_rule(DBWXX, HasRow(PAIR, where=DBHTXX.business_type.is_(LENDING))),
    row_rule(
        "XT-04",
        "error",
        OWN,
        Text(
            zh="担保物的担保合同与被担保合同应在DBHTXX中成对存在。",
            en="Guarantee contract and guaranteed contract of an item of collateral stand together in DBHTXX.",
        ),
        Text(
            zh="补报担保合同，或改正两个合同编码。",
            en="Report the guarantee contract, or mend the two numbers.",
        ),
        holds=HasRow(PAIR),
    ),
    row_rule(
        "XT-05/contract",
        "warning",
        OWN,
        Text(
            zh="质押、抵押、保证、组合担保的贷款应有担保合同（DBHTXX）。",
            en="A loan that is pledged, mortgaged, guaranteed or both has a guarantee contract in DBHTXX.",
        ),
        MEND_GUARANTEE,
        given=CLDWDK.guarantee_type.is_in("A", "B01", "B99", "C01", "C99", "E", "E01"),
        holds=HasRow(CONTRACT),
    ),
    row_rule(
        "XT-05/collateral",
        "warning",
        OWN,
        Text(
            zh="质押（A）、抵押（B类）的贷款应有担保物（DBWXX）。",
            en="A loan that is pledged (A) or mortgaged (B..) has collateral in DBWXX.",
        ),
        MEND_GUARANTEE,
        given=CLDWDK.guarantee_type.is_in("A", "B01", "B99"),
        holds=HasRow(COLLATERAL),
    ),
    row_rule(
        "XT-05/real_estate",
        "warning",
        OWN,
        Text(
            zh="房地产抵押（B01）和含房地产的组合担保（E01）应有房地产担保物（C类）。",
            en="A loan mortgaged on real estate (B01), alone or among others (E01), has real estate (C..) in DBWXX.",
        ),
        MEND_GUARANTEE,
        given=CLDWDK.guarantee_type.is_in("B01", "E01"),
        holds=HasRow(COLLATERAL, where=DBWXX.collateral_type.slice(1, 1).is_("C")),
    ),
    row_rule(
        "XT-06",
        "warning",
        GUIDE,
        Text(
            zh="同一合同有质押、抵押、保证中两种以上的，担保方式为组合担保（E、E01）。",
            en="A contract with two or more of pledge, mortgage and guarantee is combined (E or E01).",
        ),
        Text(
            zh="含房地产抵押的改填E01，其他改填E；或核对担保物类别和担保合同。",
            en="Enter E01 with real estate, E without; or check collateral and guarantee contracts.",
        ),
        given=(PLEDGED & MORTGAGED) | (PLEDGED & GUARANTEED) | (MORTGAGED & GUARANTEED),
        holds=CLDWDK.guarantee_type.is_in("E", "E01"),
    ),
)

# --- technology loans --------------------------------------------------------------------------------


def at_same_place(
    table: TechLoans, loans: type[CLDWDK] | type[DWDKFS]
) -> tuple[tuple[Field, Field], ...]:
    """How a row of a technology table is found among the loans: contract, note, institution, branch."""
    names = ("loan_contract_no", "loan_note_no", "fin_inst_code", "internal_org_no")
    return tuple((table.field(name), loans.field(name)) for name in names)


def bill_rule(
    code: str, table: TechLoans, bills: Bills, says: Text, names: tuple[str, ...], where: Condition
) -> AnyCheck:
    """A bill's row names a bill of the base table; not run while there is such a row and that table has not come."""
    rule = row_rule(
        code,
        "error",
        PRACTICE,
        says,
        Text(
            zh=f"按{bills.code}改正票据编号、金融机构代码和内部机构号；不是直贴或不在其中的，删除该行。",
            en=f"Mend bill, institution and branch by {bills.code}; delete the row if it is no direct discount there.",
        ),
        given=is_loan(table) & has_number(table.bill_no),
        holds=HasRow(tuple((table.field(name), bills.field(name)) for name in names), where=where),
    )
    return replace(rule, needs=waits_for_bills(table))


BILL, PLACE = "bill_no", ("fin_inst_code", "internal_org_no")
TECH_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "XT-07",
        "error",
        PRACTICE,
        Text(
            zh="逐笔行（T13）的合同、借据、金融机构代码、内部机构号应在CLDWDK中存在。",
            en="Contract, note, institution and branch of a loan's row (T13) stand together in CLDWDK.",
        ),
        Text(
            zh="按CLDWDK改正编码；期末已无余额的，删除该行。",
            en="Mend the numbers by CLDWDK; delete the row if nothing is outstanding.",
        ),
        given=is_loan(HDACLKJDK) & has_number(HDACLKJDK.loan_note_no),
        holds=HasRow(at_same_place(HDACLKJDK, CLDWDK)),
    ),
    bill_rule(
        "XT-08",
        HDACLKJDK,
        CLPJRZ,
        Text(
            zh="逐笔行（T13）的票据编号、金融机构代码、内部机构号应是CLPJRZ中的一张直贴票据（贴现方式01）。",
            en="Bill, institution and branch of a row T13 are a direct discount (mode 01) of CLPJRZ.",
        ),
        (BILL, *PLACE),
        CLPJRZ.discount_mode.is_(DIRECT),
    ),
    row_rule(
        "XT-09/note",
        "error",
        PRACTICE,
        Text(
            zh="发生额逐笔行（T13）的合同、借据、机构和交易流水号应是DWDKFS中的一笔发放（标识1）。",
            en="Contract, note, institution and transaction of a row T13 of the flow are a grant (direction 1) of DWDKFS.",
        ),
        Text(
            zh="按DWDKFS改正编码和流水号；不是本月发放的，删除该行。",
            en="Mend the numbers by DWDKFS; delete the row if nothing was granted this month.",
        ),
        given=is_loan(HDAKJDKFS) & has_number(HDAKJDKFS.loan_note_no),
        holds=HasRow(
            (*at_same_place(HDAKJDKFS, DWDKFS), (HDAKJDKFS.serial_no, DWDKFS.serial_no)),
            where=DWDKFS.direction.is_("1"),
        ),
    ),
    bill_rule(
        "XT-09/bill",
        HDAKJDKFS,
        PJRZFS,
        Text(
            zh="发生额逐笔行（T13）的票据编号、机构和交易流水号应是PJRZFS中的一笔直贴买入（A01）。",
            en="Bill, institution, branch and transaction of a row T13 of the flow are a direct discount bought (A01) of "
            "PJRZFS.",
        ),
        (BILL, *PLACE, "serial_no"),
        PJRZFS.trade_type.is_(DIRECT_BUY),
    ),
)

RULES: tuple[AnyCheck, ...] = (
    *(customer_rule(table) for table in (CLDWDK, DWDKFS, *BILLS)),
    *(rule for table in (CLDWDK, DWDKFS, *BILLS) for rule in customer_agrees_rules(table)),
    *GUARANTEE_RULES,
    *TECH_RULES,
    *TECH_TOTAL_RULES,
    *PORTFOLIO_RULES,
)
