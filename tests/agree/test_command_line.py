"""The commands a statistician types, end to end on a tiny province: exit codes, files, and the same figure again."""

from __future__ import annotations

import csv
import json
import zipfile
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import pyarrow.parquet as pq
import pytest

from dripline import __version__
from dripline.cli import run
from tests.agree.accepted import LAST, figures, province


@pytest.fixture
def home(monkeypatch):
    """The data home of the accepted province."""
    path = figures().store.home.path
    monkeypatch.setenv("DRIPLINE_HOME", str(path))
    return path


def test_the_program_tells_its_version_without_a_command(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"dripline {__version__}\n"


def test_a_clean_delivery_leaves_with_0_and_a_broken_one_with_1(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DRIPLINE_HOME", str(tmp_path / "none"))
    first = sorted((province() / "2025-03").iterdir())[0]
    assert run(["check", str(first)]) == 0
    package = sorted(first.glob("*_CLDWDK_*.zip"))[0]
    broken = tmp_path / package.name
    with zipfile.ZipFile(package) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            spoilt = old.read(name).replace(b"|CNY|", b"|CNY||") if name.endswith(".dat") else None
            new.writestr(name, spoilt or old.read(name))
    out = tmp_path / "findings.csv"
    assert run(["check", str(broken), "--out", str(out), "--format", "csv"]) == 1
    assert len(list(csv.reader(out.read_text("utf-8-sig").splitlines()))) > 1
    assert not (tmp_path / "none").exists(), "a check makes no data home"


def test_what_cannot_be_read_leaves_with_2_and_says_why(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DRIPLINE_HOME", str(tmp_path / "none"))
    assert run(["query", "TL-01-BAL"]) == 2
    assert "There is no data home" in capsys.readouterr().err
    assert run(["check", str(tmp_path / "nowhere")]) == 2
    assert run(["explain", "NOTHING"]) == 2
    assert run(["query", "TL-01-BAL", "--nonsense"]) == 2


def test_query_writes_the_same_figure_as_table_csv_json_and_xlsx(home, tmp_path, capsys):
    assert run(["compile", "--period", str(LAST)]) == 0
    capsys.readouterr()
    assert run(["query", "TL-01-BAL", "--period", str(LAST), "--format", "json"]) == 0
    value = Decimal(json.loads(capsys.readouterr().out)["数值 (元)"])
    assert value > 0
    assert run(["query", "TL-01-BAL", "--period", str(LAST), "--format", "csv"]) == 0
    assert Decimal(capsys.readouterr().out.splitlines()[1].split(",")[1]) == value
    out = tmp_path / "figure.xlsx"
    words = ["query", "TL-01-BAL", "--by", "lender_city", "--format", "xlsx", "--out", str(out)]
    assert run(words) == 0
    rows = list(openpyxl.load_workbook(out).worksheets[0].values)
    cities = [row for row in rows[3:] if row[0] and str(row[0]).isdigit()]
    assert sum(Decimal(str(row[2])) for row in cities) == value


def test_query_writes_the_same_figures_as_sdmx_and_parquet(home, tmp_path):
    words = ["query", "TL-01-BAL", "--by", "lender_city", "--period", str(LAST), "--out"]
    assert run([*words, str(tmp_path / "a.parquet"), "--format", "parquet"]) == 0
    rows = pq.read_table(tmp_path / "a.parquet").to_pylist()
    shown = {row["lender_city"]: row["数值 (元)"] for row in rows}
    assert run([*words, str(tmp_path / "sdmx"), "--format", "sdmx"]) == 0
    seen = ET.parse(tmp_path / "sdmx" / "data.xml").iter("Obs")
    assert {one.get("LENDER_CITY"): Decimal(one.get("OBS_VALUE")) for one in seen} == shown
    assert run(["query", "TL-01-BAL", "--format", "sdmx"]) == 2, "a folder must be named"
    assert run(["list", "rules", "--format", "sdmx", "--out", str(tmp_path / "no")]) == 2


def test_a_kept_result_and_one_computed_now_are_the_same(home):
    shown = figures()
    kept = shown.compile(LAST)
    assert shown.compile(LAST) == kept
    indicator = shown.catalogue.indicator("TL-13-FIRMS")
    now = shown.cells(LAST, [indicator], ("institution",))
    assert sorted(shown.query("TL-13-FIRMS", LAST, ["institution"]), key=str) == sorted(
        now, key=str
    )


def test_trace_law_explain_and_lists_answer(home, capsys):
    where = ["--where", "lender_city=410100", "--period", str(LAST), "--format", "csv"]
    assert run(["trace", "TL-01-BAL", *where]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 1
    assert run(["law", "show", "relending.rate_1y", "--on", "2026-06-30"]) == 0
    assert "1.25" in capsys.readouterr().out
    for words in (["explain", "TL-01-BAL"], ["explain", "CLDWDK-12"], ["explain", "FMT-05"]):
        assert run(words) == 0
    for what in ("tables", "rules", "indicators"):
        capsys.readouterr()
        assert run(["list", what, "--format", "json"]) == 0
        assert len(capsys.readouterr().out.splitlines()) > 10
    assert run(["verify"]) == 0


def test_a_breakdown_without_meaning_is_refused_with_its_reason(home, capsys):
    refused = next(i for i in figures().catalogue.indicators.values() if i.refuses)
    by = refused.refuses[0].breakdown
    assert run(["query", refused.code, "--by", by, "--period", str(LAST)]) == 2
    assert refused.refuses[0].reason.en in capsys.readouterr().err


def test_the_official_table_says_how_complete_it_is_and_what_it_could_not_tell(home, tmp_path):
    out = tmp_path / "table.xlsx"
    words = ["table", "--period", str(LAST), "--format", "xlsx", "--out", str(out)]
    assert run(words) == 0
    rows = list(openpyxl.load_workbook(out).worksheets[0].values)
    assert [row[0] for row in rows[3:16]][-1] == "科技贷款合计"
    below = [str(row[0]) for row in rows[16:] if row[0]]
    (cell,) = figures().query("TL-13-BAL", LAST)
    assert [line.split(" · ")[0] for line in below if "已报机构" in line] == ["正式"]
    assert f"无法判断是否科技贷款、未计入的借据：{cell.unknown:,} 笔" in below
    assert any(line.startswith("来源") for line in below)


def test_the_official_table_with_discounts_says_so_and_is_larger(home, tmp_path):
    sums = {}
    for edition in ([], ["--with-discounts"]):
        out = tmp_path / f"table{len(edition)}.xlsx"
        words = ["table", "--period", str(LAST), "--format", "xlsx", "--out", str(out), *edition]
        assert run(words) == 0
        rows = list(openpyxl.load_workbook(out).worksheets[0].values)
        total = next(row for row in rows if row[0] == "科技贷款合计")
        sums[str(rows[0][0]).split(" ")[0]] = total[1]
    assert list(sums) == ["科技贷款统计表（不含直贴）", "科技贷款统计表（含直贴）"]
    without, with_bills = sums.values()
    assert with_bills > without
