"""Results: cells with all that is needed to compute them again, kept by period in the data home."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.engines.columns import CellColumns, Wholes
from dripline.engines.data import Cell
from dripline.indicators.history import Aggregate, Published

KEYS, ROWS_IN_A_GROUP = 3, 16_384
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
        ("indicator", pa.string()),
        ("period", pa.string()),
        ("breakdown", pa.string()),
        ("key1", pa.string()),
        ("key2", pa.string()),
        ("key3", pa.string()),
        ("keys", pa.int8()),
        ("numerator", pa.string()),
        ("denominator", pa.string()),
        ("unknown", pa.int64()),
        ("published", pa.list_(PUBLISHED)),
    ]
)
"""Whole numbers as text: a rate's numerator is longer than any integer of a file format."""


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


def write_results(
    folder: Path, identity: Identity, cells: Iterable[CellColumns | Sequence[Cell]]
) -> Path:
    """Writes the cells of a period, question by question; a reader sees the whole file or none."""
    path = result_path(folder, identity)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    about = {b"dripline": json.dumps(asdict(identity)).encode()}
    tables = [SCHEMA.empty_table(), *(in_rows(one) for one in cells)]
    whole = pa.concat_tables(tables).replace_schema_metadata(about)
    pq.write_table(whole, partial, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
    os.replace(partial, path)
    return path


def in_rows(found: CellColumns | Sequence[Cell]) -> pa.Table:
    """The cells of one question as rows of the schema."""
    return as_table(found) if isinstance(found, CellColumns) else cells_table(found)


def cells_table(cells: Sequence[Cell]) -> pa.Table:
    """Cells one by one, with the published figures they rest on."""
    rows = [
        {
            **{name: getattr(cell, name) for name in ("indicator", "period", "breakdown")},
            **{f"key{place}": key for place, key in enumerate(cell.keys, 1)},
            "keys": len(cell.keys),
            "numerator": str(cell.numerator),
            "denominator": str(cell.denominator),
            "unknown": cell.unknown,
            "published": [asdict(a) for a in cell.aggregates]
            if isinstance(cell, Published)
            else None,
        }
        for cell in cells
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def as_table(found: CellColumns) -> pa.Table:
    """The cells of one question as rows of the schema."""
    count = len(found.numerator)
    keys = [pa.nulls(count, pa.string())] * KEYS
    for place, (codes, values) in enumerate(found.keys):
        keys[place] = pa.array(values, pa.string()).take(pa.array(codes))
    columns = [
        pa.repeat(found.question.indicator.code, count),
        pa.repeat(found.period, count),
        pa.repeat(found.question.breakdown, count),
        *keys,
        pa.repeat(pa.scalar(len(found.keys), pa.int8()), count),
        as_text(found.numerator),
        as_text(found.denominator),
        pa.array(found.unknown),
        pa.nulls(count, pa.list_(PUBLISHED)),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def as_text(numbers: Wholes) -> pa.Array:
    """Whole numbers of any length as text."""
    if numbers.dtype == object:
        return pa.array(list(map(str, numbers)), pa.string())
    return pa.array(numbers).cast(pa.string())


def read_results(path: Path, indicator: str, breakdown: str) -> Iterator[Cell]:
    """The cells of one indicator by one breakdown."""
    wanted = [("indicator", "=", indicator), ("breakdown", "=", breakdown)]
    for row in pq.read_table(path, filters=wanted, partitioning=None).to_pylist():
        yield read_cell(row)


def read_cell(row: Mapping[str, Any]) -> Cell:
    """A row of the schema as the cell it was written from."""
    keys = (row["key1"], row["key2"], row["key3"])[: row["keys"]]
    of = (row["indicator"], row["period"], row["breakdown"], keys)
    number = (int(row["numerator"]), int(row["denominator"]), row["unknown"])
    if row["published"] is None:
        return Cell(*of, *number)
    return Published(*of, *number, tuple(Aggregate(**one) for one in row["published"]))


def result_path(folder: Path, identity: Identity) -> Path:
    """Where the result of this identity lies."""
    return folder / identity.period / f"{identity.digest}.parquet"
