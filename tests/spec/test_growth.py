"""Growth with its list rule; the published restated growth of end 2025 in proportion."""

from decimal import Decimal

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.money import half_up
from tests.spec.small_lists import KINDS, LISTS, A, editions, listed

KEPT, DROPPED, ADDED, TECH_KEPT, TECH_DROPPED, TECH_ADDED = (
    f"9141010000000000{number}X" for number in range(1, 7)
)
# Billions as printed: 3.63 万亿 at the end of 2025, 3.27 printed a year before, +19.8 % restated;
# 高新技术企业 18.61, 15.63, +7.5 %. So the firms of today's list had 3.03 and 17.31 a year before.
RESTATED = (
    f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny
    A01              | {KEPT}         |     2400.00
    A01              | {ADDED}        |     1230.00
    A01              | {DROPPED}      |     1300.00
    A01              | {TECH_KEPT}    |    15000.00
    A01              | {TECH_ADDED}   |     3610.00

    CLDWDK 2024-12
    borrower_id_type | borrower_id_no | balance_cny
    A01              | {KEPT}         |     2000.00
    A01              | {ADDED}        |     1030.00
    A01              | {DROPPED}      |     1270.00
    A01              | {TECH_KEPT}    |    14000.00
    A01              | {TECH_ADDED}   |     3310.00
    A01              | {TECH_DROPPED} |     1630.00
    """
    + editions("2025-12", "2025")
    + editions("2024-12", "2024")
    + listed("2025-12", "2025", keji_sme=(KEPT, ADDED), gaoxin=(TECH_KEPT, TECH_ADDED))
    + listed("2024-12", "2024", keji_sme=(KEPT, DROPPED), gaoxin=(TECH_KEPT, TECH_DROPPED))
)
GROWN = {
    "GR-YOY": {"keji_sme": (3630, 3030), "gaoxin": (18610, 17310)},
    "GR-YOY-PUBLISHED": {"keji_sme": (3630, 3270), "gaoxin": (18610, 15630)},
    "GR-YOY-COHORT": {"keji_sme": (2400, 2000), "gaoxin": (15000, 14000)},
}
PRINTED = {
    "GR-YOY": {"keji_sme": "19.8", "gaoxin": "7.5"},
    "GR-YOY-PUBLISHED": {"keji_sme": "11.0", "gaoxin": "19.1"},
}


@pytest.mark.parametrize("code", GROWN)
def test_the_published_growth_is_on_todays_list_and_not_against_what_was_printed(spec, code):
    rates = {
        kind: Decimal(100 * (now - then)) / Decimal(then)
        for kind, (now, then) in GROWN[code].items()
    }
    found = spec(
        CATALOGUE[code],
        RESTATED,
        dict.fromkeys(KINDS) | rates,
        by="list_kind",
        breakdowns=BREAKDOWNS,
        period="2025-12",
    )
    for kind, printed in PRINTED.get(code, {}).items():
        cell = next(cell for cell in found.cells if cell.keys == (kind,))
        assert half_up(cell.numerator, cell.denominator, 1) == Decimal(printed)


def test_the_restated_rates_are_those_of_the_lawbook(law: Law):
    for kind, printed in PRINTED["GR-YOY"].items():
        values = law.entry(f"statistics.published.{kind}").values
        assert str(values[-1].amount["growth"]) == printed


def stock(month, amount):
    return f"""
    CLDWDK {month}
    borrower_id_type | borrower_id_no | balance_cny
    A01              | {A}            | {amount}
    """


MONTHS = stock("2025-06", 150) + stock("2025-05", 140) + stock("2024-12", 100)
MONTHS += stock("2024-06", 75) + stock("2023-12", 60)
DISPOSED = f"""
    DWDKFS 2025-02
    borrower_id_type | borrower_id_no | direction | loan_event_status | amount_cny
    A01              | {A}            | 0         | LF02              | 3
    A01              | {A}            | 0         | LF01              | 500
    DWDKFS 2025-06
    borrower_id_type | borrower_id_no | direction | loan_event_status | amount_cny
    A01              | {A}            | 0         | LF07              | 2
    """
TOTALS = """
    LOAN_TOTALS
    reporter | lender_city | currency_scope | all_loans
    X        | 410100      | all            | 1060
    LOAN_TOTALS 2024-06
    reporter | lender_city | currency_scope | all_loans
    X        | 410100      | all            | 1000
    """
WORLD = MONTHS + DISPOSED + TOTALS + LISTS + editions("2024-06") + listed("2024-06", gaoxin=(A,))
FIGURES = {
    "GR-MONTH": 10,
    "GR-YEAR": 50,
    "GR-MORE": 35,
    "GR-YOY": 100,
    "GR-YOY-PUBLISHED": 100,
    "GR-YOY-COHORT": 100,
    "GR-YTD": 50,
    "GR-YTD-RESTORED": 55,
    "GR-GAP": 94,
}


@pytest.mark.parametrize("code", FIGURES)
def test_a_change_is_from_one_month_to_another(spec, code):
    spec(CATALOGUE[code], WORLD, FIGURES[code])


@pytest.mark.parametrize("code", FIGURES)
def test_from_nothing_there_is_no_growth(spec, code):
    nothing = 0 if code in ("GR-MONTH", "GR-YEAR", "GR-MORE") else None
    spec(CATALOGUE[code], LISTS, nothing, empty=["CLDWDK"])


def test_a_borrower_without_an_identifier_is_unknown_at_either_end(spec):
    nameless = """
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny
    A01              |                | 5
    """
    spec(CATALOGUE["GR-MONTH"], nameless + LISTS, 0, unknown=1)
