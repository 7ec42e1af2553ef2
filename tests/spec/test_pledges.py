"""Loans secured by intellectual property or receivables, whatever else secures them."""

import pytest

from dripline.indicators import CATALOGUE
from tests.spec.small_lists import LISTS, A, B, C

LOANS = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | loan_contract_no
    A01              | {A}            |        1.00 | H1
    A01              | {A}            |        2.00 | H1
    A01              | {B}            |        4.00 | H2
    A01              | {B}            |        8.00 | H3
    A01              | {A}            |       16.00 |
    A01              | {C}            |       32.00 | H1
    A01              | {B}            |       64.00 | H4

    DBWXX
    guaranteed_contract_no | collateral_type | _reporter
    H1                     | D07             |
    H1                     | C02             |
    H1                     | D07             |
    H2                     | B02             |
    H3                     |                 |
    H4                     | D07             | 91410000MA0000001Q
    """
FIGURES = {"PL-IP": (3, 2), "PL-IP-FIRMS": (1, 1), "PL-AR": (4, 2), "PL-AR-FIRMS": (1, 1)}


@pytest.mark.parametrize("code", FIGURES)
def test_a_contract_with_such_collateral_counts_once_with_its_whole_balance(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], LOANS + LISTS, value, unknown=unknown)


@pytest.mark.parametrize("code", FIGURES)
def test_without_loans_nothing_is_secured(spec, code):
    spec(CATALOGUE[code], LISTS, 0, empty=["CLDWDK", "DBWXX"])
