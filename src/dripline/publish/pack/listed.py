"""Enterprises on the lists of a month: by credit code, organisation code and name, and where the register puts them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import pyarrow.parquet as pq

from dripline.codes import city_of
from dripline.engines.data import Data
from dripline.engines.lists import CREDIT_CODE, ORGANISATION_CODE, adopted_editions, cancelled
from dripline.indicators.populations import NATIONAL, PROVINCIAL
from dripline.intake.enterprise_names import normal_name
from dripline.law import Law
from dripline.periods import Period

STRUCK_OFF = "struck_off"
Kinds = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firm:
    """A listed enterprise that the register knows: name as on its list, code, lists, county and its city."""

    code: str
    name: str
    kinds: Kinds
    county: str
    city: str | None


@dataclass(frozen=True)
class Listed:
    """The editions adopted for a month, cancelled rows left out, as lists say them: public, whoever asks."""

    kinds: Mapping[str, Kinds]
    """Kinds by credit code."""
    organisations: Mapping[str, Kinds]
    """Kinds by organisation code: characters 9 to 17."""
    names: Mapping[str, frozenset[tuple[str, str | None]]]
    """Kind and code (None: the list has none) by name, writing levelled."""
    national: frozenset[str]
    """The kinds that make a technology enterprise; the others are frames of their own."""
    firms: tuple[Firm, ...]
    """Those of the register that are not struck off, by code."""

    @classmethod
    def read(cls, data: Data, period: Period, law: Law) -> Listed:
        """From EDITION, QUALIFICATION and ENTERPRISE in force at the month's end."""
        today = law.on(period.last_day)
        national, provincial = (cast("Kinds", today[name]) for name in (NATIONAL, PROVINCIAL))
        order = {kind: place for place, kind in enumerate((*national, *provincial))}
        rows = list(adopted_rows(data, period, frozenset(order)))
        kinds, organisations = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        names = defaultdict[str, set[tuple[str, str | None]]](set)
        printed: dict[str, str] = {}
        for row in rows:
            code, name = row["credit_code"], row["name"]
            names[normal_name(name)].add((row["kind"], code))
            if code:
                kinds[code].add(row["kind"])
                printed.setdefault(code, name)
                organisations[code[8:17]].add(row["kind"])

        def in_order(found: set[str]) -> Kinds:
            return tuple(sorted(found, key=order.__getitem__))

        by_code = {code: in_order(found) for code, found in kinds.items()}
        firms = tuple(registered(data, period, by_code, printed))
        return cls(
            by_code,
            {code: in_order(found) for code, found in organisations.items()},
            {name: frozenset(found) for name, found in names.items()},
            frozenset(national),
            firms,
        )

    def of(self, id_type: str, id_no: str) -> Kinds:
        """The lists an identifier is on: a credit code as it is, an organisation code inside credit codes."""
        if id_type == CREDIT_CODE:
            return self.kinds.get(id_no, ())
        return self.organisations.get(id_no, ()) if id_type == ORGANISATION_CODE else ()


def adopted_rows(data: Data, period: Period, kinds: frozenset[str]) -> Iterator[dict[str, Any]]:
    """The rows of the adopted editions of these kinds that are not cancelled at the month's end."""
    editions = adopted_editions(rows_of(data, "EDITION", period), period)
    for row in rows_of(data, "QUALIFICATION", period):
        adopted = editions.get(row["kind"], ("", ""))[0] == row["edition"]
        if adopted and row["kind"] in kinds and not cancelled(row, period.last_day):
            yield row


def registered(
    data: Data, period: Period, kinds: Mapping[str, Kinds], names: Mapping[str, str]
) -> Iterator[Firm]:
    """The listed enterprises of the register, those struck off left out."""
    found = (row for row in rows_of(data, "ENTERPRISE", period) if row["credit_code"] in kinds)
    for row in sorted(found, key=lambda row: str(row["credit_code"])):
        if row["status"] != STRUCK_OFF:
            code, county = row["credit_code"], row["county"]
            city = city_of(county, on=period.last_day)
            yield Firm(code, names[code], kinds[code], county, city)


def rows_of(data: Data, table: str, period: Period) -> list[dict[str, Any]]:
    """The rows of a register in force; none where it has not come."""
    rows = data.rows(table, period)
    files = () if rows is None else rows.files
    return [row for file in files for row in pq.read_table(file, partitioning=None).to_pylist()]
