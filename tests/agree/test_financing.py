"""Financing of one enterprise and of all, on a tiny province: the commands against a plain reading of the rows."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal

import pyarrow.parquet as pq
import pytest

from dripline.cli import run
from dripline.indicators.arrived import Arrived, arrived
from dripline.indicators.full_caliber import STOCK_TABLES
from tests.agree.accepted import LAST, figures

LEFT_OUT = {"F01", "F03"}


@pytest.fixture
def home(monkeypatch):
    """The data home of the accepted province."""
    monkeypatch.setenv("DRIPLINE_HOME", str(figures().store.home.path))


def rows(table):
    """The accepted rows of a table in the last month."""
    held = figures().rows(LAST).rows(table, LAST)
    assert held is not None
    return [row for file in held.files for row in pq.ParquetFile(file).read().to_pylist()]


def by_firm():
    """Loans, bills, bonds and equity by organisation code, added up row by row."""
    found = defaultdict(lambda: [Decimal(0)] * 4)
    firms = {"A01": lambda no: no[8:17], "A02": lambda no: no}
    for row in rows("CLDWDK"):
        of = firms.get(row["borrower_id_type"])
        financial = row["borrower_sector"][0] == "B" or row["borrower_sector"] == "E03"
        if of and row["_inside"] and not financial and row["product_type"] not in LEFT_OUT:
            found[of(row["borrower_id_no"])][0] += row["balance_cny"]
    for row in rows("CLPJRZ"):
        of = firms.get(row["discount_applicant_id_type"])
        if of and row["_inside"]:
            found[of(row["discount_applicant_id_no"])][1] += row["discount_amount_cny"]
    for row in rows("BOND_ISSUE"):
        if row["issued_on"] <= LAST.last_day and row["redeemed_on"] is None:
            found[row["credit_code"][8:17]][2] += row["outstanding_cny"]
    for row in rows("EQUITY_FINANCING"):
        if row["completed_on"] <= LAST.last_day:
            found[row["credit_code"][8:17]][3] += row["amount_cny"]
    return found


def test_what_a_firm_owes_and_has_raised_is_what_its_rows_say(home, capsys):
    sums = by_firm()
    codes = sorted({row["credit_code"] for row in rows("ENTERPRISE")})
    several = [code for code in codes if sum(part > 0 for part in sums[code[8:17]]) > 1]
    assert several, "no firm of the province has two kinds of financing"
    for code in several[:3]:
        words = ["financing", code, "--period", str(LAST), "--format", "json", "--lang", "en"]
        assert run(words) == 0
        shown = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        amounts = [Decimal(str(row["amount (yuan)"])) for row in shown]
        assert amounts == [*sums[code[8:17]], sum(sums[code[8:17]])]


def test_the_whole_is_the_sum_of_the_firms_on_the_lists():
    held = figures().query("FC-BAL", LAST)[0]
    adopted = {(row["kind"], row["edition"]): row["adopted_from"] for row in rows("EDITION")}
    newest = {}
    for (kind, edition), day in sorted(adopted.items(), key=lambda pair: pair[1]):
        if day <= LAST.last_day:
            newest[kind] = edition
    listed = {
        row["credit_code"][8:17]
        for row in rows("QUALIFICATION")
        if row["credit_code"]
        and row["kind"] != "henan_minglu"
        and newest.get(row["kind"]) == row["edition"]
        and not any(
            day and day <= LAST.last_day for day in (row["cancelled_from"] or row["cancelled_on"],)
        )
    }
    sums = by_firm()
    assert Decimal(held.numerator) / held.denominator == sum(
        sum(parts) for firm, parts in sums.items() if firm in listed
    )


def test_a_figure_over_several_tables_says_which_of_them_have_come(home, capsys):
    data = figures().rows(LAST)
    found = {each.table: each for each in arrived(data, LAST, STOCK_TABLES)}
    due = len(data.received("CLDWDK", LAST))
    assert found["BOND_ISSUE"] == Arrived("BOND_ISSUE", 1, None)
    assert found["CLDWDK"].received == due
    assert run(["query", "FC-BAL", "--period", str(LAST), "--lang", "en"]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    words = "; ".join(each.says.en for each in arrived(data, LAST, STOCK_TABLES))
    assert printed.count(f"Tables: {words}") == 1


def test_a_number_that_is_no_credit_code_is_refused(home, capsys):
    assert run(["financing", "12345"]) == 2
    assert "18 characters" in capsys.readouterr().err
