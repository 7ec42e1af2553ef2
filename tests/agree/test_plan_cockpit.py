"""The cockpit on a tiny province: figures and targets of the store become the status of each measure."""

from __future__ import annotations

import csv
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dripline.cli import run
from dripline.indicators.compile import finished
from dripline.plans.facts import Status
from dripline.plans.gather import facts_of
from dripline.plans.load import load_plans, plan_called
from dripline.plans.status import status_of
from dripline.standards.targets import TARGET
from dripline.store import Store
from dripline.store.entries import day_in_china
from tests.agree.accepted import FIRST, LAST, figures

ON = date(2026, 7, 11)
TODAY = day_in_china(datetime.now(UTC))
"""The register of targets is accepted by the clock."""
PLAN = plan_called("2024-30", load_plans())
SHARE = "TE-CREDIT-SHARE"
DOCUMENT = [
    "关于提高信用贷款占比的通知",
    "豫银发〔2025〕2号",
    "2025-03-20",
    "一",
    "人民银行河南省分行",
]


def share(period=LAST):
    (cell,) = figures().query(SHARE, period)
    return finished(cell, figures().catalogue.indicator(SHARE))


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    """The accepted province, and a target for credit loans that June's figure just meets."""
    folder = tmp_path_factory.mktemp("cockpit")
    shutil.copytree(figures().store.home.path, folder / "home")
    path = folder / f"authority_TARGET_{FIRST.last_day:%Y%m%d}.csv"
    row = ["SHARE", SHARE, "total", "total", "2025-03-31", "2025-06-30", "at_least", f"{share():.2f}", "percent", ""]  # fmt: skip
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.label.zh for column in TARGET.columns.values()])
        writer.writerow(row + DOCUMENT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIPLINE_HOME", str(folder / "home"))
        assert run(["accept", str(path)]) == 0
    return folder / "home"


@pytest.fixture(scope="module")
def facts(home: Path):
    shown = figures()
    own = type(shown)(Store.open(home), shown.law, shown.catalogue, shown.scope)
    return facts_of(PLAN, own, LAST, TODAY)


def stand(id: str, facts):
    return status_of(PLAN.measure(id), facts[id], on=TODAY, law=figures().law)


def test_the_figures_of_a_measure_are_those_of_the_catalogue_with_what_they_were_before(facts):
    seen = {figure.code: figure for figure in facts["4.2"].figures}
    assert (seen[SHARE].value, seen[SHARE].day) == (share(), LAST.last_day)
    before = LAST.shift(-1)
    assert (seen[SHARE].before, seen[SHARE].before_day) == (share(before), before.last_day)


def test_a_registered_target_gives_the_measure_its_figure_serves_a_frozen_light(facts):
    found = stand("4.2", facts)
    assert (found.status, found.frozen) == (Status.DONE, True)
    assert [reason.refers for reason in found.reasons] == ["SHARE"]


def test_a_figure_that_speaks_only_by_institution_has_no_value_for_the_province(facts):
    (balance, *_) = facts["1.1"].figures
    assert (balance.value, balance.by is not None) == (None, True)


def test_ceilings_that_no_figure_measures_cannot_be_told_and_no_other_line_stands_in(facts):
    found = stand("2.1", facts)
    assert found.status is Status.WAITING
    assert [(r.refers, r.status) for r in found.reasons] == [
        ("2024-30/2.1-increase", Status.WAITING),
        ("2024-30/2.1-total", Status.WAITING),
        ("2025-64/tech-field", None),
    ]


def told(home: Path, out: Path, *words: str) -> dict[str, dict[str, str]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DRIPLINE_HOME", str(home))
        assert run(["plan", "--format", "csv", "--out", str(out), *words]) == 0
    return {row["编号"]: row for row in csv.DictReader(out.read_text("utf-8-sig").splitlines())}


def test_the_command_shows_each_measure_with_status_units_deadline_and_key_figure(home, tmp_path):
    rows = told(home, tmp_path / "a.csv")
    assert list(rows) == [measure.id for measure in PLAN.measures]
    assert (rows["4.2"]["状态"], rows["4.2"]["定格"]) == ("✓ 已完成", "是")
    assert (rows["3.6"]["状态"], rows["3.6"]["主要指标"]) == ("– 未设目标", "")
    assert (rows["3.6"]["责任单位"], rows["3.6"]["完成时限"]) == (
        "人行河南省分行、外汇局河南省分局",
        "持续推进",
    )


def test_what_was_not_known_on_the_day_gives_no_light(home, tmp_path):
    rows = told(home, tmp_path / "a.csv", "--on", "2025-06-30", "--period", "2025-06")
    assert rows["4.2"]["状态"] == "– 未设目标", "the register came later"


def test_the_report_is_written_as_docx_and_pdf(home, tmp_path, monkeypatch):
    monkeypatch.setenv("DRIPLINE_HOME", str(home))
    assert run(["plan", "--on", str(ON), "--report", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        f"plan-2024-30-{ON}-zh.docx",
        f"plan-2024-30-{ON}-zh.pdf",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--on", "2024-06-24"], "豫政办〔2024〕30号 was issued on 2024-06-25; on 2024-06-24 there was no plan. "
            "Ask for a later day."),
        (["--plan", "2025-64"], "No plan is called '2025-64'; there is 2024-30."),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_there_is_refused(home, monkeypatch, capsys, words, message):
    monkeypatch.setenv("DRIPLINE_HOME", str(home))
    assert run(["plan", *words]) == 2
    assert capsys.readouterr().err.strip() == message
