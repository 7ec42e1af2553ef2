"""Months compiled two at a time hold the same cells as months compiled one after the other."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dripline.errors import CannotRead
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.readings import periods_between
from dripline.indicators.results import all_results
from dripline.indicators.side_by_side import compile_months, each_of
from dripline.periods import Period
from dripline.store import Store
from tests.agree.accepted import FIRST, LAST, figures

MONTHS = periods_between(FIRST, LAST)


def copy(to: Path) -> Figures:
    """The same facts in another home, where nothing is compiled yet, and a few indicators of them."""
    made = figures()
    few = {code: CATALOGUE[code] for code in ("TE-BAL", "TE-COVERAGE", "GR-MONTH")}
    for part in ("log", "facts"):
        shutil.copytree(made.store.home.path / part, to / part)
    shutil.copy(made.store.home.path / "home.json", to / "home.json")
    return replace(made, store=Store.open(to), catalogue=Catalogue(few, BREAKDOWNS))


def test_two_at_a_time_give_the_cells_of_one_after_the_other(tmp_path: Path) -> None:
    at_once, in_turn = copy(tmp_path / "a"), copy(tmp_path / "b")
    found = dict(compile_months(at_once, MONTHS))
    assert list(found) == list(MONTHS)
    for period in MONTHS:
        alone = in_turn.compile(period)
        assert alone.name == found[period].name
        assert sorted(map(repr, all_results(alone))) == sorted(
            map(repr, all_results(found[period]))
        )


def test_a_month_that_cannot_be_compiled_ends_it_with_its_own_error() -> None:
    def fails(period: Period) -> str:
        if period == MONTHS[1]:
            raise CannotRead(f"{period} is not there")
        return str(period)

    made = each_of(MONTHS, fails)
    assert next(made) == (MONTHS[0], "2025-03")
    with pytest.raises(CannotRead, match="2025-04 is not there"):
        next(made)
