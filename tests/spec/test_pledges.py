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


MAIN = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | loan_contract_no | guarantee_type
    A01              | {A}            |        1.00 | H1               | A
    A01              | {A}            |        2.00 | H1               | A
    A01              | {B}            |        4.00 | H2               | A
    A01              | {B}            |        8.00 | H3               | E
    A01              | {A}            |       16.00 | H4               | B01
    A01              | {A}            |       32.00 | H5               | A
    A01              | {A}            |       64.00 | H1               |
    A01              | {C}            |      128.00 | H1               | A

    DBWXX
    guarantee_contract_no | guaranteed_contract_no | collateral_no | collateral_type
    G1                    | H1                     | W1            | D07
    G1                    | H1                     | W2            | D07
    G2                    | H1                     | W1            | D07
    G3                    | H2                     | W3            | D07
    G3                    | H2                     | W4            | A01
    G4                    | H3                     | W5            | D07
    G5                    | H4                     | W6            | D07
    G6                    | H5                     | W7            | B01
    """


def test_notes_of_a_contract_on_one_kind_of_pledge_count_once_each_and_are_mainly_secured_by_it(
    spec,
):
    spec(CATALOGUE["PL-IP-MAIN"], MAIN + LISTS, 1 + 2, unknown=3)
    spec(CATALOGUE["PL-IP-MAIN-FIRMS"], MAIN + LISTS, 1, unknown=1)
    spec(CATALOGUE["PL-IP"], MAIN + LISTS, 1 + 2 + 4 + 8 + 16 + 64)
    spec(CATALOGUE["PL-AR-MAIN"], MAIN + LISTS, 32)
    spec(CATALOGUE["PL-AR-MAIN-FIRMS"], MAIN + LISTS, 1)


@pytest.mark.parametrize(
    "code", ["PL-IP-MAIN", "PL-IP-MAIN-FIRMS", "PL-AR-MAIN", "PL-AR-MAIN-FIRMS"]
)
def test_without_loans_nothing_is_mainly_secured(spec, code):
    spec(CATALOGUE[code], LISTS, 0, empty=["CLDWDK", "DBWXX"])


def test_without_the_table_of_collateral_nobody_knows_what_secures_a_loan(spec):
    loans = MAIN.partition("DBWXX")[0]
    spec(CATALOGUE["PL-IP-MAIN"], loans + LISTS, 0, unknown=7)
