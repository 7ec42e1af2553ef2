"""The log as one table of columns: which entry brought which version of which table. Made from the log, thrown away at will.

Reading ten thousand small entries takes a second; so what was read is kept as an Arrow file under ``cache`` with the
hash of the last entry it knows. As each entry names the hash of the one before, that one hash vouches for all of them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from dripline.store.durable import make_folder, replace, write_aside
from dripline.store.entries import Entry, digest, read
from dripline.store.home import Home
from dripline.store.log import Log

COLUMNS = pa.schema(
    {
        "number": pa.int64(),
        "accepted_on": pa.date32(),
        "reporter": pa.string(),
        "period": pa.string(),
        "table": pa.string(),
        "version": pa.int64(),
        "file": pa.string(),
        "package_sha256": pa.string(),
        "rows": pa.int64(),
        "key": pa.string(),
    }
)
FILE = "index.arrow"
WORTH_KEEPING = 32
"""Entries read one by one before the index is written anew."""


_known: dict[Path, Index] = {}
"""By home the index this process read last: most questions find that nothing has come since."""


@dataclass(frozen=True, slots=True)
class Index:
    """What entries 1 to ``number`` say, a row for each table of each delivery, in the order of the log."""

    rows: pa.Table
    number: int
    last: str
    """Hash of the last entry; empty for an empty log."""
    last_day: date | None
    swept: frozenset[str]
    """Leftover files that some process may be about to remove: no entry may name one."""

    @classmethod
    def empty(cls) -> Index:
        """An index of no entries."""
        return cls(COLUMNS.empty_table(), 0, "", None, frozenset())

    @classmethod
    def of(cls, home: Home) -> Index:
        """The index of the whole log, from the kept one and the entries since."""
        log = Log(home)
        if (known := _known.get(home.path)) is not None and known.is_whole(log):
            return known
        kept = _kept(home, log)
        index = kept.extended(log)
        if index.number - kept.number >= WORTH_KEEPING:
            index.keep(home)
        _known[home.path] = index
        return index

    def is_whole(self, log: Log) -> bool:
        """Whether this is the index of that log, and nothing has come since."""
        if log.path(self.number + 1).exists():
            return False
        try:
            return self.number > 0 and digest(log.path(self.number).read_bytes()) == self.last
        except OSError:
            return False

    def extended(self, log: Log) -> Index:
        """This index with the entries that came since."""
        number, last, last_day, swept = self.number, self.last, self.last_day, set(self.swept)
        found: list[dict[str, object]] = []
        for number in range(self.number + 1, log.length() + 1):
            content = log.content(number)
            entry, last = read(content, str(log.path(number))), digest(content)
            last_day = entry.accepted_on
            if isinstance(entry, Entry):
                found.extend(_rows(entry))
            else:
                swept.update(entry.files)
        rows = (
            pa.concat_tables([self.rows, pa.Table.from_pylist(found, COLUMNS)])
            if found
            else self.rows
        )
        return Index(rows, number, last, last_day, frozenset(swept))

    def keep(self, home: Home) -> None:
        """Keeps the index for the next reader; a home one may only read stays as it is."""
        notes = {
            "number": str(self.number),
            "last": self.last,
            "last_day": "" if self.last_day is None else self.last_day.isoformat(),
            "swept": "\n".join(sorted(self.swept)),
        }
        buffer = pa.BufferOutputStream()
        with pa.ipc.new_file(buffer, COLUMNS.with_metadata(notes)) as writer:
            writer.write_table(self.rows.combine_chunks())
        with contextlib.suppress(OSError):
            make_folder(home.cache)
            replace(write_aside(home.aside, buffer.getvalue().to_pybytes()), home.cache / FILE)

    def until(self, day: date) -> Index:
        """The index as it was at the end of a day of Asia/Shanghai."""
        rows = self.rows.filter(pc.less_equal(self.rows["accepted_on"], pa.scalar(day)))
        if len(rows) == len(self.rows):
            return self
        number = rows["number"][-1].as_py() if len(rows) else 0
        # An index of the past is only read: the hash of its last entry is nobody's business.
        return Index(
            rows, number, "", rows["accepted_on"][-1].as_py() if len(rows) else None, self.swept
        )

    def where(self, **values: str) -> pa.Table:
        """The rows with these values, in the order of the log."""
        rows = self.rows
        for name, value in values.items():
            rows = rows.filter(pc.equal(rows[name], value))
        return rows

    def since(self, number: int) -> pa.Table:
        """The rows of the entries after this one."""
        return self.rows.filter(pc.greater(self.rows["number"], number))


def _rows(entry: Entry) -> Iterable[dict[str, object]]:
    for each in entry.tables:
        yield {
            "number": entry.number,
            "accepted_on": entry.accepted_on,
            "reporter": entry.reporter,
            "period": str(entry.period),
            "table": each.table,
            "version": each.version,
            "file": each.file,
            "package_sha256": each.package_sha256,
            "rows": each.rows,
            "key": entry.key,
        }


def _kept(home: Home, log: Log) -> Index:
    """The kept index if it is one of this very log."""
    try:
        with pa.memory_map(str(home.cache / FILE)) as source, pa.ipc.open_file(source) as reader:
            rows, notes = reader.read_all(), reader.schema.metadata
        number, last = int(notes[b"number"]), notes[b"last"].decode()
        if not rows.schema.equals(COLUMNS) or digest(log.path(number).read_bytes()) != last:
            return Index.empty()
        day = date.fromisoformat(notes[b"last_day"].decode())
        swept = frozenset(filter(None, notes[b"swept"].decode().split("\n")))
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        return Index.empty()
    return Index(rows.replace_schema_metadata(None), number, last, day, swept)
