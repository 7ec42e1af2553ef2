"""Accepted facts of one month as the store keeps them: a Parquet file a table and reporter, and the registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.rows import SIZES, bank_codes, columns
from benchmarks.world import (
    BANKS,
    DAY,
    SEED,
    Firms,
    Loans,
    chosen,
    counties,
    firms_of,
    industries,
    loans,
    numbered,
)
from dripline.codes import code_list
from dripline.engines.data import INSIDE, REPORTER, ROW, Rows, schema
from dripline.periods import Period
from dripline.tables import table as table_called

PERIOD = Period.of(DAY)
LISTED = 5
"""One firm of five is on a list, on one and a half of them on average."""
WRITTEN = {"compression": "lz4", "write_statistics": False, "store_decimal_as_integer": True}


@dataclass(frozen=True)
class Facts:
    """The files of one month, read as the store would be."""

    folder: Path
    only: frozenset[str] | None = None
    again: Mapping[str, Path] = field(default_factory=dict)
    """Banks that have sent their loans once more, and where the later file lies."""

    def rows(self, table: str, period: Period) -> Rows | None:
        """The rows of a table for the month, or None."""
        files = tuple(str(file) for _, file in sorted(self._files(table, period).items()))
        return Rows(files=files) if files else None

    def received(self, table: str, period: Period) -> frozenset[str]:
        """Whose files are there."""
        return frozenset(self._files(table, period))

    def versions(self, table: str, period: Period) -> Mapping[str, str]:
        """The files never change: their names say what they hold."""
        return {name: str(file) for name, file in self._files(table, period).items()}

    def of(self, reporters: frozenset[str]) -> Facts:
        """The same, of these banks only."""
        return replace(self, only=reporters)

    def _files(self, table: str, period: Period) -> dict[str, Path]:
        found = {file.stem: file for file in self.folder.glob(f"{table}/*.parquet")}
        if period != PERIOD:
            return {}
        if table_called(table).per_reporter and self.only is not None:
            found = {name: file for name, file in found.items() if name in self.only}
        later = self.again if table == "CLDWDK" else {}
        return found | {name: file for name, file in later.items() if name in found}


def write_facts(folder: Path, count: int, first: int = 0) -> Facts:
    """A month of all banks with so many loan notes, the first numbered ``first``; written once, found again."""
    done = folder / "done"
    if not done.exists():
        firms = Firms.made(firms_of(count))
        write_loans(folder, loans(first, count, len(firms)), firms)
        write_registers(folder, firms, first)
        done.touch()
    return Facts(folder)


def resubmitted(facts: Facts) -> Facts:
    """The same month after the bank of median size has sent its loans again: seven notes fewer, each a yuan more."""
    files = sorted(
        facts.folder.glob("CLDWDK/*.parquet"), key=lambda f: pq.read_metadata(f).num_rows
    )
    bank = files[len(files) // 2]
    rows = pq.read_table(bank, partitioning=None).slice(7)
    place = rows.schema.get_field_index("balance_cny")
    field_of = rows.schema.field(place)
    more = pc.add(rows["balance_cny"], 1).cast(field_of.type)
    later = facts.folder / "again" / bank.name
    later.parent.mkdir(exist_ok=True)
    pq.write_table(rows.set_column(place, field_of, more), later, **WRITTEN)
    return Facts(facts.folder, again={bank.stem: later})


def write_loans(folder: Path, all_loans: Loans, firms: Firms) -> None:
    """CLDWDK, a file for each bank."""
    order = np.argsort(all_loans.bank, kind="stable")
    sorted_loans = Loans(*(getattr(all_loans, name)[order] for name in Loans.__slots__))
    banks = bank_codes(BANKS)
    bounds = np.searchsorted(sorted_loans.bank, np.arange(BANKS + 1))
    for bank, (first, last) in enumerate(pairwise(bounds)):
        of_bank = Loans(*(getattr(sorted_loans, name)[first:last] for name in Loans.__slots__))
        write(folder, "CLDWDK", banks[bank].as_py(), columns(of_bank, firms, BANKS))


def write_registers(folder: Path, firms: Firms, edition: int = 0) -> None:
    """Lists of firms with their editions, the register of enterprises, and that of institutions."""
    kinds = sorted(code_list("list_kind").accepted(on=DAY))
    rng = np.random.default_rng([SEED, 3, edition])
    listed = np.sort(rng.choice(len(firms), size=len(firms) // LISTED, replace=False))
    times = rng.choice((1, 2, 3), size=len(listed), p=(0.62, 0.26, 0.12))
    firm = np.repeat(listed, times)
    kind = (
        np.repeat(rng.integers(len(kinds), size=len(listed)), times) + np.arange(len(firm))
    ) % len(kinds)
    write(
        folder,
        "QUALIFICATION",
        "authority",
        qualifications(firms, firm, chosen(tuple(kinds), kind)),
    )
    write(folder, "EDITION", "authority", editions(kinds))
    write(folder, "ENTERPRISE", "authority", enterprises(firms, listed))
    write(folder, "INSTITUTION", "authority", institutions())


def qualifications(firms: Firms, firm: np.ndarray, kind: pa.Array) -> dict[str, pa.Array]:
    """QUALIFICATION: a row for each firm and list it is on."""
    count = len(firm)
    return {
        "kind": kind,
        "edition": pa.repeat("2025", count),
        "name": numbered("QY", firm, 8),
        "credit_code": firms.codes.take(pa.array(firm)),
        "valid_from": pa.repeat(pa.scalar(date(2024, 1, 1)), count),
        "valid_to": pa.repeat(pa.scalar(date(2026, 12, 31)), count),
        "document": pa.repeat("D", count),
        "document_day": pa.repeat(pa.scalar(date(2025, 1, 1)), count),
        "scope": pa.repeat("national", count),
        "received_from": pa.repeat("bench", count),
    }


def editions(kinds: list[str]) -> dict[str, pa.Array]:
    """EDITION: one adopted edition of each kind of list."""
    count = len(kinds)
    return {
        "kind": pa.array(kinds),
        "edition": pa.repeat("2025", count),
        "adopted_from": pa.repeat(pa.scalar(date(2025, 1, 1)), count),
        "scope": pa.repeat("national", count),
        "document": pa.repeat("D", count),
        "document_day": pa.repeat(pa.scalar(date(2025, 1, 1)), count),
    }


def enterprises(firms: Firms, listed: np.ndarray) -> dict[str, pa.Array]:
    """ENTERPRISE: the firms on a list."""
    count = len(listed)
    return {
        "credit_code": firms.codes.take(pa.array(listed)),
        "name": numbered("QY", listed, 8),
        "county": chosen(counties(), firms.county[listed]),
        "industry": chosen(industries(), firms.industry[listed]),
        "size": chosen(SIZES, firms.size[listed]),
        "status": pa.repeat("active", count),
    }


def institutions() -> dict[str, pa.Array]:
    """INSTITUTION: the banks."""
    return {
        "institution_code": bank_codes(BANKS),
        "name": numbered("YH", np.arange(BANKS), 4),
        "kind": pa.repeat("joint_stock_branch", BANKS),
        "city": pa.repeat("410100", BANKS),
        "valid_from": pa.repeat(pa.scalar(date(2000, 1, 1)), BANKS),
    }


def write(folder: Path, table: str, reporter: str, made: dict[str, pa.Array]) -> None:
    """One file with the store's schema; columns that are not given are empty."""
    count = len(next(iter(made.values())))
    added = {
        REPORTER: pa.repeat(reporter, count),
        ROW: pa.array(np.arange(1, count + 1)),
        INSIDE: pa.repeat(True, count),
    }
    given = {**added, **made}
    arrays = [
        given[field.name].cast(field.type) if field.name in given else pa.nulls(count, field.type)
        for field in schema(table_called(table))
    ]
    path = folder / table / f"{reporter}.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = pa.Table.from_arrays(arrays, schema=schema(table_called(table)))
    pq.write_table(whole, path, **WRITTEN)
