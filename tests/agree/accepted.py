"""A tiny synthetic province, written once and accepted once, for tests that look at figures."""

from __future__ import annotations

import fcntl
import os
import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.intake.acceptance import Acceptor, read_explanations
from dripline.intake.receiving import receive
from dripline.law import Law
from dripline.periods import Period
from dripline.province import write_province
from dripline.store import Scope, Store

FIRST, LAST = Period.parse("2025-03"), Period.parse("2025-06")
NOW = datetime(2026, 7, 10, 1, 0, tzinfo=UTC)


def quiet(step: str, done: int, total: int) -> None:
    """Nobody watches a test's progress."""


def shared() -> Path:
    """The folder that the processes of one run of the tests have in common; a run without others has its own."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"alone-{os.getpid()}"
    folder = Path(gettempdir()) / f"dripline-tests-{os.getuid()}-{run}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


@cache
def made() -> Path:
    """The province and its accepted, compiled store; whichever process comes first makes them, the others wait."""
    folder = shared()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "whole").exists():
            write_province(folder / "province", scale="tiny", seed=3, first=FIRST, last=LAST)
            of_home(accept_all(folder)).compile(LAST)
            (folder / "whole").touch()
    return folder


@cache
def province() -> Path:
    """The folder of the province; one for all tests of a process, which may change it."""
    out = Path(mkdtemp(prefix="dripline-province-")) / "province"
    shutil.copytree(made() / "province", out)
    return out


@cache
def figures() -> Figures:
    """Its figures: everything accepted, the late and the explained package too."""
    home = province().parent / "home"
    shutil.copytree(made() / "home", home)
    return of_home(home)


def of_home(home: Path) -> Figures:
    """The figures of a home over all rows."""
    scope = Scope.all_rows(purpose="statistics")
    return Figures(Store.open(home), Law.load(), Catalogue(CATALOGUE, BREAKDOWNS), scope)


def accept_all(folder: Path) -> Path:
    """Everything accepted into a new home beside the province."""
    store, packages = Store.create(folder / "home"), folder / "province"
    explanations = tuple(
        each for path in packages.glob("explained/**/*.csv") for each in read_explanations(path)
    )
    with store.home.staging() as work:
        handed = receive(
            [packages], work, law=Law.load(), on=date(2026, 7, 10), province="41", progress=quiet
        )
        acceptance = Acceptor(store, explanations, work, Law.load(), NOW, "test", quiet).accept(
            handed
        )
    assert acceptance.stands, [str(one.reason) for one in acceptance.deliveries if one.reason]
    return store.home.path
