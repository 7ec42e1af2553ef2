"""Published history of the synthetic province: totals of the twelve months before the rows begin (FN 17)."""

from __future__ import annotations

from dripline.province.calibration import Calendar
from dripline.province.names import SYNTHETIC
from dripline.province.registers import Row
from dripline.province.truth import ANY, Truth

GROWTH_PERCENT = 12
"""By how much the history grows in a year; made up."""
BALANCE = "TE-BALANCE"
"""The indicator the history is of: loans to technology enterprises."""


def history_rows(truth: Truth, calendar: Calendar) -> list[Row]:
    """Backwards from the first month: the balance of technology enterprises a month, on a path of steady growth."""
    figure = truth.figures[0].get(ANY)
    rows: list[Row] = []
    if figure is None:
        return rows
    for back in range(12, 0, -1):
        value = figure.balance * (1200 - GROWTH_PERCENT * back) // 1200
        month = calendar.months[0].shift(-back)
        rows.append(
            [
                BALANCE,
                "total",
                "total",
                str(month),
                f"{value // 100}.{value % 100:02d}",
                "yuan",
                f"{SYNTHETIC}统计公报（合成数据，非真实文件）",
                "名单以当时版本为准（合成）",
            ]
        )
    return rows
