"""`make bench`: measures speed, prints a table, and keeps the figures under the data home."""

from __future__ import annotations

import argparse
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import checking, compiling, rivals
from benchmarks.measure import as_child, keep, show

CHILDREN = {
    "generate": checking.generate,
    "check": checking.check,
    "facts": compiling.make,
    "floor": compiling.floor,
    "ours": compiling.ours,
    "per_cell": rivals.one_query_per_cell,
    "pandas": rivals.with_pandas,
    "polars": rivals.with_polars,
}
BENCHES, LARGE = ("check", "compile"), 10_000_000


def options() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--bench", action="append", choices=BENCHES, help="only this one")
    parser.add_argument("--rows", type=int, default=2_000_000, help="loan notes of a bench")
    parser.add_argument("--large", action="store_true", help="check ten million rows too")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    asked = options()
    if asked.child:
        as_child(CHILDREN[asked.child[0]], asked.child[1:])
        return
    home = Path(os.environ.get("DRIPLINE_HOME", "var")) / "bench"
    found = []
    for bench in asked.bench or BENCHES:
        if bench == "check":
            sizes = [asked.rows, LARGE] if asked.large else [asked.rows]
            found += [figure for rows in sizes for figure in checking.figures(home, rows)]
        else:
            found += compiling.figures(home, asked.rows)
    show(found)
    now = datetime.now(UTC)
    about = {"at": now.isoformat(timespec="seconds"), "cores": os.cpu_count()}
    keep(found, home / "figures.jsonl", python=platform.python_version(), **about)


if __name__ == "__main__":
    main()
