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

from dripline.engines.data import Cell

SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("period", pa.string()),
        ("breakdown", pa.string()),
        ("key1", pa.string()),
        ("key2", pa.string()),
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
        """A short name for the identity."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_results(folder: Path, identity: Identity, cells: Iterable[Cell]) -> Path:
    """Writes the cells of a period; a reader sees the whole file or none."""
    path = result_path(folder, identity)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    about = {b"dripline": json.dumps(asdict(identity)).encode()}
    pq.write_table(as_table(cells).replace_schema_metadata(about), partial, compression="zstd")
    os.replace(partial, path)
    return path


def as_table(cells: Iterable[Cell]) -> pa.Table:
    """Cells in columns."""
    rows = [
        {
            "indicator": cell.indicator,
            "period": cell.period,
            "breakdown": cell.breakdown,
            "key1": cell.keys[0] if cell.keys else None,
            "key2": cell.keys[1] if len(cell.keys) > 1 else None,
            "keys": len(cell.keys),
            "numerator": str(cell.numerator),
            "denominator": str(cell.denominator),
            "unknown": cell.unknown,
        }
        for cell in cells
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def read_results(path: Path, indicator: str, breakdown: str) -> Iterator[Cell]:
    """The cells of one indicator by one breakdown."""
    wanted = [("indicator", "=", indicator), ("breakdown", "=", breakdown)]
    for row in pq.read_table(path, filters=wanted, partitioning=None).to_pylist():
        keys = (row["key1"], row["key2"])[: row["keys"]]
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
