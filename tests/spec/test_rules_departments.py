"""The rules of what departments hand in, each with a plain case, an empty field and an empty table."""

import pytest

from dripline.codes import code_list
from dripline.definitions import by_code
from dripline.engines.needs import needed
from dripline.standards import rules_departments, rules_markets

RULES = by_code((*rules_markets.RULES, *rules_departments.RULES))
GOOD, OTHER, WRONG = "91410100MA0000015B", "91410100MA000004XQ", "91410100MA0000015C"
MARKETS = {"interbank", "exchange", "enterprise", "overseas"}


def codes(column: str) -> str:
    return f"{column}\n{GOOD}\n{WRONG}\n{GOOD[:17]}\n"


def firms(column: str) -> str:
    return f"{column}\n{GOOD}\n{OTHER}\nENTERPRISE\ncredit_code\n{GOOD}\n"


def happened(column: str, more: str = "") -> str:
    return f"{column}\n2025-06-30\n2025-07-01\n{more}"


CASES = {
    "BOND_ISSUE-01": (codes("credit_code"), [2, 3], 0),
    "BOND_ISSUE-02": ("bond_code | amount\nB1 | 1\nB2 | 1\nB2 | 2\n | 1", [2, 3], 1),
    "BOND_ISSUE-03": (
        """
        issued_on  | matures_on
        2025-06-01 | 2028-06-01
        2025-06-01 | 2025-06-01
        2025-06-01 | 2025-05-31
        2025-06-01 |
        """,
        [3],
        1,
    ),
    "BOND_ISSUE-04": (happened("issued_on"), [2], 0),
    "BOND_ISSUE-05": (
        "amount | amount_cny\n1.00 | 7.00\n0.00 | 1.00\n1.00 | -1.00\n1.00 |",
        [2, 3],
        1,
    ),
    "BOND_ISSUE-06": (
        """
        currency | amount | amount_cny
        CNY      | 5.00   | 5.00
        CNY      | 5.00   | 5.01
        USD      | 5.00   | 35.00
        CNY      | 5.00   |
        """,
        [2],
        1,
    ),
    "BOND_ISSUE-07": (firms("credit_code"), [2], 0),
    "BOND_ISSUE-08": ("bond_code | term_months\nB1 | 36\nB2 | 0\nB3 |", [2], 1),
    "BOND_ISSUE-09": (
        """
        bond_type | market
        MTN       | interbank
        MTN       | exchange
        SCP       | enterprise
        CB03      | exchange
        CB04      | interbank
        CB01      | enterprise
        CB01      | exchange
        PRB       | exchange
        PRB       | interbank
        CB03      | overseas
        TB99      | interbank
        PRN       | interbank
                  | interbank
        """,
        [2, 3, 5, 7, 9],
        0,
    ),
    "BOND_ISSUE-10": (
        """
        issued_on  | redeemed_on
        2024-06-01 | 2025-06-01
        2024-06-01 | 2024-05-31
        2024-06-01 |
                   | 2025-06-01
        """,
        [2],
        1,
    ),
    "BOND_ISSUE-11": (
        """
        outstanding_cny | redeemed_on
        5.00            |
        0.00            | 2025-06-01
        0.00            |
        5.00            | 2025-06-01
        -5.00           |
                        |
        """,
        [3, 4, 5],
        0,
    ),
    "BOND_ISSUE-12": ("bond_code | coupon_rate\nB1 | 2.1\nB2 | 0\nB3 | -0.1\nB4 |", [3], 0),
    "BOND_HOLDING-01": (codes("credit_code"), [2, 3], 0),
    "BOND_HOLDING-02": (
        "reporter | bond_code\nA | B1\nA | B1\nA | B2\nB | B1\nA |",
        [1, 2],
        1,
    ),
    "BOND_HOLDING-03": (
        "face_value_cny | balance_cny\n1.00 | 1.00\n0.00 | 1.00\n1.00 | -1.00\n | 1.00",
        [2, 3],
        1,
    ),
    "BOND_HOLDING-04": ("reporter\nA\nB\nREPORTER\nreporter\nA", [2], 0),
    "BOND_HOLDING-05": (
        f"""
        bond_code | credit_code
        B1        | {GOOD}
        B2        | {GOOD}
        B2        | {OTHER}
        BOND_ISSUE
        bond_code
        B1
        ENTERPRISE
        credit_code
        {GOOD}
        """,
        [2],
        0,
    ),
    "BOND_HOLDING-06": (
        f"""
        bond_code | credit_code
        B1        | {GOOD}
        B1        | {OTHER}
        B2        | {OTHER}
        B1        |
        BOND_ISSUE
        bond_code | credit_code
        B1        | {GOOD}
        """,
        [2],
        1,
    ),
    "EQUITY_FINANCING-01": (codes("credit_code"), [2, 3], 0),
    "EQUITY_FINANCING-02": ("record_no | amount\nR1 | 1\nR2 | 1\nR2 | 2\n | 1", [2, 3], 1),
    "EQUITY_FINANCING-03": (happened("completed_on"), [2], 0),
    "EQUITY_FINANCING-04": (
        """
        round  | amount_cny
        a      | 5.00
        a      | 0.00
        quoted | 0.00
        quoted | -1.00
        ipo    |
        """,
        [2, 4],
        1,
    ),
    "EQUITY_FINANCING-05": (
        "currency | amount | amount_cny\nCNY | 5.00 | 5.00\nCNY | 5.00 | 5.01\nHKD | 5.00 | 4.60",
        [2],
        0,
    ),
    "EQUITY_FINANCING-06": (firms("credit_code"), [2], 0),
    "EQUITY_FINANCING-07": (
        """
        round     | board
        ipo       | bse
        ipo       |
        a         |
        a         | bse
        follow_on | sse_star
        quoted    |
                  | bse
        """,
        [2, 4, 6],
        1,
    ),
    "EQUITY_FINANCING-08": (
        """
        credit_code | board    | round
        A           | sse_star | ipo
        A           | hkex     | ipo
        A           | sse_star | follow_on
        B           | bse      | ipo
        B           | bse      | ipo
        """,
        [4, 5],
        0,
    ),
    "FIRM_GUARANTEE-01": (codes("credit_code"), [2, 3], 0),
    "FIRM_GUARANTEE-02": (codes("guarantor_code"), [2, 3], 0),
    "FIRM_GUARANTEE-03": (
        "guarantor_code | guarantee_no\nA | G1\nA | G1\nA | G2\nB | G1\nA |",
        [1, 2],
        1,
    ),
    "FIRM_GUARANTEE-04": (
        "start_date | end_date\n2025-01-01 | 2026-01-01\n2025-01-02 | 2025-01-01\n | 2025-01-01",
        [2],
        1,
    ),
    "FIRM_GUARANTEE-05": (happened("start_date"), [2], 0),
    "FIRM_GUARANTEE-06": (
        """
        amount_cny | outstanding_cny
        5.00       | 5.00
        5.00       | 0.00
        5.00       | 5.01
        5.00       | -0.01
        0.00       | 0.00
        5.00       |
        """,
        [3, 4, 5],
        1,
    ),
    "FIRM_GUARANTEE-07": (firms("credit_code"), [2], 0),
    "FIRM_GUARANTEE-08": (
        f"guarantor_code\n{GOOD}\n{OTHER}\nINSTITUTION\ninstitution_code\n{GOOD}",
        [2],
        0,
    ),
    "FIRM_GUARANTEE-09": (
        "start_date | released_on\n2025-01-01 | 2025-01-01\n2025-01-02 | 2025-01-01\n2025-01-01 |",
        [2],
        0,
    ),
    "FIRM_GUARANTEE-10": (
        """
        guarantee_no | fee_rate | guarantor_share
        G1           | 1.00     | 80
        G2           | -0.10    | 80
        G3           | 1.00     | 100.1
        G4           | 0        | -1
        G5           |          |
        G6           |          | 101
        """,
        [2, 3, 4, 6],
        0,
    ),
    "INNOVATION-01": (codes("credit_code"), [2, 3], 0),
    "INNOVATION-02": ("credit_code | year\nA | 2024\nA | 2024\nA | 2025\nA |", [1, 2], 1),
    "INNOVATION-03": (
        "credit_code | year\nA | 2000\nA | 2099\nA | 1999\nA | 24\nA | 2100\nA |",
        [3, 4, 5],
        1,
    ),
    "INNOVATION-04": (happened("filed_on"), [2], 0),
    "INNOVATION-05": (
        "rd_expense | revenue\n1.00 | 2.00\n-1.00 | 2.00\n1.00 | -2.00\n0.00 | 0.00\n | 2.00",
        [2, 3],
        1,
    ),
    "INNOVATION-06": ("rd_expense | revenue\n1.00 | 1.00\n1.01 | 1.00\n | 2.00", [2], 1),
    "INNOVATION-07": (
        "credit_code | rd_staff | staff\nA | 5 | 5\nA | 6 | 5\nA | | 5\nA | 6 |",
        [2],
        0,
    ),
    "INNOVATION-08": (firms("credit_code"), [2], 0),
    "DEPOSIT_RATE-01": (
        "reporter | term\nA | y1\nA | y1\nA | y3\nB | y1\nA |",
        [1, 2],
        1,
    ),
    "DEPOSIT_RATE-02": ("reporter\nA\nB\nREPORTER\nreporter\nA", [2], 0),
    "DEPOSIT_RATE-03": (happened("listed_from"), [2], 0),
    "DEPOSIT_RATE-04": (
        """
        listed_rate | new_deposits | paid_rate
        1.00        | 5.00         | 1.10
        0.00        | 0.00         |
        -0.10       | 0.00         |
        1.00        | -5.00        |
        1.00        | 5.00         | -0.10
                    | 5.00         | 1.10
        """,
        [3, 4, 5],
        1,
    ),
    "DEPOSIT_RATE-05": (
        "new_deposits | paid_rate\n5.00 | 1.10\n5.00 |\n0.00 | 1.10\n0.00 |\n | 1.10",
        [2, 3],
        1,
    ),
}


def test_every_rule_has_a_case():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_the_rows_that_break_it(spec, code):
    text, broken, unknown = CASES[code]
    spec(RULES[code], text, broken=broken, unknown=unknown)


@pytest.mark.parametrize("code", CASES)
def test_an_empty_table_breaks_nothing(spec, code):
    rule = RULES[code]
    found = spec(rule, rule.table, empty=[name for name, _ in needed(rule)])
    assert (found.tallies[0].unknown, found.broken) == (0, ())


@pytest.mark.parametrize(
    "code", ["BOND_ISSUE-07", "EQUITY_FINANCING-06", "FIRM_GUARANTEE-07", "INNOVATION-08"]
)
def test_without_the_register_of_enterprises_no_firm_is_called_unknown(spec, code):
    spec(RULES[code], f"credit_code\n{GOOD}", not_run="ENTERPRISE")


def test_a_bond_names_one_of_the_four_markets_the_plan_counts_apart():
    assert set(code_list("bond_market").codes) == MARKETS
