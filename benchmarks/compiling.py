"""What a compile costs, against the floor of reading its columns once and against other ways of doing it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.facts import PERIOD, Facts, write_facts
from benchmarks.measure import Measured, Steps
from benchmarks.workload import COLUMNS, WORKLOAD
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer
from dripline.engines.fold import compute
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.indicators.results import Identity, write_results
from dripline.law import Law

IDENTITY = Identity(str(PERIOD), "bench", "bench", "bench", "bench", "bench")


def make(folder: str, rows: str) -> Measured:
    """A child: writes the facts."""
    steps = Steps()
    with steps.step("all"):
        write_facts(Path(folder), int(rows))
    return steps.done()


def floor(folder: str) -> Measured:
    """A child: one scan that sums each needed number, and the length of each needed text."""
    steps, rows = Steps(), Facts(Path(folder)).rows("CLDWDK", PERIOD)
    assert rows is not None
    with duckdb.connect(":memory:") as connection:
        relation = connection.read_parquet(list(rows.files))
        kinds = dict(zip(relation.columns, map(str, relation.types), strict=True))
        parts = []
        for name in COLUMNS:
            kind = kinds[name]
            value = f"strlen({name})" if kind == "VARCHAR" else name
            parts.append(f"max({name})" if kind == "DATE" else f"sum({value})")
        with steps.step("all"):
            relation.aggregate(", ".join(parts)).fetchall()
    return steps.done()


def ours(folder: str) -> Measured:
    """A child: the workload compiled and its cells written, as ``dripline compile`` does."""
    steps, home = Steps(), Path(folder)
    spill = home / "spill"
    spill.mkdir(exist_ok=True)
    with steps.step("all"), connected(Facts(home), Law.load(), memory="3GB", spill=spill) as duck:
        with steps.step("answer"):
            cells = list(
                compute(WORKLOAD.values(), BREAKDOWNS, PERIOD, lambda asked: answer(asked, duck))
            )
        with steps.step("write"):
            write_results(home / "results", IDENTITY, cells)
    return steps.done(cells=len(cells))
