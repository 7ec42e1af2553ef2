"""The rules between a month and the one before, each on small tables, on every engine."""

import pytest

from dripline.engines.needs import needed
from dripline.standards.rules_cross_periods import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}

NOTES = """
    loan_note_no | product_type | balance
    JJ1 | F022 | {now}
    JJ2 | F022 | 50.00
    JJ4 | F082 | {revalued}
    CLDWDK 2025-05
    loan_note_no | product_type | balance
    JJ1 | F022 | 100.00
    JJ3 | F022 | 70.00
    JJ4 | F082 | 100.00
    DWDKFS
    loan_note_no | direction | amount
    JJ1 | 1 | 30.00
    JJ1 | 0 | 10.00
    JJ1 | 0 | {part}
    JJ2 | {direction} | 50.00
    JJ3 | 0 | 70.00
    """


def notes(now="115.00", revalued="100.00", part="5.00", direction="1"):
    """A note that goes on, a new one, one that was repaid, and one of trade finance."""
    return NOTES.format(now=now, revalued=revalued, part=part, direction=direction)


def test_the_balance_of_a_note_is_what_its_transactions_made_of_it(spec):
    rule = RULES["XP-01/note"]
    assert spec(rule, notes()).tallies[0].applied == 4
    spec(rule, notes(now="115.01"), broken=1)
    spec(rule, notes(part="70.00"), broken=1)
    spec(rule, notes(direction="0"), broken=1)


def test_a_missing_balance_amount_or_direction_leaves_the_note_open(spec):
    spec(RULES["XP-01/note"], notes(now=""), unknown=1)
    spec(RULES["XP-01/note"], notes(part=""), unknown=1)
    spec(RULES["XP-01/note"], notes(direction=""), unknown=1)


def test_only_trade_finance_may_be_revalued_and_only_a_little(spec):
    spec(RULES["XP-01/note"], notes(revalued="105.00"))
    spec(RULES["XP-01/note"], notes(revalued="95.00"))
    spec(RULES["XP-01/note"], notes(revalued="105.01"), broken=1)
    spec(RULES["XP-01/note"], notes(revalued="94.99"), broken=1)


CLASS = """
    loan_note_no | product_type | currency | grant_date | due_date | balance
    JJ1 | F022 | CNY | 2025-01-31 | 2026-01-31 | {short}
    JJ2 | F022 | CNY | 2025-01-31 | 2026-02-01 | {long}
    CLDWDK 2025-05
    loan_note_no | product_type | currency | grant_date | due_date | balance
    JJ1 | F022 | CNY | 2025-01-31 | 2026-01-31 | 100.00
    JJ2 | F022 | CNY | 2025-01-31 | 2026-02-01 | 100.00
    DWDKFS
    loan_note_no | product_type | currency | grant_date | due_date | direction | amount
    JJ1 | F022 | CNY | 2025-01-31 | 2026-01-31 | 0 | 10.00
    """


def test_each_product_and_class_of_term_adds_up_too(spec):
    rule = RULES["XP-01/class"]
    assert spec(rule, CLASS.format(short="90.00", long="100.00")).tallies[0].applied == 2
    spec(rule, CLASS.format(short="100.00", long="90.00"), broken=2)
    spec(rule, CLASS.format(short="", long="100.00"), unknown=1)


GONE = """
    CLDWDK
    loan_note_no
    JJ1
    CLDWDK 2025-05
    loan_note_no
    JJ1
    JJ2
    DWDKFS
    loan_note_no | direction
    JJ2 | {first}
    JJ2 | {second}
    """


@pytest.mark.parametrize(
    ("first", "second", "broken", "unknown"),
    [("1", "0", 0, 0), ("1", "1", 1, 0), ("1", "", 0, 1), ("0", "", 0, 0)],
)
def test_a_note_that_is_gone_was_repaid(spec, first, second, broken, unknown):
    found = spec(
        RULES["XP-02"], GONE.format(first=first, second=second), broken=broken, unknown=unknown
    )
    assert found.tallies[0].applied == 1


def test_a_new_note_was_granted(spec):
    found = spec(
        RULES["XP-03"],
        """
        loan_note_no
        JJ1
        JJ2
        JJ3
        JJ4
        CLDWDK 2025-05
        loan_note_no
        JJ1
        DWDKFS
        loan_note_no | direction
        JJ2 | 1
        JJ3 | 0
        JJ4 |
        """,
        broken=[3],
        unknown=1,
    )
    assert found.tallies[0].applied == 3


@pytest.mark.parametrize(
    ("code", "column", "same", "other"),
    [
        ("XP-04/contract", "loan_contract_no", "HT1", "HT2"),
        ("XP-04/grant_date", "grant_date", "2025-01-31", "2025-02-01"),
        ("XP-04/due_date", "due_date", "2026-01-31", "2026-01-30"),
        ("XP-04/postponed", "due_date", "2026-01-31", "2026-02-01"),
        ("XP-05/currency", "currency", "CNY", "USD"),
    ],
)
def test_a_note_keeps_what_it_is(spec, code, column, same, other):
    found = spec(
        RULES[code],
        f"""
        loan_note_no | {column}
        JJ1 | {same}
        JJ2 | {other}
        JJ3 |
        JJ4 | {other}
        CLDWDK 2025-05
        loan_note_no | {column}
        JJ1 | {same}
        JJ2 | {same}
        JJ3 | {same}
        """,
        broken=[2],
        unknown=1,
    )
    assert found.tallies[0].applied == 3  # a new note has nothing to keep


def test_a_postponed_due_date_is_not_moved_back(spec):
    later = """
        loan_note_no | due_date
        JJ1 | 2026-06-30
        CLDWDK 2025-05
        loan_note_no | due_date
        JJ1 | 2026-01-31
        """
    spec(RULES["XP-04/due_date"], later)


def test_a_note_keeps_its_borrower(spec):
    spec(
        RULES["XP-05/borrower"],
        """
        loan_note_no | borrower_id_type | borrower_id_no
        JJ1 | A01 | F1
        JJ2 | A01 | F2
        JJ3 | A02 | F1
        JJ4 | A01 |
        CLDWDK 2025-05
        loan_note_no | borrower_id_type | borrower_id_no
        JJ1 | A01 | F1
        JJ2 | A01 | F1
        JJ3 | A01 | F1
        JJ4 | A01 | F1
        """,
        broken=[2, 3],
        unknown=1,
    )


STATUSES = """
    {key} | operating_status
    N1 | 02
    N2 | 04
    N3 | 01
    N4 |
    N5 | 04
    {table} {before}
    {key} | operating_status
    N1 | 04
    N2 | 04
    N3 | 07
    N4 | 05
    N5 | 01
    """


@pytest.mark.parametrize(
    ("table", "key"),
    [("FTYKHX", "customer_id_type | customer_id_no"), ("JRJGFZ", "fin_inst_code")],
)
def test_closed_this_year_is_out_of_business_from_january(spec, table, key):
    def text(before):
        found = STATUSES.format(table=table, key=key, before=before)
        return found.replace("\n    N", "\n    A01 | N") if table == "FTYKHX" else found

    rule = RULES[f"XP-06/{table}"]
    spec(rule, text("2025-12"), period="2026-01", broken=[2, 3], unknown=1)
    assert spec(rule, text("2025-11"), period="2025-12").tallies[0].applied == 0


def test_a_customer_stays(spec):
    spec(
        RULES["XP-07"],
        """
        customer_id_type | customer_id_no
        A01 | F1
        A02 | F2
        A01 | F3
        FTYKHX 2025-05
        customer_id_type | customer_id_no
        A01 | F1
        A01 | F2
        """,
        broken=1,
    )


def test_the_first_credit_does_not_move_later(spec):
    found = spec(
        RULES["XP-09"],
        """
        customer_id_type | customer_id_no | first_credit_date
        A01 | F1 | 2020-01-01
        A01 | F2 | 2020-01-02
        A01 | F3 |
        A01 | F4 | 2025-06-01
        FTYKHX 2025-05
        customer_id_type | customer_id_no | first_credit_date
        A01 | F1 | 2020-01-01
        A01 | F2 | 2020-01-01
        A01 | F3 | 2020-01-01
        A01 | F4 |
        """,
        broken=[2],
        unknown=1,
    )
    assert found.tallies[0].applied == 3


def portfolio(now, before, *, count_now=50, count_before=50):
    """So many equal notes with a balance and rate, this month and the month before."""
    head = "loan_note_no | balance_cny | interest_rate"
    here = "\n".join(f"JJ{number} | {now}" for number in range(count_now))
    there = "\n".join(f"JJ{number} | {before}" for number in range(count_before))
    return f"{head}\n{here}\nCLDWDK 2025-05\n{head}\n{there}"


@pytest.mark.parametrize(
    ("rule", "now", "broken"),
    [
        ("balance", "130.00 | 4.00000", 0),
        ("balance", "130.01 | 4.00000", 1),
        ("balance", "70.00 | 4.00000", 0),
        ("balance", "69.99 | 4.00000", 1),
        ("rate", "100.00 | 4.50000", 0),
        ("rate", "100.00 | 4.50001", 1),
        ("rate", "900.00 | 3.50000", 0),
        ("rate", "900.00 | 3.49999", 1),
    ],
)
def test_a_jump_needs_a_look(spec, rule, now, broken):
    text = portfolio(now, "100.00 | 4.00000")
    spec(RULES[f"XP-10/CLDWDK/{rule}"], text, broken=broken)


@pytest.mark.parametrize(
    ("now", "before", "applied", "broken"), [(65, 50, 1, 0), (66, 50, 1, 1), (99, 49, 0, 0)]
)
def test_the_number_of_records_is_looked_at_from_fifty_on(spec, now, before, applied, broken):
    amount = "100.00 | 4.00000"
    text = portfolio(amount, amount, count_now=now, count_before=before)
    found = spec(RULES["XP-10/CLDWDK/rows"], text, broken=broken)
    assert found.tallies[0].applied == applied


def test_a_note_without_a_rate_does_not_enter_the_mean(spec):
    text = portfolio("100.00 | 4.00000", "100.00 | 4.00000")
    spec(
        RULES["XP-10/CLDWDK/rate"],
        f"loan_note_no | balance_cny | interest_rate\nX | 900000.00 |\n{text.split(chr(10), 1)[1]}",
    )


def test_customers_are_counted_too(spec):
    rows = "\n".join(f"A01 | F{number}" for number in range(50))
    head = "customer_id_type | customer_id_no"
    text = f"{head}\n{rows}\nFTYKHX 2025-05\n{head}\n{rows}"
    spec(RULES["XP-10/FTYKHX/rows"], text)
    few = "\n".join(rows.splitlines()[:34])
    spec(RULES["XP-10/FTYKHX/rows"], f"{head}\n{few}\nFTYKHX 2025-05\n{head}\n{rows}", broken=1)


def named(name, when):
    return name if when == "same" else f"{name} 2025-05"


@pytest.mark.parametrize("code", sorted(RULES))
def test_two_months_without_business_break_nothing(spec, code):
    rule = RULES[code]
    empty = [named(*need) for need in needed(rule)]
    found = spec(rule, rule.table, empty=empty)
    assert (found.tallies[0].unknown, found.broken) == (0, ())


@pytest.mark.parametrize(
    ("code", "missing"),
    [(code, need) for code in sorted(RULES) for need in sorted(needed(RULES[code]))],
)
def test_a_rule_waits_for_each_of_its_tables_and_months(spec, code, missing):
    rule = RULES[code]
    others = [named(*need) for need in needed(rule) if need != missing]
    name, when = missing
    waits = name if when == "same" else f"{name}@previous"
    spec(rule, "REPORTER", empty=others, not_run=waits)
