"""Figures counted a column at a time and kept in a file equal those counted a cell at a time."""

import numpy as np

from dripline.engines.columns import FITS, ExactColumns, combined, divided_by
from dripline.indicators.results import all_results
from tests.agree.accepted import LAST, figures


def test_the_kept_results_of_a_month_are_the_cells_of_the_plain_arithmetic() -> None:
    at_once = figures()
    kept = list(all_results(at_once.compile(LAST)))
    one_by_one = at_once.cells(LAST, at_once.catalogue.indicators.values())
    assert len(kept) > 1000
    assert sorted(kept, key=repr) == sorted(one_by_one, key=repr)


def wholes(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64 if max(map(abs, numbers)) < FITS else object)


def test_numbers_beyond_64_bits_stay_exact() -> None:
    none = np.zeros(2, np.int64)
    large = ExactColumns(wholes(10**18, -(10**18)), 10**7, none)
    found = divided_by(large, ExactColumns(wholes(-3, 0), 100, none), 100)
    assert found.numerator.tolist() == [-(10**22), -(10**22)]
    assert found.denominator.tolist() == [3 * 10**7, 0]


def test_a_difference_of_rates_has_their_common_denominator_and_none_where_one_is_undefined() -> (
    None
):
    one = np.ones(2, np.int64)
    first = ExactColumns(wholes(1, 1), wholes(6, 0), one)
    found = combined([(1, first), (-1, ExactColumns(wholes(1, 1), 4, 2 * one))])
    assert found.numerator.tolist() == [-1, 0]
    assert found.denominator.tolist() == [12, 0]
    assert found.unknown.tolist() == [2, 2]
