"""Several processes accept into one home at the same time."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from dripline.store import Store
from tests.unit.handed_over import BANK, JUNE, OTHER, note_numbers

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[str]


@contextmanager
def starting(store: Store, sender: str, tags: list[str]) -> Iterator[Process]:
    """A process that waits for a line before it accepts."""
    command = [sys.executable, "-m", "tests.unit.accepting_at_once", str(store.home.path), sender]
    with subprocess.Popen(
        [*command, *tags], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@contextmanager
def accepting(store: Store, work: list[tuple[str, list[str]]]) -> Iterator[list[Process]]:
    """All the processes let go at the same time."""
    with ExitStack() as stack:
        processes = [stack.enter_context(starting(store, *each)) for each in work]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        yield processes


def answers(processes: list[Process]) -> list[tuple[int, str]]:
    """What each process printed for each tag."""
    found = []
    for process in processes:
        out, _ = process.communicate()
        assert process.returncode == 0
        found += [(int(line.split()[0]), line.split()[1]) for line in out.splitlines()]
    return found


def is_whole(store: Store) -> bool:
    """The two tables of each reporter come from one delivery."""
    snapshot = store.at(None)
    loans, flows = snapshot.held("CLDWDK", JUNE), snapshot.held("DWDKFS", JUNE)
    return {s: each.version for s, each in loans.items()} == {
        s: each.version for s, each in flows.items()
    }


def test_the_same_bytes_from_three_processes_are_accepted_once(tmp_path):
    store = Store.create(tmp_path / "home")
    with accepting(store, [(BANK, ["same"])] * 3) as processes:
        found = answers(processes)
    assert sorted(found) == [(1, "already"), (1, "already"), (1, "new")]
    assert store.verify().sound
    assert store.verify().leftovers == ()


def test_deliveries_of_one_reporter_and_of_others_at_once_get_numbers_without_gaps(tmp_path):
    store = Store.create(tmp_path / "home")
    work = [(BANK, ["a", "b", "c"]), (BANK, ["d", "e", "f"]), (OTHER, ["g", "h", "i"])]
    with accepting(store, work) as processes:
        while any(process.poll() is None for process in processes):
            assert is_whole(store)
        found = answers(processes)
    assert sorted(found) == [(number, "new") for number in range(1, 10)]
    assert store.at(None).held("CLDWDK", JUNE)[BANK].version == 6
    assert [entry.number for entry in store.at(None).entries()] == list(range(1, 10))
    assert store.verify().sound
    assert store.verify().leftovers == ()


@pytest.mark.long
@pytest.mark.parametrize("round_", range(6))
def test_killed_in_the_crowd(tmp_path, round_):
    store = Store.create(tmp_path / "home")
    tags = [[f"{name}{n}" for n in range(25)] for name in "abcd"]
    senders = (BANK, BANK, OTHER, OTHER)
    with accepting(store, list(zip(senders, tags, strict=True))) as processes:
        for process in processes[::2]:
            assert process.stdout is not None
            for _ in range(round_ + 1):
                process.stdout.readline()
            process.kill()
        while any(process.poll() is None for process in processes):
            assert is_whole(store)
        found = answers(processes[1::2])
    assert len(found) == len({number for number, _ in found}) == 50
    store.sweep(now=next(store.at(None).entries()).received, by="officer")
    assert store.verify().sound
    assert store.verify().leftovers == ()
    assert is_whole(store)
    last = {entry.by for entry in store.at(None).latest(JUNE).values()}
    assert sorted(note_numbers(store, "CLDWDK", JUNE)) == sorted(last)
