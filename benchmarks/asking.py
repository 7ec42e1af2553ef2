"""How fast a kept figure is found: a cell, a table, and a cell of every month of five years, of 170 institutions."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.compiling import IDENTITY
from benchmarks.facts import BANKS, PERIOD, write_facts
from benchmarks.measure import Figure, Measured, Steps, in_child, median
from benchmarks.rows import bank_codes
from benchmarks.workload import WORKLOAD
from dripline.engines.columns import compute_columns
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer_columns
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.results import result_path, write_results
from dripline.law import Law
from dripline.periods import Period
from dripline.store import Scope, Store
from dripline.store.entries import Entry, TableVersion, digest, written

MONTHS, TIMES = 60, 25
TABLES = ("JRJGFZ", "FTYKHX", "CLDWDK", "DWDKFS", "DBHTXX", "DBWXX", "HDACLKJDK", "HDAKJDKFS")
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def months() -> list[Period]:
    """Five years of months."""
    return [PERIOD.shift(step - MONTHS + 1) for step in range(MONTHS)]


def make(folder: str, rows: str) -> Measured:
    """A child: a data home whose log names every file of five years, and the results of each month.

    The facts themselves are not there: what is measured reads results alone. Each month has the results of one compile.
    """
    steps, home = Steps(), Path(folder)
    if (home / "done").exists():
        return steps.done()
    shutil.rmtree(home, ignore_errors=True)
    store = Store.create(home)
    _log(store)
    figures = _figures(home)
    facts = write_facts(home.with_name(f"facts-{rows}"), int(rows))
    with connected(facts, Law.load(), memory="3GB") as duck:
        cells = list(
            compute_columns(
                WORKLOAD.values(), BREAKDOWNS, PERIOD, lambda r: answer_columns(r, duck)
            )
        )
    for month in months():
        of_month = [replace(each, period=str(month)) for each in cells]
        write_results(figures.folder, figures.identity(month), of_month)
    (home / "done").touch()
    return steps.done()


def _log(store: Store) -> None:
    """An entry for each bank and month, written without the store's care: nobody reads what it names."""
    store.home.log.mkdir(exist_ok=True)
    number, previous = 0, ""
    for month in months():
        for bank in bank_codes(BANKS).to_pylist():
            number += 1
            entry = _entry(number, previous, bank, month)
            content = written(entry)
            (store.home.log / f"{number:08d}.json").write_bytes(content)
            previous = digest(content)
    store.at(None)


def _entry(number: int, previous: str, bank: str, month: Period) -> Entry:
    versions = tuple(
        TableVersion(
            table=table,
            version=1,
            file=f"facts/{table}/{month}/{bank}/v1.parquet",
            sha256="0" * 64,
            package_sha256=digest(f"{table} {month} {bank}".encode()),
            rows=1000,
        )
        for table in TABLES
    )
    return Entry(
        number=number,
        previous=previous,
        reporter=bank,
        period=month,
        tables=versions,
        outcomes=(),
        explanations=(),
        received=NOW,
        accepted_on=date(2026, 7, 1),
        by="bench",
        program=IDENTITY.program,
        lawbook=IDENTITY.lawbook,
    )


def _figures(home: Path) -> Figures:
    scope = Scope.all_rows(purpose="statistics")
    return Figures(Store.open(home), Law.load(), Catalogue(WORKLOAD, BREAKDOWNS), scope)


def ask(folder: str) -> Measured:
    """A child: each question many times, by a process that has the catalogue and looks at the store anew each time."""
    home, steps = Path(folder), Steps()
    kept = _figures(home)
    bank = str(bank_codes(BANKS).to_pylist()[3])
    assert result_path(kept.folder, kept.identity(PERIOD)).exists()

    def cell() -> int:
        return len(anew().query("rate-all", PERIOD))

    def table() -> int:
        return len(anew().query("balance-all", PERIOD, ("institution", "product")))

    def series() -> int:
        asked = anew()
        return sum(
            len(asked.query("balance-all", month, ("institution",), keys=(bank,)))
            for month in months()
        )

    def anew() -> Figures:
        return replace(kept)

    with steps.step("first"):
        series()
    return steps.done(
        cell=_median(cell, 1), table=_median(table, 100), series=_median(series, MONTHS)
    )


def _median(question: Callable[[], int], least: int) -> float:
    """Milliseconds of one question, which must bring at least so many cells."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        cells = question()
        taken.append(1000 * (time.perf_counter() - start))
        assert cells >= least
    return median(taken)


def figures(home: Path, rows: int) -> Iterator[Figure]:
    """Milliseconds of each question."""
    folder, name = str(home / "data" / f"asked-{rows}"), "ask"
    in_child("make_asked", folder, str(rows))
    found = in_child("ask", folder)
    what = f"median of {TIMES}; {MONTHS} months x {BANKS} institutions x {len(TABLES)} tables in the log"
    yield Figure(f"{name}.cell.ms", found["cell"], "ms", what, "< 50")
    yield Figure(f"{name}.table.ms", found["table"], "ms", "institution x product", "< 50")
    yield Figure(f"{name}.series.ms", found["series"], "ms", f"one cell of {MONTHS} months", "< 50")
    yield Figure(f"{name}.first.ms", 1000 * found["first.wall"], "ms", "the first of a process")
    yield Figure(f"{name}.load", found["load"], "load", "1 minute, at the end")
