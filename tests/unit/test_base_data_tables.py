"""The tables of the base data are those of the standard: number of fields, formats, layouts, code lists."""

from datetime import date

import pytest

from dripline.codes import code_list
from dripline.nodes import IsCode, walk
from dripline.standards import RULES, rule_id
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.bonds import CLZQFX, ZQFXFS
from dripline.standards.customers import FTYKHX
from dripline.standards.equity import CLGQTZ, GQTZFS
from dripline.standards.guarantees import DBHTXX, DBWXX
from dripline.standards.institutions import JRJGFZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rediscounts import CLZTX, ZTXFS
from dripline.standards.sources import RULES_ON_LISTS
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS

BASE = (
    *(JRJGFZ, FTYKHX, CLDWDK, DWDKFS, DBHTXX, DBWXX, HDACLKJDK, HDAKJDKFS, CLPJRZ, PJRZFS),
    *(CLZTX, ZTXFS, CLZQFX, ZQFXFS, CLGQTZ, GQTZFS),
)
JUNE_2026 = date(2026, 6, 30)
# The made-up lines of the reference.
LOAN = (
    "91410000MA0000001Q|HN0001|410105|A01|91410100MA00000021|C01|C39|410105|B0102|CS03|JJ2026001"
    "|HT2026001|F022|C398|2026-03-16|2027-03-15||CNY|5000000.00|5000000.00|RF02|3.45000|TR05|3.00000"
    "||2027-03-15|D||FQ01|LS01||采购原材料|"
)
TECH_LOAN = (
    "T13||||91410000MA0000001Q|HN0001|HT2026001|JJ2026001|0|||1|HTP03|0||0||0||C01||||||||||"
)


def test_each_table_has_the_fields_of_the_standard():
    fields = [14, 29, 33, 34, 18, 15, 30, 31, 32, 32, 24, 26, 16, 17, 10, 12]
    assert [len(table.columns) for table in BASE] == fields


@pytest.mark.parametrize(("table", "line"), [(CLDWDK, LOAN), (HDACLKJDK, TECH_LOAN)])
def test_a_line_of_the_reference_fits_the_table(table, line):
    values = line.split("|")
    assert len(values) == len(table.columns)
    for value, column in zip(values, table.columns.values(), strict=True):
        assert len(value.encode()) <= column.format.length + (column.format.decimals > 0)
        assert value or column.required != "M", column.name
        if value and column.codes and column.codes not in RULES_ON_LISTS:
            assert value in code_list(column.codes).accepted(on=JUNE_2026), column.name


def test_a_stock_of_loans_may_come_without_the_trading_venue():
    today, older = CLDWDK.layouts(JUNE_2026)
    assert (len(today.columns), len(older.columns)) == (33, 32)
    assert today.columns[:32] == older.columns
    assert today.warning is None
    assert older.warning is not None


def test_technology_loans_have_this_layout_from_march_2025():
    for table in (HDACLKJDK, HDAKJDKFS):
        assert table.layouts(date(2025, 2, 28)) == ()
        assert len(table.layouts(date(2025, 3, 31))) == 1


@pytest.mark.parametrize("table", BASE)
def test_a_code_fits_its_column(table):
    for column in table.columns.values():
        if column.codes and column.codes not in RULES_ON_LISTS and not column.parts:
            lengths = {len(c) for c in code_list(column.codes).accepted(on=JUNE_2026)}
            if column.format.shape == "C":
                assert lengths == {column.format.length}, (table.code, column.name)
            else:
                assert max(lengths) <= column.format.length, (table.code, column.name)


@pytest.mark.parametrize(
    ("name", "accepted", "refused"),
    [
        ("ownership", {"A01", "A0101", "B03"}, {"A", "B"}),
        ("guarantee", {"A", "E", "E01", "B01"}, {"B", "C"}),
        ("product", {"F022", "F02131", "F12"}, {"F02", "F021", "F0213", "F11"}),
        ("fiscal", {"A0101", "B", "C", "Z"}, {"A", "A01"}),
        ("id_type", {"A01", "B99", "L01", "Z99"}, {"A", "B", "B13"}),
        ("appraisal_method", {"04", "09"}, {"05"}),
        ("discount_mode", {"01", "02", "09"}, {"03"}),
        ("bill_kind", {"01", "02", "03"}, {"09"}),
        ("bill_trade", {"A01", "A02", "A09", "B01", "B04", "B09"}, {"A", "B", "B05"}),
        ("custodian", {"300", "000"}, {"100"}),
        ("bond_type", {"FB01", "GB042", "ABS01", "TB99"}, {"GB04", "FB07"}),
        ("rating", {"C00", "C01", "C25", "C99"}, {"C26"}),
        ("interest_payment", {"01", "05"}, {"06"}),
        ("equity_type", {"1", "3"}, {"4"}),
        ("row_type", {"T08", "T13"}, {"T07", "T14"}),
    ],
)
def test_a_list_takes_what_the_standard_takes(name, accepted, refused):
    codes = code_list(name).accepted(on=JUNE_2026)
    assert accepted <= codes
    assert not refused & codes


def test_every_rule_of_the_reference_stands_under_its_id():
    wanted = {
        f"{family}-{number:02d}"
        for family, last in (
            ("ID", 14),
            ("JRJGFZ", 2),
            ("FTYKHX", 9),
            ("CLDWDK", 23),
            ("DWDKFS", 10),
            ("PJ", 5),
            ("ZT", 1),
            ("BOND", 1),
        )
        for number in range(1, last + 1)
    }
    assert wanted <= {rule_id(code) for code in RULES}


def test_the_flow_copies_the_rules_of_the_stock_that_hold_there_too():
    copied = {code.split("/")[1] for code in RULES if code.startswith("DWDKFS-10/")}
    numbers = (5, 6, 12, 13, 14, 15, 16, 17, 18, 20, 22, 23)
    assert copied == {f"CLDWDK-{number:02d}" for number in numbers}


def test_a_list_left_to_the_rules_has_a_rule():
    judged = {
        node.codes
        for rule in RULES.values()
        if rule_id(rule.code) in ("ID-14", "CLDWDK-22")
        for node in walk(rule.holds)
        if isinstance(node, IsCode)
    }
    assert judged == RULES_ON_LISTS
