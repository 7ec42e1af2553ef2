"""Direct discounts of technology enterprises, and the official table in its edition with them."""

from decimal import Decimal

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.official_table_bills import LINES, OFFICIAL_TABLE_WITH_BILLS
from tests.spec.small_lists import LISTS, A, B, C, D

WHO = "discount_applicant_id_type | discount_applicant_id_no"
BILLS = f"""
    CLPJRZ
    bill_no | discount_mode | bill_kind | {WHO} | discount_amount_cny | discount_rate
    P1,1,9  | 01            | 01        | A01 | {A} |            60.00 |       1.00000
    P2      | 01            | 02        | A01 | {A} |            40.00 |       2.00000
    P3      | 01            | 01        | A01 | {B} |           100.00 |
    P4      | 01            | 01        | A01 | {D} |           300.00 |       1.50000
    P5      | 02            | 01        | A01 | {B} |           800.00 |       1.00000
    P6      |               | 01        | A01 | {A} |          1600.00 |       1.00000
    """
DISCOUNTS = f"""
    PJRZFS
    serial_no | bill_no | trade_type | {WHO} | discount_amount_cny | discount_rate
    S1        | P1,1,9  | A01        | A01 | {A} |            60.00 |       1.00000
    S2        | P7      | A01        | A01 | {B} |            20.00 |       3.00000
    S3        | P8      | B01        | A01 | {A} |           500.00 |       1.00000
    S4        | P5      | A02        | A01 | {B} |           800.00 |       1.00000
    S5        | P9      | A01        | A01 | {D} |           900.00 |       1.00000
    """
LOANS = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | balance_cny | interest_rate
    J1           | A01              | {A}            |      100.00 |       4.00000
    J2           | A01              | {C}            |       50.00 |       5.00000
    J3           | A02              | {B[8:17]}      |      300.00 |       3.00000

    DWDKFS
    serial_no | loan_note_no | borrower_id_type | borrower_id_no | amount_cny | interest_rate | direction
    L1        | J1           | A01              | {A}            |      20.00 |       4.00000 | 1
    L2        | J1           | A01              | {A}            |       5.00 |       4.00000 | 0
    """
FLAGS = "high_tech_mfg_flag | high_tech_service_flag | strategic_emerging_flag | ip_intensive_flag"
TECH = f"""
    HDACLKJDK
    row_type | loan_note_no | bill_no | {FLAGS}
    T13      | J2           | 0       | 1 | 0 | 0 | 0
    T13      | 0            | P4      | 1 | 0 | 0 | 1
    T13      | 0            | P5      | 1 | 0 | 0 | 0

    HDAKJDKFS
    row_type | loan_note_no | bill_no | serial_no | {FLAGS}
    T13      | 0            | P9      | S5        | 1 | 0 | 0 | 1
    T13      | 0            | P9      | S1        | 0 | 1 | 0 | 0
    """
WORLD = BILLS + DISCOUNTS + LOANS + TECH + LISTS
# value, rows (or firms) unknown: A stands on two lists, B on one, D on none; of P6 nobody knows how it came to the bank
FIGURES = {
    "BI-BAL": (200, 1),
    "BI-COUNT": (3, 1),
    "BI-FIRMS": (2, 0),
    "BI-RATE": ("1.4", 1),
    "BI-NEW": (80, 0),
    "BI-NEWRATE": ("1.5", 0),
    "BI-SHARE": (40, 1),
    "BI-COMMERCIAL": (20, 1),
    "BI-INDUSTRY": (300, 0),
    "BI-WITH-LOANS": (600, 1),
    "BI-EITHER": (2, 0),
}


@pytest.mark.parametrize("code", FIGURES)
def test_direct_discounts_of_listed_firms_are_added_up(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], WORLD, value, unknown=unknown)


@pytest.mark.parametrize("code", FIGURES)
def test_without_bills_and_loans_there_is_nothing(spec, code):
    none = ["CLPJRZ", "PJRZFS", "CLDWDK", "DWDKFS", "HDACLKJDK", "HDAKJDKFS"]
    divided = {"BI-RATE", "BI-NEWRATE", "BI-SHARE", "BI-COMMERCIAL"}
    spec(CATALOGUE[code], LISTS, None if code in divided else 0, empty=none)


def test_discounts_by_list_may_overlap_and_the_total_counts_a_bill_once(spec):
    by_kind = {"gaoxin": 100, "keji_sme": 200}
    found = spec(
        CATALOGUE["BI-BAL"],
        WORLD,
        by_kind | dict.fromkeys(("chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang"), 0),
        by="list_kind",
        breakdowns=BREAKDOWNS,
    )
    assert len(found.cells) == 7


def test_a_firm_with_a_loan_and_a_bill_counts_once_on_each_list(spec):
    by_kind = {"gaoxin": 1, "keji_sme": 2}
    none = dict.fromkeys(("chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang"), 0)
    spec(CATALOGUE["BI-EITHER"], WORLD, by_kind | none, by="list_kind", breakdowns=BREAKDOWNS)


def test_discounts_by_kind_of_bill_add_up_to_their_total(spec):
    spec(
        CATALOGUE["BI-BAL"],
        WORLD,
        {"01": 160, "02": 40},
        by="bill_kind",
        breakdowns=BREAKDOWNS,
    )


# number of the row: amount, its rate, granted, its rate; P9 was not discounted in S1, so row 10 has nothing
TABLE = {
    1: (600, "2.88", 100, "2"),
    2: (200, "2.7", 80, "1.75"),
    8: (350, "2", 900, "1"),
    9: (350, "2", 900, "1"),
    10: (0, None, 0, None),
    12: (300, "1.5", 900, "1"),
    13: (950, Decimal(2140) / 850, 1000, "1.1"),
}
FIRMS = {1: 2, 2: 1, 8: 2, 9: 2, 10: 0, 12: 1, 13: 4}


@pytest.mark.parametrize("number", TABLE)
def test_a_row_adds_direct_discounts_to_loans(spec, number):
    balance, rate, granted, granted_rate = TABLE[number]
    row = f"TD-{number:02d}-"
    in_doubt = int(number in (1, 2, 13))  # of P6 nobody knows how it came to the bank
    spec(CATALOGUE[row + "BAL"], WORLD, balance, unknown=in_doubt)
    spec(CATALOGUE[row + "NEW"], WORLD, granted)
    spec(CATALOGUE[row + "FIRMS"], WORLD, FIRMS[number])
    spec(CATALOGUE[row + "NEWRATE"], WORLD, granted_rate)
    spec(CATALOGUE[row + "BALRATE"], WORLD, rate, unknown=in_doubt)


def test_the_rows_are_those_of_the_edition_without_discounts():
    assert [line.loans.number for line in LINES] == list(range(1, 14))
    assert len(OFFICIAL_TABLE_WITH_BILLS) == 65
    assert {cell.breakdowns for cell in OFFICIAL_TABLE_WITH_BILLS} == {
        tuple(way for way in CATALOGUE["TL-01-BAL"].breakdowns if way != "product")
    }
