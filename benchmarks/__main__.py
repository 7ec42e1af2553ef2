"""`make bench`: measures speed, prints a table, and keeps the figures under the data home."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import asking, checking, compiling, months, rivals, site_world, visiting
from benchmarks.measure import Figure, as_child, keep, show

CHILDREN = {
    "generate": checking.generate,
    "check": checking.check,
    "facts": compiling.make,
    "floor": compiling.floor,
    "first": compiling.first,
    "ours": compiling.ours,
    "again": compiling.again,
    "catalogue": compiling.catalogue,
    "make_months": months.make,
    "all_months": months.all_months,
    "make_asked": asking.make,
    "ask": asking.ask,
    "look_at_site": site_world.look,
    "make_site": site_world.make,
    "visit_site": visiting.visit,
    "per_cell": rivals.one_query_per_cell,
    "pandas": rivals.with_pandas,
    "polars": rivals.with_polars,
}
BENCHES, LARGE = ("check", "compile", "months", "ask", "site"), 10_000_000
LARGEST = 20_000_000


def options() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--bench", action="append", choices=BENCHES, help="only this one")
    parser.add_argument("--rows", type=int, default=2_000_000, help="loan notes of a bench")
    parser.add_argument(
        "--large", action="store_true", help="check ten million rows and compile twenty million too"
    )
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args()


def figures(bench: str, home: Path, asked: argparse.Namespace) -> Iterator[Figure]:
    """The figures of one bench."""
    if bench == "check":
        yield from checking.figures(home, asked.rows)
        if asked.large:
            yield from checking.figures(home, LARGE)
    elif bench == "compile":
        yield from compiling.figures(home, asked.rows // 10, alone=False)
        yield from compiling.figures(home, asked.rows * 3 // 10, alone=False)
        yield from compiling.figures(home, asked.rows)
        if asked.large:
            yield from compiling.figures(home, LARGEST, alone=False)
    elif bench == "months":
        yield from months.figures(home, asked.rows)
    elif bench == "ask":
        yield from asking.figures(home, asked.rows // 10)
    else:
        yield from visiting.figures(home, asked.rows // 10)


def main() -> None:
    asked = options()
    if asked.child:
        as_child(CHILDREN[asked.child[0]], asked.child[1:])
        return
    home = Path(os.environ.get("DRIPLINE_HOME", "var")) / "bench"
    found = []
    for bench in asked.bench or BENCHES:
        found += figures(bench, home, asked)
    show(found)
    now = datetime.now(UTC)
    about = {"at": now.isoformat(timespec="seconds"), "cores": os.cpu_count()}
    keep(found, home / "figures.jsonl", python=platform.python_version(), **about)


if __name__ == "__main__":
    main()
