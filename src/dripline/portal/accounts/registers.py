"""Organisations in step with the registers: who reports has a place on the site, with the dates the registers give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow.parquet as pq
from django.db import transaction

from dripline.periods import Period
from dripline.portal.accounts.models import Kind, Organisation, Role
from dripline.portal.audit.actions import record
from dripline.standards.registers import INSTITUTION, REPORTER
from dripline.store import Scope, Store
from dripline.tables import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """An institution as the registers have it on a day: its code, the one it reports under, its years."""

    code: str
    name: str
    city: str
    reporter: str
    parent: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class Synced:
    """How many organisations were made, and how many changed."""

    made: int
    changed: int


def sync_organisations(store: Store, on: date) -> Synced:
    """Makes and dates the organisations of all reporters, and of institutions that others report for.

    None is ever removed: one that has left the registers keeps its last day, and its history with it.
    """
    data = store.at(None).data(Scope.all_rows(purpose="statistics"))
    found = registered(_rows(data, REPORTER, on), _rows(data, INSTITUTION, on))
    with transaction.atomic():
        return _written(found)


def _rows(data: Any, table: type[Table], on: date) -> list[dict[str, Any]]:
    rows = data.rows(table.code, Period.of(on))
    files = () if rows is None else rows.files
    names = list(table.columns)
    return [
        row
        for file in files
        for row in pq.read_table(file, columns=names, partitioning=None).to_pylist()
    ]


def registered(
    reporters: Iterable[dict[str, Any]], institutions: Iterable[dict[str, Any]]
) -> list[Registered]:
    """What both registers say together; those that report first, as others hang below them."""
    known: dict[str, list[dict[str, Any]]] = {}
    for row in institutions:
        known.setdefault(row["institution_code"], []).append(row)
    due: dict[str, list[dict[str, Any]]] = {}
    for row in reporters:
        due.setdefault(row["reporter"], []).append(row)
    found = []
    for code, rows in sorted(due.items()):
        place = _latest(known.get(code, []))
        name = _latest(rows)["reporter_name"]
        begun, ended = _years(rows)
        city = place["city"] if place else ""
        found.append(_one(code, name, city, code, "", begun, ended))
    for code, rows in sorted(known.items()):
        last = _latest(rows)
        above = last["reporter"] or ""
        if code not in due and above in due and above != code:
            begun, ended = _years(rows)
            found.append(_one(code, last["name"], last["city"], "", above, begun, ended))
    return found


def _one(
    code: str,
    name: str,
    city: str,
    reporter: str,
    parent: str,
    begun: date,
    ended: date | None,
) -> Registered:
    return Registered(
        code=code,
        name=name,
        city=city,
        reporter=reporter,
        parent=parent,
        from_day=begun,
        to_day=ended,
    )


def _latest(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return max(rows, key=lambda row: row["valid_from"]) if rows else {}


def _years(rows: list[dict[str, Any]]) -> tuple[date, date | None]:
    """From the first day of all stretches to the last; none where one of them goes on."""
    ends = [row["valid_to"] for row in rows]
    return min(row["valid_from"] for row in rows), None if None in ends else max(ends)


def _written(found: list[Registered]) -> Synced:
    there = {place.code: place for place in Organisation.objects.filter(role=Role.INSTITUTION)}
    by_reporter = {place.reporter: place for place in there.values() if place.reporter}
    made = changed = 0
    for one in found:
        above = by_reporter.get(one.parent) or there.get(one.parent)
        wanted = {
            "name": one.name,
            "city": one.city,
            "reporter": one.reporter,
            "parent_id": None if above is None else above.pk,
            "from_day": one.from_day,
            "to_day": one.to_day,
        }
        place = (by_reporter.get(one.reporter) if one.reporter else None) or there.get(one.code)
        if place is None:
            kind = Kind.BANK if one.reporter else Kind.BANK_BRANCH
            place = Organisation.objects.create(
                code=one.code, kind=kind, role=Role.INSTITUTION, **wanted
            )
            record("organisation.made", place, by=None, says="from the registers")
            made += 1
            there[place.code] = place
            by_reporter |= {place.reporter: place} if place.reporter else {}
        elif _differs(place, wanted, bool(above)):
            place.save()
            record("organisation.changed", place, by=None, says="from the registers")
            changed += 1
    return Synced(made, changed)


def _differs(place: Organisation, wanted: dict[str, Any], hangs: bool) -> bool:
    """Brings a place in step; whether anything was otherwise. A parent or city set by hand stays where none is given."""
    before = {name: getattr(place, name) for name in wanted}
    for name, value in wanted.items():
        if (name == "parent_id" and not hangs) or (name == "city" and not value):
            continue
        setattr(place, name, value)
    return before != {name: getattr(place, name) for name in wanted}
