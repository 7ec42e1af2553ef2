"""A month with a bank missing: it counts at neither end of a comparison, or its last stock stands for it (FN 9)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dripline.cli import run
from dripline.errors import Refused
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.missing import Carried, left_out, used
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.law import Law
from dripline.periods import Period
from dripline.store import Scope, Store
from tests.spec.small_lists import KINDS, A
from tests.unit.handed_over import BANK, BRANCH, OTHER, delivery, noon

VILLAGE = "91410000MA0000003G"
APRIL, MAY, JUNE, JULY = (Period(2025, month) for month in (4, 5, 6, 7))
ALL = Scope.all_rows(purpose="statistics")


class Home:
    """A store and what is handed to it."""

    def __init__(self, path):
        self.store = Store.create(path)

    def take(self, period: Period, sender: str, **tables: list[dict[str, Any]]) -> None:
        given = delivery(self.store, tables, sender=sender, period=period)
        self.store.accept(given, now=noon("2025-08-08"), by="test", recheck=None)

    def owes(self, period: Period, sender: str, amount: int, note: str = "N1") -> None:
        """The bank's one loan to A at the end of a month."""
        row = {
            "loan_note_no": f"{note}-{sender}",
            "borrower_id_type": "A01",
            "borrower_id_no": A,
            "balance_cny": Decimal(amount),
            "currency": "CNY",
        }
        self.take(period, sender, CLDWDK=[row])

    def registers(self, *due: tuple[str, str | None], heir: tuple[str, str, str] | None = None):
        """Who reports until when, A on the list of high-tech firms, and who has taken over whom on a day."""
        reporters = [
            {
                "reporter": name,
                "table_code": "CLDWDK",
                "valid_from": date(2020, 1, 1),
                "valid_to": None if until is None else date.fromisoformat(until),
            }
            for name, until in due
        ]
        institutions = [
            {"institution_code": name, "reporter": name, "valid_from": date(2020, 1, 1)}
            for name, _ in due
        ]
        for row in institutions:
            if heir and row["institution_code"] == heir[0]:
                row |= {"successor": heir[1], "succession_day": date.fromisoformat(heir[2])}
        listed = {"kind": "gaoxin", "edition": "E1", "name": "A", "credit_code": A}
        editions = [
            {"kind": kind, "edition": "E1", "adopted_from": date(2024, 1, 31), "scope": "national"}
            for kind in KINDS
        ]
        self.take(
            APRIL,
            BRANCH,
            REPORTER=reporters,
            INSTITUTION=institutions,
            QUALIFICATION=[listed],
            EDITION=editions,
        )

    def figures(self, missing="left-out") -> Figures:
        return Figures(
            self.store, Law.load(), Catalogue(CATALOGUE, BREAKDOWNS), ALL, missing=missing
        )

    def value(self, code: str, period: Period, missing="left-out") -> Decimal | None:
        (cell,) = self.figures(missing).query(code, period)
        return Decimal(cell.numerator) / cell.denominator if cell.denominator else None

    def out(self, code: str, period: Period) -> frozenset[str]:
        data = self.store.at(None).data(ALL, institutions=period)
        return left_out(data, CATALOGUE[code], period)


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def late(home) -> Home:
    """Two banks: 100 and 1,000 in May; in June the one has 130 and the other has not come."""
    home.registers((BANK, None), (OTHER, None))
    home.owes(MAY, BANK, 100)
    home.owes(MAY, OTHER, 1000)
    home.owes(JUNE, BANK, 130)
    return home


def test_a_missing_bank_counts_at_neither_end_of_a_comparison(late):
    assert late.value("GR-MONTH", JUNE) == 30
    assert late.out("GR-MONTH", JUNE) == {OTHER}
    assert late.value("TE-BAL", JUNE) == 130, "a level counts whoever is in"
    assert late.out("TE-BAL", JUNE) == frozenset()


def test_a_bank_that_was_missing_at_the_earlier_end_counts_at_neither(late):
    late.owes(JULY, BANK, 140)
    late.owes(JULY, OTHER, 1500)
    assert late.value("GR-MONTH", JULY) == 10
    assert late.value("TE-BAL", JULY) == 1640


def test_once_all_are_in_nobody_is_left_out(late):
    late.owes(JUNE, OTHER, 1100)
    assert late.value("GR-MONTH", JUNE) == 130
    assert late.out("GR-MONTH", JUNE) == frozenset()


def test_a_bank_that_was_not_due_at_the_earlier_end_is_growth(home):
    home.registers((BANK, None), (OTHER, None))
    home.take(JUNE, BRANCH, REPORTER=reporters_since(JUNE))
    home.owes(MAY, BANK, 100)
    home.owes(JUNE, BANK, 130)
    home.owes(JUNE, OTHER, 1000)
    assert home.value("GR-MONTH", JUNE) == 1030


def reporters_since(period: Period) -> list[dict[str, Any]]:
    """OTHER begins to report in a month."""
    since = {BANK: date(2020, 1, 1), OTHER: period.first_day}
    return [{"reporter": n, "table_code": "*", "valid_from": day} for n, day in since.items()]


def test_with_a_missing_predecessor_the_bank_of_today_is_left_out_whole(home):
    home.registers(
        (BANK, None), (OTHER, None), (VILLAGE, "2025-06-15"), heir=(VILLAGE, OTHER, "2025-06-15")
    )
    home.owes(MAY, BANK, 100)
    home.owes(MAY, OTHER, 1000)
    home.owes(JUNE, BANK, 130)
    home.owes(JUNE, OTHER, 1500)
    assert home.out("GR-MONTH", JUNE) == {OTHER}
    assert home.value("GR-MONTH", JUNE) == 30
    home.owes(MAY, VILLAGE, 450)
    assert home.value("GR-MONTH", JUNE) == 30 + 50


def test_the_account_closes_over_the_banks_that_are_in_at_both_ends(late):
    lines = {
        code: late.value(code, JUNE)
        for code in ("AC-01-OPENING", "AC-18-CLOSING", "AC-17-REST", "AC-02-ENTERED")
    }
    assert (lines["AC-01-OPENING"], lines["AC-18-CLOSING"]) == (100, 130)
    assert late.out("AC-18-CLOSING", JUNE) == {OTHER}


def test_a_kept_result_leaves_out_whom_a_figure_asked_now_leaves_out(late):
    shown = late.figures()
    chosen = ("GR-MONTH", "TE-BAL", "AC-01-OPENING")
    before = {code: shown.query(code, JUNE) for code in chosen}
    assert late.figures().compile(JUNE).exists()
    assert {code: late.figures().query(code, JUNE) for code in chosen} == before


def test_a_trace_goes_to_the_rows_of_the_banks_that_count(late):
    stream = traced(late.figures(), "GR-MONTH", JUNE, [])
    head = next(stream)
    assert isinstance(head, Trace)
    rows = [row for row in stream if isinstance(row, TracedRow)]
    assert [(row.reporter, row.period, row.adds) for row in rows] == [
        (BANK, "2025-06", Decimal(130)),
        (BANK, "2025-05", Decimal(100)),
    ]


# --- carried forward -----------------------------------------------------------------------------------


def test_carried_forward_the_last_stock_of_a_missing_bank_stands_for_its_month(late):
    assert late.value("TE-BAL", JUNE, "carried") == 1130
    assert late.value("GR-MONTH", JUNE, "carried") == 30
    late.owes(JULY, BANK, 140)
    assert late.value("TE-BAL", JULY, "carried") == 1140
    late.owes(JULY, OTHER, 1500)
    assert late.value("GR-MONTH", JULY, "carried") == 1640 - 1130


def test_what_is_carried_is_named_with_the_month_it_is_of(late):
    late.owes(JULY, BANK, 140)
    data = late.store.at(None).data(ALL, institutions=JULY)
    rule = used(data, CATALOGUE["TE-BAL"], JULY, Law.load(), "carried")
    (stock,) = rule.stocks
    assert (stock.reporter, stock.table, stock.month, stock.of) == (
        OTHER,
        "CLDWDK",
        "2025-07",
        "2025-05",
    )


def test_a_stock_older_than_the_lawbook_allows_is_not_carried(home):
    home.registers((BANK, None), (OTHER, None))
    most = Law.load().on(JULY.last_day).take("statistics.carry_forward_months", int)
    home.owes(JULY.shift(-most - 1), OTHER, 1000)
    home.owes(JULY, BANK, 140)
    assert home.value("TE-BAL", JULY, "carried") == 140
    home.owes(JULY.shift(-most), OTHER, 1000)
    assert home.value("TE-BAL", JULY, "carried") == 1140


def test_flows_are_never_carried_and_a_figure_of_them_is_refused(late):
    with pytest.raises(Refused, match="DWDKFS"):
        late.value("TE-NEW", JUNE, "carried")
    data = late.store.at(None).data(ALL, institutions=JUNE)
    late.take(MAY, OTHER, DWDKFS=[{"loan_note_no": "N1"}])
    late.take(JUNE, BANK, DWDKFS=[{"loan_note_no": "N1"}])
    carried = Carried(data, JUNE, Law.load())
    assert carried.received("DWDKFS", JUNE) == carried.data.received("DWDKFS", JUNE)


def asked(capsys, *words: str) -> dict[str, Any]:
    capsys.readouterr()
    assert run(["query", *words, "--period", "2025-06", "--format", "json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_an_estimate_says_so_in_the_cell_and_is_never_final(late, monkeypatch, capsys):
    monkeypatch.setenv("DRIPLINE_HOME", str(late.store.home.path))
    assert asked(capsys, "TE-BAL", "--missing", "carried")["依据"].startswith("估算")
    assert asked(capsys, "TE-BAL")["依据"] == "明细"
    for words, told in (
        (["TE-BAL", "--missing", "carried"], "估算 · 已报机构 1/2"),
        (["TE-BAL", "--missing", "carried"], f"估算：{OTHER} 未报 CLDWDK 2025-06，按 2025-05 结转"),
        (["TE-BAL"], f"未报（未计入）: {OTHER}"),
        (["GR-MONTH"], f"未报机构两端均不计：{OTHER}"),
    ):
        capsys.readouterr()
        assert run(["query", *words, "--period", "2025-06"]) == 0
        assert told in " ".join(capsys.readouterr().out.split())
    assert run(["query", "TE-BAL", "--missing", "guessed"]) == 2
    assert run(["query", "TE-NEW", "--missing", "carried", "--period", "2025-06"]) == 2


def test_a_published_figure_holds_the_missing_bank_too_and_is_not_compared_without_it(
    late, monkeypatch, capsys
):
    row = {
        "indicator": "TE-BAL",
        "breakdown": "total",
        "item": "total",
        "period": "2024-06",
        "value": Decimal(1000),
        "unit": "yuan",
        "cited": "bulletin 7",
        "definition": "lists of then",
    }
    monkeypatch.setenv("DRIPLINE_HOME", str(late.store.home.path))
    late.owes(JULY, BANK, 140)
    late.take(JULY, BRANCH, HISTORY=[row | {"period": "2024-07"}])
    assert late.value("GR-YOY", JULY) is None
    assert late.value("GR-YOY", JULY, "carried") == 14
    assert run(["query", "GR-YOY", "--period", "2025-07", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)["依据"]
    assert told == "未收到：CLDWDK 2024-07；有机构未报且公布数含其在内，两者不可比"
