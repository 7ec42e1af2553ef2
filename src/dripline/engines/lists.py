"""Lists of enterprises as in force for a period: who is on which kind of list (FN 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from dripline.engines.data import Data
from dripline.periods import Period

HENAN = "41"
CREDIT_CODE, ORGANISATION_CODE = "A01", "A02"
PERSONS = tuple(f"B{number:02d}" for number in (*range(1, 13), 99))


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists adopted for one period: credit codes by kind, and the kinds that list Henan's enterprises only."""

    adopted: dict[str, frozenset[str]]
    valid: dict[str, frozenset[str]]
    of_henan: frozenset[str]

    @classmethod
    def read(cls, data: Data, period: Period) -> Lists:
        """From the registers EDITION and QUALIFICATION as they stand at the period's end."""
        editions = adopted_editions(_rows(data, "EDITION", period), period)
        rows = [r for r in _rows(data, "QUALIFICATION", period) if r["credit_code"]]
        day = period.last_day
        adopted: dict[str, set[str]] = {kind: set() for kind in editions}
        valid: dict[str, set[str]] = {kind: set() for kind in editions}
        for row in rows:
            kind = row["kind"]
            if kind not in editions or cancelled(row, day):
                continue
            if editions[kind][0] == row["edition"]:
                adopted[kind].add(row["credit_code"])
            if in_force(row, day):
                valid[kind].add(row["credit_code"])
        return cls(
            {kind: frozenset(codes) for kind, codes in adopted.items()},
            {kind: frozenset(codes) for kind, codes in valid.items()},
            frozenset(kind for kind, (_, scope) in editions.items() if scope == "henan"),
        )

    def answer(
        self,
        kinds: tuple[str, ...],
        rule: str,
        id_type: str | None,
        id_no: str | None,
        region: str | None,
    ) -> bool | None:
        """Whether an enterprise with this identifier and region is on a list of one of the kinds."""
        answers = [self.on_kind(kind, rule, id_type, id_no, region) for kind in kinds]
        return True if True in answers else None if None in answers else False

    def on_kind(
        self, kind: str, rule: str, id_type: str | None, id_no: str | None, region: str | None
    ) -> bool | None:
        """One kind: unknown where no edition was adopted, or a list of Henan is asked about another province."""
        if id_type in PERSONS:
            return False
        codes = (self.adopted if rule == "edition" else self.valid).get(kind)
        if codes is None or id_no is None or id_type not in (CREDIT_CODE, ORGANISATION_CODE):
            return None
        if id_no in codes if id_type == CREDIT_CODE else id_no in organisations(codes):
            return True
        return None if kind in self.of_henan and (region is None or region[:2] != HENAN) else False


def adopted_editions(rows: Iterable[dict[str, Any]], period: Period) -> dict[str, tuple[str, str]]:
    """For each kind the edition adopted latest at the period, with its scope (national or henan)."""
    found: dict[str, tuple[date, str, str]] = {}
    for row in rows:
        start = row["adopted_from"]
        if start > period.last_day:
            continue
        if row["kind"] not in found or (start, row["edition"]) > found[row["kind"]][:2]:
            found[row["kind"]] = (start, row["edition"], row["scope"])
    return {kind: (edition, scope) for kind, (_, edition, scope) in found.items()}


def cancelled(row: dict[str, Any], day: date) -> bool:
    """Struck off with effect on or before the day (the effect may lie before the announcement)."""
    effect = row["cancelled_from"] or row["cancelled_on"]
    return effect is not None and effect <= day


def in_force(row: dict[str, Any], day: date) -> bool:
    """Valid on the day itself; an empty end is open."""
    starts = row["valid_from"]
    return (
        starts is not None and starts <= day and (row["valid_to"] is None or day <= row["valid_to"])
    )


def organisations(codes: frozenset[str]) -> frozenset[str]:
    """Organisation codes inside credit codes: characters 9 to 17."""
    return frozenset(code[8:17] for code in codes)


def _rows(data: Data, table: str, period: Period) -> list[dict[str, Any]]:
    rows = data.rows(table, period)
    if rows is None:
        return []
    if rows.memory is not None:
        held: list[dict[str, Any]] = rows.memory.to_pylist()
        return held
    return [row for path in rows.files for row in pq.ParquetFile(path).read().to_pylist()]
