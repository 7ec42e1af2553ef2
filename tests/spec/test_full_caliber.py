"""Financing over loans, bills, bonds and equity, each yuan once: a small case for each netting rule, the sum by hand.

甲 is on two lists, 乙 on one, 丙 in the directory only.
"""

from dataclasses import replace

import pytest

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.full_caliber import is_firm, stocks
from dripline.indicators.netting import RULES
from tests.conftest import BANK
from tests.spec.small_lists import LISTS, A, B, C

OTHER = "91410000MA0000001Q"
"""Another bank."""
LOANS = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | borrower_sector | product_type | balance_cny | borrower_scale
    A01              | {A}            | C01             | F022         |      100.00 | CS02
    A02              | {A[8:17]}      | C01             | F09          |       10.00 | CS02
    A01              | {C}            | C01             | F022         |     1000.00 | CS03
    """
WHO = "discount_applicant_id_type | discount_applicant_id_no | discount_applicant_sector"
BILLS = f"""
    CLPJRZ
    bill_no | discount_mode | {WHO} | discount_amount_cny
    P1 | 01 | A01 | {B} | C01 | 20.00
    """
REGISTER = f"""
    ENTERPRISE
    credit_code | county | size | status
    {A}         | 410105 | CS02 | active
    {B}         | 410302 | CS03 | active
    {C}         | 410105 | CS03 | active
    """
BONDS = f"""
    BOND_ISSUE
    bond_code | credit_code | bond_type | issued_on  | redeemed_on | outstanding_cny | amount_cny
    B1        | {A}         | MTN       | 2025-01-10 |             |            3.00 | 5.00
    """
EQUITY = f"""
    EQUITY_FINANCING
    record_no | credit_code | completed_on | amount_cny | round
    E1        | {B}         | 2024-05-01   |       0.40 | a
    """
HELD = f"""
    BOND_HOLDING
    bond_code | credit_code | balance_cny
    B1        | {A}         | 2.00
    B9        | {A}         | 7.00
    """
SHARES = f"""
    CLGQTZ
    certificate_no | investee_id_no | balance_cny
    Q1             | {B}            | 0.40
    """
ALL = LOANS + BILLS + BONDS + EQUITY + REGISTER + LISTS


def test_loans_bills_bonds_and_equity_of_listed_firms_add_up(spec):
    spec(CATALOGUE["FC-BAL"], ALL, "133.40")
    for code, value in (
        ("FC-LOANS", 110),
        ("FC-BILLS", 20),
        ("FC-BONDS", 3),
        ("FC-EQUITY", "0.40"),
    ):
        spec(CATALOGUE[code], ALL, value)


KINDS_OF_NOBODY = ("chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang")


def test_cities_and_sizes_add_up_to_the_total_and_kinds_of_list_overlap(spec):
    for by, expected in (
        ("borrower_city", {"410100": 103, "410300": "20.40", None: 10}),
        ("size", {"CS02": 113, "CS03": "0.40", None: 20}),
        ("list_kind", {**dict.fromkeys(KINDS_OF_NOBODY, 0), "gaoxin": 113, "keji_sme": "133.40"}),
    ):
        spec(CATALOGUE["FC-BAL"], ALL, expected, by=by, breakdowns=BREAKDOWNS)


def test_a_firm_with_several_kinds_of_financing_is_one_firm(spec):
    several = (
        BONDS
        + f"""    B2        | {B}         | MTN       | 2025-01-10 |             |            3.00 | 5.00
    """
    )
    text = LOANS + BILLS + several + EQUITY + REGISTER + LISTS
    spec(CATALOGUE["FC-FIRMS"], text, 2)
    spec(CATALOGUE["FC-FIRMS-BEYOND"], text, 1)
    spec(CATALOGUE["FC-COVERAGE"], text, 100)


def test_while_a_table_has_not_come_firms_without_other_financing_are_unknown(spec):
    spec(CATALOGUE["FC-FIRMS"], LOANS + BILLS + BONDS + REGISTER + LISTS, 2)
    spec(CATALOGUE["FC-FIRMS"], LOANS + BONDS + EQUITY + REGISTER + LISTS, 2)
    spec(CATALOGUE["FC-FIRMS"], LOANS + BONDS + REGISTER + LISTS, 1, unknown=1)


def test_one_firm_is_found_by_its_credit_code_and_by_the_organisation_code_in_it(spec):
    for code, measure, value in zip(
        ("FC-LOANS", "FC-BILLS", "FC-BONDS", "FC-EQUITY"),
        stocks(is_firm(A)),
        (110, 0, 3, 0),
        strict=True,
    ):
        spec(replace(CATALOGUE[code], measure=measure), ALL, value)
    for code, measure, value in zip(
        ("FC-LOANS", "FC-BILLS", "FC-BONDS", "FC-EQUITY"),
        stocks(is_firm(C)),
        (1000, 0, 0, 0),
        strict=True,
    ):
        spec(replace(CATALOGUE[code], measure=measure), ALL, value)


# --- a case for each rule -------------------------------------------------------------------------------


def test_net_01_a_bond_held_by_a_bank_counts_once_with_its_issuer(spec):
    spec(CATALOGUE["FC-BAL"], ALL + HELD, "133.40")
    spec(CATALOGUE["CM-BONDS-HELD"], ALL + HELD, 9)


def test_net_01_a_bond_held_that_no_register_has_stands_apart(spec):
    spec(CATALOGUE["FC-APART-BONDS-HELD"], ALL + HELD, 7)


def test_net_02_a_share_held_by_a_bank_is_not_added_to_what_was_raised(spec):
    spec(CATALOGUE["FC-BAL"], ALL + SHARES, "133.40")
    spec(CATALOGUE["CM-EQUITY-HELD"], ALL + SHARES, "0.40")


def test_net_03_a_rediscount_is_owed_by_the_bank_and_adds_nothing(spec):
    rediscount = """
    CLZTX
    bill_no | rediscount_amount_cny
    P1      | 19.00
    """
    spec(CATALOGUE["FC-BAL"], ALL + rediscount, "133.40")


BOUGHT_ON = f"""
    CLPJRZ
    bill_no | discount_mode | {WHO} | discount_amount_cny | _reporter
    P1 | 02 | A01 | {B} | C01 | 19.00 | {OTHER}
    P2 | 02 | A01 | {BANK} | B03 | 5.00 | {OTHER}
    """


def test_net_04_a_bill_bought_on_counts_once_with_its_holder(spec):
    spec(CATALOGUE["FC-BILLS"], BOUGHT_ON + REGISTER + LISTS, 19)


def test_net_04_only_the_direct_discount_is_new_financing(spec):
    flows = f"""
    PJRZFS
    trade_type | discount_applicant_id_type | discount_applicant_id_no | discount_amount_cny
    A01        | A01                        | {B}                      | 20.00
    A02        | A01                        | {B}                      | 19.00
    B02        | A01                        | {B}                      | 19.50
    """
    spec(CATALOGUE["FC-NEW"], flows + REGISTER + LISTS, 20, empty=["DWDKFS"])


def test_net_05_a_bill_bought_from_a_bank_belongs_to_no_known_firm(spec):
    spec(CATALOGUE["FC-APART-BILLS-BOUGHT"], BOUGHT_ON + REGISTER + LISTS, 5)


def test_net_05_a_bill_that_two_banks_show_is_counted_apart(spec):
    twice = BILLS + f"    P1 | 02 | A01 | {B} | C01 | 19.00\n"
    spec(CATALOGUE["FC-APART-BILLS-TWICE"], twice + LISTS, 1)
    spec(CATALOGUE["FC-APART-BILLS-TWICE"], BILLS + LISTS, 0)


def test_net_06_a_discounted_bill_counts_with_its_applicant_and_not_with_drawer_or_acceptor(spec):
    drawn = f"""
    CLPJRZ
    bill_no | discount_applicant_id_type | discount_applicant_id_no | drawer_id_type | drawer_id_no | discount_amount_cny
    P1      | A01                        | {B}                      | A01            | {A}          | 20.00
    P2      | A01                        | {C}                      | A01            | {A}          | 40.00
    """
    spec(CATALOGUE["FC-BILLS"], drawn + LISTS, 20)


TO_INSTITUTIONS = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | borrower_sector | product_type | balance_cny
    A01              | {A}            | C01             | F022         |      1.00
    A01              | {A}            | B03             | F022         |      2.00
    A01              | {A}            | C01             | F03          |      4.00
    A01              | {A}            | B04             | F023         |      8.00
    A01              | {A}            |                 | F022         |     16.00
    A01              | {A}            | C01             |              |     32.00
    """


def test_net_07_a_claim_on_a_bank_or_a_lessor_is_no_financing_of_a_firm(spec):
    spec(CATALOGUE["FC-LOANS"], TO_INSTITUTIONS + LISTS, 1, unknown=2)
    spec(CATALOGUE["FC-APART-LOANS"], TO_INSTITUTIONS + LISTS, 2 + 4 + 8, unknown=2)


def test_net_08_a_lease_counts_with_the_lessee(spec):
    lease = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | borrower_sector | product_type | balance_cny
    A01              | {A}            | C01             | F09          |        4.00
    A01              | {BANK}         | B04             | F022         |        3.00
    """
    spec(CATALOGUE["FC-LOANS"], lease + LISTS, 4)


def test_net_10_shares_of_a_syndicate_add_up_and_the_firm_counts_once(spec):
    syndicate = f"""
    CLDWDK
    borrower_id_type | borrower_id_no | borrower_sector | product_type | balance_cny | loan_contract_no | _reporter
    A01              | {A}            | C01             | F023         |        6.00 | S1               |
    A01              | {A}            | C01             | F023         |        4.00 | S1               | {OTHER}
    """
    spec(CATALOGUE["FC-LOANS"], syndicate + LISTS, 10)
    rest = REGISTER + LISTS
    none = ["CLPJRZ", "BOND_ISSUE", "EQUITY_FINANCING"]
    spec(CATALOGUE["FC-FIRMS"], syndicate + rest, 1, empty=none)


FLOWS = f"""
DWDKFS
borrower_id_type | borrower_id_no | borrower_sector | product_type | direction | loan_event_status | restructure_type | amount_cny
A01              | {A}            | C01             | F022         | 1         | LF01              |                  |      1.00
A01              | {A}            | C01             | F022         | 1         | LF04              |                  |      2.00
A01              | {A}            | C01             | F022         | 1         | LF05              | 01               |      4.00
A01              | {A}            | C01             | F022         | 0         | LF07              |                  |      8.00
A01              | {A}            | C01             | F022         | 0         | LF08              |                  |     16.00
A01              | {A}            | B03             | F022         | 1         | LF01              |                  |     32.00
"""


def test_net_11_a_loan_bought_and_a_renewal_are_no_new_financing(spec):
    spec(CATALOGUE["FC-NEW"], FLOWS + LISTS, 1)


def test_net_12_loans_that_left_the_books_stand_in_the_monthly_account(spec):
    spec(CATALOGUE["AC-12-SECURITISED"], FLOWS + LISTS, 8)


KINDS = f"""
    BOND_ISSUE
    bond_code | credit_code | bond_type | issued_on  | redeemed_on | outstanding_cny | amount_cny
    B1        | {A}         | MTN       | 2025-06-10 |             |            1.00 | 1.00
    B2        | {A}         | ABS01     | 2025-06-10 |             |            2.00 | 2.00
    B3        | {A}         | FB01      | 2025-06-10 |             |            4.00 | 4.00
    B4        | {A}         | CP        | 2024-06-10 | 2025-06-10  |            8.00 | 8.00
    B5        | {A}         | CP        | 2025-07-01 |             |           16.00 | 16.00
    B6        | {A}         |           | 2025-06-10 |             |           32.00 | 32.00
    B1        | {A}         | MTN       | 2025-05-31 |             |           64.00 | 64.00
    """


def test_net_12_securities_made_of_loans_and_bonds_of_banks_are_no_bonds_of_the_firm(spec):
    spec(CATALOGUE["FC-BONDS"], KINDS + LISTS, 1 + 64, unknown=1)
    spec(CATALOGUE["FC-APART-BONDS"], KINDS + LISTS, 2 + 4, unknown=1)


def test_a_bond_counts_from_its_issue_until_it_is_redeemed_and_is_new_in_its_month(spec):
    spec(CATALOGUE["FC-NEW"], KINDS + LISTS, 1, unknown=1, empty=["DWDKFS"])


def test_net_13_a_debt_swapped_into_equity_leaves_the_loans_and_enters_when_it_is_recorded(spec):
    before = LOANS + EQUITY + LISTS
    swapped = LOANS.replace("100.00", " 60.00") + EQUITY + LISTS
    recorded = (
        LOANS.replace("100.00", " 60.00")
        + EQUITY
        + f"    E2        | {A}         | 2025-06-20   |      40.00 | other\n"
        + LISTS
    )
    spec(CATALOGUE["FC-BAL"], before, "110.40")
    spec(CATALOGUE["FC-BAL"], swapped, "70.40")
    spec(CATALOGUE["FC-BAL"], recorded, "110.40")


def test_net_14_equity_is_what_was_raised_until_the_end_of_the_period(spec):
    later = EQUITY + f"    E2        | {A}         | 2025-07-01   |      40.00 | ipo\n"
    spec(CATALOGUE["FC-EQUITY"], later + LISTS, "0.40")


def test_net_15_a_bond_or_a_round_that_two_departments_registered_is_counted_apart(spec):
    spec(CATALOGUE["FC-APART-BONDS-TWICE"], KINDS + LISTS, 1)
    twice = EQUITY + f"    E1        | {B}         | 2024-05-01   |       0.40 | a\n"
    spec(CATALOGUE["FC-APART-ROUNDS-TWICE"], twice + LISTS, 1)


# --- the whole ------------------------------------------------------------------------------------------

FIGURES = [code for code in CATALOGUE if code.startswith("FC-")]


@pytest.mark.parametrize("code", FIGURES)
def test_without_any_row_there_is_nothing_or_no_share(spec, code):
    none = ["CLDWDK", "CLPJRZ", "DWDKFS", "PJRZFS", "BOND_ISSUE", "BOND_HOLDING"]
    shares = {"FC-DIRECT-SHARE", "FC-GROWTH", "FC-COVERAGE"}
    empty = [*none, "EQUITY_FINANCING", "ENTERPRISE", "CLDWDK 2024-12", "CLDWDK 2024-06"]
    spec(CATALOGUE[code], LISTS, None if code in shares else 0, empty=empty)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_stands_with_the_figures_of_its_tables_and_what_it_counts_apart_exists(rule):
    note = CATALOGUE["FC-BAL"].note
    assert note is not None
    assert note.zh.count(f"\n{rule.code} {rule.says.zh}") == 1
    assert note.en.count(f"\n{rule.code} {rule.says.en}") == 1
    assert set(rule.apart) <= CATALOGUE.keys()


def test_the_share_of_bonds_and_equity_is_of_the_whole_sum(spec):
    spec(CATALOGUE["FC-DIRECT-SHARE"], LOANS.replace("100.00", "  2.00") + BONDS + LISTS, 20)


def test_growth_and_change_compare_the_whole_sum_on_one_list(spec):
    now = LOANS.replace("100.00", "  2.00") + BONDS + LISTS
    then = LOANS.replace("100.00", "  2.00").replace("CLDWDK", "CLDWDK {month}")
    spec(CATALOGUE["FC-GROWTH"], now + then.format(month="2024-06"), 25)
    spec(CATALOGUE["FC-CHANGE"], now + then.format(month="2024-12"), 3)
