"""Rows of text to a typed Parquet file with the schema of accepted rows; every fault of every row to the spool."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dripline.engines.data import INSIDE, REPORTER, ROW, Tally
from dripline.intake.columns import ColumnReader, Fault, readers
from dripline.intake.findings import VALUE_SHOWN, Origin, Spool, in_columns, shown
from dripline.intake.format_rules import FORMAT_RULES
from dripline.intake.texts import RowsOfText
from dripline.tables import Table

ROWS_IN_A_GROUP = 131_072
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """What one piece of a file came to: typed rows, findings in columns, and how many lines it had.

    Row numbers count from the piece's first line; whoever joins the pieces adds the lines before.
    """

    typed: pa.Table
    findings: tuple[pa.Table, ...] = ()
    lines: int = 0


@dataclass(frozen=True, slots=True)
class RowReader:
    """Types rows of one table for one data date. Safe for several threads: it keeps nothing."""

    table: type[Table]
    origin: Origin
    province: str | None
    columns: dict[str, ColumnReader]
    schema: pa.Schema
    """As ``engines.data.schema``, but codes as dictionaries: Parquet keeps them so without hashing."""

    @classmethod
    def of(
        cls, table: type[Table], day: date, origin: Origin, province: str | None = None
    ) -> RowReader:
        """``province`` ("41"): rows whose region lies elsewhere are marked as outside the scope (FN 1)."""
        columns = readers(table, day)
        added = [(REPORTER, pa.dictionary(pa.int32(), pa.string())), (ROW, pa.int64())]
        typed = [(name, reader.type) for name, reader in columns.items()]
        schema = pa.schema([*added, (INSIDE, pa.bool_()), *typed])
        return cls(table, origin, province, columns, schema)

    def read(self, rows: RowsOfText) -> Part:
        """Typed rows and the findings among them."""
        count = len(rows.numbers)
        typed: dict[str, pa.Array] = {}
        found: list[pa.Table] = []
        for name, reader in self.columns.items():
            if name not in rows:
                typed[name] = reader.nothing(count)
                continue
            typed[name], faults = reader.read(rows)
            found.extend(self._finding(reader, fault, rows) for fault in faults)
        added = [self._reporter(count), rows.numbers, self._inside(typed, count)]
        table = pa.Table.from_arrays([*added, *typed.values()], names=self.schema.names)
        return Part(table, _by_row(found))

    def _reporter(self, count: int) -> pa.Array:
        zeros = pa.array(np.zeros(count, np.int32))
        return pa.DictionaryArray.from_arrays(zeros, pa.array([self.origin.reporter]))

    def _inside(self, typed: dict[str, pa.Array], count: int) -> pa.Array:
        region = typed.get(self.table.region or "")
        if region is None or self.province is None:
            return pa.array(np.ones(count, np.bool_))
        if not isinstance(region, pa.DictionaryArray):
            return pc.starts_with(region, self.province).fill_null(False)
        inside = pc.starts_with(region.dictionary, self.province)
        return inside.take(region.indices).fill_null(False)

    def _finding(self, reader: ColumnReader, fault: Fault, rows: RowsOfText) -> pa.Table:
        at, column = pa.array(fault.rows), reader.column
        return in_columns(
            FORMAT_RULES[fault.code],
            self.origin,
            rows.numbers.take(at),
            number=column.number,
            label=column.label,
            values=shown_values(rows.texts(column.name).array.take(at)),
            keys=self._keys(rows, at),
            note=fault.note,
        )

    def _keys(self, rows: RowsOfText, at: pa.Array) -> pa.Array | None:
        """The table's key of each row, whole: explanations name rows by it."""
        parts = [rows.texts(name).array.take(at) for name in self.table.key if name in rows]
        return pc.binary_join_element_wise(*parts, "|") if parts else None


def shown_values(values: pa.StringArray) -> pa.StringArray:
    """Values as findings show them: cut where long, control characters visible, null where empty."""
    values = pc.if_else(pc.equal(values, ""), None, values)
    plain = pc.and_(
        pc.utf8_is_printable(values), pc.less_equal(pc.utf8_length(values), VALUE_SHOWN)
    )
    if pc.all(plain).as_py() is not False:
        return values
    return pa.array(
        [None if one is None else shown(one) for one in values.to_pylist()], pa.string()
    )


def _by_row(found: list[pa.Table]) -> tuple[pa.Table, ...]:
    """Findings in the order of the file."""
    if len(found) < 2:
        return tuple(found)
    return (pa.concat_tables(found).sort_by([("row", "ascending"), ("number", "ascending")]),)


@dataclass
class Joined:
    """Puts the parts of a file together: rows to Parquet, findings to the spool, both counted."""

    reader: RowReader
    target: Path
    spool: Spool
    lines: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    _waiting: list[pa.Table] = field(default_factory=list)
    _rows: int = 0
    _writer: pq.ParquetWriter | None = None

    def take(self, parts: Iterable[Part]) -> None:
        """Writes the parts in their order; the file has its name only when it is complete."""
        partial = self.target.with_name(self.target.name + ".partial")
        try:
            self._write(parts, partial)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
        partial.replace(self.target)

    def _write(self, parts: Iterable[Part], partial: Path) -> None:
        with ExitStack() as stack:
            for part in parts:
                self._findings(part)
                self._typed(part)
                self.lines += part.lines
                if self._rows >= ROWS_IN_A_GROUP:
                    self._flush(partial, stack)
            if self._waiting or self._writer is None:
                self._flush(partial, stack)

    def tallies(self, codes: Iterable[str], applied: int) -> tuple[Tally, ...]:
        """How each of these rules went over so many rows."""
        origin = self.reader.origin
        return tuple(
            Tally(code, origin.table, origin.reporter, applied, self.broken[code]) for code in codes
        )

    def _findings(self, part: Part) -> None:
        for table in part.findings:
            for code in pc.value_counts(table["code"]).to_pylist():
                self.broken[code["values"]] += code["counts"]
            self.spool.write(self._shifted(table, "row"))

    def _typed(self, part: Part) -> None:
        if part.typed.num_rows:
            self._waiting.append(self._shifted(part.typed, ROW))
            self._rows += part.typed.num_rows

    def _shifted(self, table: pa.Table, name: str) -> pa.Table:
        place = table.schema.get_field_index(name)
        return table.set_column(place, table.schema.field(name), pc.add(table[name], self.lines))

    def _flush(self, partial: Path, stack: ExitStack) -> None:
        """Writes the rows that wait as one group, so that each dictionary is written once."""
        waiting = self._waiting or [self.reader.schema.empty_table()]
        if self._writer is None:
            self._writer = stack.enter_context(_writer(partial, _together(waiting)))
        schema = self._writer.schema
        table = pa.concat_tables([_as(part, schema) for part in waiting]).unify_dictionaries()
        self._writer.write_table(table, row_group_size=2 * ROWS_IN_A_GROUP)
        self._waiting, self._rows = [], 0


def _writer(partial: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        partial,
        schema,
        compression="lz4",
        use_dictionary=[field.name for field in schema if pa.types.is_dictionary(field.type)],
        write_statistics=False,
        store_schema=False,
        store_decimal_as_integer=True,
    )


def _together(parts: list[pa.Table]) -> pa.Schema:
    """A column is written as a dictionary where every part came as one, else plain."""
    first = parts[0].schema
    return pa.schema(
        [_plain(f) if any(p.schema.field(f.name) != f for p in parts) else f for f in first]
    )


def _plain(field: pa.Field) -> pa.Field:
    of = field.type
    return field.with_type(of.value_type if pa.types.is_dictionary(of) else of)


def _as(part: pa.Table, schema: pa.Schema) -> pa.Table:
    """The same rows, each column a dictionary or plain as in the schema."""
    for place, (mine, asked) in enumerate(zip(part.schema, schema, strict=True)):
        if mine.type != asked.type:
            column = part.column(place)
            coded = pa.types.is_dictionary(asked.type)
            other = column.dictionary_encode() if coded else column.cast(asked.type)
            part = part.set_column(place, asked, other)
    return part


def in_threads(tasks: Iterable[Callable[[], T]], *, workers: int) -> Iterator[T]:
    """The results of the tasks in their order, a few of them worked on at a time."""
    pending: deque[Future[T]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for task in tasks:
                pending.append(pool.submit(task))
                if len(pending) > 2 * workers + 1:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()
