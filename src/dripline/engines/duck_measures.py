"""The plan of a compile, run on DuckDB over the coded rows of each scan.

Sums and counts: grouped by the largest sets of dimensions and the signature, then filtered, then added up for the
smaller sets. Distinct counts: keys deduplicated with the filters they meet, by the largest sets first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from sqlglot import exp

from dripline import nodes as n
from dripline.definitions import Dimension
from dripline.engines.columns import FITS, Codes, Column, Columns, Wholes
from dripline.engines.duck import Duck
from dripline.engines.duck_coded import (
    MEETS,
    ROWS,
    SIGNATURE,
    TRUE,
    UNKNOWN,
    CodedBase,
    big,
    has_bit,
    meets,
)
from dripline.engines.fold import Answers, Request
from dripline.engines.planner import (
    BITS_A_WORD,
    Dimensions,
    bases,
    by_dimensions,
    parent_of,
    parents,
)
from dripline.engines.sql_words import Expression, column, is_null, literal, when
from dripline.measures import Sum


def answer(requests: Iterable[Request], duck: Duck) -> Answers:
    """The whole number of each request by its keys, over rows inside the reporter's scope."""
    return answer_columns(requests, duck).answers()


def answer_columns(requests: Iterable[Request], duck: Duck) -> Columns:
    """The same as columns, for many cells."""
    meanings = Meanings()
    found: dict[Request, Column] = {}
    for number, base in enumerate(bases(requests)):
        coded = CodedBase(base, duck, f"base_{number}")
        coded.read()
        run = BaseRun(coded, meanings)
        found |= run.additive()
        for keys in base.distinct:
            found |= run.distinct(keys)
        coded.drop()
    return Columns(found, {d: tuple(codes) for d, codes in meanings.codes.items()})


@dataclass
class Meanings:
    """Codes of each dimension that hold across scans."""

    codes: dict[Dimension, dict[str | None, int]] = field(default_factory=dict)

    def shared(self, dimension: Dimension, values: Sequence[str | None]) -> Codes:
        """For each code of a scan the one that holds for all."""
        known = self.codes.setdefault(dimension, {})
        return np.array([known.setdefault(value, len(known)) for value in values], np.int32)


class BaseRun:
    """The groupings over one scan."""

    def __init__(self, coded: CodedBase, meanings: Meanings) -> None:
        self.coded, self.base = coded, coded.base
        self.shared = {d: meanings.shared(d, values) for d, values in coded.meanings.items()}
        self.gaps = frozenset(v for v in coded.values.values() if coded.any_row(is_null(column(v))))

    def by(self, dimensions: Dimensions) -> list[Expression]:
        """The columns of some dimensions, and the filter."""
        return [*(column(self.coded.dimensions[d]) for d in dimensions), column("f")]

    def read(
        self, query: exp.Select, dimensions: Dimensions, requests: Sequence[Request]
    ) -> dict[Request, Column]:
        """The columns of requests, from rows for each cell and filter: a filter's cells stand together."""
        table = self.coded.arrow(query.order_by("f", copy=False))
        filters = table["f"].to_numpy()
        keys = tuple(self.shared[d][table[self.coded.dimensions[d]].to_numpy()] for d in dimensions)
        rows = {name: counted(table[name]) for name in table.column_names if name[0] in "tum"}
        sums = {name: wholes(table[name]) for name in table.column_names if name[0] == "a"}
        parts: dict[int, tuple[slice, tuple[Codes, ...]]] = {}
        found = {}
        for request in requests:
            place = self.coded.filters[request.atom.where]
            if place not in parts:
                part = slice(*np.searchsorted(filters, (place, place + 1)))
                parts[place] = part, tuple(codes[part] for codes in keys)
            part, whose = parts[place]
            amount: Wholes = rows["t"][part]
            unknown = rows["u"][part]
            if isinstance(request.atom, Sum):
                value = self.coded.values[request.atom.value]
                amount = sums[f"a{value}"][part]
                unknown = unknown + rows[f"m{value}"][part] if value in self.gaps else unknown
            found[request] = Column(whose, amount, unknown)
        return found

    # --- sums and counts -------------------------------------------------------------------------

    def additive(self) -> dict[Request, Column]:
        """Sums and counts: grouped by parents and signature, filtered there, and added up from there."""
        groups = by_dimensions(self.base.additive)
        tops = parents(groups)
        found: dict[Request, Column] = {}
        for parent in tops:
            children = {d: some for d, some in groups.items() if parent_of(d, tops) == parent}
            asked = [request for some in children.values() for request in some]
            self.coded.make(self._sums(parent, asked), "sums")
            for dimensions, some in children.items():
                found |= self.read(self._added_up(dimensions, some), dimensions, some)
            self.coded.drop("sums")
        return found

    def _values(self, requests: Sequence[Request]) -> dict[str, int]:
        """The numbers that are summed, with their scales."""
        atoms = dict.fromkeys(request.atom for request in requests)
        sums = [atom.value for atom in atoms if isinstance(atom, Sum)]
        return {self.coded.values[value]: value.kind.scale for value in sums}

    def _sums(self, parent: Dimensions, requests: Sequence[Request]) -> exp.Select:
        """For each of a parent's cells and filters: rows that meet it, rows in doubt, sums, empty numbers."""
        cell, signature = self.by(parent)[:-1], column(SIGNATURE)
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
        rows = exp.select(*columns).from_(self.coded.table(ROWS).as_("t"), copy=False)
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
        by = self.by(dimensions)
        query = exp.select(*by, *totals, copy=False)
        query = query.from_(self.coded.table("sums").as_("t"), copy=False)
        return query.where(self._of(requests), copy=False).group_by(
            *(b.copy() for b in by), copy=False
        )

    # --- distinct counts -------------------------------------------------------------------------

    def distinct(self, keys: tuple[n.Value, ...]) -> dict[Request, Column]:
        """Distinct counts: deduplicated by parents, then by their children, then counted."""
        requests, code = self.base.distinct[keys], self.coded.ids[keys]
        groups = by_dimensions(requests)
        words = Words.of(requests, self.coded)
        self.coded.make(words.of_signatures(self.coded), "bits")
        tables: dict[Dimensions, str] = {}
        for number, parent in enumerate(parents(groups)):
            tables[parent] = f"dedup{number}"
            self.coded.make(self._deduplicated(code, parent, words), tables[parent])
        sizes = {parent: self.coded.count(name) for parent, name in tables.items()}
        found: dict[Request, Column] = {}
        for dimensions, some in groups.items():
            parent = min((p for p in tables if set(dimensions) <= set(p)), key=sizes.__getitem__)
            self.coded.make(self._alike(tables[parent], parent, dimensions, words), "alike")
            self.coded.make(words.apart(self.coded, some), "apart")
            found |= self.read(self._counted(dimensions, words), dimensions, some)
            self.coded.drop("alike", "apart")
        self.coded.drop("bits", *tables.values())
        return found

    def _deduplicated(self, code: str, parent: Dimensions, words: Words) -> exp.Select:
        """Each key once for each cell, with the filters its rows meet."""
        cell = self.by(parent)[:-1]
        ors = [exp.alias_(bit_or(column(w, "m")), w) for w in words.names]
        on = exp.EQ(this=column(SIGNATURE), expression=column(SIGNATURE, "m"))
        query = exp.select(exp.alias_(column(code), "id"), *cell, *ors, copy=False)
        query = query.from_(self.coded.table(ROWS).as_("t"), copy=False)
        query = query.join(self.coded.table("bits").as_("m"), on=on, copy=False)
        return query.group_by(column(code), *(c.copy() for c in cell), copy=False)

    def _alike(
        self, table: str, parent: Dimensions, dimensions: Dimensions, words: Words
    ) -> exp.Select:
        """How many keys of each cell meet the same filters: there are few such groups."""
        source: Expression = self.coded.table(table).as_("t")
        if dimensions != parent:
            cell = self.by(dimensions)[:-1]
            ors = [exp.alias_(bit_or(column(w)), w) for w in words.names]
            child = exp.select(column("id"), *cell, *ors, copy=False).from_(source, copy=False)
            child = child.group_by(column("id"), *(c.copy() for c in cell), copy=False)
            source = child.subquery("t", copy=False)
        known = exp.GT(this=column("id"), expression=literal(0))
        by = [*self.by(dimensions)[:-1], *map(column, words.names)]
        rows = exp.alias_(exp.Count(this=exp.Star()), "n")
        query = exp.select(*by, exp.alias_(known, "known"), rows, copy=False)
        query = query.from_(source, copy=False)
        return query.group_by(*(b.copy() for b in by), known.copy(), copy=False)

    def _counted(self, dimensions: Dimensions, words: Words) -> exp.Select:
        """Keys that surely meet each filter, and those in doubt: of no known number, or perhaps not meeting it."""
        cell = self.by(dimensions)[:-1]
        by = [*cell, column("f", "m")]
        same = [exp.EQ(this=column(w), expression=column(w, "m")) for w in words.names]
        sure = exp.and_(column("known"), column("sure", "m"))
        query = exp.select(*by, *counts(column("n"), sure), copy=False)
        query = query.from_(self.coded.table("alike").as_("t"), copy=False)
        query = query.join(self.coded.table("apart").as_("m"), on=exp.and_(*same), copy=False)
        return query.group_by(*(b.copy() for b in by), copy=False)


@dataclass(frozen=True)
class Words:
    """Where each filter of distinct counts has its bits in words ``w0…``: one for true and, if it may be unknown for
    some row, one for that. The bits of a key's rows are ORed: what surely meets a filter in one row meets it."""

    places: dict[int, tuple[str, int]]
    open: frozenset[int]

    @classmethod
    def of(cls, requests: Iterable[Request], coded: CodedBase) -> Words:
        """A place for each different filter."""
        unsure = exp.select(column("f")).distinct().from_(coded.table(MEETS).as_("t"), copy=False)
        rows = coded.rows(unsure.where(exp.Not(this=column("sure")), copy=False))
        in_doubt = frozenset(f for (f,) in rows)
        places: dict[int, tuple[str, int]] = {}
        used = 0
        for f in dict.fromkeys(coded.filters[request.atom.where] for request in requests):
            if used % BITS_A_WORD == BITS_A_WORD - 1:
                used += 1  # both bits stand in one word
            places[f] = f"w{used // BITS_A_WORD}", used % BITS_A_WORD
            used += 2 if f in in_doubt else 1
        return cls(places, in_doubt)

    @property
    def names(self) -> list[str]:
        """The words, as columns."""
        return list(dict.fromkeys(word for word, _ in self.places.values()))

    def of_signatures(self, coded: CodedBase) -> exp.Select:
        """The words of each signature that meets or may meet a filter."""
        found = []
        for name in self.names:
            mine = [(f, shift) for f, (word, shift) in self.places.items() if word == name]
            cases = [
                (exp.EQ(this=column("f"), expression=literal(f)), self._bit(f, s)) for f, s in mine
            ]
            found.append(exp.alias_(bit_or(big(when(cases, literal(0)))), name, copy=False))
        query = exp.select(column(SIGNATURE), *found, copy=False)
        query = query.from_(coded.table(MEETS).as_("t"), copy=False)
        some = exp.In(this=column("f"), expressions=[literal(f) for f in self.places])
        return query.where(some, copy=False).group_by(column(SIGNATURE), copy=False)

    def _bit(self, f: int, shift: int) -> Expression:
        """The true bit if it is sure, else the bit of doubt."""
        true = literal(TRUE << shift)
        if f not in self.open:
            return true
        return when([(column("sure"), true)], literal(UNKNOWN << shift))

    def apart(self, coded: CodedBase, requests: Sequence[Request]) -> exp.Select:
        """For each of the different words the filters that are met or may be."""
        wanted = dict.fromkeys(coded.filters[request.atom.where] for request in requests)
        answers = [(f, self._answer(f)) for f in wanted]
        different = exp.select(*map(column, self.names)).distinct()
        different = different.from_(coded.table("alike").as_("t"), copy=False)
        return meets(self.names, answers, different.subquery("t", copy=False))

    def _answer(self, f: int) -> Expression:
        """What the words say of a filter: true, false or unknown."""
        word, shift = self.places[f]
        true = has_bit(word, TRUE << shift)
        if f not in self.open:
            return true
        cases = [(true, exp.true()), (has_bit(word, UNKNOWN << shift), exp.null())]
        return when(cases, exp.false())


def bit_or(word: Expression) -> Expression:
    """All bits that are set in any row."""
    return exp.Anonymous(this="bit_or", expressions=[word])


def counts(rows: Expression, sure: Expression) -> list[Expression]:
    """How many surely, ``t``, and how many perhaps, ``u``."""
    surely = when([(sure.copy(), rows.copy())], literal(0))
    perhaps = when([(sure.copy(), literal(0))], rows.copy())
    totals = (("t", surely), ("u", perhaps))
    return [exp.alias_(big(exp.Sum(this=total)), name, copy=False) for name, total in totals]


def summed(amount: Expression, where: Expression) -> Expression:
    """The sum over the rows where a condition is true."""
    return exp.Sum(this=when([(where.copy(), amount)]))


def counted(numbers: pa.ChunkedArray) -> NDArray[np.int64]:
    """Counts; a sum over no rows is 0."""
    found: NDArray[np.int64] = (numbers.fill_null(0) if numbers.null_count else numbers).to_numpy()
    return found


def wholes(numbers: pa.ChunkedArray) -> Wholes:
    """Whole numbers in units of the last place, 0 where there are none; of 64 bits if all fit."""
    joined = numbers.combine_chunks() if numbers.num_chunks != 1 else numbers.chunk(0)
    filled = joined.fill_null(0)
    start = 2 * filled.offset
    halves = np.frombuffer(filled.buffers()[1], np.int64)[start : start + 2 * len(filled)]
    low, high = halves[0::2], halves[1::2]
    if (high == low >> 63).all() and (np.abs(low) < FITS).all():
        return low
    wide: NDArray[np.object_] = (high.astype(object) << 64) + low.view(np.uint64).astype(object)
    return wide
