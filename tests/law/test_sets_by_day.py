"""Sets of lists and bands of credit are those of the period's last day: the days around a change, in a lawbook made here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.breakdowns import BANDS, in_use
from dripline.indicators.labels import band
from dripline.indicators.official_table import lines_on
from dripline.indicators.populations import NATIONAL, OFFICIAL
from dripline.law import Law
from dripline.periods import Period
from tests.conftest import compute_everywhere, world
from tests.spec.small_lists import KINDS, A, B, editions, listed

MAY, JUNE = Period.parse("2025-05"), Period.parse("2025-06")
ON_TIME, TOO_LATE = date(2025, 6, 30), date(2025, 7, 1)
"""First days in force: the one is the last day of June, the other the day after."""


def changed(name: str, day: date, amount: tuple[object, ...], before: tuple[object, ...]) -> Law:
    """The lawbook with two values of one entry: one before a day and one from it on."""
    law = Law.load()
    entry = law.entry(name)
    last = entry.values[-1]
    values = (
        replace(last, since=date(2019, 1, 1), amount=before),
        replace(last, since=day, amount=amount),
    )
    entries = {each: law.entry(each) for each in law.names()}
    return Law(entries | {name: replace(entry, values=values)}, law.sources)


def loans(*months: Period) -> str:
    """In each month A, a high-tech firm, owes 100 and B, a champion, owes 20."""
    rows = "".join(
        f"""
        CLDWDK {month}
        borrower_id_type | borrower_id_no | balance_cny
        A01              | {A}            |         100
        A01              | {B}            |          20
        """
        for month in months
    )
    lists = "".join(
        editions(str(month)) + listed(str(month), gaoxin=(A,), danxiang=(B,)) for month in months
    )
    return rows + lists


def value(code: str, law: Law, period: Period, *months: Period) -> Decimal | None:
    data = world(loans(*(months or (period,))), "CLDWDK", period)
    (cell,) = compute_everywhere([CATALOGUE[code]], data, period, law, BREAKDOWNS, ("total",))
    return Decimal(cell.numerator) / cell.denominator if cell.denominator else None


@pytest.mark.parametrize(("day", "balance"), [(ON_TIME, 120), (TOO_LATE, 100)])
def test_a_list_belongs_to_the_technology_enterprises_from_the_day_the_set_names_it(day, balance):
    law = changed(NATIONAL, day, ("gaoxin", "danxiang"), before=("gaoxin",))
    assert value("TE-BAL", law, JUNE) == balance
    assert value("TE-BAL", law, MAY) == 100


@pytest.mark.parametrize(("day", "balance"), [(ON_TIME, 100), (TOO_LATE, 120)])
def test_a_list_that_a_set_drops_counts_until_the_day_before(day, balance):
    law = changed(NATIONAL, day, ("gaoxin",), before=("gaoxin", "danxiang"))
    assert value("TE-BAL", law, JUNE) == balance


def test_on_one_list_both_ends_are_counted_over_the_set_of_the_later_and_as_published_each_over_its_own():
    law = changed(NATIONAL, ON_TIME, ("gaoxin", "danxiang"), before=("gaoxin",))
    year_ago = JUNE.shift(-12)
    assert value("GR-YOY", law, JUNE, year_ago, JUNE) == 0
    assert value("GR-YOY-PUBLISHED", law, JUNE, year_ago, JUNE) == 20


def test_before_the_lawbook_has_a_set_it_is_unknown_who_is_in_it():
    law = changed(NATIONAL, ON_TIME, ("gaoxin",), before=("gaoxin",))
    entry = law.entry(NATIONAL)
    entries = {each: law.entry(each) for each in law.names()}
    young = Law(entries | {NATIONAL: replace(entry, values=entry.values[1:])}, law.sources)
    data = world(loans(MAY), "CLDWDK", MAY)
    (cell,) = compute_everywhere([CATALOGUE["TE-BAL"]], data, MAY, young, BREAKDOWNS, ("total",))
    assert (cell.numerator, cell.unknown) == (0, 2)


@pytest.mark.parametrize(("day", "items"), [(ON_TIME, ["gaoxin"]), (TOO_LATE, list(KINDS))])
def test_a_figure_by_list_has_the_items_of_the_day(day, items):
    law = changed(NATIONAL, day, ("gaoxin",), before=KINDS)
    found = in_use(BREAKDOWNS, law.on(JUNE.last_day))["list_kind"]
    assert [group.code for group in found.groups] == items


def test_the_official_table_has_the_rows_of_the_day():
    kinds = ("gaoxin", "keji_sme", "zhuanjing", "xiaojuren", "shifan", "danxiang")
    law = changed(OFFICIAL, ON_TIME, kinds[:-1], before=kinds)
    assert [line.number for line in lines_on(law.on(MAY.last_day))] == list(range(1, 14))
    assert [line.number for line in lines_on(law.on(JUNE.last_day))] == [
        1,
        2,
        3,
        4,
        5,
        6,
        *range(8, 14),
    ]
    assert (value("TL-01-BAL", law, MAY), value("TL-01-BAL", law, JUNE)) == (120, 100)


LIMITS = f"""
    CLDWDK
    loan_note_no | borrower_id_type | borrower_id_no | balance_cny
    1            | A01              | {A}            |           1
    2            | A01              | {B}            |           2
    3            | A01              | 9141010000000003X |        4
    FTYKHX
    customer_id_type | customer_id_no    | credit_limit
    A01              | {A}               |   5000000.00
    A01              | {B}               |   5000000.01
    A01              | 9141010000000003X |  99000000.00
"""


def by_band(law: Law) -> dict[str | None, int]:
    lists = editions() + listed(gaoxin=(A, B, "9141010000000003X"))
    cells = compute_everywhere(
        [CATALOGUE["TE-BAL"]],
        world(LIMITS + lists, "CLDWDK", JUNE),
        JUNE,
        law,
        BREAKDOWNS,
        ("credit_band",),
    )
    return {cell.keys[0]: cell.numerator // cell.denominator for cell in cells}


@pytest.mark.parametrize(
    ("day", "bands"),
    [
        (ON_TIME, {"band_1": 1, "band_2": 2, "band_3": 4}),
        (TOO_LATE, {"band_1": 1, "band_2": 2, "band_5": 4}),
    ],
)
def test_a_band_of_credit_has_the_bounds_of_the_day(day, bands):
    law = changed(BANDS, day, (500, 1000), before=(500, 1000, 3000, 5000))
    assert by_band(law) == bands


def test_a_bound_belongs_to_the_band_below_it_on_the_day():
    lower = changed(BANDS, ON_TIME, (499, 500, 3000, 5000), before=(500, 1000, 3000, 5000))
    assert by_band(lower) == {"band_2": 1, "band_3": 2, "band_5": 4}


def test_a_band_is_called_by_its_bounds_of_the_day():
    law = changed(BANDS, ON_TIME, (600, 1500), before=(500, 1000, 3000, 5000))
    june, may = law.on(JUNE.last_day), law.on(MAY.last_day)
    assert [band(f"band_{n}", june).zh for n in (1, 2, 3, 4)] == [
        "600万元及以下",
        "600万元至1500万元（含）",
        "1500万元以上",
        "第4档",
    ]
    assert band("band_4", may).zh == "3000万元至5000万元（含）"
    assert band("band_2", june).en == "Over 6 and up to 15 million yuan"
