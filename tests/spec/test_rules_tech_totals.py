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


BILLS = """
    CLPJRZ
    bill_no | discount_mode | discount_amount_cny | discount_rate | discount_applicant_id_type | discount_applicant_id_no
    P1 | 01 | 100.00 | {rate} | A01 | {one}
    P2 | 01 | 100.00 | 2.00000 | A01 | F9
    P3 | 02 | 800.00 | 2.00000 | A01 | F8
    P4 | 01 | 800.00 | 2.00000 | A01 | F7
    """
WITH_BILLS = """
    T13 | | | | 0 | C03 | 1 | 0 | 0 | 0
    T13 | | | | 0 | C03 | 0 | 1 | 0 | 0
    T13 | | | | 0 | C03 | 1 | 0 | 0 | 0
    """


def with_bills(t08, one="F1", rate="1.00000"):
    """The stock of before, bill P1 in T08, P2 in T09, and P3, which was bought from a bank and so does not count."""
    head, rows = stock(t08=t08).split("CLDWDK")
    lines = head.rstrip().splitlines()
    lines[0] += " | bill_no"
    lines[1:] = [f"{line} |" for line in lines[1:]]
    for number, line in enumerate(WITH_BILLS.strip().splitlines(), 1):
        lines.append(f"{line} | P{number}")
    return "\n".join(lines) + "\n    CLDWDK" + rows + BILLS.format(one=one, rate=rate)


@pytest.mark.parametrize(
    ("one", "t08"),
    [
        ("F1", "400.00 | 3.00000 | 1"),  # who borrows and discounts is one firm
        ("F5", "400.00 | 3.00000 | 2"),
    ],
)
def test_bills_marked_count_with_the_loans_once_they_have_come(spec, one, t08):
    for what in WHATS:
        spec(RULES[f"XT-10/HDACLKJDK/T08/{what}"], with_bills(t08, one))
        wrong = "400.01 | 3.00001 | 3"
        spec(RULES[f"XT-10/HDACLKJDK/T08/{what}"], with_bills(wrong, one), broken=1)


def test_a_bill_that_lacks_a_value_leaves_its_summary_open(spec):
    text = with_bills("400.00 | 3.00000 | 1", rate="")
    spec(RULES["XT-10/HDACLKJDK/T08/rate"], text, unknown=1)
    spec(RULES["XT-10/HDACLKJDK/T08/amount"], text)
    text = with_bills("400.00 | 3.00000 | 1", one="")
    spec(RULES["XT-10/HDACLKJDK/T08/borrowers"], text, unknown=1)


def test_without_rows_of_bills_nothing_waits_for_them(spec):
    found = spec(RULES["XT-10/HDACLKJDK/T08/amount"], stock())
    assert found.tallies[0].not_run is None


def test_bills_of_the_flow_are_those_bought_directly_this_month(spec):
    text = FLOW.format(t11="400.00 | 3.25000 | 2").replace(
        "ip_intensive_flag\n", "ip_intensive_flag | bill_no\n"
    )
    lines = text.split("DWDKFS")[0].rstrip().splitlines()
    lines[2:] = [f"{line} |" for line in lines[2:]]
    lines.append("    T13 | | | | 0 | S1 | C03 | 1 | P1")
    lines.append("    T13 | | | | 0 | S2 | C03 | 1 | P2")
    names = "discount_amount_cny | discount_rate | discount_applicant_id_type | discount_applicant_id_no"
    bills = f"""
    PJRZFS
    bill_no | serial_no | discount_mode | trade_type | {names}
    P1 | S1 | 01 | A01 | 100.00 | 2.00000 | A01 | F3
    P2 | S2 | 02 | A02 | 100.00 | 2.00000 | A01 | F4
    P1 | S3 | 01 | B01 | 100.00 | 2.00000 | A01 | F5
    """
    text = "\n".join(lines) + "\n    DWDKFS" + text.split("DWDKFS")[1] + bills
    for what in WHATS:
        spec(RULES[f"XT-10/HDAKJDKFS/T11/{what}"], text)


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
