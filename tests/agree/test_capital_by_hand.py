"""Figures of bonds, equity, guarantees and deposit rates equal a plain reading of the province's own sheets and packages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest

from dripline.indicators import CATALOGUE
from dripline.indicators.compile import finished
from dripline.periods import Period
from dripline.tables import table as table_called
from tests.agree.accepted import FIRST, LAST, figures, province
from tests.agree.test_official_table_by_hand import CODES, lists

MONTHS = (FIRST, LAST)
Row = dict[str, str]


def sheet(table: str, month: Period) -> list[Row]:
    """The rows of a form of the month as they stand in its file, below three lines of head."""
    path = province() / "registers" / f"authority_{table}_{month.last_day:%Y%m%d}.xlsx"
    lines = list(openpyxl.load_workbook(path).worksheets[0].values)[3:]
    names = table_called(table).columns
    return [dict(zip(names, (str(cell or "") for cell in line), strict=True)) for line in lines]


def packages(table: str, month: Period) -> list[Row]:
    """The rows of all reporters' packages of the month."""
    names, found = table_called(table).columns, []
    for path in sorted(province().rglob(f"*_{table}_{month.last_day:%Y%m%d}.zip")):
        with ZipFile(path) as archive:
            text = archive.read(f"{path.stem}.dat").decode()
        found += [dict(zip(names, line.split("|"), strict=True)) for line in text.splitlines()]
    return found


def within(day: str, month: Period) -> bool:
    return month.first_day <= date.fromisoformat(day) <= month.last_day


def still_open(row: Row, month: Period) -> bool:
    released = row["released_on"]
    return not released or date.fromisoformat(released) > month.last_day


def yuan(rows: list[Row], column: str) -> Decimal:
    return sum((Decimal(row[column]) for row in rows), Decimal())


def bonds(month: Period) -> list[Row]:
    return [row for row in sheet("BOND_ISSUE", month) if within(row["issued_on"], month)]


def events(month: Period) -> list[Row]:
    rows = sheet("EQUITY_FINANCING", month)
    return [row for row in rows if within(row["completed_on"], month)]


def guarantees(month: Period) -> list[Row]:
    return [row for row in sheet("FIRM_GUARANTEE", month) if still_open(row, month)]


BY_HAND: dict[str, tuple[Callable[[Period], list[Row]], str, str]] = {
    "CM-BONDS": (bonds, "credit_code", "amount_cny"),
    "CM-BONDS-HELD": (lambda month: sheet("BOND_HOLDING", month), "credit_code", "balance_cny"),
    "CM-EQUITY": (events, "credit_code", "amount_cny"),
    "CM-EQUITY-HELD": (
        lambda month: packages("CLGQTZ", month),
        "investee_id_no",
        "balance_cny",
    ),
    "CM-GUARANTEED": (guarantees, "credit_code", "outstanding_cny"),
}


def by(code: str, month: Period, way: str) -> dict[str | None, Decimal | None]:
    cells = figures().query(code, month, (way,))
    return {cell.keys[0]: finished(cell, CATALOGUE[code]) for cell in cells}


@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("code", BY_HAND)
def test_each_list_is_what_its_firms_rows_add_up_to(code: str, month: Period) -> None:
    rows_of, firm, column = BY_HAND[code]
    rows, members = rows_of(month), lists(str(month))
    found = by(code, month, "list_kind")
    for kind in CODES:
        mine = [row for row in rows if row[firm] in members[kind]]
        assert (found.get(kind) or 0) == yuan(mine, column), kind


def test_the_figures_are_not_all_nothing() -> None:
    for code in BY_HAND:
        assert any(by(code, month, "list_kind").get(kind) for month in MONTHS for kind in CODES)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_bonds_for_innovation_by_market(month: Period) -> None:
    marked = [row for row in bonds(month) if row["tech_bond_flag"] == "1"]
    interbank = [row for row in marked if row["market"] == "interbank"]
    found = by("CM-TECH-BONDS", month, "bond_market")
    assert (found.get("interbank") or 0) == yuan(interbank, "amount_cny")


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_rate_paid_on_each_term_is_weighted_by_the_deposits(month: Period) -> None:
    rows = [row for row in sheet("DEPOSIT_RATE", month) if row["paid_rate"]]
    found = by("CM-DEPOSIT-PAID", month, "deposit_term")
    for term in {row["term"] for row in rows}:
        mine = [row for row in rows if row["term"] == term]
        weighed = sum(Decimal(row["paid_rate"]) * Decimal(row["new_deposits"]) for row in mine)
        mean = weighed / yuan(mine, "new_deposits")
        assert found[term] == mean.quantize(Decimal("0.01"), "ROUND_HALF_UP"), term
