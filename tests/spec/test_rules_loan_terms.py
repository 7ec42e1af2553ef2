"""The rules that notes of the stock (CLDWDK) and of the flow (DWDKFS-10) share, on both tables and every engine."""

import pytest

from dripline.standards import RULES

both_tables = pytest.mark.parametrize("under", ["", "DWDKFS-10/"], ids=["stock", "flow"])


@both_tables
def test_a_unit_that_borrows_is_no_person(spec, under):
    spec(
        RULES[f"{under}CLDWDK-05/borrower"],
        """
        loan_note_no | borrower_industry
        -------------+------------------
        JJ1          | C39
        JJ2          | 100
        JJ3          |
        """,
        broken=[2],
        unknown=1,
    )


@both_tables
def test_a_loan_to_a_unit_is_not_used_by_a_person(spec, under):
    spec(
        RULES[f"{under}CLDWDK-05/use"],
        """
        loan_note_no | use_industry
        -------------+-------------
        JJ1          | C398
        JJ2          | 1000
        JJ3          |
        """,
        broken=[2],
        unknown=1,
    )


@both_tables
def test_industries_abroad_go_with_borrowers_abroad(spec, under):
    spec(
        RULES[f"{under}CLDWDK-05/foreign"],
        """
        loan_note_no | borrower_region_code | borrower_industry | use_industry
        -------------+----------------------+-------------------+-------------
        JJ1          | 410105               | C39               | C398
        JJ2          | 000344               | 200               | 2000
        JJ3          | 000344               | 200               | C398
        JJ4          | 410105               | C39               | 2000
        JJ5          | 410105               | 200               | C398
        JJ6          |                      | C39               | C398
        JJ7          |                      | C39               | 2000
        """,
        broken=[3, 4, 5, 7],
        unknown=1,
    )


@both_tables
def test_some_products_are_never_loans_to_units(spec, under):
    spec(
        RULES[f"{under}CLDWDK-06/never"],
        """
        loan_note_no | product_type
        -------------+-------------
        JJ1          | F022
        JJ2          | F01
        JJ3          | F10
        JJ4          | F99
        JJ5          | F074
        JJ6          |
        """,
        broken=[2, 3, 4, 5],
        unknown=1,
    )


@both_tables
def test_some_products_are_not_expected_of_units(spec, under):
    spec(
        RULES[f"{under}CLDWDK-06/unexpected"],
        """
        loan_note_no | product_type
        -------------+-------------
        JJ1          | F023
        JJ2          | F0211
        JJ3          | F02131
        JJ4          | F03
        JJ5          | F063
        JJ6          |
        """,
        broken=[2, 3, 4, 5],
        unknown=1,
    )


@both_tables
def test_finance_leases_come_from_leasing_companies(spec, under):
    rule = RULES[f"{under}CLDWDK-06/lease"]
    rows = """
        fin_inst_code      | loan_note_no | product_type
        -------------------+--------------+-------------
        91410000MA0000001Q | JJ1          | F09
        91410000MA0000000M | JJ2          | F09
        91410000MA0000000M | JJ3          | F022
                           | JJ4          | F09
        """
    institutions = """
        INSTITUTION
        institution_code   | kind
        -------------------+------------------
        91410000MA0000001Q | financial_leasing
        91410000MA0000000M | city_bank
        """
    spec(rule, rows + institutions, broken=[2], unknown=1)
    spec(rule, rows, not_run="INSTITUTION")


@both_tables
def test_a_loan_is_granted_before_it_is_due_and_by_the_data_date(spec, under):
    spec(
        RULES[f"{under}CLDWDK-12"],
        """
        loan_note_no | grant_date | due_date
        -------------+------------+-----------
        JJ1          | 2025-06-30 | 2025-06-30
        JJ2          | 2025-06-30 | 2025-06-29
        JJ3          | 2025-07-01 | 2026-06-30
        JJ4          | 2025-07-01 |
        JJ5          | 2025-06-01 |
        """,
        broken=[2, 3, 4],
        unknown=1,
    )


@both_tables
def test_only_a_floating_rate_has_a_base(spec, under):
    spec(
        RULES[f"{under}CLDWDK-13"],
        """
        loan_note_no | rate_type | base_rate
        -------------+-----------+----------
        JJ1          | RF01      |
        JJ2          | RF02      | 3.00000
        JJ3          | RF01      | 3.00000
        JJ4          | RF02      |
        JJ5          |           | 3.00000
        """,
        broken=[3, 4],
        unknown=1,
    )


@both_tables
def test_a_fixed_rate_has_a_benchmark_too(spec, under):
    spec(
        RULES[f"{under}CLDWDK-14"],
        """
        loan_note_no | rate_type | pricing_benchmark
        -------------+-----------+------------------
        JJ1          | RF01      | TR05
        JJ2          | RF01      |
        """,
        broken=[2],
    )


@both_tables
def test_a_rate_lies_between_the_lowest_and_a_multiple_of_the_lpr(spec, under):
    # On 2025-06-02 the LPR was 3.00 (one year) and 3.50 (over five years): four times are 12 and 14.
    spec(
        RULES[f"{under}CLDWDK-15"],
        """
        loan_note_no | product_type | grant_date | due_date   | interest_rate
        -------------+--------------+------------+------------+--------------
        JJ1          | F022         | 2025-06-02 | 2026-06-02 | 1.00001
        JJ2          | F022         | 2025-06-02 | 2026-06-02 | 1.00000
        JJ3          | F022         | 2025-06-02 | 2026-06-02 | 11.99999
        JJ4          | F022         | 2025-06-02 | 2030-06-02 | 12.00000
        JJ5          | F022         | 2025-06-02 | 2030-06-03 | 12.00000
        JJ6          | F022         | 2025-06-02 | 2030-06-03 | 14.00000
        JJ7          | F042         | 2025-06-02 | 2026-06-02 | 0.00000
        JJ8          | F022         | 2025-06-02 | 2026-06-02 | 0.00000
        JJ9          | F022         | 2015-06-02 | 2026-06-02 | 3.00000
        JJ10         | F022         | 2025-06-02 | 2026-06-02 |
        """,
        broken=[2, 4, 6, 8],
        unknown=2,
    )


@both_tables
def test_a_rate_is_repriced_after_the_grant(spec, under):
    spec(
        RULES[f"{under}CLDWDK-16"],
        """
        loan_note_no | grant_date | reprice_date
        -------------+------------+-------------
        JJ1          | 2025-06-02 | 2025-06-02
        JJ2          | 2025-06-02 | 2025-06-01
        JJ3          | 2025-06-02 |
        JJ4          |            | 2025-06-02
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_a_fixed_rate_in_the_stock_is_repriced_when_the_loan_is_due(spec):
    spec(
        RULES["CLDWDK-17"],
        """
        loan_note_no | rate_type | due_date   | extended_due_date | reprice_date
        -------------+-----------+------------+-------------------+-------------
        JJ1          | RF01      | 2026-06-02 |                   | 2026-06-02
        JJ2          | RF01      | 2026-06-02 | 2027-06-02        | 2027-06-02
        JJ3          | RF01      | 2026-06-02 | 2027-06-02        | 2026-06-02
        JJ4          | RF01      | 2026-06-02 |                   | 2025-12-02
        JJ5          | RF02      | 2026-06-02 |                   | 2025-12-02
        JJ6          | RF01      | 2026-06-02 |                   |
        """,
        broken=[3, 4],
        unknown=1,
    )


def test_a_floating_rate_in_the_stock_is_repriced_by_the_time_the_loan_is_due(spec):
    spec(
        RULES["CLDWDK-18"],
        """
        loan_note_no | rate_type | due_date   | extended_due_date | reprice_date
        -------------+-----------+------------+-------------------+-------------
        JJ1          | RF02      | 2026-06-02 |                   | 2025-12-02
        JJ2          | RF02      | 2026-06-02 | 2027-06-02        | 2027-06-02
        JJ3          | RF02      | 2026-06-02 |                   | 2026-06-03
        JJ4          | RF01      | 2026-06-02 |                   | 2026-06-03
        JJ5          | RF02      |            |                   | 2026-06-03
        """,
        broken=[3],
        unknown=1,
    )


def test_a_fixed_rate_just_granted_is_repriced_when_the_loan_is_due(spec):
    spec(
        RULES["DWDKFS-10/CLDWDK-17"],
        """
        serial_no | direction | rate_type | due_date   | reprice_date
        ----------+-----------+-----------+------------+-------------
        S1        | 1         | RF01      | 2026-06-02 | 2026-06-02
        S2        | 1         | RF01      | 2026-06-02 | 2025-12-02
        S3        | 0         | RF01      | 2026-06-02 | 2027-06-02
        S4        | 1         | RF01      |            | 2026-06-02
        """,
        broken=[2],
        unknown=1,
    )


def test_a_floating_rate_just_granted_is_repriced_by_the_time_the_loan_is_due(spec):
    spec(
        RULES["DWDKFS-10/CLDWDK-18"],
        """
        serial_no | direction | rate_type | due_date   | reprice_date
        ----------+-----------+-----------+------------+-------------
        S1        | 1         | RF02      | 2026-06-02 | 2025-12-02
        S2        | 1         | RF02      | 2026-06-02 | 2026-06-03
        S3        | 0         | RF02      | 2026-06-02 | 2027-06-02
        S4        | 1         | RF02      |            | 2026-06-02
        """,
        broken=[2],
        unknown=1,
    )


def notes(old: int, new: int) -> str:
    lines = ["loan_note_no | pricing_benchmark"]
    lines += [f"JJ{number} | TR08" for number in range(old)]
    lines += [f"JJ{old + number} | TR05" for number in range(new)]
    return "\n".join(lines)


@both_tables
def test_few_notes_are_priced_on_the_old_lending_rate(spec, under):
    rule = RULES[f"{under}CLDWDK-20"]
    table = rule.table
    spec(rule, notes(old=1, new=19))
    spec(rule, notes(old=1, new=18), broken=1)
    spec(rule, "loan_note_no | pricing_benchmark\nJJ1 |")
    spec(rule, "", empty=[table])


@both_tables
def test_fiscal_support_is_named_to_the_last_level(spec, under):
    spec(
        RULES[f"{under}CLDWDK-22"],
        """
        loan_note_no | fiscal_support
        -------------+---------------
        JJ1          | A0101
        JJ2          |
        JJ3          | A01
        JJ4          | 0
        """,
        broken=[3, 4],
    )


@both_tables
def test_a_purpose_says_what_the_money_is_for(spec, under):
    spec(
        RULES[f"{under}CLDWDK-23"],
        """
        loan_note_no | loan_purpose
        -------------+-------------
        JJ1          | 采购原材料
        JJ2          | 无
        JJ3          | 12345
        JJ4          | ？？
        JJ5          |
        """,
        broken=[2, 3, 4, 5],
    )
