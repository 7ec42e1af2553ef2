"""Files of banks whose columns are named otherwise, read by a mapping file."""

from datetime import date
from pathlib import Path

import pytest

from dripline.errors import CannotRead
from dripline.intake.findings import Finding, Origin
from dripline.intake.mapping import read_mapping
from dripline.intake.sheets import SheetFile, read_sheet
from dripline.law import Law
from dripline.tables import Column, Table
from dripline.words import Text

SHEETS = Path(__file__).parents[1] / "data" / "sheets"


class PPPLoan(Table):
    """Loans of the Paycheck Protection Program, for this test."""

    code, number, nature, per_reporter = "TEST_PPP", "TEST_PPP", "stock", False
    label, grain = Text(zh="测试贷款", en="Test loans"), Text(zh="每笔一行", en="one row a loan")
    amount = Column("D20.2", Text(zh="金额", en="Amount"), "M")
    approved = Column("date", Text(zh="批准日期", en="Approved"), "M")
    lender = Column("C..100", Text(zh="贷款人", en="Lender"), "M")
    zip_code = Column("C5", Text(zh="邮编", en="Zip"), "M")
    race = Column("C..30", Text(zh="族裔", en="Race"), "E")
    jobs = Column("I..5", Text(zh="岗位", en="Jobs"), "E")
    programme = Column("C..10", Text(zh="项目", en="Programme"), "M")


MAPPING = """
table: TEST_PPP
columns:
  amount: LoanAmount
  approved: {from: DateApproved, date: "%m/%d/%y"}
  lender: {from: [Bank, Lender]}
  zip_code: Zip
  race: {from: RaceEthnicity, values: {Unanswered: ""}}
  jobs: JobsRetained
  programme: {constant: PPP}
"""


def mapped(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.yaml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
def test_real_loans_in_a_dirty_layout_are_read_by_a_mapping(tmp_path: Path, mark: bytes) -> None:
    path = tmp_path / "ppp.csv"
    path.write_bytes(mark + (SHEETS / "ppp_montana_excerpt.csv").read_bytes())
    found: list[Finding] = []
    file = SheetFile(
        path,
        PPPLoan,
        Origin(path.name),
        date(2025, 6, 30),
        read_mapping(mapped(tmp_path, MAPPING)),
    )
    (texts,) = read_sheet(file, found.append, Law.load())
    rows = {name: column.to_pylist() for name, column in texts.columns.items()}
    assert len(texts.numbers) == 11
    assert {name: values[2] for name, values in rows.items()} == {
        "amount": "149700.00",
        "approved": "2020-04-04",
        "lender": "Glacier Bank",
        "zip_code": "59903",
        "race": "",
        "jobs": "9",
        "programme": "PPP",
    }
    assert rows["race"][9] == "White"
    assert {f.code for f in found} == {"SHEET-05"}
    assert [f.value for f in found][:2] == ["City", "State"]


FAULTS = """
table: TEST_PPP
colour: red
encoding: klingon
columns:
  amount: {from: A, factor: -1}
  lender: {from: B, constant: C}
  approved: {from: D, date: "%H"}
  nothing: E
  jobs: {from: F, unit: x}
"""


def test_every_fault_of_a_mapping_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as error:
        read_mapping(mapped(tmp_path, FAULTS))
    assert str(error.value).splitlines() == [
        "map.yaml: 'colour' is no key; known are columns, encoding, sheet, table.",
        "map.yaml: 'klingon' is no encoding; use utf-8 or gb18030.",
        "map.yaml: amount: factor '-1' is no positive number, or no amount is meant.",
        "map.yaml: lender: give either from or constant.",
        "map.yaml: approved: date '%H' is no pattern of a day such as %m/%d/%y, or no day is meant.",
        "map.yaml: columns: the table has no column 'nothing'.",
        "map.yaml: jobs: 'unit' is no key; known are constant, date, factor, from, values.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[1, 2]", "it needs the keys table and columns."),
        ("table: X\ncolumns: {}", "no table is called 'X'; see `dripline list tables`."),
        ("a: [", "no readable YAML in UTF-8 (ParserError)."),
    ],
)
def test_what_is_no_mapping_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(CannotRead) as error:
        read_mapping(mapped(tmp_path, text))
    assert str(error.value) == f"map.yaml: {message}"


def test_a_factor_of_the_mapping_stands_above_the_unit_of_the_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位：万元\nA,B,C,D\n1.5,2024.1.1,x,00123\n", "utf-8")
    text = MAPPING.replace("amount: LoanAmount", 'amount: {from: A, factor: "1000"}')
    text = text.replace("DateApproved", "B").replace("[Bank, Lender]", "C").replace("Zip", "D")
    file = SheetFile(
        path, PPPLoan, Origin("a.csv"), date(2025, 6, 30), read_mapping(mapped(tmp_path, text))
    )
    (texts,) = read_sheet(file, [].append, Law.load())
    assert texts.columns["amount"].to_pylist() == ["1500.00"]
