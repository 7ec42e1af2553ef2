"""Any past state of the store, and whose rows of it may be read for what."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dripline.errors import CannotRead, Refused
from dripline.periods import Period
from dripline.store import NotOpened, Scope, Store
from tests.unit.handed_over import (
    BANK,
    BRANCH,
    JULY,
    JUNE,
    MAY,
    OTHER,
    delivery,
    noon,
    note_numbers,
    notes,
)

ALL = Scope.all_rows(purpose="statistics")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.create(tmp_path / "home")


def take(store: Store, code: str, rows, sender=BANK, period=JUNE, day="2025-07-08"):
    given = delivery(store, {code: rows}, sender=sender, period=period)
    return store.accept(given, now=noon(day), by="officer", recheck=None)


def institution(code: str, successor: str | None = None, day: str | None = None, **more: str):
    return {
        "institution_code": code,
        "valid_from": date(2020, 1, 1),
        "successor": successor,
        "succession_day": None if day is None else date.fromisoformat(day),
    } | more


def test_a_figure_can_be_asked_as_known_on_a_day(store):
    take(store, "CLDWDK", notes("A1"), day="2025-07-08")
    take(store, "CLDWDK", notes("A2"), day="2025-07-20")
    assert note_numbers(store, "CLDWDK", JUNE, date(2025, 7, 7)) == []
    assert note_numbers(store, "CLDWDK", JUNE, date(2025, 7, 8)) == ["A1"]
    assert note_numbers(store, "CLDWDK", JUNE, date(2025, 7, 19)) == ["A1"]
    assert note_numbers(store, "CLDWDK", JUNE, date(2025, 7, 20)) == ["A2"]
    assert note_numbers(store, "CLDWDK", JUNE) == ["A2"]


def test_a_day_ends_at_midnight_in_henan(store):
    given = delivery(store, {"CLDWDK": notes("A1")})
    late = datetime(2025, 7, 8, 15, 59, 59, tzinfo=UTC)
    assert store.accept(given, now=late, by="o", recheck=None).accepted_on == date(2025, 7, 8)
    given = delivery(store, {"CLDWDK": notes("A2")})
    later = datetime(2025, 7, 8, 16, 0, 0, tzinfo=UTC)
    assert store.accept(given, now=later, by="o", recheck=None).accepted_on == date(2025, 7, 9)


def test_a_clock_that_runs_back_does_not_bring_an_entry_before_its_forerunner(store):
    take(store, "CLDWDK", notes("A1"), day="2025-07-20")
    receipt = take(store, "CLDWDK", notes("A2"), day="2025-07-08")
    assert receipt.accepted_on == date(2025, 7, 20)
    assert note_numbers(store, "CLDWDK", JUNE, date(2025, 7, 19)) == []
    assert [damage.where for damage in store.verify().damage] == ["00000002.json"]


def test_an_instant_without_a_zone_is_refused(store):
    given = delivery(store, {"CLDWDK": notes("A1")})
    with pytest.raises(Refused, match="time zone"):
        store.accept(given, now=datetime(2025, 7, 8), by="o", recheck=None)  # noqa: DTZ001


def test_nothing_received_is_not_the_same_as_no_rows(store):
    take(store, "DWDKFS", [])
    data = store.at(None).data(ALL)
    assert data.rows("CLDWDK", JUNE) is None
    assert data.received("CLDWDK", JUNE) == frozenset()
    rows = data.rows("DWDKFS", JUNE)
    assert rows is not None
    assert [pq.ParquetFile(file).metadata.num_rows for file in rows.files] == [0]
    assert data.received("DWDKFS", JUNE) == frozenset({BANK})


def test_a_snapshot_does_not_change_while_others_accept(store):
    take(store, "CLDWDK", notes("A1"))
    before = store.at(None)
    take(store, "CLDWDK", notes("A2"))
    assert before.held("CLDWDK", JUNE)[BANK].version == 1


def test_a_scope_gives_the_rows_of_its_reporters_only(store):
    take(store, "CLDWDK", notes("A1"))
    take(store, "CLDWDK", notes("B1"), sender=OTHER)
    data = store.at(None).data(Scope.of_reporters({OTHER}, purpose="statistics"))
    assert data.received("CLDWDK", JUNE) == frozenset({OTHER})
    rows = data.rows("CLDWDK", JUNE)
    assert rows is not None
    assert [pq.read_table(file)["loan_note_no"].to_pylist() for file in rows.files] == [["B1"]]
    nobody = store.at(None).data(Scope.of_reporters((), purpose="statistics"))
    assert nobody.rows("CLDWDK", JUNE) is None


def test_a_purpose_the_table_does_not_serve_is_refused_with_its_legal_basis(store):
    data = store.at(None).data(Scope.all_rows(purpose="operation"))
    with pytest.raises(NotOpened) as refused:
        data.rows("CLDWDK", JUNE)
    assert "不得用于工具操作：依据《中华人民共和国统计法》" in refused.value.reason.zh
    assert "serves statistics only" in refused.value.reason.en
    with pytest.raises(NotOpened):
        data.received("CLDWDK", JUNE)


def test_an_unknown_purpose_is_none():
    with pytest.raises(Refused, match="'curiosity' is no purpose"):
        Scope.all_rows(purpose="curiosity")


def test_a_scope_of_reporters_reads_open_registers_and_not_the_sensitive_ones(store):
    take(store, "INSTITUTION", [], sender=BRANCH)
    take(store, "CREDIT_RECORD", [], sender=BRANCH)
    data = store.at(None).data(Scope.of_reporters({BANK}, purpose="statistics"))
    assert data.received("INSTITUTION", JUNE) == frozenset({BRANCH})
    assert data.received("CREDIT_RECORD", JUNE) == frozenset()
    assert store.at(None).data(ALL).received("CREDIT_RECORD", JUNE) == frozenset({BRANCH})


def test_a_register_is_in_force_until_its_sender_sends_the_next(store):
    take(store, "INSTITUTION", [institution("B1")], sender=BRANCH, period=MAY)
    take(store, "INSTITUTION", [institution("Z1")], sender="ZZ-CITY", period=MAY)
    take(store, "INSTITUTION", [institution("B2")], sender=BRANCH, period=JULY)

    def codes(period: Period) -> list[str]:
        rows = store.at(None).data(ALL).rows("INSTITUTION", period)
        return [
            code
            for file in (rows.files if rows else ())
            for code in pq.read_table(file)["institution_code"].to_pylist()
        ]

    assert codes(MAY.shift(-1)) == []
    assert codes(MAY) == codes(JUNE) == ["B1", "Z1"]
    assert codes(JULY) == codes(JULY.shift(9)) == ["B2", "Z1"]


def test_a_reporters_own_customers_of_last_month_do_not_stand_for_this_month(store):
    take(store, "FTYKHX", [], period=MAY)
    data = store.at(None).data(ALL)
    assert data.rows("FTYKHX", MAY) is not None
    assert data.rows("FTYKHX", JUNE) is None


def test_rows_of_a_bank_since_taken_over_name_the_one_that_stands_for_it(store):
    take(store, "CLDWDK", notes("A1"), sender="OLD", period=MAY)
    take(store, "CLDWDK", notes("B1"), period=MAY)
    merged = [institution("OLD", "MID", "2025-06-28"), institution("MID", BANK, "2025-07-15")]
    take(store, "INSTITUTION", merged, sender=BRANCH, period=JULY)
    snapshot = store.at(None)
    rows = snapshot.data(ALL).rows("CLDWDK", MAY)
    assert rows is not None
    assert rows.successors == (("OLD", BANK),)
    assert snapshot.successors(JULY) == {"OLD": BANK, "MID": BANK}


def test_a_merger_to_come_does_not_change_who_stood_for_whom_before(store):
    merged = [institution("OLD", "MID", "2025-06-28"), institution("MID", BANK, "2025-07-15")]
    take(store, "INSTITUTION", merged, sender=BRANCH, period=MAY)
    take(store, "CLDWDK", notes("A1"), sender="OLD", period=MAY)
    snapshot = store.at(None)
    assert (snapshot.successors(MAY), snapshot.successors(JUNE)) == ({}, {"OLD": "MID"})
    for institutions, expected in ((MAY, ()), (JUNE, (("OLD", "MID"),)), (None, (("OLD", BANK),))):
        rows = snapshot.data(ALL, institutions=institutions).rows("CLDWDK", MAY)
        assert rows is not None
        assert rows.successors == expected


def test_a_bank_turned_into_a_branch_is_stood_for_by_the_one_that_reports_for_the_branch(store):
    rows = [institution("OLD", "BRANCH-7", "2025-06-28"), institution("BRANCH-7", reporter=BANK)]
    take(store, "INSTITUTION", rows, sender=BRANCH)
    assert store.at(None).successors() == {"OLD": BANK}


def test_institutions_that_succeed_each_other_in_a_circle_are_an_error_in_the_register(store):
    rows = [institution("X", "Y", "2025-06-01"), institution("Y", "X", "2025-06-02")]
    take(store, "INSTITUTION", rows, sender=BRANCH)
    with pytest.raises(CannotRead, match="succeeds itself"):
        store.at(None).data(ALL)


def test_the_fact_version_names_what_a_figure_rests_on_and_nothing_else(store, tmp_path):
    take(store, "CLDWDK", notes("A1"), period=JUNE)
    take(store, "INSTITUTION", [], sender=BRANCH, period=MAY)
    june = store.at(None).fact_version(JUNE)
    take(store, "CLDWDK", notes("Z1"), period=JULY)
    assert store.at(None).fact_version(JUNE) == june
    assert store.at(None).fact_version(JUNE, JULY) != june
    take(store, "INSTITUTION", [institution("B1")], sender=BRANCH, period=MAY)
    assert store.at(None).fact_version(JUNE) != june
    twin = Store.create(tmp_path / "twin")
    take(twin, "INSTITUTION", [], sender=BRANCH, period=MAY, day="2026-01-01")
    take(twin, "CLDWDK", notes("A1"), period=JUNE, day="2026-01-02")
    assert twin.at(None).fact_version(JUNE) == june


def test_the_store_says_for_which_periods_it_holds_anything(store):
    take(store, "CLDWDK", notes("A1"), period=JULY)
    take(store, "CLDWDK", notes("A1"), period=MAY)
    assert store.at(None).periods() == (MAY, JULY)
    assert [entry.period for entry in store.at(None).entries()] == [JULY, MAY]
    assert [entry.period for entry in store.at(None).entries(reporter=OTHER)] == []


def test_the_day_of_a_reporters_first_delivery_stays_when_it_sends_again(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "home")
    for day, note in (("2025-07-08", "A1"), ("2025-07-20", "A2")):
        given = delivery(store, {"CLDWDK": notes(note)})
        store.accept(given, now=noon(day), by="officer", recheck=None)
    assert store.at(None).first_accepted(JUNE) == {BANK: date(2025, 7, 8)}


def test_the_last_day_of_a_month_is_that_of_its_last_delivery_of_those_asked_for(
    tmp_path: Path,
) -> None:
    store = Store.create(tmp_path / "home")
    for day, note in (("2025-07-08", "A1"), ("2025-07-20", "A2")):
        given = delivery(store, {"CLDWDK": notes(note)})
        store.accept(given, now=noon(day), by="officer", recheck=None)
    known = store.at(None)
    assert (
        known.last_accepted(JUNE)
        == known.last_accepted(JUNE, frozenset({BANK}))
        == date(2025, 7, 20)
    )
    assert known.last_accepted(JUNE, frozenset({OTHER})) is None
    assert known.last_accepted(JULY) is None
