"""The rules of the register of targets, each with a plain case, an empty field and an empty table."""

import pytest

from dripline.definitions import by_code
from dripline.standards import rules_targets

RULES = by_code(rules_targets.RULES)
CASES = {
    "TARGET-01": (
        """
        target_no | value
        T1        | 1.00
        T1        | 2.00
        T2        | 1.00
                  | 1.00
        """,
        [1, 2],
        1,
    ),
    "TARGET-02": (
        """
        indicator | breakdown   | item   | due_on     | direction
        TE-BAL    | lender_city | 410100 | 2026-12-31 | at_least
        TE-BAL    | lender_city | 410100 | 2026-12-31 | at_least
        TE-BAL    | lender_city | 410100 | 2027-12-31 | at_least
        TE-BAL    | lender_city | 410200 | 2026-12-31 | at_least
        TE-BAL    | lender_city | 410100 | 2026-12-31 | growth
        TE-BAL    | lender_city |        | 2026-12-31 | at_least
        """,
        [1, 2],
        1,
    ),
    "TARGET-03": (
        """
        starts_on  | due_on
        2025-01-01 | 2025-12-31
        2025-12-31 | 2025-12-31
        2025-12-31 | 2025-01-01
                   | 2025-12-31
        """,
        [2, 3],
        1,
    ),
    "TARGET-04": (
        """
        document_day | due_on
        2025-01-01   | 2025-12-31
        2025-12-31   | 2025-12-31
        2026-01-01   | 2025-12-31
                     | 2025-12-31
        """,
        [3],
        1,
    ),
    "TARGET-05": (
        """
        document_day | item
        2025-06-30   | 410100
        2025-07-01   | 410100
                     | 410100
        """,
        [2],
        1,
    ),
}


def test_every_rule_of_the_register_has_a_case():
    assert set(CASES) == set(RULES)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_finds_what_breaks_it_and_says_what_it_cannot_know(spec, code):
    table, broken, unknown = CASES[code]
    spec(RULES[code], table, broken=broken, unknown=unknown)


@pytest.mark.parametrize("code", RULES)
def test_an_empty_register_breaks_no_rule(spec, code):
    spec(RULES[code], "", empty=["TARGET"])
