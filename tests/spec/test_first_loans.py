"""First loans are three things, and only the registry's answer makes a 首贷户."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from tests.spec.small_lists import editions, listed

OTHER_BANK = "91410000MA0000001Q"
NEW, OLD, LATE, HAD, KNOWN, ASKED, ORG = (f"9141010000000000{n}X" for n in range(1, 8))
FIRMS = (NEW, OLD, LATE, HAD, KNOWN, ASKED, ORG)
LISTS = editions() + listed(gaoxin=FIRMS)
REGISTER = f"""
    ENTERPRISE
    credit_code | founded_on | status | county
    {NEW}       | 2025-03-31 | active | 410105
    {OLD}       | 2025-03-30 | active | 410105
    {LATE}      | 2025-04-01 | active | 410305
    {HAD}       | 2025-04-01 | active | 410305
    {KNOWN}     | 2025-04-01 | active | 410305
    {ASKED}     |            | active | 410305
    {ORG}       | 2025-04-01 | active | 410305
    """
GRANTS = f"""
    DWDKFS
    borrower_id_type | borrower_id_no | direction | first_loan_flag | amount_cny | grant_date | _reporter
    A01              | {NEW}          | 1         | 1               |       1.00 | 2025-06-10 |
    A01              | {NEW}          | 1         | 1               |       2.00 | 2025-06-20 | {OTHER_BANK}
    A01              | {OLD}          | 1         | 1               |       4.00 | 2025-06-10 |
    A01              | {LATE}         | 1         | 0               |       8.00 | 2025-06-10 |
    A01              | {HAD}          | 1         | 1               |      16.00 | 2025-06-10 |
    A01              | {KNOWN}        | 1         |                 |      32.00 | 2025-06-10 |
    A01              | {ASKED}        | 1         | 1               |      64.00 | 2025-06-10 |
    A02              | {ORG[8:17]}    | 1         | 1               |     128.00 | 2025-06-10 |
    A01              | {NEW}          | 0         | 1               |     256.00 | 2025-06-10 |
    """
SIGNS = f"""
    CLDWDK 2025-05
    borrower_id_type | borrower_id_no | balance_cny | _reporter
    A01              | {HAD}          |        1.00 | {OTHER_BANK}

    FTYKHX
    customer_id_type | customer_id_no | first_credit_date | _reporter
    A01              | {KNOWN}        | 2025-05-31        | {OTHER_BANK}
    A01              | {NEW}          | 2025-06-10        |
    """
ANSWERS = f"""
    CREDIT_RECORD
    credit_code | answer    | queried_on
    {NEW}       | no        | 2025-06-10
    {OLD}       | yes       | 2025-05-10
    {LATE}      | no        | 2025-06-11
    {HAD}       | no        | 2025-03-01
    {KNOWN}     | not_found | 2025-05-10
    {ASKED}     | no        | 2025-05-10
    {ORG}       | not_found | 2025-05-10
    """
WORLD = REGISTER + GRANTS + SIGNS + ANSWERS + LISTS


def test_first_at_the_bank_is_what_the_bank_says_of_itself(spec):
    spec(CATALOGUE["FL-BANK"], WORLD, 215, unknown=1)
    spec(CATALOGUE["FL-BANK-FIRMS"], WORLD, 5, unknown=1)


def test_first_seen_is_unknown_for_firms_older_than_the_data(spec):
    spec(CATALOGUE["FL-SEEN"], WORLD, 3, unknown=2)


def test_first_by_registry_needs_the_answer_no_before_the_loan_and_no_other_sign(spec):
    spec(CATALOGUE["FL-REGISTRY"], WORLD, 2, unknown=1)
    cities = {"410100": 1, "410300": 1}
    spec(CATALOGUE["FL-REGISTRY"], WORLD, cities, by="borrower_city", breakdowns=BREAKDOWNS)


def test_without_the_registrys_answers_first_loans_are_unknown_and_not_zero(spec):
    spec(CATALOGUE["FL-REGISTRY"], REGISTER + GRANTS + SIGNS + LISTS, 0, unknown=5)


@pytest.mark.parametrize("code", ["FL-BANK", "FL-BANK-FIRMS", "FL-SEEN", "FL-REGISTRY"])
def test_in_an_empty_month_nobody_has_a_first_loan(spec, code):
    spec(CATALOGUE[code], REGISTER + ANSWERS + LISTS, 0, empty=["DWDKFS", "FTYKHX"])
