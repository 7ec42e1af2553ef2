"""Money granted: in the month and since January, anew and renewed apart."""

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from tests.spec.small_lists import LISTS, A, B, C

HEAD = "borrower_id_type | borrower_id_no | direction | loan_event_status | restructure_type | amount_cny"
JUNE = f"""
    DWDKFS
    {HEAD}
    A01 | {A} | 1 | LF01 |    |   1.00
    A01 | {A} | 1 | LF99 |    |   2.00
    A01 | {A} | 1 | LF05 | 01 |   4.00
    A01 | {B} | 1 | LF05 | 02 |   8.00
    A01 | {B} | 1 | LF05 | 09 |  16.00
    A01 | {B} | 1 | LF04 |    |  32.00
    A01 | {B} | 0 | LF01 |    |  64.00
    A01 | {C} | 1 | LF01 |    | 128.00
    A01 | {A} | 1 | LF05 |    | 256.00
    A01 | {A} | 1 | LF01 |    |
    """
BEFORE = f"""
    DWDKFS 2025-01
    {HEAD}
    A01 | {A} | 1 | LF05 | 01 | 1000.00
    DWDKFS 2025-05
    {HEAD}
    A01 | {B} | 1 | LF05 | 01 | 2000.00
    DWDKFS 2024-12
    {HEAD}
    A01 | {B} | 1 | LF05 | 01 | 4000.00
    """
WORLD = JUNE + BEFORE + LISTS
FIGURES = {
    "TE-NEW": (319, 1),
    "TE-NEW-FIRMS": (2, 0),
    "TE-ANEW": (19, 2),
    "TE-RENEWED": (4, 1),
    "TE-RENEWED-FIRMS": (1, 0),
    "TE-ROLLED": (8, 1),
    "TE-NEW-YTD": (3319, 1),
    "TE-NEW-FIRMS-YTD": (2, 0),
    "TE-RENEWED-YTD": (3004, 1),
    "TE-RENEWED-FIRMS-YTD": (2, 0),
}


@pytest.mark.parametrize("code", FIGURES)
def test_what_was_granted_is_told_apart_by_its_status(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], WORLD, value, unknown=unknown)


@pytest.mark.parametrize("code", FIGURES)
def test_in_an_empty_month_nothing_is_granted(spec, code):
    spec(CATALOGUE[code], LISTS, 0, empty=["DWDKFS"])


def test_what_is_granted_anew_renewed_rolled_and_bought_is_all_that_is_granted(spec):
    whole = JUNE.replace("LF05 |    |", "LF04 |    |")
    parts = {"TE-ANEW": 19, "TE-RENEWED": 4, "TE-ROLLED": 8, "AC-07-BOUGHT": 288}
    assert sum(parts.values()) == 319
    for code, value in parts.items():
        spec(CATALOGUE[code], whole + LISTS, value, unknown=1 if code == "TE-ANEW" else 0)


def test_a_month_divided_by_currency_shows_renminbi_and_the_rest(spec):
    rows = f"""
    DWDKFS
    borrower_id_type | borrower_id_no | direction | amount_cny | currency
    A01              | {A}            | 1         |       1.00 | CNY
    A01              | {A}            | 1         |       2.00 | USD
    A01              | {A}            | 1         |       4.00 |
    """
    currencies = {"rmb": 1, "foreign": 2, None: 4}
    spec(CATALOGUE["TE-NEW"], rows + LISTS, currencies, by="currency_group", breakdowns=BREAKDOWNS)
