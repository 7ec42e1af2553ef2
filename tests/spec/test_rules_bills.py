"""The rules on discounted bills, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards.rules_bills import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
BILLS = ("CLPJRZ", "PJRZFS")
DAYS = """
    bill_no | issue_date | trade_date | bill_due_date{head}
    P1      | 2025-06-01 | 2025-06-20 | 2025-12-01{a}
    P2      | 2025-06-20 | 2025-06-20 | 2025-06-20{a}
    P3      | 2025-06-21 | 2025-06-20 | 2025-12-01{a}
    P4      | 2025-01-01 | 2025-06-20 | 2025-06-19{a}
    P5      |            | 2025-06-20 | 2025-12-01{a}
    """


def test_a_bill_held_was_issued_then_bought_and_is_due_later(spec):
    spec(RULES["PJ-01/CLPJRZ/days"], DAYS.format(head="", a=""), broken=[3, 4], unknown=1)


@pytest.mark.parametrize(
    ("trade", "broken"),
    [
        ("A01", [3, 4]),
        ("B02", [3, 4]),
        ("B03", [3, 4]),
        ("B01", [3]),
        ("B04", [3]),
    ],
)
def test_a_bill_is_collected_or_written_off_when_due_or_later(spec, trade, broken):
    text = DAYS.format(head=" | trade_type", a=f" | {trade}")
    spec(RULES["PJ-01/PJRZFS/days"], text, broken=broken, unknown=1)


def test_a_bill_due_before_it_is_issued_is_wrong_however_it_ended(spec):
    spec(
        RULES["PJ-01/PJRZFS/days"],
        """
        bill_no | issue_date | trade_date | bill_due_date | trade_type
        P1      | 2025-06-10 | 2025-06-20 | 2025-06-09    | B01
        """,
        broken=[1],
    )


@pytest.mark.parametrize("table", BILLS)
def test_a_face_amount_is_above_nothing(spec, table):
    text = "bill_no | face_amount\nP1 | 0.01\nP2 | 0.00\nP3 | -1.00\nP4 |"
    spec(RULES[f"PJ-01/{table}/face"], text, broken=[2, 3], unknown=1)


@pytest.mark.parametrize("table", BILLS)
def test_both_amounts_in_yuan_are_filled(spec, table):
    text = """
        bill_no | face_amount_cny | discount_amount_cny
        P1      | 100.00          | 99.00
        P2      |                 | 99.00
        P3      | 100.00          |
        """
    spec(RULES[f"PJ-01/{table}/filled"], text, broken=[2, 3])


@pytest.mark.parametrize("table", BILLS)
@pytest.mark.parametrize("what", ["face", "discount"])
def test_an_amount_in_yuan_is_itself(spec, table, what):
    currency = "bill_currency" if what == "face" else "discount_currency"
    text = f"""
        bill_no | {currency} | {what}_amount | {what}_amount_cny
        P1      | CNY        | 100.00        | 100.00
        P2      | CNY        | 100.00        | 100.01
        P3      | USD        | 100.00        | 715.00
        P4      | CNY        |               | 100.00
        """
    found = spec(RULES[f"PJ-01/{table}/{what}_yuan"], text, broken=[2], unknown=1)
    assert found.tallies[0].applied == 3


@pytest.mark.parametrize("table", BILLS)
def test_a_range_of_a_package_runs_forward(spec, table):
    numbers = [
        "P1",
        "P2,1,100",
        "P3,9,10",
        "P4,5,5",
        "P5,10,9",
        "P6,1",
        "P7,1,x",
        ",1,2",
        "P9,1,2,3",
    ]
    rows = "\n".join(f"{number} | 1.00" for number in numbers)
    text = f"bill_no | face_amount\n{rows}\n | 1.00"
    spec(RULES[f"PJ-02/{table}"], text, broken=[5, 6, 7, 8, 9], unknown=1)


@pytest.mark.parametrize("table", BILLS)
def test_a_discount_is_no_larger_than_the_bill(spec, table):
    text = """
        bill_no | face_amount_cny | discount_amount_cny
        P1      | 100.00          | 99.00
        P2      | 100.00          | 100.00
        P3      | 100.00          | 100.01
        P4      |                 | 1.00
        """
    spec(RULES[f"PJ-05/{table}"], text, broken=[3], unknown=1)


def test_a_transaction_is_of_the_reporting_month(spec):
    days = ["2025-06-01", "2025-06-30", "2025-05-31", "2025-07-01", ""]
    rows = "\n".join(f"S{number} | {day}" for number, day in enumerate(days))
    spec(RULES["PJ-03"], f"serial_no | trade_date\n{rows}", broken=[3, 4], unknown=1)


def deals(pairs):
    rows = "\n".join(f"S{number} | {mode} | {trade}" for number, (mode, trade) in enumerate(pairs))
    return f"serial_no | discount_mode | trade_type\n{rows}"


def test_what_is_bought_from_the_holder_is_a_direct_discount(spec):
    text = deals(
        [
            ("01", "A01"),
            ("02", "A02"),
            ("09", "A09"),
            ("01", "A02"),
            ("02", "A01"),
            ("01", "B01"),
            ("", "A01"),
        ]
    )
    found = spec(RULES["PJ-04/direct"], text, broken=[4, 5], unknown=1)
    assert found.tallies[0].applied == 6  # a collection has no such pair


def test_what_goes_between_banks_outright_is_of_that_mode(spec):
    text = deals(
        [
            ("02", "A02"),
            ("02", "B02"),
            ("01", "B02"),
            ("02", "A09"),
            ("02", "B01"),
            ("01", "B04"),
            ("", "B02"),
        ]
    )
    found = spec(RULES["PJ-04/outright"], text, broken=[3, 4], unknown=1)
    assert found.tallies[0].applied == 5  # what was bought outright is collected like any other


def test_a_bill_stands_once_in_the_stock_and_a_transaction_once_in_the_flow(spec):
    spec(RULES["PJ-06/CLPJRZ"], "bill_no\nP1,1,5\nP1,6,9\nP2\nP2", broken=[3, 4])
    spec(RULES["PJ-06/PJRZFS"], "serial_no | bill_no\nS1 | P1\nS2 | P1\nS2 | P2", broken=[2, 3])


# --- the account -------------------------------------------------------------------------------------

ACCOUNT = """
    bill_no | bill_currency | face_amount
    {now}
    CLPJRZ 2025-05
    bill_no | bill_currency | face_amount
    {before}
    PJRZFS
    bill_no | bill_currency | face_amount | trade_type
    {moved}
    """


@pytest.mark.parametrize(
    ("before", "moved", "now", "broken", "unknown"),
    [
        ("P1 | CNY | 100.00", "", "P1 | CNY | 100.00", 0, 0),
        ("P1 | CNY | 100.00", "P1 | CNY | 100.00 | B01", "", 0, 0),
        ("P1 | CNY | 100.00", "", "", 1, 0),
        ("", "P1 | CNY | 100.00 | A01", "P1 | CNY | 100.00", 0, 0),
        ("", "", "P1 | CNY | 100.00", 1, 0),
        ("", "P1 | CNY | 100.00 | A02", "", 1, 0),
        ("P1 | CNY | 100.00", "", "P1 | USD | 100.00", 2, 0),
        ("P1,1,100 | CNY | 100.00", "P1,1,40 | CNY | 40.00 | B02", "P1,41,100 | CNY | 60.00", 0, 0),
        ("P1,1,100 | CNY | 100.00", "P1,1,40 | CNY | 40.00 | B02", "P1,41,100 | CNY | 60.01", 1, 0),
        ("P1 | CNY | 100.00", "P1 | CNY | | B01", "", 0, 1),
        ("P1 | CNY | 100.00", "P1 | CNY | 100.00 |", "", 0, 1),
        ("P1 | CNY |", "", "P1 | CNY | 100.00", 0, 1),
    ],
)
def test_bills_held_are_those_of_last_month_and_what_was_bought_less_what_went(
    spec, before, moved, now, broken, unknown
):
    text = ACCOUNT.format(now=now, before=before, moved=moved)
    spec(RULES["XP-08"], text, broken=broken, unknown=unknown)


def test_the_bills_of_a_city_are_the_line_of_bill_finance(spec):
    text = """
        bill_no | fin_inst_region_code | discount_amount_cny
        P1      | 410105               | 600.00
        P2      | 410184               | {amount}
        P3      | 110105               | 50.00
        LOAN_TOTALS
        reporter           | lender_city | currency_scope | bill_finance
        91410000MA0000000M | 410100      | all            | 1000.00
        91410000MA0000000M | 410100      | rmb            | 7.00
        91410000MA0000000M | 000000      | all            | 50.00
        """
    for amount, broken in (
        ("400.00", 0),
        ("401.00", 0),
        ("399.00", 0),
        ("401.01", 1),
        ("398.99", 1),
    ):
        spec(RULES["XT-20/bills"], text.format(amount=amount), broken=broken)
    spec(RULES["XT-20/bills"], text.format(amount=""), unknown=1)


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_bills_breaks_nothing(spec, code):
    rule = RULES[code]
    names = [name if when == "same" else f"{name} 2025-05" for name, when in needed(rule)]
    found = spec(rule, rule.table, empty=names)
    assert (found.tallies[0].unknown, found.broken) == (0, ())
