"""Results: cells with all that is needed to compute them again, kept by period in the data home."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.engines.columns import CellColumns, Wholes
from dripline.engines.data import Cell

KEYS, ROWS_IN_A_GROUP = 3, 16_384
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


def write_results(folder: Path, identity: Identity, cells: Iterable[CellColumns]) -> Path:
    """Writes the cells of a period, question by question; a reader sees the whole file or none."""
    path = result_path(folder, identity)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    about = {b"dripline": json.dumps(asdict(identity)).encode()}
    tables = [SCHEMA.empty_table(), *map(as_table, cells)]
    whole = pa.concat_tables(tables).replace_schema_metadata(about)
    pq.write_table(whole, partial, compression="zstd", row_group_size=ROWS_IN_A_GROUP)
    os.replace(partial, path)
    return path


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
        keys = (row["key1"], row["key2"], row["key3"])[: row["keys"]]
        yield Cell(
            row["indicator"],
            row["period"],
            row["breakdown"],
            keys,
            int(row["numerator"]),
            int(row["denominator"]),
            row["unknown"],
        )


def result_path(folder: Path, identity: Identity) -> Path:
    """Where the result of this identity lies."""
    return folder / identity.period / f"{identity.digest}.parquet"
