"""Figures of the institution's own rows: asked as JSON, or taken away as a file."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Schema

from dripline.errors import DriplineError
from dripline.indicators import CATALOGUE
from dripline.periods import Period
from dripline.portal.api.faults import Fault
from dripline.portal.api.own_figures import FORMATS, figures_of, vintage, written
from dripline.portal.api.shapes import Pair, pair
from dripline.portal.api.site import api, reads
from dripline.publish.observations import Observation, observations

tagged = {"tags": ["figures"]}


class Key(Schema):
    """The place of a cell in one breakdown; ``code`` null: it is unknown."""

    breakdown: str
    code: str | None
    label: Pair


class CellOut(Schema):
    """One cell. ``value`` is written out exactly; null: there is nothing to divide by, or rows have not come."""

    keys: list[Key]
    value: str | None
    unknown_rows: int
    basis: Pair


class FigureOut(Schema):
    """A figure over the token's own rows, and what it rests on."""

    code: str
    label: Pair
    unit: str
    decimals: int
    period: str
    as_of: date | None
    by: list[str]
    standing: Pair
    definition: str
    facts: str
    lawbook: str
    program: str
    cells: list[CellOut]


def asked(period: str, by: str) -> tuple[Period, list[str]]:
    """The period and the breakdowns that a request names."""
    try:
        month = Period.parse(period)
    except DriplineError as error:
        raise Fault("invalid", fields=[{"field": "period", "says": str(error)}]) from error
    return month, [part for part in by.split(",") if part]


def _cell(one: Observation) -> dict[str, object]:
    return {
        "keys": [
            {"breakdown": way.code, "code": key, "label": pair(words)}
            for way, key, words in one.keys
        ],
        "value": None if one.value is None else f"{one.value:f}",
        "unknown_rows": one.unknown,
        "basis": pair(one.basis),
    }


@api.get("figures/{code}", response=FigureOut, auth=reads, summary="A figure", **tagged)
def figure(
    request: HttpRequest, code: str, period: str, by: str = "", as_of: date | None = None
) -> dict[str, object]:
    """An indicator for 2026-06 (or 2026-Q2, 2026-H1, 2026), divided by breakdowns with commas, as known at the end of a day."""
    if code not in CATALOGUE:
        raise Fault("not_found")
    month, ways = asked(period, by)
    figures = figures_of(request.viewer, as_of)
    try:
        found = list(observations(figures, code, month, ways))
    except DriplineError as error:
        raise Fault("invalid", str(error)) from error
    known, indicator = vintage(figures, code, month), CATALOGUE[code]
    return {
        "code": code,
        "label": pair(indicator.label),
        "unit": indicator.unit,
        "decimals": indicator.decimals,
        "period": str(month),
        "as_of": as_of,
        "by": ways,
        "standing": pair(known.coverage.standing),
        "definition": found[0].meaning if found else "",
        "facts": known.identity.facts,
        "lawbook": known.identity.lawbook,
        "program": known.identity.program,
        "cells": [_cell(one) for one in found],
    }


@api.get("figures/{code}/file", auth=reads, summary="A figure as a file", **tagged)
def figure_file(
    request: HttpRequest,
    code: str,
    period: str,
    format: Literal["csv", "json", "xlsx", "parquet", "sdmx", "sdmx-3.0"],
    by: str = "",
    as_of: date | None = None,
) -> HttpResponse:
    """The same as CSV, lines of JSON, a workbook, Parquet, or SDMX (an archive of structure.xml and data.xml)."""
    if code not in CATALOGUE:
        raise Fault("not_found")
    month, ways = asked(period, by)
    figures = figures_of(request.viewer, as_of)
    try:
        content = written(figures, code, month, ways, format, made=timezone.now())
    except DriplineError as error:
        raise Fault("invalid", str(error)) from error
    ending = "zip" if format.startswith("sdmx") else format.replace("json", "jsonl")
    response = HttpResponse(content, content_type=FORMATS[format])
    response["Content-Disposition"] = f'attachment; filename="{code}-{month}.{ending}"'
    return response
