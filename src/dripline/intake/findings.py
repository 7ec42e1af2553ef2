"""Findings: where a file breaks a rule, as values that are streamed to a spool on disk and never held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.definitions import Rule, Severity
from dripline.words import Text

VALUE_SHOWN = 120
"""Characters of a value that a finding shows; the rest is cut and marked by an ellipsis."""
ROWS_BEFORE_WRITING = 20_000


@dataclass(frozen=True, slots=True)
class Origin:
    """The file a finding is about: its name, and table, period and reporter as far as they are known."""

    file: str
    table: str = ""
    period: str = ""
    reporter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place where a file breaks a rule, with all a person needs to mend it.

    ``row`` is the line in the file, from 1; ``number`` and ``label`` are those of the column; ``value`` is cut to
    ``VALUE_SHOWN``; ``key`` are the values of the table's key joined by ``|``, uncut; ``note`` says what is special here.
    """

    file: str
    table: str
    period: str
    reporter: str
    row: int | None
    number: int | None
    label: Text | None
    value: str | None
    code: str
    severity: Severity
    says: Text
    source: str
    article: str
    remedy: Text
    key: str | None
    note: Text | None


def finding(
    rule: Rule,
    origin: Origin,
    *,
    row: int | None = None,
    number: int | None = None,
    label: Text | None = None,
    value: str | None = None,
    key: str | None = None,
    note: Text | None = None,
) -> Finding:
    """A finding of this rule in this file."""
    return Finding(
        file=origin.file,
        table=origin.table,
        period=origin.period,
        reporter=origin.reporter,
        row=row,
        number=number,
        label=label,
        value=None if value is None else shown(value),
        code=rule.code,
        severity=rule.severity,
        says=rule.says,
        source=rule.source,
        article=rule.article,
        remedy=rule.remedy,
        key=key,
        note=note,
    )


def shown(value: str) -> str:
    """A value as a finding shows it: cut where it is long, control characters made visible."""
    cut = value if len(value) <= VALUE_SHOWN else value[: VALUE_SHOWN - 1] + "…"
    return cut if cut.isprintable() else "".join(map(_visible, cut))


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    return f"\\x{ord(character):02x}" if ord(character) < 256 else f"\\u{ord(character):04x}"


PLAIN = (
    "file",
    "table",
    "period",
    "reporter",
    "value",
    "code",
    "severity",
    "source",
    "article",
    "key",
)
WORDS = ("label", "says", "remedy", "note")
SCHEMA = pa.schema(
    [("row", pa.int64()), ("number", pa.int32())]
    + [(name, pa.string()) for name in PLAIN]
    + [(f"{name}_{tongue}", pa.string()) for name in WORDS for tongue in ("zh", "en")]
)


class Spool:
    """Findings on their way to disk (Parquet); close it before reading. Not for several threads at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._writer = pq.ParquetWriter(path, SCHEMA, compression="zstd")
        self._singles: list[dict[str, Any]] = []
        self._tables: list[pa.Table] = []
        self._waiting = 0

    def add(self, *findings: Finding) -> None:
        """Takes single findings."""
        self._singles.extend(_as_row(one) for one in findings)
        self._grown(len(findings))

    def extend(self, findings: Iterable[Finding]) -> None:
        """Takes any number of findings without holding them."""
        for one in findings:
            self.add(one)

    def write(self, table: pa.Table) -> None:
        """Takes findings already in columns (``SCHEMA``)."""
        self._flush_singles()
        self._tables.append(table)
        self._grown(table.num_rows)

    def close(self) -> None:
        """Writes what is left."""
        self._flush()
        self._writer.close()

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _grown(self, by: int) -> None:
        self.count += by
        self._waiting += by
        if self._waiting >= ROWS_BEFORE_WRITING:
            self._flush()

    def _flush_singles(self) -> None:
        if self._singles:
            self._tables.append(pa.Table.from_pylist(self._singles, SCHEMA))
            self._singles = []

    def _flush(self) -> None:
        self._flush_singles()
        if self._tables:
            self._writer.write_table(pa.concat_tables(self._tables))
        self._tables, self._waiting = [], 0


def in_columns(
    rule: Rule,
    origin: Origin,
    rows: pa.Array,
    *,
    number: int | None = None,
    label: Text | None = None,
    values: pa.Array | None = None,
    keys: pa.Array | None = None,
    note: Text | None = None,
) -> pa.Table:
    """Many findings of one rule in one column, in columns; only rows, values and keys differ between them."""
    same = finding(rule, origin, number=number, label=label, note=note)
    constant = _as_row(same)
    count = len(rows)
    given = {"row": rows, "value": values, "key": keys}
    columns = [
        one.cast(field.type)
        if (one := given.get(field.name)) is not None
        else pa.repeat(pa.scalar(constant[field.name], field.type), count)
        for field in SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def read_spool(path: Path) -> Iterator[Finding]:
    """The findings of a closed spool, in the order they came."""
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=5_000):
            for row in batch.to_pylist():
                yield finding_of(row)


def _as_row(one: Finding) -> dict[str, Any]:
    row: dict[str, Any] = {"row": one.row, "number": one.number}
    row |= {name: getattr(one, name) for name in PLAIN}
    for name in WORDS:
        words: Text | None = getattr(one, name)
        row[f"{name}_zh"] = None if words is None else words.zh
        row[f"{name}_en"] = None if words is None else words.en
    return row


def finding_of(row: dict[str, Any]) -> Finding:
    """The finding in a row of a spool."""
    words: dict[str, Any] = {
        name: _words(row.pop(f"{name}_zh"), row.pop(f"{name}_en")) for name in WORDS
    }
    return Finding(**row, **words)


@lru_cache(maxsize=10_000)
def _words(zh: str | None, en: str | None) -> Text | None:
    return None if zh is None or en is None else Text(zh=zh, en=en)
