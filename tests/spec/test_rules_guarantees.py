"""The rules of guarantee contracts and collateral, each on a small table, on every engine."""

import pytest

from dripline.standards.rules_guarantees import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}


def test_a_guarantee_begins_before_it_ends(spec):
    spec(
        RULES["DBHTXX-01/days"],
        """
        guarantee_contract_no | start_date | end_date
        ----------------------+------------+-----------
        DB1                   | 2025-01-01 | 2026-01-01
        DB2                   | 2025-01-01 | 2025-01-01
        DB3                   | 2025-01-02 | 2025-01-01
        DB4                   | 2025-01-02 |
        """,
        broken=[3],
        unknown=1,
    )


def test_a_guarantee_in_yuan_has_one_amount(spec):
    spec(
        RULES["DBHTXX-01/yuan"],
        """
        guarantee_contract_no | currency | amount | amount_cny
        ----------------------+----------+--------+-----------
        DB1                   | CNY      | 5.00   | 5.00
        DB2                   | CNY      | 5.00   | 5.01
        DB3                   | USD      | 5.00   | 35.80
        DB4                   | CNY      |        | 5.00
        """,
        broken=[2],
        unknown=1,
    )


def test_a_contract_for_two_loans_by_two_guarantors_has_four_rows(spec):
    head = "guarantee_contract_no | guaranteed_contract_no | guarantor_id_type | guarantor_id_no"
    full = """
        DB1 | HT1 | A01 | G1
        DB1 | HT1 | A01 | G2
        DB1 | HT2 | A01 | G1
        DB1 | HT2 | A01 | G2
        """
    spec(RULES["DBHTXX-02/rows"], f"{head}\n{full}")
    spec(
        RULES["DBHTXX-02/rows"],
        f"{head}\n{full}DB2 | HT1 | A01 | G1\nDB2 | HT2 | A01 | G2",
        broken=1,
    )


def test_a_guarantor_without_a_name_leaves_the_number_of_rows_open(spec):
    spec(
        RULES["DBHTXX-02/rows"],
        """
        guarantee_contract_no | guaranteed_contract_no | guarantor_id_type | guarantor_id_no
        DB1 | HT1 | |
        DB2 | HT1 | |
        DB2 | HT2 | |
        DB2 | HT2 | A01 | G1
        """,
        unknown=1,
    )


def test_a_split_contract_has_its_amount_once(spec):
    rows = """
        guarantee_contract_no | guaranteed_contract_no | amount
        ----------------------+------------------------+-------
        DB1                   | HT1                    | 9.00
        DB1                   | HT2                    | 0.00
        DB2                   | HT1                    | 9.00
        DB2                   | HT2                    | 9.00
        DB3                   | HT1                    | 0.00
                              | HT9                    | 1.00
        """
    spec(RULES["DBHTXX-02/once"], rows, broken=[3, 4], unknown=1)
    spec(RULES["DBHTXX-02/amount"], rows, broken=[5])


def test_a_zero_beside_an_empty_amount_may_be_right(spec):
    spec(
        RULES["DBHTXX-02/amount"],
        """
        guarantee_contract_no | guaranteed_contract_no | amount
        DB1                   | HT1                    |
        DB1                   | HT2                    | 0.00
        """,
        unknown=1,
    )


def test_a_person_who_guarantees_is_a_household(spec):
    spec(
        RULES["DBHTXX-03"],
        """
        guarantor_id_type | guarantor_industry | guarantor_sector | guarantor_scale
        ------------------+--------------------+------------------+----------------
        B01               | 100                | D01              |
        B01               | C39                | D01              |
        B01               | 100                | D01              | CS03
        A01               | C39                | C01              | CS03
        B03               |                    | D01              |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_loan_to_value_is_a_percentage(spec):
    found = spec(
        RULES["DBHTXX-04"],
        """
        guarantee_contract_no | loan_to_value
        DB1                   | 70.00
        DB2                   | 150.00
        DB3                   | 150.01
        DB4                   | 0.00
        DB5                   |
        """,
        broken=[3, 4],
    )
    assert found.tallies[0].applied == 4  # an empty one is outside the rule


def test_only_financial_collateral_has_a_face_value(spec):
    spec(
        RULES["DBWXX-01"],
        """
        collateral_no | collateral_type | face_value
        DW1           | A02             | 5.00
        DW2           | C01             | 5.00
        DW3           | C01             |
        DW4           |                 | 5.00
        """,
        broken=[2],
        unknown=1,
    )


def test_collateral_is_appraised_by_the_data_date(spec):
    spec(
        RULES["DBWXX-02/day"],
        """
        collateral_no | appraisal_date
        DW1           | 2025-06-30
        DW2           | 2025-07-01
        DW3           |
        """,
        broken=[2],
        unknown=1,
    )


def test_an_item_has_its_value_once(spec):
    rows = """
        collateral_no | guaranteed_contract_no | appraised_value
        --------------+------------------------+----------------
        DW1           | HT1                    | 9.00
        DW1           | HT2                    | 0.00
        DW2           | HT1                    | 9.00
        DW2           | HT2                    | 9.00
        DW3           | HT1                    | 0.00
                      | HT3                    | 1.00
        DW4           | HT1                    |
        DW4           | HT2                    | 0.00
        """
    spec(RULES["DBWXX-02/once"], rows, broken=[3, 4], unknown=1)
    spec(RULES["DBWXX-02/value"], rows, broken=[5], unknown=1)


def test_claims_that_rank_before_leave_something_of_the_value(spec):
    spec(
        RULES["DBWXX-03"],
        """
        collateral_no | appraised_value | prior_claims
        DW1           | 9.00            | 9.00
        DW2           | 9.00            | 9.01
        DW2           | 0.00            | 5.00
        DW3           | 9.00            |
        """,
        broken=[2],
        unknown=1,
    )


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_guarantees_breaks_nothing(spec, code):
    table = RULES[code].table
    found = spec(RULES[code], table, empty=[table])
    assert (found.tallies[0].applied, found.broken) == (0, ())


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_waits_for_its_table(spec, code):
    spec(RULES[code], "CLDWDK\nloan_note_no\nJJ1", not_run=RULES[code].table)
