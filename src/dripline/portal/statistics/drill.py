"""From a cell down to its rows, within the scope that was opened for a purpose."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from dripline.indicators.compile import Figures
from dripline.indicators.trace import Trace, TracedRow, traced
from dripline.money import half_up
from dripline.periods import Period
from dripline.portal.statistics.asked import Asked
from dripline.store import Scope

SHOWN = 100
"""Rows on the page; the file has them all."""
HEADS = ("part", "table", "period", "reporter", "line", "key", "adds")


@dataclass(frozen=True, slots=True)
class Drilled:
    """The first rows behind a cell, and the figure they add up to."""

    value: object
    rows: tuple[TracedRow, ...]
    more: bool


def _stream(
    figures: Figures, scope: Scope, asked: Asked, period: Period, keys: tuple[str | None, ...]
) -> Iterator[TracedRow | Trace]:
    where = list(zip(asked.by, keys, strict=True))
    return traced(replace(figures, scope=scope), asked.code, period, where)


def first_rows(
    figures: Figures, scope: Scope, asked: Asked, period: Period, keys: tuple[str | None, ...]
) -> Drilled:
    """What the page shows."""
    stream = _stream(figures, scope, asked, period, keys)
    head = next(stream)
    assert isinstance(head, Trace)
    exact = head.exact
    value = (
        None
        if exact.denominator == 0
        else half_up(exact.numerator, exact.denominator, head.indicator.decimals)
    )
    rows = tuple(row for row in islice(stream, SHOWN + 1) if isinstance(row, TracedRow))
    return Drilled(value, rows[:SHOWN], len(rows) > SHOWN)


class _Line:
    """What a csv writer writes to: the line itself."""

    def write(self, text: str) -> str:
        """The line."""
        return text


def as_csv(
    figures: Figures, scope: Scope, asked: Asked, period: Period, keys: tuple[str | None, ...]
) -> Iterator[str]:
    """Every row, a line each; numbers as they stand, no text becomes a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEADS)
    for row in _stream(figures, scope, asked, period, keys):
        if isinstance(row, TracedRow):
            key = "|".join(part or "" for part in row.key)
            safe = f"'{key}" if key.startswith(("=", "+", "@", "-", "\t")) else key
            adds = "" if row.adds is None else str(row.adds)
            yield writer.writerow(
                (row.part, row.table, row.period, row.reporter, row.row, safe, adds)
            )
