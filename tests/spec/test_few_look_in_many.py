"""A few rows that look in a far larger table find what they would find by looking through all of it."""

from dripline.standards import RULES

MANY = "\n".join(f"        | HT{number}" for number in range(2, 9))


def test_a_guaranteed_contract_is_found_among_many_loans(spec):
    spec(
        RULES["XT-03/DBHTXX"],
        f"""
        _reporter | guarantee_contract_no | guaranteed_contract_no | business_type
                  | DB1 | HT1 | 02
                  | DB2 | HT9 | 02
                  | DB3 |     | 02
        91410000MA0000001M | DB4 | HT1 | 02
        CLDWDK
        _reporter | loan_contract_no
                  | HT1
                  | HT1
                  |
        91410000MA0000001M | HT9
{MANY}
        """,
        broken=[2, 4],
        unknown=1,
    )


def test_what_a_few_rows_read_of_the_month_before_is_theirs(spec):
    spec(
        RULES["XP-04/contract"],
        f"""
        loan_note_no | loan_contract_no
        JJ1 | HT1
        JJ2 | HT3
        DWDKFS
        loan_note_no
        CLDWDK 2025-05
        loan_note_no | loan_contract_no
        JJ1 | HT1
        JJ2 | HT2
        JJ9 | HT3
{MANY}
        """,
        broken=[2],
    )
