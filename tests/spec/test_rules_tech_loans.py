"""The rules of the technology tables alone, each on a small table, on every engine."""

import pytest

from dripline.standards.rules_tech_loans import RULES as OWN_RULES

RULES = {rule.code: rule for rule in OWN_RULES}
TABLES = ("HDACLKJDK", "HDAKJDKFS")
SUMMARIES = "\n".join(["T08", "T09", "T10", "T11", "T12"])


@pytest.mark.parametrize("table", TABLES)
def test_summaries_come_first_and_in_order(spec, table):
    spec(RULES[f"KJ-01/{table}/order"], f"row_type\n{SUMMARIES}\nT13\nT13")
    spec(RULES[f"KJ-01/{table}/order"], "row_type\nT08\nT10\nT09\nT11\nT12\nT13", broken=[2, 3])
    spec(RULES[f"KJ-01/{table}/order"], f"row_type\nT13\n{SUMMARIES}", broken=[1])
    spec(RULES[f"KJ-01/{table}/order"], f"row_type\n{SUMMARIES}\nT13\nT12", broken=[7])


def test_the_order_is_counted_from_the_first_summary_of_a_sheet(spec):
    spec(
        RULES["KJ-01/HDACLKJDK/order"],
        """
        _row | row_type
        4    | T08
        5    | T09
        6    | T10
        7    | T11
        8    | T12
        10   | T13
        """,
    )


def test_without_the_first_summary_or_a_class_the_order_is_unknown(spec):
    spec(RULES["KJ-01/HDACLKJDK/order"], "row_type | bill_no\nT09 |\nT13 |\n | 0", unknown=3)


@pytest.mark.parametrize("table", TABLES)
def test_a_file_with_rows_has_each_summary_once(spec, table):
    spec(RULES[f"KJ-01/{table}/rows"], f"row_type\n{SUMMARIES}\nT13")
    spec(RULES[f"KJ-01/{table}/rows"], "row_type\nT08\nT09\nT10\nT12\nT13", broken=1)
    spec(RULES[f"KJ-01/{table}/rows"], f"row_type\n{SUMMARIES}\nT12", broken=1)


@pytest.mark.parametrize("table", TABLES)
def test_a_summary_has_three_numbers_and_nothing_else(spec, table):
    spec(
        RULES[f"KJ-02/{table}"],
        """
        row_type | sum_amount_cny | weighted_avg_rate | borrower_count | loan_note_no
        T08      | 0.00           | 0.00000           | 0              |
        T09      | 5.00           | 3.45000           |                |
        T10      | 5.00           | 3.45000           | 1              | JJ1
        T13      |                |                   |                | JJ1
        """,
        broken=[2, 3],
    )


NAMES = (
    "row_type | sum_amount_cny | fin_inst_code | internal_org_no | loan_contract_no | loan_note_no | bill_no",
    "{serial} high_tech_mfg_flag | high_tech_service_flag | strategic_emerging_flag | ip_intensive_flag",
    "business_type",
)
FILLED = (
    " | ".join(NAMES)
    + """
    T13      |      | 9141 | HN1 | HT1 | JJ1 | 0  | {one} 1 | 0 | 0 | 0 | C01
    T13      | 5.00 | 9141 | HN1 | HT1 | JJ1 | 0  | {one} 1 | 0 | 0 | 0 | C01
    T13      |      | 9141 | HN1 | HT1 |     | 0  | {one} 1 | 0 | 0 | 0 | C01
    T13      |      | 9141 | HN1 | HT1 | JJ1 | 0  | {one} 1 | 0 | 0 |   | C01
    T08      | 5.00 |      |     |     |     |    | {no}    |   |   |   |
    """
)


def test_the_row_of_a_loan_names_the_loan_and_sums_nothing(spec):
    text = FILLED.format(serial="", one="", no="")
    spec(RULES["KJ-03/HDACLKJDK"], text, broken=[2, 3, 4])
    text = FILLED.format(serial="serial_no | ", one="LS1 | ", no=" | ")
    spec(RULES["KJ-03/HDAKJDKFS"], text, broken=[2, 3, 4])


def test_the_row_of_a_grant_names_the_transaction(spec):
    text = FILLED.format(serial="serial_no | ", one=" | ", no=" | ")
    spec(RULES["KJ-03/HDAKJDKFS"], text, broken=[1, 2, 3, 4])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    ("of", "kind"),
    [
        ("high_tech_mfg", "HTP03"),
        ("high_tech_service", "HTS01"),
        ("strategic_emerging", "SE01"),
        ("ip_intensive", "PA01"),
    ],
)
def test_a_class_goes_with_its_flag(spec, table, of, kind):
    spec(
        RULES[f"KJ-04/{table}/{of}"],
        f"""
        row_type | {of}_flag | {of}_type
        T13      | 1         | {kind}
        T13      | 0         |
        T13      | 1         |
        T13      | 0         | {kind}
        T13      |           | {kind}
        T08      |           | {kind}
        """,
        broken=[3, 4],
        unknown=1,
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_loan_belongs_to_a_class(spec, table):
    spec(
        RULES[f"KJ-05/{table}"],
        """
        row_type | high_tech_mfg_flag | high_tech_service_flag | strategic_emerging_flag | ip_intensive_flag
        T13      | 0 | 0 | 0 | 1
        T13      | 0 | 0 | 0 | 0
        T13      | 0 | 0 | 0 |
        T13      | 1 | 0 | 0 |
        """,
        broken=[2],
        unknown=1,
    )


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_about_a_note_or_about_a_bill(spec, table):
    spec(
        RULES[f"KJ-06/{table}"],
        """
        row_type | loan_contract_no | loan_note_no | bill_no | business_type
        T13      | HT1              | JJ1          | 0       | C01
        T13      | 0                | 0            | 61,1,9  | C03
        T13      | HT1              | JJ1          | 0       | C02
        T13      | HT1              | JJ1          | 61,1,9  | C01
        T13      | 0                | JJ1          | 61,1,9  | C03
        T13      | HT1              | JJ1          | 0       |
        """,
        broken=[3, 4, 5],
        unknown=1,
    )


@pytest.mark.parametrize("table", TABLES)
def test_stopped_and_reserved_fields_are_empty(spec, table):
    spec(
        RULES[f"KJ-07/{table}"],
        """
        row_type | tech_innovation_demo_flag | mfg_champion_flag | reserved_1 | reserved_10
        T13      |                           |                   |            |
        T13      | 1                         |                   |            |
        T13      |                           | 0                 |            |
        T08      |                           |                   |            | x
        """,
        broken=[2, 3, 4],
    )


@pytest.mark.parametrize(
    ("table", "number"),
    [("HDACLKJDK", "loan_note_no"), ("HDACLKJDK", "bill_no"), ("HDAKJDKFS", "serial_no")],
)
def test_a_loan_stands_in_one_row(spec, table, number):
    found = spec(
        RULES[f"KJ-08/{table}/{number}"],
        f"""
        row_type | {number}
        T13      | N1
        T13      | N2
        T13      | N2
        T13      | 0
        T13      | 0
        T13      |
        T08      | N1
        """,
        broken=[2, 3],
        unknown=1,
    )
    assert found.tallies[0].applied == 4


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_file_of_nothing_breaks_nothing(spec, code):
    table = RULES[code].table
    found = spec(RULES[code], table, empty=[table])
    assert (found.tallies[0].applied, found.broken) == (0, ())


@pytest.mark.parametrize("code", sorted(RULES))
def test_a_rule_waits_for_its_table(spec, code):
    spec(RULES[code], "CLDWDK\nloan_note_no\nJJ1", not_run=RULES[code].table)
