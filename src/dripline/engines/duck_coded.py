"""One scan of a compile, coded: each row's dimensions, keys and answers to the leaf conditions as small whole numbers.

All that follows groups and deduplicates these numbers. What the leaves answer is one number, the *signature*: a filter
is decided once for each different signature, of which there are few, and not once for each row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
from sqlglot import exp

from dripline import nodes as n
from dripline.definitions import Dimension
from dripline.engines.data import INSIDE
from dripline.engines.duck import Duck
from dripline.engines.planner import BITS_A_WORD, Base
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, is_null, literal, when
from dripline.periods import Period

TRUE, UNKNOWN = 1, 2
LEAVES_A_WORD = BITS_A_WORD // 2
ROWS, MEETS, SIGNATURE = "rows", "meets", "s"


class CodedBase:
    """The rows of one scan as tables of numbers, and what the numbers stand for.

    ``rows`` has the columns ``c0…`` (dimensions), ``s`` (signature), ``id0…`` (keys that are counted; negative where
    a part of the key is empty) and ``v0…`` (numbers that are summed). ``meets`` has a row for each signature ``s`` and
    filter ``f`` it meets (``yes``) or may meet (not ``yes``: unknown).
    """

    def __init__(self, base: Base, duck: Duck, name: str) -> None:
        self.base, self.duck, self.name = base, duck, name
        self.dimensions = {dimension: f"c{i}" for i, dimension in enumerate(base.dimensions)}
        self.leaves = {leaf: i for i, leaf in enumerate(base.leaves)}
        self.values = {value: f"v{i}" for i, value in enumerate(base.values)}
        self.ids = {keys: f"id{i}" for i, keys in enumerate(base.distinct)}
        self.filters = {where: i for i, where in enumerate(base.filters)}
        self.meanings: dict[Dimension, tuple[str | None, ...]] = {}
        self.made: list[str] = []

    # --- running ---------------------------------------------------------------------------------

    def table(self, name: str) -> exp.Table:
        """One of this scan's tables."""
        return exp.to_table(f"{self.name}_{name}")

    def make(self, query: exp.Query, name: str) -> None:
        """Keep the result of a query."""
        created = exp.Create(this=self.table(name), kind="TABLE", expression=query)
        self.duck.connection.execute(created.sql(dialect="duckdb", copy=False))
        self.made.append(name)

    def rows(self, query: exp.Query) -> list[tuple[Any, ...]]:
        """The rows of a small result."""
        return self.duck.connection.execute(query.sql(dialect="duckdb", copy=False)).fetchall()

    def arrow(self, query: exp.Query) -> pa.Table:
        """A result as columns."""
        return self.duck.connection.sql(query.sql(dialect="duckdb", copy=False)).to_arrow_table()

    def drop(self, *names: str) -> None:
        """Forget these tables, or all."""
        for name in names or tuple(self.made):
            self.duck.connection.execute(f"DROP TABLE {self.name}_{name}")
            self.made.remove(name)

    def count(self, name: str) -> int:
        """How many rows one of the tables has."""
        return int(self.rows(exp.select(exp.Count(this=exp.Star())).from_(self.table(name)))[0][0])

    def any_row(self, condition: Expression) -> bool:
        """Whether a condition is true of some row."""
        test = exp.func("COUNT_IF", condition)
        return bool(self.rows(exp.select(test).from_(self.table(ROWS).as_("t"), copy=False))[0][0])

    # --- reading and coding ------------------------------------------------------------------------

    def read(self) -> None:
        """Read the rows once, and code them."""
        parts = [self._month(month) for month in self.base.moment.months]
        union: exp.Query = parts[0]
        for part in parts[1:]:
            union = exp.union(union, part, distinct=False, copy=False)
        self.make(union, "read")
        joins = [
            *(self._code(f"c{i}", (f"d{i}",)) for i in range(len(self.dimensions))),
            *(self._code(f"id{i}", self._key_names(i)) for i in range(len(self.ids))),
        ]
        if self.leaves:
            joins.append(self._code(SIGNATURE, tuple(self._word_names())))
        for i, dimension in enumerate(self.dimensions):
            codes = self.rows(exp.select("d0", "code").from_(self.table(f"c{i}")).order_by("code"))
            self.meanings[dimension] = tuple(value for value, _ in codes)
        self._join(joins)
        self._decide()

    def _month(self, month: Period) -> exp.Select:
        """Each leaf is tested once for a row; the words are made of the answers."""
        scan = Scan(self.duck, self.base.table, month, self.base.moment.editions)
        read = {f"d{i}": self._key(scan, d) for i, d in enumerate(self.dimensions)}
        read |= {name: scan.value(value) for value, name in self.values.items()}
        for i, keys in enumerate(self.ids):
            read |= dict(zip(self._key_names(i), (scan.value(key) for key in keys), strict=True))
        kept: list[Expression] = [*map(column, read)]
        tests = {f"p{i}": scan.condition(leaf) for leaf, i in self.leaves.items()}
        kept += words([bits(column(name)) for name in tests])
        read = (read | tests) or {"one": literal(1)}
        inner = scan.select(*(exp.alias_(what, name, copy=False) for name, what in read.items()))
        if not self.base.everywhere:
            inner = inner.where(column(INSIDE), copy=False)
        kept = kept or [column("one")]
        return exp.select(*kept, copy=False).from_(inner.subquery("t", copy=False), copy=False)

    def _key(self, scan: Scan, dimension: Dimension) -> Expression:
        value = dimension.of(self.base.table)
        return exp.cast(exp.null(), "VARCHAR") if value is None else scan.value(value)

    def _key_names(self, place: int) -> tuple[str, ...]:
        return tuple(f"k{place}_{i}" for i in range(len(list(self.ids)[place])))

    def _word_names(self) -> list[str]:
        return [f"w{i}" for i in range((len(self.leaves) + LEAVES_A_WORD - 1) // LEAVES_A_WORD)]

    def _code(self, code: str, names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """A table that numbers the different values of some columns; of a key with an empty part below zero."""
        columns = [column(name) for name in names]
        inner = exp.select(*columns).distinct().from_(self.table("read").as_("t"), copy=False)
        number: Expression = exp.Window(this=exp.Anonymous(this="row_number"))
        if code.startswith("id"):
            empty = exp.or_(*(is_null(c.copy()) for c in columns))
            number = when([(empty, exp.Neg(this=number.copy()))], number)
        else:
            number = exp.Sub(this=number, expression=literal(1))
        numbered = exp.select(
            *(exp.alias_(c.copy(), f"d{i}") for i, c in enumerate(columns)),
            exp.alias_(exp.cast(exp.paren(number), "INTEGER"), "code"),
        ).from_(inner.subquery("t", copy=False), copy=False)
        self.make(numbered, code)
        return code, names

    def _join(self, joins: Sequence[tuple[str, tuple[str, ...]]]) -> None:
        """The rows with numbers for values."""
        kept = [exp.alias_(column("code", f"j{i}"), code) for i, (code, _) in enumerate(joins)]
        if not self.leaves:
            kept.append(exp.alias_(literal(0), SIGNATURE))
        kept += map(column, self.values.values())
        query = exp.select(*kept, copy=False).from_(self.table("read").as_("t"), copy=False)
        for i, (code, names) in enumerate(joins):
            pairs = [(column(name), column(f"d{k}", f"j{i}")) for k, name in enumerate(names)]
            same = [exp.NullSafeEQ(this=mine, expression=theirs) for mine, theirs in pairs]
            query = query.join(self.table(code).as_(f"j{i}"), on=exp.and_(*same), copy=False)
        self.make(query, ROWS)
        self.drop("read")

    def _decide(self) -> None:
        """The answer of each filter for each signature, in SQL's own three values."""
        if self.leaves:
            tests = [exp.alias_(self._test(leaf), f"p{i}") for leaf, i in self.leaves.items()]
            inner = exp.select(exp.alias_(column("code"), SIGNATURE), *tests)
            inner = inner.from_(self.table(SIGNATURE).as_("t"), copy=False)
        else:
            inner = exp.select(exp.alias_(literal(0), SIGNATURE))
        answers = [(number, self._whole(where)) for where, number in self.filters.items()]
        self.make(meets((SIGNATURE,), answers, inner.subquery("t", copy=False)), MEETS)

    def _whole(self, where: n.Condition | None) -> Expression:
        return exp.true() if where is None else self._filter(where)

    def _test(self, leaf: n.Condition) -> Expression:
        """The leaf's answer, read back from its two bits."""
        word, place = divmod(self.leaves[leaf], LEAVES_A_WORD)
        name = f"d{word}"
        cases = [
            (has_bit(name, TRUE << 2 * place), exp.true()),
            (has_bit(name, UNKNOWN << 2 * place), exp.null()),
        ]
        return when(cases, exp.false())

    def _filter(self, condition: n.Condition) -> Expression:
        """A filter over the answers of its leaves."""
        match condition:
            case n.And(parts=parts):
                return exp.paren(exp.and_(*map(self._filter, parts), copy=False), copy=False)
            case n.Or(parts=parts):
                return exp.paren(exp.or_(*map(self._filter, parts), copy=False), copy=False)
            case n.Not(part=part):
                return exp.Not(this=exp.paren(self._filter(part), copy=False))
        return column(f"p{self.leaves[condition]}")


def meets(
    columns: Sequence[str], answers: Sequence[tuple[int, Expression]], source: Expression
) -> exp.Select:
    """A row for each filter ``f`` that is met (``sure``) or may be met, from the answers of each row of the source."""
    numbers = [literal(number) for number, _ in answers]
    unnested = exp.select(
        *map(column, columns),
        exp.alias_(_unnest(numbers), "f", copy=False),
        exp.alias_(_unnest([answer for _, answer in answers]), "yes", copy=False),
        copy=False,
    ).from_(source, copy=False)
    query = exp.select(
        *map(column, columns),
        exp.alias_(exp.cast(column("f"), "SMALLINT"), "f"),
        exp.alias_(exp.Not(this=is_null(column("yes"))), "sure"),
        copy=False,
    ).from_(unnested.subquery("t", copy=False), copy=False)
    return query.where(exp.or_(is_null(column("yes")), column("yes")), copy=False)


def _unnest(items: Sequence[Expression]) -> Expression:
    return exp.Anonymous(this="unnest", expressions=[exp.Array(expressions=list(items))])


def bits(condition: Expression) -> Expression:
    """1 for true, 2 for unknown, 0 for false."""
    return when(
        [(condition, literal(TRUE)), (is_null(condition.copy()), literal(UNKNOWN))], literal(0)
    )


def words(tests: Sequence[Expression]) -> list[Expression]:
    """Two bits for each test, packed into the whole numbers ``w0…``."""
    packed = []
    for start in range(0, len(tests), LEAVES_A_WORD):
        shifted = [
            exp.Mul(this=big(test), expression=literal(1 << 2 * place))
            for place, test in enumerate(tests[start : start + LEAVES_A_WORD])
        ]
        name = f"w{start // LEAVES_A_WORD}"
        packed.append(exp.alias_(big(added(shifted)), name, copy=False))
    return packed


def added(terms: Sequence[Expression]) -> Expression:
    """The sum of the terms."""
    total = terms[0]
    for term in terms[1:]:
        total = exp.Add(this=total, expression=term)
    return total


def big(number: Expression) -> Expression:
    """As a whole number of 64 bits."""
    return exp.cast(exp.paren(number, copy=False), "BIGINT", copy=False)


def has_bit(name: str, bit: int) -> Expression:
    """Whether one of the bits is set."""
    anded = exp.BitwiseAnd(this=column(name), expression=literal(bit))
    return exp.paren(exp.NEQ(this=exp.paren(anded), expression=literal(0)))
