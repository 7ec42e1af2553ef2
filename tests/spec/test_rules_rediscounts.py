"""The rules on rediscounts with the central bank, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards import RULES as ALL_RULES
from dripline.standards.rules_rediscounts import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
REDISCOUNTS = ("CLZTX", "ZTXFS")


@pytest.mark.parametrize("table", REDISCOUNTS)
def test_a_bill_is_issued_then_discounted_then_rediscounted(spec, table):
    text = """
        bill_no | issue_date | discount_date | trade_date
        P1      | 2025-03-01 | 2025-04-01    | 2025-06-02
        P2      | 2025-06-02 | 2025-06-02    | 2025-06-02
        P3      | 2025-04-02 | 2025-04-01    | 2025-06-02
        P4      | 2025-03-01 | 2025-06-03    | 2025-06-02
        P5      | 2025-03-01 |               | 2025-06-02
        P6      | 2025-06-03 |               | 2025-06-02
        """
    spec(RULES[f"ZT-01/{table}/days"], text, broken=[3, 4], unknown=2)


@pytest.mark.parametrize("table", REDISCOUNTS)
def test_a_repurchase_falls_due_after_the_rediscount(spec, table):
    text = """
        bill_no | trade_date | repo_due_date
        P1      | 2025-06-02 | 2025-09-02
        P2      | 2025-06-02 | 2025-06-02
        P3      | 2025-06-02 | 2025-06-01
        P4      | 2025-06-02 |
        P5      |            | 2025-09-02
        """
    found = spec(RULES[f"ZT-01/{table}/repurchase"], text, broken=[3], unknown=1)
    assert found.tallies[0].applied == 4  # bought for good, it has no such day


@pytest.mark.parametrize("table", REDISCOUNTS)
@pytest.mark.parametrize(
    ("code", "column"), [("face", "face_amount"), ("amount", "rediscount_amount")]
)
def test_an_amount_is_above_nothing(spec, table, code, column):
    text = f"""
        bill_no | {column} | {column}_cny
        P1      | 0.01     | 0.01
        P2      | 0.00     | 0.00
        P3      | 5.00     | -5.00
        P4      |          | 5.00
        """
    spec(RULES[f"ZT-02/{table}/{code}"], text, broken=[2, 3], unknown=1)


@pytest.mark.parametrize("table", REDISCOUNTS)
@pytest.mark.parametrize(
    ("code", "currency", "column"),
    [
        ("face_yuan", "bill_currency", "face_amount"),
        ("amount_yuan", "rediscount_currency", "rediscount_amount"),
    ],
)
def test_an_amount_in_yuan_is_itself(spec, table, code, currency, column):
    text = f"""
        bill_no | {currency} | {column} | {column}_cny
        P1      | CNY        | 100.00   | 100.00
        P2      | CNY        | 100.00   | 100.01
        P3      | USD        | 100.00   | 715.00
        P4      | CNY        |          | 100.00
        """
    spec(RULES[f"ZT-02/{table}/{code}"], text, broken=[2], unknown=1)


@pytest.mark.parametrize("table", REDISCOUNTS)
def test_a_rediscount_is_no_larger_than_the_bill(spec, table):
    text = """
        bill_no | face_amount_cny | rediscount_amount_cny
        P1      | 100.00          | 100.00
        P2      | 100.00          | 100.01
        P3      |                 | 1.00
        """
    spec(RULES[f"ZT-02/{table}/part"], text, broken=[2], unknown=1)


def test_a_bill_stands_once_in_the_stock_and_a_transaction_once_in_the_flow(spec):
    spec(RULES["ZT-03/CLZTX"], "bill_no\nP1,1,5\nP1,6,9\nP2\nP2", broken=[3, 4])
    spec(RULES["ZT-03/ZTXFS"], "serial_no | bill_no\nS1 | P1\nS2 | P1\nS2 | P2", broken=[2, 3])


def test_what_is_outstanding_was_made_by_the_data_date(spec):
    text = "bill_no | trade_date\nP1 | 2025-06-30\nP2 | 2025-07-01\nP3 |"
    spec(RULES["ZT-04/CLZTX"], text, broken=[2], unknown=1)


def test_what_was_made_was_made_in_the_reporting_month(spec):
    text = """
        serial_no | trade_date | direction
        S1        | 2025-06-01 | 1
        S2        | 2025-06-30 | 1
        S3        | 2025-05-31 | 1
        S4        | 2025-07-01 | 1
        S5        | 2025-03-01 | 0
        S6        |            | 1
        """
    found = spec(RULES["ZT-04/ZTXFS"], text, broken=[3, 4], unknown=1)
    assert found.tallies[0].applied == 5  # a settlement may bear the day of its rediscount


def test_the_rate_is_that_of_the_central_bank_on_the_day(spec):
    text = """
        bill_no | trade_date | rediscount_rate | {more}
        P1      | 2024-01-24 | 2.00000         | {made}
        P2      | 2024-01-25 | 1.75000         | {made}
        P3      | 2024-01-25 | 2.00000         | {made}
        P4      | 2026-01-18 | 1.75000         | {made}
        P5      | 2026-01-19 | 1.50000         | {made}
        P6      | 2026-01-19 | 1.75000         | {made}
        P7      |            | 1.75000         | {made}
        P8      | 2018-06-29 | 2.25000         | {made}
        """
    stock = text.format(more="serial_no", made="").replace(" | serial_no", "")
    stock = "\n".join(line.rstrip(" |") for line in stock.splitlines())
    spec(RULES["ZT-05/CLZTX"], stock, broken=[3, 6], unknown=2)
    spec(RULES["ZT-05/ZTXFS"], text.format(more="direction", made="1"), broken=[3, 6], unknown=2)
    settled = spec(RULES["ZT-05/ZTXFS"], text.format(more="direction", made="0"))
    assert settled.tallies[0].applied == 0


ACCOUNT = """
    bill_no | bill_currency | face_amount
    {now}
    CLZTX 2025-05
    bill_no | bill_currency | face_amount
    {before}
    ZTXFS
    bill_no | bill_currency | face_amount | direction
    {moved}
    """


@pytest.mark.parametrize(
    ("before", "moved", "now", "broken", "unknown"),
    [
        ("P1 | CNY | 100.00", "", "P1 | CNY | 100.00", 0, 0),
        ("P1 | CNY | 100.00", "P1 | CNY | 100.00 | 0", "", 0, 0),
        ("P1 | CNY | 100.00", "", "", 1, 0),
        ("", "P1 | CNY | 100.00 | 1", "P1 | CNY | 100.00", 0, 0),
        ("", "", "P1 | CNY | 100.00", 1, 0),
        ("", "P1 | CNY | 100.00 | 1", "", 1, 0),
        ("P1,1,100 | CNY | 100.00", "P1,1,40 | CNY | 40.00 | 0", "P1,41,100 | CNY | 60.00", 0, 0),
        ("P1,1,100 | CNY | 100.00", "P1,1,40 | CNY | 40.00 | 0", "P1,41,100 | CNY | 59.99", 1, 0),
        ("P1 | CNY | 100.00", "P1 | CNY | | 0", "", 0, 1),
        ("P1 | CNY | 100.00", "P1 | CNY | 100.00 |", "", 0, 1),
        ("P1 | CNY |", "", "P1 | CNY | 100.00", 0, 1),
    ],
)
def test_what_is_rediscounted_is_that_of_last_month_and_what_was_made_less_what_was_settled(
    spec, before, moved, now, broken, unknown
):
    text = ACCOUNT.format(now=now, before=before, moved=moved)
    spec(RULES["ZT-06"], text, broken=broken, unknown=unknown)


BEHIND = """
    bill_no
    HELD
    PART,6,9
    WENT
    WAS_HELD
    WAS_REDISCOUNTED
    NEVER
    CLPJRZ
    bill_no
    HELD
    PART,1,9
    PJRZFS
    serial_no | bill_no
    S1        | WENT
    CLPJRZ 2025-05
    bill_no
    WAS_HELD
    CLZTX 2025-05
    bill_no
    WAS_REDISCOUNTED
    """


def test_a_bill_rediscounted_is_known_from_the_discounted_bills_now_or_before(spec):
    spec(RULES["XT-15/CLZTX"], BEHIND, broken=[6])


@pytest.mark.parametrize("lacking", ["CLPJRZ", "PJRZFS"])
def test_without_the_discounted_bills_nobody_is_accused(spec, lacking):
    tables = [("CLPJRZ", "bill_no\nX\n"), ("PJRZFS", "serial_no | bill_no\nS1 | X\n")]
    text = "bill_no\nNEVER\n" + "".join(f"{n}\n{t}" for n, t in tables if n != lacking)
    empty = ("CLPJRZ 2025-05", "CLZTX 2025-05")
    spec(RULES["XT-15/CLZTX"], text, not_run=lacking, empty=empty)


def test_the_first_month_waits_for_one_before_it(spec):
    found = spec(
        RULES["XT-15/CLZTX"], "bill_no\nP1", not_run="CLPJRZ@previous", empty=("CLPJRZ", "PJRZFS")
    )
    assert found.broken == ()


def test_a_bill_rediscounted_this_month_is_held_or_went_out_this_month(spec):
    text = """
        serial_no | bill_no  | direction
        S1        | HELD     | 1
        S2        | WENT,1,2 | 1
        S3        | NEVER    | 1
        S4        | NEVER    | 0
        CLPJRZ
        bill_no
        HELD
        PJRZFS
        serial_no | bill_no
        S9        | WENT,1,9
        """
    spec(RULES["XT-15/ZTXFS"], text, broken=[3])


def test_both_names_on_a_bill_have_an_identifier_that_fits_its_type(spec):
    for table in REDISCOUNTS:
        for who in ("acceptor", "drawer"):
            text = f"""
                bill_no | {who}_id_type | {who}_id_no
                P1      | A01 | 91410100MA00000021
                P2      | A01 | 914101
                P3      |     |
                """
            spec(ALL_RULES[f"ID-01/{table}.{who}"], text, broken=[2], unknown=0)


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_month_without_rediscounts_breaks_nothing(spec, code):
    rule = RULES[code]
    names = [name if when == "same" else f"{name} 2025-05" for name, when in needed(rule)]
    found = spec(rule, rule.table, empty=names)
    assert (found.tallies[0].unknown, found.broken) == (0, ())
