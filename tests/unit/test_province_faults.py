"""Faulty deliveries of the province: every rule has a fault, each fault stands where the key says and is found there."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from dripline.intake.acceptance import Acceptor, read_explanations
from dripline.intake.checking import check_hand_over
from dripline.intake.format_rules import FORMAT_RULES
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.periods import Period
from dripline.province import Summary, write_province
from dripline.province.faults import NOT_SEEDED, seeded
from dripline.standards import RULES
from dripline.store import Store
from dripline.tables import table

NOVEMBER, JANUARY = Period(2025, 11), Period(2026, 1)
ON = date(2026, 7, 10)
NEEDS_A_LARGER_PROVINCE = {"XP-06/FTYKHX", "XP-10/FTYKHX/rows"}


def quiet(step: str, done: int, total: int) -> None:
    """Nobody watches a test's progress."""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    out = tmp_path_factory.mktemp("faults") / "out"
    return write_province(out, scale="tiny", seed=7, first=NOVEMBER, last=JANUARY, faults=True)


@pytest.fixture(scope="module")
def key(tiny: Summary) -> list[dict[str, str]]:
    assert tiny.faulty is not None
    with (tiny.faulty / "answer_key.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_rule_is_broken_on_purpose_or_says_why_it_cannot_be() -> None:
    rules = set(RULES) | set(FORMAT_RULES)
    assert rules - seeded() == set(NOT_SEEDED)
    assert seeded() <= rules


def test_the_key_holds_every_fault_the_tiny_province_has_room_for(
    key: list[dict[str, str]],
) -> None:
    assert seeded() - {row["rule"] for row in key} == NEEDS_A_LARGER_PROVINCE


def test_each_fault_of_a_row_stands_at_a_row_of_its_own(
    tiny: Summary, key: list[dict[str, str]]
) -> None:
    assert tiny.faulty is not None
    places = [(row["file"], row["row"]) for row in key if row["row"]]
    assert len(places) == len(set(places))
    for file, row in places:
        if file.endswith(".zip"):
            with ZipFile(tiny.faulty / file) as archive:
                name = next(n for n in archive.namelist() if n.endswith(".dat"))
                lines = archive.read(name).split(b"\n")
            assert int(row) <= len(lines)


def test_a_fault_changes_the_column_the_key_names(tiny: Summary, key: list[dict[str, str]]) -> None:
    assert tiny.faulty is not None
    row = next(row for row in key if row["rule"] == "CLDWDK-10")
    with ZipFile(tiny.faulty / row["file"]) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dat"))
        line = archive.read(name).decode().split("\n")[int(row["row"]) - 1]
    values = dict(zip(table("CLDWDK").columns, line.split("|"), strict=True))
    assert (values["loan_status"], values["overdue_type"]) == ("LS01", "01")
    assert (row["column"], row["key"]) == ("overdue_type", values["loan_note_no"])


@pytest.fixture(scope="module")
def store(tiny: Summary, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Everything of the province accepted, which it is only if no rule gives a false alarm."""
    store = Store.create(tmp_path_factory.mktemp("home") / "home")
    told = tuple(each for path in tiny.explained.glob("*.csv") for each in read_explanations(path))
    clean = [path for path in tiny.out.iterdir() if path.is_dir() and path.name != "faulty"]
    now = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)
    with store.home.staging() as work:
        handed = receive(clean, work, law=Law.load(), on=ON, province="41", progress=quiet)
        done = Acceptor(store, told, work, Law.load(), now, "test", quiet).accept(handed)
    assert done.stands, [str(one.reason) for one in done.deliveries if one.reason]
    return store


def found_in(folder: Path, store: Store) -> Iterator[tuple[str, str, str]]:
    """Rule, table and row of every finding; the row also empty, as sums have none."""
    with store.home.staging() as work:
        handed = receive([folder], work, law=Law.load(), on=ON, province="41", progress=quiet)
        report = check_hand_over(handed, store.at(None), (), work, law=Law.load(), progress=quiet)
        for each in report.findings():
            yield each.code, each.table, "" if each.row is None else str(each.row)
            yield each.code, each.table, ""


@pytest.mark.long
def test_every_seeded_fault_is_found_under_its_rule_at_its_row(
    tiny: Summary, key: list[dict[str, str]], store: Store
) -> None:
    assert tiny.faulty is not None
    for name in sorted({row["delivery"] for row in key}):
        seeded_here = {
            (row["rule"], row["table"], row["row"]) for row in key if row["delivery"] == name
        }
        assert seeded_here - set(found_in(tiny.faulty / name, store)) == set()


@pytest.mark.long
def test_sound_packages_give_no_finding_but_the_one_that_is_explained(tiny: Summary) -> None:
    clean = [path for path in tiny.out.iterdir() if path.is_dir() and path.name != "faulty"]
    law, told = Law.load(), read_explanations(tiny.explained / "explanation.csv")
    work = tiny.out.parent / "work"
    work.mkdir()
    handed = receive(clean, work, law=law, on=ON, province="41", progress=quiet)
    report = check_hand_over(handed, None, told, work, law=law, progress=quiet)
    assert [finding.code for finding in report.findings()] == [each.rule for each in told]
    assert report.stands
