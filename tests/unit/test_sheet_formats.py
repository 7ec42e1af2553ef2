"""A number that a spreadsheet shows in percent is read as it is shown: 3.45%, not 0.0345."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from dripline.intake.sheet_formats import Places, in_percent, percent_styles, shows_percent
from dripline.intake.sheet_pages import open_pages
from dripline.intake.sheet_parts import Bounds
from dripline.intake.sheet_values import reader
from dripline.law import Law
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import HISTORY

BOUNDS = Bounds.of(Law.load().on(date(2025, 6, 30)))


def workbook(path: Path, cells: list[tuple[int, int, object, str | None]]) -> Path:
    """A workbook with these cells: row, column, value, number format."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("a")
        for row, column, value, shape in cells:
            sheet.write(
                row, column, value, book.add_format({"num_format": shape}) if shape else None
            )
    return path


def rows(path: Path) -> list[list[object]]:
    (page,) = open_pages(path, BOUNDS)
    return [cells for _, cells in page.rows()]


def test_a_number_in_percent_is_read_with_its_sign_and_another_as_it_is(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx",
        [
            (0, 0, "利率", None),
            (0, 1, "余额", None),
            (1, 0, 0.0345, "0.00%"),
            (1, 1, 100.5, "0.00"),
            (2, 0, 3.45, "0.00"),
            (2, 1, 0.0345, None),
            (3, 0, 0.0385, '0.000%"（年）"'),
            (3, 1, 0.5, '0.0"%"'),
            (5, 0, "4.35%", "0.00%"),
        ],
    )
    assert rows(path) == [
        ["利率", "余额"],
        ["3.45%", 100.5],
        [3.45, 0.0345],
        ["3.85%", 0.5],
        [None, None],
        ["4.35%", None],
    ]


def test_a_rate_is_the_percent_that_is_shown_and_an_amount_in_percent_is_left_for_the_format_rule():
    rate, value = CLDWDK.columns["interest_rate"], HISTORY.columns["value"]
    assert reader(rate)(in_percent(0.0345)) == "3.45000"
    assert reader(rate)(3.45) == "3.45000"
    assert reader(value)(in_percent(0.075)) == "7.5%"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0345, "3.45%"),
        (1, "100%"),
        (0.1 + 0.2, "30%"),
        (-0.005, "-0.5%"),
        (0.0, "0%"),
        (None, None),
    ],
)
def test_what_is_shown_has_no_noise_of_the_binary_form(value, shown):
    assert in_percent(value) == shown


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        ("9", None, True),
        ("10", None, True),
        ("2", None, False),
        ("164", "0.00%", True),
        ("164", "0.00%;[Red]-0.00%", True),
        ("164", '0.00"%"', False),
        ("164", r"0.00\%", False),
        ("164", "0.00", False),
    ],
)
def test_a_format_shows_percent_by_its_sign_and_not_by_a_word(number, code, shown):
    assert shows_percent(number, code) is shown


def test_a_cell_without_a_style_has_the_first_one(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [(0, 0, 0.25, None), (0, 1, 0.5, "0.00")])
    changed = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/styles.xml":
                part = part.replace(b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
                                    b'<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0"/>')  # fmt: skip
            new.writestr(name, part)
    assert rows(changed) == [["25%", 0.5]]


def test_styles_that_no_cell_can_bear_do_not_count():
    styles = b"""<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="2"/><xf numFmtId="10"/></cellXfs></styleSheet>"""
    assert percent_styles(styles) == {b"1", b"3"}


def test_places_are_kept_as_stretches_of_a_column():
    places = Places()
    places.add([(1, 2), (2, 2), (2, 5), (3, 2), (7, 2)])
    assert places.stretches == {2: [[1, 3], [7, 7]], 5: [[2, 2]]}
    assert [sorted(places.of_row(row)) for row in (0, 1, 2, 3, 4, 7)] == [
        [],
        [2],
        [2, 5],
        [2],
        [],
        [2],
    ]
