"""获贷率 and its parts, by the register of enterprises; limits of customers."""

import pytest

from dripline.errors import DefinitionError
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.firms import NOT_OF_LENDERS
from tests.conftest import BANK
from tests.spec.small_lists import A, B, C, D, editions, listed

OTHER_BANK = "91410000MA0000001Q"
E, F = "91410100000000005X", "91410100000000006X"
LISTS = editions() + listed(gaoxin=(A, B, E, F), keji_sme=(A, D), henan_minglu=(A, C))
REGISTER = f"""
    ENTERPRISE
    credit_code | county | status     | size | industry | zone
    {A}         | 410105 | active     | CS03 | C3981    | airport
    {B}         | 410305 | active     | CS02 | C39      |
    {C}         | 419001 | active     | CS04 | I65      |
    {D}         | 419001 | revoked    | CS04 |          |
    {E}         | 410105 | struck_off | CS04 | I65      |
    {F}         |        |            |      |          |
    """
LOANS = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | balance_cny | product_type | _reporter
    A01              | {A}            |        1.00 | F022         | {OTHER_BANK}
    A01              | {A}            |        1.00 | F022         |
    A02              | {B[8:17]}      |        1.00 | F023         | {OTHER_BANK}
    A01              | {C}            |        1.00 | F022         |
    A01              | {E}            |        1.00 | F022         |
    A01              | {D}            |        0.00 | F022         |
    """
WORLD = REGISTER + LOANS + LISTS
FIGURES = {
    "TE-LISTED": (3, 1),
    "TE-FINANCED": (2, 0),
    "TE-UNFINANCED": (1, 1),
    "TE-COVERAGE": ("66.66666666666666666666666667", 1),
    "TE-DIR-COVERAGE": (100, 1),
    "TE-REACH": (100, 1),
}


@pytest.mark.parametrize("code", FIGURES)
def test_firms_are_counted_by_the_register_whoever_lends_to_them(spec, code):
    value, unknown = FIGURES[code]
    spec(CATALOGUE[code], WORLD, value, unknown=unknown)


@pytest.mark.parametrize("code", FIGURES)
def test_without_a_register_there_are_no_firms_and_no_rate(spec, code):
    nothing = 0 if code in ("TE-LISTED", "TE-FINANCED", "TE-UNFINANCED") else None
    spec(CATALOGUE[code], LISTS, nothing, empty=["ENTERPRISE", "CLDWDK"])


def test_the_rate_by_city_is_by_where_the_firm_is_registered(spec):
    rates = {"410100": 100, "410300": 100, "419001": 0, None: None}
    spec(CATALOGUE["TE-COVERAGE"], WORLD, rates, by="borrower_city", breakdowns=BREAKDOWNS)


def test_the_rate_by_section_and_by_zone_is_by_what_the_register_says(spec):
    spec(
        CATALOGUE["TE-COVERAGE"],
        WORLD,
        {"C": 100, None: 0},
        by="industry_section",
        breakdowns=BREAKDOWNS,
    )
    spec(
        CATALOGUE["TE-COVERAGE"],
        WORLD,
        {"airport": 100, None: 50},
        by="zone",
        breakdowns=BREAKDOWNS,
    )


@pytest.mark.parametrize("refusal", NOT_OF_LENDERS, ids=lambda r: r.breakdown)
def test_the_rate_is_refused_by_whatever_only_a_loan_has(spec, refusal):
    from dripline.engines.fold import questions

    with pytest.raises(DefinitionError, match="TE-REACH"):
        list(questions(CATALOGUE["TE-COVERAGE"], refusal.breakdown, BREAKDOWNS))


def test_the_reach_of_an_institution_is_among_all_listed_firms(spec):
    third = "33.33333333333333333333333333"
    reach = {BANK: "66.66666666666666666666666667", OTHER_BANK: "66.66666666666666666666666667"}
    spec(CATALOGUE["TE-REACH"], WORLD, reach, by="institution", breakdowns=BREAKDOWNS)
    products = {"F022": "66.66666666666666666666666667", "F023": third}
    spec(CATALOGUE["TE-REACH"], WORLD, products, by="product", breakdowns=BREAKDOWNS)


CUSTOMERS = f"""
    FTYKHX
    customer_id_type | customer_id_no | credit_limit | used_limit | _reporter
    A01              | {A}            |  5000000.00  | 1000000.00 |
    A01              | {A}            |  5000000.01  | 1500000.00 | {OTHER_BANK}
    A01              | {B}            |              |            |
    A01              | {C}            |  9000000.00  |  900000.00 |
    """


def test_limits_of_all_reporters_are_added_and_used_in_part(spec):
    spec(CATALOGUE["TE-LIMIT"], CUSTOMERS + LISTS, "10000000.01", unknown=1)
    by_band = {"band_1": 5000000, "band_2": "5000000.01", None: 0}
    spec(
        CATALOGUE["TE-LIMIT"],
        CUSTOMERS + LISTS,
        by_band,
        by="credit_band",
        breakdowns=BREAKDOWNS,
    )
    used = CUSTOMERS.replace("5000000.01", "5000000.00")
    spec(CATALOGUE["TE-LIMIT-USED"], used + LISTS, 25, unknown=1)


def test_nobody_has_a_limit_where_there_is_no_customer(spec):
    spec(CATALOGUE["TE-LIMIT"], LISTS, 0, empty=["FTYKHX"])
    spec(CATALOGUE["TE-LIMIT-USED"], LISTS, None, empty=["FTYKHX"])
