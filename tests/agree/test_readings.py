"""A series as published then, as known on a day, and restated under one definition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dripline.canon import version_hash
from dripline.definitions import Indicator, Version
from dripline.errors import CannotRead, Refused
from dripline.indicators import CATALOGUE
from dripline.indicators.bridge import End, bridge
from dripline.indicators.compile import finished
from dripline.indicators.readings import Manners, periods_between, publication_day, series
from dripline.law import Law
from dripline.measures import Sum
from dripline.nodes import OnList
from dripline.periods import Period
from dripline.standards.loans import CLDWDK
from dripline.words import Text
from tests.agree.bridged import Written
from tests.unit.handed_over import BANK, BRANCH, OTHER

MONTHS = periods_between(Period.parse("2025-03"), Period.parse("2025-05"))
TODAY = date(2025, 6, 12)
FRAME = OnList(
    ("gaoxin",), CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.borrower_region_code
)
AMOUNT = Indicator(
    code="X-BAL",
    label=Text(zh="贷款", en="Loans"),
    unit="yuan",
    measure=Sum(CLDWDK.balance_cny, FRAME & CLDWDK.loan_quality.is_not("FQ05")),
    decimals=2,
    source="own",
    article="二",
    since=date(2025, 4, 1),
    change=Text(zh="不计损失类贷款。", en="Loans written down to nothing no longer count."),
    earlier=(
        Version(since=None, measure=Sum(CLDWDK.balance_cny, FRAME), source="own", article="一"),
    ),
)
BEFORE, AFTER = (version_hash(AMOUNT, version) for version in AMOUNT.versions)


@pytest.fixture
def spring(tmp_path) -> Written:
    """March to May: a bank late with March, a correction of April, a new list in May, May not yet published."""
    made = Written(tmp_path / "home")
    made.reporters("2025-04-01", "2025-03", BANK, OTHER)
    made.lists("2025-04-01", "2025-03", E1="2025-01-01 A B")
    made.loans("2025-04-10", "2025-03", "A1 A 100.00, A2 B 10.00, A3 A 1.00 FQ05")
    made.loans("2025-04-30", "2025-03", "O1 A 20.00", sender=OTHER)
    made.loans("2025-05-09", "2025-04", "A1 A 110.00, A2 B 10.00, A3 A 1.00 FQ05")
    made.loans("2025-05-09", "2025-04", "O1 A 21.00", sender=OTHER)
    made.loans("2025-05-28", "2025-04", "A1 A 111.00, A2 B 10.00, A3 A 1.00 FQ05")
    made.lists("2025-06-02", "2025-05", E1="2025-01-01 A B", E2="2025-05-01 A")
    made.loans("2025-06-10", "2025-05", "A1 A 115.00, A2 B 10.00")
    return made


def read(made: Written, how: Manners, *, as_of: str | None = None) -> list[tuple]:
    """Each period's value, the version and the day."""
    points = series(made.figures(AMOUNT, as_of=as_of), "X-BAL", MONTHS, (), how)
    return [
        (
            next((finished(cell, AMOUNT) for cell in point.cells), None),
            point.version,
            str(point.known or ""),
        )
        for point in points
    ]


def test_figures_are_published_on_the_tenth_working_day_after_the_month():
    law = Law.load()
    assert publication_day(Period.parse("2025-04"), law) == date(
        2025, 5, 19
    )  # 1 to 5 May are holidays
    assert publication_day(Period.parse("2025-Q1"), law) == publication_day(MONTHS[0], law)


def test_as_published_then_a_month_has_what_had_come_by_its_day_under_the_definition_of_then(
    spring,
):
    assert read(spring, Manners("published", TODAY)) == [
        (Decimal("111.00"), BEFORE, "2025-04-15"),
        (Decimal("141.00"), AFTER, "2025-05-19"),
        (None, AFTER, "2025-06-16"),
    ]


def test_nothing_was_published_before_its_day(spring):
    found = read(spring, Manners("published", TODAY), as_of="2025-05-01")
    assert [value for value, _, _ in found] == [Decimal("111.00"), None, None]


def test_as_known_on_a_day_every_month_has_what_had_come_by_that_day(spring):
    assert read(spring, Manners("known", TODAY), as_of="2025-05-10") == [
        (Decimal("131.00"), BEFORE, "2025-05-10"),
        (Decimal("141.00"), AFTER, "2025-05-10"),
        (None, AFTER, "2025-05-10"),
    ]
    assert [value for value, _, _ in read(spring, Manners("known", TODAY))] == [
        Decimal("131.00"),
        Decimal("142.00"),
        Decimal("115.00"),
    ]


def test_restated_every_month_is_reckoned_under_one_definition(spring):
    later = Manners("restated", TODAY)
    assert [(value, name) for value, name, _ in read(spring, later)] == [
        (Decimal("130.00"), AFTER),
        (Decimal("142.00"), AFTER),
        (Decimal("115.00"), AFTER),
    ]
    earlier = read(spring, Manners("restated", TODAY, definition=date(2025, 3, 31)))
    assert [(value, name) for value, name, _ in earlier] == [
        (Decimal("131.00"), BEFORE),
        (Decimal("143.00"), BEFORE),
        (Decimal("115.00"), BEFORE),
    ]


def test_restated_on_one_list_every_month_counts_the_firms_of_that_list(spring):
    found = read(spring, Manners("restated", TODAY, lists=MONTHS[-1]))
    assert [value for value, _, _ in found] == [Decimal("120"), Decimal("132"), Decimal("115")]


def test_only_a_restated_series_has_another_definition_or_other_lists():
    for wrong in ({"definition": TODAY}, {"lists": MONTHS[0]}):
        with pytest.raises(CannotRead, match="--reading restated"):
            Manners("known", TODAY, **wrong)


def test_a_series_runs_forward_over_periods_of_one_length():
    for first, last in (("2025-05", "2025-03"), ("2025-03", "2025-Q2")):
        with pytest.raises(CannotRead, match="of one length"):
            periods_between(Period.parse(first), Period.parse(last))
    assert [str(p) for p in periods_between(Period.parse("2024-Q4"), Period.parse("2025-Q2"))] == [
        "2024-Q4",
        "2025-Q1",
        "2025-Q2",
    ]


TABLE = CATALOGUE["TL-01-BAL"]
FEBRUARY = Period.parse("2025-02")


def printed(code: str, period: str, value: str) -> dict:
    """A row of the register of published figures."""
    return {
        "indicator": code,
        "breakdown": "total",
        "item": "total",
        "period": period,
        "value": Decimal(value),
        "unit": "yuan",
        "cited": "某通报",
        "definition": "银行汇总",
    }


def test_what_a_document_printed_then_is_what_was_published_whatever_rows_have_come_since(spring):
    history = [printed("X-BAL", "2025-03", "109.00")]
    spring.take("2025-06-11", "2025-03", BRANCH, HISTORY=history)
    published = read(spring, Manners("published", TODAY))
    assert published[0] == (Decimal("109.00"), None, "2025-04-15")
    assert published[1] == (Decimal("141.00"), AFTER, "2025-05-19")
    assert read(spring, Manners("known", TODAY))[0][0] == Decimal("131.00")


def test_before_the_table_was_added_up_from_rows_there_is_what_was_published(spring):
    spring.take("2025-04-01", "2025-03", BRANCH, HISTORY=[printed("TL-01-BAL", "2025-02", "77.50")])
    figures = spring.figures(TABLE)
    january = FEBRUARY.shift(-1)
    with pytest.raises(Refused, match="not added up from rows for 2025-02-28"):
        figures.query("TL-01-BAL", FEBRUARY)
    points = list(series(figures, "TL-01-BAL", (january, FEBRUARY), (), Manners("known", TODAY)))
    before = version_hash(TABLE, TABLE.versions[0])
    assert [(len(point.cells), point.version) for point in points] == [(0, before), (1, before)]
    assert finished(points[1].cells[0], TABLE) == Decimal("77.50")


def test_over_the_break_of_the_table_what_was_published_and_the_same_month_reckoned_differ_by_definition(
    spring,
):
    published = printed("TL-01-BAL", "2025-02", "77.50")
    spring.take("2025-06-11", "2025-03", BRANCH, HISTORY=[published])
    spring.loans("2025-06-12", "2025-02", "A1 A 90.00, A2 B 10.00")
    spring.lists("2025-06-12", "2025-02", E1="2025-01-01 A B")
    spring.reporters("2025-06-12", "2025-02", BANK, OTHER)
    found = bridge(spring.figures(TABLE), "TL-01-BAL", End(FEBRUARY), End(MONTHS[0]))
    changes = {part: change for part, change in found.parts.items() if change}
    assert found.levels[0][1] == Fraction("77.50")
    assert changes == {"definition": Fraction("22.50"), "absent": 20, "real": 11}
    assert found.levels[-1][1] == Fraction("131.00")
    with pytest.raises(Refused, match="not added up from rows for 2025-01-31"):
        bridge(spring.figures(TABLE), "TL-01-BAL", End(FEBRUARY.shift(-1)), End(MONTHS[0]))


def test_what_has_no_meaning_is_refused_in_a_series_too(spring):
    figures = spring.figures(replace(AMOUNT, breakdowns=("total",)))
    with pytest.raises(Refused, match="is not divided by"):
        list(series(figures, "X-BAL", MONTHS, ("size",), Manners("known", TODAY)))
