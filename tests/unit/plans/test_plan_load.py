"""A plan's file that is wrong is refused, and the message names file, measure and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripline.errors import PlanError
from dripline.plans.load import load_plans, plan_called

SECOND = """
code: {code}
source: some-plan
title: {{zh: 方案, en: Plan}}
number: 某政办〔2030〕1号
day: {day}
issuer: {{zh: 某政府, en: Some government}}
purpose: {{zh: 为某事。, en: For something.}}
units:
  bank: {{zh: 某行, en: Some bank}}
chapters:
  - number: 一
    title: {{zh: 第一章, en: First}}
    measures:
      - id: "1.1"
        number: 一（一）
        title: {{zh: 做事, en: Do it}}
        words: {{zh: 做事。, en: Do it.}}
        responsible: 某行
        units: [{unit}]
        deadline: {{zh: 年底, en: Year's end, day: {deadline}}}
        milestones:
          - {{zh: 报告, en: Report, day: 2030-06-30, document: {document}}}
        evidence:
          indicators:
            - {{code: TE-BAL, {why}}}
          targets: [T1]
          other_lines: [{other}]
          cases: []
          documents: [{{kind: report, zh: 报告, en: Report}}]
          not_built: null
"""
GOOD = {
    "code": "2030-1",
    "day": "2030-01-01",
    "unit": "bank",
    "deadline": "2030-12-31",
    "document": "report",
    "why": "why: {zh: 因为, en: because}",
    "other": "T2",
}


def write(folder: Path, name: str = "second.yaml", **changes: str) -> Path:
    (folder / name).write_text(SECOND.format(**{**GOOD, **changes}), "utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(PlanError) as refused:
        load_plans(folder)
    return str(refused.value).splitlines()[1:]


def test_a_second_plan_is_a_second_file_and_the_older_one_comes_first(tmp_path: Path):
    write(tmp_path, "a.yaml")
    write(tmp_path, "b.yaml", code="2029-7", day="2029-05-01")
    plans = load_plans(tmp_path)
    assert [plan.code for plan in plans] == ["2029-7", "2030-1"]
    assert plan_called("2030-1", plans).measure("1.1").evidence.other_lines == ("T2",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"unit": "bnk"},
            "second, measure 1.1, units: unknown unit bnk; did you mean bank. (second.yaml)",
        ),
        (
            {"document": "letter"},
            "second, measure 1.1, milestones 1, document: letter is no kind of document of the measure; it has report. "
            "(second.yaml)",
        ),
        (
            {"deadline": "年底"},
            "second, measure 1.1, deadline: 年底 is no calendar day; write it like 2026-01-19. (second.yaml)",
        ),
        (
            {"why": "reason: x"},
            "second, measure 1.1, evidence, indicators 1: unknown key reason; known: code, why, by. (second.yaml)",
        ),
        (
            {"why": "why: {zh: 因为}"},
            "second, measure 1.1, evidence, indicators 1: why: en is missing. (second.yaml)",
        ),
        (
            {"other": "T1"},
            "second, measure 1.1, evidence: T1 stands under targets and other_lines; it is one or the other. (second.yaml)",
        ),
        (
            {"day": "2030"},
            "second, day: 2030 is no calendar day; write it like 2026-01-19. (second.yaml)",
        ),
    ],
    ids=["unit", "document", "deadline", "unknown-key", "one-language", "both-lines", "day"],
)
def test_a_fault_names_plan_measure_key_and_file(tmp_path: Path, change: dict[str, str], said: str):
    assert faults(write(tmp_path, **change))[0] == said


def test_every_fault_of_every_file_comes_at_once(tmp_path: Path):
    write(tmp_path, "a.yaml", unit="x")
    write(tmp_path, "b.yaml", document="y")
    assert [line.split(",")[0] for line in faults(tmp_path)] == ["a", "b"]


def test_two_files_with_one_code_are_refused(tmp_path: Path):
    write(tmp_path, "a.yaml")
    write(tmp_path, "b.yaml")
    assert faults(tmp_path) == ["2030-1: 2 files have this code; give each plan its own."]


def test_a_measure_that_lacks_its_evidence_says_so(tmp_path: Path):
    text = SECOND.format(**GOOD)
    (tmp_path / "p.yaml").write_text(text[: text.index("        evidence:")], "utf-8")
    assert faults(tmp_path)[0] == "p, measure 1.1: evidence is missing. (p.yaml)"


def test_a_plan_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(PlanError, match=r"No plan is called '2099-1'; there is 2024-30\."):
        plan_called("2099-1", load_plans())
