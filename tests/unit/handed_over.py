"""Deliveries for the tests of the store: rows that hold a note number and nothing else."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import dripline.standards.customers
import dripline.standards.loan_flows
import dripline.standards.loans
import dripline.standards.registers  # noqa: F401
from dripline.engines.data import INSIDE, REPORTER, ROW, schema
from dripline.periods import Period
from dripline.store import Delivery, Explanation, Outcome, Staged, Store
from dripline.tables import table

BANK, OTHER = "91410000MA0000000M", "91410000MA0000001K"
BRANCH = "HN-BRANCH"
MAY, JUNE, JULY = Period(2025, 5), Period(2025, 6), Period(2025, 7)


def noon(day: str) -> datetime:
    """Noon in Henan on this day."""
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=4)


def staged(
    store: Store, code: str, sender: str, rows: list[dict[str, Any]], package: str | None = None
) -> Staged:
    """Rows of a table as intake would stage them; the package's bytes are told from the rows."""
    path = store.home.aside / f"{secrets.token_hex(8)}.parquet"
    path.parent.mkdir(exist_ok=True)
    added = [{REPORTER: sender, ROW: n, INSIDE: True} | row for n, row in enumerate(rows, 1)]
    pq.write_table(pa.Table.from_pylist(added, schema(table(code))), path)
    text = package if package is not None else f"{code} {sender} {rows}"
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Staged(path=path, package_sha256=digest, rows=len(rows))


def notes(*numbers: str) -> list[dict[str, Any]]:
    """Rows with these note numbers."""
    return [{"loan_note_no": number} for number in numbers]


def delivery(
    store: Store,
    tables: Mapping[str, list[dict[str, Any]]],
    *,
    sender: str = BANK,
    period: Period = JUNE,
    outcomes: tuple[Outcome, ...] = (),
    explanations: tuple[Explanation, ...] = (),
    checked_at: int | None = None,
    key: str | None = None,
) -> Delivery:
    """A delivery checked against the store as it is."""
    return Delivery(
        reporter=sender,
        period=period,
        tables={code: staged(store, code, sender, rows) for code, rows in tables.items()},
        outcomes=outcomes,
        explanations=explanations,
        checked_at=store.at(None).number if checked_at is None else checked_at,
        lawbook="lawbook-digest",
        key=key,
    )


def note_numbers(store: Store, code: str, period: Period, as_of: date | None = None) -> list[str]:
    """The note numbers the store gives for a month."""
    held = store.at(as_of).held(code, period)
    return [
        number
        for sender in sorted(held)
        for number in pq.ParquetFile(store.home.path / held[sender].file)
        .read()["loan_note_no"]
        .to_pylist()
    ]
