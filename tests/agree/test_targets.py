"""Targets on a tiny province: what was set is read from the store, and judged by figures as they were known."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dripline.cli import run
from dripline.indicators.compile import finished
from dripline.standards.targets import TARGET
from dripline.store.entries import day_in_china
from tests.agree.accepted import FIRST, LAST, NOW, figures

DOCUMENT = ["关于下达目标的通知", "豫银发〔2025〕1号", "2025-03-20", "二", "人民银行河南省分行"]
SET = [
    # number, figure, way, item, from, due, direction, value, unit, base
    ["BANK", "TE-BAL", "institution", "{bank}", "2025-03-31", "2025-06-30", "at_least", "1.00", "yuan", ""],
    ["CITY", "TE-BAL", "lender_city", "{city}", "2025-03-31", "2035-06-30", "growth", "900.00", "yuan", ""],
    ["MISSED", "TE-BAL", "total", "total", "2025-03-31", "2025-06-30", "at_least", "{more}", "yuan", ""],
    ["JUST", "TE-BAL", "total", "total", "2025-03-31", "2025-06-30", "increase", "{just}", "yuan", ""],
    ["REFUSED", "TE-COVERAGE", "institution", "{bank}", "2025-03-31", "2035-06-30", "at_least", "1.00", "percent", ""],
    ["UNIT", "TE-FIRMS", "total", "total", "2025-03-31", "2035-06-30", "at_least", "1.00", "yuan", ""],
]  # fmt: skip


def value(period, by=(), keys=()):
    cells = {cell.keys: cell for cell in figures().query("TE-BAL", period, by)}
    return finished(cells[keys], figures().catalogue.indicator("TE-BAL"))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """The accepted province with a register of targets."""
    folder = tmp_path_factory.mktemp("targets")
    shutil.copytree(figures().store.home.path, folder / "home")
    just = value(LAST) - value(FIRST)
    bank = figures().query("TE-BAL", LAST, ("institution",))[0].keys[0]
    city = figures().query("TE-BAL", FIRST, ("lender_city",))[0].keys[0]
    put = {
        "bank": bank,
        "city": city,
        "just": f"{just:.2f}",
        "more": f"{value(LAST) + Decimal('0.01'):.2f}",
    }
    path = folder / f"authority_TARGET_{FIRST.last_day:%Y%m%d}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.label.zh for column in TARGET.columns.values()])
        writer.writerows([cell.format(**put) for cell in row] + DOCUMENT for row in SET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIPLINE_HOME", str(folder / "home"))
        assert run(["accept", str(path)]) == 0
    return folder / "home"


def told(home: Path, out: Path, *words: str) -> dict[str, dict[str, str]]:
    """The command's rows by number, or by measure where no target was set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIPLINE_HOME", str(home))
        assert run(["targets", "--format", "csv", "--out", str(out), *words]) == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    return {row["编号"] or row["措施"]: row for row in rows}


def test_each_target_shows_value_status_and_document(home, tmp_path):
    rows = told(home, tmp_path / "a.csv")
    lights = {code: (rows[code]["状态"], rows[code]["定格"]) for code in ("BANK", "MISSED", "JUST")}
    assert lights == {"BANK": ("达成", "是"), "MISSED": ("未达成", "是"), "JUST": ("达成", "是")}
    assert Decimal(rows["JUST"]["应达到"]) == value(LAST) == Decimal(rows["JUST"]["现值"])
    assert rows["CITY"]["状态"] in ("按进度", "落后")
    paper = [rows["CITY"][head] for head in ("文件", "条款", "制定单位")]
    assert paper == ["关于下达目标的通知（豫银发〔2025〕1号）", "二", "人民银行河南省分行"]


def test_a_target_its_figure_cannot_answer_says_why(home, tmp_path):
    rows = told(home, tmp_path / "a.csv")
    assert {code: (rows[code]["状态"], rows[code]["说明"]) for code in ("REFUSED", "UNIT")} == {
        "REFUSED": ("尚不能判断", "TE-COVERAGE不按institution分组"),
        "UNIT": ("尚不能判断", "目标的计量单位yuan与指标的firms不同"),
    }
    ceiling = rows["2024-30/2.1-total"]
    assert (ceiling["状态"], ceiling["说明"]) == ("尚不能判断", "目录中尚无衡量该目标的指标")


def test_a_measure_without_an_adopted_target_has_no_light(home, tmp_path):
    rows = told(home, tmp_path / "a.csv")
    assert (rows["4.2"]["状态"], rows["4.2"]["现值"]) == ("无目标", "")


def test_what_was_not_known_on_the_day_does_not_count(home, tmp_path):
    before = day_in_china(NOW)
    assert date(2025, 6, 30) < before
    rows = told(home, tmp_path / "a.csv", "--on", str(LAST.last_day))
    assert "BANK" not in rows, "the register itself came later"
    assert rows["2024-30/2.1-total"]["状态"] == "尚不能判断"
    assert list(told(home, tmp_path / "b.csv", "--on", "2024-06-24")) == list(
        told(home, tmp_path / "c.csv", "--on", "2020-01-01")
    )


def test_the_screen_shows_what_it_has_room_for_and_the_documents_below(home, capsys, monkeypatch):
    monkeypatch.setenv("DRIPLINE_HOME", str(home))
    assert run(["targets"]) == 0
    shown = capsys.readouterr().out
    assert "JUST · 以时限当日首个正式数为准 · 关于下达目标的通知（豫银发〔2025〕1号）" in shown
