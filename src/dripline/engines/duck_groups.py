"""The groupings of a plan, run on DuckDB over the coded rows of a scan.

Sums and counts are grouped by the largest sets of dimensions and the signature, then filtered, then added up for the
smaller sets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
from sqlglot import exp

from dripline import nodes as n
from dripline.engines.duck_coded import MEETS, ROWS, SIGNATURE, CodedBase, big
from dripline.engines.duck_distinct import DistinctCounts
from dripline.engines.duck_words import counts
from dripline.engines.fold import Request
from dripline.engines.planner import Dimensions, by_dimensions, parent_of, parents
from dripline.engines.sql_words import Expression, column, is_null, literal, when
from dripline.measures import Sum


@dataclass(frozen=True)
class Grouped:
    """The whole numbers of one scan: for each set of dimensions a table of cells and filters.

    Columns: ``c…`` (numbers of the dimensions' values), ``f`` (filter, in rising order), ``t`` and ``u`` (how many
    surely and perhaps), and for sums ``a…`` (the sum) and ``m…`` (rows whose number is empty).
    """

    sums: Mapping[Dimensions, pa.Table]
    distinct: Mapping[tuple[n.Value, ...], Mapping[Dimensions, pa.Table]]


class Groupings:
    """The groupings over the rows of one scan, or over some of them (``rows`` names the table)."""

    def __init__(self, coded: CodedBase, rows: str = ROWS) -> None:
        self.coded, self.base, self.rows = coded, coded.base, rows
        values = coded.values.values()
        self.gaps = frozenset(v for v in values if coded.any_row(is_null(column(v)), rows))

    def grouped(self) -> Grouped:
        """All of them."""
        return Grouped(self.sums(), {keys: self.distinct(keys) for keys in self.base.distinct})

    def distinct(self, keys: tuple[n.Value, ...]) -> dict[Dimensions, pa.Table]:
        """The distinct counts of a key."""
        return DistinctCounts(self.coded, keys, self.rows).counted()

    # --- sums and counts -------------------------------------------------------------------------

    def sums(self) -> dict[Dimensions, pa.Table]:
        """Sums and counts: grouped by parents and signature, filtered there, and added up from there."""
        groups = by_dimensions(self.base.additive)
        tops = parents(groups)
        found: dict[Dimensions, pa.Table] = {}
        for parent in tops:
            children = {d: some for d, some in groups.items() if parent_of(d, tops) == parent}
            asked = [request for some in children.values() for request in some]
            self.coded.make(self._sums(parent, asked), "sums")
            for dimensions, some in children.items():
                found[dimensions] = self.coded.by_filter(self._added_up(dimensions, some))
            self.coded.drop("sums")
        return found

    def _values(self, requests: Sequence[Request]) -> dict[str, int]:
        """The numbers that are summed, with their scales."""
        atoms = dict.fromkeys(request.atom for request in requests)
        sums = [atom.value for atom in atoms if isinstance(atom, Sum)]
        return {self.coded.values[value]: value.kind.scale for value in sums}

    def _sums(self, parent: Dimensions, requests: Sequence[Request]) -> exp.Select:
        """For each of a parent's cells and filters: rows that meet it, rows in doubt, sums, empty numbers."""
        cell, signature = self.coded.cell(parent), column(SIGNATURE)
        columns = [*cell, signature, exp.alias_(exp.Count(this=exp.Star()), "n")]
        sure, values = column("sure", "m"), self._values(requests)
        wanted: list[Expression] = [*counts(column("n"), sure)]
        for value, scale in values.items():
            columns.append(exp.alias_(exp.Sum(this=column(value)), value))
            total = exp.cast(summed(column(value), sure), f"DECIMAL(38, {scale})")
            wanted.append(exp.alias_(total, f"a{value}"))
            if value in self.gaps:
                missing = exp.Sub(
                    this=exp.Count(this=exp.Star()), expression=exp.Count(this=column(value))
                )
                columns.append(exp.alias_(missing, f"m{value}"))
                wanted.append(exp.alias_(big(summed(column(f"m{value}"), sure)), f"m{value}"))
        rows = exp.select(*columns).from_(self.coded.table(self.rows).as_("t"), copy=False)
        rows = rows.group_by(*(c.copy() for c in cell), signature.copy(), copy=False)
        by = [*(c.copy() for c in cell), column("f", "m")]
        query = exp.select(*by, *wanted, copy=False).from_(
            rows.subquery("t", copy=False), copy=False
        )
        query = query.join(self.coded.table(MEETS).as_("m"), on=self._on(requests), copy=False)
        return query.group_by(*(b.copy() for b in by), copy=False)

    def _on(self, requests: Sequence[Request]) -> Expression:
        """The filters of some requests, by signature."""
        same = exp.EQ(this=column(SIGNATURE), expression=column(SIGNATURE, "m"))
        return exp.and_(same, self._of(requests, "m"), copy=False)

    def _of(self, requests: Sequence[Request], table: str = "t") -> Expression:
        places = sorted({self.coded.filters[request.atom.where] for request in requests})
        return exp.In(this=column("f", table), expressions=[literal(place) for place in places])

    def _added_up(self, dimensions: Dimensions, requests: Sequence[Request]) -> exp.Select:
        """A child's cells from its parent's."""
        names = ["t", "u", *(f"m{v}" for v in self._values(requests) if v in self.gaps)]
        totals = [exp.alias_(big(exp.Sum(this=column(name))), name) for name in names]
        sums = [f"a{value}" for value in self._values(requests)]
        totals += [exp.alias_(exp.Sum(this=column(name)), name) for name in sums]
        by = [*self.coded.cell(dimensions), column("f")]
        query = exp.select(*by, *totals, copy=False)
        query = query.from_(self.coded.table("sums").as_("t"), copy=False)
        return query.where(self._of(requests), copy=False).group_by(
            *(b.copy() for b in by), copy=False
        )


def summed(amount: Expression, where: Expression) -> Expression:
    """The sum over the rows where a condition is true."""
    return exp.Sum(this=when([(where.copy(), amount)]))
