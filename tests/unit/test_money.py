"""Money is exact: fen and yuan go back and forth, and a half always goes away from zero."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.money import fen_of, half_up, shown, yuan_of

HUGE = st.integers(-(10**40), 10**40)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        ("0", 0),
        ("0.01", 1),
        ("-0.01", -1),
        ("5000000.00", 500_000_000),
        ("1E+3", 100_000),
        ("1.10", 110),
    ],
)
def test_yuan_become_whole_fen(yuan, fen):
    assert fen_of(Decimal(yuan)) == fen


def test_an_amount_of_forty_digits_keeps_every_one():
    fen = 1234567890123456789012345678901234567890
    assert str(yuan_of(fen)) == "12345678901234567890123456789012345678.90"
    assert fen_of(yuan_of(fen)) == fen


@pytest.mark.parametrize("yuan", ["0.001", "1E-30", "NaN", "Infinity"])
def test_what_is_no_whole_number_of_fen_is_refused(yuan):
    with pytest.raises(ValueError, match="amount"):
        fen_of(Decimal(yuan))


@pytest.mark.parametrize("amount", [1.0, "1", None, True])
def test_nothing_but_decimal_and_whole_numbers_is_money(amount):
    with pytest.raises(TypeError):
        fen_of(amount)


@pytest.mark.parametrize("parts", [(1.0, 2), (1, 2.0), (Decimal(1), 2), (True, 2)])
def test_a_quotient_is_made_of_whole_numbers(parts):
    with pytest.raises(TypeError):
        half_up(*parts, 2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "decimals", "text"),
    [
        (1, 2, 0, "1"),
        (-1, 2, 0, "-1"),
        (1, -2, 0, "-1"),
        (-1, -2, 0, "1"),
        (5, 2, 0, "3"),
        (49, 100, 0, "0"),
        (-49, 100, 0, "0"),
        (2, 3, 5, "0.66667"),
        (1, 8, 2, "0.13"),
        (1, 3, 2, "0.33"),
        (10, 1, 3, "10.000"),
        (0, 7, 2, "0.00"),
    ],
)
def test_a_half_goes_away_from_zero(numerator, denominator, decimals, text):
    assert str(half_up(numerator, denominator, decimals)) == text


def test_a_quotient_over_nothing_is_no_number():
    with pytest.raises(ZeroDivisionError):
        half_up(1, 0, 2)


def test_decimals_are_not_counted_below_zero():
    with pytest.raises(ValueError, match="zero or more"):
        half_up(1, 2, -1)


def test_no_context_of_the_caller_rounds_a_figure():
    with localcontext(prec=3):
        assert str(half_up(123456789, 1, 2)) == "123456789.00"
        assert str(yuan_of(123456789)) == "1234567.89"
        assert fen_of(Decimal("1234567.89")) == 123456789
        assert shown(123_456_789_012, "yuan").zh == "1,234,567,890.12元"


@given(HUGE, HUGE.filter(bool), st.integers(0, 8))
def test_the_quotient_is_what_decimal_gives_with_room_enough(numerator, denominator, decimals):
    with localcontext(prec=200):
        exact = Decimal(numerator) / Decimal(denominator)
        wanted = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(numerator, denominator, decimals) == wanted


@given(HUGE)
def test_fen_come_back_from_yuan(fen):
    assert fen_of(yuan_of(fen)) == fen


@pytest.mark.parametrize(
    ("fen", "unit", "decimals", "zh", "en"),
    [
        (123_456_789, "yuan", 2, "1,234,567.89元", "1,234,567.89 yuan"),
        (123_456_789, "wan_yuan", 2, "123.46万元", "123.46 × 10,000 yuan"),
        (-12_345_678_900_000, "yi_yuan", 2, "-1,234.57亿元", "-1,234.57 × 100 million yuan"),
        (50_000_000, "yi_yuan", 0, "0亿元", "0 × 100 million yuan"),
        (5_000_000_000, "yi_yuan", 0, "1亿元", "1 × 100 million yuan"),
    ],
)
def test_an_amount_is_shown_in_the_unit_asked(fen, unit, decimals, zh, en):
    text = shown(fen, unit, decimals=decimals)
    assert (text.zh, text.en) == (zh, en)
