"""A scan's sums and counts from the last time, corrected by what has changed since.

Sums and counts of rows are additive over rows: those of the parts that came are added, those of the parts that went are
taken away. A distinct count is additive over keys: it can only have changed for keys that stand in a changed part, so
the rows of these keys alone, of every reporter, are counted as they were and as they are now. Both are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from dripline import nodes as n
from dripline.canon import to_json
from dripline.engines.duck_groups import Grouped, Groupings
from dripline.engines.parts import Parts
from dripline.engines.planner import Base, Dimensions, by_dimensions
from dripline.engines.sql_words import Expression, column, literal
from dripline.engines.units import digest_of, shape

ADDED, REMOVED, STAYED, NEAR, WERE, ARE = "added", "removed", "stayed", "near", "were", "are"


def brought_up_to_date(parts: Parts) -> Grouped:
    """The sums and counts of a scan, from the kept ones where that is less work; they are kept in turn."""
    files, base = parts.files, parts.coded.base
    question = digest_of(shape(base, parts.coded.duck.law), *map(_asked, base.requests))
    now = [unit.digest for unit in parts.units]
    change = None
    for folder, about in files.answers(question):
        if (grouped := _read(folder, base)) is None:
            continue
        change = Change(parts, grouped, about)
        break
    if change is not None and not change.added and not change.removed:
        return change.before
    grouped = change.after() if change is not None and change.small else None
    if grouped is None:
        grouped = Groupings(parts.coded).grouped()
    with files.aside() as folder:
        made = folder / "made"
        made.mkdir()
        _write(grouped, made, base)
        files.keep_answers(question, digest_of(sorted(now)), made, {"parts": now})
    return grouped


def _asked(request: Any) -> Any:
    return [to_json(request.atom), [d.code for d in request.dimensions]]


@dataclass
class Change:
    """Answers of before, and the parts that have come and gone since."""

    parts: Parts
    before: Grouped
    about: Mapping[str, Any]

    def __post_init__(self) -> None:
        then, now = set(self.about["parts"]), {unit.digest for unit in self.parts.units}
        self.added, self.removed = sorted(now - then), sorted(then - now)
        for digest in self.removed:
            if (found := self.parts.files.part(digest)) is not None:
                self.parts.found[digest] = found

    @property
    def small(self) -> bool:
        """Whether the difference is less work than the whole, and what has gone is still at hand."""
        if any(digest not in self.parts.found for digest in self.removed):
            return False
        whole = self._rows(unit.digest for unit in self.parts.units)
        return self.parts.files.worth_it * self._rows([*self.added, *self.removed]) <= whole

    def _rows(self, digests: Iterable[str]) -> int:
        return sum(pq.read_metadata(path).num_rows for path in self.parts.paths(digests))

    def after(self) -> Grouped:
        """The answers of now."""
        coded, base = self.parts.coded, self.parts.coded.base
        stayed = [unit.digest for unit in self.parts.units if unit.digest not in self.added]
        for name, digests in ((ADDED, self.added), (REMOVED, self.removed), (STAYED, stayed)):
            coded.rows_of(self.parts.paths(digests), name)
        came, gone = Groupings(coded, ADDED).sums(), Groupings(coded, REMOVED).sums()
        sums = {d: self._corrected(t, came[d], gone[d]) for d, t in self.before.sums.items()}
        distinct = {keys: self._distinct(keys) for keys in base.distinct}
        coded.drop(ADDED, REMOVED, STAYED)
        return Grouped(sums, distinct)

    def _distinct(self, keys: tuple[n.Value, ...]) -> dict[Dimensions, pa.Table]:
        coded, code = self.parts.coded, self.parts.coded.ids[keys]
        changed = exp.union(self._all(ADDED, code), self._all(REMOVED, code))
        near = self._all(STAYED).where(exp.In(this=column(code), query=changed.subquery()))
        coded.make(near, NEAR)
        for name, some in ((WERE, REMOVED), (ARE, ADDED)):
            coded.make(exp.union(self._all(NEAR), self._all(some), distinct=False), name)
        were, are = (Groupings(coded, name).distinct(keys) for name in (WERE, ARE))
        coded.drop(NEAR, WERE, ARE)
        before = self.before.distinct[keys]
        return {d: self._corrected(table, are[d], were[d]) for d, table in before.items()}

    def _all(self, name: str, *columns: str) -> exp.Select:
        """The rows of a table, of these columns or of all that coded rows have."""
        wanted = columns or tuple(self._columns)
        return exp.select(*map(column, wanted)).from_(self.parts.coded.table(name).as_("t"))

    @property
    def _columns(self) -> Iterator[str]:
        coded = self.parts.coded
        yield from coded.dimensions.values()
        yield from coded.ids.values()
        yield "s"
        yield from coded.values.values()

    def _corrected(self, before: pa.Table, came: pa.Table, gone: pa.Table) -> pa.Table:
        """Before, with what came and without what went; cells that no row is left of are gone."""
        coded, sides = self.parts.coded, {"x": before, "y": came, "z": gone}
        names = list(dict.fromkeys(name for table in sides.values() for name in table.column_names))
        by = [name for name in names if name[0] in "cf"]
        rest = [name for name in names if name not in by]
        queries = []
        for name, table in sides.items():
            coded.duck.connection.register(f"{coded.name}_{name}", table)
            numbers = [self._signed(x, table, negative=name == "z") for x in rest]
            query = exp.select(*map(column, by), *numbers)
            queries.append(query.from_(coded.table(name).as_("t")))
        together = exp.union(*queries, distinct=False).subquery("t")
        totals = [exp.alias_(_total(name, before, came, gone), name) for name in rest]
        some = exp.or_(
            *(exp.NEQ(this=exp.Sum(this=column(c)), expression=literal(0)) for c in "tu")
        )
        query = exp.select(*map(column, by), *totals).from_(together)
        found = coded.arrow(query.group_by(*map(column, by)).having(some).order_by("f"))
        for name in sides:
            coded.duck.connection.unregister(f"{coded.name}_{name}")
        return found

    def _signed(self, name: str, table: pa.Table, *, negative: bool) -> Expression:
        if name not in table.column_names:
            return exp.alias_(literal(0), name)
        number = exp.func("COALESCE", column(name), literal(0))
        return exp.alias_(exp.Neg(this=number) if negative else number, name)


def _total(name: str, *tables: pa.Table) -> Expression:
    """The sum in the type the columns have."""
    kind = next(table.schema.field(name).type for table in tables if name in table.column_names)
    wanted = f"DECIMAL(38, {kind.scale})" if pa.types.is_decimal(kind) else "BIGINT"
    return exp.cast(exp.Sum(this=column(name)), wanted)


def _named(base: Base) -> Iterator[tuple[str, tuple[n.Value, ...] | None, Dimensions]]:
    """Each table of answers with its file's name."""
    for number, dimensions in enumerate(by_dimensions(base.additive)):
        yield f"sums-{number}", None, dimensions
    for place, (keys, asked) in enumerate(base.distinct.items()):
        for number, dimensions in enumerate(by_dimensions(asked)):
            yield f"distinct-{place}-{number}", keys, dimensions


def _write(grouped: Grouped, folder: Path, base: Base) -> None:
    for name, keys, dimensions in _named(base):
        table = (grouped.sums if keys is None else grouped.distinct[keys])[dimensions]
        pq.write_table(table, folder / f"{name}.parquet", compression="lz4")


def _read(folder: Path, base: Base) -> Grouped | None:
    """The answers as they were kept; None if another process has just removed them."""
    sums: dict[Dimensions, pa.Table] = {}
    distinct: dict[tuple[n.Value, ...], dict[Dimensions, pa.Table]] = {k: {} for k in base.distinct}
    try:
        for name, keys, dimensions in _named(base):
            table = pq.read_table(folder / f"{name}.parquet", partitioning=None)
            (sums if keys is None else distinct[keys])[dimensions] = table
    except FileNotFoundError:
        return None
    return Grouped(sums, distinct)
