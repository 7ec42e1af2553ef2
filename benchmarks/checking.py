"""How many rows a second are checked: from packages to findings, all rules, uniqueness included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import Figure, Measured, Steps, in_child
from benchmarks.packages import write_delivery
from dripline.intake.checking import check_hand_over
from dripline.intake.receiving import receive
from dripline.law import Law

ON = date(2025, 7, 10)


def quiet(step: str, done: int, total: int) -> None:
    """Nobody watches the progress of a bench."""


def generate(folder: str, rows: str) -> Measured:
    """A child: writes the packages."""
    steps = Steps()
    with steps.step("all"):
        write_delivery(Path(folder), int(rows))
    return steps.done()


def check(folder: str, rows: str) -> Measured:
    """A child: what ``dripline check`` does with a folder of packages, step by step."""
    steps, law = Steps(), Law.load()
    delivery = Path(folder)
    with TemporaryDirectory(dir=delivery.parent) as work, steps.step("all"):
        with steps.step("read"):
            handed = receive([delivery], Path(work), law=law, on=ON, province="41", progress=quiet)
        with steps.step("rules"):
            report = check_hand_over(handed, None, (), Path(work), law=law, progress=quiet)
        staged = sum(file.stat().st_size for file in Path(work).rglob("*") if file.is_file())
    rules = [t for t in report.tallies if t.not_run is None and t.table == "CLDWDK"]
    broken = sum(t.broken for t in report.tallies)
    all_rows = sum(one.rows for one in handed.tables)
    if not report.stands or broken:
        raise SystemExit(f"the bench's own packages break rules: {broken}")
    return steps.done(rows=all_rows, rules=len(rules), staged=staged)


def figures(home: Path, rows: int) -> Iterator[Figure]:
    """Rows a second and peak memory for a delivery of so many loan notes and the rows of its other tables."""
    folder = home / "data" / f"delivery-{rows}"
    in_child("generate", str(folder), str(rows))
    found = in_child("check", str(folder), str(rows))
    name = f"check.{rows // 1000}k"
    wall, used = found["all.wall"], found["all.cpu"]
    every = found["rows"]
    baseline = f"{every:,} rows of all tables; {found['rules']} rules of CLDWDK run"
    yield Figure(f"{name}.rows_a_second", every / wall, "rows/s", baseline, ">= 300,000 on 2 cores")
    notes = f"{rows:,} rows of CLDWDK alone, though its other tables are checked too"
    yield Figure(f"{name}.notes_a_second", rows / wall, "rows/s", notes)
    yield Figure(
        f"{name}.rows_a_second_of_cpu", 2 * every / used, "rows/s", "2 x rows / CPU seconds"
    )
    for step in ("read", "rules"):
        yield Figure(f"{name}.{step}.wall", found[f"{step}.wall"], "s")
        yield Figure(f"{name}.{step}.cpu", found[f"{step}.cpu"], "CPU s")
    yield Figure(f"{name}.peak", found["peak"] / 1e9, "GB", "", "< 1.5")
    yield Figure(f"{name}.load", found["load"], "load", "1 minute, at the end")
