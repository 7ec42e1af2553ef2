"""Numbers, days and marks as they stand on a page, in both languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dripline.periods import Period
from dripline.portal.design import marks

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (None, 0, "—"),
        (0, 0, "0"),
        (1234567, 0, "1,234,567"),
        (D("-1234.5"), 1, "−1,234.5"),
        (D("0.05"), 1, "0.1"),
        (D("0.04"), 1, "0.0"),
        (D("-0.04"), 1, "0.0"),
        (D("3.425"), 2, "3.43"),
        (999, 0, "999"),
        (0.1, 2, "0.10"),
    ],
)
def test_a_number_has_thousands_a_true_minus_and_no_sign_under_half_a_unit(
    value: Decimal | None, decimals: int, shown: str
) -> None:
    assert marks.grouped(value, decimals) == shown


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (D(684_270_000_000), "yuan", "6,842.7 亿元", "6,842.7 100 million yuan"),
        (D("3.42"), "percent", "3.42 %", "3.42 %"),
        (D("-0.31"), "points", "−0.31 个百分点", "−0.31 percentage points"),
        (4216, "firms", "4,216 户", "4,216 firms"),
        (9999, "firms", "9,999 户", "9,999 firms"),
        (10_000, "firms", "1.00 万户", "10,000 firms"),
        (38_600, "firms", "3.86 万户", "38,600 firms"),
        (12_846, "notes", "1.28 万笔", "12,846 notes"),
        (D("0.5"), "ratio", "0.5 ", "0.5 "),
        (None, "yuan", "— ", "— "),
    ],
)
def test_a_figure_stands_in_the_unit_people_speak_in(
    value: Decimal | None, unit: str, chinese: str, english: str
) -> None:
    told = [marks.figure(value, unit, language) for language in ("zh", "en")]
    assert [f"{one.text} {one.unit}" for one in told] == [chinese, english]


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        (D("11.2"), "points", "▲ 11.20 个百分点", "▲ 11.20 percentage points"),
        (D("-0.31"), "points", "▼ 0.31 个百分点", "▼ 0.31 percentage points"),
        (D("18.6"), "percent", "▲ 18.6 %", "▲ 18.6 %"),
        (0, "firms", "＝ 0 户", "＝ 0 firms"),
        (None, "percent", "—", "—"),
    ],
)
def test_a_change_says_its_direction_by_a_mark_and_not_by_a_sign_or_a_colour(
    value: Decimal | None, unit: str, chinese: str, english: str
) -> None:
    assert [marks.change(value, unit, language) for language in ("zh", "en")] == [chinese, english]


@pytest.mark.parametrize(
    ("period", "chinese", "english"),
    [
        ("2026-09", "2026年9月末", "end-September 2026"),
        ("2026-12", "2026年12月末", "end-December 2026"),
        ("2026-Q3", "2026年三季度", "third quarter of 2026"),
        ("2026-H1", "2026年上半年", "first half of 2026"),
        ("2026-H2", "2026年下半年", "second half of 2026"),
        ("2026", "2026年", "2026"),
    ],
)
def test_a_period_is_named_as_people_name_it(period: str, chinese: str, english: str) -> None:
    found = Period.parse(period)
    assert (marks.period(found, "zh"), marks.period(found, "en")) == (chinese, english)


def test_a_day_is_year_month_day_and_no_day_a_dash() -> None:
    assert (marks.day(date(2026, 10, 8)), marks.day(None)) == ("2026-10-08", "—")


def test_a_small_line_runs_from_side_to_side_and_leaves_out_what_is_not_known() -> None:
    assert marks.spark([1, None, 3]) == marks.Spark("M3.0 27.0L157.0 3.0", "157.0", "3.0")


def test_a_line_that_does_not_move_lies_in_the_middle() -> None:
    assert marks.spark([5, 5], width=16, height=10) == marks.Spark(
        "M3.0 5.0L13.0 5.0", "13.0", "5.0"
    )


@pytest.mark.parametrize("points", [[], [1], [None, 2, None]])
def test_one_point_is_no_line(points: list[int | None]) -> None:
    assert marks.spark(points) is None


@pytest.mark.parametrize(
    ("value", "target", "bar"),
    [(50, 100, "40.0%"), (100, 100, "80.0%"), (200, 100, "100.0%"), (-5, 100, "0.0%")],
)
def test_the_target_stands_at_one_place_in_every_row(value: int, target: int, bar: str) -> None:
    assert marks.bullet(value, target) == marks.Bullet(bar, "80%")


@pytest.mark.parametrize(("value", "target"), [(None, 1), (1, None), (1, 0)])
def test_without_a_value_or_a_target_there_is_no_bar(value: int | None, target: int | None) -> None:
    assert marks.bullet(value, target) is None


@pytest.mark.parametrize(
    ("value", "largest", "width"),
    [(1, 4, "25.0%"), (4, 4, "100.0%"), (0, 4, "0%"), (-1, 4, "0%"), (None, 4, "0%"), (1, 0, "0%")],
)
def test_a_bar_in_a_table_is_a_share_of_the_largest(
    value: int | None, largest: int, width: str
) -> None:
    assert marks.bar(value, largest) == width


def test_a_grade_is_as_many_pips_as_it_is_high() -> None:
    assert [[pip.on for pip in marks.pips(grade)] for grade in (4, 1)] == [
        [True] * 4,
        [True, False, False, False],
    ]
    assert [pip.x for pip in marks.pips(2)] == [0, 9, 18, 27]


@pytest.mark.parametrize("grade", [0, 5, -1])
def test_there_is_no_grade_beyond_the_four(grade: int) -> None:
    with pytest.raises(ValueError, match=f"no grade {grade}"):
        marks.pips(grade)
