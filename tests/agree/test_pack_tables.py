"""The tables of a pack on a tiny province: on A4, every cell the catalogue's, the reconciliation that of plain sums."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

import openpyxl
import pyarrow.parquet as pq
import pytest

from dripline.publish.pack import checks, tables
from dripline.publish.pack.board import board
from dripline.publish.pack.bulletin import bulletin
from dripline.publish.pack.reconciliation import OVER, WITHIN, Line, lines, near, summaries
from dripline.publish.workbook import write_workbook
from tests.agree.accepted import LAST, figures

MADE = datetime(2025, 7, 14, 2, 0, tzinfo=UTC)


@cache
def of():
    return board(figures(), LAST)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    path = tmp_path_factory.mktemp("pack") / "tables.xlsx"
    bound = bulletin(of(), made_on=date(2025, 7, 14), language="zh", label=None).bound
    write_workbook(path, tables.sheets(of(), bound, "zh"), made=MADE, mark="内部", language="zh")
    return openpyxl.load_workbook(path)


def test_every_sheet_prints_on_a4_across_one_page_with_its_head_and_page_numbers(book):
    for sheet in book.worksheets:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.fitToWidth or 1, setup.fitToHeight) == (9, 1, 0), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert sheet.print_title_rows == "$3:$3", sheet.title
        assert "&P" in sheet.oddFooter.center.text, sheet.title
        assert sheet.oddHeader.right.text.strip() == "内部", sheet.title
    assert book.sheetnames == ["分机构", "分城市", "分名单", "口径说明", "数字来源"]


def test_the_table_by_city_has_the_balance_and_the_share_with_a_loan_of_each_city(book):
    rows = list(book["分城市"].values)
    heads = [str(head).split("\n")[0] for head in rows[2]]
    balance, share = heads.index("贷款余额"), heads.index("获贷率")
    shown = {row[0]: (row[balance], row[share]) for row in rows[3:] if row[balance] is not None}
    labels, city = of().labels, of().breakdowns["borrower_city"]
    found = {}
    for keys, figure in of().divided("TE-BAL", "borrower_city").items():
        reached = of().figure("TE-COVERAGE", "borrower_city", keys)
        value = reached.value()
        wan = Decimal(figure.numerator) / (figure.denominator * 10_000)
        found[labels.of(city, keys[0]).zh] = (round(wan), "—" if value is None else float(value))
    assert {name: shown[name] for name in found} == found
    assert next(iter(shown)) == "合计"


def test_memo_lines_of_zones_stand_below_the_cities_and_outside_the_sum(book):
    names = [
        row[0]
        for row in book["分城市"].iter_rows(min_row=4, values_only=True)
        if row[1] is not None
    ]
    memo = [name for name in names if name.startswith("另列：")]
    assert names[-len(memo) :] == memo != []


def test_numbers_are_numbers_and_a_figure_without_value_is_a_sign(book):
    for name in ("分机构", "分城市", "分名单"):
        cells = [
            c
            for row in book[name].iter_rows(min_row=4, min_col=2)
            for c in row
            if c.value is not None
        ]
        texts = {c.value for c in cells if not isinstance(c.value, int | float)}
        assert texts <= {"—", "…"}, name


def test_each_number_of_the_bulletin_has_its_row_with_code_value_definition_and_way_to_its_rows(
    book,
):
    rows = list(book["数字来源"].iter_rows(min_row=4, values_only=True))
    first = of().figure("TE-BAL")
    assert rows[0] == (
        1,
        first.indicator.label.zh,
        "TE-BAL",
        "total",
        float(first.value()),
        "元",
        first.unknown,
        first.meaning,
        f"dripline trace TE-BAL --period {LAST}",
    )
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1))


def test_definitions_stand_once_for_each_figure_shown(book):
    codes = [row[0] for row in book["口径说明"].iter_rows(min_row=4, values_only=True) if row[5]]
    assert len(codes) == len(set(codes)) > 40
    assert {"TE-BAL", "TE-MARKET", "GR-YOY", "FL-REGISTRY"} - set(codes) == set()


def test_the_reconciliation_is_the_plain_sum_of_each_reporters_rows_beside_its_own_line():
    rows, line = defaultdict(Decimal), defaultdict(Decimal)
    data = figures().snapshot.data(figures().scope)
    for file in data.rows("CLDWDK", LAST).files:
        for row in pq.read_table(file, partitioning=None).to_pylist():
            rows[row["_reporter"]] += row["balance_cny"]
    for file in data.rows("LOAN_TOTALS", LAST).files:
        for row in pq.read_table(file, partitioning=None).to_pylist():
            if row["currency_scope"] == "all":
                line[row["reporter"]] += row["unit_loans"] - row["bill_finance"]
    found = lines(of())
    whole = {each.reporter: each for each in found if each.city is None}
    assert {code: (each.rows, each.line) for code, each in whole.items()} == {
        code: (rows[code], line[code]) for code in rows
    }
    for code, each in whole.items():
        assert each.difference == rows[code] - line[code]
        cities = [one for one in found if one.reporter == code and one.city is not None]
        assert sum(one.rows or 0 for one in cities) == rows[code]
        assert {one.verdict for one in cities} == {WITHIN}
        assert each.verdict == WITHIN


def test_a_difference_is_over_beyond_the_tolerance_and_within_at_it():
    def line(rows: str, other: str | None) -> Line:
        return Line("A", "410100", Decimal(rows), None if other is None else Decimal(other), WITHIN)

    assert near(line("1001.00", "1000.00"), Decimal(1)) == WITHIN
    assert near(line("1001.01", "1000.00"), Decimal(1)) == OVER
    assert near(line("0.01", None), Decimal(1)) == OVER
    assert line("1001.00", "1000.00").permille == Decimal("1.00")


def test_summary_rows_of_technology_loans_stand_beside_what_their_rows_come_to():
    found = list(summaries(of()))
    assert {one.row for one in found} == {"T08", "T09", "T10", "T11", "T12"}
    agreed = [one for one in found if one.verdict.zh == "一致"]
    assert agreed != []
    assert [one for one in agreed if one.reported != one.computed] == []


def test_the_workbook_of_checks_names_every_reporter_and_its_state(tmp_path):
    path = tmp_path / "checks.xlsx"
    write_workbook(path, checks.sheets(of(), "zh"), made=MADE, mark="内部", language="zh")
    again = tmp_path / "again.xlsx"
    write_workbook(again, checks.sheets(of(), "zh"), made=MADE, mark="内部", language="zh")
    assert path.read_bytes() == again.read_bytes()
    read = openpyxl.load_workbook(path)
    assert read.sheetnames == ["报送情况", "总量核对", "总量核对分城市", "科技贷款核对"]
    states = [
        (row[0], row[2])
        for row in read["报送情况"].iter_rows(min_row=4, values_only=True)
        if row[2]
    ]
    assert states == [(code, "已报") for code in sorted(of().coverage.received)]
