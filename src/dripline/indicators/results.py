"""Results: cells with all that is needed to compute them again, kept by period in the data home.

A file of a period holds the cells of each indicator by each breakdown as one batch, and says at its beginning which is
where; so one series of five years is a few kilobytes out of each of sixty files.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dripline.engines.columns import CellColumns, Wholes
from dripline.engines.data import Cell
from dripline.indicators.history import Aggregate, Published

KEYS = ("key1", "key2", "key3")
PUBLISHED = pa.struct(
    [
        *((name, pa.string()) for name in ("indicator", "breakdown", "item", "period")),
        ("value", pa.decimal128(16, 2)),
        ("cited", pa.string()),
        ("definition", pa.string()),
        ("own_list", pa.bool_()),
    ]
)
"""A figure published before the rows begin that a cell rests on (FN 17); no cell of rows alone has one."""
SCHEMA = pa.schema(
    [
        *((key, pa.string()) for key in KEYS),
        ("numerator", pa.int64()),
        ("denominator", pa.int64()),
        ("long_numerator", pa.string()),
        ("long_denominator", pa.string()),
        ("unknown", pa.int64()),
        ("published", pa.list_(PUBLISHED)),
    ]
)
"""A whole number is written out as text where it is longer than 64 bits, as the numerator of a rate may be."""
FILES_OPEN = 1024
Question = tuple[str, str]
"""An indicator and a breakdown as the catalogue writes it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What a result rests on; the same identity gives the same figures, on any machine."""

    period: str
    catalogue: str
    facts: str
    lawbook: str
    program: str
    engine: str

    @property
    def digest(self) -> str:
        """A short name for the identity and the form of the file, so that no file of another form is ever read."""
        text = json.dumps(asdict(self) | {"form": SCHEMA.to_string()}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


# --- writing ---------------------------------------------------------------------------------------


def write_results(
    folder: Path, identity: Identity, cells: Iterable[CellColumns | Sequence[Cell]]
) -> Path:
    """Writes the cells of a period, question by question; a reader sees the whole file or none."""
    tables = [table for one in cells if (table := _table(one)) is not None]
    parts: list[tuple[Question, int]] = []
    batches: list[pa.RecordBatch] = []
    for question, group in groupby(tables, key=lambda one: one[0]):
        some = list(group)
        joined = pa.concat_tables([table for _, _, table in some]).combine_chunks()
        batches += joined.to_batches() or [pa.RecordBatch.from_pylist([], schema=SCHEMA)]
        parts.append((question, some[0][1]))
    about = {"identity": asdict(identity), "parts": [[*question, w] for question, w in parts]}
    schema = SCHEMA.with_metadata({"dripline": json.dumps(about)})
    path = result_path(folder, identity)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_file(str(partial), schema, options=options) as writer:
        for batch in batches:
            writer.write_batch(batch.cast(schema))
    os.replace(partial, path)
    return path


def _table(found: CellColumns | Sequence[Cell]) -> tuple[Question, int, pa.Table] | None:
    """The cells of one question as rows, with the question and how many keys a cell has."""
    if isinstance(found, CellColumns):
        question = found.question.indicator.code, found.question.breakdown
        return question, len(found.keys), _of_columns(found)
    if not found:
        return None
    first = found[0]
    return (first.indicator, first.breakdown), len(first.keys), _of_cells(found)


def _of_columns(found: CellColumns) -> pa.Table:
    count = len(found.numerator)
    keys = [pa.nulls(count, pa.string())] * len(KEYS)
    for place, (codes, values) in enumerate(found.keys):
        keys[place] = pa.array(values, pa.string()).take(pa.array(codes))
    numerator, long_numerator = _numbers(found.numerator)
    denominator, long_denominator = _numbers(found.denominator)
    numbers = [numerator, denominator, long_numerator, long_denominator]
    published = pa.nulls(count, pa.list_(PUBLISHED))
    columns = [*keys, *numbers, pa.array(found.unknown, pa.int64()), published]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _numbers(numbers: Wholes) -> tuple[pa.Array, pa.Array]:
    """As numbers, or else as text."""
    count = len(numbers)
    if numbers.dtype == object:
        return pa.nulls(count, pa.int64()), pa.array(list(map(str, numbers)), pa.string())
    return pa.array(numbers, pa.int64()), pa.nulls(count, pa.string())


def _of_cells(cells: Sequence[Cell]) -> pa.Table:
    """Cells one by one, with the published figures they rest on."""
    rows = [
        {
            **dict(zip(KEYS, cell.keys, strict=False)),
            "long_numerator": str(cell.numerator),
            "long_denominator": str(cell.denominator),
            "unknown": cell.unknown,
            "published": [asdict(a) for a in cell.aggregates]
            if isinstance(cell, Published)
            else None,
        }
        for cell in cells
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


# --- reading ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Results:
    """A file of results, open: its bytes are read when they are asked for."""

    reader: pa.RecordBatchFileReader
    period: str
    parts: Mapping[Question, tuple[int, int]]
    """The batch of each question, and how many keys its cells have."""

    @classmethod
    def open(cls, path: Path) -> Results:
        """The file, opened once by a process: it never changes."""
        return _opened(str(path))

    def cells(
        self, indicator: str, breakdown: str, keys: tuple[str | None, ...] | None = None
    ) -> Iterator[Cell]:
        """The cells of one indicator by one breakdown, or the one with these keys."""
        if (indicator, breakdown) not in self.parts:
            return
        place, width = self.parts[indicator, breakdown]
        batch = self.reader.get_batch(place)
        if keys is not None:
            batch = batch.filter(_with_keys(batch, keys))
        for row in batch.to_pylist():
            yield self._cell(indicator, breakdown, tuple(row[k] for k in KEYS[:width]), row)

    def _cell(
        self, indicator: str, breakdown: str, keys: tuple[str | None, ...], row: Mapping[str, Any]
    ) -> Cell:
        of = (indicator, self.period, breakdown, keys)
        number = (_whole(row, "numerator"), _whole(row, "denominator"), row["unknown"])
        if row["published"] is None:
            return Cell(*of, *number)
        return Published(*of, *number, tuple(Aggregate(**one) for one in row["published"]))


def _with_keys(batch: pa.RecordBatch, keys: tuple[str | None, ...]) -> pa.Array:
    """Which rows have these keys."""
    found = pa.array([True] * batch.num_rows)
    for name, key in zip(KEYS, keys, strict=False):
        column = batch.column(name)
        same = pc.is_null(column) if key is None else pc.fill_null(pc.equal(column, key), False)
        found = pc.and_(found, same)
    return found


def _whole(row: Mapping[str, Any], name: str) -> int:
    number = row[name]
    return int(row[f"long_{name}"]) if number is None else int(number)


@lru_cache(maxsize=FILES_OPEN)
def _opened(path: str) -> Results:
    reader = pa.ipc.open_file(pa.memory_map(path))
    about = json.loads(reader.schema.metadata[b"dripline"])
    parts = {(code, way): (place, w) for place, (code, way, w) in enumerate(about["parts"])}
    return Results(reader, about["identity"]["period"], MappingProxyType(parts))


def read_results(
    path: Path, indicator: str, breakdown: str, keys: tuple[str | None, ...] | None = None
) -> Iterator[Cell]:
    """The cells of one indicator by one breakdown, or the one with these keys."""
    return Results.open(path).cells(indicator, breakdown, keys)


def all_results(path: Path) -> Iterator[Cell]:
    """Every cell of a file."""
    results = Results.open(path)
    for indicator, breakdown in results.parts:
        yield from results.cells(indicator, breakdown)


def result_path(folder: Path, identity: Identity) -> Path:
    """Where the result of this identity lies."""
    return folder / identity.period / f"{identity.digest}.arrow"
