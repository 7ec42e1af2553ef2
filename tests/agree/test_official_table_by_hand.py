"""The official table once more, by a short program that knows nothing of the engine: it reads the lines and the lists."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from dripline.indicators.compile import finished
from tests.agree.accepted import figures, province

MONTHS = ("2025-03", "2025-04", "2025-05", "2025-06")
KINDS = ("高新技术企业", "科技型中小企业", "专精特新", "小巨人", "技术创新示范", "单项冠军")
CODES = ("gaoxin", "keji_sme", "zhuanjing", "xiaojuren", "shifan", "danxiang")
FLAGS = (11, 13, 15, 17)


def lines(table: str, month: str) -> list[tuple[str, list[str]]]:
    """Reporter and fields of every line of a table, from all packages of a month."""
    day = month.replace("-", "")
    found = []
    for path in sorted(province().rglob(f"*_{table}_{day}*.zip")):
        with zipfile.ZipFile(path) as archive:
            text = archive.read(path.name.replace(".zip", ".dat")).decode("utf-8")
        found += [(path.name[:18], line.split("|")) for line in text.splitlines() if line]
    return found


def sheet(path: Path) -> list[dict[str, str]]:
    """Rows of a register by Chinese header; the header is the row that has them all."""
    if path.suffix == ".csv":
        return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    rows = [
        [str(c or "") for c in row] for row in openpyxl.load_workbook(path).worksheets[0].values
    ]
    marks = ("名单类型", "统一社会信用代码")
    head = next(number for number, row in enumerate(rows) if any(mark in row for mark in marks))
    body = [dict(zip(rows[head], row, strict=False)) for row in rows[head + 1 :] if row[0]]
    return [row for row in body if row.get("名单类型", CODES[0]) in CODES]


@cache
def last_register(table: str, month: str) -> list[dict[str, str]]:
    """The register as in force at the end of a month: the last file up to then."""
    files = sorted(province().glob(f"registers/authority_{table}_*"))
    return sheet([f for f in files if f.stem[-8:-2] <= month.replace("-", "")][-1])


def lists(month: str) -> dict[str, set[str]]:
    """Credit codes by kind, by the edition adopted last, without what was cancelled by the month's end."""
    year, number = int(month[:4]), int(month[5:])
    end = str(date(year + number // 12, number % 12 + 1, 1))
    adopted: dict[str, tuple[str, str]] = {}
    for row in last_register("EDITION", month):
        since = row["启用日期"]
        if since < end:
            adopted[row["名单类型"]] = max(
                adopted.get(row["名单类型"], ("", "")), (since, row["名单版本"])
            )
    found: dict[str, set[str]] = {kind: set() for kind in adopted}
    for row in last_register("QUALIFICATION", month):
        kind, code = row["名单类型"], full_code(row, month)
        cancelled = row["撤销生效日期"] or row["撤销公告日期"]
        if (
            code
            and adopted.get(kind, ("", ""))[1] == row["名单版本"]
            and not (cancelled and cancelled < end)
        ):
            found[kind].add(code)
    return found


def full_code(row: dict[str, str], month: str) -> str:
    """The printed code; else the one firm whose name, today's or a former one, is printed or whose code holds the nine."""
    code, name = row["统一社会信用代码"], row["企业名称"]
    if len(code) == 18:
        return code
    firms = last_register("ENTERPRISE", month)
    fits = {f["统一社会信用代码"] for f in firms if code and f["统一社会信用代码"][8:17] == code}
    if not code:
        fits = {f["统一社会信用代码"] for f in firms if f["企业名称"] == name}
        fits = fits or {
            f["统一社会信用代码"]
            for f in firms
            if name in re.split("[,，;；、]", f["曾用名"] or "")
        }
    return fits.pop() if len(fits) == 1 else code


def table(month: str) -> list[list[Decimal | int | None]]:
    """Thirteen rows by five measures."""
    on = lists(month)

    def firm(fields: list[str], kinds: tuple[str, ...]) -> bool:
        kind, code = fields[3], fields[4]
        listed = set().union(*(on.get(k, set()) for k in kinds))
        return (kind == "A01" and code in listed) or (
            kind == "A02" and code in {c[8:17] for c in listed}
        )

    stock = [(r, f) for r, f in lines("CLDWDK", month) if f[2].startswith("41")]
    flow = [(r, f) for r, f in lines("DWDKFS", month) if f[2].startswith("41") and f[31] == "1"]
    marks: dict[tuple[str, str], set[int]] = defaultdict(set)
    for reporter, fields in lines("HDACLKJDK", month):
        if fields[0] == "T13":
            marks[reporter, fields[7]] |= {flag for flag in FLAGS if fields[flag] == "1"}
    granted: dict[tuple[str, str], set[int]] = defaultdict(set)
    for reporter, fields in lines("HDAKJDKFS", month):
        if fields[0] == "T13":
            granted[reporter, fields[19]] |= {flag for flag in FLAGS if fields[flag] == "1"}

    def belongs(number: int, reporter: str, fields: list[str], note: str, of) -> bool:
        trade = of.get((reporter, note), set())
        by_kind = {n: (code,) for n, code in enumerate(CODES, 2)}
        if number == 1:
            return firm(fields, CODES)
        if number in by_kind:
            return firm(fields, by_kind[number])
        if number == 8:
            return bool(trade)
        if number < 13:
            return FLAGS[number - 9] in trade
        return firm(fields, CODES) or bool(trade)

    found = []
    for number in range(1, 14):
        mine = [f for r, f in stock if belongs(number, r, f, f[10], marks)]
        paid = [f for r, f in flow if belongs(number, r, f, f[32], granted)]
        found.append(
            [
                *amount_and_rate([(f[19], f[21]) for f in mine]),
                *amount_and_rate([(f[19], f[21]) for f in paid]),
                len({firm_of(f) for f in mine}),
            ]
        )
    return found


def firm_of(fields: list[str]) -> str:
    """One firm has one organisation code: nine characters of its credit code."""
    return fields[4][8:17] if fields[3] == "A01" else fields[4]


def amount_and_rate(pairs: list[tuple[str, str]]) -> tuple[Decimal, Decimal | None]:
    """The sum, and the rate weighted by it to five decimals."""
    total = sum((Decimal(a) for a, _ in pairs), Decimal(0))
    if not total:
        return total, None
    weighted = sum(Decimal(a) * Decimal(r) for a, r in pairs)
    return total, (weighted / total).quantize(Decimal("0.00001"), ROUND_HALF_UP)


@pytest.mark.parametrize("month", MONTHS)
def test_query_gives_every_cell_of_the_table_computed_by_hand(month):
    shown = figures()
    period = type(shown.snapshot.periods()[0]).parse(month)
    by_hand = table(month)
    assert any(row[0] for row in by_hand), "the province has technology loans"
    for number, wanted in enumerate(by_hand, 1):
        for column, value in zip(
            ("BAL", "BALRATE", "NEW", "NEWRATE", "FIRMS"), wanted, strict=True
        ):
            code = f"TL-{number:02d}-{column}"
            (cell,) = shown.query(code, period)
            got = finished(cell, shown.catalogue.indicator(code))
            assert got == value, f"{code} {month}: {got} instead of {value}"
