"""What a compile costs, against the floor of reading its columns once and against other ways of doing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from benchmarks.facts import PERIOD, Facts, write_facts
from benchmarks.measure import Figure, Measured, Steps, in_child, median
from benchmarks.workload import COLUMNS, WORKLOAD
from dripline.engines.columns import compute_columns
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer_columns
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.indicators.results import Identity, write_results
from dripline.law import Law

REPEATS, SAMPLE = 3, "1"
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
                compute_columns(
                    WORKLOAD.values(),
                    BREAKDOWNS,
                    PERIOD,
                    lambda asked: answer_columns(asked, duck),
                )
            )
        with steps.step("write"):
            write_results(home / "results", IDENTITY, cells)
    return steps.done(cells=sum(len(each.numerator) for each in cells))


def figures(home: Path, rows: int) -> Iterator[Figure]:
    """CPU of our compile as a multiple of the floor, and that of others beside it."""
    folder = str(home / "data" / f"facts-{rows}")
    in_child("facts", folder, str(rows))
    name = f"compile.{rows // 1000}k"
    scans = [in_child("floor", folder)["all.cpu"] for _ in range(REPEATS)]
    low = median(scans)
    yield Figure(f"{name}.floor.cpu", low, "CPU s", f"median of {REPEATS}: each needed column once")
    runs = [in_child("ours", folder) for _ in range(REPEATS)]
    used, cells = median(run["all.cpu"] for run in runs), runs[0]["cells"]
    what = f"40 indicators x 12 breakdowns, {cells:,} cells written; median of {REPEATS}"
    yield Figure(f"{name}.cpu", used, "CPU s", what)
    yield Figure(f"{name}.times_floor", used / low, "x", "CPU / floor's CPU", "< 16")
    yield Figure(f"{name}.wall", median(run["all.wall"] for run in runs), "s")
    yield Figure(f"{name}.peak", max(run["peak"] for run in runs) / 1e9, "GB", "", "< 4")
    yield Figure(f"{name}.load", runs[-1]["load"], "load", "1 minute, at the end")
    yield from beside(name, folder, used)


def beside(name: str, folder: str, used: float) -> Iterator[Figure]:
    """The other ways, each in one run."""
    naive = in_child("per_cell", folder, SAMPLE)
    drawn = f"estimated from {naive['queries']} of {naive['of']} queries, stratified"
    yield Figure(f"{name}.one_query_per_cell.cpu", naive["estimate"], "CPU s", drawn)
    yield Figure(f"{name}.one_query_per_cell.times", naive["estimate"] / used, "x", "CPU / ours")
    for rival in ("pandas", "polars"):
        found = in_child(rival, folder)
        cells = f"as an analyst writes it, {found['cells']:,} cells, rates in double"
        yield Figure(f"{name}.{rival}.cpu", found["all.cpu"], "CPU s", cells)
        yield Figure(f"{name}.{rival}.times", found["all.cpu"] / used, "x", "CPU / ours")
        yield Figure(f"{name}.{rival}.peak", found["peak"] / 1e9, "GB")
