"""How a measure stands: from targets, documents and cases, by rule, and why (FN 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.errors import LawError
from dripline.law import Law
from dripline.plans.facts import (
    NOTHING_KNOWN,
    Cases,
    Document,
    Facts,
    FigureSeen,
    Override,
    Status,
    TargetProgress,
)
from dripline.plans.load import load_plans, plan_called
from dripline.plans.plan import Measure
from dripline.plans.progress import Judgement, Light, Reading, judge
from dripline.plans.status import MeasureStatus, status_of, why_not_by_hand
from dripline.plans.targets import Target
from dripline.words import Text

LAW = Law.load()
PLAN = plan_called("2024-30", load_plans())
CREDIT, STATISTICS, CEILINGS, EVALUATION = (PLAN.measure(id) for id in ("4.2", "7.1", "2.1", "7.2"))
STARTS, DUE = date(2025, 1, 1), date(2025, 12, 31)
SHARE = Target(
    code="T1",
    label=Text(zh="信用贷款占比", en="share of credit loans"),
    indicator="TE-CREDIT-SHARE",
    starts=STARTS,
    due=DUE,
    direction="at_least",
    value=Decimal(30),
    unit="percent",
    base=Decimal(20),
    document="某通知（某发〔2025〕1号）",
    document_day=STARTS,
    article="一",
    adopted_by="某行",
    measures=("4.2",),
)
MID = date(2025, 7, 2)
"""Half of the days of the year are gone: the line from 20 to 30 is at 25."""


def progress(target: Target, value: str | None, day: date, on: date, final: bool = True):
    read = [] if value is None else [Reading(day, day, Decimal(value), final)]
    return TargetProgress(target, judge(target, read, on))


def half_way(value: str | None, target: Target = SHARE) -> TargetProgress:
    """A target judged on a figure of half its time."""
    whole = (target.due - target.starts).days
    assert whole % 2 == 0
    day = target.starts + timedelta(days=whole // 2)
    return progress(target, value, day, day)


def stand(measure: Measure, on: date, **known: object) -> MeasureStatus:
    return status_of(measure, Facts(**known), on=on, law=LAW)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("25", Status.ON_TRACK),
        ("24.99", Status.WATCH),
        ("24", Status.WATCH),  # a tenth of the way behind: not more than that
        ("23.99", Status.LATE),
        ("19", Status.LATE),
        ("31", Status.ON_TRACK),  # met early, and may still be lost
        (None, Status.WAITING),
    ],
)
def test_before_the_last_day_a_measure_stands_by_how_far_it_is_behind_the_line(value, status):
    assert stand(CREDIT, MID, targets=(half_way(value),)).status is status


@pytest.mark.parametrize(
    ("value", "final", "status", "frozen"),
    [
        ("30", True, Status.DONE, True),
        ("29.99", True, Status.LATE, True),
        ("30", False, Status.DONE, False),
        (None, True, Status.WAITING, False),
    ],
)
def test_a_passed_deadline_gives_done_or_late_and_freezes_with_the_final_figure(
    value, final, status, frozen
):
    after = DUE + timedelta(days=40)
    found = stand(CREDIT, after, targets=(progress(SHARE, value, DUE, after, final),))
    assert (found.status, found.frozen) == (status, frozen)


def test_a_reason_names_figure_value_day_goal_deadline_and_document_in_both_languages():
    (reason,) = stand(CREDIT, MID, targets=(half_way("24.5"),)).reasons
    assert reason.says == Text(
        zh="信用贷款占比：2025-07-02为24.50%（正式数），应不低于30.00%，时限2025-12-31；"
        "落后（与起算日期至时限按日直线进度比较，落后全程的5.00%）。依据：某通知（某发〔2025〕1号），一",
        en="share of credit loans: 24.50% on 2025-07-02 (final); to be at least 30.00%, due 2025-12-31. "
        "behind (against a straight line by days from its first day to its last, behind by 5.00% of the way). "
        "Set by 某通知（某发〔2025〕1号）, 一",
    )
    assert (reason.about, reason.refers, reason.status) == ("target", "T1", Status.WATCH)


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        ("increase", "应比起算日期增加30.00%，即达到50.00%"),
        ("growth", "应比起算日期增长30.00%，即达到26.00%"),
        ("more_than", "应超过30.00%"),
        ("at_most", "应不高于30.00%"),
    ],
)
def test_a_reason_says_what_was_set_in_the_words_of_its_direction(direction, words):
    (reason,) = stand(
        CREDIT, MID, targets=(half_way("21", replace(SHARE, direction=direction)),)
    ).reasons
    said = f"信用贷款占比：{words}，"
    assert reason.short.zh[: len(said)] == said


def test_a_measure_without_an_adopted_target_has_activity_and_no_light():
    figure = FigureSeen(
        code="TE-CREDIT-SHARE",
        label=Text(zh="信用贷款占比", en="Share of credit loans"),
        unit="percent",
        day=date(2025, 6, 30),
        known_on=MID,
        value=Decimal("24.50"),
        standing=Text(zh="正式", en="final"),
        before=Decimal("20.10"),
        before_day=date(2024, 6, 30),
    )
    found = stand(CREDIT, MID, figures=(figure,))
    assert (found.status, found.frozen) == (Status.NO_LIGHT, False)
    assert [reason.about for reason in found.reasons] == ["note"]
    assert found.activity[0].says == Text(
        zh="信用贷款占比：24.50%（2025-06-30，正式），较2024-06-30的20.10%上升",
        en="Share of credit loans: 24.50% (2025-06-30, final), up from 20.10% on 2024-06-30",
    )


def test_a_figure_that_did_not_come_says_why():
    figure = FigureSeen(
        code="X",
        label=Text(zh="甲", en="A"),
        unit="firms",
        day=MID,
        known_on=MID,
        value=None,
        standing=Text(zh="初步", en="preliminary"),
        gap=Text(zh="T 未收到", en="T has not come"),
    )
    assert stand(CREDIT, MID, figures=(figure,)).activity[0].says == Text(
        zh="甲：2025-07-02无数值（T 未收到）", en="A: no value for 2025-07-02 (T has not come)"
    )


def test_cases_are_counted_and_give_no_light():
    case = Cases("appeal", open=3, overdue=1, closed=9)
    found = stand(EVALUATION, MID, cases=(case,))
    assert found.status is Status.NO_LIGHT
    assert found.activity[0].says == Text(
        zh="评估结果申诉：在办3件，其中超期1件；已办结9件",
        en="Appeal against a grade: 3 open, 1 of them overdue; 9 closed",
    )


LIGHTS = {
    Status.LATE: "19",
    Status.WATCH: "24.5",
    Status.WAITING: None,
    Status.ON_TRACK: "26",
}


@given(st.lists(st.sampled_from(list(LIGHTS)), min_size=1, max_size=5))
def test_several_targets_stand_as_the_worst_and_unknown_is_never_on_track(statuses):
    # Each of a figure of its own: targets of one figure follow each other.
    targets = tuple(
        half_way(LIGHTS[status], replace(SHARE, code=f"T{n}", indicator=f"I{n}"))
        for n, status in enumerate(statuses)
    )
    worst = next(status for status in LIGHTS if status in statuses)
    assert stand(CREDIT, MID, targets=targets).status is worst


def test_targets_of_banks_are_counted_beside_and_do_not_decide():
    of_bank = replace(SHARE, code="B1", way="institution", keys=("X",))
    found = stand(CREDIT, MID, targets=(half_way("26"), half_way("19", of_bank)))
    assert found.status is Status.ON_TRACK
    assert found.reasons[-1].says.zh == "机构、城市目标1个：落后1（不决定全省状态）"


def test_a_target_of_another_measure_decides_nothing():
    assert stand(
        CREDIT, MID, targets=(half_way("19", replace(SHARE, measures=("3.1",))),)
    ).status is (Status.NO_LIGHT)


def test_of_yearly_targets_the_one_that_runs_decides_and_the_last_result_stays_visible():
    missed = replace(SHARE, code="T0", starts=date(2024, 1, 1), due=date(2024, 12, 31))
    old = progress(missed, "10", missed.due, MID)
    found = stand(CREDIT, MID, targets=(old, half_way("26")))
    assert (found.status, found.frozen) == (Status.ON_TRACK, False)
    assert [(r.refers, r.status, r.frozen) for r in found.reasons] == [
        ("T1", Status.ON_TRACK, False),
        ("T0", None, True),
    ]
    assert stand(CREDIT, MID, targets=(old,)).status is Status.LATE


def test_other_lines_and_what_is_due_after_the_measure_itself_do_not_decide():
    field = replace(SHARE, code="2025-64/tech-field", indicator=None, measures=("2.1",))
    later = replace(SHARE, code="T9", indicator=None, measures=("2.1",))
    found = stand(CEILINGS, MID, targets=(half_way("19", field), half_way("19", later)))
    assert [(reason.refers, reason.status) for reason in found.reasons] == [
        ("2024-30/2.1-increase", Status.WAITING),
        ("2024-30/2.1-total", Status.WAITING),
        ("2025-64/tech-field", None),
        ("T9", None),
    ]


def test_a_target_of_the_plan_that_nobody_speaks_of_cannot_be_told():
    found = stand(CEILINGS, MID)
    assert (found.status, found.frozen) == (Status.WAITING, False)


# Documents and steps with a day


def document(day: str, confirmed: int = 2, on: str | None = None, kind: str = "statistics_scheme"):
    when = date.fromisoformat(on or day)
    return Document(
        kind=kind,
        title="全口径统计制度",
        number="某发〔2024〕9号",
        day=date.fromisoformat(day),
        registered_on=when,
        confirmed_by=confirmed,
        confirmed_on=when if confirmed else None,
    )


LATER = date(2025, 1, 15)


@pytest.mark.parametrize(
    ("documents", "status", "frozen"),
    [
        ((document("2024-09-30"),), Status.DONE, True),
        ((document("2024-10-01"),), Status.LATE, True),
        ((), Status.WAITING, False),
        ((document("2024-09-30", confirmed=1),), Status.WAITING, False),
        ((document("2024-09-30", on="2025-02-01"),), Status.WAITING, False),  # not known yet
        ((document("2024-09-30", kind="other"),), Status.WAITING, False),
    ],
    ids=["in-time", "late", "none", "one-person", "registered-later", "another-kind"],
)
def test_a_measure_with_a_last_day_and_no_number_is_done_by_a_confirmed_document(
    documents, status, frozen
):
    found = stand(STATISTICS, LATER, documents=documents)
    assert (found.status, found.frozen) == (status, frozen)


def test_before_its_last_day_it_has_no_light():
    assert stand(STATISTICS, date(2024, 9, 30)).status is Status.NO_LIGHT


def test_a_document_registered_after_the_result_is_settled_does_not_turn_it():
    late = document("2024-11-01")
    backdated = document("2024-09-01", on="2024-12-01")
    assert stand(STATISTICS, LATER, documents=(backdated, late)).status is Status.LATE


def test_a_first_step_of_a_measure_that_goes_on_does_not_make_it_done():
    first = document("2024-09-20", kind="evaluation_result")
    found = stand(EVALUATION, LATER, documents=(first,))
    assert found.status is Status.NO_LIGHT
    assert found.reasons[-1].says.zh == (
        "力争2024年9月底前完成首次评估：全口径统计制度（某发〔2024〕9号），2024-09-20，按期（时限2024-09-30）"
    )


def test_a_document_that_one_person_confirmed_is_shown_and_does_not_count():
    found = stand(STATISTICS, LATER, documents=(document("2024-09-30", confirmed=1),))
    assert found.activity[0].says.zh == (
        "全口径统计制度、通知或首期统计：全口径统计制度（某发〔2024〕9号），2024-09-30，1人确认，未满2人，不作依据"
    )


# By hand


def by_hand(status: Status = Status.WATCH, day: date = MID) -> Override:
    return Override(status, "个别机构数据待核实", "某处 科长", day)


def test_a_status_set_by_hand_stands_beside_what_was_computed():
    found = stand(CREDIT, MID, targets=(half_way("26"),), override=by_hand())
    assert (found.status, found.computed, found.override) == (
        Status.WATCH,
        Status.ON_TRACK,
        by_hand(),
    )


@pytest.mark.parametrize(
    ("targets", "override"),
    [
        ((), by_hand(Status.ON_TRACK)),
        ((half_way("26"),), by_hand(day=MID + timedelta(days=1))),
    ],
    ids=["no-target-no-light", "not-yet"],
)
def test_a_status_set_by_hand_gives_no_light_without_a_target_nor_before_its_day(targets, override):
    found = stand(CREDIT, MID, targets=targets, override=override)
    assert (found.status, found.override) == (found.computed, None)


def test_a_frozen_result_is_not_set_by_hand():
    after = DUE + timedelta(days=1)
    missed = progress(SHARE, "10", DUE, after)
    found = stand(CREDIT, after, targets=(missed,), override=by_hand(Status.DONE))
    assert found.status is Status.LATE
    assert why_not_by_hand(found) == Text(
        zh="时限已过，结果已经定格，不得人工调整",
        en="its deadline is past and the result is frozen; it cannot be set by hand",
    )


@pytest.mark.parametrize(
    ("status", "reason", "post"),
    [
        (Status.DONE, " ", "某处"),
        (Status.DONE, "因为", ""),
        (Status.NO_LIGHT, "因为", "某处"),
    ],
)
def test_a_status_by_hand_needs_a_light_a_reason_and_a_post(status, reason, post):
    with pytest.raises(ValueError, match="by hand"):
        Override(status, reason, post, MID)


# Every measure


@pytest.mark.parametrize("measure", PLAN.measures, ids=lambda measure: measure.id)
def test_with_nothing_known_no_measure_looks_done_or_on_track(measure: Measure):
    for day, waiting in (
        (MID, ("2.1", "7.1")),
        (date(2026, 1, 1), ("2.1", "3.1", "3.3", "4.1", "7.1")),
    ):
        found = status_of(measure, NOTHING_KNOWN, on=day, law=LAW)
        assert found.status is (Status.WAITING if measure.id in waiting else Status.NO_LIGHT)
        assert found.reasons != ()


def test_the_status_says_which_numbers_of_the_lawbook_it_rests_on():
    assert [(n.name, n.status) for n in stand(CREDIT, MID).because] == [("plan.status", "assumed")]


def test_before_the_plan_there_is_no_status():
    with pytest.raises(LawError, match=r"plan\.status has no value on 2024-06-24"):
        stand(CREDIT, date(2024, 6, 24))


def test_without_a_way_from_base_to_goal_falling_behind_is_late():
    flat = Judgement(
        Light.BEHIND,
        Text(zh="甲", en="a"),
        Reading(MID, MID, Decimal(29), True),
        Fraction(30),
        base=Fraction(30),
    )
    assert stand(CREDIT, MID, targets=(TargetProgress(SHARE, flat),)).status is Status.LATE
