"""Whether a firm is on a kind of list: by the adopted edition, or valid on the day (FN 4)."""

import pytest

from dripline.definitions import Check
from dripline.nodes import OnList
from dripline.standards.loans import CLDWDK
from tests.spec.small_lists import A, B
from tests.spec.small_tables import WORDS

LOANS = f"""
loan_note_no | borrower_id_type | borrower_id_no | borrower_region_code
1            | A01              | {A}            | 410105
2            | A01              | {B}            | 410105
"""
ADOPTED = """
EDITION
kind   | edition | adopted_from | scope
gaoxin | E1      | 2024-01-31   | national
"""
LISTED = f"""
QUALIFICATION
kind   | edition | name | credit_code | valid_from | valid_to
gaoxin | E0      | 甲   | {A}         | 2025-01-01 | 2025-12-31
gaoxin | E1      | 乙   | {B}         | 2024-01-01 | 2024-12-31
"""


def on_list(rule):
    firm = CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.borrower_region_code
    return Check(
        code="X-1",
        says=WORDS,
        remedy=WORDS,
        severity="error",
        source="own",
        article="1",
        holds=OnList(("gaoxin",), *firm, rule),
    )


@pytest.mark.parametrize(("rule", "not_on_it"), [("edition", [1]), ("valid_on_day", [2])])
def test_the_edition_and_the_day_answer_apart(spec, rule, not_on_it):
    spec(on_list(rule), LOANS + ADOPTED + LISTED, broken=not_on_it)


@pytest.mark.parametrize("rule", ["edition", "valid_on_day"])
def test_of_a_kind_without_an_adopted_edition_nothing_is_known(spec, rule):
    spec(on_list(rule), LOANS + "\nEDITION\n" + LISTED, unknown=2)
