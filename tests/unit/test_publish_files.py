"""A table as a file: numbers stay numbers, exact ones exact, and nothing in it runs."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from dripline.publish.files import Shown, sheet_of, write_csv, write_json, write_parquet, write_xlsx

MADE = datetime(2025, 7, 14, 2, 0, tzinfo=UTC)
ROWS = (
    ("郑州市", Decimal("1234567.80"), 3, "明细"),
    ("=1+1", Decimal("-0.05"), None, "-"),
    ("济源市", None, 12, "明细"),
)
TABLE = Shown(
    title="余额 2025-06",
    heads=["城市", "数值 (元)", "户数", "依据"],
    rows=ROWS,
    notes=["来源：测试"],
    under="2025-06 · 初步",
    formal=True,
    about={"facts": "f00d"},
)


def sheet(tmp_path, shown: Shown = TABLE):
    path = tmp_path / "a.xlsx"
    write_xlsx(path, shown, made=MADE, language="zh")
    return openpyxl.load_workbook(path).worksheets[0]


def test_a_sheet_bears_title_period_standing_mark_of_a_form_notes_and_the_lines_for_signatures(
    tmp_path,
):
    rows = [[cell for cell in row if cell is not None] for row in sheet(tmp_path).values]
    assert rows[:3] == [["余额 2025-06"], ["2025-06 · 初步", "内部测试表"], list(TABLE.heads)]
    assert rows[6] == ["来源：测试"]
    assert rows[-1][0].startswith("单位负责人")


def test_numbers_are_numbers_with_their_decimals_and_what_is_not_there_is_a_dash(tmp_path):
    body = list(sheet(tmp_path).iter_rows(min_row=4, max_row=6))
    assert [row[1].value for row in body] == [1234567.8, -0.05, "—"]
    assert [row[1].number_format for row in body] == ["#,##0.00"] * 3
    assert [row[2].value for row in body] == [3, "—", 12]


def test_no_text_becomes_a_formula(tmp_path):
    cell = sheet(tmp_path)["A5"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_sheet_prints_across_one_page_of_a4_and_repeats_its_head(tmp_path):
    page = sheet(tmp_path)
    assert str(page.page_setup.paperSize) == page.PAPERSIZE_A4
    assert page.sheet_properties.pageSetUpPr.fitToPage
    # One page across is what stands where nothing is said; 0 down is as many as it takes.
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, 0)
    assert page.print_title_rows == "$3:$3"
    assert page.freeze_panes == "B4"


def test_a_number_longer_than_a_spreadsheet_keeps_is_text_not_rounded():
    long, short = Decimal("1234567890123456.78"), Decimal("1234567890123.45")
    of = sheet_of(Shown("t", ["a"], [[long], [short]]))
    assert [row[0] for row in of.rows] == ["1,234,567,890,123,456.78", short]


def test_parquet_keeps_exact_decimals_whole_numbers_and_text_with_what_is_known_of_the_table(
    tmp_path,
):
    path = tmp_path / "a.parquet"
    write_parquet(path, TABLE)
    back = pq.read_table(path)
    assert back.schema.types == [pa.string(), pa.decimal128(38, 2), pa.int64(), pa.string()]
    assert [tuple(row.values()) for row in back.to_pylist()] == list(ROWS)
    known = {key.decode(): value.decode() for key, value in back.schema.metadata.items()}
    assert {key: known[key] for key in ("title", "under", "notes", "facts")} == {
        "title": "余额 2025-06",
        "under": "2025-06 · 初步",
        "notes": "来源：测试",
        "facts": "f00d",
    }


def test_heads_that_are_empty_or_alike_are_told_apart(tmp_path):
    path = tmp_path / "a.parquet"
    write_parquet(path, Shown("t", ["", "值", "值"], [["x", 1, 2]]))
    assert pq.read_table(path).column_names == ["1", "值", "值 3"]


def test_csv_disarms_what_a_spreadsheet_would_run():
    file = io.StringIO()
    write_csv(file, TABLE)
    assert file.getvalue().splitlines()[1:] == [
        "郑州市,1234567.80,3,明细",
        "'=1+1,-0.05,,'-",
        "济源市,,12,明细",
    ]


def test_json_writes_exact_numbers_as_text():
    file = io.StringIO()
    write_json(file, TABLE)
    first = json.loads(file.getvalue().splitlines()[0])
    assert first == {"城市": "郑州市", "数值 (元)": "1234567.80", "户数": 3, "依据": "明细"}
