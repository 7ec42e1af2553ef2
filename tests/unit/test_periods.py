"""A period is a month, a quarter, a half-year or a year, and knows its days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.errors import CannotRead
from dripline.periods import Period, is_month_end, month_of

PERIODS = st.builds(
    lambda year, length, place: Period(year, place % (12 // length) * length + 1, length),
    st.integers(1900, 2200),
    st.sampled_from([1, 3, 6, 12]),
    st.integers(0, 11),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025-06", date(2025, 6, 1), date(2025, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-Q2", date(2025, 4, 1), date(2025, 6, 30)),
        ("2025-Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2025-H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025-H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_has_a_first_and_a_last_day(text, first, last):
    period = Period.parse(text)
    assert (period.first_day, period.last_day, str(period)) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-6",
        "2025-13",
        "2025-00",
        "2025-Q5",
        "2025-H3",
        "25",
        "0000",
        "２０２５",
        "2025-06 ",
    ],
)
def test_what_is_no_period_is_refused_with_the_four_forms(text):
    with pytest.raises(CannotRead, match="a month 2025-06, a quarter 2025-Q2, a half-year 2025-H1"):
        Period.parse(text)


@pytest.mark.parametrize(
    "parts", [(2025, 0), (2025, 13), (2025, 2, 3), (2025, 4, 6), (2025, 1, 2), (0, 1)]
)
def test_a_quarter_does_not_begin_in_february(parts):
    with pytest.raises(ValueError, match="no period of"):
        Period(*parts)


def test_the_quarter_before_the_first_is_the_last_of_the_year_before():
    assert str(Period.parse("2025-Q1").shift(-1)) == "2024-Q4"
    assert str(Period.parse("2025-12").shift(1)) == "2026-01"
    assert str(Period.parse("2025-H2").shift(3)) == "2027-H1"
    assert str(Period.parse("2025-Q1").year_before()) == "2024-Q1"


def test_a_half_year_is_made_of_six_months_and_stands_for_its_last():
    half = Period.parse("2025-H2")
    assert [str(m) for m in half.months()] == [f"2025-{m:02d}" for m in range(7, 13)]
    assert str(half.last_month) == "2025-12"


def test_a_day_lies_in_its_month_and_in_no_other():
    june = Period.parse("2025-06")
    assert month_of(date(2025, 6, 30)) == june
    assert june.contains(date(2025, 6, 1))
    assert june.contains(date(2025, 6, 30))
    assert not june.contains(date(2025, 5, 31))
    assert not june.contains(date(2025, 7, 1))


def test_a_leap_day_is_a_month_end_and_the_day_before_is_not():
    assert is_month_end(date(2024, 2, 29))
    assert not is_month_end(date(2024, 2, 28))
    assert is_month_end(date(2025, 2, 28))


@given(PERIODS)
def test_a_period_reads_back_as_written(period):
    assert Period.parse(str(period)) == period


@given(PERIODS, st.integers(-200, 200))
def test_shifting_there_and_back_changes_nothing(period, steps):
    assert period.shift(steps).shift(-steps) == period


@given(PERIODS)
def test_a_period_ends_the_day_before_the_next_begins(period):
    assert (period.shift(1).first_day - period.last_day).days == 1


@given(PERIODS, PERIODS)
def test_months_sort_as_the_calendar_does(one, other):
    one, other = one.months()[0], other.months()[0]
    assert (one < other) == (one.first_day < other.first_day)
