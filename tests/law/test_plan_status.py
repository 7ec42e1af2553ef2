"""The bounds between the statuses of a measure stand in the lawbook from the day of the plan, assumed and with a reason."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from dripline.errors import LawError
from dripline.law import Law

FIRST = date(2024, 6, 25)
LAW = Law.load()


def test_the_bounds_hold_from_the_day_of_the_plan():
    assert dict(LAW.on(FIRST)["plan.status"]) == {
        "watch_over": Decimal(0),
        "late_over": Decimal("0.10"),
        "confirmed_by": 2,
    }


def test_there_are_none_the_day_before():
    with pytest.raises(LawError, match=r"plan\.status has no value on 2024-06-24"):
        LAW.on(FIRST - timedelta(days=1))["plan.status"]


def test_they_are_ours_and_say_why():
    (value,) = LAW.entry("plan.status").values
    assert (value.source.id, value.status, value.reason is not None) == ("own", "assumed", True)
