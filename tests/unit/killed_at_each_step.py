"""Run as a program: one process after another does the same work and is killed one file operation later each time.

``python -m tests.unit.killed_at_each_step FOLDER SCENE`` leaves a home ``000``, ``001``, … for each operation, and a
last one whose process lived to the end.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from dripline.store import Store
from tests.unit.handed_over import BANK, JUNE, delivery, noon, notes

OPERATIONS = frozenset({"open", "os.link", "os.mkdir", "os.remove", "os.chmod", "os.rename"})
BEFORE = {"CLDWDK": notes("A1"), "DWDKFS": notes("F1")}
AFTER = {"CLDWDK": notes("A2"), "DWDKFS": notes("F2")}


def killed_before(operation: int, home: Path) -> Callable[[str, tuple[object, ...]], None]:
    """Kills this process just before its n-th operation on a file of the home."""
    done = 0

    def hear(event: str, about: tuple[object, ...]) -> None:
        nonlocal done
        if event in OPERATIONS and str(home) in str(about[0]):
            if done == operation:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

    return hear


def take(store: Store, tables: dict[str, list[dict[str, object]]]) -> None:
    """Accepts both tables together."""
    given = delivery(store, tables)
    store.accept(given, now=noon("2025-07-08"), by="officer", recheck=None)


def leave_rows_behind(store: Store) -> None:
    """Rows that no entry names."""
    for name in ("v7-dead.parquet", "v8-dead.parquet"):
        (store.home.facts / "CLDWDK" / str(JUNE) / BANK / name).write_bytes(b"half")


def work(scene: str, home: Path, operation: int) -> None:
    """The scene up to its fatal operation."""
    hear = killed_before(operation, home)
    if scene == "first":
        sys.addaudithook(hear)
        take(Store.create(home), BEFORE)
        return
    store = Store.create(home)
    take(store, BEFORE)
    if scene == "second":
        given = delivery(store, AFTER)
        sys.addaudithook(hear)
        store.accept(given, now=noon("2025-07-08"), by="officer", recheck=None)
    else:
        leave_rows_behind(store)
        sys.addaudithook(hear)
        store.sweep(now=noon("2025-07-09"), by="officer")


def main(folder: Path, scene: str) -> None:
    """One child for each operation, until one lives."""
    operation = 0
    while True:
        child = os.fork()
        if child == 0:
            try:
                work(scene, folder / f"{operation:03d}", operation)
            except BaseException as error:  # noqa: BLE001  (a child must not go on as its parent)
                print(repr(error), file=sys.stderr)
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))
        operation += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
