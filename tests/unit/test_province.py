"""The synthetic province, read back from its files by a few lines that know nothing of how it was made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest

from dripline.errors import Refused
from dripline.identifiers import valid_id
from dripline.periods import Period
from dripline.province import Summary, write_province

APRIL, JUNE = Period(2026, 4), Period(2026, 6)
MONTHS = ("20260430", "20260531", "20260630")
Lines = list[list[str]]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    out = tmp_path_factory.mktemp("province") / "out"
    return write_province(out, scale="tiny", seed=7, first=APRIL, last=JUNE)


@pytest.fixture(scope="module")
def packages(tiny: Summary) -> dict[tuple[str, str, str], Lines]:
    found = {}
    for path in sorted(tiny.out.rglob("*.zip")):
        reporter, table, day = path.stem.split("_")
        with ZipFile(path) as archive:
            text = archive.read(f"{path.stem}.dat").decode()
        found[reporter, table, day] = [line.split("|") for line in text.split("\n")] if text else []
    return found


def of(packages: dict[tuple[str, str, str], Lines], table: str, day: str) -> dict[str, Lines]:
    return {r: rows for (r, t, d), rows in packages.items() if (t, d) == (table, day)}


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return whole.hexdigest()


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(
    tiny: Summary, tmp_path: Path
) -> None:
    write_province(tmp_path / "same", scale="tiny", seed=7, first=APRIL, last=JUNE)
    write_province(tmp_path / "other", scale="tiny", seed=8, first=APRIL, last=JUNE)
    assert digest(tmp_path / "same") == digest(tiny.out)
    assert digest(tmp_path / "other") != digest(tiny.out)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="not empty"):
        write_province(tmp_path, scale="tiny", seed=1, first=APRIL, last=APRIL)


def test_each_check_file_agrees_with_its_data_file(tiny: Summary) -> None:
    for path in tiny.out.rglob("*.zip"):
        with ZipFile(path) as archive:
            assert archive.namelist() == [f"{path.stem}.dat", f"{path.stem}.log"]
            data = archive.read(f"{path.stem}.dat")
            name, md5, size, made, count = archive.read(f"{path.stem}.log").decode().split("\n")
        lines = data.count(b"\n") + 1 if data else 0
        expected = (f"{path.stem}.dat", hashlib.md5(data).hexdigest(), len(data), lines)
        assert (name, md5, int(size), int(count)) == expected
        assert made[:7] > path.stem[-8:-4] + "-" + path.stem[-4:-2]


def test_each_note_closes_from_month_to_month_to_the_fen_the_merger_included(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    stock = [
        {row[10]: Decimal(row[18]) for rows in of(packages, "CLDWDK", d).values() for row in rows}
        for d in MONTHS
    ]
    for place, day in enumerate(MONTHS[1:], 1):
        moved: dict[str, Decimal] = defaultdict(Decimal)
        for rows in of(packages, "DWDKFS", day).values():
            for row in rows:
                moved[row[10]] += Decimal(row[18]) if row[31] == "1" else -Decimal(row[18])
        for note in stock[place - 1].keys() | stock[place].keys() | moved.keys():
            before, now = stock[place - 1].get(note, Decimal()), stock[place].get(note, Decimal())
            assert before + moved[note] == now


def test_rural_banks_merge_and_their_notes_go_on_in_the_successor(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    before, after = of(packages, "CLDWDK", MONTHS[0]), of(packages, "CLDWDK", MONTHS[1])
    gone = before.keys() - after.keys()
    assert len(gone) == 2
    of_the_gone = {row[10] for reporter in gone for row in before[reporter]}
    holders = {r for r, rows in after.items() for row in rows if row[10] in of_the_gone}
    assert len(holders) == 1
    assert holders < before.keys()


def behind(
    packages: dict[tuple[str, str, str], Lines], reporter: str, day: str, row: list[str]
) -> tuple[Decimal, Decimal, str]:
    """Amount, rate and customer of the loan or bill behind a row T13."""
    if row[19] == "C03":
        bills = {bill[6]: bill for bill in packages[reporter, "CLPJRZ", day]}
        bill = bills[row[8]]
        assert bill[3] == "01"
        return Decimal(bill[28]), Decimal(bill[29]), bill[8]
    notes = {note[10]: note for note in packages[reporter, "CLDWDK", day]}
    loan = notes[row[7]]
    return Decimal(loan[19]), Decimal(loan[21]), loan[4]


def test_summary_rows_are_what_the_base_tables_add_up_to(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    compared = 0
    for (reporter, table, day), rows in packages.items():
        if table != "HDACLKJDK":
            continue
        for place, name in enumerate(("T08", "T09", "T10", "T11", "T12")):
            marked = [r for r in rows[5:] if place == 4 or r[11 + 2 * place] == "1"]
            found = [behind(packages, reporter, day, row) for row in marked]
            amount = sum((each[0] for each in found), Decimal())
            weighed = sum((each[0] * each[1] for each in found), Decimal())
            rate = (weighed / amount if amount else Decimal()).quantize(
                Decimal("0.00001"), ROUND_HALF_UP
            )
            customers = len({each[2] for each in found})
            assert rows[place][:4] == [name, f"{amount:.2f}", f"{rate:.5f}", str(customers)]
            compared += 1
    assert compared > 40


def test_some_lenders_discount_bills_and_others_send_empty_files(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    bills = of(packages, "CLPJRZ", MONTHS[0])
    with_rows = {
        r
        for r, rows in of(packages, "HDACLKJDK", MONTHS[0]).items()
        if any(row[19] == "C03" for row in rows)
    }
    assert set() < with_rows <= {r for r, rows in bills.items() if rows}
    assert [r for r, rows in bills.items() if not rows]
    modes = Counter(row[3] for rows in bills.values() for row in rows)
    assert modes["01"] > modes["02"] > 0


def test_a_bill_lives_three_to_six_months_and_its_account_closes(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    def held(day: str) -> Counter[str]:
        found = Counter[str]()
        for rows in of(packages, "CLPJRZ", day).values():
            for row in rows:
                assert 85 < (date.fromisoformat(row[21]) - date.fromisoformat(row[20])).days < 190
                found[row[6].split(",")[0]] += int(row[24].replace(".", ""))
        return found

    for before, day in pairwise(MONTHS):
        account = held(before)
        for rows in of(packages, "PJRZFS", day).values():
            for row in rows:
                face = int(row[24].replace(".", ""))
                account[row[6].split(",")[0]] += face if row[30][0] == "A" else -face
        assert +account == held(day)


def test_guarantees_fit_the_kind_of_guarantee_of_the_loan(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    for (reporter, table, day), rows in packages.items():
        if table != "CLDWDK":
            continue
        pairs = {(row[2], row[3]) for row in packages[reporter, "DBHTXX", day]}
        items = defaultdict(set)
        for row in packages[reporter, "DBWXX", day]:
            assert (row[2], row[3]) in pairs
            items[row[3]].add(row[5])
        contracts = {contract for _, contract in pairs}
        assert contracts <= {row[11] for row in rows}
        for row in rows:
            kind, contract = row[26], row[11]
            assert (contract in contracts) == (kind not in ("D", "Z"))
            if kind in ("A", "B01", "B99", "E01"):
                assert items[contract]
            if kind in ("B01", "E01"):
                assert any(item[0] == "C" for item in items[contract])


def test_a_guarantee_shared_by_contracts_states_its_amount_once(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    for (_, table, _), rows in packages.items():
        if table == "DBHTXX":
            stated = Counter(row[2] for row in rows if row[9] != "0.00")
            assert set(stated.values()) <= {1}
            assert stated.keys() == {row[2] for row in rows}


def test_every_borrower_and_outlet_of_a_loan_is_reported_too(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    for (reporter, table, day), rows in packages.items():
        if table not in ("CLDWDK", "DWDKFS"):
            continue
        customers = {
            (c[2], c[3]): (c[21], c[18], c[15], c[20], c[19])
            for c in packages[reporter, "FTYKHX", day]
        }
        units = {(unit[1], unit[3]) for unit in packages[reporter, "JRJGFZ", day]}
        for row in rows:
            assert customers[row[3], row[4]] == tuple(row[5:10])
            assert (row[0], row[1]) in units


def test_codes_are_valid_and_no_customer_leaves(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    seen: set[str] = set()
    for day in MONTHS:
        rows = [row for each in of(packages, "FTYKHX", day).values() for row in each]
        assert all(valid_id("uscc", row[3]) for row in rows if row[2] == "A01")
        assert all(valid_id("lei", row[3]) for row in rows if row[2] == "L01")
        assert all(valid_id("organisation", row[3]) for row in rows if row[2] == "A02")
        assert seen <= {row[3] for row in rows}
        seen = {row[3] for row in rows}


def test_the_truth_counts_what_stands_in_the_files(
    tiny: Summary, packages: dict[tuple[str, str, str], Lines]
) -> None:
    truth = json.loads(tiny.truth.read_text(encoding="utf-8"))["months"]
    for month, day in zip(("2026-04", "2026-05", "2026-06"), MONTHS, strict=True):
        rows = [row for each in of(packages, "CLDWDK", day).values() for row in each]
        inside = [row for row in rows if row[2].startswith("41")]
        figure = truth[month]["figures"]["all_units"]
        assert Decimal(figure["balance_yuan"]) == sum(Decimal(row[19]) for row in inside)
        assert figure["notes"] == len(inside)
        assert figure["borrowers"] == len({row[4] for row in inside})
        bills = [row for each in of(packages, "CLPJRZ", day).values() for row in each]
        direct = [row for row in bills if row[3] == "01" and row[2].startswith("41")]
        assert Decimal(figure["discounts_yuan"]) == sum(Decimal(row[28]) for row in direct)
        assert figure["bills"] == len(direct)
        firms = {row[4] for row in inside} | {row[8] for row in direct}
        assert figure["borrowers_or_discounters"] == len(firms)


def test_everything_says_that_it_is_synthetic(
    tiny: Summary, packages: dict[tuple[str, str, str], Lines]
) -> None:
    assert "合成" in (tiny.out / "README.txt").read_text(encoding="utf-8")
    for (_, table, _), rows in packages.items():
        if table in ("JRJGFZ", "FTYKHX"):
            assert all(row[1 if table == "FTYKHX" else 0].startswith("示例") for row in rows)


def test_an_extract_lies_inside_henan_and_a_legal_person_also_lends_outside(
    packages: dict[tuple[str, str, str], Lines],
) -> None:
    outside = Counter[bool]()
    for reporter, rows in of(packages, "CLDWDK", MONTHS[2]).items():
        legal_person = {c[0] for c in packages[reporter, "FTYKHX", MONTHS[2]]} == {reporter}
        outside[legal_person] += sum(not row[2].startswith("41") for row in rows)
    assert outside[False] == 0
    assert outside[True] > 0
