"""Numbers, days and marks as a person reads them (the design's page on numbers): pure functions, in both languages."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dripline.periods import Period
from dripline.words import Language, Text

Number = Decimal | int | float
NOT_APPLICABLE = "—"
SUPPRESSED = Text(zh="保密", en="suppressed")
MINUS = "−"
YI, WAN = Decimal(100_000_000), Decimal(10_000)
ORDER = ("first", "second", "third", "fourth")
STANDINGS = {
    "provisional": (Text(zh="ᵖ", en="ᵖ"), Text(zh="初步数", en="provisional")),
    "revised": (Text(zh="修订", en="rev."), Text(zh="修订数", en="revised")),
}
"""What may still change about a figure, or has: the letters beside it, and what they mean."""
GRADES = 4
"""优秀 良好 一般 勉励 are an order: four pips, fewer for a lower grade."""


def grouped(value: Number | None, decimals: int = 0) -> str:
    """A number with thousands and the true minus; a dash where there is none."""
    if value is None:
        return NOT_APPLICABLE
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    if not exact:
        exact = abs(exact)  # under half a unit there is no sign
    return f"{exact:,}".replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is shown, and the unit that stands beside it."""

    text: str
    unit: str


def figure(value: Number | None, unit: str, language: Language, decimals: int = 1) -> Figure:
    """A figure of the catalogue: yuan in 亿元, percent, firms in 户 or 万户 from 10,000 up."""
    english = language == "en"
    if value is None:
        return Figure(NOT_APPLICABLE, "")
    exact = Decimal(str(value))
    match unit:
        case "yuan":
            return Figure(grouped(exact / YI, decimals), "100 million yuan" if english else "亿元")
        case "percent":
            return Figure(grouped(exact, 2), "%")
        case "points":
            return Figure(grouped(exact, 2), "percentage points" if english else "个百分点")
        case "firms" | "notes":
            words = {"firms": ("户", "firms"), "notes": ("笔", "notes")}[unit]
            if abs(exact) >= WAN and not english:
                return Figure(grouped(exact / WAN, 2), f"万{words[0]}")
            return Figure(grouped(exact), words[1] if english else words[0])
    return Figure(grouped(exact, decimals), "")


def amount(value: Number | None, unit: str) -> str:
    """A figure of a column: yuan in 亿元, rates with two decimals, counts whole."""
    if value is None:
        return NOT_APPLICABLE
    if unit == "yuan":
        return grouped(Decimal(str(value)) / YI, 2)
    return grouped(value, 2 if unit in ("percent", "points", "ratio") else 0)


def change(value: Number | None, unit: str, language: Language) -> str:
    """A rise or fall in ink, never in colour: ▲ 0.31 个百分点, ▼ 2.0 %."""
    if value is None:
        return NOT_APPLICABLE
    exact = Decimal(str(value))
    sign = "▲" if exact > 0 else "▼" if exact < 0 else "＝"
    shown = figure(abs(exact), unit, language)
    if unit == "percent":  # growth is told with one decimal, a rate and its change with two
        shown = Figure(grouped(abs(exact), 1), shown.unit)
    return f"{sign} {shown.text} {shown.unit}".strip()


def day(value: date | None) -> str:
    """A day as 2026-10-18."""
    return NOT_APPLICABLE if value is None else value.isoformat()


def period(value: Period, language: Language) -> str:
    """2026年9月末, 2026年三季度; in English end-September 2026, third quarter of 2026."""
    year, last = value.last_day.year, value.last_day.month
    if language == "en":
        match value.length:
            case 1:
                return f"end-{month_name[last]} {year}"
            case 3:
                return f"{ORDER[last // 3 - 1]} quarter of {year}"
            case 6:
                return f"{ORDER[last // 6 - 1]} half of {year}"
        return str(year)
    match value.length:
        case 1:
            return f"{year}年{last}月末"
        case 3:
            return f"{year}年{'一二三四'[last // 3 - 1]}季度"
        case 6:
            return f"{year}年{'上' if last == 6 else '下'}半年"
    return f"{year}年"


@dataclass(frozen=True, slots=True)
class Pip:
    """One of the four small squares of a grade: where it stands, and whether it is filled."""

    x: int
    on: bool


def pips(grade: int) -> list[Pip]:
    """The squares of a grade, 4 the highest and 1 the lowest, in a box of 34 × 8."""
    if not 1 <= grade <= GRADES:
        raise ValueError(f"no grade {grade}: they run from 1 to {GRADES}")
    return [Pip(9 * place, place < grade) for place in range(GRADES)]


@dataclass(frozen=True, slots=True)
class Spark:
    """A small line: its path in a box of 160 × 30, and its last point."""

    path: str
    x: str
    y: str


def spark(points: Sequence[Number | None], width: int = 160, height: int = 30) -> Spark | None:
    """The line through known points; None where there are fewer than two."""
    known = [(place, float(value)) for place, value in enumerate(points) if value is not None]
    if len(known) < 2:
        return None
    low, high = min(value for _, value in known), max(value for _, value in known)
    span, last = (high - low) or 1.0, len(points) - 1
    found = [
        (
            3 + (width - 6) * place / last,
            height - 3 - (height - 6) * (value - low) / span if high > low else height / 2,
        )
        for place, value in known
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in found)
    return Spark(path, f"{found[-1][0]:.1f}", f"{found[-1][1]:.1f}")


@dataclass(frozen=True, slots=True)
class Bullet:
    """A bar and the tick of its target, as widths in percent."""

    bar: str
    tick: str


TICK = 80
"""The target stands at the same place in every row, so that a column of bullets reads at a glance."""


def bullet(value: Number | None, target: Number | None) -> Bullet | None:
    """The bar of a value against its target; None where either is unknown or the target is nothing."""
    if value is None or not target:
        return None
    share = max(0.0, min(100.0, float(value) / float(target) * TICK))
    return Bullet(f"{share:.1f}%", f"{TICK}%")


def bar(value: Number | None, largest: Number | None) -> str:
    """The width of a bar in a table, in percent of the largest."""
    if value is None or not largest or float(value) <= 0:
        return "0%"
    return f"{min(100.0, 100 * float(value) / float(largest)):.1f}%"
