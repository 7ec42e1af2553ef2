"""The nodes of the language, one small table each; every spec runs on every engine."""

from decimal import Decimal

import pytest

from dripline.definitions import Check, Dimension, Indicator, Total, TotalsAgree, Unique
from dripline.measures import Count, CountDistinct, Sum, share, weighted_mean
from dripline.nodes import (
    INTEGER,
    Choose,
    Constant,
    Field,
    FirstKnown,
    HasRow,
    Length,
    Lookup,
    MonthsLater,
    Named,
    Part,
    PartCount,
    PeriodDay,
    WholeNumber,
    decimal,
)
from tests.spec.small_tables import CUST, LEND, WORDS


def rule(**more):
    return Check(
        code="X-1", says=WORDS, remedy=WORDS, severity="error", source="own", article="1", **more
    )


@pytest.mark.parametrize(
    ("holds", "broken", "unknown"),
    [
        (LEND.start.not_after(LEND.end), [2], 1),
        (LEND.balance.above(0), [2], 1),
        (LEND.balance.is_known, [3], 0),
        (LEND.balance.is_known & LEND.start.not_after(LEND.end), [2, 3], 0),
        (LEND.balance.above(0) | LEND.size.is_in("CS01"), [], 2),
        (~LEND.size.is_in("CS01"), [1], 1),
        (LEND.size.is_in("CS01", "CS02"), [], 1),
        (LEND.note.matches("A[0-9]"), [3], 0),
        (LEND.note.slice(1, 1).is_("A"), [3], 0),
        (Length(LEND.note).is_(2), [3], 0),
        (PartCount(LEND.parts).is_(2), [2], 1),
        (MonthsLater(LEND.start, 1).is_(LEND.end), [2], 1),
        (LEND.end.not_after(PeriodDay()), [1], 1),
        ((LEND.balance * LEND.rate).at_least(Decimal("345.0000000")), [2], 1),
        (LEND.staff.above(3), [2], 1),
        (FirstKnown((LEND.size, Constant("CS09"))).is_not("CS09"), [2], 0),
        (
            Choose(((LEND.balance.above(0), Constant("a")),), Constant("b")).is_("a"),
            [2],
            1,
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_condition_is_true_false_or_unknown_alike_on_every_engine(spec, holds, broken, unknown):
    spec(
        rule(holds=holds),
        """
        note | start      | end        | balance | rate | size | parts | staff
        A1   | 2025-06-30 | 2025-07-30 |  100.00 | 3.45 | CS01 | a,b   | 4
        A2   | 2025-06-30 | 2025-06-01 |   -1.00 | 3.45 |      | a     | 2
        B33  | 2025-06-01 |            |         | 3.45 | CS02 |       |
        """,
        broken=broken,
        unknown=unknown,
    )


def test_a_number_inside_a_text_is_compared_as_a_number(spec):
    first, last = (WholeNumber(Part(LEND.parts, place)) for place in (2, 3))
    spec(
        rule(holds=first.at_most(last)),
        """
        note | parts
        A1   | P,9,10
        A2   | P,10,9
        A3   | P,007,7
        A4   | P,9
        A5   | P,9,
        A6   | P,nine,10
        A7   |
        A8   | P,1,1000000000000000000
        """,
        broken=[2],
        unknown=5,
    )


def test_rows_outside_given_count_nowhere(spec):
    found = spec(
        rule(given=LEND.size.is_("CS01"), holds=LEND.balance.above(0)),
        """
        note | balance | size
        A1   |  100.00 | CS01
        A2   |   -1.00 | CS02
        A3   |   -1.00 |
        """,
    )
    assert found.tallies[0].applied == 1


HAS_CUSTOMER = HasRow(((LEND.borrower, CUST.borrower),))
LISTED = HasRow(((LEND.borrower, CUST.borrower),), where=CUST.listed.is_("1"))
SAME_SIZE = Lookup(CUST.size, ((LEND.borrower, CUST.borrower),)).is_(LEND.size)
CUSTOMERS = """
    note | borrower | size
    A1   | X        | CS01
    A2   | Y        | CS01
    A3   | Z        | CS01
    A4   |          | CS01

    CUST
    borrower | size | listed
    X        | CS01 | 1
    Y        | CS02 |
    """


@pytest.mark.parametrize(
    ("holds", "broken", "unknown"),
    [(HAS_CUSTOMER, [3], 1), (LISTED, [3], 2), (SAME_SIZE, [2], 2)],
    ids=["has row", "has row where", "lookup"],
)
def test_another_table_is_matched_by_its_keys(spec, holds, broken, unknown):
    spec(rule(holds=holds), CUSTOMERS, broken=broken, unknown=unknown)


def test_rows_of_another_reporter_do_not_match(spec):
    spec(
        rule(holds=HAS_CUSTOMER),
        """
        note | borrower
        A1   | X

        CUST
        borrower | _reporter
        X        | 91410000MA0000001Q
        """,
        broken=[1],
        empty=(),
    )


def test_a_rule_whose_other_table_has_not_come_is_not_run(spec):
    spec(rule(holds=HAS_CUSTOMER), "note | borrower\nA1 | X", not_run="CUST")


def test_a_rule_over_last_month_waits_for_it(spec):
    before = HasRow(((LEND.note, LEND.note),), period="previous")
    spec(rule(holds=before), "note\nA1", not_run="LEND@previous")
    spec(rule(holds=before), "note\nA1\nA2\n\nLEND 2025-05\nnote\nA1", broken=[2])


ONCE = Unique(
    code="X-2",
    says=WORDS,
    remedy=WORDS,
    severity="error",
    source="own",
    article="1",
    by=(LEND.note, LEND.borrower),
)


def test_every_row_of_a_double_key_is_named_and_an_empty_key_is_unknown(spec):
    spec(
        ONCE,
        """
        note | borrower
        A1   | X
        A1   | X
        A1   | Y
        A2   |
        A2   |
        """,
        broken=[1, 2],
        unknown=2,
    )


CLOSES = TotalsAgree(
    code="X-3",
    says=WORDS,
    remedy=WORDS,
    severity="error",
    source="own",
    article="1",
    keys=(WORDS,),
    totals=(
        Total("now", Sum(LEND.balance), (LEND.note,)),
        Total("before", Sum(LEND.balance), (LEND.note,), "previous"),
    ),
    holds=Named("now", decimal(2)).at_most(Named("before", decimal(2))),
)


def test_totals_are_compared_for_every_key_that_occurs_and_are_nothing_where_it_does_not(spec):
    spec(
        CLOSES,
        """
        note | balance
        A1   | 5.00
        A2   | 1.00

        LEND 2025-05
        note | balance
        A1   | 5.00
        A3   | 9.00
        """,
        broken=1,
    )


COUNTS = TotalsAgree(
    code="X-4",
    says=WORDS,
    remedy=WORDS,
    severity="error",
    source="own",
    article="1",
    keys=(),
    totals=(
        Total("rows", Count(LEND.note)),
        Total("firms", CountDistinct((LEND.borrower,), LEND.balance.above(0))),
    ),
    holds=Named("rows", INTEGER).is_(Named("firms", INTEGER)),
)


def test_a_rule_without_keys_is_asked_once_a_reporter(spec):
    spec(COUNTS, "note | borrower | balance\nA1 | X | 1\nA2 | Y | 1")
    spec(COUNTS, "note | borrower | balance\nA1 | X | 1\nA2 | X | 1", broken=1)


def indicator(measure, **more):
    values = {"breakdowns": ("total", "city"), **more}
    return Indicator(
        code="T-1",
        label=WORDS,
        unit="yuan",
        measure=measure,
        decimals=2,
        source="own",
        article="1",
        **values,
    )


BY_CITY = {"city": Dimension("city", WORDS, (LEND.city,), "region")}
LOANS = """
    note | borrower | city   | balance | rate    | size
    A1   | X        | 410100 |  100.00 | 3.00000 | CS01
    A2   | X        | 410200 |   50.00 | 6.00000 |
    A3   | Y        | 410100 |   30.00 |         | CS02
    A4   |          |        |         | 9.00000 | CS01
    """


@pytest.mark.parametrize(
    ("measure", "total", "unknown", "cities"),
    [
        (Sum(LEND.balance), 180, 1, {"410100": 130, "410200": 50, None: 0}),
        (Sum(LEND.balance, LEND.size.is_("CS01")), 100, 2, {"410100": 100, "410200": 0, None: 0}),
        (Count(LEND.note, LEND.balance.above(40)), 2, 1, {"410100": 1, "410200": 1, None: 0}),
        (CountDistinct((LEND.borrower,)), 2, 1, {"410100": 2, "410200": 1, None: 0}),
        (
            CountDistinct((LEND.borrower,), LEND.size.is_("CS01")),
            1,
            1,
            {"410100": 1, "410200": 0, None: 0},
        ),
        (
            weighted_mean(LEND.rate, weight=LEND.balance),
            4,
            0,
            {"410100": 3, "410200": 6},
        ),
        (
            share(LEND.balance, where=LEND.borrower.is_("X"), among=LEND.city.is_("410100")),
            Decimal(10000) / 130,
            1,
            {"410100": Decimal(10000) / 130, None: None},
        ),
    ],
    ids=["sum", "sum where", "count", "distinct", "distinct where", "weighted mean", "share"],
)
def test_a_measure_is_exact_and_unknown_is_counted_apart(spec, measure, total, unknown, cities):
    spec(indicator(measure), LOANS, total, unknown=unknown)
    spec(indicator(measure), LOANS, cities, by="city", breakdowns=BY_CITY)


def test_rows_outside_the_reporters_scope_are_left_out(spec):
    spec(
        indicator(Sum(LEND.balance)),
        "note | balance | _inside\nA1 | 5 | yes\nA2 | 7 | no",
        5,
    )


def test_the_largest_amounts_add_up_without_overflow(spec):
    big = "99999999999999.99"
    rows = "\n".join(f"A{i} | {big} | 9999.99999" for i in range(3))
    spec(indicator(Sum(LEND.balance)), "note | balance | rate\n" + rows, Decimal(big) * 3)
    product = Decimal(big) * Decimal("9999.99999") * 3
    spec(indicator(Sum(LEND.balance * LEND.rate)), "note | balance | rate\n" + rows, product)


def test_an_empty_table_has_a_total_of_nothing(spec):
    spec(indicator(Sum(LEND.balance)), "", 0, empty=["LEND"])
    spec(indicator(weighted_mean(LEND.rate, weight=LEND.balance)), "", None, empty=["LEND"])


def test_a_row_number_can_be_asked_for(spec):
    number = Field("LEND", "_row", INTEGER)
    spec(rule(holds=number.at_most(1) | LEND.note.is_("A2")), "note\nA1\nA2\nA3", broken=[3])
