"""The rules on equity that institutions hold, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards import RULES as ALL_RULES
from dripline.standards.rules_equity import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
EQUITY = ("CLGQTZ", "GQTZFS")


@pytest.mark.parametrize("table", EQUITY)
def test_an_investees_number_is_judged_by_its_length(spec, table):
    numbers = [
        "91410100MA00000021",
        "91410100MA00000022",
        "506700GE1G29325QX363",
        "506700GE1G29325QX364",
        "HK-12345",
        "",
    ]
    rows = "\n".join(f"C{n} | {number}" for n, number in enumerate(numbers))
    found = spec(RULES[f"ID-02/{table}"], f"certificate_no | investee_id_no\n{rows}", broken=[2, 4])
    assert found.tallies[0].applied == 4  # a number of another length may be of any kind


def test_a_balance_may_be_written_down_to_nothing_but_no_further(spec):
    text = """
        certificate_no | balance | balance_cny
        C1             | 0.00    | 0.00
        C2             | 5.00    | 35.00
        C3             | -1.00   | -1.00
        C4             |         | 5.00
        """
    spec(RULES["EQ-01/CLGQTZ/positive"], text, broken=[3], unknown=1)


def test_a_transaction_is_above_nothing(spec):
    text = "certificate_no | amount | amount_cny\nC1 | 1.00 | 1.00\nC2 | 0.00 | 0.00\nC3 | 1.00 |"
    spec(RULES["EQ-01/GQTZFS/positive"], text, broken=[2], unknown=1)


@pytest.mark.parametrize(("table", "column"), [("CLGQTZ", "balance"), ("GQTZFS", "amount")])
def test_an_amount_in_yuan_is_itself(spec, table, column):
    text = f"""
        certificate_no | currency | {column} | {column}_cny
        C1             | CNY      | 5.00     | 5.00
        C2             | CNY      | 5.00     | 5.01
        C3             | HKD      | 5.00     | 4.60
        C4             | CNY      | 5.00     |
        """
    spec(RULES[f"EQ-01/{table}/yuan"], text, broken=[2], unknown=1)


def test_a_certificate_stands_in_one_row(spec):
    spec(RULES["EQ-02"], "certificate_no\nC1\nC2\nC2", broken=[2, 3])


def test_a_transaction_is_of_the_reporting_month(spec):
    days = ["2025-06-01", "2025-06-30", "2025-05-31", "2025-07-01", ""]
    rows = "\n".join(f"C{n} | {day}" for n, day in enumerate(days))
    spec(RULES["EQ-03"], f"certificate_no | trade_date\n{rows}", broken=[3, 4], unknown=1)


def test_a_certificate_that_is_new_was_bought(spec):
    text = """
        certificate_no
        HELD
        BOUGHT
        SOLD
        FOUND
        GQTZFS
        certificate_no | direction
        BOUGHT         | 1
        SOLD           | 0
        CLGQTZ 2025-05
        certificate_no
        HELD
        """
    found = spec(RULES["EQ-04/new"], text, broken=[3, 4])
    assert found.tallies[0].applied == 3


def test_a_certificate_that_is_gone_was_sold(spec):
    text = """
        certificate_no
        HELD
        GQTZFS
        certificate_no | direction
        SOLD           | 0
        BOUGHT         | 1
        UNCLEAR        |
        CLGQTZ 2025-05
        certificate_no
        HELD
        SOLD
        BOUGHT
        LOST
        UNCLEAR
        """
    spec(RULES["EQ-04/gone"], text, broken=2, unknown=1)


@pytest.mark.parametrize(
    ("column", "here", "other"),
    [
        ("equity_type", "2", "1"),
        ("investee_id_no", "91410100MA00000021", "91410000MA0000001Q"),
        ("currency", "CNY", "HKD"),
    ],
)
def test_a_certificate_stays_what_it_was(spec, column, here, other):
    text = f"""
        certificate_no | {column}
        C1             | {here}
        C2             | {here}
        NEW            | {here}
        C4             |
        CLGQTZ 2025-05
        certificate_no | {column}
        C1             | {here}
        C2             | {other}
        C4             | {here}
        """
    found = spec(RULES[f"EQ-05/{column}"], text, broken=[2], unknown=1)
    assert found.tallies[0].applied == 3


def test_an_investee_at_home_lies_in_a_county(spec):
    for table in EQUITY:
        text = """
            certificate_no | investee_region_code
            C1             | 410105
            C2             | 410000
            C3             | 000344
            C4             |
            """
        found = spec(ALL_RULES[f"ID-07/{table}.investee"], text, broken=[2])
        assert found.tallies[0].applied == 2


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_equity_breaks_nothing(spec, code):
    rule = RULES[code]
    names = [name if when == "same" else f"{name} 2025-05" for name, when in needed(rule)]
    found = spec(rule, rule.table, empty=names)
    assert (found.tallies[0].unknown, found.broken) == (0, ())
