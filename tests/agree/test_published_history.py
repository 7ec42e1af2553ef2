"""A home in its first months: growth from the published history, followed back as far as it goes (FN 17)."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
import pytest

from dripline.cli import run
from dripline.indicators.basis import differences
from dripline.indicators.compile import Figures, finished
from dripline.indicators.history import Published
from dripline.intake.acceptance import Acceptor
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.store import Store
from tests.agree.accepted import FIRST, LAST, NOW, figures, province, quiet

YEAR_AGO = LAST.shift(-12)
HEADS = ["指标代码", "分组方式", "分组项代码", "数据期", "数值", "计量单位", "数据来源", "指标口径"]


@cache
def printed() -> dict[str, Decimal]:
    """The published balances of the province by month, read from the file it wrote."""
    (path,) = province().glob("registers/authority_HISTORY_*.csv")
    rows = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())
    return {
        row["数据期"]: Decimal(row["数值"])
        for row in rows
        if (row["指标代码"], row["分组方式"]) == ("TE-BAL", "total")
    }


@pytest.fixture
def home(monkeypatch):
    """The data home of the accepted province."""
    monkeypatch.setenv("DRIPLINE_HOME", str(figures().store.home.path))


def test_growth_on_the_year_is_todays_rows_over_the_balance_printed_a_year_ago():
    (now,) = figures().query("TE-BAL", LAST)
    (growth,) = figures().query("GR-YOY", LAST)
    balance, base = finished(now, figures().catalogue.indicator("TE-BAL")), printed()[str(YEAR_AGO)]
    assert balance is not None
    assert Decimal(growth.numerator) / growth.denominator == 100 * (balance - base) / base
    assert isinstance(growth, Published)


def test_a_month_before_the_rows_shows_what_was_published_for_it():
    (cell,) = figures().query("TE-BAL", YEAR_AGO)
    assert finished(cell, figures().catalogue.indicator("TE-BAL")) == printed()[str(YEAR_AGO)]
    assert isinstance(cell, Published)


def test_each_format_says_what_a_figure_rests_on(home, tmp_path, capsys):
    words = ["query", "GR-YOY", "--period", str(LAST), "--format"]
    assert run([*words, "json"]) == 0
    told = json.loads(capsys.readouterr().out)["依据"]
    assert told.startswith(
        f"公布数，不可追溯：TE-BAL {YEAR_AGO} total = {printed()[str(YEAR_AGO)]}（"
    )
    assert run([*words, "csv"]) == 0
    assert list(csv.reader(capsys.readouterr().out.splitlines()))[1][-1] == told
    assert run([*words, "xlsx", "--out", str(tmp_path / "growth.xlsx")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "growth.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[4]][-1] == told
    assert run(["query", "TE-BAL", "--period", str(LAST), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["依据"] == "明细"
    assert run(["query", "GR-MONTH", "--period", str(FIRST), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["依据"].startswith("公布数")
    assert run(["query", "GR-YOY-COHORT", "--period", str(LAST), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    value = next(value for head, value in told.items() if head.startswith("数值"))
    assert (value, told["依据"]) == (None, f"未收到，也无公布数：CLDWDK {YEAR_AGO}")


def test_a_trace_of_what_was_published_is_refused_and_names_the_document(home, capsys):
    assert run(["trace", "GR-YOY", "--period", str(LAST)]) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert (
        f"GR-YOY {LAST} cannot be traced: the rows of CLDWDK {YEAR_AGO} are not in the store"
        in told
    )
    assert "统计公报（合成数据，非真实文件）" in told
    assert run(["trace", "GR-YOY-COHORT", "--period", str(LAST)]) == 2
    assert "Nothing was published in their place" in " ".join(capsys.readouterr().err.split())


def with_history(*lines: list[str]) -> Figures:
    """The same home after another register of published figures."""
    folder = Path(mkdtemp(prefix="dripline-history-"))
    home = shutil.copytree(figures().store.home.path, folder / "home")
    path = folder / f"authority_HISTORY_{LAST.last_day:%Y%m%d}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADS, *lines])
    store = Store.open(home)
    with store.home.staging() as work:
        handed = receive(
            [path], work, law=Law.load(), on=date(2026, 7, 10), province="41", progress=quiet
        )
        done = Acceptor(store, (), work, Law.load(), NOW, "test", quiet).accept(handed)
    assert done.stands
    old = figures()
    return Figures(store, old.law, old.catalogue, old.scope)


def test_where_rows_and_history_differ_rows_win_and_the_difference_is_told():
    month = LAST.shift(-1)
    (cell,) = figures().query("TE-BAL", month)
    right = finished(cell, figures().catalogue.indicator("TE-BAL"))
    assert right is not None
    shown = with_history(
        ["TE-BAL", "total", "total", str(month), "1.00", "yuan", "公报", "当时名单"],
        ["TE-BAL", "total", "total", str(LAST.shift(-2)), "2.00", "yuan", "公报", "当时名单"],
    )
    growth = shown.catalogue.indicator("GR-MONTH")
    (mine,), (before,) = shown.query("GR-MONTH", LAST), figures().query("GR-MONTH", LAST)
    assert (mine.numerator, mine.denominator) == (before.numerator, before.denominator)
    assert type(mine).__name__ == "Cell"
    (found,) = differences(shown, growth, LAST, "total")
    assert (found.rows, found.published.value) == (right, Decimal("1.00"))
    agreed = with_history(
        ["TE-BAL", "total", "total", str(month), str(right), "yuan", "公报", "当时名单"]
    )
    assert list(differences(agreed, growth, LAST, "total")) == []
