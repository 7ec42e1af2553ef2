"""What a bank gets to see: its own, and nothing that depends on what another bank reports."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pyarrow.parquet as pq

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.intake.acceptance import Acceptor
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.publish.pack import bank_sheets, checks
from dripline.publish.pack.banks import (
    NO_CODE,
    NO_MATCH_BY_TYPE,
    OTHER_CODE,
    Customer,
    Institution,
    Own,
    institutions,
    mendable,
    own,
)
from dripline.publish.pack.board import Board, board
from dripline.publish.pack.bulletin import bulletin
from dripline.publish.pack.listed import Firm, Listed
from dripline.store import Scope, Store
from tests.agree.accepted import LAST, NOW, figures, province, quiet

FIRM, OTHER = "91410100MA0000001A", "91410100MA0000002B"
OUTSIDE_SHEETS = 1
"""The first sheet compares with the province; the others speak of the institution alone."""


@cache
def of() -> Board:
    return board(figures(), LAST)


@cache
def lists() -> Listed:
    return Listed.read(of().data, LAST, Law.load())


@cache
def alone(code: str) -> Board:
    """A province in which this bank is the only one that has reported."""
    folder = Path(mkdtemp(prefix="dripline-alone-"))
    store, law = Store.create(folder / "home"), Law.load()
    paths = [province() / "registers", *sorted(province().glob(f"20*/{code}"))]
    with store.home.staging() as work:
        handed = receive(paths, work, law=law, on=date(2026, 7, 10), province="41", progress=quiet)
        Acceptor(store, (), work, law, NOW, "test", quiet).accept(handed)
    scope = Scope.all_rows(purpose="statistics")
    return board(Figures(store, law, Catalogue(CATALOGUE, BREAKDOWNS), scope), LAST)


def in_early_folders() -> list[Institution]:
    """Banks whose months all lie in the folders of months: neither late nor explained nor taken over."""
    found = {path.name for path in (province() / str(LAST)).iterdir()}
    return [each for each in institutions(of()) if each.code in found]


def rows_of(of_board: Board, institution: Institution, listed: Listed) -> list[list[list[object]]]:
    made = bank_sheets.sheets(of_board, own(of_board, institution, listed), "zh")
    return [[list(row) for row in sheet.rows] for sheet in made]


def test_a_banks_customers_and_firms_without_its_loan_are_the_same_whether_or_not_others_report():
    bank = in_early_folders()[0]
    lonely = alone(bank.code)
    there = rows_of(of(), bank, lists())
    here = rows_of(lonely, bank, Listed.read(lonely.data, LAST, Law.load()))
    assert there[OUTSIDE_SHEETS:] == here[OUTSIDE_SHEETS:]
    assert [len(rows) > 0 for rows in (there[1], there[3])] == [True, True]


def test_a_bank_alone_in_a_total_never_sees_the_total_and_its_share_tells_nothing():
    bank = in_early_folders()[0]
    lonely = alone(bank.code)
    (compared, *_) = rows_of(lonely, bank, Listed.read(lonely.data, LAST, Law.load()))
    assert {row[3] for row in compared} == {"保密"}
    labels = {row[0]: row[2] for row in compared}
    assert labels["科技型企业贷款市场份额"] == "保密"


def test_a_month_with_reporters_missing_is_preliminary_and_names_them():
    bank = in_early_folders()[0]
    lonely = alone(bank.code)
    text = bulletin(lonely, made_on=date(2025, 7, 14), language="zh", label=None).text
    assert f"{LAST.last_day.year}年{LAST.last_day.month}月　初步数　编制日期2025-07-14" in text
    (line,) = [each for each in text.splitlines() if each.startswith("未报机构（未计入）：")]
    assert line.count("、") == len(lonely.coverage.missing) - 1
    rows = list(checks.received(lonely, "zh").rows)
    states = {row[0]: row[2] for row in rows}
    assert states == dict.fromkeys(lonely.coverage.missing, "未报") | {bank.code: "已报"}


def test_the_own_column_is_the_banks_cell_of_the_catalogue_and_the_other_the_provinces():
    for bank in institutions(of()):
        (compared, *_) = rows_of(of(), bank, lists())
        shown = {row[0]: row for row in compared}
        mine = of().figure("TE-BAL", "institution", (bank.code,))
        assert shown[mine.indicator.label.zh][2] == mine.value(per=10_000, decimals=2)
        whole = of().figure("TE-BAL").value(per=10_000, decimals=2)
        assert shown[mine.indicator.label.zh][3] in (whole, "保密")


def test_the_province_is_shown_only_where_enough_other_institutions_stand_in_it():
    for bank in institutions(of()):
        balances = of().divided("TE-BAL", "institution")
        others = [k for (k,), figure in balances.items() if k != bank.code and figure.numerator]
        assert bank_sheets.enough_others(of(), "TE-BAL", bank.code) == (len(others) >= 3)


def test_the_matched_customers_on_the_seven_lists_add_up_to_the_banks_balance():
    for bank in institutions(of()):
        mine = own(of(), bank, lists())
        matched = [one for one in mine.matched if mine.listed.national & set(one.kinds)]
        total = sum((one.balance for one in matched), Decimal(0))
        figure = of().figure("TE-BAL", "institution", (bank.code,))
        assert total == Decimal(figure.numerator) / figure.denominator, bank.code


def test_firms_of_the_city_without_its_loan_are_every_listed_firm_there_but_its_borrowers():
    owing = defaultdict(set)
    for file in of().data.rows("CLDWDK", LAST).files:
        for row in pq.read_table(file, partitioning=None).to_pylist():
            if row["_inside"] and row["balance_cny"] > 0:
                owing[row["_reporter"]].add(row["borrower_id_no"])
    for bank in institutions(of()):
        there = {firm.code for firm in lists().firms if firm.city == bank.city}
        found = {one.firm.code for one in own(of(), bank, lists()).prospects}
        theirs = owing[bank.code]
        assert found == {c for c in there if c not in theirs and c[8:17] not in theirs}, bank.code


def test_no_row_of_another_banks_customers_stands_in_a_banks_file():
    public = set(lists().kinds) | {code[8:17] for code in lists().kinds}
    views = {bank.code: own(of(), bank, lists()) for bank in institutions(of())}
    for code, view in views.items():
        mine = {one.id_no for one in view.customers}
        shown = {one.id_no for one in view.matched} | {one.customer.id_no for one in view.unmatched}
        assert shown <= mine, code
        assert {one.firm.code for one in view.prospects} <= public, code


def listed(**more) -> Listed:
    held = {"kinds": {FIRM: ("gaoxin",)}, "organisations": {FIRM[8:17]: ("gaoxin",)}}
    names = {
        "示例甲公司": frozenset({("gaoxin", FIRM)}),
        "示例乙公司": frozenset({("gaoxin", None)}),
    }
    firms = (Firm(FIRM, "示例甲公司", ("gaoxin",), "410105", "410100"),)
    return Listed(
        **{**held, "names": names, "national": frozenset({"gaoxin"}), "firms": firms, **more}
    )


def customer(
    id_type: str, id_no: str, name: str, balance: int = 0, region: str | None = None
) -> Customer:
    kinds = listed().of(id_type, id_no)
    return Customer(id_type, id_no, name, Decimal(balance), None, None, None, region, kinds)


def test_a_customer_is_matched_by_credit_code_or_by_the_organisation_code_inside_it():
    assert listed().of("A01", FIRM) == ("gaoxin",)
    assert listed().of("A02", FIRM[8:17]) == ("gaoxin",)
    assert listed().of("A01", OTHER) == ()
    assert listed().of("A03", FIRM) == ()


def test_what_an_unmatched_customer_may_mend():
    cases = [
        (customer("A01", OTHER, "示例甲公司"), OTHER_CODE, (FIRM,)),
        (customer("A01", OTHER, "示例　甲公司"), OTHER_CODE, (FIRM,)),
        (customer("A01", OTHER, "示例乙公司"), NO_CODE, ()),
        (customer("A03", "410100000000001", "示例丙公司", 5), NO_MATCH_BY_TYPE, ()),
    ]
    for one, reason, codes in cases:
        found = mendable(one, listed())
        assert (found.reason, found.codes) == (reason, codes)
    nothing = [
        customer("A01", OTHER, "示例丙公司", 5),
        customer("A03", "410100000000001", "示例丙公司"),
        customer("B01", "x", "示例甲公司", 5),
        customer("L01", "5493000000000000AA00", "示例丁公司", 5, "000840"),
    ]
    assert [mendable(one, listed()) for one in nothing] == [None, None, None, None]


def test_a_listed_firm_leaves_the_list_of_prospects_only_by_a_loan_of_this_bank():
    bank = Institution("A", "示例银行", "410100")

    def found(*customers: Customer) -> list[tuple[str, bool]]:
        return [(p.firm.code, p.customer) for p in Own(bank, customers, listed()).prospects]

    assert found() == [(FIRM, False)]
    assert found(customer("A01", FIRM, "示例甲公司")) == [(FIRM, True)]
    assert found(customer("A01", FIRM, "示例甲公司", 5)) == []
    assert found(customer("A02", FIRM[8:17], "示例甲公司", 5)) == []
    assert Own(Institution("A", "示例银行", None), (), listed()).prospects == []
