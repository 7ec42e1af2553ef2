"""A store of few loans, for tests that follow what became of a figure from one day to another."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dripline.definitions import Indicator
from dripline.indicators import BREAKDOWNS
from dripline.indicators.compile import Catalogue, Figures
from dripline.law import Law
from dripline.periods import Period
from dripline.store import Scope, Store
from tests.unit.handed_over import BANK, BRANCH, delivery, noon

A, B, C, D = (f"9141010000000000{number}X" for number in range(1, 5))


class Written:
    """A store and what is written into it, a delivery a line."""

    def __init__(self, path: Path):
        self.store = Store.create(path)

    def loans(self, day: str, month: str, rows: str, sender: str = BANK) -> None:
        """``A1 A 100.00 FQ01, A2 B 50.00``: note, borrower, balance, quality (FQ01 where none stands)."""
        self.take(day, month, sender, CLDWDK=[loan(text) for text in filter(None, rows.split(","))])

    def lists(self, day: str, month: str, **editions: str) -> None:
        """Editions of the list of high-tech enterprises by name: first day adopted, then the firms listed."""
        adopted: list[dict[str, Any]] = []
        listed: list[dict[str, Any]] = []
        for name, words in editions.items():
            first, *firms = words.split()
            adopted.append(
                {
                    "kind": "gaoxin",
                    "edition": name,
                    "adopted_from": date.fromisoformat(first),
                    "scope": "national",
                }
            )
            listed += [{"kind": "gaoxin", "edition": name, **firm(text)} for text in firms]
        self.take(day, month, BRANCH, EDITION=adopted, QUALIFICATION=listed)

    def reporters(self, day: str, month: str, *due: str) -> None:
        """Who owes loan balances, since 2020."""
        rows = [
            {"reporter": name, "table_code": "*", "valid_from": date(2020, 1, 1)} for name in due
        ]
        self.take(day, month, BRANCH, REPORTER=rows)

    def take(self, day: str, month: str, sender: str, **tables: list[dict[str, Any]]) -> None:
        """Accepts a delivery at noon of the day."""
        given = delivery(self.store, tables, sender=sender, period=Period.parse(month))
        self.store.accept(given, now=noon(day), by="test", recheck=None)

    def figures(
        self, *indicators: Indicator, as_of: str | None = None, law: Law | None = None
    ) -> Figures:
        """Figures of these indicators as known on a day, under a lawbook of the test if there is one."""
        catalogue = Catalogue({one.code: one for one in indicators}, BREAKDOWNS)
        known = None if as_of is None else date.fromisoformat(as_of)
        scope = Scope.all_rows(purpose="statistics")
        return Figures(self.store, law or Law.load(), catalogue, scope, known)


FIRMS = {"A": A, "B": B, "C": C, "D": D}


def firm(text: str) -> dict[str, Any]:
    """``B`` or ``B-2025-05-01``: the firm, and the day its title was cancelled with effect from."""
    name, _, day = text.partition("-")
    cancelled = {"cancelled_from": date.fromisoformat(day)} if day else {}
    return {"name": name, "credit_code": FIRMS[name], **cancelled}


def loan(text: str) -> dict[str, Any]:
    """One loan note."""
    note, borrower, amount, *quality = text.split()
    return {
        "loan_note_no": note,
        "borrower_id_type": "A01",
        "borrower_id_no": FIRMS[borrower],
        "borrower_region_code": "410105",
        "balance_cny": Decimal(amount),
        "interest_rate": Decimal("3.00000") + Decimal(len(note)),
        "loan_quality": quality[0] if quality else "FQ01",
    }
