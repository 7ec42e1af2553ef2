"""Received sheets: titles, merged headers, units, totals, signatures, hidden sheets, spoilt codes (FN 16)."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from dripline.intake.findings import Finding, Origin
from dripline.intake.sheets import SheetFile, read_sheet
from dripline.law import Law
from dripline.standards.lists import QUALIFICATION
from dripline.standards.registers import HISTORY, INSTITUTION, LOAN_TOTALS
from dripline.tables import Table

DAY = date(2025, 6, 30)
TOTALS_HEADER = [c.label.zh for c in LOAN_TOTALS.columns.values()]
LIST_HEADER = [
    "序号",
    "名单类型",
    "名单版本",
    "企业名称",
    "统一社会信用代码",
    "公布文件",
    "公布日期",
]
LIST_HEADER += ["名单范围", "资料来源"]
LIST_ROW = [
    1,
    "高新技术企业",
    "2025-1",
    "河南一号科技有限公司",
    None,
    "公告",
    "2024.6.30",
    "全国",
    "科技厅",
]


def read(path: Path, table: type[Table]) -> tuple[list[dict[str, Any]], list[Finding]]:
    """The rows with their numbers, and the findings."""
    found: list[Finding] = []
    file = SheetFile(path, table, Origin(path.name, table.code), DAY)
    rows = []
    for texts in read_sheet(file, found.append, Law.load()):
        table_of = pa.table({"row": texts.numbers, **texts.columns})
        rows.extend(table_of.to_pylist())
    return rows, found


def said(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    return [(one.code, one.row, one.number) for one in findings]


def write_xlsx(path: Path, rows: list[list[Any]], **extra: Any) -> Path:
    """A workbook with one sheet; ``merge`` are merged ranges, ``formulas`` (row, column, formula, result)."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("数据")
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, index, cell)
        for merged in extra.get("merge", ()):
            sheet.merge_range(*merged)
        for formula in extra.get("formulas", ()):
            sheet.write_formula(formula[0], formula[1], formula[2], None, formula[3])
        for name, hidden in extra.get("others", ()):
            other = book.add_worksheet(name)
            other.write(0, 0, "底稿")
            if hidden:
                other.hide()
    return path


def test_the_header_is_found_under_the_title_and_the_unit_is_read(tmp_path: Path) -> None:
    rows = [
        ["全省信贷收支主要指标", None],
        ["填报单位：某某银行", None, None, None, "单位：万元"],
        TOTALS_HEADER,
        ["91410100MA9K12345X", "410100", "本外币", "1,234.5678", 100, 0, 50.01, None],
    ]
    found, findings = read(write_xlsx(tmp_path / "a.xlsx", rows), LOAN_TOTALS)
    assert found == [
        {
            "row": 4,
            "reporter": "91410100MA9K12345X",
            "lender_city": "410100",
            "currency_scope": "all",
            "all_loans": "12345678.00",
            "unit_loans": "1000000.00",
            "bill_finance": "0.00",
            "medium_long": "500100.00",
            "inclusive_small": "",
        }
    ]
    assert said(findings) == [("SHEET-17", None, number) for number in range(4, 9)]


def test_a_unit_in_the_header_s_brackets_counts_for_its_column_only(tmp_path: Path) -> None:
    header = list(TOTALS_HEADER)
    header[3] += "（亿元）"
    rows = [header, ["91410100MA9K12345X", "410100", "人民币", 1.5, 2, 0, None, None]]
    found, findings = read(write_xlsx(tmp_path / "a.xlsx", rows), LOAN_TOTALS)
    assert (found[0]["all_loans"], found[0]["unit_loans"]) == ("150000000.00", "2.00")
    assert said(findings) == [("SHEET-17", None, 4)]


@pytest.mark.parametrize("line", ["单位：美元", "单位：万元、亿元"])
def test_a_unit_that_is_not_known_is_refused(tmp_path: Path, line: str) -> None:
    rows = [[line], TOTALS_HEADER, ["91410100MA9K12345X", "410100", "人民币", 1, 1, 0]]
    assert [f.code for f in read(write_xlsx(tmp_path / "a.xlsx", rows), LOAN_TOTALS)[1]] == [
        "SHEET-16"
    ]


def test_a_merged_header_of_two_rows_is_joined(tmp_path: Path) -> None:
    upper = [
        "名单类型",
        "名单版本",
        "企业名称",
        "有效期",
        None,
        "公布文件",
        "公布日期",
        "名单范围",
        "资料来源",
    ]
    lower = [None, None, None, "起", "止"]
    row = ["gaoxin", "e", "甲公司", "2024/1/1", "长期", "公告", "20240101", "henan", "厅"]
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [upper, lower, row],
        merge=[(0, 0, 1, 0, "名单类型"), (0, 3, 0, 4, "有效期")],
    )
    found, findings = read(path, QUALIFICATION)
    assert (found[0]["valid_from"], found[0]["valid_to"], found[0]["scope"]) == (
        "2024-01-01",
        "",
        "henan",
    )
    assert said(findings) == []


def test_totals_signatures_and_numbering_are_no_data(tmp_path: Path) -> None:
    rows = [
        LIST_HEADER,
        ["甲", 1, 2, 3, 4, 5, 6, 7, 8],
        LIST_ROW,
        ["合 计", None, None, 1],
        ["单位负责人：张三", None, "填表人：李四"],
        ["以上数据截至六月末"],
    ]
    found, findings = read(write_xlsx(tmp_path / "a.xlsx", rows), QUALIFICATION)
    assert [row["row"] for row in found] == [3]
    assert said(findings) == [
        ("SHEET-05", None, None),
        ("SHEET-07", 4, None),
        ("SHEET-08", 5, None),
        ("SHEET-08", 6, None),
    ]


def test_a_code_that_became_a_number_is_refused_with_the_format_to_set(tmp_path: Path) -> None:
    spoilt = [*LIST_ROW]
    spoilt[4] = 914101000000000123
    found, findings = read(
        write_xlsx(tmp_path / "a.xlsx", [LIST_HEADER[1:], spoilt[1:]]), QUALIFICATION
    )
    assert found[0]["credit_code"] == ""
    assert said(findings) == [("SHEET-11", 2, 5)]
    assert "文本" in findings[0].remedy.zh


def test_hidden_and_further_sheets_are_said(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [LIST_HEADER[1:], LIST_ROW[1:]],
        others=[("旧表", True), ("说明", False), ("代码", False)],
    )
    findings = read(path, QUALIFICATION)[1]
    assert [(f.code, f.value) for f in findings] == [("SHEET-09", "旧表"), ("SHEET-10", "说明")]


def test_a_formula_is_never_computed_and_is_said(tmp_path: Path) -> None:
    rows = [TOTALS_HEADER, ["91410100MA9K12345X", "410100", "人民币", None, 1, 0, None, None]]
    formulas = [(1, 3, "=1+1", 7), (1, 6, "=1/0", "#DIV/0!")]
    found, findings = read(write_xlsx(tmp_path / "a.xlsx", rows, formulas=formulas), LOAN_TOTALS)
    assert found[0]["all_loans"] == "7.00"
    assert said(findings) == [("SHEET-14", 2, 7), ("SHEET-13", 2, 4), ("SHEET-13", 2, 7)]


def test_a_cell_merged_over_rows_counts_in_each(tmp_path: Path) -> None:
    second = ["gaoxin", "2025-1", "河南二号科技有限公司", *LIST_ROW[4:]]
    path = write_xlsx(
        tmp_path / "a.xlsx",
        [LIST_HEADER[1:], LIST_ROW[1:], second],
        merge=[(1, 1, 2, 1, "2025-1")],
    )
    found, findings = read(path, QUALIFICATION)
    assert [row["edition"] for row in found] == ["2025-1", "2025-1"]
    assert said(findings) == [("SHEET-18", 2, 2)]


def test_a_missing_mandatory_column_and_one_that_stands_twice_are_refused(tmp_path: Path) -> None:
    rows = [[*LIST_HEADER[1:-1], "企业名称"], [*LIST_ROW[1:-1], "x"]]
    found, findings = read(write_xlsx(tmp_path / "a.xlsx", rows), QUALIFICATION)
    assert (found, said(findings)) == ([], [("SHEET-06", None, 4), ("SHEET-04", None, 14)])


def test_a_page_without_header_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["名单", 1], ["甲公司", 2]])
    assert [f.code for f in read(path, QUALIFICATION)[1]] == ["SHEET-10", "SHEET-03"]


CSV_LINES = [
    "机构代码,机构名称,机构类型,报送机构代码,所在城市代码,管辖市分行代码,起始日期",
    '91410100MA9K12345X,"郑州银行，总行",city_bank,91410100MA9K12345X,410100,410100,2024.1.1',
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_is_read_in_each_encoding_met_here(tmp_path: Path, encoding: str, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(end.join(CSV_LINES).encode(encoding))
    found, findings = read(path, INSTITUTION)
    assert (found[0]["name"], found[0]["valid_from"], found[0]["row"]) == (
        "郑州银行，总行",
        "2024-01-01",
        2,
    )
    assert said(findings) == []


def test_bytes_of_another_encoding_are_said_where_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        "\n".join(CSV_LINES).encode()
        + b"\n"
        + CSV_LINES[1].replace("郑", "X").encode()[:19]
        + b'"\xff\xfe",city_bank,,410100,410100,2024-1-1'
    )
    found, findings = read(path, INSTITUTION)
    assert (found[1]["name"], said(findings)) == ("", [("SHEET-15", 3, 2)])


def test_a_row_of_a_csv_with_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\n".join([*CSV_LINES, CSV_LINES[1].replace('"', "").replace("，", ",")]), "utf-8"
    )
    found, findings = read(path, INSTITUTION)
    assert ([row["row"] for row in found], said(findings)) == ([2], [("SHEET-19", 3, None)])


def test_a_quote_without_its_pair_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "\n".join([CSV_LINES[0], CSV_LINES[1].replace('，总行"', ""), "x" * 200_000]), "utf-8"
    )
    assert [f.code for f in read(path, INSTITUTION)[1]] == ["SHEET-01"]


def test_a_parquet_file_with_headers_is_read_as_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    row = {
        "institution_code": ["91410100MA9K12345X"],
        "机构名称": ["郑州银行"],
        "kind": ["城市商业银行"],
        "city": [410100],
        "supervising_branch": ["410100"],
        "valid_from": [date(2024, 1, 1)],
    }
    pq.write_table(pa.table(row), path)
    found, findings = read(path, INSTITUTION)
    assert (found[0]["kind"], found[0]["city"], found[0]["valid_from"], found[0]["row"]) == (
        "city_bank",
        "410100",
        "2024-01-01",
        1,
    )
    assert said(findings) == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "文件是空的"),
        (b"<html><table>", "文件其实是网页（HTML或XML）"),
        (b"PK\x03\x04broken", "文件已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1broken", "文件已损坏"),
        (b"PAR1broken", "文件已损坏"),
    ],
)
def test_what_is_no_sheet_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    findings = read(path, INSTITUTION)[1]
    assert [(f.code, f.note.zh if f.note else None) for f in findings] == [("SHEET-01", why)]


def test_a_row_that_fills_every_mandatory_column_is_data_even_if_it_is_called_total(tmp_path, law):
    path = tmp_path / "authority_HISTORY_20250331.csv"
    path.write_text(
        "指标代码,分组方式,分组项代码,数据期,数值,计量单位,数据来源,指标口径\n"
        "TE-BALANCE,total,total,2024-03,100.00,yuan,示例公报,口径\n"
        "合计,,,,100.00,,,\n",
        encoding="utf-8",
    )
    said = []
    file = SheetFile(path, HISTORY, Origin(path.name), date(2025, 3, 31))
    rows = list(read_sheet(file, said.append, law))
    assert [one.code for one in said] == ["SHEET-07"]
    assert sum(len(texts.numbers) for texts in rows) == 1
