"""The official rate as it stands, the comparable price, and its spread to the LPR of the term on the grant day."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from tests.spec.small_lists import LISTS, A, C

STOCK = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | interest_rate
    A01              | {A}            |      100.00 |       3.00000
    A01              | {A}            |      300.00 |       5.00000
    A01              | {A}            |     4000.00 |
    A01              | {C}            |     1000.00 |       9.00000
    """
HEAD = "borrower_id_type | borrower_id_no | direction | currency | loan_event_status | product_type"
HEAD += " | amount_cny | interest_rate | grant_date | due_date | fiscal_support"
FLOWS = f"""
    DWDKFS
    {HEAD}
    A01 | {A} | 1 | CNY | LF01 | F022 | 100.00 | 3.10000 | 2025-05-19 | 2026-05-19 |
    A01 | {A} | 1 | CNY | LF01 | F023 | 100.00 | 4.00000 | 2025-05-20 | 2030-05-21 | A0102
    A01 | {A} | 1 | CNY | LF01 | F023 | 200.00 | 2.50000 | 2025-05-20 | 2030-05-20 | B
    A01 | {A} | 1 | CNY | LF05 | F022 | 400.00 | 9.00000 | 2025-06-20 | 2026-05-20 |
    A01 | {A} | 1 | USD | LF01 | F022 | 400.00 | 9.00000 | 2025-06-20 | 2026-05-20 |
    A01 | {A} | 1 | CNY | LF01 | F051 | 400.00 | 9.00000 | 2025-06-20 | 2026-05-20 |
    A01 | {A} | 0 | CNY | LF01 | F022 | 999.00 | 9.00000 | 2025-06-20 | 2026-05-20 |
    A01 | {A} | 1 | CNY | LF01 | F022 | 800.00 |         | 2025-06-20 | 2026-05-20 |
    A01 | {C} | 1 | CNY | LF01 | F022 | 400.00 | 9.00000 | 2025-06-20 | 2026-05-20 |
    """
FIGURES = {
    "TE-RATE-BAL": (STOCK, "4.5"),
    "TE-RATE-NEW": (FLOWS, "7.50625"),
    "TE-PRICE": (FLOWS, "3.025"),
    # 3.10 - 3.10 of 2024-10-21, 4.00 - 3.50 for over five years, 2.50 - 3.00 for just five years
    "TE-SPREAD": (FLOWS, "-0.125"),
}


@pytest.mark.parametrize("code", FIGURES)
def test_a_rate_is_weighted_by_amount_over_rows_where_both_are_known(spec, code):
    rows, value = FIGURES[code]
    spec(CATALOGUE[code], rows + LISTS, value)


@pytest.mark.parametrize("code", FIGURES)
def test_without_loans_there_is_no_rate(spec, code):
    spec(CATALOGUE[code], LISTS, None, empty=["CLDWDK", "DWDKFS"])


def test_subsidised_loans_are_shown_apart(spec):
    prices = {"with": 4, "without": "2.7"}
    spec(CATALOGUE["TE-PRICE"], FLOWS + LISTS, prices, by="interest_subsidy", breakdowns=BREAKDOWNS)


def test_a_loan_granted_before_there_was_an_lpr_has_no_spread(spec):
    old = f"""
    DWDKFS
    {HEAD}
    A01 | {A} | 1 | CNY | LF01 | F022 | 100.00 | 3.10000 | 2019-08-19 | 2020-05-19 |
    """
    spec(CATALOGUE["TE-SPREAD"], old + LISTS, None)
