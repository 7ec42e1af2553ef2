"""What indicators need of the language: groups of codes, registers as base and as key, wholes, today's institution."""

from dataclasses import replace

import pytest

from dripline.definitions import Dimension, Group, Indicator, Membership, Total
from dripline.engines.data import INSTITUTION
from dripline.engines.groups import groups
from dripline.errors import DefinitionError
from dripline.law import Law
from dripline.measures import At, CountDistinct, Ratio, Sum, Whole, count_across
from dripline.nodes import TEXT, Field, GroupOf, HasRow, Lookup
from dripline.tables import Column, Table
from tests.conftest import JUNE, compute_everywhere, world
from tests.spec.small_tables import CUST, LEND, WORDS


class FIRM(Table):
    """A small register of firms."""

    code = "FIRM"
    label = grain = WORDS
    nature = "register"
    per_reporter = False
    firm = Column("C..20", WORDS, "M")
    city = Column("C6", WORDS)


def indicator(measure, *breakdowns):
    return Indicator(
        code="T-1",
        label=WORDS,
        unit="yuan",
        measure=measure,
        decimals=2,
        source="own",
        article="1",
        breakdowns=("total", *breakdowns),
    )


def dimension(code, *values, **more):
    return Dimension(code, WORDS, values, "scale", **more)


BALANCE = Sum(LEND.balance)
TOP = {"top": dimension("top", GroupOf(LEND.size, "product", 1))}
NEXT = {"next": dimension("next", GroupOf(LEND.size, "product", 2))}
PRODUCTS = """
    note | size | balance
    A1   | F022 | 1
    A2   | F021 | 2
    A3   | F041 | 4
    A4   | F02  | 8
    A5   | X    | 16
    A6   |      | 32
    """


def test_a_code_belongs_to_the_group_above_it_at_the_depth_asked_for(spec):
    by_top = {"F02": 11, "F04": 4, None: 48}
    spec(indicator(BALANCE, "top"), PRODUCTS, by_top, by="top", breakdowns=TOP)


def test_a_code_at_that_depth_is_its_own_group_and_one_above_it_has_none(spec):
    by_next = {"F022": 1, "F021": 2, "F041": 4, None: 56}
    spec(indicator(BALANCE, "next"), PRODUCTS, by_next, by="next", breakdowns=NEXT)


def test_the_groups_of_a_list_reach_every_code_below():
    assert groups("product", 1, JUNE.last_day)["F02131"] == "F02"
    assert groups("product", 2, JUNE.last_day)["F02131"] == "F021"


OTHER_BANK = "91410000MA0000001Q"
FIRMS_WITH_A_LOAN = HasRow(((FIRM.firm, LEND.borrower),), where=LEND.balance.above(0))


def test_from_a_register_the_rows_of_every_reporter_match(spec):
    spec(
        indicator(CountDistinct((FIRM.firm,), FIRMS_WITH_A_LOAN)),
        f"""
        firm | _reporter
        X    | D
        Y    | D
        Z    | D

        LEND
        note | borrower | balance | _reporter
        A1   | X        | 1       |
        A1   | X        | 1       | {OTHER_BANK}
        A1   | Y        | 2       | {OTHER_BANK}
        A2   | Z        | 0       |
        """,
        2,
    )


LENT_OR_KNOWN = count_across(
    CountDistinct((LEND.borrower,), LEND.balance.above(0)),
    CountDistinct((CUST.borrower,), CUST.worth.above(0)),
)
IN_BOTH = f"""
    note | borrower | balance | size | _reporter
    A1   | X        | 1       | CS01 |
    A2   | X        | 1       | CS02 |
    A3   | Y        | 1       | CS01 | {OTHER_BANK}
    A4   | Z        |         | CS01 |
    A5   | W        | 0       | CS01 |

    CUST
    borrower | worth | size | _reporter
    X        | 5     | CS01 |
    Y        | 5     | CS01 |
    Y        | 5     | CS02 |
    Z        | 5     | CS01 |
    W        | 5     | CS02 |
    V        |       | CS01 |
             | 5     | CS01 |
    """
SIZE_IN_BOTH = {"size": dimension("size", LEND.size, CUST.size)}


def test_who_stands_in_two_tables_counts_once_whoever_reports_it(spec):
    spec(indicator(LENT_OR_KNOWN), IN_BOTH, 4, unknown=2)  # X, Y, Z, W; V and nobody in doubt


def test_who_stands_in_two_tables_counts_once_in_each_cell(spec):
    sizes = {"CS01": 3, "CS02": 3}  # X, Y, Z and X, Y, W
    spec(indicator(LENT_OR_KNOWN, "size"), IN_BOTH, sizes, by="size", breakdowns=SIZE_IN_BOTH)


def test_a_group_of_a_membership_takes_rows_of_both_tables(spec):
    small = Group("small", WORDS, (LEND.size.is_("CS02"), CUST.size.is_("CS02")))
    kinds = {"kind": Membership("kind", WORDS, (small,))}
    spec(indicator(LENT_OR_KNOWN, "kind"), IN_BOTH, {"small": 3}, by="kind", breakdowns=kinds)


def test_a_table_without_rows_adds_nobody(spec):
    spec(indicator(LENT_OR_KNOWN), IN_BOTH.split("CUST")[0], 2, unknown=1, empty=["CUST"])


def test_a_total_of_a_rule_counts_no_keys_beyond_another_table():
    with pytest.raises(DefinitionError) as caught:
        Total("firms", LENT_OR_KNOWN.terms[1][1])
    assert str(caught.value) == "firms: a total is of one table; count further keys apart."


CITY = Lookup(FIRM.city, ((LEND.borrower, FIRM.firm),))
MOVED = """
    note | borrower | balance
    A1   | X        | 5

    LEND 2024-06
    note | borrower | balance
    A1   | X        | 3

    FIRM
    firm | city
    X    | 410200

    FIRM 2024-06
    firm | city
    X    | 410100
    """


@pytest.mark.parametrize(
    ("lists", "cities"),
    [("same_list", {"410200": 3}), ("as_published", {"410100": 3})],
)
def test_a_base_of_a_year_ago_is_divided_by_the_register_its_lists_are_taken_of(
    spec, lists, cities
):
    before = indicator(At(BALANCE, months=-12, lists=lists), "city")
    spec(before, MOVED, cities, by="city", breakdowns={"city": dimension("city", CITY)})


def test_a_firm_that_moves_within_a_year_stays_in_one_column_of_the_growth(spec):
    change = Ratio(BALANCE, At(BALANCE, months=-12))
    by_city = {"city": dimension("city", CITY)}
    spec(indicator(change, "city"), MOVED, {"410200": "1.666666666666666666666666667"}, by="city",
         breakdowns=by_city)  # fmt: skip


SHARE = Ratio(BALANCE, Whole(BALANCE, ("size",)), 100)
BY_SIZE = {"size": dimension("size", LEND.size), "city": dimension("city", LEND.city)}
SHARES = """
    note | size | city   | balance
    A1   | CS01 | 410100 | 1
    A2   | CS02 | 410100 | 3
    A3   | CS01 | 410200 | 6
    """


def test_a_whole_is_not_divided_by_the_breakdown_it_is_over(spec):
    spec(indicator(SHARE, "size"), SHARES, {"CS01": 70, "CS02": 30}, by="size", breakdowns=BY_SIZE)


def test_a_whole_is_still_divided_by_the_other_breakdown_of_a_pair(spec):
    shares = {("CS01", "410100"): 25, ("CS02", "410100"): 75, ("CS01", "410200"): 100}
    spec(indicator(SHARE, "size+city"), SHARES, shares, by="size+city", breakdowns=BY_SIZE)
    turned = {(city, size): share for (size, city), share in shares.items()}
    spec(indicator(SHARE, "city+size"), SHARES, turned, by="city+size", breakdowns=BY_SIZE)


def test_a_whole_of_a_table_that_cannot_be_divided_stands_under_every_item(spec):
    reach = Ratio(CountDistinct((LEND.borrower,)), Whole(CountDistinct((FIRM.firm,)), ("size",)))
    spec(
        indicator(reach, "size"),
        "note | borrower | size\nA1 | X | CS01\n\nFIRM\nfirm\nX\nY",
        {"CS01": "0.5"},
        by="size",
        breakdowns=BY_SIZE,
    )


def test_a_whole_of_an_empty_table_is_nothing_to_divide_by(spec):
    spec(indicator(SHARE), "", None, empty=["LEND"])


def test_a_dimension_everywhere_divides_rows_outside_the_scope_too(spec):
    everywhere = {"place": dimension("place", LEND.city, everywhere=True)}
    spec(
        indicator(BALANCE, "place"),
        "note | city | balance | _inside\nA1 | 410100 | 1 | yes\nA2 | 110000 | 2 | no",
        {"410100": 1, "110000": 2},
        by="place",
        breakdowns=everywhere,
    )


class Merged:
    """A bank that another has taken over since."""

    def __init__(self, data):
        self.data = data

    def rows(self, table, period):
        found = self.data.rows(table, period)
        return found and replace(found, successors=((OTHER_BANK, "TODAY"),))

    def received(self, table, period):
        return self.data.received(table, period)


def test_rows_stand_under_todays_institution_while_matching_within_the_reporter_of_then():
    text = f"""
    note | borrower | balance | _reporter
    A1   | X        | 1       | {OTHER_BANK}
    A2   | Y        | 2       | TODAY

    CUST
    borrower | listed | _reporter
    X        | 1      | {OTHER_BANK}
    Y        | 1      | {OTHER_BANK}
    """
    known = HasRow(((LEND.borrower, CUST.borrower),))
    institution = dimension("institution", Field("LEND", INSTITUTION, TEXT))
    measures = {"all": BALANCE, "matched": Sum(LEND.balance, known)}
    found = {}
    for name, measure in measures.items():
        cells = compute_everywhere(
            [indicator(measure, "institution")],
            Merged(world(text, "LEND")),
            JUNE,
            Law.load(),
            {"institution": institution},
            ("institution",),
        )
        found[name] = {cell.keys: cell.numerator for cell in cells}
    assert found == {"all": {("TODAY",): 300}, "matched": {("TODAY",): 100}}
