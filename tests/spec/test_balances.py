"""Loans to technology enterprises at the end of a month: amounts, borrowers, shares."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from tests.conftest import BANK
from tests.spec.small_lists import LISTS, A, B, C

OTHER_BANK = "91410000MA0000001Q"
STOCK = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | borrower_region_code | balance_cny | guarantee_type | grant_date | due_date | _reporter
    A01 | {A}            | 410105               |      100.00 | D              | 2024-01-10 | 2025-01-10 |
    A01 | {A}            | 410105               |      200.00 | D              | 2024-01-10 | 2025-01-11 | {OTHER_BANK}
    A02 | {B[8:17]}      | 410305               |      300.00 | B01            |            | 2026-01-01 |
    A01 | {B}            | 410305               |             | D              | 2024-01-10 | 2034-01-10 |
    A01 | {C}            | 410105               |      700.00 | D              | 2024-01-10 | 2034-01-10 |
    A01 |     | 410105               |     1000.00 |                | 2024-01-10 | 2034-01-10 |
    A01 | {A}            | 110101               |       50.00 |                | 2024-01-10 | 2024-06-10 |
    """
TOTALS = f"""
    LOAN_TOTALS
    reporter     | lender_city | currency_scope | all_loans | unit_loans | bill_finance | _reporter
    X            | 410100      | all            |   5200.00 |    2800.00 |       200.00 |
    X            | 410100      | rmb            |   9999.00 |    9999.00 |      9999.00 |
    {OTHER_BANK} | 410100      | all            |   1300.00 |    1300.00 |       650.00 | {OTHER_BANK}
    """
WORLD = STOCK + TOTALS + LISTS
FIGURES = {
    "TE-BAL": (650, 2),
    "TE-FIRMS": (2, 1),
    "TE-AVG": (325, 2),
    "TE-CREDIT": (300, 3),
    "TE-CREDIT-SHARE": ("46.15384615384615384615384615", 3),
    "TE-MLT": (200, 3),
    "TE-MLT-SHARE": ("30.76923076923076923076923077", 3),
    "TE-DIR-BAL": (1050, 1),
    "TE-OF-UNIT": (20, 2),
    "TE-OF-ALL": (10, 2),
    "TE-MARKET": (100, 2),
}


@pytest.mark.parametrize("code", FIGURES)
def test_a_balance_and_its_shares(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], WORLD, value, unknown=unknown)


@pytest.mark.parametrize("code", [*FIGURES, "TE-OF-INCREASE"])
def test_without_loans_there_is_nothing_and_no_share_of_nothing(spec, code):
    nothing = 0 if code in ("TE-BAL", "TE-FIRMS", "TE-CREDIT", "TE-MLT", "TE-DIR-BAL") else None
    spec(CATALOGUE[code], LISTS, nothing, empty=["CLDWDK", "LOAN_TOTALS"])


def test_the_share_in_the_increase_is_of_both_changes_since_the_years_end(spec):
    before = f"""
    CLDWDK 2024-12
    borrower_id_type | borrower_id_no | balance_cny
    A01 | {A}            |      390.00
    LOAN_TOTALS 2024-12
    reporter | lender_city | currency_scope | all_loans
    X        | 410100      | all            |   5980.00
    """
    spec(CATALOGUE["TE-OF-INCREASE"], WORLD + before, 50, unknown=2)


def test_a_market_share_is_of_all_institutions(spec):
    shares = {
        OTHER_BANK: "30.76923076923076923076923077",
        BANK: "69.23076923076923076923076923",
    }
    spec(CATALOGUE["TE-MARKET"], WORLD, shares, by="institution", breakdowns=BREAKDOWNS)


def test_a_market_share_on_a_list_is_of_that_list(spec):
    lists = dict.fromkeys(("chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang"))
    shares = {
        (BANK, "gaoxin"): "42.85714285714285714285714286",
        (OTHER_BANK, "gaoxin"): "57.14285714285714285714285714",
        (BANK, "keji_sme"): "69.23076923076923076923076923",
        (OTHER_BANK, "keji_sme"): "30.76923076923076923076923077",
    } | {(BANK, kind): None for kind in lists}
    spec(CATALOGUE["TE-MARKET"], WORLD, shares, by="institution+list_kind", breakdowns=BREAKDOWNS)


def test_a_firm_on_two_lists_counts_under_each_and_once_in_the_total(spec):
    by_list = {"gaoxin": 1, "keji_sme": 2} | dict.fromkeys(
        ("chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang"), 0
    )
    cell = CATALOGUE["TE-FIRMS"]
    spec(cell, WORLD, by_list, by="list_kind", breakdowns=BREAKDOWNS)
    spec(cell, WORLD, 2, unknown=1)


def test_a_firm_under_its_credit_code_at_one_bank_and_its_organisation_code_at_another_is_one(spec):
    text = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | _reporter
    A01              | {A}            |         100 |
    A02              | {A[8:17]}      |         200 | {OTHER_BANK}
    A01              | {B}            |         400 | {OTHER_BANK}
    """
    spec(CATALOGUE["TE-FIRMS"], text + LISTS, 2)
    spec(CATALOGUE["TL-01-FIRMS"], text + LISTS, 2, empty=["HDACLKJDK"])
    by_bank = {BANK: 1, OTHER_BANK: 2}
    spec(CATALOGUE["TE-FIRMS"], text + LISTS, by_bank, by="institution", breakdowns=BREAKDOWNS)


def test_an_identifier_that_is_no_credit_code_of_18_stands_for_itself(spec):
    text = """
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no    | balance_cny
    1            | A01              | 91410100000000001 |         1
    2            | A01              | 91410200000000001 |         1
    3            | B01              | 41010019900101001 |         1
    4            |                  | 41010019900101002 |         1
    HDACLKJDK
    row_type | loan_note_no | high_tech_mfg_flag
    T13      | 1            | 1
    T13      | 2            | 1
    T13      | 3            | 1
    T13      | 4            | 1
    """
    spec(CATALOGUE["TL-09-FIRMS"], text, 4)
