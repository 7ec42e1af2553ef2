"""Charts as data: from rows to what the browser draws. Colours are names of the page's own tokens."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dripline.periods import Period
from dripline.portal.statistics.queries import Line
from dripline.words import Language

MOST = 20
"""Bars that can still be read."""
SCALE = {"yuan": Decimal(100_000_000)}
AXIS = {"axisLine": {"lineStyle": {"color": "var(--axis)"}}, "axisTick": {"show": False}}
LABEL = {"color": "var(--ink-3)", "fontSize": 12}
GRID = {"lineStyle": {"color": "var(--grid)"}}


def shown(value: Decimal | None, unit: str) -> float | None:
    """A value in the unit of the axis: amounts in 亿元."""
    return None if value is None else round(float(value / SCALE.get(unit, Decimal(1))), 4)


def _from_zero(lines: Sequence[Line]) -> dict[str, int]:
    """A bar begins at zero; a fall goes to the left of it and needs its room."""
    return {"min": 0} if all(line.value is None or line.value >= 0 for line in lines) else {}


def bars(lines: Sequence[Line], unit: str, language: Language) -> dict[str, Any]:
    """The largest rows as bars from zero, the largest on top."""
    held = [line for line in lines if line.value is not None][:MOST]
    return {
        "grid": {"left": 4, "right": 60, "top": 8, "bottom": 4, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "none"}},
        "xAxis": AXIS
        | {"type": "value", "splitNumber": 4, "axisLabel": LABEL, "splitLine": GRID}
        | _from_zero(held),
        "yAxis": AXIS
        | {
            "type": "category",
            "inverse": True,
            "data": [line.label.in_(language) for line in held],
            "axisLabel": {
                "color": "var(--ink)",
                "fontSize": 12,
                "width": 150,
                "overflow": "truncate",
            },
        },
        "series": [
            {
                "type": "bar",
                "data": [shown(line.value, unit) for line in held],
                "barMaxWidth": 14,
                "itemStyle": {"color": "var(--c-1)", "borderRadius": [0, 2, 2, 0]},
            }
        ],
    }


def line(points: Sequence[tuple[Period, Decimal | None]], unit: str, name: str) -> dict[str, Any]:
    """A figure by month; a month without one is a gap, never a zero."""
    return {
        "grid": {"left": 8, "right": 24, "top": 14, "bottom": 4, "containLabel": True},
        "xAxis": AXIS
        | {
            "type": "category",
            "boundaryGap": False,
            "data": [str(period) for period, _ in points],
            "axisLabel": LABEL,
        },
        "yAxis": AXIS
        | {"type": "value", "scale": unit in ("percent", "points"), "splitNumber": 4}
        | {"axisLabel": LABEL, "splitLine": GRID},
        "series": [
            {
                "type": "line",
                "name": name,
                "data": [shown(value, unit) for _, value in points],
                "symbolSize": 5,
                "connectNulls": False,
                "lineStyle": {"width": 2.5, "color": "var(--c-1)"},
                "itemStyle": {"color": "var(--c-1)"},
            }
        ],
    }


def waterfall(steps: Sequence[tuple[str, Decimal]], unit: str) -> dict[str, Any]:
    """A bridge: from the base by its parts to the compared figure; rises and falls are told by shape, not red and green.

    A step that crosses zero has a part on each side: bars above and below it are stacked apart.
    """
    level, nought, spans = Decimal(0), Decimal(0), []
    for place, (_, value) in enumerate(steps):
        end = place in (0, len(steps) - 1)
        begun, level = (nought, value) if end else (level, level + value)
        spans.append((min(begun, level), max(begun, level), "end" if end else value > 0))
    hidden = [shown(max(low, nought) + min(high, nought), unit) for low, high, _ in spans]

    def parts(kind: object) -> list[dict[str, Any]]:
        above = [max(high, nought) - max(low, nought) for low, high, _ in spans]
        below = [min(low, nought) - min(high, nought) for low, high, _ in spans]
        return [
            {
                "data": [
                    shown(v, unit) if s[2] == kind else 0 for v, s in zip(side, spans, strict=True)
                ]
            }
            for side in (above, below)
        ]

    colours = (("end", "var(--c-mute)"), (True, "var(--c-1)"), (False, "var(--c-2)"))
    part = {"type": "bar", "stack": "bridge", "barMaxWidth": 34}
    return {
        "grid": {"left": 8, "right": 8, "top": 14, "bottom": 4, "containLabel": True},
        "tooltip": {"show": False},
        "xAxis": AXIS
        | {
            "type": "category",
            "data": [name for name, _ in steps],
            "axisLabel": LABEL | {"interval": 0, "width": 76, "overflow": "break"},
        },
        "yAxis": AXIS | {"type": "value", "axisLabel": LABEL, "splitLine": GRID},
        "series": [
            part | {"data": hidden, "itemStyle": {"color": "transparent"}, "silent": True},
            *(
                part | side | {"itemStyle": {"color": colour}}
                for kind, colour in colours
                for side in parts(kind)
            ),
        ],
    }
