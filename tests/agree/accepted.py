"""A tiny synthetic province, written once and accepted once, for tests that look at figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

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


@cache
def province() -> Path:
    """The folder of the province; one for all tests of a process."""
    out = Path(mkdtemp(prefix="dripline-province-")) / "province"
    write_province(out, scale="tiny", seed=3, first=FIRST, last=LAST)
    return out


@cache
def figures() -> Figures:
    """Its figures: everything accepted, the late and the explained package too."""
    store = Store.create(province().parent / "home")
    explanations = tuple(
        each for path in province().glob("explained/**/*.csv") for each in read_explanations(path)
    )
    with store.home.staging() as work:
        handed = receive(
            [province()], work, law=Law.load(), on=date(2026, 7, 10), province="41", progress=quiet
        )
        acceptance = Acceptor(store, explanations, work, Law.load(), NOW, "test", quiet).accept(
            handed
        )
    assert acceptance.stands, [str(one.reason) for one in acceptance.deliveries if one.reason]
    scope = Scope.all_rows(purpose="statistics")
    return Figures(store, Law.load(), Catalogue(CATALOGUE, BREAKDOWNS), scope)
