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
from dripline.portal.language import said
from dripline.portal.statistics.asked import Asked
from dripline.store import Scope
from dripline.words import Text

SHOWN = 100
"""Rows on the page; the file has them all."""
MORE_ROWS = Text(
    zh="行数超过上限，其余未列", en="more rows than a file may hold; the rest is left out"
)
HEADS = ("part", "table", "period", "reporter", "line", "key", "adds")


@dataclass(frozen=True, slots=True)
class Drilled:
    """A page of the rows behind a cell, whether there is another, and the figure that all of them add up to."""

    value: object
    rows: tuple[TracedRow, ...]
    more: bool
    page: int = 1


def _stream(
    figures: Figures, scope: Scope, asked: Asked, period: Period, keys: tuple[str | None, ...]
) -> Iterator[TracedRow | Trace]:
    where = list(zip(asked.by, keys, strict=True))
    return traced(replace(figures, scope=scope), asked.code, period, where)


def first_rows(
    figures: Figures,
    scope: Scope,
    asked: Asked,
    period: Period,
    keys: tuple[str | None, ...],
    page: int = 1,
) -> Drilled:
    """One page of the rows, the first being 1."""
    stream = _stream(figures, scope, asked, period, keys)
    head = next(stream)
    assert isinstance(head, Trace)
    exact = head.exact
    value = (
        None
        if exact.denominator == 0
        else half_up(exact.numerator, exact.denominator, head.indicator.decimals)
    )
    begin = SHOWN * (page - 1)
    some = islice(stream, begin, begin + SHOWN + 1)
    rows = tuple(row for row in some if isinstance(row, TracedRow))
    return Drilled(value, rows[:SHOWN], len(rows) > SHOWN, page)


class _Line:
    """What a csv writer writes to: the line itself."""

    def write(self, text: str) -> str:
        """The line."""
        return text


def as_csv(
    figures: Figures,
    scope: Scope,
    asked: Asked,
    period: Period,
    keys: tuple[str | None, ...],
    bound: int,
) -> Iterator[str]:
    """Rows up to the bound, a line each, and a last line if there are more; no text becomes a formula."""
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow(HEADS)
    stream = _stream(figures, scope, asked, period, keys)
    rows = (row for row in stream if isinstance(row, TracedRow))
    for place, row in enumerate(rows):
        if place == bound:
            yield writer.writerow([said(MORE_ROWS)])
            return
        key = "|".join(part or "" for part in row.key)
        safe = f"'{key}" if key.startswith(("=", "+", "@", "-", "\t")) else key
        adds = "" if row.adds is None else str(row.adds)
        yield writer.writerow((row.part, row.table, row.period, row.reporter, row.row, safe, adds))
