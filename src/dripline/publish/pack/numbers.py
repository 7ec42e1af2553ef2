"""How a figure is said in a text and shown in a table: units people use, one rounding, a word for the direction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from dripline.publish.pack.board import Figure
from dripline.words import Text

WAN, YI = 10_000, 100_000_000
PLACES: Final = 2
"""Decimals of amounts, rates and points in a text."""


@dataclass(frozen=True, slots=True)
class Direction:
    """The words for a rise, a fall and no change; ``{}`` is where the number stands."""

    up: Text
    down: Text
    same: Text


DIRECTIONS: Final[dict[str, Direction]] = {
    "grows": Direction(
        Text(zh="增长{}", en="up {}"),
        Text(zh="下降{}", en="down {}"),
        Text(zh="持平", en="unchanged"),
    ),
    "adds": Direction(
        Text(zh="增加{}", en="rose by {}"),
        Text(zh="减少{}", en="fell by {}"),
        Text(zh="持平", en="did not change"),
    ),
    "more": Direction(
        Text(zh="多增{}", en="{} more"),
        Text(zh="少增{}", en="{} less"),
        Text(zh="持平", en="the same"),
    ),
    "over": Direction(
        Text(zh="高{}", en="{} above"),
        Text(zh="低{}", en="{} below"),
        Text(zh="持平", en="level with"),
    ),
}
"""Ways of saying a signed figure: growth, increase, increase against increase, difference."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as printed: without sign, in its unit; and its sign (1, -1, 0)."""

    text: Text
    sign: int


def shown(figure: Figure) -> Shown:
    """The figure in the unit people use for its size; its value must be known."""
    match figure.indicator.unit:
        case "yuan":
            return amount(figure)
        case "percent":
            return _with(known(figure, 1, PLACES), "{}%", "{}%")
        case "points":
            return _with(known(figure, 1, PLACES), "{}个百分点", "{} percentage points")
        case "firms":
            return counted(figure, "户", "firms")
        case "notes":
            return counted(figure, "笔", "notes")
    return _with(known(figure, 1, figure.indicator.decimals), "{}", "{}")


def amount(figure: Figure) -> Shown:
    """亿元 from one hundred million yuan, else 万元; English in billions or millions, as exact as the Chinese."""
    if figure.numerator == 0:
        return Shown(Text(zh="0元", en="CNY 0"), 0)
    if abs(figure.numerator) >= YI * figure.denominator:
        zh, en = known(figure, YI, PLACES), known(figure, 10 * YI, PLACES + 1)
        words = Text(zh=f"{abs(zh):,}亿元", en=f"CNY {abs(en):,} billion")
    else:
        zh, en = known(figure, WAN, PLACES), known(figure, 100 * WAN, PLACES + 2)
        words = Text(zh=f"{abs(zh):,}万元", en=f"CNY {abs(en):,} million")
    return Shown(words, sign_of(zh))


def counted(figure: Figure, zh: str, en: str) -> Shown:
    """A number of firms or notes; from ten thousand in 万."""
    whole = known(figure, 1, 0)
    if abs(whole) < WAN:
        return Shown(Text(zh=f"{abs(whole):,}{zh}", en=f"{abs(whole):,} {en}"), sign_of(whole))
    in_wan = known(figure, WAN, PLACES)
    return Shown(Text(zh=f"{abs(in_wan):,}万{zh}", en=f"{abs(whole):,} {en}"), sign_of(whole))


def sign_of(value: Decimal) -> int:
    """1, -1, or 0 for what is printed as nought."""
    return (value > 0) - (value < 0)


def known(figure: Figure, per: int, decimals: int) -> Decimal:
    """The value of a figure that has one."""
    value = figure.value(per=per, decimals=decimals)
    assert value is not None, f"{figure.tag} has no value"
    return value


def _with(value: Decimal, zh: str, en: str) -> Shown:
    digits = f"{abs(value):,}"
    return Shown(Text(zh=zh.format(digits), en=en.format(digits)), sign_of(value))
