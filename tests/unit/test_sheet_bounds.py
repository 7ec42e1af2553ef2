"""Hostile and outsized sheets are refused before they are unpacked into memory; old XLS is read."""

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dripline.intake.sheet_pages import open_pages
from dripline.intake.sheet_parts import Bounds, NotASheet, OverBound
from dripline.law import Law
from dripline.standards.lists import QUALIFICATION
from tests.unit.test_sheets import read, said, write_xlsx

BOUNDS = Bounds.of(Law.load().on(date(2025, 6, 30)))
XLS = Path(__file__).parents[1] / "data" / "sheets" / "list_merged.xls"


def swapped(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with bytes of one part exchanged."""
    target = path.with_name("swapped.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as to:
        for name in source.namelist():
            content = source.read(name)
            to.writestr(name, content.replace(old, new) if name == part else content)
    return target


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    return write_xlsx(tmp_path / "a.xlsx", [["名称", "甲"], ["乙", "丙"]])


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize("cell", [b"XFD1048576", b"SS3", b"A1048577", b"SR1048576"])
def test_a_far_away_cell_does_not_fill_the_memory(plain: Path, cell: bytes) -> None:
    row = cell.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = b'<row r="%s"><c r="%s"><v>1</v></c></row></sheetData>' % (row, cell)
    with pytest.raises(OverBound):
        open_pages(swapped(plain, SHEET, b"</sheetData>", far), BOUNDS)


def test_the_same_cell_near_by_is_read(plain: Path) -> None:
    near = b'<row r="9"><c r="C9"><v>1</v></c></row></sheetData>'
    (page,) = open_pages(swapped(plain, SHEET, b"</sheetData>", near), BOUNDS)
    assert list(page.rows())[-1] == (9, [None, None, 1.0])


def test_a_part_that_unpacks_to_more_than_it_claims_is_refused(plain: Path) -> None:
    big = swapped(plain, SHEET, b"</sheetData>", b"</sheetData>" + b" " * 3_000_000)
    content = bytearray(big.read_bytes())
    # The central directory claims 10 bytes for every part.
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 24 : place + 28] = (10).to_bytes(4, "little")
        place = content.find(b"PK\x01\x02", place + 4)
    big.write_bytes(content)
    with pytest.raises(OverBound):
        open_pages(big, replace(BOUNDS, sheet_bytes=1_000_000))


@pytest.mark.parametrize("bound", ["sheet_bytes", "rows", "columns", "parts"])
def test_each_bound_of_the_lawbook_holds(plain: Path, bound: str) -> None:
    with pytest.raises(OverBound):
        open_pages(plain, replace(BOUNDS, **{bound: 1}))


def test_a_workbook_that_declares_entities_is_refused(plain: Path) -> None:
    bad = swapped(plain, "xl/workbook.xml", b"<workbook ", b"<!DOCTYPE a><workbook ")
    with pytest.raises(NotASheet, match="DOCTYPE"):
        open_pages(bad, BOUNDS)


def test_a_csv_over_its_bound_and_one_with_too_many_columns_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n" * 3, "utf-8")
    with pytest.raises(OverBound):
        open_pages(path, replace(BOUNDS, text_bytes=5))
    with pytest.raises(OverBound):
        list(open_pages(path, replace(BOUNDS, columns=2))[0].rows())


def test_an_old_xls_with_merged_cells_and_a_hidden_sheet_is_read() -> None:
    found, findings = read(XLS, QUALIFICATION)
    assert [(r["kind"], r["edition"], r["name"], r["document_day"]) for r in found] == [
        ("gaoxin", "2025-1", "虚构一号科技有限公司", "2025-06-30"),
        ("gaoxin", "2025-1", "虚构二号科技有限公司", "2025-06-30"),
    ]
    assert said(findings) == [
        ("SHEET-09", None, None),
        ("SHEET-18", 3, 1),
        ("SHEET-18", 3, 2),
        ("SHEET-07", 5, None),
        ("SHEET-11", 4, 5),
    ]
