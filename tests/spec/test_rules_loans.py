"""The rules of CLDWDK alone, each on a small table, on every engine."""

import pytest

from dripline.standards import RULES


def test_a_loan_note_stands_in_one_row(spec):
    spec(
        RULES["CLDWDK-01"],
        """
        loan_note_no | loan_contract_no
        -------------+-----------------
        JJ1          | HT1
        JJ2          | HT1
        JJ2          | HT2
                     | HT3
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_what_is_outstanding_is_more_than_nothing(spec):
    spec(
        RULES["CLDWDK-02/positive"],
        """
        loan_note_no | balance | balance_cny
        -------------+---------+------------
        JJ1          | 0.01    | 0.01
        JJ2          | 0.00    | 0.00
        JJ3          | 5.00    | -5.00
        JJ4          |         | 5.00
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_loan_in_yuan_has_one_balance(spec):
    spec(
        RULES["CLDWDK-02/yuan"],
        """
        loan_note_no | currency | balance | balance_cny
        -------------+----------+---------+------------
        JJ1          | CNY      | 5.00    | 5.00
        JJ2          | CNY      | 5.00    | 5.01
        JJ3          | USD      | 5.00    | 35.80
        JJ4          | CNY      | 5.00    |
        """,
        broken=[2],
        unknown=1,
    )


def test_a_balance_in_yuan_is_never_missing(spec):
    spec(
        RULES["CLDWDK-03"],
        """
        loan_note_no | balance_cny
        -------------+------------
        JJ1          | 5.00
        JJ2          |
        """,
        broken=[2],
    )


def test_a_borrower_is_rarely_a_financial_institution_or_a_household(spec):
    spec(
        RULES["CLDWDK-04"],
        """
        loan_note_no | borrower_sector
        -------------+----------------
        JJ1          | C01
        JJ2          | A02
        JJ3          | E04
        JJ4          | B03
        JJ5          | D01
        JJ6          | E03
        JJ7          |
        """,
        broken=[4, 5, 6],
        unknown=1,
    )


@pytest.mark.parametrize(
    ("code", "status", "broken"),
    [("CLDWDK-07", "LS02", [2, 3, 4]), ("CLDWDK-08", "LS04", [1, 3, 4])],
)
def test_an_extended_loan_is_due_later_and_a_shortened_one_earlier(spec, code, status, broken):
    spec(
        RULES[code],
        f"""
        loan_note_no | loan_status | due_date   | extended_due_date
        -------------+-------------+------------+------------------
        JJ1          | {status}    | 2025-12-31 | 2026-12-31
        JJ2          | {status}    | 2025-12-31 | 2025-08-31
        JJ3          | {status}    | 2025-12-31 | 2025-12-31
        JJ4          | {status}    | 2025-12-31 |
        JJ5          | LS01        | 2025-12-31 |
        JJ6          | {status}    |            | 2026-12-31
        """,
        broken=broken,
        unknown=1,
    )


def test_a_normal_loan_was_not_extended(spec):
    spec(
        RULES["CLDWDK-09"],
        """
        loan_note_no | loan_status | extended_due_date
        -------------+-------------+------------------
        JJ1          | LS01        |
        JJ2          | LS01        | 2026-12-31
        JJ3          | LS03        | 2026-12-31
        JJ4          |             | 2026-12-31
        """,
        broken=[2],
    )


def test_it_is_said_what_of_an_overdue_loan_is_overdue(spec):
    spec(
        RULES["CLDWDK-10"],
        """
        loan_note_no | loan_status | overdue_type
        -------------+-------------+-------------
        JJ1          | LS03        | 01
        JJ2          | LS01        |
        JJ3          | LS03        |
        JJ4          | LS01        | 01
        JJ5          |             | 01
        """,
        broken=[3, 4],
        unknown=1,
    )


def test_a_loan_past_its_day_is_overdue_or_extended(spec):
    spec(
        RULES["CLDWDK-11"],
        """
        loan_note_no | loan_status | due_date   | extended_due_date
        -------------+-------------+------------+------------------
        JJ1          | LS03        | 2025-05-31 |
        JJ2          | LS02        | 2025-05-31 | 2025-06-30
        JJ3          | LS01        | 2025-06-30 |
        JJ4          | LS01        | 2025-06-29 |
        JJ5          | LS02        | 2025-05-31 | 2025-06-29
        JJ6          | LS01        |            |
        """,
        broken=[4, 5],
    )


def test_first_loans_are_not_flagged_in_the_stock(spec):
    spec(
        RULES["CLDWDK-19"],
        """
        loan_note_no | first_loan_flag
        -------------+----------------
        JJ1          |
        JJ2          | 1
        """,
        broken=[2],
    )


def test_only_other_claims_are_registered_at_a_venue(spec):
    spec(
        RULES["CLDWDK-21"],
        """
        loan_note_no | product_type | trading_venue_code
        -------------+--------------+-------------------
        JJ1          | F13          | 91410000MA0000001Q
        JJ2          | F022         | 91410000MA0000001Q
        JJ3          | F13          |
        JJ4          |              | 91410000MA0000001Q
        """,
        broken=[2],
        unknown=1,
    )
