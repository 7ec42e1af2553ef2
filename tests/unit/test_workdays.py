"""Working days follow the State Council's notices; a year without one is never guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.errors import LawError
from dripline.workdays import (
    add_working_days,
    is_provisional,
    is_working_day,
    working_days_between,
    years_on_file,
)

DAYS = st.dates(date(2004, 3, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 16), False),  # Monday of the Spring Festival
        (date(2026, 2, 14), True),  # Saturday made up for it
        (date(2026, 2, 24), True),  # the first Tuesday after
        (date(2026, 2, 21), False),  # Saturday within
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2026, 3, 9), True),  # a plain Monday
        (date(2025, 10, 8), False),  # the eighth day of National Day and Mid-autumn
        (date(2015, 9, 3), False),  # seventy years after the war, once
        (date(2014, 9, 3), True),
    ],
)
def test_offices_work_when_the_notice_says_so(day, works):
    assert is_working_day(day) is works


def test_the_tenth_working_day_after_january_2026_lies_beyond_the_spring_festival():
    assert add_working_days(date(2026, 1, 31), 10) == date(2026, 2, 13)
    assert add_working_days(date(2026, 1, 31), 11) == date(2026, 2, 14)
    assert add_working_days(date(2026, 1, 31), 12) == date(2026, 2, 24)


def test_no_working_day_later_is_the_next_one_when_the_day_is_a_holiday():
    assert add_working_days(date(2026, 10, 1), 0) == date(2026, 10, 8)
    assert add_working_days(date(2026, 10, 8), 0) == date(2026, 10, 8)


def test_working_days_are_counted_back_too():
    assert add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)
    assert working_days_between(date(2026, 10, 8), date(2026, 9, 30)) == -1


def test_the_first_day_of_a_stretch_does_not_count_and_the_last_does():
    assert working_days_between(date(2026, 9, 30), date(2026, 10, 8)) == 1
    assert working_days_between(date(2026, 9, 30), date(2026, 9, 30)) == 0


@given(DAYS, st.integers(1, 40))
def test_so_many_working_days_later_is_so_many_working_days_away(day, count):
    later = add_working_days(day, count, provisional=True)
    assert working_days_between(day, later, provisional=True) == count
    assert is_working_day(later, provisional=True)


def test_notices_from_2004_to_2026_are_on_file():
    assert years_on_file() == range(2004, 2027)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2027, 1, 4)])
def test_a_year_without_a_notice_is_refused_with_what_to_do(day):
    with pytest.raises(
        LawError, match=rf"of {day.year} are not on file.*from 2004 to 2026\. Add the"
    ):
        is_working_day(day)


def test_a_deadline_that_runs_into_such_a_year_is_refused_too():
    assert add_working_days(date(2026, 12, 30), 1) == date(2026, 12, 31)
    with pytest.raises(LawError, match="2027"):
        add_working_days(date(2026, 12, 30), 2)


def test_a_provisional_day_is_given_when_asked_and_is_known_as_such():
    day = add_working_days(date(2026, 12, 30), 2, provisional=True)
    assert day == date(2027, 1, 1)
    assert is_provisional(day)
    assert not is_provisional(date(2026, 12, 31))
