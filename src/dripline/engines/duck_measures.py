"""The plan of a compile, run on DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlglot import exp

from dripline import nodes as n
from dripline.engines.data import INSIDE
from dripline.engines.duck import Duck
from dripline.engines.fold import Amount, Answers, Atom, Keys, Request
from dripline.engines.planner import (
    BITS_A_WORD,
    Base,
    Dimensions,
    atoms_of,
    bases,
    by_dimensions,
    parent_of,
    parents,
)
from dripline.engines.sql import Expression, Scan, column, is_null, literal, when
from dripline.measures import CountDistinct, Sum
from dripline.periods import Period

TRUE, UNKNOWN = 1, 2


def answer(requests: Iterable[Request], duck: Duck) -> Answers:
    """The whole number of each request by its keys, over rows inside the reporter's scope."""
    found: dict[Request, dict[Keys, Amount]] = {}
    for number, base in enumerate(bases(requests)):
        run = BaseRun(base, duck, f"base_{number}")
        run.make()
        found |= run.additive()
        for place, keys in enumerate(base.distinct):
            found |= run.distinct(place, keys)
        run.drop()
    return found


class BaseRun:
    """One scan and the groupings over it."""

    def __init__(self, base: Base, duck: Duck, name: str) -> None:
        self.base, self.duck, self.name = base, duck, name
        self.dimensions = {dimension: f"d{i}" for i, dimension in enumerate(base.dimensions)}
        self.leaves = {leaf: i for i, leaf in enumerate(base.leaves)}
        self.tests = {leaf: f"p{i}" for i, leaf in enumerate(base.tests)}
        self.values = {value: f"v{i}" for i, value in enumerate(base.values)}
        self.filters = {
            keys: {atom.where: i for i, atom in enumerate(_by_filter(atoms_of(requests)))}
            for keys, requests in base.distinct.items()
        }
        self.made: list[str] = []

    def run(self, query: exp.Query, name: str | None = None) -> list[tuple[Any, ...]]:
        """Run a query; with a name keep its result as a table."""
        if name is None:
            return self.duck.connection.execute(query.sql(dialect="duckdb")).fetchall()
        created = exp.Create(this=exp.to_table(name), kind="TABLE", expression=query)
        self.duck.connection.execute(created.sql(dialect="duckdb"))
        self.made.append(name)
        return []

    def drop(self) -> None:
        """Forget the tables of this scan."""
        for name in self.made:
            self.duck.connection.execute("DROP TABLE " + name)

    def make(self) -> None:
        """Read the rows once: dimensions, bits, values and the bits of distinct counts."""
        parts = [self._month(month) for month in self.base.moment.months]
        union: exp.Query = parts[0]
        for part in parts[1:]:
            union = exp.union(union, part, distinct=False)
        self.run(union, self.name)
        for place in range(len(self.base.distinct)):
            self._number_keys(place)

    def _month(self, month: Period) -> exp.Select:
        """Each leaf is tested once for a row; words and whole filters are made of the answers."""
        scan = Scan(self.duck, self.base.table, month, self.base.moment.editions)
        read = {name: self._key(scan, d) for d, name in self.dimensions.items()}
        read |= {name: scan.value(value) for value, name in self.values.items()}
        for place, keys in enumerate(self.filters):
            read |= {f"k{place}_{i}": scan.value(key) for i, key in enumerate(keys)}
        kept: list[Expression] = [*map(column, read)] or [exp.alias_(literal(1), "one")]
        read |= {name: scan.condition(leaf) for leaf, name in self.tests.items()}
        read = read or {"one": literal(1)}
        inner = scan.select(*(exp.alias_(what, name, copy=False) for name, what in read.items()))
        if not self.base.everywhere:
            inner = inner.where(column(INSIDE), copy=False)
        kept += words("w", [bits(column(self.tests[leaf])) for leaf in self.leaves])
        for place, filters in enumerate(self.filters.values()):
            tests = [literal(TRUE) if f is None else bits(self._filter(f)) for f in filters]
            kept += words(f"f{place}_", tests)
        return exp.select(*kept, copy=False).from_(inner.subquery("t", copy=False), copy=False)

    def _key(self, scan: Scan, dimension: object) -> Expression:
        value = dimension.of(self.base.table)  # type: ignore[attr-defined]
        return exp.cast(exp.null(), "VARCHAR") if value is None else scan.value(value)

    def _number_keys(self, place: int) -> None:
        """A dense number for each distinct key: deduplicating numbers costs a fraction of deduplicating texts."""
        keys = list(self.filters)[place]
        names = [f"k{place}_{i}" for i in range(len(keys))]
        columns = [column(name) for name in names]
        known = exp.and_(*(exp.Not(this=is_null(c.copy())) for c in columns))
        number = exp.Window(this=exp.Anonymous(this="row_number"))
        inner = exp.select(*columns).distinct().from_(exp.to_table(self.name).as_("t"))
        numbered = exp.select(
            *(c.copy() for c in columns),
            exp.alias_(exp.cast(number, "INTEGER"), "id"),
            exp.alias_(known, "known"),
        ).from_(inner.subquery("t", copy=False), copy=False)
        self.run(numbered, f"{self.name}_keys{place}")
        on = exp.and_(
            *(exp.NullSafeEQ(this=column(name), expression=column(name, "k")) for name in names)
        )
        rest = [*self.dimensions.values(), *self._filter_words(place)]
        joined = (
            exp.select(
                exp.alias_(column("id", "k"), "id"),
                exp.alias_(column("known", "k"), "known"),
                *(column(name) for name in rest),
            )
            .from_(exp.to_table(self.name).as_("t"))
            .join(exp.to_table(f"{self.name}_keys{place}").as_("k"), on=on)
            .where(any_bit([column(name) for name in self._filter_words(place)]))
        )
        self.run(joined, f"{self.name}_rows{place}")

    def _filter_words(self, place: int) -> list[str]:
        count = len(list(self.filters.values())[place])
        return [f"f{place}_{i}" for i in range((2 * count + BITS_A_WORD - 1) // BITS_A_WORD)]

    def additive(self) -> dict[Request, dict[Keys, Amount]]:
        """Sums and counts: grouped by parents and words, then filtered on the small result."""
        groups = by_dimensions(self.base.additive)
        tops = parents(groups)
        tables = {}
        for place, parent in enumerate(tops):
            tables[parent] = f"{self.name}_sums{place}"
            self.run(self._grouped(parent), tables[parent])
        found: dict[Request, dict[Keys, Amount]] = {}
        for dimensions, requests in groups.items():
            found |= self._filtered(tables[parent_of(dimensions, tops)], dimensions, requests)
        return found

    def _word_names(self) -> list[str]:
        return [f"w{i}" for i in range((2 * len(self.leaves) + BITS_A_WORD - 1) // BITS_A_WORD)]

    def _grouped(self, parent: Dimensions) -> exp.Select:
        """The sums of each parent's cells and words, with the leaves' answers read back from the words."""
        by = [column(self.dimensions[d]) for d in parent] + [column(w) for w in self._word_names()]
        columns = [*by, exp.alias_(exp.Count(this=exp.Star()), "n")]
        for name in self.values.values():
            columns.append(exp.alias_(exp.Sum(this=column(name)), name))
            columns.append(exp.alias_(exp.Count(this=column(name)), f"n_{name}"))
        query = exp.select(*columns).from_(exp.to_table(self.name).as_("t"))
        query = query.group_by(*(b.copy() for b in by)) if by else query
        tests = [exp.alias_(self._test(leaf), self.tests[leaf]) for leaf in self.leaves]
        return exp.select(exp.Star(), *tests).from_(query.subquery("t", copy=False), copy=False)

    def _filtered(
        self, table: str, dimensions: Dimensions, requests: Sequence[Request]
    ) -> dict[Request, dict[Keys, Amount]]:
        atoms = atoms_of(requests)
        filters = dict.fromkeys(atom.where for atom in atoms)
        names = {where: f"b{i}" for i, where in enumerate(filters)}
        tests = [
            exp.alias_(exp.true() if where is None else self._filter(where), name, copy=False)
            for where, name in names.items()
        ]
        inner = exp.select(exp.Star(), *tests, copy=False).from_(exp.to_table(table).as_("t"))
        by = [column(self.dimensions[d]) for d in dimensions]
        columns: list[Expression] = [*by]
        for atom in atoms:
            columns += self._sum_of(atom, names[atom.where])
        query = exp.select(*columns, copy=False).from_(inner.subquery("t", copy=False), copy=False)
        rows = self.run(query.group_by(*(b.copy() for b in by), copy=False) if by else query)
        by_atom = unpack(rows, len(dimensions), atoms)
        scales = {a: a.value.kind.scale if isinstance(a, Sum) else 0 for a in atoms}
        return {
            request: {
                keys: (whole(sure, scales[request.atom]), unknown)
                for keys, (sure, unknown, _) in by_atom[request.atom].items()
            }
            for request in requests
        }

    def _test(self, leaf: n.Condition) -> Expression:
        """The leaf's answer, read back from its two bits."""
        word, shift = place_of(self.leaves[leaf])
        name = f"w{word}"
        return when(
            [
                (has_bit(name, TRUE << shift), exp.true()),
                (has_bit(name, UNKNOWN << shift), exp.null()),
            ],
            exp.false(),
        )

    def _filter(self, condition: n.Condition) -> Expression:
        """A filter over the answers of its leaves, by SQL's own three values."""
        match condition:
            case n.And(parts=parts):
                return exp.paren(exp.and_(*map(self._filter, parts), copy=False), copy=False)
            case n.Or(parts=parts):
                return exp.paren(exp.or_(*map(self._filter, parts), copy=False), copy=False)
            case n.Not(part=part):
                return exp.Not(this=exp.paren(self._filter(part), copy=False))
        return column(self.tests[condition])

    def _sum_of(self, atom: Atom, belongs: str) -> list[Expression]:
        """Three columns: the amount, rows unknown, rows that have a say at all."""
        amount = filled = "n"
        if isinstance(atom, Sum):
            amount = self.values[atom.value]
            filled = f"n_{amount}"
        missing = exp.Sub(this=column("n"), expression=column(filled))
        in_doubt = (is_null(column(belongs)), column("n"))
        unknown = when([in_doubt, (column(belongs), missing)], literal(0))
        voiced = when([in_doubt, (column(belongs), column("n"))], literal(0))
        return [
            exp.Sum(this=when([(column(belongs), column(amount))])),
            exp.Sum(this=unknown),
            exp.Sum(this=voiced),
        ]

    def distinct(self, place: int, keys: tuple[n.Value, ...]) -> dict[Request, dict[Keys, Amount]]:
        """Distinct counts: deduplicated by parents, then by their children, then counted."""
        requests = self.base.distinct[keys]
        groups = by_dimensions(requests)
        tops = parents(groups)
        words_of = self._filter_words(place)
        tables = {}
        for number, parent in enumerate(tops):
            tables[parent] = f"{self.name}_dedup{place}_{number}"
            self.run(self._dedup(f"{self.name}_rows{place}", parent, words_of), tables[parent])
        found: dict[Request, dict[Keys, Amount]] = {}
        for dimensions, some in groups.items():
            parent = parent_of(dimensions, tops)
            source = exp.to_table(tables[parent]).as_("t")
            if dimensions != parent:
                source = self._dedup(tables[parent], dimensions, words_of).subquery("t", copy=False)
            found |= self._counted(source, dimensions, some, keys, place)
        return found

    def _dedup(self, table: str, dimensions: Dimensions, words_of: Sequence[str]) -> exp.Select:
        by = [column("id"), column("known"), *(column(self.dimensions[d]) for d in dimensions)]
        ors = [
            exp.alias_(exp.Anonymous(this="bit_or", expressions=[column(w)]), w) for w in words_of
        ]
        query = exp.select(*by, *ors).from_(exp.to_table(table).as_("t"))
        return query.group_by(*(b.copy() for b in by))

    def _counted(
        self,
        source: Expression,
        dimensions: Dimensions,
        requests: Sequence[Request],
        keys: tuple[n.Value, ...],
        place: int,
    ) -> dict[Request, dict[Keys, Amount]]:
        by = [column(self.dimensions[d]) for d in dimensions]
        columns: list[Expression] = []
        for atom in (atoms := atoms_of(requests)):
            word, shift = place_of(self.filters[keys][atom.where])
            name = f"f{place}_{word}"
            sure = exp.and_(column("known"), has_bit(name, TRUE << shift))
            voiced = has_bit(name, (TRUE | UNKNOWN) << shift)
            maybe = exp.and_(voiced.copy(), exp.Not(this=exp.paren(sure.copy())))
            columns += [exp.func("COUNT_IF", test) for test in (sure, maybe, voiced)]
        query = exp.select(*by, *columns).from_(source)
        rows = self.run(query.group_by(*(b.copy() for b in by)) if by else query)
        by_atom = unpack(rows, len(dimensions), atoms)
        return {
            request: {
                k: (int(sure), unknown) for k, (sure, unknown, _) in by_atom[request.atom].items()
            }
            for request in requests
        }


def _by_filter(atoms: Sequence[Atom]) -> list[Atom]:
    """One atom for each different filter."""
    return list({atom.where: atom for atom in atoms if isinstance(atom, CountDistinct)}.values())


def bits(condition: Expression) -> Expression:
    """1 for true, 2 for unknown, 0 for false."""
    return when(
        [(condition, literal(TRUE)), (is_null(condition.copy()), literal(UNKNOWN))], literal(0)
    )


def words(prefix: str, tests: Sequence[Expression]) -> list[Expression]:
    """Two bits for each test, packed into whole numbers."""
    half = BITS_A_WORD // 2
    packed = []
    for start in range(0, len(tests), half):
        total: Expression = literal(0)
        for place, test in enumerate(tests[start : start + half]):
            shifted = exp.Mul(
                this=exp.cast(exp.paren(test, copy=False), "BIGINT", copy=False),
                expression=literal(1 << 2 * place),
            )
            total = exp.Add(this=total, expression=shifted)
        whole_word = exp.cast(exp.paren(total, copy=False), "BIGINT", copy=False)
        packed.append(exp.alias_(whole_word, f"{prefix}{start // half}", copy=False))
    return packed


def place_of(number: int) -> tuple[int, int]:
    """The word and the shift of a test's two bits."""
    word, place = divmod(number, BITS_A_WORD // 2)
    return word, 2 * place


def has_bit(name: str, bit: int) -> Expression:
    """Whether one of the bits is set."""
    anded = exp.BitwiseAnd(this=column(name), expression=literal(bit))
    return exp.paren(exp.NEQ(this=exp.paren(anded), expression=literal(0)))


def any_bit(columns: Sequence[Expression]) -> Expression:
    """Whether a row has a say in any distinct count."""
    return exp.or_(*(exp.NEQ(this=c, expression=literal(0)) for c in columns))


def whole(amount: object, scale: int) -> int:
    """An exact decimal in units of its last place."""
    return int(f"{Decimal(str(amount)):.{scale}f}".replace(".", ""))


def unpack(
    rows: Sequence[tuple[Any, ...]], keys: int, atoms: Sequence[Atom]
) -> dict[Atom, dict[Keys, tuple[Any, int, int]]]:
    """Three columns an atom: amount, unknown, rows with a say; keys without such a row are left out."""
    found: dict[Atom, dict[Keys, tuple[Any, int, int]]] = {atom: {} for atom in atoms}
    for row in rows:
        key = row[:keys]
        for place, atom in enumerate(atoms):
            sure, unknown, voiced = row[keys + 3 * place : keys + 3 * place + 3]
            if voiced:
                found[atom][key] = (sure or 0, int(unknown or 0), int(voiced))
    return found
