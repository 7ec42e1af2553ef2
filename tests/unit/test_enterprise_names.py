"""Lists by name: exact, former names included; none or two is a finding and a file to fill in (FN 4)."""

from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from dripline.engines.data import schema
from dripline.errors import CannotRead
from dripline.identifiers import organisation_is_valid, uscc_is_valid
from dripline.intake.enterprise_names import (
    Known,
    list_findings,
    match_list,
    normal_name,
    read_sent_back,
    write_unmatched,
)
from dripline.intake.findings import Origin
from dripline.intake.sheet_parts import Bounds
from dripline.law import Law
from dripline.standards.customers import FTYKHX
from dripline.standards.lists import QUALIFICATION
from dripline.standards.registers import ENTERPRISE
from dripline.tables import Table

ORIGIN = Origin("名单.xls", "QUALIFICATION")
BOUNDS = Bounds.of(Law.load().on(date(2025, 6, 30)))


def credit_code(body: str) -> str:
    """A made-up credit code with right check characters: organisation code first, then the whole."""
    inner = next(body + c for c in "0123456789X" if organisation_is_valid(body + c))
    start = "91410100" + inner
    return next(start + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if uscc_is_valid(start + c))


ONE, TWO, THREE = credit_code("MA000001"), credit_code("MA000002"), credit_code("MA000003")


def rows(table: type[Table], *given: dict[str, object]) -> pa.Table:
    names = schema(table).names
    made = [{name: row.get(name) for name in names} | {"_row": n} for n, row in enumerate(given, 2)]
    return pa.Table.from_pylist(made, schema(table))


def listed(name: str, code: str | None = None) -> dict[str, object]:
    return {"kind": "gaoxin", "edition": "2025-1", "name": name, "credit_code": code}


KNOWN = Known.of(
    rows(
        ENTERPRISE,
        {
            "credit_code": ONE,
            "name": "河南一号科技有限公司",
            "former_names": "郑州一号厂,一号（河南）公司",
        },
        {"credit_code": TWO, "name": "重名公司"},
        {"credit_code": THREE, "name": "重名公司", "former_names": "旧三号公司"},
    ),
    rows(
        FTYKHX,
        {"customer_name": "只在客户表公司", "customer_id_type": "A01", "customer_id_no": TWO},
        {
            "customer_name": "代码错误公司",
            "customer_id_type": "A01",
            "customer_id_no": TWO[:17] + "?",
        },
    ),
)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("河南（郑州）科技有限公司", "河南(郑州) 科技有限公司"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("河南·一号公司", "河南一号公司"),
    ],
)
def test_two_ways_of_writing_a_name_are_one(name: str, other: str) -> None:
    assert normal_name(name) == normal_name(other)


@pytest.mark.parametrize(
    "other", ["河南一号科技公司", "河南一号科技有限责任公司", "一号科技有限公司"]
)
def test_a_name_that_is_only_near_is_another(other: str) -> None:
    assert normal_name("河南一号科技有限公司") != normal_name(other)


def test_codes_are_found_by_name_former_name_customer_and_organisation_code() -> None:
    matched = match_list(
        rows(
            QUALIFICATION,
            listed("河南一号科技有限公司"),
            listed("一号(河南)公司"),
            listed("只在客户表公司"),
            listed("名称不同", THREE[8:17]),
            listed("已印代码", ONE),
        ),
        KNOWN,
    )
    assert matched.rows["credit_code"].to_pylist() == [ONE, ONE, TWO, THREE, ONE]
    assert matched.how == ("name", "former_name", "customer", "organisation_code", "printed")
    assert matched.counts == {
        "printed": 1,
        "name": 1,
        "former_name": 1,
        "customer": 1,
        "organisation_code": 1,
    }


def test_none_and_two_matches_are_findings() -> None:
    given = rows(
        QUALIFICATION,
        listed("没有的公司"),
        listed("重名公司"),
        listed("甲", "123456789"),
        listed("代码错误公司"),
    )
    matched = match_list(given, KNOWN)
    assert matched.rows.equals(given)
    assert [(f.code, f.row) for f in list_findings(matched, ORIGIN)] == [
        ("LIST-01", 2),
        ("LIST-02", 3),
        ("LIST-03", 4),
        ("LIST-01", 5),
    ]
    assert matched.unmatched[1].candidates == tuple(sorted((TWO, THREE)))


def test_a_name_that_is_today_s_of_one_and_former_of_another_is_not_decided() -> None:
    known = Known.of(
        rows(
            ENTERPRISE,
            {"credit_code": ONE, "name": "甲公司"},
            {"credit_code": TWO, "name": "乙公司", "former_names": "甲公司"},
        )
    )
    matched = match_list(rows(QUALIFICATION, listed("甲公司")), known)
    assert matched.unmatched[0].candidates == tuple(sorted((ONE, TWO)))


def test_the_file_of_the_unmatched_comes_back_with_the_codes(tmp_path: Path) -> None:
    given = rows(QUALIFICATION, listed("没有的公司"), listed("重名公司"), listed("又一家"))
    path = tmp_path / "未匹配.xlsx"
    write_unmatched(match_list(given, KNOWN).unmatched, path)
    book = openpyxl.load_workbook(path)
    for row, code in ((2, ONE), (3, THREE)):
        book.active.cell(row, 6, code)
    book.save(path)
    answers, findings = read_sent_back(path, BOUNDS)
    matched = match_list(given, KNOWN, answers)
    assert (matched.rows["credit_code"].to_pylist(), findings) == ([ONE, THREE, None], [])
    assert matched.how == ("sent_back", "sent_back", None)


def test_a_wrong_code_sent_back_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "未匹配.csv"
    head = "名单类型,名单版本,企业名称,名单所印代码,候选代码,统一社会信用代码"
    wrong = ONE[:17] + ("0" if ONE[17] != "0" else "1")
    path.write_text(f"{head}\ngaoxin,2025-1,没有的公司,,,{wrong}\n", "utf-8")
    answers, findings = read_sent_back(path, BOUNDS)
    assert (answers, [(f.code, f.row) for f in findings]) == ({}, [("LIST-04", 2)])


def test_another_file_sent_back_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("甲,乙\n1,2\n", "utf-8")
    with pytest.raises(CannotRead, match="were not found"):
        read_sent_back(path, BOUNDS)
