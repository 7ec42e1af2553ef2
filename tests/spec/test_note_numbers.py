"""A merger gives notes new numbers; with the map of old and new ones each note is still the same note (FN 2)."""

from dataclasses import replace

import pytest

from dripline.definitions import by_code
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.standards.rules_cross_periods import RULES as OWN_RULES
from tests.conftest import BANK, JUNE, check_everywhere, compute_everywhere, world
from tests.spec.small_lists import A, B, editions, listed

RULES = by_code(OWN_RULES)
ONE, OTHER = "91410000MA0000001Q", "91410000MA0000002N"
"""Two village banks that BANK took over in June; both called a note 0001."""
HEADS = (
    "loan_note_no | loan_contract_no | product_type | currency | balance | grant_date | due_date | borrower_id_type | "
    "borrower_id_no | _reporter"
)
NOTE = "F022 | CNY | {amount} | 2025-01-10 | 2026-01-10 | A01 | {firm} | {reporter}"


def note(number, contract, amount, firm, reporter):
    return f"{number} | {contract} | " + NOTE.format(amount=amount, firm=firm, reporter=reporter)


BEFORE = "\n".join(
    [
        "CLDWDK 2025-05",
        HEADS,
        note("0001", "C-ONE", 100, A, ONE),
        note("0001", "C-OTHER", 70, B, OTHER),
        note("0002", "C-KEPT", 50, A, ONE),
    ]
)
FLOWS = f"""
DWDKFS
loan_note_no | direction | amount | product_type | currency | _reporter
H-1          | 0         | 10     | F022         | CNY      | {BANK}
"""


def june(contract="C-ONE", second=70):
    """The notes in June: two have new numbers, one kept its own."""
    rows = [
        note("H-1", contract, 90, A, BANK),
        note("H-2", "C-OTHER", second, B, BANK),
        note("0002", "C-KEPT", 50, A, BANK),
    ]
    return "\n".join(["CLDWDK", HEADS, *rows])


def numbers(day="2025-06-20"):
    """The map: which note of which bank is called what since a day."""
    return f"""
    NOTE_NUMBER
    old_reporter | old_loan_note_no | new_reporter | new_loan_note_no | changed_on
    {ONE}        | 0001             | {BANK}       | H-1              | {day}
    {OTHER}      | 0001             | {BANK}       | H-2              | {day}
    """


class Merged:
    """Rows of two banks that a third has taken over."""

    def __init__(self, data):
        self.data, self.held = data, data.held

    def rows(self, table, period):
        found = self.data.rows(table, period)
        return found and replace(found, successors=((ONE, BANK), (OTHER, BANK)))

    def received(self, table, period):
        return self.data.received(table, period)


def broken(code, text):
    """How many notes of the bank of today break a rule."""
    data = Merged(world(text, "CLDWDK"))
    found = check_everywhere([RULES[code]], data, JUNE, Law.load())
    mine = next(tally for tally in found.tallies if tally.reporter == BANK)
    assert mine.not_run is None
    assert mine.unknown == 0
    return mine.broken


WITH = "\n".join([june(), BEFORE, FLOWS, numbers()])
WITHOUT = "\n".join([june(), BEFORE, FLOWS])
OF_NOTES = {
    "XP-01/note": (0, 3),  # two new notes of no grant, two old ones under one number
    "XP-02": (0, 1),
    "XP-03": (0, 2),
    "XP-04/contract": (0, 0),
    "XP-05/borrower": (0, 0),
}


@pytest.mark.parametrize("code", OF_NOTES)
def test_a_renumbered_note_is_the_same_note_with_the_map_and_another_without(code):
    mapped, unmapped = OF_NOTES[code]
    assert broken(code, WITH) == mapped
    assert broken(code, WITHOUT) == unmapped


def test_the_month_is_checked_as_well_where_no_map_has_ever_come():
    same = "\n".join([BEFORE.replace("2025-05", ""), BEFORE, "DWDKFS", "loan_note_no\n"])
    assert broken("XP-03", same.replace("0001 | C-OTHER", "0003 | C-OTHER")) == 0


def test_a_renumbered_note_is_held_to_what_it_was():
    assert (
        broken("XP-04/contract", WITH.replace("C-ONE | F022 | CNY | 90", "C-NEW | F022 | CNY | 90"))
        == 1
    )
    assert broken("XP-01/note", "\n".join([june(second=71), BEFORE, FLOWS, numbers()])) == 1


@pytest.mark.parametrize("day", ["2025-05-31", "2025-07-01"])
def test_a_number_counts_as_changed_only_in_the_month_it_was_changed(day):
    text = "\n".join([june(), BEFORE, FLOWS, numbers(day)])
    assert broken("XP-03", text) == 2


@pytest.mark.parametrize("day", ["2025-06-01", "2025-06-30"])
def test_the_first_and_the_last_day_of_the_month_belong_to_it(day):
    text = "\n".join([june(), BEFORE, FLOWS, numbers(day)])
    assert broken("XP-03", text) == 0


def test_the_account_sees_that_a_renumbered_note_was_reclassified():
    # The borrower of the note is on no list in May, by an id that was mended with the number in June.
    before = BEFORE.replace(f"A01 | {A} | {ONE}", f"A01 | 91410100000000009X | {ONE}", 1)
    lists = "".join(editions(m) + listed(m, gaoxin=(A, B)) for m in ("2025-05", "2025-06"))
    found = {}
    for name, text in (("with", numbers()), ("without", "")):
        rows = "\n".join([june(), before]).replace("| balance |", "| balance_cny |")
        data = Merged(world("\n".join([rows, FLOWS, lists, text]), "CLDWDK"))
        (cell,) = compute_everywhere(
            [CATALOGUE["AC-16-RECLASSIFIED"]], data, JUNE, Law.load(), BREAKDOWNS, ("total",)
        )
        found[name] = cell.numerator // cell.denominator
    assert found == {"with": 100, "without": 0}
