"""Distinct counts of a scan: each key once for each cell, with the filters that its rows meet.

Keys are deduplicated for the largest sets of dimensions first, and for the smaller ones from there. A distinct count is
additive over keys, so this is done for a range of keys at a time: their cells stay in the processor's memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyarrow as pa
from sqlglot import exp

from dripline import nodes as n
from dripline.engines.duck_coded import SIGNATURE, CodedBase
from dripline.engines.duck_words import Words, bit_or, counts
from dripline.engines.planner import Dimensions, by_dimensions, parents
from dripline.engines.sql_words import Expression, column, literal

KEYS_AT_ONCE = 400_000


class DistinctCounts:
    """The distinct counts of one key over the rows of a scan, or over some of them."""

    def __init__(self, coded: CodedBase, keys: tuple[n.Value, ...], rows: str) -> None:
        self.coded, self.rows, self.key = coded, rows, coded.ids[keys]
        self.requests = coded.base.distinct[keys]
        self.groups = by_dimensions(self.requests)
        self.words = Words.of(self.requests, coded)

    def counted(self) -> dict[Dimensions, pa.Table]:
        """For each set of dimensions the counts by cell and filter."""
        self.coded.make(self.words.of_signatures(self.coded), "bits")
        for first, last in self._ranges():
            self._range(first, last)
        self.coded.drop("bits")
        found: dict[Dimensions, pa.Table] = {}
        for number, (dimensions, some) in enumerate(self.groups.items()):
            alike = f"alike{number}"
            self.coded.make(self.words.apart(self.coded, some, alike), "apart")
            found[dimensions] = self.coded.by_filter(self._counts(dimensions, alike))
            self.coded.drop("apart", alike)
        return found

    def _ranges(self) -> Iterator[tuple[int, int]]:
        """Ranges of keys: all that there are, at least one."""
        edges = [exp.func(name, column(self.key)) for name in ("MIN", "MAX")]
        query = exp.select(*edges).from_(self.coded.table(self.rows).as_("t"))
        low, high = (edge or 0 for edge in self.coded.rows(query)[0])
        for first in range(low, high + 1, KEYS_AT_ONCE):
            yield first, min(first + KEYS_AT_ONCE - 1, high)

    def _range(self, first: int, last: int) -> None:
        """Adds to the tables ``alike`` what some keys come to."""
        inside = exp.Between(this=column(self.key), low=literal(first), high=literal(last))
        tables: dict[Dimensions, str] = {}
        for number, parent in enumerate(parents(self.groups)):
            tables[parent] = f"dedup{number}"
            self.coded.make(self._deduplicated(parent).where(inside, copy=False), tables[parent])
        sizes = {parent: self.coded.count(name) for parent, name in tables.items()}
        for number, dimensions in enumerate(self.groups):
            parent = min((p for p in tables if set(dimensions) <= set(p)), key=sizes.__getitem__)
            self.coded.add(self._alike(tables[parent], parent, dimensions), f"alike{number}")
        self.coded.drop(*tables.values())

    def _deduplicated(self, parent: Dimensions) -> exp.Select:
        """Each key once for each cell, with the filters its rows meet."""
        cell = self.coded.cell(parent)
        ors = self._ors("m")
        on = exp.EQ(this=column(SIGNATURE), expression=column(SIGNATURE, "m"))
        query = exp.select(exp.alias_(column(self.key), "id"), *cell, *ors, copy=False)
        query = query.from_(self.coded.table(self.rows).as_("t"), copy=False)
        query = query.join(self.coded.table("bits").as_("m"), on=on, copy=False)
        return query.group_by(column(self.key), *(c.copy() for c in cell), copy=False)

    def _ors(self, table: str) -> Sequence[Expression]:
        return [exp.alias_(bit_or(column(w, table)), w) for w in self.words.names]

    def _alike(self, table: str, parent: Dimensions, dimensions: Dimensions) -> exp.Select:
        """How many keys of each cell meet the same filters: there are few such groups."""
        source: Expression = self.coded.table(table).as_("t")
        if dimensions != parent:
            cell = self.coded.cell(dimensions)
            child = exp.select(column("id"), *cell, *self._ors("t"), copy=False)
            child = child.from_(source, copy=False)
            child = child.group_by(column("id"), *(c.copy() for c in cell), copy=False)
            source = child.subquery("t", copy=False)
        known = exp.GT(this=column("id"), expression=literal(0))
        by = [*self.coded.cell(dimensions), *map(column, self.words.names)]
        rows = exp.alias_(exp.Count(this=exp.Star()), "n")
        query = exp.select(*by, exp.alias_(known, "known"), rows, copy=False)
        query = query.from_(source, copy=False)
        return query.group_by(*(b.copy() for b in by), known.copy(), copy=False)

    def _counts(self, dimensions: Dimensions, alike: str) -> exp.Select:
        """Keys that surely meet each filter, and those in doubt: of no known number, or perhaps not meeting it."""
        by = [*self.coded.cell(dimensions), column("f", "m")]
        same = [exp.EQ(this=column(w), expression=column(w, "m")) for w in self.words.names]
        sure = exp.and_(column("known"), column("sure", "m"))
        query = exp.select(*by, *counts(column("n"), sure), copy=False)
        query = query.from_(self.coded.table(alike).as_("t"), copy=False)
        query = query.join(self.coded.table("apart").as_("m"), on=exp.and_(*same), copy=False)
        return query.group_by(*(b.copy() for b in by), copy=False)
