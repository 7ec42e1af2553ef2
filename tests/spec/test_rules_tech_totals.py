"""XT-10 and XT-11: the summaries of the technology tables, each on small tables, on every engine."""

import pytest

from dripline.standards.rules_tech_totals import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}

NAMES = (
    "row_type | sum_amount_cny | weighted_avg_rate | borrower_count | loan_note_no | business_type",
    "high_tech_mfg_flag | high_tech_service_flag | strategic_emerging_flag | ip_intensive_flag",
)
STOCK = (
    " | ".join(NAMES)
    + """
    T08 | {t08} | | | | | |
    T09 | 0.00 | 0.00000 | 0 | | | | | |
    T12 | {t12} | | | | | |
    T13 | | | | JJ1 | {kind} | 1 | 0 | 1 | 0
    T13 | | | | JJ2 | C01 | 1 | 0 | 0 | {flag}
    T13 | | | | JJ3 | C01 | 0 | 0 | 0 | 1
    CLDWDK
    loan_note_no | balance_cny | interest_rate | borrower_id_type | borrower_id_no
    JJ1 | {balance} | 3.00000 | A01 | F1
    JJ2 | 200.00 | {rate} | A01 | F1
    JJ3 | 300.00 | 5.00000 | A01 | {firm}
    JJ4 | 999.00 | 9.00000 | A01 | F4
    """
)


def stock(**more):
    """Two notes of one firm in T08, three of two firms in T12; 3.66667 % and 4.33333 %."""
    given = {
        "t08": "300.00 | 3.66667 | 1",
        "t12": "600.00 | 4.33333 | 2",
        "kind": "C01",
        "flag": "0",
        "balance": "100.00",
        "rate": "4.00000",
        "firm": "F2",
    } | more
    return STOCK.format(**given)


WHATS = ("amount", "rate", "borrowers")
EXACT = {"T08": "300.00 | 3.66667 | 1", "T12": "600.00 | 4.33333 | 2"}


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("row", ["T08", "T09", "T12"])
def test_a_summary_is_that_of_the_loans_behind_it(spec, what, row):
    found = spec(RULES[f"XT-10/HDACLKJDK/{row}/{what}"], stock())
    assert found.tallies[0].applied == 1


@pytest.mark.parametrize("row", ["T08", "T12"])
@pytest.mark.parametrize("what", WHATS)
def test_a_summary_that_is_wrong_by_the_least_is_found(spec, row, what):
    amount, rate, count = EXACT[row].split(" | ")
    wrong = {
        "amount": f"{amount[:-1]}1 | {rate} | {count}",
        "rate": f"{amount} | {rate[:-1]}{int(rate[-1]) - 1} | {count}",
        "borrowers": f"{amount} | {rate} | {int(count) + 1}",
    }
    text = stock(**{row.lower(): wrong[what]})
    spec(RULES[f"XT-10/HDACLKJDK/{row}/{what}"], text, broken=1)


def test_half_of_the_last_place_is_rounded_up(spec):
    rows = """
        row_type | weighted_avg_rate | loan_note_no | high_tech_mfg_flag
        T08 | {rate} | |
        T13 | | JJ1 | 1
        T13 | | JJ2 | 1
        CLDWDK
        loan_note_no | balance_cny | interest_rate
        JJ1 | 1.00 | 3.00000
        JJ2 | 1.00 | 3.00001
        """
    rule = RULES["XT-10/HDACLKJDK/T08/rate"]
    spec(rule, rows.format(rate="3.00001"))  # the mean is 3.000005
    spec(rule, rows.format(rate="3.00000"), broken=1)


def test_what_is_not_filled_leaves_a_summary_open(spec):
    for row in ("T08", "T12"):
        spec(RULES[f"XT-10/HDACLKJDK/{row}/amount"], stock(balance=""), unknown=1)
        spec(RULES[f"XT-10/HDACLKJDK/{row}/rate"], stock(rate=""), unknown=1)
        spec(
            RULES[f"XT-10/HDACLKJDK/{row}/amount"],
            stock(**{row.lower(): " | 1.00000 | 1"}),
            unknown=1,
        )
    spec(RULES["XT-10/HDACLKJDK/T12/borrowers"], stock(firm=""), unknown=1)
    spec(RULES["XT-10/HDACLKJDK/T11/amount"], stock(flag=""))  # no row T11 in this file
    spec(RULES["XT-10/HDACLKJDK/T12/amount"], stock(flag=""))  # marked by another flag anyway


def test_an_open_flag_leaves_its_summary_open(spec):
    text = (
        stock()
        .replace("T09 | 0.00", "T11 | 300.00")
        .replace("| 0\n    T13 | | | | JJ3", "|\n    T13 | | | | JJ3")
    )
    spec(RULES["XT-10/HDACLKJDK/T11/amount"], text, unknown=1)


@pytest.mark.parametrize("what", WHATS)
def test_with_bills_the_summaries_wait_for_the_bills(spec, what):
    spec(RULES[f"XT-10/HDACLKJDK/T08/{what}"], stock(kind="C03"), not_run="CLPJRZ")


FLOW = """
    row_type | sum_amount_cny | weighted_avg_rate | borrower_count | loan_note_no | serial_no | business_type | ip_intensive_flag
    T11 | {t11} | | | |
    T13 | | | | JJ1 | LS1 | C01 | 1
    T13 | | | | JJ1 | LS2 | C01 | 1
    DWDKFS
    loan_note_no | serial_no | direction | amount_cny | interest_rate | borrower_id_type | borrower_id_no
    JJ1 | LS1 | 1 | 100.00 | 3.00000 | A01 | F1
    JJ1 | LS2 | 1 | 200.00 | 4.00000 | A01 | F1
    JJ1 | LS3 | 0 |  50.00 | 4.00000 | A01 | F1
    JJ2 | LS4 | 1 |  50.00 | 4.00000 | A01 | F2
    """


@pytest.mark.parametrize(
    ("t11", "broken"),
    [
        ("300.00 | 3.66667 | 1", ()),
        ("350.00 | 3.66666 | 2", WHATS),
    ],
)
def test_a_summary_of_the_flow_is_that_of_the_grants(spec, t11, broken):
    text = FLOW.format(t11=t11)
    for what in WHATS:
        spec(RULES[f"XT-10/HDAKJDKFS/T11/{what}"], text, broken=int(what in broken))


@pytest.mark.parametrize("table", ["HDACLKJDK", "HDAKJDKFS"])
@pytest.mark.parametrize(
    ("what", "column", "unit"),
    [("amount", "sum_amount_cny", ".00"), ("borrowers", "borrower_count", "")],
)
@pytest.mark.parametrize(
    ("every", "broken", "unknown"), [(3, 0, 0), (6, 0, 0), (2, 1, 0), (7, 1, 0), ("", 0, 1)]
)
def test_the_whole_lies_between_the_largest_class_and_their_sum(
    spec, table, what, column, unit, every, broken, unknown
):
    values = (1, 2, 3, 0, every)
    rows = "\n".join(
        f"T{number:02d} | {value}{unit if value != '' else ''}"
        for number, value in enumerate(values, 8)
    )
    spec(
        RULES[f"XT-11/{table}/{what}"],
        f"row_type | {column}\n{rows}",
        broken=broken,
        unknown=unknown,
    )
