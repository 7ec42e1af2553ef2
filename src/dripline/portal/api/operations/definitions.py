"""What figures, rules and policy numbers mean. Open to everybody, as their pages are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from dripline.canon import meaning_hash, version_hash
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.law.entries import Value
from dripline.law.units import plain
from dripline.portal.api.faults import Fault
from dripline.portal.api.shapes import Pair, pair
from dripline.portal.api.site import api
from dripline.portal.submissions.own_rules import every_rule
from dripline.wording import lines


class Named(Schema):
    """A thing that has a definition."""

    code: str
    label: Pair


class Meaning(Schema):
    """What an indicator has meant since a day; ``hash`` changes with the meaning."""

    since: date | None
    source: str
    article: str
    hash: str
    change: Pair | None


class IndicatorOut(Named):
    """An indicator: unit, decimals, ways it may be divided, its definition in sentences, and its versions."""

    unit: str
    decimals: int
    hash: str
    source: str
    article: str
    ways: list[str]
    says: list[Pair]
    versions: list[Meaning]


class RuleOut(Schema):
    """A rule of checking: what must hold, how to mend, under which article."""

    code: str
    severity: str
    table: str
    says: Pair
    remedy: Pair
    source: str
    article: str


class Amount(Schema):
    """A value of the lawbook from its first day; null: repealed."""

    since: date
    amount: Any
    status: str
    source: str
    article: str
    reason: Pair | None


class LawOut(Named):
    """A policy number with all its values, the oldest first."""

    unit: str
    checked: date
    values: list[Amount]


@api.get("definitions/indicators", response=list[Named], tags=["definitions"])
def indicators(request: HttpRequest) -> list[dict[str, object]]:
    """Every indicator."""
    return [{"code": code, "label": pair(one.label)} for code, one in CATALOGUE.items()]


@api.get("definitions/indicators/{code}", response=IndicatorOut, tags=["definitions"])
def indicator(request: HttpRequest, code: str) -> dict[str, object]:
    """What one indicator means."""
    found = CATALOGUE.get(code)
    if found is None:
        raise Fault("not_found")
    versions = [
        {
            "since": one.since,
            "source": one.source,
            "article": one.article,
            "hash": version_hash(found, one),
            "change": pair(one.change) if one.change else None,
        }
        for one in found.versions
    ]
    return {
        "code": code,
        "label": pair(found.label),
        "unit": found.unit,
        "decimals": found.decimals,
        "hash": meaning_hash(found),
        "source": found.source,
        "article": found.article,
        "ways": list(found.breakdowns),
        "says": [pair(line) for line in lines(found, BREAKDOWNS)],
        "versions": versions,
    }


@api.get("definitions/rules/{path:code}", response=RuleOut, tags=["definitions"])
def rule(request: HttpRequest, code: str) -> dict[str, object]:
    """What one rule demands; its code may hold a slash."""
    found = every_rule().get(code)
    if found is None:
        raise Fault("not_found")
    return {
        "code": code,
        "severity": found.severity,
        "table": getattr(found, "table", ""),
        "says": pair(found.says),
        "remedy": pair(found.remedy),
        "source": found.source,
        "article": found.article,
    }


@api.get("definitions/lawbook", response=list[Named], tags=["definitions"])
def lawbook(request: HttpRequest) -> list[dict[str, object]]:
    """Every entry of the lawbook."""
    law = Law.load()
    return [{"code": name, "label": pair(law.entry(name).label)} for name in law.names()]


@api.get("definitions/lawbook/{name}", response=LawOut, tags=["definitions"])
def law_entry(request: HttpRequest, name: str) -> dict[str, object]:
    """One entry with its history."""
    law = Law.load()
    if name not in law.names():
        raise Fault("not_found")
    entry = law.entry(name)
    return {
        "code": name,
        "label": pair(entry.label),
        "unit": entry.unit,
        "checked": entry.checked,
        "values": [_amount(one) for one in entry.values],
    }


def _amount(value: Value) -> dict[str, object]:
    return {
        "since": value.since,
        "amount": plain(value.amount),
        "status": value.status,
        "source": value.source.cited,
        "article": value.article,
        "reason": pair(value.reason) if value.reason else None,
    }
