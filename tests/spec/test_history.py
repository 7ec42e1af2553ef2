"""Growth where the earlier month was published but its rows are not in the store; and where it was neither (FN 17)."""

from decimal import Decimal

import pytest

from dripline.engines import duck_measures, plain_measures
from dripline.engines.columns import compute_columns
from dripline.engines.duck import connected
from dripline.engines.fold import compute
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.filling import Remembered, filled_columns, finish
from dripline.indicators.history import Aggregate, History, Published
from dripline.indicators.results import Identity, read_results, write_results
from dripline.law import Law
from tests.conftest import JUNE, world
from tests.spec.small_lists import LISTS, A, B

HENAN_BANK, VILLAGE_BANK = "91410000MA0000000M", "91410000MA0000001Q"
ROWS = f"""
    CLDWDK
    _reporter        | borrower_id_type | borrower_id_no | balance_cny | fin_inst_region_code
    {HENAN_BANK}     | A01              | {A}            |         150 | 410102
    {HENAN_BANK}     | A01              | {B}            |          30 | 410202
"""
MAY = f"""
    CLDWDK 2025-05
    _reporter        | borrower_id_type | borrower_id_no | balance_cny | fin_inst_region_code
    {HENAN_BANK}     | A01              | {A}            |         120 | 410102
"""
HEADS = "indicator | breakdown | item | period | value | unit | cited | definition"


def printed(*lines):
    """Rows of HISTORY, all from one bulletin."""
    rows = "\n".join(f"{line} | bulletin 7 | lists of then" for line in lines)
    return f"\nHISTORY\n{HEADS}\n{rows}\n"


def asked(code, text, by="total", law=None):
    """The cells of a figure on every engine, which must agree, and as a kept result gives them back."""
    data, law = world(text, "CLDWDK"), law or Law.load()
    successors = {VILLAGE_BANK: HENAN_BANK}
    history = History.read(data, JUNE, CATALOGUE, BREAKDOWNS, successors)
    chosen, ending = [CATALOGUE[code]], finish(history)
    plain = list(
        compute(
            chosen,
            BREAKDOWNS,
            JUNE,
            lambda r: plain_measures.answer(r, data, law),
            (by,),
            finish=ending,
        )
    )
    with connected(data, law) as duck:
        fast = list(
            compute(
                chosen,
                BREAKDOWNS,
                JUNE,
                lambda r: duck_measures.answer(r, duck),
                (by,),
                finish=ending,
            )
        )
    assert sorted(fast, key=str) == sorted(plain, key=str)
    return {cell.keys: cell for cell in plain}


def value(cell):
    return Decimal(cell.numerator) / cell.denominator if cell.denominator else None


YEAR_AGO = "TE-BAL | total | total | 2024-06 | 120.00 | yuan"
YEAR_END = "TE-BAL | total | total | 2024-12 | 160.00 | yuan"
TWO_ENDS_AGO = "TE-BAL | total | total | 2023-12 | 100.00 | yuan"
WORLD = ROWS + LISTS + printed(YEAR_AGO, YEAR_END, TWO_ENDS_AGO)

# 180 now; 120 a year ago; 160 at the end of last year, 100 at the end of the year before.
GROWN = {
    "GR-YOY": Decimal(50),
    "GR-YOY-PUBLISHED": Decimal(50),
    "GR-YEAR": Decimal(20),
    "GR-YTD": Decimal("12.5"),
    "GR-MORE": Decimal(0),
}


@pytest.mark.parametrize("code", GROWN)
def test_growth_is_from_what_was_published_where_the_rows_of_then_have_not_come(code):
    (cell,) = asked(code, WORLD).values()
    assert value(cell) == GROWN[code]
    assert isinstance(cell, Published)
    assert {(a.cited, a.definition) for a in cell.aggregates} == {("bulletin 7", "lists of then")}


def test_a_cell_names_each_published_figure_it_rests_on_and_whether_its_list_is_its_own():
    (restated,) = asked("GR-YOY", WORLD).values()
    (own,) = asked("GR-YOY-PUBLISHED", WORLD).values()
    words = (
        "TE-BAL",
        "total",
        "total",
        "2024-06",
        Decimal("120.00"),
        "bulletin 7",
        "lists of then",
    )
    assert restated.aggregates == (Aggregate(*words, own_list=False),)
    assert own.aggregates == (Aggregate(*words, own_list=True),)


@pytest.mark.parametrize("code", ["GR-MONTH", "GR-YOY-COHORT", "GR-YTD-RESTORED"])
def test_what_was_neither_sent_nor_published_has_no_value_and_is_not_taken_for_nothing(code):
    (cell,) = asked(code, WORLD).values()
    assert (value(cell), type(cell).__name__) == (None, "Cell")


def test_rows_win_over_what_was_published_for_the_same_month():
    both = (
        WORLD
        + MAY
        + printed("TE-BAL | total | total | 2025-05 | 999.00 | yuan").replace(
            "HISTORY", "HISTORY 2025-04"
        )
    )
    (cell,) = asked("GR-MONTH", both).values()
    assert (value(cell), type(cell).__name__) == (Decimal(60), "Cell")


def test_each_item_grows_from_its_own_published_figure():
    text = (
        ROWS
        + LISTS
        + printed(
            "TE-BAL | lender_city | 410100 | 2024-06 | 100.00 | yuan",
            "TE-BAL | lender_city | 410300 | 2024-06 |  70.00 | yuan",
        )
    )
    found = {key: value(cell) for key, cell in asked("GR-YOY", text, "lender_city").items()}
    # Kaifeng (410200) was not published; Luoyang (410300) has no row any more.
    assert found == {("410100",): 50, ("410200",): None, ("410300",): -100}


def test_a_list_grows_from_the_published_figure_of_that_list():
    text = ROWS + LISTS + printed("TE-BAL | list_kind | gaoxin | 2024-06 | 120.00 | yuan")
    found = asked("GR-YOY", text, "list_kind")
    assert {key: value(c) for key, c in found.items() if value(c) is not None} == {("gaoxin",): 25}


def test_a_pair_is_found_in_either_order():
    text = (
        ROWS
        + LISTS
        + printed(f"TE-BAL | list_kind+institution | gaoxin+{HENAN_BANK} | 2024-06 | 120.00 | yuan")
    )
    found = asked("GR-YOY", text, "institution+list_kind")
    assert value(found[HENAN_BANK, "gaoxin"]) == 25


def test_the_bank_of_today_grows_from_what_it_and_its_predecessors_published_together():
    text = (
        ROWS
        + LISTS
        + printed(
            f"TE-BAL | institution | {HENAN_BANK}   | 2024-06 | 100.00 | yuan",
            f"TE-BAL | institution | {VILLAGE_BANK} | 2024-06 |  20.00 | yuan",
        )
    )
    (cell,) = asked("GR-YOY", text, "institution").values()
    assert value(cell) == 50
    assert [a.item for a in cell.aggregates] == [HENAN_BANK, VILLAGE_BANK]


def test_a_row_in_another_unit_or_of_no_figure_or_breakdown_is_not_used_and_is_told():
    rows = printed(
        "TE-BAL  | total | total | 2024-06 | 120.00 | percent",
        "NO-SUCH | total | total | 2024-06 | 120.00 | yuan",
        "TE-BAL  | moon  | full  | 2024-06 | 120.00 | yuan",
    )
    data = world(ROWS + rows, "CLDWDK")
    history = History.read(data, JUNE, CATALOGUE, BREAKDOWNS)
    assert (history.held, len(history.unusable)) == ({}, 3)


FLOWS = f"""
    DWDKFS
    borrower_id_type | borrower_id_no | direction | amount_cny
    A01              | {A}            | 1         | 10
"""
SINCE_JANUARY = [
    f"TE-NEW | total | total | 2025-{month:02d} | {month}.00 | yuan" for month in range(1, 6)
]


def test_months_published_and_months_of_rows_add_up_since_january_and_say_so():
    (cell,) = asked("TE-NEW-YTD", FLOWS + LISTS + printed(*SINCE_JANUARY)).values()
    assert value(cell) == 1 + 2 + 3 + 4 + 5 + 10
    assert [a.period for a in cell.aggregates] == [f"2025-{m:02d}" for m in range(1, 6)]


def test_since_january_has_no_value_while_one_month_is_neither_sent_nor_published():
    (cell,) = asked("TE-NEW-YTD", FLOWS + LISTS + printed(*SINCE_JANUARY[1:])).values()
    assert value(cell) is None


def test_a_kept_result_says_which_cells_rest_on_published_figures(tmp_path):
    data, law = world(WORLD + MAY, "CLDWDK"), Law.load()
    history = History.read(data, JUNE, CATALOGUE, BREAKDOWNS)
    chosen = [CATALOGUE[code] for code in ("GR-YOY", "GR-MONTH", "TE-BAL")]
    identity = Identity(str(JUNE), "d", "f", "l", "p", "e")
    with connected(data, law) as duck:
        engine = Remembered(lambda r: duck_measures.answer_columns(r, duck))
        found = compute_columns(chosen, BREAKDOWNS, JUNE, engine)
        path = write_results(tmp_path, identity, filled_columns(history, found, engine))
    kept = {i.code: next(read_results(path, i.code, "total")) for i in chosen}
    assert {code: value(cell) for code, cell in kept.items()} == {
        "GR-YOY": 50,
        "GR-MONTH": 60,
        "TE-BAL": 180,
    }
    assert {code: type(cell).__name__ for code, cell in kept.items()} == {
        "GR-YOY": "Published",
        "GR-MONTH": "Cell",
        "TE-BAL": "Cell",
    }
    assert kept["GR-YOY"] == asked("GR-YOY", WORLD)[()]


BOND = f"""
    BOND_ISSUE
    bond_code | credit_code | issued_on  | amount_cny
    B1        | {A}         | 2025-05-02 | 5.00
"""


def test_of_a_register_nobody_ever_sent_there_is_no_figure_and_of_one_without_such_rows_it_is_nought():
    assert value(asked("CM-BONDS", ROWS + LISTS)[()]) is None
    assert value(asked("CM-BONDS", ROWS + BOND + LISTS)[()]) == 0
