"""What a look at every byte finds, what a sweep removes, and what the kept index may not hide."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from dripline.errors import CannotRead
from dripline.store import Store, Sweep
from dripline.store import index as kept
from dripline.store.log import Log
from tests.unit.handed_over import BANK, JUNE, delivery, noon, note_numbers, notes


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.create(tmp_path / "home")
    for number in ("A1", "A2", "A3"):
        take(store, number)
    return store


def take(store: Store, *numbers: str, after_step=lambda step: None):
    given = delivery(store, {"CLDWDK": notes(*numbers)})
    return store.accept(given, now=noon("2025-07-08"), by="o", recheck=None, after_step=after_step)


def left_behind(store: Store) -> str:
    """Rows placed by a process that was killed before their entry."""
    path = store.home.facts / "CLDWDK" / str(JUNE) / BANK / "v9-dead.parquet"
    path.write_bytes(b"half")
    return path.relative_to(store.home.path).as_posix()


def wheres(store: Store) -> list[str]:
    return [damage.where for damage in store.verify().damage]


def test_a_store_as_accepted_is_sound(store):
    found = store.verify()
    assert (found.sound, found.entries, found.files, found.leftovers) == (True, 3, 3, ())


def test_a_changed_byte_of_accepted_rows_is_damage(store):
    file = store.at(None).held("CLDWDK", JUNE)[BANK].file
    path = store.home.path / file
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert wheres(store) == [file]
    path.unlink()
    assert wheres(store) == [file]


def test_a_changed_entry_is_damage_of_itself_or_of_the_chain(store):
    path = Log(store.home).path(2)
    path.chmod(0o644)
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace('"by":"o"', '"by":"x"'), encoding="utf-8")
    assert wheres(store) == ["00000003.json"]
    path.write_text("{", encoding="utf-8")
    assert "00000002.json" in wheres(store)
    with pytest.raises(CannotRead, match=r"00000002\.json is no entry"):
        store.at(None)


def test_a_missing_entry_stops_every_reader(store):
    Log(store.home).path(2).unlink()
    with pytest.raises(CannotRead, match="are missing though 3 is there"):
        store.at(None)


def test_leftovers_of_a_killed_process_do_no_harm_and_are_swept(store):
    file = left_behind(store)
    found = store.verify()
    assert (found.sound, found.leftovers) == (True, (file,))
    assert note_numbers(store, "CLDWDK", JUNE) == ["A3"]
    assert store.sweep(now=noon("2025-07-09"), by="o") == (file,)
    assert store.verify().leftovers == ()
    assert note_numbers(store, "CLDWDK", JUNE) == ["A3"]
    entry = Log(store.home).entry(4)
    assert isinstance(entry, Sweep)
    assert entry.files == (file,)


def test_a_sweep_of_a_clean_store_writes_nothing(store):
    assert store.sweep(now=noon("2025-07-09"), by="o") == ()
    assert store.at(None).number == 3


def test_a_sweep_in_the_middle_of_an_accept_costs_it_nothing(store):
    def sweep_once_placed(step: str) -> None:
        if step == "CLDWDK placed" and store.at(None).number == 3:
            assert len(store.sweep(now=noon("2025-07-08"), by="sweeper")) == 1

    receipt = take(store, "A4", after_step=sweep_once_placed)
    assert receipt.number == 5
    assert note_numbers(store, "CLDWDK", JUNE) == ["A4"]
    assert store.verify().sound
    assert store.verify().leftovers == ()


def test_who_loses_the_race_for_a_number_takes_the_next_and_leaves_nothing_behind(store):
    def others_first(step: str) -> None:
        if step == "entry written" and store.at(None).number == 3:
            given = delivery(store, {"CLDWDK": notes("B1")}, sender="OTHER")
            store.accept(given, now=noon("2025-07-08"), by="other", recheck=None)

    assert take(store, "A4", after_step=others_first).number == 5
    assert store.verify().leftovers == ()
    assert store.verify().sound


def test_who_loses_to_the_same_bytes_finds_them_accepted(store):
    def twin_first(step: str) -> None:
        if step == "entry written" and store.at(None).number == 3:
            take(store, "A4")

    receipt = take(store, "A4", after_step=twin_first)
    assert (receipt.number, receipt.already) == (4, True)
    assert store.verify().leftovers == ()


def test_old_scraps_of_dead_processes_are_swept_and_fresh_ones_are_not(store):
    old, fresh = store.home.aside / "staging-1-x", store.home.aside / "2-y"
    old.mkdir()
    fresh.write_bytes(b"at work")
    long_ago = time.time() - 2 * 86400
    os.utime(old, (long_ago, long_ago))
    store.sweep(now=noon("2025-07-09"), by="o")
    assert not old.exists()
    assert fresh.exists()


def snapshot_of(store: Store) -> tuple[int, list[str], str]:
    now = store.at(None)
    return now.number, note_numbers(store, "CLDWDK", JUNE), now.fact_version(JUNE)


def test_the_kept_index_may_be_lost_torn_or_of_another_store(store, tmp_path):
    left_behind(store)
    store.sweep(now=noon("2025-07-09"), by="o")
    expected = snapshot_of(store)
    file = store.home.cache / kept.FILE
    kept.Index.of(store.home).keep(store.home)
    assert kept.Index.of(store.home).swept != frozenset()
    assert snapshot_of(store) == expected
    take(store, "A9")
    assert note_numbers(store, "CLDWDK", JUNE) == ["A9"]
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    assert note_numbers(store, "CLDWDK", JUNE) == ["A9"]
    twin = Store.create(tmp_path / "twin")
    for number in range(4):
        take(twin, f"T{number}")
    twin.home.cache.mkdir()
    (twin.home.cache / kept.FILE).write_bytes(whole)
    assert note_numbers(twin, "CLDWDK", JUNE) == ["T3"]


def test_a_long_log_is_kept_as_an_index(store):
    for number in range(kept.WORTH_KEEPING - 3):
        take(store, f"B{number}")
    assert store.at(None).number == kept.WORTH_KEEPING
    read_back = kept.Index.of(store.home)
    (store.home.cache / kept.FILE).unlink()
    assert kept.Index.of(store.home).rows.equals(read_back.rows)
