"""Blank forms: head, foot, codes as text, and what is filled in can be read back."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

import dripline.standards.lists
import dripline.standards.registers  # noqa: F401  (tables enter TABLES as they are imported)
from dripline.intake.sheet_values import is_money
from dripline.intake.templates import FormHead, write_template
from dripline.standards.departments import (
    BOND_HOLDING,
    BOND_ISSUE,
    DEPOSIT_RATE,
    EQUITY_FINANCING,
    FIRM_GUARANTEE,
    INNOVATION,
)
from dripline.standards.lists import EDITION
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import (
    CREDIT_RECORD,
    ENTERPRISE,
    HISTORY,
    INSTITUTION,
    LOAN_TOTALS,
    REPORTER,
)
from dripline.standards.targets import TARGET
from dripline.tables import Column, Table
from tests.unit.test_sheets import read, said

REGISTERS = [
    *(REPORTER, INSTITUTION, ENTERPRISE, EDITION, CREDIT_RECORD, LOAN_TOTALS, HISTORY),
    *(BOND_ISSUE, BOND_HOLDING, EQUITY_FINANCING, FIRM_GUARANTEE, INNOVATION, DEPOSIT_RATE),
    TARGET,
]


def example(column: Column) -> tuple[object, str]:
    """What a person might enter, and what is read."""
    if column.codes == "region":
        return "410105", "410105"
    match column.kind.name:
        case "date":
            return date(2025, 6, 30), "2025-06-30"
        case "integer":
            return 12, "12"
        case "decimal":
            return 1234.5, "1234.50" if is_money(column) else f"{1234.5:.{column.format.decimals}f}"
    return "0" * column.format.length, "0" * column.format.length


@pytest.mark.parametrize("table", [*REGISTERS, CLDWDK], ids=lambda table: table.code)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_filled_in_is_read_back(tmp_path: Path, table: type[Table], language: str) -> None:
    path = tmp_path / "a.xlsx"
    write_template(table, path, language)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(path)
    sheet = book[table.code]
    labels = [column.label.in_(language) for column in table.columns.values()]  # type: ignore[arg-type]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=12)]
    top = next(number for number, row in enumerate(rows, 1) if row[: len(labels)] == labels)
    for index, column in enumerate(table.columns.values(), 1):
        sheet.cell(top + 1, index, example(column)[0])
    book.save(path)
    found, findings = read(path, table)
    assert found == [
        {"row": top + 1} | {name: example(column)[1] for name, column in table.columns.items()}
    ]
    assert {code for code, _, _ in said(findings)} == {"SHEET-08"}


def words_of(path: Path) -> list[str]:
    """Every text of the form's first sheet."""
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [c for row in sheet.iter_rows(values_only=True) for c in row if isinstance(c, str)]


def test_a_form_without_approval_says_that_it_is_for_internal_tests(tmp_path: Path) -> None:
    write_template(REPORTER, tmp_path / "a.xlsx")
    words = words_of(tmp_path / "a.xlsx")
    assert words[:5] == [
        "报送机构登记",
        "表    号：DL_901_REPORTER",
        "内部测试表",
        "填报单位：",
        "数据日期：",
    ]
    assert words[-5:] == ["单位负责人：", "统计负责人：", "填表人：", "联系电话：", "报出日期："]


def test_an_approved_form_bears_its_approval(tmp_path: Path) -> None:
    head = FormHead("某制定机关", "某备案〔2025〕1号", "2027年6月")
    write_template(REPORTER, tmp_path / "a.xlsx", head=head)
    assert words_of(tmp_path / "a.xlsx")[1:5] == [
        "表    号：DL_901_REPORTER",
        "制定机关：某制定机关",
        "批准或备案文号：某备案〔2025〕1号",
        "有效期至：2027年6月",
    ]


def test_code_columns_are_text_and_offer_their_lists(tmp_path: Path) -> None:
    write_template(INSTITUTION, tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["INSTITUTION"]
    assert sheet.column_dimensions["A"].width >= 14
    assert sorted(str(v.sqref)[:1] for v in sheet.data_validations.dataValidation) == ["C", "J"]
    assert (
        sheet.cell(30, 1).number_format == "@" or sheet.column_dimensions["A"].number_format == "@"
    )


def test_a_choice_from_the_drop_down_is_read_as_its_code(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_template(EDITION, path)
    book = openpyxl.load_workbook(path)
    sheet, choices = book["EDITION"], book["代码"]
    offered = [cell.value for cell in choices["C"]]
    assert "gaoxin 高新技术企业" in offered
    row = ["gaoxin 高新技术企业", "2025-1", date(2025, 1, 1), "河南省", "文件", date(2025, 1, 1), 3]
    for index, value in enumerate(row, 1):
        sheet.cell(6, index, value)
    book.save(path)
    assert [(r["kind"], r["scope"], r["announced_count"]) for r in read(path, EDITION)[0]] == [
        ("gaoxin", "henan", "3")
    ]
