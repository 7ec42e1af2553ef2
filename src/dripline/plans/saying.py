"""Numbers and days as the reasons of a status say them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from dripline.money import half_up
from dripline.words import Text

WAN, YI = 10_000, 100_000_000
PLACES = 2
WHOLE = {"firms": Text(zh="{}户", en="{} firms"), "notes": Text(zh="{}笔", en="{} notes")}
EXACT = {
    "percent": Text(zh="{}%", en="{}%"),
    "points": Text(zh="{}个百分点", en="{} percentage points"),
}
RISEN = Text(zh="上升", en="up from")
FALLEN = Text(zh="下降", en="down from")
STEADY = Text(zh="持平", en="level with")


def said(value: Decimal | Fraction, unit: str) -> Text:
    """A value in the unit people use: amounts in 亿元 from one hundred million, else 万元; English in billions or millions."""
    exact = Fraction(value)
    if unit == "yuan":
        return _amount(exact)
    if unit in WHOLE:
        return _with(WHOLE[unit], exact, 0)
    return _with(EXACT.get(unit, Text(zh="{}", en="{}")), exact, PLACES)


def moved(value: Decimal, before: Decimal) -> Text:
    """Whether a figure rose; no colour is meant by it."""
    if value == before:
        return STEADY
    return RISEN if value > before else FALLEN


def _amount(yuan: Fraction) -> Text:
    if yuan == 0:
        return Text(zh="0元", en="CNY 0")
    per, zh, en = (YI, "亿元", "billion") if abs(yuan) >= YI else (WAN, "万元", "million")
    # A billion is ten times 亿, a million a hundred times 万: as many digits again, so neither says more.
    times, more = (10, 1) if per == YI else (100, 2)
    chinese, english = _rounded(yuan / per, PLACES), _rounded(yuan / per / times, PLACES + more)
    return Text(zh=f"{chinese:,}{zh}", en=f"CNY {english:,} {en}")


def _with(words: Text, value: Fraction, places: int) -> Text:
    digits = f"{_rounded(value, places):,}"
    return Text(zh=words.zh.replace("{}", digits), en=words.en.replace("{}", digits))


def _rounded(value: Fraction, places: int) -> Decimal:
    return half_up(value.numerator, value.denominator, places)
