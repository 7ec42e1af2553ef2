"""A package of a million rows is checked and accepted while compiles run: neither is wrong, neither waits for the other."""

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.packages import write_delivery
from dripline.engines.data import Cell
from dripline.indicators.compile import Figures
from dripline.indicators.results import all_results, result_path
from dripline.intake.acceptance import Acceptor
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.store import Store
from tests.agree.accepted import LAST, NOW, figures, quiet

MILLION = 1_000_000


def of_a_copy(folder: Path) -> Figures:
    """The province's figures in a home of their own, with nothing compiled."""
    home = folder / "home"
    shutil.copytree(
        figures().store.home.path, home, ignore=shutil.ignore_patterns("results", "cache")
    )
    return replace(figures(), store=Store.open(home))


def accept_million(store: Store, package: Path) -> bool:
    with store.home.staging() as work:
        handed = receive(
            [package], work, law=Law.load(), on=date(2026, 7, 10), province="41", progress=quiet
        )
        return Acceptor(store, (), work, Law.load(), NOW, "test", quiet).accept(handed).stands


class Compiles(threading.Thread):
    """Compiles the last month in other processes, one after the other, each from nothing, until it is told to end."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self.home, self.done = home, 0
        self.ended, self.running = threading.Event(), threading.Event()

    def run(self) -> None:
        while not self.ended.is_set() or self.done == 0:
            shutil.rmtree(self.home / "cache" / "coded", ignore_errors=True)
            started = "import dripline.cli; dripline.cli.main()"
            command = [sys.executable, "-c", started, "compile", "--period", str(LAST)]
            environment = os.environ | {"DRIPLINE_HOME": str(self.home)}
            self.running.set()
            subprocess.run(command, check=True, env=environment, capture_output=True)
            self.running.clear()
            self.done += 1
            for path in (self.home / "results").glob("*/*.arrow"):
                kept = self.home / "compiled" / path.name
                kept.parent.mkdir(exist_ok=True)
                path.replace(kept)


def counted(figures: Figures) -> list[Cell]:
    """Every cell straight from the rows, nothing kept."""
    meant = figures.catalogue.at(LAST.last_day).indicators
    return sorted(figures.cells(LAST, meant.values()), key=repr)


@pytest.mark.long
def test_a_million_rows_are_accepted_while_compiles_run(tmp_path: Path) -> None:
    package = write_delivery(tmp_path / "package", MILLION)
    before = of_a_copy(tmp_path)
    home, earlier = before.store.home.path, before.identity(LAST)
    compiles = Compiles(home)
    compiles.start()
    compiles.running.wait()
    stands = accept_million(before.store, package)
    one_ran = compiles.running.is_set()
    one_ended = compiles.done > 0
    compiles.ended.set()
    compiles.join()
    assert stands
    assert one_ran or one_ended, "the acceptance and the compile waited for each other"
    after = replace(before)
    assert after.identity(LAST) != earlier
    found = {path.name: path for path in (home / "compiled").iterdir()}
    states = {result_path(each.folder, each.identity(LAST)).name: each for each in (before, after)}
    assert set(found) <= set(states), "a compile saw neither the state before nor the one after"
    for name, path in found.items():
        assert sorted(all_results(path), key=repr) == counted(states[name])
