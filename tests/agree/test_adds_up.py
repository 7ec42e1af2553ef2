"""Where the catalogue says that the items of a breakdown add up to the total, they do, to the last digit."""

from collections import defaultdict
from fractions import Fraction

from dripline.adding_up import DISTINCT, EVERYWHERE, MEMO, OVERLAP, RATIO, WHOLE, why_not
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.history import Published
from dripline.indicators.results import all_results
from tests.agree.accepted import LAST, figures


def test_the_items_of_every_breakdown_add_up_unless_the_catalogue_says_why_not() -> None:
    totals: dict[str, Fraction] = {}
    sums: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    open_ones = set()
    for cell in all_results(figures().compile(LAST)):
        if cell.denominator == 0 or isinstance(cell, Published):
            open_ones.add(cell.indicator)
        elif cell.breakdown == "total":
            totals[cell.indicator] = Fraction(cell.numerator, cell.denominator)
        else:
            number = Fraction(cell.numerator, cell.denominator)
            sums[cell.indicator, cell.breakdown].append(number)
    meant = figures().catalogue.at(LAST.last_day).indicators
    different, checked = [], 0
    for (code, way), items in sums.items():
        if code in open_ones or why_not(meant[code].measure, way, BREAKDOWNS):
            continue
        checked += 1
        if sum(items) != totals[code]:
            different.append((code, way, float(sum(items)), float(totals[code])))
    assert different == []
    assert checked > 200


def test_the_catalogue_gives_a_reason_of_each_kind() -> None:
    reasons = {
        why_not(indicator.measure, way, BREAKDOWNS)
        for indicator in CATALOGUE.values()
        for way in indicator.breakdowns
    }
    assert reasons >= {None, RATIO, DISTINCT, OVERLAP, MEMO, EVERYWHERE}
    assert reasons <= {None, RATIO, DISTINCT, OVERLAP, MEMO, EVERYWHERE, WHOLE}
