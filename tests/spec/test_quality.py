"""Quality of the loans, and what falls due within three months."""

import pytest

from dripline.indicators import CATALOGUE
from tests.spec.small_lists import LISTS, A, C

LOANS = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | loan_quality | loan_status | due_date   | extended_due_date
    A01              | {A}            |        1.00 | FQ01         | LS01        | 2025-06-30 |
    A01              | {A}            |        2.00 | FQ02         | LS03        | 2025-07-01 |
    A01              | {A}            |        4.00 | FQ03         | LS03        | 2025-09-30 |
    A01              | {A}            |        8.00 | FQ04         | LS02        | 2025-05-01 | 2025-08-01
    A01              | {A}            |       16.00 | FQ05         | LS01        | 2025-10-01 |
    A01              | {A}            |       33.00 |              |             |            |
    A01              | {C}            |       64.00 | FQ05         | LS03        | 2025-08-01 |
    """
FIGURES = {
    "QU-WATCHED": (2, 1),
    "QU-WATCHED-SHARE": ("3.125", 1),
    "QU-BAD": (28, 1),
    "QU-BAD-SHARE": ("43.75", 1),
    "QU-OVERDUE": (6, 1),
    "QU-OVERDUE-SHARE": ("9.375", 1),
    "QU-DUE": (14, 1),
}


@pytest.mark.parametrize("code", FIGURES)
def test_a_class_of_loans_and_its_share(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], LOANS + LISTS, value, unknown=unknown)


@pytest.mark.parametrize("code", FIGURES)
def test_without_loans_there_is_no_class_and_no_share(spec, code):
    spec(CATALOGUE[code], LISTS, None if "SHARE" in code else 0, empty=["CLDWDK"])


def test_three_months_from_the_end_of_february_reach_to_the_end_of_may(spec):
    rows = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | due_date
    A01              | {A}            |        1.00 | 2026-05-31
    A01              | {A}            |        2.00 | 2026-06-01
    """
    spec(CATALOGUE["QU-DUE"], rows + LISTS, 1, period="2026-02")
