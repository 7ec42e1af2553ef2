"""Charts and maps are plain data that follow from the rows."""

from __future__ import annotations

from decimal import Decimal

from dripline.periods import Period
from dripline.portal.statistics import charts, maps
from dripline.portal.statistics.queries import Line
from dripline.words import Text


def row(name: str, value: str | None) -> Line:
    return Line((name,), Text(zh=name, en=name), None if value is None else Decimal(value), None, 0)


def test_bars_begin_at_zero_and_leave_out_what_has_no_value() -> None:
    made = charts.bars([row("a", "200000000"), row("b", None), row("c", "0")], "yuan", "zh")
    assert made["xAxis"]["min"] == 0
    assert made["yAxis"]["data"] == ["a", "c"]
    assert made["series"][0]["data"] == [2.0, 0.0]


def test_no_more_bars_than_can_be_read() -> None:
    made = charts.bars([row(str(n), "1") for n in range(99)], "percent", "en")
    assert len(made["yAxis"]["data"]) == charts.MOST


def test_a_month_without_a_value_is_a_gap_in_the_line() -> None:
    months = [Period.parse(text) for text in ("2025-04", "2025-05", "2025-06")]
    made = charts.line(
        list(zip(months, [Decimal(1), None, Decimal(3)], strict=True)), "percent", "x"
    )
    assert made["series"][0]["data"] == [1.0, None, 3.0]
    assert made["series"][0]["connectNulls"] is False


def waterfall(*values: int) -> list[list[float]]:
    """What is hidden, then ends, rises and falls, each above and below zero; in 亿元."""
    steps = [(str(place), Decimal(100_000_000) * value) for place, value in enumerate(values)]
    return [part["data"] for part in charts.waterfall(steps, "yuan")["series"]]


def test_a_waterfall_stands_on_what_came_before() -> None:
    hidden, ends, _, risen, _, fallen, _ = waterfall(10, 2, -3, 9)
    assert hidden == [0, 10, 9, 0]
    assert ends == [10, 0, 0, 9]
    assert risen == [0, 2, 0, 0]
    assert fallen == [0, 0, 3, 0]


def test_a_step_that_crosses_zero_has_a_part_on_each_side() -> None:
    hidden, ends, ends_below, risen, risen_below, fallen, fallen_below = waterfall(4, -6, 5, 3)
    assert hidden == [0, 0, 0, 0]
    assert (ends, ends_below) == ([4, 0, 0, 3], [0, 0, 0, 0])
    assert (fallen, fallen_below) == ([0, 4, 0, 0], [0, -2, 0, 0])
    assert (risen, risen_below) == ([0, 0, 3, 0], [0, 0, -2, 0])


def test_a_bridge_below_zero_hangs_from_what_came_before() -> None:
    hidden, _, ends, _, risen, _, fallen = waterfall(-4, -2, 3, -3)
    assert hidden == [0, -4, -3, 0]
    assert ends == [-4, 0, 0, -3]
    assert fallen == [0, -2, 0, 0]
    assert risen == [0, 0, -3, 0]


def test_every_city_has_its_outline_and_its_own_tile() -> None:
    shapes = maps.drawn({}).shapes
    assert len(shapes) == 18
    assert len({(one.tile_x, one.tile_y) for one in shapes}) == 18
    assert all(one.path.startswith("M") and one.path.endswith("Z") for one in shapes)
    assert {one.level for one in shapes} == {0}


def test_classes_hold_about_equally_many_cities_and_say_their_limits() -> None:
    codes = list(maps.TILES)
    drawn = maps.drawn({code: Decimal(n) for n, code in enumerate(codes, 1)})
    sizes = [sum(one.level == level for one in drawn.shapes) for level in range(1, 6)]
    assert sum(sizes) == 18
    assert max(sizes) - min(sizes) <= 1
    assert drawn.limits[-1] == 18


def test_a_fall_has_room_to_the_left_of_zero() -> None:
    made = charts.bars([row("a", "2"), row("b", "-3")], "percent", "zh")
    assert "min" not in made["xAxis"]
    assert made["series"][0]["data"] == [2.0, -3.0]
