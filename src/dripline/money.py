"""Money: whole fen or exact yuan, never a binary fraction; and the one division all figures go through."""

from __future__ import annotations

from decimal import Decimal

from dripline.words import Text

FEN_A_YUAN = 100
YUAN = Text(zh="元", en="yuan")
WAN_YUAN = Text(zh="万元", en="10,000 yuan")
YI_YUAN = Text(zh="亿元", en="100 million yuan")
UNITS: dict[str, tuple[int, Text]] = {
    "yuan": (1, YUAN),
    "wan_yuan": (10_000, WAN_YUAN),
    "yi_yuan": (100_000_000, YI_YUAN),
}
"""Units an amount may be shown in: how many yuan, and the words."""


def fen_of(yuan: Decimal | int) -> int:
    """An amount in fen; an amount that is not a whole number of fen is refused, not rounded."""
    exact = _exact(yuan)
    if not exact.is_finite():
        raise ValueError("an amount is a number.")
    numerator, denominator = exact.as_integer_ratio()
    fen, rest = divmod(numerator * FEN_A_YUAN, denominator)
    if rest:
        raise ValueError("an amount in yuan has at most two decimals.")
    return fen


def yuan_of(fen: int) -> Decimal:
    """Fen as yuan with exactly two decimals, whatever the size."""
    return _placed(_whole(fen), 2)


def half_up(numerator: int, denominator: int, decimals: int) -> Decimal:
    """A quotient rounded half up (四舍五入): exact, a half goes away from zero on both sides.

    The one division of the house: engines give numerator and denominator, never their quotient.
    """
    if decimals < 0:
        raise ValueError("the number of decimals is zero or more.")
    if _whole(denominator) == 0:
        raise ZeroDivisionError("a quotient over nothing is unknown; ask before dividing.")
    top, bottom = abs(_whole(numerator)) * 10**decimals, abs(denominator)
    size = (2 * top + bottom) // (2 * bottom)
    negative = (numerator < 0) != (denominator < 0)
    return _placed(-size if negative else size, decimals)


def shown(fen: int, unit: str, *, decimals: int = 2) -> Text:
    """An amount as people read it, with thousands separators and its unit: 1,234.57万元.

    ``unit`` is yuan, wan_yuan or yi_yuan.
    """
    yuan, words = UNITS[unit]
    digits = f"{half_up(fen, yuan * FEN_A_YUAN, decimals):,f}"
    return Text(
        zh=f"{digits}{words.zh}",
        en=f"{digits} × {words.en}" if yuan > 1 else f"{digits} {words.en}",
    )


def _placed(digits: int, decimals: int) -> Decimal:
    """An integer with its decimal point set; built from digits, so that no context rounds it."""
    return Decimal((int(digits < 0), tuple(map(int, str(abs(digits)))), -decimals))


def _exact(amount: Decimal | int) -> Decimal:
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise TypeError(f"money is Decimal or int, not {type(amount).__name__}.")
    return Decimal(amount)


def _whole(number: int) -> int:
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"fen and counts are int, not {type(number).__name__}.")
    return number
