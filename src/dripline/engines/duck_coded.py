"""One scan of a compile, coded: each row's dimensions, keys and answers to the leaf conditions as small whole numbers.

All that follows groups and deduplicates these numbers. What the leaves answer is one number, the *signature*: a filter
is decided once for each different signature, of which there are few, and not once for each row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from sqlglot import exp

from dripline import nodes as n
from dripline.canon import to_json
from dripline.definitions import Dimension
from dripline.engines.coded_files import CodedFiles
from dripline.engines.data import INSIDE, REPORTER
from dripline.engines.dictionaries import Dictionary
from dripline.engines.duck import Duck
from dripline.engines.parts import Parts
from dripline.engines.planner import BITS_A_WORD, Base
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, is_null, literal, sql_type, when
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
        self.dictionaries = self._dictionaries()
        self.made: dict[str, str] = {}

    def _dictionaries(self) -> list[Dictionary]:
        """One for each dimension, each key that is counted, and the signature."""
        made = [
            Dictionary(self, code, (f"d{i}",), "dimension", dimension.code)
            for i, (dimension, code) in enumerate(self.dimensions.items())
        ]
        for i, (keys, code) in enumerate(self.ids.items()):
            made.append(Dictionary(self, code, self._key_names(i), "key", [*map(to_json, keys)]))
        if self.leaves:
            about = [self.base.table, [to_json(leaf) for leaf in self.leaves]]
            made.append(Dictionary(self, SIGNATURE, tuple(self._word_names()), "signature", about))
        return made

    # --- running ---------------------------------------------------------------------------------

    def table(self, name: str) -> exp.Table:
        """One of this scan's tables."""
        return exp.to_table(f"{self.name}_{name}")

    def make(self, query: exp.Query, name: str) -> None:
        """Keep the result of a query."""
        created = exp.Create(this=self.table(name), kind="TABLE", expression=query)
        self.run(created)
        self.made[name] = "TABLE"

    def add(self, query: exp.Query, name: str) -> None:
        """Keep the result of a query, behind what the table holds already."""
        if name not in self.made:
            self.make(query, name)
        else:
            self.run(exp.insert(query, self.table(name)))

    def run(self, statement: Expression) -> None:
        """Runs a statement that has no result."""
        self.duck.connection.execute(statement.sql(dialect="duckdb", copy=False))

    def view(self, name: str, files: Sequence[Path]) -> None:
        """Rows that lie in files as one of this scan's tables."""
        self.duck.connection.read_parquet([str(file) for file in files]).create(
            f"{self.name}_{name}"
        )
        self.made[name] = "TABLE"

    def rows(self, query: exp.Query) -> list[tuple[Any, ...]]:
        """The rows of a small result."""
        return self.duck.connection.execute(query.sql(dialect="duckdb", copy=False)).fetchall()

    def arrow(self, query: exp.Query) -> pa.Table:
        """A result as columns."""
        return self.duck.connection.sql(query.sql(dialect="duckdb", copy=False)).to_arrow_table()

    def drop(self, *names: str) -> None:
        """Forget these tables, or all."""
        for name in names or tuple(self.made):
            self.run(exp.Drop(tables=[self.table(name)], kind=self.made.pop(name)))

    def count(self, name: str) -> int:
        """How many rows one of the tables has."""
        return int(self.rows(exp.select(exp.Count(this=exp.Star())).from_(self.table(name)))[0][0])

    def any_row(self, condition: Expression, rows: str = ROWS) -> bool:
        """Whether a condition is true of some row."""
        test = exp.func("COUNT_IF", condition)
        return bool(self.rows(exp.select(test).from_(self.table(rows).as_("t"), copy=False))[0][0])

    def by_filter(self, query: exp.Select) -> pa.Table:
        """The numbers of cells and filters, a filter's cells together."""
        return self.arrow(query.order_by("f", copy=False))

    def cell(self, dimensions: Iterable[Dimension]) -> list[Expression]:
        """The columns of some dimensions."""
        return [column(self.dimensions[dimension]) for dimension in dimensions]

    def meanings(self, dimension: Dimension) -> tuple[str | None, ...]:
        """What the numbers of a dimension stand for, from 0 on."""
        table = self.table(self.dimensions[dimension])
        return tuple(
            d for d, _ in self.rows(exp.select("d0", "code").from_(table).order_by("code"))
        )

    # --- reading and coding ------------------------------------------------------------------------

    def read(self, files: CodedFiles | None = None) -> Parts | None:
        """Read the rows once, and code them; with ``files`` only those parts that are not coded yet."""
        parts = None if files is None else Parts(self, files)
        if parts is not None:
            parts.read()
        else:
            self.number([self.month(self.duck, month) for month in self.base.moment.months])
            self.make(self.coded(), ROWS)
            self.drop("read")
        self._decide()
        return parts

    def rows_of(self, files: Sequence[Path], name: str = ROWS) -> None:
        """Coded rows from files as one of the scan's tables."""
        if files:
            self.view(name, files)
            return
        whole = [one.code for one in self.dictionaries] or [SIGNATURE]
        types = dict.fromkeys((*whole, SIGNATURE), "INTEGER")
        types |= {name: str(sql_type(value.kind)) for value, name in self.values.items()}
        empty = [exp.alias_(exp.cast(exp.null(), kind), code) for code, kind in types.items()]
        self.make(exp.select(*empty).limit(0), name)

    def number(self, months: Sequence[exp.Query], files: CodedFiles | None = None) -> None:
        """Reads months as they are, and gives numbers to the values of theirs that have none."""
        union = months[0]
        for month in months[1:]:
            union = exp.union(union, month, distinct=False, copy=False)
        self.make(union, "read")
        for dictionary in self.dictionaries:
            dictionary.learn(files)

    def month(self, duck: Duck, month: Period) -> exp.Select:
        """Each leaf is tested once for a row; the words are made of the answers."""
        scan = Scan(duck, self.base.table, month, self.base.moment.editions)
        read: dict[str, Expression] = {"r": column(REPORTER)}
        read |= {f"d{i}": self._key(scan, d) for i, d in enumerate(self.dimensions)}
        read |= {name: scan.value(value) for value, name in self.values.items()}
        for i, keys in enumerate(self.ids):
            read |= dict(zip(self._key_names(i), (scan.value(key) for key in keys), strict=True))
        kept: list[Expression] = [*map(column, read)]
        tests = {f"p{i}": scan.condition(leaf) for leaf, i in self.leaves.items()}
        kept += words([bits(column(name)) for name in tests])
        read |= tests
        inner = scan.select(*(exp.alias_(what, name, copy=False) for name, what in read.items()))
        if not self.base.everywhere:
            inner = inner.where(column(INSIDE), copy=False)
        return exp.select(*kept, copy=False).from_(inner.subquery("t", copy=False), copy=False)

    def _key(self, scan: Scan, dimension: Dimension) -> Expression:
        value = dimension.of(self.base.table)
        return exp.cast(exp.null(), "VARCHAR") if value is None else scan.value(value)

    def _key_names(self, place: int) -> tuple[str, ...]:
        return tuple(f"k{place}_{i}" for i in range(len(list(self.ids)[place])))

    def _word_names(self) -> list[str]:
        return [f"w{i}" for i in range((len(self.leaves) + LEAVES_A_WORD - 1) // LEAVES_A_WORD)]

    def coded(self, *, by_reporter: bool = False) -> exp.Select:
        """The rows that were read, with numbers for values."""
        made = self.dictionaries
        kept = [exp.alias_(column("code", f"j{i}"), one.code) for i, one in enumerate(made)]
        if not self.leaves:
            kept.append(exp.alias_(exp.cast(literal(0), "INTEGER"), SIGNATURE))
        kept += map(column, self.values.values())
        if by_reporter:
            kept.append(column("r"))
        query = exp.select(*kept, copy=False).from_(self.table("read").as_("t"), copy=False)
        for i, one in enumerate(made):
            pairs = [(column(name), column(f"d{k}", f"j{i}")) for k, name in enumerate(one.names)]
            same = [exp.NullSafeEQ(this=mine, expression=theirs) for mine, theirs in pairs]
            query = query.join(self.table(one.code).as_(f"j{i}"), on=exp.and_(*same), copy=False)
        return query

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
