"""The official tech-loan table, edition without discounts: its rows, its five measures, its deduplication."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.official_table import LINES, OFFICIAL_TABLE

A, B, C, D, E = (f"9141010000000000{number}X" for number in range(1, 6))
LISTS = f"""
    EDITION
    kind     | edition | adopted_from | scope
    gaoxin   | E1      | 2025-01-31   | national
    keji_sme | E1      | 2025-01-31   | national
    zhuanjing | E1     | 2025-01-31   | national
    xiaojuren | E1     | 2025-01-31   | national
    shifan   | E1      | 2025-01-31   | national
    danxiang | E1      | 2025-01-31   | national

    QUALIFICATION
    kind      | edition | name | credit_code
    gaoxin    | E1      | 甲   | {A}
    keji_sme  | E1      | 甲   | {A}
    keji_sme  | E1      | 乙   | {B}
    zhuanjing | E1      | 丙   | {C}
    xiaojuren | E1      | 丙   | {C}
    gaoxin    | E0      | 丁   | {D}
    """
STOCK = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | balance_cny | interest_rate
    J1           | A01              | {A}            |      100.00 |       3.00000
    J2           | A01              | {B}            |       50.00 |       4.00000
    J3           | A01              | {B}            |       50.00 |       4.00000
    J4           | A01              | {C}            |      200.00 |
    J5           | A01              | {D}            |      300.00 |       5.00000
    J6           | A01              | {E}            |     1000.00 |       6.00000
    J7           | Z99              | X              |     2000.00 |       7.00000
    J8           | B01              | P              |     4000.00 |       8.00000
    """
FLAGS = "high_tech_mfg_flag | high_tech_service_flag | strategic_emerging_flag | ip_intensive_flag"
TECH = f"""
    HDACLKJDK
    row_type | sum_amount_cny | loan_note_no | {FLAGS}
    T08      | 1.00           |              |   |   |   |
    T13      |                | J1           | 1 | 0 | 1 | 0
    T13      |                | J5           | 0 | 1 | 0 | 0
    T13      |                | J7           | 0 | 0 | 0 | 1
    """
FLOWS = f"""
    DWDKFS
    serial_no | loan_note_no | borrower_id_type | borrower_id_no | amount_cny | interest_rate | direction
    S1        | J1           | A01              | {A}            |      10.00 |       3.00000 | 1
    S2        | J1           | A01              | {A}            |       5.00 |       9.00000 | 0
    S3        | J2           | A01              | {B}            |      30.00 |       4.00000 | 1
    S4        | J5           | A01              | {D}            |      40.00 |       5.00000 | 1
    S5        | J6           | A01              | {E}            |      70.00 |       6.00000 | 1

    HDAKJDKFS
    row_type | serial_no | loan_note_no | {FLAGS}
    T13      | S1        | J1           | 1 | 0 | 1 | 0
    T13      | S4        | J5           | 0 | 1 | 0 | 0
    T13      | S5        | J1           | 0 | 0 | 0 | 1
    """
WORLD = STOCK + TECH + FLOWS + LISTS
# number of the row: balance, its rate, granted, its rate, borrowers; rows unknown in the balance
TABLE = {
    1: (400, "3.5", 40, "3.75", 3, 1),
    2: (100, 3, 10, 3, 1, 1),
    3: (200, "3.5", 40, "3.75", 2, 1),
    4: (200, None, 0, None, 1, 1),
    5: (200, None, 0, None, 1, 1),
    6: (0, None, 0, None, 0, 1),
    7: (0, None, 0, None, 0, 1),
    8: (2400, "6.583333333333333333333333333", 50, "4.6", 3, 0),
    9: (100, 3, 10, 3, 1, 0),
    10: (300, 5, 40, 5, 1, 0),
    11: (100, 3, 10, 3, 1, 0),
    12: (2000, 7, 0, None, 1, 0),
    13: (2700, "6.48", 80, "4.375", 5, 0),
}


@pytest.mark.parametrize("number", TABLE)
def test_a_row_of_the_table_has_its_five_measures_and_counts_each_loan_once(spec, number):
    balance, rate, granted, granted_rate, firms, unknown = TABLE[number]
    row = f"TL-{number:02d}-"
    spec(CATALOGUE[row + "BAL"], WORLD, balance, unknown=unknown)
    spec(CATALOGUE[row + "NEW"], WORLD, granted)
    spec(CATALOGUE[row + "FIRMS"], WORLD, firms, unknown=unknown)
    for code, value in (("BALRATE", rate), ("NEWRATE", granted_rate)):
        spec(CATALOGUE[row + code], WORLD, value, unknown=unknown if code == "BALRATE" else 0)


def test_an_empty_month_is_nothing_granted_to_nobody_at_no_rate(spec):
    none = ["CLDWDK", "DWDKFS", "HDACLKJDK", "HDAKJDKFS"]
    for end, value in (("BAL", 0), ("BALRATE", None), ("NEW", 0), ("NEWRATE", None), ("FIRMS", 0)):
        spec(CATALOGUE["TL-13-" + end], LISTS, value, empty=none)


def test_a_list_that_nobody_adopted_leaves_its_row_unknown_instead_of_empty(spec):
    spec(CATALOGUE["TL-02-BAL"], STOCK, 0, unknown=7)


def test_a_note_of_another_reporter_does_not_make_a_technology_loan(spec):
    other = """
    HDACLKJDK
    row_type | loan_note_no | high_tech_mfg_flag | _reporter
    T13      | J1           | 1                  | 91410000MA0000001Q
    """
    spec(CATALOGUE["TL-09-BAL"], STOCK + other, 0)


def test_of_a_bank_without_the_technology_table_it_is_unknown_whether_its_loans_are_to_an_industry(
    spec,
):
    late, other = "91410000MA0000001Q", "91410100000000009X"
    text = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | balance_cny | _reporter
    J1           | A01              | {A}            |         100 |
    J2           | A01              | {other}           |         200 |
    J1           | A01              | {other}           |         400 | {late}
    J2           | A01              | {A}            |         800 | {late}
    HDACLKJDK
    row_type | loan_note_no | high_tech_mfg_flag
    T13      | J1           | 1
    """
    spec(CATALOGUE["TL-09-BAL"], text + LISTS, 100, unknown=2)
    spec(CATALOGUE["TL-08-BAL"], text + LISTS, 100, unknown=2)
    # A firm on a list is a technology loan whatever the table would say.
    spec(CATALOGUE["TL-13-BAL"], text + LISTS, 900, unknown=1)
    spec(CATALOGUE["TL-13-FIRMS"], text + LISTS, 1, unknown=1)


def test_without_anybodys_technology_table_no_loan_is_known_to_be_to_an_industry(spec):
    spec(CATALOGUE["TL-09-BAL"], STOCK, 0, unknown=8)
    spec(CATALOGUE["TL-09-BAL"], STOCK, 0, empty=["HDACLKJDK"])


def test_a_row_by_lender_city_adds_up_to_its_total(spec):
    text = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | balance_cny | fin_inst_region_code
    J1           | A01              | {A}            |           1 | 410105
    J2           | A01              | {A}            |           2 | 419001
    J3           | A01              | {A}            |           4 | 110101
    J4           | A01              | {A}            |           8 | 419999
    J5           | A01              | {A}            |          16 | 410322
    """
    cities = {"410100": 1, "419001": 2, "000000": 4, None: 8, "410300": 16}
    cell = CATALOGUE["TL-02-BAL"]
    spec(cell, text + LISTS, cities, by="lender_city", breakdowns=BREAKDOWNS)
    spec(cell, text + LISTS, 31)


def test_the_rows_are_the_lists_the_lawbook_names_and_the_codes_follow_the_table():
    assert [line.depth for line in LINES] == [0, 1, 1, 1, 2, 1, 1, 0, 1, 1, 1, 1, 0]
    assert len(OFFICIAL_TABLE) == 65
    assert [cell.code for cell in OFFICIAL_TABLE[:5]] == [
        "TL-01-BAL",
        "TL-01-BALRATE",
        "TL-01-NEW",
        "TL-01-NEWRATE",
        "TL-01-FIRMS",
    ]
