"""Several months compiled two at a time: while one writes its cells, the other counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, TypeVar

from dripline.indicators.compile import Figures
from dripline.periods import Period

SIDE_BY_SIDE: Final = 2
"""Months at once. A month alone leaves a quarter of two cores idle (docs/benchmarks.md); each may use the memory of one."""
Result = TypeVar("Result")


def each_of(
    periods: Sequence[Period], compile_one: Callable[[Period], Result]
) -> Iterator[tuple[Period, Result]]:
    """What comes of each period, in their order; the first error ends it, and what was compiled before is kept."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as threads:
        yield from zip(periods, threads.map(compile_one, periods), strict=True)


def compile_months(figures: Figures, periods: Sequence[Period]) -> Iterator[tuple[Period, Path]]:
    """The results of each period; a period whose results are kept is not computed again, so it can be taken up again."""
    return each_of(periods, figures.compile)
