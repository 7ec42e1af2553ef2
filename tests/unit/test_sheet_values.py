"""What people write into cells, and what it means."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline.intake.sheet_values import (
    Lost,
    Manner,
    amount_text,
    code_text,
    day_text,
    rate_text,
    reader,
    whole_text,
    words_text,
)
from dripline.standards.lists import QUALIFICATION

USCC_OF_DIGITS = "914101000000000000"


@pytest.mark.parametrize(
    "written",
    [
        "2024.6.30",
        "2024/6/30",
        "2024-06-30",
        "20240630",
        "2024年6月30日",
        "２０２４年６月３０日",
        "2024-06-30 00:00:00",
        " 2024.06.30 ",
        "45473",
        45473.0,
        45473,
        20240630.0,
        date(2024, 6, 30),
        datetime(2024, 6, 30, 8, 0),  # noqa: DTZ001  (a cell has no zone)
    ],
)
def test_a_day_is_read_as_people_write_it(written: object) -> None:
    assert day_text(written) == "2024-06-30"  # type: ignore[arg-type]


@pytest.mark.parametrize("written", ["2024.6", "2024.2.30", "4/14/20", "六月三十日", "99999"])
def test_what_is_no_whole_day_stays_as_it_stands(written: str) -> None:
    assert day_text(written) == written


def test_days_counted_from_1904_are_four_years_and_a_day_later() -> None:
    assert day_text(45473, since_1904=True) == "2028-07-01"


def test_a_pattern_reads_years_of_two_digits() -> None:
    assert day_text("4/14/20", pattern="%m/%d/%y") == "2020-04-14"


def test_long_term_is_no_end_where_an_end_may_be_missing() -> None:
    assert reader(QUALIFICATION.columns["valid_to"])("长期") is None
    assert reader(QUALIFICATION.columns["document_day"])("长期") == "长期"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,234.50", "1234.50"),
        (" $149,800 ", "149800.00"),
        ("￥１，２３４．５", "1234.50"),
        ("(1,234.5)", "-1234.50"),
        ("-", None),
        ("—", None),
        ("", None),
        (149860.7, "149860.70"),
        (0.1 + 0.2, "0.30"),
        (12, "12.00"),
        (Decimal("99999999999999.99"), "99999999999999.99"),
        ("1,23", "1,23"),
        ("约100", "约100"),
        ("1.005", "1.005"),
    ],
)
def test_an_amount_is_exact_or_stays_as_it_stands(written: object, read: str | None) -> None:
    assert amount_text(written, decimals=2) == read  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "read"),
    [("1,234.5678", "12345678.00"), (0.00000001, "0.0001"), ("-", None)],
)
def test_amounts_in_ten_thousands_are_multiplied_exactly(written: object, read: str | None) -> None:
    assert amount_text(written, decimals=2, factor=Decimal(10_000)) == read  # type: ignore[arg-type]


@given(st.integers(-(10**13), 10**13), st.sampled_from([1, 1000, 10_000, 100_000_000]))
def test_no_fen_is_lost_by_a_unit(fen: int, factor: int) -> None:
    yuan = Decimal(fen) / 100
    written = f"{yuan / factor:,f}"
    assert amount_text(written, decimals=2, factor=Decimal(factor)) == f"{yuan:.2f}"


def test_a_percent_sign_of_a_rate_is_dropped() -> None:
    assert rate_text("3.45%", decimals=5) == "3.45000"


def test_a_whole_number_has_no_point_and_no_separators() -> None:
    assert [whole_text(one) for one in ("1,200", 1200.0, "12.5")] == ["1200", "1200", "12.5"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (9.14101e17, Lost.DIGITS),
        ("9.14E+17", Lost.DIGITS),
        ("9.14101E+17", Lost.DIGITS),
        (USCC_OF_DIGITS, Lost.DIGITS),
        (410105.0, "410105"),
        ("'91410100MA9K12345X", "91410100MA9K12345X"),
        ('="00123"', "00123"),
        ("41０105\t", "410105"),
        ("  ", None),
    ],
)
def test_a_code_has_all_its_digits_or_is_refused(written: object, read: object) -> None:
    assert code_text(written) == read  # type: ignore[arg-type]


def test_a_code_of_fixed_length_has_not_lost_its_leading_zeros() -> None:
    assert code_text(12345.0, length=6) is Lost.ZEROS
    assert code_text("012345", length=6) == "012345"


def test_words_keep_their_full_width_signs_and_lose_breaks() -> None:
    assert words_text(" 河南（郑州）\n科技公司\u200b ") == "河南（郑州） 科技公司"


def test_values_are_put_for_others_and_the_rest_is_read_as_usual() -> None:
    read = reader(QUALIFICATION.columns["kind"], Manner(values={"高企": "gaoxin"}))
    assert [read("高企"), read("keji_sme")] == ["gaoxin", "keji_sme"]
