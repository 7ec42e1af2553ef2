"""The rules between tables of one month, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards.rules_cross_tables import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
CUSTOMERS = {
    "CLDWDK": "borrower",
    "DWDKFS": "borrower",
    "CLPJRZ": "discount_applicant",
    "PJRZFS": "discount_applicant",
}
"""Tables whose rows are about a customer, and how its columns begin."""


# --- borrowers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", CUSTOMERS)
def test_who_borrows_or_discounts_is_a_customer(spec, table):
    who = CUSTOMERS[table]
    spec(
        RULES[f"XT-01/{table}"],
        f"""
        {who}_id_type | {who}_id_no | {who}_sector
        A01           | F1          | C01
        A02           | F1          | C01
        A01           | F9          | C01
        A01           | F9          | B04
        A01           |             | C01
        FTYKHX
        customer_id_type | customer_id_no
        A01              | F1
        """,
        broken=[2, 3],
        unknown=1,
    )


CODES = {
    "sector": ("sector", "C01", "C02"),
    "industry": ("industry", "C39", "C38"),
    "region_code": ("region_code", "410105", "410102"),
    "ownership": ("ownership", "B0102", "B0101"),
    "scale": ("enterprise_scale", "CS03", "CS04"),
}


@pytest.mark.parametrize("table", CUSTOMERS)
@pytest.mark.parametrize("column", CODES)
def test_both_tables_say_the_same_of_a_customer(spec, table, column):
    (theirs, right, wrong), who = CODES[column], CUSTOMERS[table]
    found = spec(
        RULES[f"XT-02/{table}/{column}"],
        f"""
        {who}_id_type | {who}_id_no | {who}_{column}
        A01 | F1 | {right}
        A01 | F1 | {wrong}
        A01 | F1 |
        A01 | F2 |
        A01 | F9 | {right}
        FTYKHX
        customer_id_type | customer_id_no | {theirs}
        A01 | F1 | {right}
        A01 | F2 |
        """,
        broken=[2],
        unknown=1,
    )
    assert found.tallies[0].applied == 3  # neither who is no customer nor what both leave empty


def test_ownership_may_stand_one_level_higher(spec):
    spec(
        RULES["XT-02/CLDWDK/ownership"],
        """
        borrower_id_type | borrower_id_no | borrower_ownership
        A01 | F1 | B01
        A01 | F1 | A01
        A01 | F2 | B0102
        FTYKHX
        customer_id_type | customer_id_no | ownership
        A01 | F1 | B0102
        A01 | F2 | B01
        """,
        broken=[2],
    )


# --- guarantees --------------------------------------------------------------------------------------


def test_what_is_guaranteed_is_a_loan(spec):
    spec(
        RULES["XT-03/DBHTXX"],
        """
        guarantee_contract_no | guaranteed_contract_no | business_type
        DB1 | HT1 | 02
        DB2 | HT9 | 02
        DB3 | HT9 | 01
        DB4 |     | 02
        CLDWDK
        loan_contract_no
        HT1
        """,
        broken=[2],
        unknown=1,
    )


def test_collateral_is_for_a_loan(spec):
    spec(
        RULES["XT-03/DBWXX"],
        """
        guarantee_contract_no | guaranteed_contract_no
        DB1 | HT1
        DB2 | HT9
        DB3 | HT9
        DBHTXX
        guarantee_contract_no | guaranteed_contract_no | business_type
        DB1 | HT1 | 02
        DB2 | HT9 | 02
        DB3 | HT9 | 01
        CLDWDK
        loan_contract_no
        HT1
        """,
        broken=[2],
    )


def test_collateral_has_a_guarantee_contract(spec):
    spec(
        RULES["XT-04"],
        """
        guarantee_contract_no | guaranteed_contract_no
        DB1 | HT1
        DB1 | HT2
        DB1 |
        DBHTXX
        guarantee_contract_no | guaranteed_contract_no
        DB1 | HT1
        DB2 | HT2
        """,
        broken=[2],
        unknown=1,
    )


GUARANTEES = """
    DBHTXX
    guarantee_contract_no | guaranteed_contract_no
    DB1 | HT1
    DB2 | HT2
    DB3 | HT3
    DB4 | HT3
    DBWXX
    guarantee_contract_no | guaranteed_contract_no | collateral_type
    DB1 | HT1 | C01
    DB2 | HT2 | D02
    DB3 | HT3 | A02
    """


def test_a_guaranteed_loan_has_a_contract(spec):
    spec(
        RULES["XT-05/contract"],
        f"""
        loan_contract_no | guarantee_type
        HT1 | B01
        HT9 | C99
        HT9 | D
            | B01
        {GUARANTEES}
        """,
        broken=[2],
        unknown=1,
    )


def test_a_mortgage_has_collateral(spec):
    spec(
        RULES["XT-05/collateral"],
        f"""
        loan_contract_no | guarantee_type
        HT1 | B01
        HT9 | A
        HT9 | C99
            | A
        {GUARANTEES}
        """,
        broken=[2],
        unknown=1,
    )


def test_a_mortgage_on_real_estate_has_real_estate(spec):
    spec(
        RULES["XT-05/real_estate"],
        f"""
        loan_contract_no | guarantee_type
        HT1 | B01
        HT2 | E01
        HT2 | B99
            | B01
        {GUARANTEES}
        """,
        broken=[2],
        unknown=1,
    )


def test_two_kinds_of_guarantee_are_combined(spec):
    found = spec(
        RULES["XT-06"],
        f"""
        loan_contract_no | guarantee_type
        HT1 | B01
        HT3 | E
        HT3 | A
        HT3 |
        {GUARANTEES}
        """,
        broken=[3],
        unknown=1,
    )
    assert found.tallies[0].applied == 3  # HT1 has a mortgage alone


def test_a_pledge_and_a_mortgage_are_combined(spec):
    spec(
        RULES["XT-06"],
        """
        loan_contract_no | guarantee_type
        HT1 | B01
        DBHTXX
        guarantee_contract_no | guaranteed_contract_no
        DB1 | HT1
        DBWXX
        guarantee_contract_no | guaranteed_contract_no | collateral_type
        DB1 | HT1 | C01
        DB1 | HT1 | D07
        """,
        broken=[1],
    )


# --- technology loans --------------------------------------------------------------------------------


def test_a_technology_loan_is_a_loan(spec):
    spec(
        RULES["XT-07"],
        """
        row_type | loan_contract_no | loan_note_no | fin_inst_code | internal_org_no | bill_no
        T13 | HT1 | JJ1 | 9141 | HN1 | 0
        T13 | HT1 | JJ1 | 9141 | HN2 | 0
        T13 | 0   | 0   | 9141 | HN1 | 61,1,9
        T13 | HT1 |     | 9141 | HN1 | 0
        T08 |     |     |      |     |
        CLDWDK
        loan_contract_no | loan_note_no | fin_inst_code | internal_org_no
        HT1 | JJ1 | 9141 | HN1
        """,
        broken=[2],
        unknown=1,
    )


def test_a_technology_grant_is_a_grant(spec):
    spec(
        RULES["XT-09/note"],
        """
        row_type | loan_contract_no | loan_note_no | fin_inst_code | internal_org_no | serial_no
        T13 | HT1 | JJ1 | 9141 | HN1 | LS1
        T13 | HT1 | JJ1 | 9141 | HN1 | LS2
        T13 | HT1 | JJ1 | 9141 | HN1 | LS3
        T13 | HT1 | JJ1 | 9141 | HN1 |
        DWDKFS
        loan_contract_no | loan_note_no | fin_inst_code | internal_org_no | serial_no | direction
        HT1 | JJ1 | 9141 | HN1 | LS1 | 1
        HT1 | JJ1 | 9141 | HN1 | LS2 | 0
        """,
        broken=[2, 3],
        unknown=1,
    )


BILL_ROWS = """
    row_type | bill_no | fin_inst_code | internal_org_no | business_type{serial}
    T13 | 61,1,9 | 9141 | HN1 | C03{s1}
    T13 | 61,1,9 | 9141 | HN2 | C03{s1}
    T13 | 62     | 9141 | HN1 | C03{s2}
    T13 | 63     | 9141 | HN1 | C03{s3}
    T13 | 0      | 9141 | HN1 | C01{s4}
    T13 |        | 9141 | HN1 | C03{s1}
    """


def test_a_technology_bill_is_a_direct_discount_the_bank_holds(spec):
    found = spec(
        RULES["XT-08"],
        BILL_ROWS.format(serial="", s1="", s2="", s3="", s4="")
        + """
        CLPJRZ
        bill_no | fin_inst_code | internal_org_no | discount_mode
        61,1,9  | 9141          | HN1             | 01
        62      | 9141          | HN1             | 02
        """,
        broken=[2, 3, 4],
        unknown=1,
    )
    assert found.tallies[0].applied == 5  # the row of a loan is no bill


def test_a_technology_bill_of_the_flow_is_a_direct_discount_bought(spec):
    spec(
        RULES["XT-09/bill"],
        BILL_ROWS.format(serial=" | serial_no", s1=" | S1", s2=" | S2", s3=" | S3", s4=" | S4")
        + """
        PJRZFS
        bill_no | fin_inst_code | internal_org_no | serial_no | trade_type
        61,1,9  | 9141          | HN1             | S1        | A01
        62      | 9141          | HN1             | S2        | A02
        63      | 9141          | HN1             | S9        | A01
        """,
        broken=[2, 3, 4],
        unknown=1,
    )


@pytest.mark.parametrize(("code", "waits"), [("XT-08", "CLPJRZ"), ("XT-09/bill", "PJRZFS")])
def test_bills_wait_for_their_table(spec, code, waits):
    spec(RULES[code], "row_type | bill_no | business_type\nT13 | 61 | C03", not_run=waits)
    found = spec(RULES[code], "row_type | bill_no | business_type\nT13 | 0 | C01")
    assert found.tallies[0].applied == 0


# --- every rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_business_breaks_nothing(spec, code):
    rule = RULES[code]
    found = spec(rule, rule.table, empty=[name for name, _ in needed(rule)])
    assert (found.tallies[0].unknown, found.broken) == (0, ())


@pytest.mark.parametrize(
    ("code", "missing"),
    [(code, name) for code in sorted(RULES) for name, _ in sorted(needed(RULES[code]))],
)
def test_a_rule_waits_for_each_of_its_tables(spec, code, missing):
    rule = RULES[code]
    others = [name for name, _ in needed(rule) if name != missing] or ["JRJGFZ"]
    spec(rule, others[0], empty=others, not_run=missing)
