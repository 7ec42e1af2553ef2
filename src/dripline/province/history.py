"""Published history of the synthetic province: totals of the twelve months before the rows begin (FN 17)."""

from __future__ import annotations

from dripline.province.calibration import NATIONAL_LISTS, Calendar
from dripline.province.lines import money
from dripline.province.names import SYNTHETIC
from dripline.province.registers import Row
from dripline.province.truth import ANY, Truth

GROWTH_PERCENT = 12
"""By how much the history grows in a year; made up."""
CITED = f"{SYNTHETIC}统计公报（合成数据，非真实文件）"
DEFINITION = "名单以当时版本为准（合成）"


def history_rows(truth: Truth, calendar: Calendar) -> list[Row]:
    """Backwards from the first month on a path of steady growth: balance, borrowers and grants of technology enterprises."""
    figures = truth.figures[0]
    if ANY not in figures:
        return []
    whole = figures[ANY]
    rows: list[Row] = []
    for back in range(12, 0, -1):
        month = str(calendar.months[0].shift(-back))

        def past(value: int, back: int = back) -> int:
            return value * (1200 - GROWTH_PERCENT * back) // 1200

        rows.append(_row("TE-BAL", "total", "total", month, money(past(whole.balance)), "yuan"))
        rows.append(_row("TE-NEW", "total", "total", month, money(past(whole.granted)), "yuan"))
        firms = f"{past(len(whole.borrowers))}.00"
        rows.append(_row("TE-FIRMS", "total", "total", month, firms, "firms"))
        for kind in NATIONAL_LISTS:
            if kind in figures:
                balance = money(past(figures[kind].balance))
                rows.append(_row("TE-BAL", "list_kind", kind, month, balance, "yuan"))
    return rows


def _row(code: str, way: str, item: str, month: str, value: str, unit: str) -> Row:
    return [code, way, item, month, value, unit, CITED, DEFINITION]
