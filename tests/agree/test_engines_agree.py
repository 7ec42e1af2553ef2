"""Invented rows and invented definitions: DuckDB must equal plain Python in every tally, finding and cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dripline.definitions import (
    Check,
    Dimension,
    Group,
    Indicator,
    Membership,
    Total,
    TotalsAgree,
    Unique,
)
from dripline.engines.data import INSIDE, REPORTER, ROW, Memory, schema
from dripline.indicators.populations import PROVINCIAL
from dripline.law import Law
from dripline.measures import (
    At,
    Combine,
    Count,
    CountDistinct,
    Ratio,
    Sum,
    YearToDate,
    count_across,
    growth,
    weighted_mean,
)
from dripline.nodes import (
    Choose,
    FirstKnown,
    HasRow,
    Length,
    Lookup,
    MonthsLater,
    Named,
    OnList,
    Parameter,
    Part,
    PartCount,
    PeriodDay,
    WholeNumber,
    decimal,
)
from dripline.periods import Period
from dripline.standards.lists import EDITION, QUALIFICATION
from dripline.tables import table
from tests.conftest import check_everywhere, compute_everywhere
from tests.spec.small_tables import CUST, LEND, WORDS

JUNE = Period.parse("2025-06")
BANKS = ("91410000MA0000000M", "91410000MA0000001Q")
LAW = Law.load()


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


DAYS = maybe(
    st.sampled_from([date(2024, 2, 29), date(2025, 1, 31), date(2025, 6, 30), date(2026, 1, 19)])
)
MONEY = maybe(st.sampled_from(["0.01", "-3.00", "5.00", "99999999999999.99"]).map(Decimal))
RATES = maybe(st.sampled_from(["0.00000", "3.45000", "9999.99999"]).map(Decimal))
FIRMS = maybe(st.sampled_from(["914100000000000001", "MA0000001", "914100000000000002", "P"]))
TYPES = maybe(st.sampled_from(["A01", "A02", "B01", "Z99"]))
SIZES = maybe(st.sampled_from(["CS01", "CS02"]))
CITIES = maybe(st.sampled_from(["410100", "110000"]))
ADDED = {REPORTER: st.sampled_from(BANKS), INSIDE: st.booleans()}
LOAN = st.fixed_dictionaries(
    {
        **ADDED,
        "note": st.sampled_from(["A1", "A2", "A3"]),
        "borrower": FIRMS,
        "id_type": TYPES,
        "city": CITIES,
        "start": DAYS,
        "end": DAYS,
        "balance": MONEY,
        "rate": RATES,
        "size": SIZES,
        "parts": maybe(st.sampled_from(["a", "a,b", "a,b,c", ",b", "12,b", "3,007"])),
        "staff": maybe(st.integers(-2, 9)),
    }
)
CUSTOMER = st.fixed_dictionaries(
    {
        **ADDED,
        "borrower": FIRMS,
        "size": SIZES,
        "listed": maybe(st.sampled_from(["0", "1"])),
        "worth": MONEY,
    }
)
LISTED = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["gaoxin", "henan_minglu"]),
        "edition": st.sampled_from(["E1", "E2"]),
        "credit_code": maybe(
            st.sampled_from(["914100000000000001", "91410000MA0000001Q", "914100000000000002"])
        ),
        "valid_from": DAYS,
        "valid_to": DAYS,
        "cancelled_on": DAYS,
        "cancelled_from": DAYS,
    }
)
EDITIONS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["gaoxin", "henan_minglu"]),
            "edition": st.sampled_from(["E1", "E2"]),
            "adopted_from": st.sampled_from([date(2025, 1, 31), date(2025, 6, 30)]),
        }
    ),
    max_size=4,
    unique_by=lambda row: (row["kind"], row["adopted_from"]),
)


def held(code: str, rows: list[dict[str, Any]]) -> pa.Table:
    full = schema(table(code))
    filled = [
        dict.fromkeys(full.names) | {ROW: number, REPORTER: "D", INSIDE: True} | row
        for number, row in enumerate(rows, 1)
    ]
    return pa.Table.from_pylist(filled, schema=full)


@st.composite
def worlds(draw: st.DrawFn) -> Memory:
    tables = {}
    for month in ("2025-06", "2025-05", "2024-06"):
        tables["LEND", month] = held(
            "LEND", draw(st.lists(LOAN, min_size=month == "2025-06", max_size=12))
        )
        tables["CUST", month] = held("CUST", draw(st.lists(CUSTOMER, max_size=4)))
        scoped = [
            row | {"scope": "henan" if row["kind"] == "henan_minglu" else "national"}
            for row in draw(EDITIONS)
        ]
        tables["EDITION", month] = held("EDITION", scoped)
        tables["QUALIFICATION", month] = held("QUALIFICATION", draw(st.lists(LISTED, max_size=6)))
    return Memory(tables, frozenset(BANKS))


assert EDITION.code == "EDITION"
assert QUALIFICATION.code == "QUALIFICATION"
ON = ((LEND.borrower, CUST.borrower),)
EACH = (
    LEND.balance.above(0),
    LEND.balance.is_known,
    LEND.size.is_("CS01"),
    LEND.start.not_after(LEND.end),
    LEND.end.after(PeriodDay()),
    MonthsLater(LEND.start, 12).before(LEND.end),
    LEND.rate.at_most(Parameter("lpr.one_year", 5, LEND.start) * 4),
    LEND.staff.is_in(1, 2, 3),
    Length(LEND.borrower).is_(18),
    PartCount(LEND.parts).at_least(2),
    Part(LEND.parts, 2).is_("b"),
    WholeNumber(Part(LEND.parts, 1)).at_most(WholeNumber(Part(LEND.parts, 2))),
    WholeNumber(Part(LEND.parts, 1)).above(LEND.staff),
    LEND.note.matches("A[12]"),
    LEND.borrower.slice(1, 2).is_("91"),
    HasRow(ON),
    HasRow(ON, where=CUST.listed.is_("1")),
    HasRow(ON, period="previous"),
    HasRow(((LEND.note, LEND.note),), where=LEND.balance.above(0), period="previous"),
    Lookup(CUST.size, ON).is_(LEND.size),
    Lookup(CUST.worth, ON, where=CUST.listed.is_("1")).above(LEND.balance),
    FirstKnown((LEND.balance, Lookup(CUST.worth, ON))).above(1),
    Choose(((LEND.size.is_("CS01"), LEND.balance),), LEND.balance * 2).above(5),
    (LEND.balance * LEND.rate + LEND.balance).above(1),
    OnList(("gaoxin",), LEND.id_type, LEND.borrower, LEND.city),
    OnList(("gaoxin", "henan_minglu"), LEND.id_type, LEND.borrower, LEND.city),
    OnList(("henan_minglu",), LEND.id_type, LEND.borrower, LEND.city, "valid_on_day"),
    OnList(("xiaojuren",), LEND.id_type, LEND.borrower, LEND.city),
    OnList(("gaoxin", "henan_minglu"), LEND.id_type, LEND.borrower, LEND.city, within=PROVINCIAL),
    LEND.staff.at_most(Parameter("loan.credit_bands_wan", 0, item=1)),
    LEND.staff.at_most(Parameter("loan.credit_bands_wan", 0, item=9)),
)
LEAVES = st.sampled_from(EACH)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: pair[0] & pair[1]),
        st.tuples(inner, inner).map(lambda pair: pair[0] | pair[1]),
        inner.map(lambda one: ~one),
    ),
    max_leaves=5,
)
WHERE = st.none() | CONDITIONS
ATOMS = st.one_of(
    st.tuples(st.sampled_from([LEND.balance, LEND.balance * LEND.rate]), WHERE).map(
        lambda p: Sum(*p)
    ),
    WHERE.map(lambda where: Count(LEND.note, where)),
    WHERE.map(lambda where: CountDistinct((LEND.id_type, LEND.borrower), where)),
    WHERE.map(lambda where: CountDistinct((LEND.note,), where)),
)
OF_CUSTOMERS = st.sampled_from([None, CUST.worth.above(0), CUST.listed.is_("1")])
ACROSS = st.tuples(WHERE, OF_CUSTOMERS, st.booleans()).map(
    lambda given: count_across(
        *(
            CountDistinct((LEND.borrower,), given[0]),
            CountDistinct((CUST.borrower,), given[1]),
        )[:: 1 if given[2] else -1]
    )
)
MEASURES = st.one_of(
    ATOMS,
    ACROSS,
    ACROSS.map(YearToDate),
    st.tuples(ATOMS, ATOMS).map(lambda pair: Ratio(*pair, times=100)),
    st.tuples(ATOMS, ATOMS).map(lambda pair: Combine(((1, pair[0]), (-1, pair[1])))),
    WHERE.map(lambda where: weighted_mean(LEND.rate, weight=LEND.balance, where=where)),
    st.tuples(ATOMS, st.sampled_from(["same_list", "as_published", "fixed_cohort"])).map(
        lambda pair: growth(pair[0], lists=pair[1])
    ),
    ATOMS.map(YearToDate),
    ATOMS.map(lambda atom: At(atom, anchor="last_year_end")),
)
SAID = {"says": WORDS, "remedy": WORDS, "source": "own", "article": "1", "severity": "error"}
BREAKDOWNS = {
    "city": Dimension("city", WORDS, (LEND.city,), "region"),
    "size": Dimension("size", WORDS, (Lookup(CUST.size, ON), CUST.size), "scale"),
    "list": Membership(
        "list",
        WORDS,
        (
            Group(
                "gaoxin",
                WORDS,
                (
                    OnList(("gaoxin",), LEND.id_type, LEND.borrower, LEND.city),
                    CUST.listed.is_("1"),
                ),
            ),
            Group("big", WORDS, (LEND.balance.above(1), CUST.worth.above(1))),
        ),
    ),
}
WAYS = ("total", "city", "size", "list", "city+size", "city+list")
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=50)
LONG = settings(CALM, max_examples=250)


def agree_on_checks(data: Memory, holds: Any, where: Any) -> None:
    leaves = [Check(code=f"L-{i}", holds=leaf, **SAID) for i, leaf in enumerate(EACH)]
    checks = [
        *leaves,
        Check(code="X-1", holds=holds, given=where, **SAID),
        Unique(code="X-2", by=(LEND.note, LEND.borrower), given=where, **SAID),
        TotalsAgree(
            code="X-3",
            keys=(WORDS, WORDS),
            totals=(
                Total("a", Sum(LEND.balance, holds), (LEND.note, LEND.size)),
                Total("b", Sum(LEND.balance * LEND.rate), (LEND.note, LEND.size), "previous"),
                Total("c", Count(CUST.borrower), (CUST.borrower, CUST.size)),
            ),
            holds=(Named("a", decimal(2)) * Decimal("3.45000")).at_least(Named("b", decimal(7))),
            **SAID,
        ),
        TotalsAgree(
            code="X-4",
            keys=(),
            totals=(Total("a", CountDistinct((LEND.borrower, LEND.size), where)),),
            holds=Named("a", decimal(0)).at_most(2),
            **SAID,
        ),
    ]
    check_everywhere(checks, data, JUNE, LAW)


def agree_on_cells(data: Memory, measures: list[Any]) -> None:
    indicators = [indicator(f"T-{number}", measure) for number, measure in enumerate(measures)]
    compute_everywhere(indicators, data, JUNE, LAW, BREAKDOWNS, WAYS)


def indicator(code: str, measure: Any) -> Indicator:
    return Indicator(
        code=code,
        label=WORDS,
        unit="yuan",
        measure=measure,
        decimals=2,
        source="own",
        article="1",
        breakdowns=WAYS,
    )


@CALM
@given(worlds(), CONDITIONS, WHERE)
def test_checks_come_out_alike(data, holds, where):
    agree_on_checks(data, holds, where)


@CALM
@given(worlds(), st.lists(MEASURES, min_size=1, max_size=4))
def test_cells_come_out_alike(data, measures):
    agree_on_cells(data, measures)


@pytest.mark.long
@LONG
@given(worlds(), CONDITIONS, WHERE)
def test_checks_come_out_alike_in_many_worlds(data, holds, where):
    agree_on_checks(data, holds, where)


@pytest.mark.long
@LONG
@given(worlds(), st.lists(MEASURES, min_size=1, max_size=4))
def test_cells_come_out_alike_in_many_worlds(data, measures):
    agree_on_cells(data, measures)
