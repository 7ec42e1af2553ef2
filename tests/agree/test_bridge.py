"""The bridge between two figures: each part is what was done by hand, and the parts add up to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dripline.definitions import Indicator, Version
from dripline.errors import Refused
from dripline.indicators import CATALOGUE
from dripline.indicators.bridge import PARTS, Bridge, Detail, End, bridge
from dripline.indicators.compile import finished
from dripline.indicators.populations import NATIONAL
from dripline.indicators.readings import Manners, series
from dripline.law import Law
from dripline.measures import CountDistinct, Sum, growth, weighted_mean
from dripline.nodes import OnList
from dripline.periods import Period
from dripline.standards.loans import CLDWDK
from dripline.words import Text
from tests.agree.bridged import Written
from tests.unit.handed_over import BANK, OTHER

MARCH, SEPTEMBER = Period.parse("2025-03"), Period.parse("2025-09")
FRAME = OnList(
    ("gaoxin",), CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.borrower_region_code
)
SOUND = FRAME & CLDWDK.loan_quality.is_not("FQ05")
CHANGED = {
    "unit": "yuan",
    "decimals": 2,
    "source": "own",
    "article": "二",
    "since": date(2025, 7, 1),
    "change": Text(zh="不计损失类贷款。", en="Loans written down to nothing no longer count."),
}


def figure(code: str, before, after, **more) -> Indicator:
    """An indicator whose definition changed on 2025-07-01."""
    first = Version(since=None, measure=before, source="own", article="一")
    told = CHANGED | more
    return Indicator(
        code=code, label=Text(zh="贷款", en="Loans"), measure=after, earlier=(first,), **told
    )


AMOUNT = figure(
    "X-BAL",
    Sum(CLDWDK.balance_cny, FRAME),
    Sum(CLDWDK.balance_cny, SOUND),
    breakdowns=("total", "list_kind", "borrower_city"),
)
FIRMS = figure(
    "X-FIRMS",
    CountDistinct((CLDWDK.borrower_id_no,), FRAME),
    CountDistinct((CLDWDK.borrower_id_no,), SOUND),
    unit="firms",
    decimals=0,
)
RATE = figure(
    "X-RATE",
    weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=FRAME),
    weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=SOUND),
    unit="percent",
    decimals=5,
)
GROWN = replace(AMOUNT, code="X-GROWN", unit="percent", measure=growth(AMOUNT.measure, months=-6))
KNOWN = date(2025, 4, 15)


@pytest.fixture
def year(tmp_path) -> Written:
    """2025: a bank comes late, a loan is withdrawn, another corrected, a title cancelled, a list and a definition change."""
    made = Written(tmp_path / "home")
    made.reporters("2025-04-01", "2025-03", BANK, OTHER)
    made.lists("2025-04-01", "2025-03", E1="2025-01-01 A B C")
    march = "A1 A 100.00, A2 B 50.00, A3 A 7.07, A4 C 11.00, A5 A 9.00 FQ05"
    made.loans("2025-04-10", "2025-03", march)
    made.loans("2025-04-20", "2025-03", "O1 A 20.05, O2 D 4.00", sender=OTHER)
    corrected = "A1 A 100.00, A2 B 51.50, A4 C 11.00, A5 A 9.00 FQ05, A6 B 0.25"
    made.loans("2025-05-10", "2025-03", corrected)
    revised = "2025-01-01 A B C-2025-02-01"
    made.lists("2025-07-04", "2025-03", E1=revised)
    made.lists("2025-07-05", "2025-06", E1=revised, E2="2025-07-01 A D")
    made.loans("2025-10-09", "2025-09", "A1 A 130.00, A2 B 60.00, A5 A 8.00 FQ05")
    made.loans("2025-10-09", "2025-09", "O1 A 21.00, O2 D 6.50", sender=OTHER)
    return made


def parts(found: Bridge) -> dict[str, Fraction]:
    """The parts that are not nothing."""
    return {part: change for part, change in found.parts.items() if change}


def yuan(**amounts: str) -> dict[str, Fraction]:
    return {part: Fraction(amount) for part, amount in amounts.items()}


def test_a_late_bank_a_withdrawn_loan_a_new_list_and_a_new_definition_are_each_what_they_were(year):
    found = bridge(year.figures(AMOUNT), "X-BAL", End(MARCH, KNOWN), End(SEPTEMBER))
    assert found.levels[0] == (None, Fraction("177.07"))
    assert found.levels[-1] == ("absent", Fraction("157.50"))
    assert parts(found) == yuan(
        late="20.05",  # O1
        withdrawn="-7.07",  # A3
        corrected="1.75",  # A2 by 1.50, and A6 that had been forgotten
        lists="-58.75",  # B and C go (51.50, 0.25, 11.00), D comes (4.00)
        definition="-9.00",  # A5
        real="33.45",  # A1 by 30.00, O1 by 0.95, O2 by 2.50
    )
    assert sum(found.parts.values()) == found.difference == Fraction("-19.57")


def test_of_one_period_nothing_is_real_change_and_its_list_is_that_of_its_own_time(year):
    found = bridge(year.figures(AMOUNT), "X-BAL", End(MARCH, KNOWN), End(MARCH))
    wanted = yuan(late="20.05", withdrawn="-7.07", corrected="1.75", lists="-11.00")
    assert parts(found) == wanted
    assert found.levels[-1][1] == Fraction("180.80")


def test_known_on_one_day_only_the_frame_and_the_loans_themselves_change(year):
    found = bridge(year.figures(AMOUNT), "X-BAL", End(MARCH), End(SEPTEMBER))
    assert parts(found) == yuan(lists="-47.75", definition="-9.00", real="33.45")


def test_a_period_restated_under_a_later_definition_differs_by_the_definition(year):
    restated = End(MARCH, meant=date(2025, 7, 1))
    found = bridge(year.figures(AMOUNT), "X-BAL", End(MARCH), restated)
    assert parts(found) == yuan(definition="-9.00")


def test_a_set_of_lists_that_the_lawbook_changes_is_a_change_of_definition_and_not_of_lists(year):
    law = Law.load()
    entry = law.entry(NATIONAL)
    before, after = (
        replace(entry.values[-1], since=since, amount=kinds)
        for since, kinds in ((date(2019, 1, 1), ("gaoxin",)), (date(2025, 9, 30), ("keji_sme",)))
    )
    entries = {name: law.entry(name) for name in law.names()}
    changed = Law(entries | {NATIONAL: replace(entry, values=(before, after))}, law.sources)
    figures = year.figures(CATALOGUE["TE-BAL"], law=changed)
    found = bridge(figures, "TE-BAL", End(MARCH), End(SEPTEMBER))
    assert parts(found) == yuan(lists="-47.75", definition="-133.05")  # all that is left
    again = bridge(figures, "TE-BAL", End(MARCH), End(MARCH, meant=date(2025, 9, 30)))
    assert parts(again) == yuan(definition="-180.80")
    restated = Manners("restated", date(2025, 12, 1), definition=date(2025, 3, 31))
    points = series(figures, "TE-BAL", (MARCH, SEPTEMBER), (), restated)
    amounts = [finished(point.cells[0], CATALOGUE["TE-BAL"]) for point in points]
    assert amounts == [Decimal("180.80"), Decimal("165.50")]


def test_who_was_late_and_who_withdrew_stands_beside_the_part(year):
    found = bridge(year.figures(AMOUNT), "X-BAL", End(MARCH, KNOWN), End(MARCH))
    assert found.details == (
        Detail("late", "reporter", OTHER, Fraction("20.05")),
        Detail("late", "list_kind", "gaoxin", Fraction("20.05")),
        Detail("withdrawn", "reporter", BANK, Fraction("-7.07")),
        Detail("withdrawn", "list_kind", "gaoxin", Fraction("-7.07")),
        Detail("corrected", "reporter", BANK, Fraction("1.75")),
        Detail("corrected", "list_kind", "gaoxin", Fraction("1.75")),
    )


def test_who_was_late_is_named_where_the_figure_does_not_add_up_over_banks(year):
    found = bridge(year.figures(FIRMS), "X-FIRMS", End(MARCH, KNOWN), End(MARCH))
    assert found.details == (
        Detail("late", "reporter", OTHER, None),
        Detail("withdrawn", "reporter", BANK, None),
        Detail("corrected", "reporter", BANK, None),
    )


def test_firms_are_counted_once_on_both_sides_of_the_bridge(year):
    found = bridge(year.figures(FIRMS), "X-FIRMS", End(MARCH, KNOWN), End(SEPTEMBER))
    assert parts(found) == yuan(lists="-1")  # B and C go, D comes
    assert found.difference == -1


def test_one_cell_of_a_breakdown_has_its_own_bridge(year):
    figures = year.figures(AMOUNT)
    for where in ([("list_kind", "gaoxin")], [("borrower_city", "410100")]):
        found = bridge(figures, "X-BAL", End(MARCH, KNOWN), End(SEPTEMBER), where)
        whole = bridge(figures, "X-BAL", End(MARCH, KNOWN), End(SEPTEMBER))
        assert found.levels == whole.levels
    elsewhere = bridge(
        figures, "X-BAL", End(MARCH, KNOWN), End(SEPTEMBER), [("borrower_city", "410300")]
    )
    assert parts(elsewhere) == {}


def test_a_bank_that_is_due_and_in_at_one_end_only_is_no_real_change(year):
    year.loans("2025-11-01", "2025-10", "A1 A 140.00")
    october = End(Period.parse("2025-10"))
    found = bridge(year.figures(AMOUNT), "X-BAL", End(SEPTEMBER), october)
    assert parts(found) == yuan(absent="-27.50", real="10.00")
    assert found.details == (Detail("absent", "reporter", OTHER, None),)


def test_a_bank_that_has_ceased_to_owe_the_table_is_real_change(year):
    year.reporters("2025-11-01", "2025-10", BANK)
    year.loans("2025-11-01", "2025-10", "A1 A 140.00")
    october = End(Period.parse("2025-10"))
    found = bridge(year.figures(AMOUNT), "X-BAL", End(SEPTEMBER), october)
    assert parts(found) == yuan(real="-17.50")


def test_a_growth_leaves_a_missing_bank_out_at_both_ends_on_the_bridge_as_where_it_is_shown(year):
    year.loans("2025-11-01", "2026-03", "A1 A 195.00")
    end = Period.parse("2026-03")
    figures = year.figures(GROWN)
    (shown,) = figures.query("X-GROWN", end)
    found = bridge(figures, "X-GROWN", End(SEPTEMBER), End(end))
    assert found.levels[-1][1] == Fraction(shown.numerator, shown.denominator) == 50  # 130 to 195
    assert sum(found.parts.values()) == found.difference


def test_rows_of_a_bridge_are_kept_nowhere_beside_the_facts(year):
    before = sorted(year.store.home.path.rglob("*.parquet"))
    bridge(year.figures(AMOUNT), "X-BAL", End(MARCH, KNOWN), End(SEPTEMBER))
    assert sorted(year.store.home.path.rglob("*.parquet")) == before


def test_before_anything_had_come_there_is_no_bridge(year):
    with pytest.raises(Refused, match="has no value for 2025-03 as known on 2025-04-09"):
        bridge(year.figures(AMOUNT), "X-BAL", End(MARCH, date(2025, 4, 9)), End(MARCH))


AMOUNTS = st.decimals(min_value=0, max_value=999, places=2)
LOANS = st.dictionaries(
    st.sampled_from(["N1", "N2", "N3"]),
    st.tuples(st.sampled_from("ABCD"), AMOUNTS, st.sampled_from(["FQ01", "FQ05"])),
    max_size=3,
)
LISTED = st.frozensets(st.sampled_from("ABCD"))


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    first=LOANS,
    late=LOANS,
    again=LOANS,
    then=LOANS,
    missing=st.booleans(),
    lists=st.tuples(LISTED, LISTED),
    indicator=st.sampled_from([AMOUNT, FIRMS, RATE, GROWN]),
)
def test_the_parts_always_add_up_and_both_ends_are_the_figures_that_are_shown(
    tmp_path_factory, first, late, again, then, missing, lists, indicator
):
    made = Written(tmp_path_factory.mktemp("bridge") / "home")
    made.reporters("2025-04-01", "2025-03", BANK, OTHER)
    made.lists("2025-04-01", "2025-03", E1=" ".join(["2025-01-01", *sorted(lists[0])]))
    made.loans("2024-10-10", "2024-09", written(then))
    made.loans("2025-04-10", "2025-03", written(first))
    made.loans("2025-04-20", "2025-03", written(late), sender=OTHER)
    made.loans("2025-05-10", "2025-03", written(again))
    both = {"E1": " ".join(["2025-01-01", *sorted(lists[0])])}
    both["E2"] = " ".join(["2025-07-01", *sorted(lists[1])])
    made.lists("2025-07-05", "2025-06", **both)
    made.loans("2025-10-09", "2025-09", written(then))
    if not missing:
        made.loans("2025-10-09", "2025-09", written(late), sender=OTHER)
    shown = [
        made.figures(indicator, as_of=day).query(indicator.code, period)[0]
        for day, period in ((str(KNOWN), MARCH), (None, SEPTEMBER))
    ]
    ends = [Fraction(c.numerator, c.denominator) if c.denominator else None for c in shown]
    if None in ends:
        with pytest.raises(Refused, match="has no value"):
            bridge(made.figures(indicator), indicator.code, End(MARCH, KNOWN), End(SEPTEMBER))
        return
    found = bridge(made.figures(indicator), indicator.code, End(MARCH, KNOWN), End(SEPTEMBER))
    assert [found.levels[0][1], found.levels[-1][1]] == ends
    assert sum(found.parts.values()) == found.difference
    assert list(found.parts) == list(PARTS)


def written(loans) -> str:
    return ", ".join(
        f"{note} {who} {amount} {quality}" for note, (who, amount, quality) in loans.items()
    )
