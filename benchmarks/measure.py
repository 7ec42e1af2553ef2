"""Measuring: each bench in a process of its own, its figures as a table and as JSON lines."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

Measured = dict[str, Any]
"""What a child says of itself: seconds and CPU by step, peak memory, and counts of its own."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it is, its unit, what it is measured against, and what is wished for.

    ``curve`` names the curve of which it is a point, ``at`` where along it: rows, or the number of a month.
    """

    name: str
    value: float
    unit: str
    baseline: str = ""
    goal: str = ""
    curve: str = ""
    at: float = 0


def cpu() -> float:
    """CPU seconds of this process, user and system, all threads."""
    times = os.times()
    return times.user + times.system


def peak_bytes() -> int:
    """The most memory this process ever held; ru_maxrss alone would count the parent's before exec."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


class Steps:
    """Wall and CPU seconds of the named steps of one process."""

    def __init__(self) -> None:
        self.found: Measured = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        wall, used = time.perf_counter(), cpu()
        yield
        self.found[f"{name}.wall"] = time.perf_counter() - wall
        self.found[f"{name}.cpu"] = cpu() - used

    def done(self, **more: Any) -> Measured:
        """Everything, with the peak of memory and the machine's load."""
        return {**self.found, **more, "peak": peak_bytes(), "load": os.getloadavg()[0]}


def in_child(bench: str, *arguments: str) -> Measured:
    """Runs one bench of ``CHILDREN`` in a fresh process and reads what it says of itself."""
    command = [sys.executable, "-m", "benchmarks", "--child", bench, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def as_child(run: Callable[..., Measured], arguments: Iterable[str]) -> None:
    """The child's side: run and say it in one line."""
    print(json.dumps(run(*arguments)))


def median(values: Iterable[float]) -> float:
    """The middle one."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def show(figures: Iterable[Figure]) -> None:
    """The table a person reads, and each curve as bars."""
    figures = list(figures)
    table = Table("figure", "value", "unit", "baseline", "goal", title="dripline bench")
    table.columns[1].justify = "right"
    for one in figures:
        table.add_row(
            one.name,
            f"{one.value:,.3g}" if one.value < 1000 else f"{one.value:,.0f}",
            one.unit,
            one.baseline,
            one.goal,
        )
    console = Console(width=140)
    console.print(table)
    for name in dict.fromkeys(one.curve for one in figures if one.curve):
        console.print(drawn(name, [one for one in figures if one.curve == name]))


BAR = 60
"""Characters of the longest bar."""


def drawn(name: str, points: Sequence[Figure]) -> Table:
    """A curve as bars from zero: a straight line of bars is growth in step with what is counted along it."""
    unit, most = points[0].unit, max(one.value for one in points)
    table = Table(name, unit, "", title_justify="left")
    for column in table.columns[:2]:
        column.justify = "right"
    for one in sorted(points, key=lambda point: point.at):
        bar = "█" * max(1, round(BAR * one.value / most))
        table.add_row(f"{one.at:,.0f}", f"{one.value:,.3g}", bar)
    return table


def keep(figures: Iterable[Figure], path: Path, **about: Any) -> None:
    """The same figures as JSON lines, each with the day, the machine's cores and its load."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for one in figures:
            file.write(json.dumps({**asdict(one), **about}, ensure_ascii=False) + "\n")
