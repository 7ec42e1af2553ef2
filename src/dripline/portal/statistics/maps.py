"""Henan as shapes: prefectures in outline for signed-in staff, or as tiles; coloured by class, with the limits written out.

The outline has no 审图号, so it is for staff alone (design; the licence stands beside henan.geojson).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

TILES = {
    "410500": (3, 0), "410900": (4, 0),
    "419001": (1, 1), "410800": (2, 1), "410700": (3, 1), "410600": (4, 1),
    "411200": (0, 2), "410300": (1, 2), "410100": (2, 2), "410200": (3, 2), "411400": (4, 2),
    "410400": (1, 3), "411000": (2, 3), "411100": (3, 3), "411600": (4, 3),
    "411300": (1, 4), "411700": (3, 4), "411500": (3, 5),
}  # fmt: skip
"""Column and row of each city's tile."""
WIDTH, HEIGHT, SQUEEZE, TILE = 520, 500, 0.83, 84
CLASSES = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """A city: its outline, where its name stands, and its class (0: no value)."""

    code: str
    name: str
    path: str
    x: float
    y: float
    tile_x: int
    tile_y: int
    level: int


@dataclass(frozen=True, slots=True)
class Map:
    """The cities with their class, and the upper limit of each class."""

    shapes: tuple[Shape, ...]
    limits: tuple[Decimal, ...]


@cache
def outlines() -> tuple[tuple[str, str, str, float, float], ...]:
    """Code, name, path and anchor of each city in a box of 520 × 500."""
    source = files("dripline.portal.design") / "henan.geojson"
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    points = [point for one in features for ring in _rings(one["geometry"]) for point in ring]
    west, north = min(x for x, _ in points), max(y for _, y in points)
    wide, high = max(x for x, _ in points) - west, north - min(y for _, y in points)
    scale = min(WIDTH / (wide * SQUEEZE), HEIGHT / high)

    def place(point: Sequence[float]) -> tuple[float, float]:
        return round((point[0] - west) * SQUEEZE * scale, 1), round((north - point[1]) * scale, 1)

    found = []
    for one in features:
        about = one["properties"]
        rings = [
            " L".join(f"{x} {y}" for x, y in map(place, ring)) for ring in _rings(one["geometry"])
        ]
        x, y = place(about["cp"])
        found.append(
            (str(about["adcode"]), about["name"], "".join(f"M{ring}Z" for ring in rings), x, y)
        )
    return tuple(found)


def _rings(geometry: Mapping[str, object]) -> list[Sequence[Sequence[float]]]:
    shapes = (
        geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    )
    return [ring for shape in shapes for ring in shape]


def limits_of(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The upper limits of up to five classes that hold equally many cities."""
    ordered = sorted(set(values))
    if len(ordered) <= CLASSES:
        return tuple(ordered)
    return tuple(ordered[-(-len(ordered) * step // CLASSES) - 1] for step in range(1, CLASSES + 1))


def drawn(values: Mapping[str, Decimal | None]) -> Map:
    """The map of values by city code."""
    limits = limits_of([value for value in values.values() if value is not None])
    shapes = []
    for code, name, path, x, y in outlines():
        value = values.get(code)
        level = (
            0 if value is None else 1 + next(n for n, limit in enumerate(limits) if value <= limit)
        )
        column, row = TILES[code]
        shapes.append(
            Shape(code, name.removesuffix("市"), path, x, y, column * TILE, row * TILE, level)
        )
    return Map(tuple(shapes), limits)
