"""A process killed at any file operation leaves a store that reads as before or after, never between."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from dripline.store import Home, Store
from tests.unit.handed_over import JUNE, delivery, noon, note_numbers
from tests.unit.killed_at_each_step import AFTER, BEFORE

ROOT = Path(__file__).resolve().parents[2]


def killed(folder: Path, scene: str) -> list[Path]:
    """The homes that the killed processes left, the last one of the process that lived."""
    command = [sys.executable, "-m", "tests.unit.killed_at_each_step", str(folder), scene]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return sorted(folder.iterdir())


def reads(store: Store) -> tuple[list[str], list[str]]:
    return note_numbers(store, "CLDWDK", JUNE), note_numbers(store, "DWDKFS", JUNE)


def ends_well(store: Store, tables: dict[str, list[dict[str, object]]], number: int) -> None:
    """The same delivery sent once more is accepted once, and a sweep leaves nothing over."""
    receipt = store.accept(
        delivery(store, tables), now=noon("2025-07-09"), by="officer", recheck=None
    )
    assert receipt.number == number
    store.sweep(now=noon("2025-07-10"), by="officer")
    found = store.verify()
    assert (found.sound, found.leftovers) == (True, ())


def test_killed_while_accepting_a_resubmission(tmp_path):
    homes = killed(tmp_path, "second")
    states, left = [], []
    for home in homes:
        store = Store.open(home)
        assert store.verify().sound
        states.append(reads(store))
        left.append(len(store.verify().leftovers))
        ends_well(store, AFTER, 2)
        assert reads(store) == (["A2"], ["F2"])
    assert (max(left), left[-1]) == (2, 0)
    before, after = (["A1"], ["F1"]), (["A2"], ["F2"])
    turn = states.index(after)
    assert states == [before] * turn + [after] * (len(states) - turn)
    assert turn > 10


def test_killed_while_making_the_home_and_accepting_the_first_delivery(tmp_path):
    for home in killed(tmp_path, "first"):
        store = Store(Home.create(home))
        assert store.verify().sound
        assert reads(store) in (([], []), (["A1"], ["F1"]))
        ends_well(store, BEFORE, 1)


def test_killed_while_sweeping(tmp_path):
    for home in killed(tmp_path, "sweep"):
        store = Store.open(home)
        assert store.verify().sound
        assert reads(store) == (["A1"], ["F1"])
        ends_well(store, BEFORE, 1)
