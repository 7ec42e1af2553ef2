"""Keys counted beyond another measure's: those with a row here that the other does not surely count in the same cell.

The table counted is the smaller one (bills, beside loans), so of the other table only rows of its keys are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlglot import exp

from dripline import nodes as n
from dripline.definitions import Dimension
from dripline.engines.columns import Codes, Column
from dripline.engines.data import INSIDE
from dripline.engines.duck import Duck
from dripline.engines.fold import Moment, Request, atom_table
from dripline.engines.planner import Dimensions, by_dimensions
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, is_null, literal, when
from dripline.measures import CountDistinct, CountFurther
from dripline.periods import Period

NO, PERHAPS, SURELY = 0, 1, 2
Shared = Callable[[Dimension, Sequence[str | None]], Codes]


def count_further(requests: Iterable[Request], duck: Duck, shared: Shared) -> dict[Request, Column]:
    """The column of each request; those over the same two tables and keys share their scans."""
    groups: dict[Together, list[tuple[Request, CountFurther]]] = defaultdict(list)
    for request in requests:
        assert isinstance(request.atom, CountFurther)
        atom, beyond = request.atom, request.atom.beyond
        name = Together(request.moment, request.everywhere, atom.keys, beyond.keys)
        groups[name].append((request, atom))
    found: dict[Request, Column] = {}
    for number, (together, some) in enumerate(groups.items()):
        found |= Further(together, dict(some), duck, f"further_{number}", shared).columns()
    return found


@dataclass(frozen=True, slots=True)
class Together:
    """What requests have in common that are answered from the same rows."""

    moment: Moment
    everywhere: bool
    keys: tuple[n.Value, ...]
    beyond: tuple[n.Value, ...]


@dataclass(slots=True)
class Further:
    """The rows of both tables, each key with how it fares under every filter: the largest of its rows counts."""

    together: Together
    requests: Mapping[Request, CountFurther]
    duck: Duck
    name: str
    shared: Shared

    def columns(self) -> dict[Request, Column]:
        """A column for each request."""
        atoms = tuple(dict.fromkeys(self.requests.values()))
        self._make(self._read(atoms, None), "here")
        beyond = self._read([atom.beyond for atom in atoms], self._keys_here())
        self._make(exp.union(self._marked("here", atoms), beyond, distinct=False), "rows")
        places = {atom: place for place, atom in enumerate(atoms)}
        found: dict[Request, Column] = {}
        for dimensions, some in by_dimensions(self.requests).items():
            found |= self._counted(dimensions, {one: places[self.requests[one]] for one in some})
        for made in ("here", "rows"):
            self.duck.connection.execute(f"DROP TABLE {self.name}_{made}")
        return found

    @property
    def dimensions(self) -> Dimensions:
        """Every dimension asked for."""
        return tuple(dict.fromkeys(d for request in self.requests for d in request.dimensions))

    def _table(self, made: str) -> exp.Table:
        return exp.to_table(f"{self.name}_{made}")

    def _make(self, query: exp.Query, made: str) -> None:
        created = exp.Create(this=self._table(made), kind="TABLE", expression=query)
        self.duck.connection.execute(created.sql(dialect="duckdb"))

    def _key_names(self) -> list[str]:
        return [f"k{place}" for place in range(len(self.together.keys))]

    def _names(self) -> list[str]:
        return [*(f"d{place}" for place in range(len(self.dimensions))), *self._key_names()]

    def _keys_here(self) -> exp.Select:
        return exp.select(*map(column, self._key_names())).from_(self._table("here").as_("t"))

    def _read(self, atoms: Sequence[CountDistinct], only: exp.Select | None) -> exp.Query:
        """Cell, key and answers ``f…`` of each row; with ``only`` those of the table beyond, as answers ``g…``."""
        months = [self._month(atoms, month, only) for month in self.together.moment.months]
        union: exp.Query = months[0]
        for query in months[1:]:
            union = exp.union(union, query, distinct=False)
        return union

    def _month(
        self, atoms: Sequence[CountDistinct], month: Period, only: exp.Select | None
    ) -> exp.Select:
        table = atom_table(atoms[0])
        scan = Scan(self.duck, table, month, self.together.moment.editions)
        keys = self.together.keys if only is None else self.together.beyond
        values = [self._cell(scan, d) for d in self.dimensions] + [scan.value(key) for key in keys]
        read = [exp.alias_(value, name) for value, name in zip(values, self._names(), strict=True)]
        sign = "f" if only is None else "g"
        answers = [exp.alias_(fares(scan, atom), f"{sign}{i}") for i, atom in enumerate(atoms)]
        others = [exp.alias_(literal(NO), f"f{i}") for i in range(len(atoms)) if only is not None]
        query = scan.select(*read, *others, *answers)
        conditions: list[Expression] = [] if self.together.everywhere else [column(INSIDE)]
        if only is not None:
            mine = exp.Tuple(expressions=[scan.value(key) for key in keys])
            conditions.append(exp.In(this=mine, query=only.copy().subquery()))
        return query.where(*conditions) if conditions else query

    def _cell(self, scan: Scan, dimension: Dimension) -> Expression:
        value = dimension.of(scan.table)
        return exp.cast(exp.null(), "VARCHAR") if value is None else scan.value(value)

    def _marked(self, made: str, atoms: Sequence[CountDistinct]) -> exp.Select:
        """The rows of the table counted, which the measure beyond does not know."""
        answers = [column(f"f{place}") for place in range(len(atoms))]
        none = [exp.alias_(literal(NO), f"g{place}") for place in range(len(atoms))]
        names = map(column, self._names())
        return exp.select(*names, *answers, *none).from_(self._table(made).as_("t"))

    def _counted(
        self, dimensions: Dimensions, places: Mapping[Request, int]
    ) -> dict[Request, Column]:
        """How many keys of each cell are surely or perhaps further ones."""
        cell = [f"d{self.dimensions.index(dimension)}" for dimension in dimensions]
        by, wanted = [*cell, *self._key_names()], sorted(set(places.values()))
        best = [f"{sign}{place}" for place in wanted for sign in "fg"]
        largest = [exp.alias_(exp.Max(this=column(name)), name) for name in best]
        keys = exp.select(*map(column, by), *largest).from_(self._table("rows").as_("t"))
        keys = keys.group_by(*map(column, by))
        sums = [one for place in wanted for one in self._sums(place)]
        query = exp.select(*map(column, cell), *sums).from_(keys.subquery("t"))
        query = query.group_by(*map(column, cell)) if cell else query
        rows = self.duck.connection.execute(query.sql(dialect="duckdb")).fetchall()
        return {
            request: self._column(dimensions, rows, len(cell) + 3 * wanted.index(place))
            for request, place in places.items()
        }

    def _sums(self, place: int) -> list[Expression]:
        """Keys further on for sure, perhaps, and keys that have a row at all."""
        mine, known = column(f"f{place}"), [is_null(column(name)) for name in self._key_names()]
        counted = exp.EQ(this=column(f"g{place}"), expression=literal(SURELY))
        sure = exp.and_(
            exp.EQ(this=mine, expression=literal(SURELY)), exp.Not(this=exp.paren(exp.or_(*known)))
        )
        has = exp.GT(this=mine.copy(), expression=literal(NO))
        new = exp.Not(this=counted)
        surely = exp.and_(sure, new)
        perhaps = exp.and_(has, new.copy(), exp.Not(this=exp.paren(sure.copy())))
        return [exp.func("COUNT_IF", test) for test in (surely, perhaps, has.copy())]

    def _column(
        self, dimensions: Dimensions, rows: Sequence[tuple[Any, ...]], start: int
    ) -> Column:
        """The cells in which a key has a row."""
        kept = [row for row in rows if row[start + 2]]
        keys = tuple(
            self.shared(dimension, [row[place] for row in kept])
            for place, dimension in enumerate(dimensions)
        )
        sure, perhaps = ([row[start + one] for row in kept] for one in (0, 1))
        return Column(keys, np.array(sure, np.int64), np.array(perhaps, np.int64))


def fares(scan: Scan, atom: CountDistinct) -> Expression:
    """How a row fares under the filter of a count."""
    if atom.where is None:
        return literal(SURELY)
    test = scan.condition(atom.where)
    cases = [(test, literal(SURELY)), (is_null(test.copy()), literal(PERHAPS))]
    return when(cases, literal(NO))
