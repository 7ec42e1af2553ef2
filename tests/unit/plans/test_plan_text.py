"""The plan as data says what its text says: every title, sentence, unit and deadline, word for word."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dripline.indicators import CATALOGUE
from dripline.law import Law
from dripline.plans.load import load_plans, plan_called
from dripline.plans.plan import Measure
from dripline.plans.targets import IN_PLANS
from tests.house.measure import ROOT

PLAN = plan_called("2024-30", load_plans())
TEXT = (ROOT / "tests/data/plans/henan-2024-30.zh.txt").read_text("utf-8")
TARGETS = {target.code for target in IN_PLANS}


def bare(text: str) -> str:
    """Without spaces and line ends, which the copy has by its layout; brackets of one form."""
    return re.sub(r"\s", "", text).replace("(", "（").replace(")", "）")


def as_printed(measure: Measure) -> str:
    """How the text prints a measure: number, title, words, units, deadline."""
    number = re.sub(r"^.(?=（)", "", measure.number)
    title = "" if number == "六" else f"{number}{measure.title.zh}。"
    closing = f"责任单位：{measure.responsible}。完成时限：{measure.deadline.words.zh}。"
    return bare(f"{title}{measure.words.zh}{closing}")


def test_the_measures_as_data_are_the_plan_from_its_purpose_to_its_last_line():
    printed = [bare(PLAN.purpose.zh)]
    for chapter in PLAN.chapters:
        printed.append(bare(f"{chapter.number}、{chapter.title.zh}"))
        printed += [as_printed(measure) for measure in chapter.measures]
    whole = bare(TEXT)
    assert whole[whole.index(printed[0]) :] == "".join(printed)


@pytest.mark.parametrize("measure", PLAN.measures, ids=lambda measure: measure.id)
def test_every_sentence_of_a_measure_stands_in_the_text(measure: Measure):
    sentences = [part for part in measure.words.zh.split("。") if part]
    assert [sentence for sentence in sentences if bare(sentence) not in bare(TEXT)] == []


def test_the_plan_has_seven_chapters_and_nineteen_measures():
    of_chapters = [
        ["1.1", "1.2"],
        ["2.1", "2.2", "2.3"],
        ["3.1", "3.2", "3.3", "3.4", "3.5", "3.6"],
    ]
    of_chapters += [["4.1", "4.2"], ["5.1", "5.2", "5.3"], ["6"], ["7.1", "7.2"]]
    assert [[m.id for m in chapter.measures] for chapter in PLAN.chapters] == of_chapters


def test_number_and_day_of_the_plan_are_those_of_its_source_and_of_its_head():
    source = Law.load().sources[PLAN.source]
    assert (PLAN.number, str(PLAN.day), PLAN.issuer.zh) == (
        source.number,
        source.date,
        source.issuer,
    )
    head = bare(TEXT[: TEXT.index("为贯彻落实")])
    assert [
        part for part in (PLAN.title.zh, PLAN.number, "2024年6月25日") if part not in head
    ] == []


@pytest.mark.parametrize("measure", PLAN.measures, ids=lambda measure: measure.id)
def test_the_units_of_a_measure_are_those_the_text_names_in_its_order(measure: Measure):
    # A list says 省 once: “省科技厅、工业和信息化厅”.
    named = measure.responsible.split("、")
    assert [unit.name.zh.removeprefix("省") for unit in measure.units] == [
        name.removeprefix("省") for name in named
    ]
    assert (measure.lead, *measure.co_operating) == measure.units


def test_deadlines_with_a_day_are_those_of_the_lawbook():
    numbers = Law.load().on(date(2024, 6, 25))["plan.henan_2024_30"]
    due = {m.id: m.deadline.day for m in PLAN.measures if m.deadline.day is not None}
    assert due == {"2.1": numbers["quota_due"], "7.1": numbers["statistics_due"]}
    steps = {(m.id, step.document): step.day for m in PLAN.measures for step in m.milestones}
    assert steps == {
        ("7.1", "statistics_scheme"): numbers["statistics_due"],
        ("7.2", "evaluation_result"): numbers["first_assessment_due"],
    }


def test_every_figure_and_target_named_as_evidence_exists():
    assert list(PLAN.unknown_codes(CATALOGUE, TARGETS)) == []


def test_a_figure_that_speaks_only_when_divided_is_divided_so_in_the_catalogue():
    uses = [use for measure in PLAN.measures for use in measure.evidence.indicators if use.by]
    assert [use.code for use in uses if use.by not in CATALOGUE[use.code].breakdowns] == []


def test_a_code_that_nobody_knows_is_found():
    assert list(PLAN.unknown_codes(set(CATALOGUE) - {"CM-EQUITY"}, TARGETS)) == [
        ("5.2", "CM-EQUITY")
    ]


def test_every_number_a_plan_sets_stands_with_the_measures_it_serves():
    named = {
        (m.id, c) for m in PLAN.measures for c in (*m.evidence.targets, *m.evidence.other_lines)
    }
    assert named == {(measure, target.code) for target in IN_PLANS for measure in target.measures}


def test_a_measure_without_a_figure_says_why():
    silent = [m for m in PLAN.measures if not m.evidence.indicators]
    assert [m.id for m in silent if m.evidence.not_built is None] == []


def test_a_unit_finds_its_measures():
    assert [m.id for m in PLAN.of_unit("industry")] == ["2.3", "3.3"]
    assert [m.id for m in PLAN.of_unit("finance_office")] == ["5.2"]
