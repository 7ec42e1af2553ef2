"""A sheet becomes the same Parquet as a ``.dat``, under the same format rules."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq

from dripline.engines.data import schema
from dripline.intake.findings import Origin, Spool, read_spool
from dripline.intake.sheet_staging import StagedSheet, stage_sheet
from dripline.intake.sheets import SheetFile
from dripline.law import Law
from dripline.standards.lists import EDITION
from dripline.standards.registers import LOAN_TOTALS
from dripline.tables import Table
from tests.unit.test_sheets import TOTALS_HEADER

DAY = date(2025, 6, 30)
ONE, TWO = "91410100MA00000011", "91410100MA00000022"


def staged(
    tmp_path: Path, table: type[Table], lines: list[str]
) -> tuple[tuple[StagedSheet, ...], list[tuple[str, int | None, int | None]]]:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    origin = Origin(path.name, table.code, "2025-06", "BRANCH")
    with Spool(tmp_path / "findings.parquet") as spool:
        file = SheetFile(path, table, origin, DAY)
        parts = stage_sheet(file, tmp_path / "rows.parquet", spool, law=Law.load())
    found = [(f.code, f.row, f.number) for f in read_spool(tmp_path / "findings.parquet")]
    return parts, found


HEADER = "名单类型,名单版本,启用日期,名单范围,依据文件,文件日期,公布企业数"


def test_typed_rows_have_the_schema_of_accepted_rows(tmp_path: Path) -> None:
    row = 'gaoxin,2025-1,2025.6.1,national,公告,20250601,"1,200"'
    (part,), found = staged(tmp_path, EDITION, [HEADER, row])
    rows = pq.read_table(part.path)
    assert (part.reporter, part.rows, found) == ("BRANCH", 1, [])
    assert rows.cast(schema(EDITION)).to_pylist() == [
        {
            "_reporter": "BRANCH",
            "_row": 2,
            "_inside": True,
            "kind": "gaoxin",
            "edition": "2025-1",
            "adopted_from": date(2025, 6, 1),
            "scope": "national",
            "document": "公告",
            "document_day": date(2025, 6, 1),
            "announced_count": 1200,
        }
    ]


def test_a_value_that_is_not_understood_is_found_by_the_format_rules(tmp_path: Path) -> None:
    rows = [
        "lao,2025-1,六月,national,公告,2025.6.1,一千",
        "gaoxin,,2025.6.1,national,公告,2025.6.1,1",
    ]
    _, found = staged(tmp_path, EDITION, [HEADER, *rows])
    assert {(row, number) for _, row, number in found} == {(2, 1), (2, 3), (2, 7), (3, 2)}


def test_a_spoilt_code_is_told_once(tmp_path: Path) -> None:
    lines = [",".join(TOTALS_HEADER), "9.1E+17,410100,人民币,1,1,0,0,0"]
    parts, found = staged(tmp_path, LOAN_TOTALS, lines)
    assert (parts, found) == ((), [("SHEET-11", 2, 1)])


def test_the_totals_of_all_reporters_are_parted_by_reporter(tmp_path: Path) -> None:
    lines = [
        "单位：亿元",
        ",".join(TOTALS_HEADER),
        f"{ONE},410100,人民币,1.5,1,0,0,0",
        f"{TWO},410100,人民币,2,1,0,0,0",
        f"{ONE},410300,人民币,3,1,0,0,0",
    ]
    parts, _ = staged(tmp_path, LOAN_TOTALS, lines)
    assert [(p.reporter, p.rows) for p in parts] == [(ONE, 2), (TWO, 1)]
    rows = pq.read_table(parts[0].path).to_pylist()
    assert [(r["_reporter"], r["_row"], r["all_loans"]) for r in rows] == [
        (ONE, 3, Decimal("150000000.00")),
        (ONE, 5, Decimal("300000000.00")),
    ]
