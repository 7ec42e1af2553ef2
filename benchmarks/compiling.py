"""What a compile costs, against the floor of reading its columns once and against other ways of doing it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import duckdb

from benchmarks.facts import PERIOD, Facts, resubmitted, write_facts
from benchmarks.measure import Figure, Measured, Steps, in_child, median
from benchmarks.months import Months
from benchmarks.workload import COLUMNS, WORKLOAD
from dripline.definitions import Indicator
from dripline.engines.coded_files import CodedFiles
from dripline.engines.columns import compute_columns
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer_columns
from dripline.indicators import CATALOGUE
from dripline.indicators.breakdowns import BREAKDOWNS, in_use
from dripline.indicators.results import Identity, write_results
from dripline.indicators.versions import all_in_force
from dripline.law import Law
from dripline.periods import Period

REPEATS, SAMPLE = 3, "1"
CURVE = "CPU by rows ({kind}): rows"
KINDS = {
    "first": "from accepted rows, coding included; one run",
    "coded": f"from coded rows, 40 indicators x 12 breakdowns; median of {REPEATS}",
    "again": "one bank has sent its loans again: from its rows to results; one run",
}
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


def compiled(
    data: Facts | Months,
    period: Period,
    home: Path,
    place: str,
    indicators: Mapping[str, Indicator] = WORKLOAD,
) -> Measured:
    """A month compiled from accepted rows or their kept coded form, its cells written."""
    steps, spill, law = Steps(), home / "spill", Law.load()
    spill.mkdir(exist_ok=True)
    files = CodedFiles(home / "coded", data)
    with steps.step("all"), connected(data, law, memory="3GB", spill=spill) as duck:
        cells = list(
            compute_columns(
                indicators.values(),
                in_use(BREAKDOWNS, law.on(period.last_day)),
                period,
                lambda asked: answer_columns(asked, duck, files),
            )
        )
        write_results(home / place, replace(IDENTITY, period=str(period)), cells)
    return steps.done(cells=sum(len(each.numerator) for each in cells))


def first(folder: str) -> Measured:
    """A child: the first compile, from accepted rows; coding included."""
    shutil.rmtree(Path(folder) / "coded", ignore_errors=True)
    return compiled(Facts(Path(folder)), PERIOD, Path(folder), "results")


def ours(folder: str) -> Measured:
    """A child: compiled from the coded rows, every sum and count anew."""
    shutil.rmtree(Path(folder) / "coded" / "answers", ignore_errors=True)
    return compiled(Facts(Path(folder)), PERIOD, Path(folder), "results")


def catalogue(folder: str) -> Measured:
    """A child: the program's whole catalogue by all its breakdowns, from accepted rows; only loans have rows."""
    meant = all_in_force(CATALOGUE, PERIOD.last_day)
    found = compiled(Facts(Path(folder)), PERIOD, Path(folder), "results-catalogue", meant)
    return found | {"indicators": len(meant)}


def again(folder: str) -> Measured:
    """A child: compiled after the bank of median size has sent its loans again; coding included."""
    ours(folder)
    data = resubmitted(Facts(Path(folder)))
    return compiled(data, PERIOD, Path(folder), "results-again")


def figures(home: Path, rows: int, *, alone: bool = True) -> Iterator[Figure]:
    """CPU of our compile as a multiple of the floor, and (``alone``) that of others beside it."""
    folder = str(home / "data" / f"facts-{rows}")
    in_child("facts", folder, str(rows))
    name = f"compile.{rows // 1000}k"
    low = median(in_child("floor", folder)["all.cpu"] for _ in range(REPEATS))
    yield Figure(f"{name}.floor.cpu", low, "CPU s", f"median of {REPEATS}: each needed column once")
    runs = {
        "first": [in_child("first", folder)],
        "coded": [in_child("ours", folder) for _ in range(REPEATS)],
        "again": [in_child("again", folder)],
    }
    for kind, what in KINDS.items():
        used = median(run["all.cpu"] for run in runs[kind])
        curve = CURVE.format(kind=kind)
        yield Figure(f"{name}.{kind}.cpu", used, "CPU s", what, curve=curve, at=rows)
        per_million = f"{CURVE.format(kind=kind)}, for a million of them"
        each = 1e6 * used / rows
        yield Figure(f"{name}.{kind}.per_million", each, "CPU s", "", curve=per_million, at=rows)
        yield Figure(f"{name}.{kind}.wall", median(run["all.wall"] for run in runs[kind]), "s")
        peak = max(run["peak"] for run in runs[kind]) / 1e9
        yield Figure(f"{name}.{kind}.peak", peak, "GB", "", "< 4")
    used = median(run["all.cpu"] for run in runs["coded"])
    whole, part = (runs[kind][0]["all.cpu"] for kind in ("first", "again"))
    cells = f"{runs['coded'][0]['cells']:,} cells written; CPU / floor's CPU"
    yield Figure(f"{name}.coded.times_floor", used / low, "x", cells, "< 16")
    yield Figure(f"{name}.first.times_floor", whole / low, "x", "coding included")
    yield Figure(f"{name}.again.share", part / whole, "of first", "one bank of 170", "< 0.2")
    every = in_child("catalogue", folder)
    what = (
        f"all {every['indicators']} indicators, {every['cells']:,} cells, coding included; one run"
    )
    yield Figure(f"{name}.catalogue.cpu", every["all.cpu"], "CPU s", what)
    yield Figure(f"{name}.catalogue.peak", every["peak"] / 1e9, "GB", "", "< 4")
    yield Figure(f"{name}.load", runs["again"][-1]["load"], "load", "1 minute, at the end")
    if alone:
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
