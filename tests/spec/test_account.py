"""The monthly account closes to the fen: every line by hand, and the rest is nothing."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.account import EXPLAINED, NAMED
from tests.conftest import BANK
from tests.spec.small_lists import editions, listed

STAYS, LEAVES, ENTERS, STRANGER = (f"9141010000000000{number}X" for number in range(1, 5))
LISTS = (
    editions("2025-06", "E1")
    + listed("2025-06", "E1", gaoxin=(STAYS, ENTERS))
    + editions("2025-05", "E0")
    + listed("2025-05", "E0", gaoxin=(STAYS, LEAVES))
)
STOCK = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | currency | balance_cny
    J1           | A01              | {STAYS}        | CNY      |      850.00
    J2           | A01              | {LEAVES}       | CNY      |      500.00
    J3           | A01              | {ENTERS}       | CNY      |      300.00
    J4           | A01              | {STAYS}        | USD      |      715.07
    J6           | A01              | {STAYS}        | CNY      |       90.00
    J7           | A01              | {STRANGER}     | CNY      |       60.00
    J8           | A01              | {STAYS}        | CNY      |       50.00
    J9           | A01              | {STAYS}        | CNY      |       40.00
    J10          | A01              | {STAYS}        | CNY      |       30.00
    J11          | A01              | {STAYS}        | CNY      |       20.00

    CLDWDK 2025-05
    loan_note_no | borrower_id_type | borrower_id_no | currency | balance_cny
    J1           | A01              | {STAYS}        | CNY      |     1000.00
    J2           | A01              | {LEAVES}       | CNY      |      500.00
    J3           | A01              | {ENTERS}       | CNY      |      300.00
    J4           | A01              | {STAYS}        | USD      |      700.00
    J5           | A01              | {STAYS}        | CNY      |      200.00
    J6           | A01              | {STRANGER}     | CNY      |       90.00
    J7           | A01              | {STAYS}        | CNY      |       60.00
    """
FLOWS = f"""
    DWDKFS
    loan_note_no | borrower_id_type | borrower_id_no | currency | direction | loan_event_status | restructure_type | amount_cny
    J1           | A01              | {STAYS}        | CNY      | 0 | LF01 |    | 100.00
    J1           | A01              | {STAYS}        | CNY      | 0 | LF05 | 01 |  40.00
    J1           | A01              | {STAYS}        | CNY      | 0 | LF03 |    |   1.00
    J1           | A01              | {STAYS}        | CNY      | 0 | LF06 |    |   2.00
    J1           | A01              | {STAYS}        | CNY      | 0 | LF07 |    |   3.00
    J1           | A01              | {STAYS}        | CNY      | 0 | LF08 |    |   4.00
    J4           | A01              | {STAYS}        | USD      | 1 | LF01 |    |   5.00
    J5           | A01              | {STAYS}        | CNY      | 0 | LF02 |    | 150.00
    J5           | A01              | {STAYS}        | CNY      | 0 | LF04 |    |  50.00
    J8           | A01              | {STAYS}        | CNY      | 1 | LF01 |    |  50.00
    J9           | A01              | {STAYS}        | CNY      | 1 | LF05 | 01 |  40.00
    J10          | A01              | {STAYS}        | CNY      | 1 | LF05 | 02 |  30.00
    J11          | A01              | {STAYS}        | CNY      | 1 | LF04 |    |  20.00
    J2           | A01              | {LEAVES}       | CNY      | 1 | LF01 |    |   7.00
    """
WORLD = STOCK + FLOWS + LISTS
LINES = {
    "AC-01-OPENING": 2460,
    "AC-02-ENTERED": 300,
    "AC-03-LEFT": 500,
    "AC-04-ANEW": 55,
    "AC-05-RENEWED": 40,
    "AC-06-ROLLED": 30,
    "AC-07-BOUGHT": 20,
    "AC-08-REPAID": 140,
    "AC-09-WRITTEN-OFF": 150,
    "AC-10-STRIPPED": 1,
    "AC-11-SOLD": 50,
    "AC-12-SECURITISED": 3,
    "AC-13-IN-KIND": 2,
    "AC-14-SWAPPED": 4,
    "AC-15-EXCHANGE": "10.07",
    "AC-16-RECLASSIFIED": 30,
    "AC-17-REST": 0,
    "AC-18-CLOSING": "2095.07",
}


@pytest.mark.parametrize("code", LINES)
def test_each_line_of_the_account(spec, code):
    spec(CATALOGUE[code], WORLD, LINES[code])


@pytest.mark.parametrize("code", LINES)
def test_an_empty_month_after_an_empty_month_has_an_account_of_nothing(spec, code):
    spec(CATALOGUE[code], LISTS, 0, empty=["CLDWDK", "DWDKFS"])


def test_the_lines_add_up_to_the_closing_to_the_fen():
    from decimal import Decimal

    signs = {f"AC-{n:02d}-{line[0]}": line[3] for n, line in enumerate(NAMED, 1)}
    total = sum(sign * Decimal(LINES[code]) for code, sign in signs.items())
    assert total == Decimal("2095.07")
    assert len(EXPLAINED) == 16


def test_a_repayment_nobody_reported_is_the_unexplained_rest(spec):
    silent = FLOWS.replace("| 0 | LF01 |    | 100.00", "| 0 | LF01 |    |  60.00")
    spec(CATALOGUE["AC-17-REST"], STOCK + silent + LISTS, -40)


def test_a_flow_without_an_amount_is_unknown_and_its_sum_the_rest(spec):
    silent = FLOWS.replace("| 0 | LF01 |    | 100.00", "| 0 | LF01 |    |       ")
    spec(CATALOGUE["AC-17-REST"], STOCK + silent + LISTS, -100, unknown=1)


def test_the_account_closes_for_each_institution(spec):
    spec(CATALOGUE["AC-17-REST"], WORLD, {BANK: 0}, by="institution", breakdowns=BREAKDOWNS)
