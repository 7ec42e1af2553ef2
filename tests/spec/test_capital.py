"""What technology enterprises raise beside credit and have behind it; 甲 on two lists, 乙 on one, 丙 in the directory only."""

import pytest

from dripline.indicators import BREAKDOWNS
from dripline.indicators.capital import CAPITAL
from tests.spec.small_lists import LISTS, A, B, C

FIGURES = {figure.code: figure for figure in CAPITAL}
FIRMS = f"""
    ENTERPRISE
    credit_code | county | size
    {A}         | 410105 | CS02
    {B}         | 410302 | CS03
    {C}         | 410105 | CS03
    """
BONDS = f"""
    BOND_ISSUE
    bond_code | credit_code | market    | issued_on  | amount_cny | tech_bond_flag
    B1        | {A}         | interbank | 2025-06-01 |       1.00 | 1
    B2        | {A}         | exchange  | 2025-06-30 |       2.00 | 0
    B3        | {B}         | interbank | 2025-05-31 |       4.00 | 1
    B4        | {C}         | interbank | 2025-06-15 |       8.00 | 1
    B5        | {B}         | overseas  | 2025-06-15 |      16.00 |
    B6        | {B}         | overseas  | 2025-07-01 |      32.00 | 1
    """


def test_bonds_count_by_the_day_of_issue_and_only_of_listed_firms(spec):
    text = BONDS + FIRMS + LISTS
    spec(FIGURES["CM-BONDS"], text, 1 + 2 + 16)
    spec(FIGURES["CM-BONDS-INTERBANK"], text, 1)
    spec(FIGURES["CM-BOND-FIRMS"], text, 2)


def test_the_markets_of_the_plan_stand_apart(spec):
    spec(
        FIGURES["CM-BONDS"],
        BONDS + FIRMS + LISTS,
        {"interbank": 1, "exchange": 2, "overseas": 16},
        by="bond_market",
        breakdowns=BREAKDOWNS,
    )


def test_the_city_of_a_bond_is_that_of_its_issuer_in_the_register(spec):
    spec(
        FIGURES["CM-BONDS"],
        BONDS + FIRMS + LISTS,
        {"410100": 3, "410300": 16},
        by="borrower_city",
        breakdowns=BREAKDOWNS,
    )


def test_a_bond_for_technology_innovation_goes_by_its_mark_whoever_issued_it(spec):
    spec(FIGURES["CM-TECH-BONDS"], BONDS + FIRMS + LISTS, 1 + 8, unknown=1)


def test_bonds_since_january_add_up_the_months(spec):
    months = "".join(
        f"""
        BOND_ISSUE 2025-{month:02d}
        bond_code | credit_code | market    | issued_on          | amount_cny
        B{month}  | {A}         | interbank | 2025-{month:02d}-02 | {month}.00
        """
        for month in range(1, 6)
    )
    june = f"""
        BOND_ISSUE
        bond_code | credit_code | market    | issued_on  | amount_cny
        B1        | {A}         | interbank | 2025-01-02 | 1.00
        B6        | {A}         | interbank | 2025-06-02 | 6.00
        """
    text = months + june + FIRMS + LISTS
    spec(FIGURES["CM-BONDS-YTD"], text, 1 + 2 + 3 + 4 + 5 + 6)


HOLDINGS = f"""
    BOND_HOLDING
    bond_code | credit_code | balance_cny | _reporter
    B1        | {A}         |        1.00 |
    B1        | {A}         |        2.00 | 91410000MA0000001Q
    B4        | {C}         |        4.00 |
    B9        | {B}         |             |
    """


def test_what_banks_hold_of_a_bond_adds_up_over_banks(spec):
    spec(FIGURES["CM-BONDS-HELD"], HOLDINGS + FIRMS + LISTS, 3, unknown=1)
    spec(
        FIGURES["CM-BONDS-HELD"],
        HOLDINGS + FIRMS + LISTS,
        {"91410000MA0000000M": 1, "91410000MA0000001Q": 2},
        by="institution",
        breakdowns=BREAKDOWNS,
    )


ROUNDS = f"""
    EQUITY_FINANCING
    record_no | credit_code | round     | board    | completed_on | amount_cny
    R1        | {A}         | a         |          | 2025-06-01   |       1.00
    R2        | {A}         | b         |          | 2025-06-20   |       2.00
    R3        | {B}         | ipo       | sse_star | 2025-06-30   |       4.00
    R4        | {B}         | quoted    | neeq     | 2025-06-02   |       0.00
    R5        | {A}         | ipo       | bse      | 2025-05-31   |       8.00
    R6        | {C}         | ipo       | bse      | 2025-06-15   |      16.00
    R7        | {A}         | follow_on | bse      | 2025-06-15   |      32.00
    """


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("CM-EQUITY", 1 + 2 + 4 + 0 + 32),
        ("CM-LISTED", 1),
        ("CM-QUOTED", 1),
        ("CM-ROUNDS", 1),
    ],
)
def test_equity_listings_and_rounds_of_the_period(spec, code, value):
    spec(FIGURES[code], ROUNDS + FIRMS + LISTS, value)


def test_rounds_before_a_listing_have_no_board(spec):
    spec(
        FIGURES["CM-EQUITY"],
        ROUNDS + FIRMS + LISTS,
        {None: 3, "sse_star": 4, "neeq": 0, "bse": 32},
        by="listing_board",
        breakdowns=BREAKDOWNS,
    )


def test_equity_held_by_banks_is_of_firms_named_by_credit_code(spec):
    text = f"""
        CLGQTZ
        certificate_no | investee_id_no | investee_region_code | balance_cny
        C1             | {A}            | 410105               |        1.00
        C2             | {C}            | 410105               |        2.00
        C3             | {B}            | 410302               |        4.00
        C4             | {A[8:17]}      | 410105               |        8.00
        """
    spec(FIGURES["CM-EQUITY-HELD"], text + FIRMS + LISTS, 1 + 4)


GUARANTEES = f"""
    FIRM_GUARANTEE
    guarantee_no | credit_code | start_date | end_date   | released_on | outstanding_cny | fee_rate
    G1           | {A}         | 2025-01-01 | 2026-01-01 |             |            1.00 |  1.00000
    G2           | {A}         | 2025-06-30 | 2026-01-01 |             |            3.00 |  2.00000
    G3           | {B}         | 2024-01-01 | 2025-01-01 |             |            4.00 |
    G4           | {B}         | 2024-01-01 | 2025-06-30 | 2025-06-30  |            0.00 |  1.00000
    G5           | {C}         | 2025-01-01 | 2026-01-01 |             |           16.00 |  1.00000
    G6           | {A}         | 2025-07-01 | 2026-01-01 |             |           32.00 |  1.00000
    """


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("CM-GUARANTEED", 1 + 3 + 4),
        ("CM-GUARANTEED-FIRMS", 2),
        ("CM-GUARANTEE-FEE", "1.75"),
    ],
)
def test_a_guarantee_counts_from_its_first_day_until_it_is_released(spec, code, value):
    spec(FIGURES[code], GUARANTEES + FIRMS + LISTS, value)


DEPOSITS = """
    DEPOSIT_RATE
    reporter           | term | listed_rate | paid_rate | new_deposits | _reporter
    91410000MA0000000M | y1   | 1.10000     | 1.20000   |       100.00 |
    91410000MA0000001Q | y1   | 1.30000     | 1.50000   |       300.00 | 91410000MA0000001Q
    91410000MA0000000M | y3   | 1.90000     |           |         0.00 |
    """


def test_the_rate_paid_is_weighted_by_what_came_in(spec):
    spec(FIGURES["CM-DEPOSIT-PAID"], DEPOSITS, "1.425")
    spec(
        FIGURES["CM-DEPOSIT-PAID"],
        DEPOSITS,
        {"y1": "1.425"},
        by="deposit_term",
        breakdowns=BREAKDOWNS,
    )


def test_the_rate_listed_weighs_each_institution_alike(spec):
    spec(
        FIGURES["CM-DEPOSIT-LISTED"],
        DEPOSITS,
        {"y1": "1.2", "y3": "1.9"},
        by="deposit_term",
        breakdowns=BREAKDOWNS,
    )


@pytest.mark.parametrize("code", FIGURES)
def test_each_figure_serves_a_measure_and_says_so_in_both_languages(code):
    figure = FIGURES[code]
    assert figure.serves
    assert figure.label.zh != figure.label.en
