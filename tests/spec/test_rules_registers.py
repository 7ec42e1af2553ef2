"""The rules of registers and lists, each with a plain case, an empty field and an empty table."""

import pytest

from dripline.definitions import by_code, tables_read
from dripline.standards import rules_lists, rules_registers

RULES = by_code((*rules_registers.RULES, *rules_lists.RULES))
GOOD, OTHER, THIRD = "91410100MA0000015B", "91410100MA000004XQ", "91410100MA0000074E"

CASES = {
    "REPORTER-01": (
        f"""
        reporter
        {GOOD}
        91410100MA0000015C
        123
        """,
        [2, 3],
        0,
    ),
    "REPORTER-02": (
        """
        valid_from | valid_to
        2025-01-01 | 2025-12-31
        2025-01-01 | 2024-12-31
        2025-01-01 |
                   | 2024-12-31
        """,
        [2],
        1,
    ),
    "REPORTER-03": (
        """
        mode    | region_prefix
        extract | 41
        extract |
        full    | 41
        full    |
                | 41
        """,
        [2, 3],
        1,
    ),
    "REPORTER-04": (
        """
        reporter | table_code | valid_from
        A        | CLDWDK     | 2025-01-01
        A        | CLDWDK     | 2025-01-01
        A        | CLDWDK     | 2026-01-01
        A        |            | 2025-01-01
        """,
        [1, 2],
        1,
    ),
    "INSTITUTION-01": (
        f"""
        institution_code
        {GOOD}
        12345678X
        MA0000001

        """,
        [2, 3],
        0,
    ),
    "INSTITUTION-02": (
        """
        valid_from | valid_to
        2025-01-01 | 2024-12-31
        2025-01-01 | 2025-01-01
                   | 2025-01-01
        """,
        [1],
        1,
    ),
    "INSTITUTION-03": (
        """
        successor | succession_kind | succession_day
        A         | absorbed        | 2025-09-28
        A         |                 | 2025-09-28
                  | absorbed        |
                  |                 |
        """,
        [2, 3],
        0,
    ),
    "INSTITUTION-04": (
        """
        institution_code | successor
        A                | B
        B                |
        C                | D
        """,
        [3],
        0,
    ),
    "INSTITUTION-05": (
        """
        institution_code | reporter
        A                | A
        B                | X
        C                |

        REPORTER
        reporter
        A
        """,
        [2],
        0,
    ),
    "INSTITUTION-06": (
        """
        institution_code | valid_from
        A                | 2025-01-01
        A                | 2025-01-01
        A                | 2025-06-01
        A                |
        """,
        [1, 2],
        1,
    ),
    "INSTITUTION-07": (
        """
        city   | supervising_branch
        410100 | 419001
        410105 | 410100
        410100 | 41
        410100 |
        """,
        [2, 3],
        1,
    ),
    "INSTITUTION-08": (
        """
        valid_from | succession_day
        2025-01-01 | 2025-09-28
        2025-10-01 | 2025-09-28
                   | 2025-09-28
        2025-01-01 |
        """,
        [2],
        1,
    ),
    "INSTITUTION-09": (
        """
        institution_code | successor | succession_kind
        A                | A         | absorbed
        A                | A         | renamed
        A                | B         | merged
        A                |           | merged
                         | B         | merged
        """,
        [1],
        1,
    ),
    "NOTE_NUMBER-01": (
        """
        old_reporter | old_loan_note_no
        A            | 1
        A            | 1
        B            | 1
        A            |
        """,
        [1, 2],
        1,
    ),
    "NOTE_NUMBER-02": (
        """
        new_reporter | new_loan_note_no
        A            | 1
        A            | 1
        B            | 1
        A            |
        """,
        [1, 2],
        1,
    ),
    "ENTERPRISE-01": (
        f"""
        credit_code        | name
        {GOOD}             | a
        91410100MA0000015C | b
                           | c
        """,
        [2],
        1,
    ),
    "ENTERPRISE-02": (
        """
        credit_code | name
        A           | a
        A           | b
        B           | c
                    | d
        """,
        [1, 2],
        1,
    ),
    "ENTERPRISE-03": (
        """
        founded_on | status_day
        2020-01-01 | 2020-01-01
        2020-01-02 | 2020-01-01
                   | 2020-01-01
        """,
        [2],
        1,
    ),
    "ENTERPRISE-04": (
        """
        founded_on | status_day
        2025-06-30 | 2025-06-30
        2020-01-01 | 2025-07-01
        2025-07-01 |
        2020-01-01 |
        """,
        [2, 3],
        1,
    ),
    "ENTERPRISE-05": (
        """
        county | name
        410105 | a
        410100 | b
        410000 | c
        419001 | d
               | e
        """,
        [2, 3],
        1,
    ),
    "ENTERPRISE-06": (
        """
        industry | name
        C39      | a
        C3976    | b
        39       | c
        U10      | d
                 | e
        """,
        [3, 4],
        0,
    ),
    "ENTERPRISE-07": (
        """
        size | size_source
        CS03 | statistics
        CS03 |
             |
        """,
        [2],
        0,
    ),
    "CREDIT_RECORD-01": (
        f"""
        credit_code        | answer
        {OTHER}            | no
        91410100MA0000015C | no
                           | no
        """,
        [2],
        1,
    ),
    "CREDIT_RECORD-02": (
        """
        credit_code | queried_on
        A           | 2025-01-01
        A           | 2025-01-01
        A           | 2025-02-01
        A           |
        """,
        [1, 2],
        1,
    ),
    "CREDIT_RECORD-03": (
        """
        queried_on | answer
        2025-06-30 | no
        2025-07-01 | no
                   | no
        """,
        [2],
        1,
    ),
    "HISTORY-01": (
        """
        indicator | breakdown | item  | period
        X         | total     | total | 2024
        X         | total     | total | 2024
        X         | total     | total | 2023
        X         | total     |       | 2023
        """,
        [1, 2],
        1,
    ),
    "HISTORY-02": (
        """
        period   | indicator
        2024-06  | X
        2024-Q2  | X
        2024-H1  | X
        2024     | X
        2024-13  | X
        2024-Q5  | X
                 | X
        """,
        [5, 6],
        1,
    ),
    "QUALIFICATION-01": (
        """
        valid_from | valid_to
        2025-01-01 | 2024-12-31
        2025-01-01 |
                   | 2025-01-01
        """,
        [1],
        1,
    ),
    "QUALIFICATION-02": (
        f"""
        credit_code        | name
        {THIRD}            | a
        91410100MA0000015C | b
                           | c
        """,
        [2],
        0,
    ),
    "QUALIFICATION-03": (
        """
        kind   | edition
        gaoxin | 2025-1
        gaoxin | 2025-2
        shifan | 2025-1
        gaoxin |

        EDITION
        kind   | edition
        gaoxin | 2025-1
        """,
        [2, 3],
        1,
    ),
    "QUALIFICATION-04": (
        """
        kind   | edition | credit_code
        gaoxin | 2025-1  | A
        gaoxin | 2025-1  | A
        shifan | 2025-1  | A
        gaoxin | 2025-1  |
        gaoxin |         | A
        """,
        [1, 2],
        1,
    ),
    "QUALIFICATION-05": (
        """
        kind   | edition | name
        gaoxin | 2025-1  | a
        gaoxin | 2025-1  | a
        gaoxin | 2025-2  | a
        gaoxin | 2025-1  |
        """,
        [1, 2],
        1,
    ),
    "QUALIFICATION-06": (
        """
        cancelled_on | cancelled_from
        2025-06-01   | 2024-01-01
                     | 2024-01-01
                     |
        """,
        [2],
        0,
    ),
    "QUALIFICATION-07": (
        """
        kind   | edition | scope
        gaoxin | 2025-1  | national
        gaoxin | 2025-1  | henan
        gaoxin | 2025-1  |
        gaoxin | 2025-9  | henan

        EDITION
        kind   | edition | scope
        gaoxin | 2025-1  | national
        """,
        [2],
        2,
    ),
    "QUALIFICATION-08": (
        """
        valid_from | cancelled_on
        2024-01-01 | 2025-06-01
        2025-07-01 | 2025-06-01
                   | 2025-06-01
        """,
        [2],
        1,
    ),
    "EDITION-01": (
        """
        kind   | edition | adopted_from
        gaoxin | 2025-1  | 2025-06-01
        gaoxin | 2025-2  | 2025-06-01
        gaoxin | 2025-3  | 2025-07-01
        gaoxin | 2025-4  |
        """,
        [1, 2],
        1,
    ),
    "EDITION-02": (
        """
        kind   | edition
        gaoxin | 2025-1
        gaoxin | 2025-1
        shifan | 2025-1
        gaoxin |
        """,
        [1, 2],
        1,
    ),
    "EDITION-03": (
        """
        kind         | scope
        henan_minglu | henan
        henan_minglu | national
        henan_minglu |
        gaoxin       | national
        """,
        [2],
        1,
    ),
    "EDITION-04": (
        """
        kind   | edition | announced_count
        gaoxin | 2025-1  | 2
        gaoxin | 2025-2  | 2
        shifan | 2025-1  |

        QUALIFICATION
        kind   | edition
        gaoxin | 2025-1
        gaoxin | 2025-1
        gaoxin | 2025-2
        shifan | 2025-1
        """,
        1,
        0,
    ),
    "LOAN_TOTALS-01": (
        """
        reporter | lender_city | currency_scope
        A        | 410100      | all
        A        | 410100      | all
        A        | 410100      | rmb
        A        |             | rmb
        """,
        [1, 2],
        1,
    ),
    "LOAN_TOTALS-02": (
        """
        all_loans | unit_loans | bill_finance | medium_long | inclusive_small
        100       | 90         | 10           | 50          | 30
        100       | 101        | 10           | 50          | 30
        100       | 90         | 91           | 50          | 30
        100       | 90         | 10           |             | 30
        """,
        [2, 3],
        1,
    ),
    "LOAN_TOTALS-03": (
        """
        lender_city | currency_scope | all_loans
        410100      | rmb            | 100
        410100      | all            | 100
        410300      | rmb            | 100.01
        410300      | all            | 100
        410500      | rmb            | 5
        410700      | rmb            |
        410700      | all            | 5
        """,
        1,
        0,
    ),
    "LOAN_TOTALS-04": (
        """
        reporter | lender_city
        A        | 410100
        X        | 410100
                 | 410100

        REPORTER
        reporter
        A
        """,
        [2],
        1,
    ),
    "LOAN_TOTALS-05": (
        """
        reporter | lender_city
        A        | 410100
        A        | 419001
        A        | 000000
        A        | 410105
        A        |
        """,
        [4],
        1,
    ),
}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_breaks_it_and_says_what_it_cannot_know(spec, code):
    table, broken, unknown = CASES[code]
    spec(RULES[code], table, broken=broken, unknown=unknown)


@pytest.mark.parametrize("code", RULES)
def test_an_empty_register_breaks_no_rule(spec, code):
    spec(RULES[code], "", empty=sorted(tables_read(RULES[code])))


def test_each_rule_of_a_register_has_its_case():
    assert set(CASES) == set(RULES)
