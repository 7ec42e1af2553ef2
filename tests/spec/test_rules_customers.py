"""The rules of FTYKHX, each on a small table, on every engine."""

import pytest

from dripline.standards import RULES


def test_a_customer_of_a_legal_person_stands_in_one_row(spec):
    spec(
        RULES["FTYKHX-01"],
        """
        fin_inst_code      | customer_id_type | customer_id_no
        -------------------+------------------+-------------------
        91410000MA0000000M | A01              | 91410100MA00000021
        91410000MA0000000M | A01              | 91410100MA00000021
        91410000MA0000000M | Z99              | 91410100MA00000021
        91410000MA0000000M | A01              |
        """,
        broken=[1, 2],
        unknown=1,
    )


def test_a_unit_has_no_industry_of_persons(spec):
    spec(
        RULES["FTYKHX-02"],
        """
        customer_id_no | industry
        ---------------+---------
        K1             | C39
        K2             | 100
        K3             |
        """,
        broken=[2],
        unknown=1,
    )


def test_financial_institutions_and_households_are_reported_elsewhere(spec):
    spec(
        RULES["FTYKHX-03"],
        """
        customer_id_no | sector
        ---------------+-------
        K1             | C01
        K2             | B03
        K3             | D01
        K4             | E04
        K5             |
        """,
        broken=[2, 3],
        unknown=1,
    )


def test_each_controller_has_a_type_and_a_number(spec):
    spec(
        RULES["FTYKHX-04"],
        """
        customer_id_no | controller_id_types | controller_id_nos
        ---------------+---------------------+-------------------
        K1             | A01,B01             | N1,N2
        K2             |                     |
        K3             | A01,B01             | N1
        K4             | A01                 |
        K5             |                     | N1
        """,
        broken=[3, 4, 5],
    )


def test_a_rating_lies_among_its_grades(spec):
    spec(
        RULES["FTYKHX-05"],
        """
        customer_id_no | rating_grade_count | rating_position
        ---------------+--------------------+----------------
        K1             | 10                 | 1
        K2             | 10                 | 10
        K3             |                    |
        K4             | 10                 | 11
        K5             | 10                 | 0
        K6             | 10                 |
        """,
        broken=[4, 5, 6],
    )


def test_no_more_of_a_limit_is_used_than_there_is(spec):
    spec(
        RULES["FTYKHX-06"],
        """
        customer_id_no | credit_limit | used_limit
        ---------------+--------------+-----------
        K1             | 100.00       | 100.00
        K2             | 100.00       | 100.01
        K3             |              | 100.00
        """,
        broken=[2],
        unknown=1,
    )


@pytest.mark.parametrize(
    ("code", "broken", "unknown"),
    [("FTYKHX-07/credit", [2], 0), ("FTYKHX-07/founded", [3], 1), ("FTYKHX-07/order", [3], 1)],
)
def test_a_customer_is_founded_then_borrows_by_the_data_date(spec, code, broken, unknown):
    spec(
        RULES[code],
        """
        customer_id_no | established_date | first_credit_date
        ---------------+------------------+------------------
        K1             | 2025-06-30       | 2025-06-30
        K2             | 2020-01-01       | 2025-07-01
        K3             | 2025-07-01       | 2025-06-30
        K4             | 2020-01-01       |
        K5             |                  | 2020-01-01
        """,
        broken=broken,
        unknown=unknown,
    )


def test_an_address_says_where(spec):
    spec(
        RULES["FTYKHX-08"],
        """
        customer_id_no | registered_address
        ---------------+-------------------
        K1             | 河南省郑州市中原区桐柏路1号
        K2             | 无
        K3             | ??
        K4             | 450000
        K5             | N/A
        K6             |
        """,
        broken=[2, 3, 4, 5],
        unknown=1,
    )


@pytest.mark.parametrize(
    "column",
    ["registered_capital", "paid_in_capital", "total_assets", "operating_income", "staff_count"],
)
def test_zero_stands_for_a_number_that_is_missing(spec, column):
    spec(
        RULES[f"FTYKHX-09/{column}"],
        f"""
        customer_id_no | {column}
        ---------------+---------
        K1             | 1
        K2             | 0
        K3             |
        """,
        broken=[2],
        unknown=1,
    )
