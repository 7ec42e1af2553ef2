"""Lists that arrive by name get their credit codes before they are accepted; what stays open goes into a file (FN 4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from dripline.engines.data import Data, Rows, schema
from dripline.intake.enterprise_names import Known, Unmatched, list_findings, match_list
from dripline.intake.findings import Origin, Spool, read_spool
from dripline.intake.overlay import Overlay
from dripline.intake.receiving import HandOver, Received
from dripline.periods import Period
from dripline.standards.customers import FTYKHX
from dripline.standards.lists import QUALIFICATION
from dripline.standards.registers import ENTERPRISE
from dripline.tables import Table

SentBack = Mapping[tuple[str, str, str], str]
"""Codes a person filled in, by kind, edition and name."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A hand-over whose lists have their codes, and the listed enterprises that stay without one."""

    handed: HandOver
    unmatched: tuple[Unmatched, ...]


def with_codes(
    handed: HandOver, store: Data | None, work: Path, sent_back: SentBack | None = None
) -> Listed:
    """Fills the credit codes of every list in the hand-over, by the registers handed over with it and those held."""
    tables: list[Received] = []
    unmatched: list[Unmatched] = []
    for one in handed.tables:
        if one.table is not QUALIFICATION:
            tables.append(one)
            continue
        made, left = _matched(one, handed, store, work, sent_back)
        tables.append(made)
        unmatched += left
    return Listed(handed.with_tables(tables), tuple(unmatched))


def _matched(
    one: Received, handed: HandOver, store: Data | None, work: Path, sent_back: SentBack | None
) -> tuple[Received, tuple[Unmatched, ...]]:
    known = known_on(Overlay.of(store, handed.tables, one.period), one.period)
    rows = pq.read_table(one.staged).cast(schema(QUALIFICATION))
    matched = match_list(rows, known, sent_back)
    target = one.staged.with_name(one.staged.name.replace(".parquet", ".listed.parquet"))
    pq.write_table(matched.rows, target)
    origin = Origin(one.file.name, QUALIFICATION.code, str(one.period), one.reporter)
    spool_path = work / f"{one.staged.name}.lists.parquet"
    with Spool(spool_path) as spool:
        spool.extend(read_spool(one.spool))
        spool.extend(list_findings(matched, origin))
    codes = "\n".join(str(code) for code in matched.rows["credit_code"].to_pylist())
    # The codes depend on the registers too: the same list with other matches is another version.
    mark = hashlib.sha256(f"{one.sha256}\n{codes}".encode()).hexdigest()
    return replace(one, staged=target, sha256=mark, spool=spool_path), matched.unmatched


def known_on(data: Data, period: Period) -> Known:
    """Names and codes of the register of enterprises, and of the customers reported last."""
    customers = next(
        (rows for back in range(3) if (rows := data.rows("FTYKHX", period.shift(-back)))), None
    )
    return Known.of(_read(ENTERPRISE, data.rows("ENTERPRISE", period)), _read(FTYKHX, customers))


def _read(table: type[Table], rows: Rows | None) -> pa.Table:
    parts: Iterable[pa.Table] = () if rows is None else map(pq.read_table, rows.files)
    wanted = schema(table)
    return pa.concat_tables([wanted.empty_table(), *(part.cast(wanted) for part in parts)])
