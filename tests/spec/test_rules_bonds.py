"""The rules on bonds that institutions have issued themselves, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards import RULES as ALL_RULES
from dripline.standards.rules_bonds import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
BONDS = {"CLZQFX": "balance", "ZQFXFS": "amount"}


def test_a_bond_that_pays_by_coupon_has_one(spec):
    kinds = ["01", "02", "03", "04", "05", ""]
    rows = "\n".join(f"B{n} | {kind} |" for n, kind in enumerate(kinds))
    text = f"bond_code | interest_payment | coupon_rate\n{rows}\nB9 | 04 | 2.15000"
    found = spec(RULES["BOND-01/CLZQFX/coupon"], text, broken=[3, 4, 5])
    assert found.tallies[0].applied == 4


@pytest.mark.parametrize("table", BONDS)
def test_a_bond_bears_interest_before_it_is_redeemed(spec, table):
    text = """
        bond_code | value_date | maturity_date
        B1        | 2025-01-10 | 2028-01-10
        B2        | 2025-01-10 | 2025-01-10
        B3        | 2025-01-11 | 2025-01-10
        B4        |            | 2025-01-10
        """
    spec(RULES[f"BOND-01/{table}/days"], text, broken=[3], unknown=1)


@pytest.mark.parametrize(("table", "value"), BONDS.items())
def test_both_amounts_in_yuan_are_filled(spec, table, value):
    text = f"""
        bond_code | face_value_cny | {value}_cny
        B1        | 100.00         | 99.00
        B2        |                | 99.00
        B3        | 100.00         |
        """
    spec(RULES[f"BOND-01/{table}/filled"], text, broken=[2, 3])


@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, value in BONDS.items() for c in ("face_value", value)]
)
def test_an_amount_is_above_nothing_and_in_yuan_itself(spec, table, column):
    text = f"""
        bond_code | currency | {column} | {column}_cny
        B1        | CNY      | 100.00   | 100.00
        B2        | CNY      | 100.00   | 100.01
        B3        | USD      | 100.00   | 715.00
        B4        | CNY      | 0.00     | 0.00
        B5        | CNY      | -1.00    | -1.00
        B6        | CNY      |          | 100.00
        """
    spec(RULES[f"BOND-02/{table}/{column}"], text, broken=[4, 5], unknown=1)
    spec(RULES[f"BOND-02/{table}/{column}_yuan"], text, broken=[2], unknown=1)


def test_a_bond_and_re_opening_stand_in_one_row(spec):
    text = "bond_code | reopening_no\nB1 | 0\nB1 | 1\nB2 | 0\nB2 | 0"
    spec(RULES["BOND-03"], text, broken=[3, 4])


def test_a_bond_outstanding_has_begun_and_is_not_yet_due(spec):
    text = """
        bond_code | value_date | maturity_date
        B1        | 2025-06-30 | 2025-07-01
        B2        | 2022-06-30 | 2025-06-30
        B3        | 2025-07-01 | 2028-07-01
        B4        | 2022-06-30 |
        """
    spec(RULES["BOND-04/CLZQFX"], text, broken=[2, 3], unknown=1)


def test_an_issue_or_redemption_is_of_the_reporting_month(spec):
    days = ["2025-06-01", "2025-06-30", "2025-05-31", "2025-07-01", ""]
    rows = "\n".join(f"B{n} | {day}" for n, day in enumerate(days))
    spec(RULES["BOND-04/ZQFXFS"], f"bond_code | trade_date\n{rows}", broken=[3, 4], unknown=1)


@pytest.mark.parametrize("table", BONDS)
def test_bonds_of_governments_and_enterprises_are_no_institutions_own(spec, table):
    kinds = ["FB01", "FB04", "TB99", "GB01", "GB042", "CBN", "CB01", "CB06", ""]
    rows = "\n".join(f"B{n} | {kind}" for n, kind in enumerate(kinds))
    text = f"bond_code | bond_type\n{rows}"
    spec(RULES[f"BOND-07/{table}"], text, broken=[4, 5, 6, 7], unknown=1)


ACCOUNT = """
    bond_code | reopening_no | face_value
    {now}
    CLZQFX 2025-05
    bond_code | reopening_no | face_value
    {before}
    ZQFXFS
    bond_code | reopening_no | face_value | direction
    {moved}
    """


@pytest.mark.parametrize(
    ("before", "moved", "now", "broken", "unknown"),
    [
        ("B1 | 0 | 100.00", "", "B1 | 0 | 100.00", 0, 0),
        ("", "B1 | 0 | 100.00 | 1", "B1 | 0 | 100.00", 0, 0),
        ("B1 | 0 | 100.00", "B1 | 0 | 40.00 | 0", "B1 | 0 | 60.00", 0, 0),
        ("B1 | 0 | 100.00", "B1 | 0 | 100.00 | 0", "", 0, 0),
        ("B1 | 0 | 100.00", "", "", 1, 0),
        ("", "", "B1 | 0 | 100.00", 1, 0),
        ("B1 | 0 | 100.00", "B1 | 1 | 50.00 | 1", "B1 | 0 | 150.00", 2, 0),
        ("B1 | 0 | 100.00", "B1 | 1 | 50.00 | 1", "B1 | 0 | 100.00\nB1 | 1 | 50.00", 0, 0),
        ("B1 | 0 | 100.00", "B1 | 0 | 40.00 |", "B1 | 0 | 60.00", 0, 1),
        ("B1 | 0 | 100.00", "", "B1 | 0 |", 0, 1),
    ],
)
def test_a_face_value_is_that_of_last_month_and_what_was_issued_less_what_was_redeemed(
    spec, before, moved, now, broken, unknown
):
    text = ACCOUNT.format(now=now, before=before, moved=moved)
    spec(RULES["BOND-05"], text, broken=broken, unknown=unknown)


@pytest.mark.parametrize(
    ("column", "here", "other"),
    [
        ("bond_type", "FB01", "FB04"),
        ("currency", "CNY", "USD"),
        ("maturity_date", "2028-01-10", "2030-01-10"),
    ],
)
def test_the_flow_says_of_a_bond_what_the_stock_says(spec, column, here, other):
    text = f"""
        bond_code | reopening_no | {column}
        B1        | 0            | {here}
        B1        | 1            | {here}
        GONE      | 0            | {other}
        B2        | 0            | {here}
        CLZQFX
        bond_code | reopening_no | {column}
        B1        | 0            | {here}
        B1        | 1            | {other}
        B2        | 0            |
        """
    found = spec(RULES[f"BOND-06/{column}"], text, broken=[2], unknown=1)
    assert found.tallies[0].applied == 3


def test_who_issued_a_bond_is_a_reported_institution(spec):
    for table in BONDS:
        text = """
            bond_code | fin_inst_code
            B1        | 91410000MA0000001Q
            B2        | 91410000MA0000002X
            JRJGFZ
            fin_inst_code
            91410000MA0000001Q
            """
        spec(ALL_RULES[f"ID-06/{table}"], text, broken=[2])


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_bonds_breaks_nothing(spec, code):
    rule = RULES[code]
    names = [name if when == "same" else f"{name} 2025-05" for name, when in needed(rule)]
    found = spec(rule, rule.table, empty=names)
    assert (found.tallies[0].unknown, found.broken) == (0, ())
