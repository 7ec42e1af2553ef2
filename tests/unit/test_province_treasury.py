"""Rediscounts, own bonds and equity of the synthetic province, read back from its files."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest

from dripline.periods import Period
from dripline.province import write_province
from dripline.tables import table as table_called

DAYS = ("20251130", "20251231", "20260131")
Rows = dict[tuple[str, str, str], list[dict[str, str]]]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    out = tmp_path_factory.mktemp("province") / "out"
    write_province(out, scale="tiny", seed=7, first=Period(2025, 11), last=Period(2026, 1))
    return {tuple(path.stem.split("_")): read(path) for path in sorted(out.rglob("*.zip"))}  # type: ignore[misc]


def read(path: Path) -> list[dict[str, str]]:
    with ZipFile(path) as archive:
        text = archive.read(f"{path.stem}.dat").decode()
    names = table_called(path.stem.split("_")[1]).columns
    return [dict(zip(names, line.split("|"), strict=True)) for line in text.splitlines()]


def all_of(rows: Rows, table: str, day: str) -> list[dict[str, str]]:
    return [row for (_, t, d), own in rows.items() if (t, d) == (table, day) for row in own]


@pytest.mark.parametrize(
    ("stock", "flow", "number", "amount"),
    [("CLZTX", "ZTXFS", "bill_no", "face_amount"), ("CLZQFX", "ZQFXFS", "bond_code", "face_value")],
)
def test_each_account_closes_from_month_to_month(
    rows: Rows, stock: str, flow: str, number: str, amount: str
) -> None:
    held = [{row[number]: Decimal(row[amount]) for row in all_of(rows, stock, d)} for d in DAYS]
    moves = 0
    for place, day in enumerate(DAYS[1:], 1):
        moved: dict[str, Decimal] = defaultdict(Decimal)
        for row in all_of(rows, flow, day):
            moved[row[number]] += Decimal(row[amount]) * (1 if row["direction"] == "1" else -1)
            moves += 1
        for one in held[place - 1].keys() | held[place].keys() | moved.keys():
            before, now = held[place - 1].get(one, Decimal()), held[place].get(one, Decimal())
            assert before + moved[one] == now
    assert moves


def test_what_is_rediscounted_is_a_bill_the_lender_holds(rows: Rows) -> None:
    for (reporter, table, day), own in rows.items():
        if table == "CLZTX":
            bills = {row["bill_no"]: row for row in rows[reporter, "CLPJRZ", day]}
            for row in own:
                bill = bills[row["bill_no"]]
                assert (bill["bill_kind"], bill["discount_mode"]) == ("01", "01")
                assert (row["face_amount"], row["fin_inst_code"]) == (
                    bill["face_amount"],
                    bill["fin_inst_code"],
                )


def test_only_whole_legal_persons_issue_bonds_and_some_lenders_hold_shares(rows: Rows) -> None:
    issuers = {r for (r, t, _), own in rows.items() if t == "CLZQFX" and own}
    persons = {
        r for (r, t, _), own in rows.items() if t == "FTYKHX" and own[0]["fin_inst_code"] == r
    }
    assert issuers
    assert issuers <= persons
    holders = [own for (_, t, _), own in rows.items() if t == "CLGQTZ" and own]
    assert len(holders) >= len(DAYS)
