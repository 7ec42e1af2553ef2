"""Exact money and the one place where figures are divided and rounded."""

from __future__ import annotations

from decimal import Decimal


def half_up(numerator: int, denominator: int, decimals: int) -> Decimal:
    """The quotient of two whole numbers rounded half up (away from zero), exactly, for any size."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    top, bottom = abs(numerator) * 10**decimals, abs(denominator)
    whole, rest = divmod(top, bottom)
    whole += 2 * rest >= bottom
    return Decimal((0 if sign > 0 or whole == 0 else 1, tuple(map(int, str(whole))), -decimals))
