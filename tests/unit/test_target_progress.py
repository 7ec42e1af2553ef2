"""How far a target is: its days, its base, its pace, and the result that a passed deadline freezes (FN 14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.law import Law
from dripline.plans.progress import Judgement, Light, Reading, judge, settled
from dripline.plans.targets import Target, of_plans
from dripline.words import Text

YI = 10**8
ISSUED, DUE = date(2024, 6, 25), date(2024, 9, 30)
LAW = Law.load()
YEAR = Target(
    code="T1",
    label=Text(zh="余额", en="balance"),
    indicator="TE-BAL",
    starts=date(2024, 12, 31),
    due=date(2025, 12, 31),
    direction="at_least",
    value=Decimal(200),
    unit="yuan",
    document="doc",
    document_day=date(2024, 12, 31),
    article="1",
    adopted_by="a",
)


def set_in(code: str, on: date) -> Target:
    return next(target for target in of_plans(LAW, on) if target.code == code)


def end(text: str) -> date:
    return date.fromisoformat(text)


def seen(
    day: str, value: int | str | None, known: str | None = None, final: bool = True
) -> Reading:
    exact = None if value is None else Decimal(value)
    return Reading(end(day), end(known or day), exact, final)


def light(target: Target, *readings: Reading, on: str) -> Light:
    return judge(target, readings, end(on)).light


BASE = seen("2024-12-31", 100)


# --- what the plan itself sets ---------------------------------------------------------------------


def test_the_plan_sets_two_ceilings_from_its_day_of_issue_to_the_end_of_september():
    increase, total = (set_in(f"2024-30/2.1-{name}", ISSUED) for name in ("increase", "total"))
    assert (increase.starts, increase.due) == (total.starts, total.due) == (ISSUED, DUE)
    assert (increase.value, increase.direction) == (100 * YI, "increase")
    assert (total.value, total.direction) == (1200 * YI, "more_than")


def test_before_its_day_of_issue_a_plan_sets_nothing():
    assert list(of_plans(LAW, ISSUED - timedelta(days=1))) == []
    codes = {target.code for target in of_plans(LAW, date(2025, 12, 17))}
    assert codes == {"2024-30/2.1-increase", "2024-30/2.1-total"}
    assert len(list(of_plans(LAW, date(2025, 12, 18)))) == 7


@pytest.mark.parametrize(
    ("ceiling", "answer"), [(1199, Light.MISSED), (1200, Light.MISSED), (1201, Light.REACHED)]
)
def test_more_than_1200_is_not_met_by_1200(ceiling, answer):
    reading = seen("2024-09-30", ceiling * YI)
    assert light(set_in("2024-30/2.1-total", DUE), reading, on="2024-10-01") == answer


@pytest.mark.parametrize(("ceiling", "answer"), [(399, Light.MISSED), (400, Light.REACHED)])
def test_an_increase_counts_from_the_ceiling_of_the_day_of_issue(ceiling, answer):
    """A ledger is read on the day itself, not at the month's end before it."""
    may, base = seen("2024-05-31", 250 * YI), seen("2024-06-25", 300 * YI)
    reading = seen("2024-09-30", ceiling * YI)
    target = set_in("2024-30/2.1-increase", DUE)
    assert light(target, may, base, reading, on="2024-10-01") == answer


def test_what_no_figure_measures_yet_cannot_be_told():
    assert light(set_in("2024-30/2.1-total", DUE), on="2024-08-01") == Light.UNKNOWN
    assert light(set_in("2024-30/2.1-total", DUE), on="2024-10-01") == Light.UNKNOWN


# --- before the deadline ---------------------------------------------------------------------------


def test_without_a_document_there_is_no_light():
    found = judge(None, (BASE,), end("2025-06-30"))
    assert (found.light, found.goal) == (Light.NO_TARGET, None)


def test_before_its_first_day_a_target_is_neither_on_track_nor_behind():
    assert light(YEAR, BASE, on="2024-12-30") == Light.UNKNOWN


@pytest.mark.parametrize(
    ("day", "value", "answer"),
    [
        ("2025-01-31", 108, Light.BEHIND),
        ("2025-01-31", 109, Light.ON_TRACK),
        # 31 of 365 days are over: 100 + 100 × 31 ÷ 365 = 108.49…
        ("2025-01-31", "108.49", Light.BEHIND),
        ("2025-01-31", "108.50", Light.ON_TRACK),
        ("2025-11-30", 199, Light.ON_TRACK),
        ("2025-11-30", 200, Light.REACHED),
        ("2025-11-30", None, Light.UNKNOWN),
    ],
)
def test_the_pace_is_a_straight_line_by_days(day, value, answer):
    assert light(YEAR, BASE, seen(day, value), on="2025-12-15") == answer


def test_the_pace_is_that_of_the_figures_own_day_not_of_the_day_of_asking():
    june = seen("2025-06-30", 150)
    assert light(YEAR, BASE, june, on="2025-06-30") == Light.ON_TRACK
    assert light(YEAR, BASE, june, on="2025-12-31") == Light.ON_TRACK


def test_on_its_last_day_a_target_is_not_yet_over():
    found = judge(YEAR, (BASE, seen("2025-11-30", 150)), end("2025-12-31"))
    assert (found.light, found.frozen) == (Light.BEHIND, False)
    over = judge(YEAR, (BASE, seen("2025-11-30", 150)), end("2026-01-01"))
    assert (over.light, over.frozen) == (Light.UNKNOWN, False)


def test_without_a_base_there_is_no_pace_but_a_target_met_is_met():
    assert light(YEAR, seen("2025-06-30", 150), on="2025-07-10") == Light.UNKNOWN
    assert light(YEAR, seen("2025-06-30", 200), on="2025-07-10") == Light.REACHED


def test_a_base_that_the_document_gives_stands_for_the_figure_of_the_day():
    target = replace(YEAR, base=Decimal(180))
    assert light(target, BASE, seen("2025-06-30", 185), on="2025-07-10") == Light.BEHIND
    assert light(target, BASE, seen("2025-06-30", 190), on="2025-07-10") == Light.ON_TRACK


@pytest.mark.parametrize(("value", "answer"), [("109.99", Light.MISSED), ("110.00", Light.REACHED)])
def test_a_growth_is_in_percent_of_the_base(value, answer):
    target = replace(YEAR, direction="growth", value=Decimal(10))
    assert light(target, BASE, seen("2025-12-31", value), on="2026-01-20") == answer


@pytest.mark.parametrize(
    ("day", "value", "answer"),
    [
        ("2025-06-30", 50, Light.ON_TRACK),
        ("2025-06-30", 51, Light.ON_TRACK),
        ("2025-06-30", 90, Light.BEHIND),
        ("2025-12-31", 50, Light.REACHED),
        ("2025-12-31", 51, Light.MISSED),
    ],
)
def test_a_ceiling_is_kept_to_its_last_day_before_it_is_reached(day, value, answer):
    """From 100 down to 50: on 2025-06-30, 181 of 365 days on, the line stands at 75.2."""
    target = replace(YEAR, direction="at_most", value=Decimal(50))
    on = "2025-07-10" if day < "2025-12" else "2026-01-20"
    assert light(target, BASE, seen(day, value), on=on) == answer


# --- after it --------------------------------------------------------------------------------------

PRELIMINARY = seen("2025-12-31", 190, "2026-01-10", final=False)
FINAL = seen("2025-12-31", 199, "2026-01-20")
CORRECTED = seen("2025-12-31", 205, "2026-03-01")
TOO_LATE = seen("2026-01-31", 300, "2026-02-15")


@pytest.mark.parametrize(
    ("on", "answer", "frozen", "value"),
    [
        ("2026-01-09", Light.UNKNOWN, False, None),
        ("2026-01-10", Light.MISSED, False, 190),
        ("2026-01-19", Light.MISSED, False, 190),
        ("2026-01-20", Light.MISSED, True, 199),
        ("2026-02-28", Light.MISSED, True, 199),
        ("2026-03-01", Light.MISSED, True, 199),
        ("2030-01-01", Light.MISSED, True, 199),
    ],
)
def test_the_first_final_figure_of_the_last_day_freezes_the_result(on, answer, frozen, value):
    readings = (BASE, PRELIMINARY, FINAL, CORRECTED, TOO_LATE)
    found = judge(YEAR, readings, end(on))
    shown = None if found.reading is None else found.reading.value
    assert (found.light, found.frozen, shown) == (answer, frozen, value)


def test_a_result_is_not_frozen_while_its_base_is_preliminary():
    target = replace(YEAR, direction="growth", value=Decimal(10))
    early = seen("2024-12-31", 100, "2025-01-10", final=False)
    settled_base = seen("2024-12-31", 200, "2026-02-01")
    found = judge(target, (early, FINAL), end("2026-01-25"))
    assert (found.light, found.frozen) == (Light.REACHED, False)
    found = judge(target, (early, FINAL, settled_base), end("2026-02-01"))
    assert (found.light, found.frozen) == (Light.MISSED, True)


def test_a_deadline_within_a_month_is_judged_by_the_months_end_before_it():
    target = replace(YEAR, due=date(2025, 12, 18))
    november, december = seen("2025-11-30", 200), seen("2025-12-31", 100)
    assert light(target, BASE, november, december, on="2026-01-20") == Light.REACHED
    assert light(target, BASE, seen("2025-10-31", 200), on="2026-01-20") == Light.UNKNOWN


# --- whatever the figures --------------------------------------------------------------------------

DAYS = st.dates(date(2024, 12, 1), date(2026, 12, 31))
READINGS = st.lists(
    st.builds(
        Reading,
        day=st.sampled_from(
            [end("2024-12-31"), end("2025-06-30"), end("2025-12-31"), end("2026-01-31")]
        ),
        known_on=DAYS,
        value=st.none() | st.integers(0, 300).map(Decimal),
        final=st.booleans(),
    ),
    max_size=6,
)
TARGETS = st.sampled_from(["at_least", "more_than", "at_most", "increase", "growth"]).map(
    lambda direction: replace(YEAR, direction=direction)
)


@given(TARGETS, READINGS, READINGS, DAYS, DAYS)
def test_nothing_that_becomes_known_later_moves_a_frozen_result(target, now, later, on, then):
    found = judge(target, now, on)
    came = [reading for reading in later if reading.known_on > on]
    if found.frozen:
        assert judge(target, [*now, *came], max(on, then)) == found


@given(TARGETS, READINGS, READINGS, DAYS)
def test_what_becomes_known_after_the_day_counts_for_nothing(target, now, later, on):
    came = [reading for reading in later if reading.known_on > on]
    assert judge(target, [*now, *came], on) == judge(target, now, on)


@given(TARGETS, READINGS, DAYS)
def test_reached_and_missed_are_for_what_is_over_or_met_and_a_frozen_result_is_one_of_them(
    target, readings, on
):
    found: Judgement = judge(target, readings, on)
    if found.light is Light.MISSED or found.frozen:
        assert on > target.due
    if found.frozen:
        assert found.light in (Light.REACHED, Light.MISSED)
        assert found.reading == settled([r for r in readings if r.known_on <= on], target.due)


@given(READINGS, DAYS, st.integers(0, 300), st.integers(0, 300))
def test_a_larger_value_never_gives_a_worse_answer(readings, on, one, other):
    order = [Light.MISSED, Light.BEHIND, Light.ON_TRACK, Light.REACHED]
    first = [r for r in readings if r.day == BASE.day]
    lower, higher = sorted((one, other))
    answers = [
        judge(YEAR, [*first, seen("2025-12-31", v, "2025-12-31")], on).light
        for v in (lower, higher)
    ]
    if Light.UNKNOWN not in answers:
        assert order.index(answers[0]) <= order.index(answers[1])
