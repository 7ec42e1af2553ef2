"""The official table once more, by a short program that knows nothing of the engine: it reads the lines and the lists."""

from __future__ import annotations

import csv
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass
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


@dataclass
class Month:
    """The lines of a month in Henan, the lists, and which rows the banks mark; loans and bills in one shape."""

    on: dict[str, set[str]]
    marked: dict[tuple[str, str, str], set[int]]

    @classmethod
    def read(cls, month: str) -> Month:
        """From the lines: a mark belongs to a reporter's loan note or bill, in the flow to its transaction."""
        marked: dict[tuple[str, str, str], set[int]] = defaultdict(set)
        for name, serial in (("HDACLKJDK", ()), ("HDAKJDKFS", (19,))):
            for reporter, fields in lines(name, month):
                if fields[0] == "T13":
                    number = fields[7] if fields[7] != "0" else fields[8]
                    place = reporter, number, *(fields[one] for one in serial)
                    marked[place] |= {flag for flag in FLAGS if fields[flag] == "1"}
        return cls(lists(month), marked)

    def listed(self, who: tuple[str, str], kinds: tuple[str, ...]) -> bool:
        """On one of the lists, by credit code or by the organisation code inside it."""
        codes = set().union(*(self.on.get(kind, set()) for kind in kinds))
        kind, code = who
        return (kind == "A01" and code in codes) or (
            kind == "A02" and code in {one[8:17] for one in codes}
        )

    def belongs(self, number: int, who: tuple[str, str], place: tuple[str, ...]) -> bool:
        """Whether a loan or bill stands in a row of the table."""
        trade = self.marked.get(place, set())
        if number == 1:
            return self.listed(who, CODES)
        if number < 8:
            return self.listed(who, (CODES[number - 2],))
        if number == 8:
            return bool(trade)
        if number < 13:
            return FLAGS[number - 9] in trade
        return self.listed(who, CODES) or bool(trade)


Held = tuple[tuple[str, str], tuple[str, ...], str, str]
"""Whose it is, where the bank marks it, amount, rate."""


def loans(month: str) -> tuple[list[Held], list[Held]]:
    """Notes outstanding, and payments."""
    stock = [
        ((f[3], f[4]), (r, f[10]), f[19], f[21])
        for r, f in lines("CLDWDK", month)
        if f[2].startswith("41")
    ]
    flow = [
        ((f[3], f[4]), (r, f[10], f[32]), f[19], f[21])
        for r, f in lines("DWDKFS", month)
        if f[2].startswith("41") and f[31] == "1"
    ]
    return stock, flow


def bills(month: str) -> tuple[list[Held], list[Held]]:
    """Direct discounts held, and those of the month."""
    stock = [
        ((f[7], f[8]), (r, f[6]), f[28], f[29])
        for r, f in lines("CLPJRZ", month)
        if f[2].startswith("41") and f[3] == "01"
    ]
    flow = [
        ((f[7], f[8]), (r, f[6], f[31]), f[28], f[29])
        for r, f in lines("PJRZFS", month)
        if f[2].startswith("41") and f[30] == "A01"
    ]
    return stock, flow


def table(month: str, *, with_bills: bool) -> list[list[Decimal | int | None]]:
    """Thirteen rows by five measures."""
    of = Month.read(month)
    stock, flow = loans(month)
    if with_bills:
        more, new = bills(month)
        stock, flow = stock + more, flow + new
    found = []
    for number in range(1, 14):
        mine = [row for row in stock if of.belongs(number, row[0], row[1])]
        paid = [row for row in flow if of.belongs(number, row[0], row[1])]
        found.append(
            [
                *amount_and_rate([row[2:] for row in mine]),
                *amount_and_rate([row[2:] for row in paid]),
                len({firm_of(row[0]) for row in mine}),
            ]
        )
    return found


def firm_of(who: tuple[str, str]) -> str:
    """One firm has one organisation code: nine characters of its credit code."""
    kind, code = who
    return code[8:17] if kind == "A01" else code


def amount_and_rate(pairs: list[tuple[str, str]]) -> tuple[Decimal, Decimal | None]:
    """The sum, and the rate weighted by it to five decimals."""
    total = sum((Decimal(a) for a, _ in pairs), Decimal(0))
    if not total:
        return total, None
    weighted = sum(Decimal(a) * Decimal(r) for a, r in pairs)
    return total, (weighted / total).quantize(Decimal("0.00001"), ROUND_HALF_UP)


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("edition", ["TL", "TD"])
def test_query_gives_every_cell_of_the_table_computed_by_hand(edition, month):
    shown = figures()
    period = type(shown.snapshot.periods()[0]).parse(month)
    by_hand = table(month, with_bills=edition == "TD")
    assert any(row[0] for row in by_hand), "the province has technology loans"
    for number, wanted in enumerate(by_hand, 1):
        for column, value in zip(
            ("BAL", "BALRATE", "NEW", "NEWRATE", "FIRMS"), wanted, strict=True
        ):
            code = f"{edition}-{number:02d}-{column}"
            (cell,) = shown.query(code, period)
            got = finished(cell, shown.catalogue.indicator(code))
            assert got == value, f"{code} {month}: {got} instead of {value}"


@pytest.mark.parametrize("month", MONTHS)
def test_bills_add_to_the_table_and_some_discounters_borrow_as_well(month):
    without, with_bills = (table(month, with_bills=edition) for edition in (False, True))
    assert with_bills[7][0] > without[7][0]
    of = Month.read(month)
    borrow = {firm_of(row[0]) for row in loans(month)[0] if of.belongs(8, row[0], row[1])}
    discount = {firm_of(row[0]) for row in bills(month)[0] if of.belongs(8, row[0], row[1])}
    assert borrow & discount
    assert with_bills[7][4] == len(borrow | discount) < len(borrow) + len(discount)


def bank_rows(month: str, table_: str) -> dict[str, list[list[str]]]:
    """The five summary rows each bank reports itself."""
    found: dict[str, list[list[str]]] = defaultdict(list)
    for reporter, fields in lines(table_, month):
        if fields[0] != "T13":
            found[reporter].append(fields[:4])
    return found


@pytest.mark.parametrize("month", MONTHS)
def test_the_rows_of_industries_of_an_institution_in_henan_equal_its_own_summary(month):
    """An extract lies wholly in Henan, so rows 9 to 12 of the table and its T08 to T11 are one and the same."""
    shown = figures()
    period = type(shown.snapshot.periods()[0]).parse(month)
    outside = {r for r, f in lines("CLDWDK", month) if not f[2].startswith("41")}
    outside |= {r for r, f in lines("CLPJRZ", month) if not f[2].startswith("41")}
    own = {r: rows for r, rows in bank_rows(month, "HDACLKJDK").items() if r not in outside}
    assert own, "some reporter has no business outside Henan"
    for place, number in enumerate((9, 10, 11, 12, 8)):
        for column, at in (("BAL", 1), ("BALRATE", 2), ("FIRMS", 3)):
            code = f"TD-{number:02d}-{column}"
            cells = {cell.keys[0]: cell for cell in shown.query(code, period, ("institution",))}
            for reporter, rows in own.items():
                cell = cells.get(reporter)
                got = cell and finished(cell, shown.catalogue.indicator(code))
                assert (got or 0) == Decimal(rows[place][at]), (code, reporter)
