"""What the generator counted while it made the loans equals what the catalogue compiles from the accepted files."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from dripline.indicators import CATALOGUE
from dripline.indicators.compile import finished
from dripline.periods import Period
from dripline.province.calibration import NATIONAL_LISTS
from tests.agree.accepted import FIRST, LAST, figures, province

MONTHS = (FIRST, LAST)
MEASURES = {
    "TE-BAL": "balance_yuan",
    "TE-FIRMS": "borrowers",
    "TE-NEW": "granted_yuan",
    "TE-RATE-BAL": "balance_rate_percent",
    "BI-BAL": "discounts_yuan",
    "BI-COUNT": "bills",
    "BI-FIRMS": "discounters",
    "BI-NEW": "discounted_yuan",
    "BI-RATE": "discount_rate_percent",
    "BI-EITHER": "borrowers_or_discounters",
}


def truth(month: Period) -> dict[str, Any]:
    text = (province() / "truth.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)["months"][str(month)]
    return found


def queried(code: str, month: Period) -> dict[str, Decimal]:
    cells = figures().query(code, month, ("list_kind",))
    found = {cell.keys[0]: finished(cell, CATALOGUE[code]) for cell in cells}
    return {kind: value for kind, value in found.items() if kind and value is not None}


@pytest.mark.parametrize("month", MONTHS, ids=str)
@pytest.mark.parametrize("code", MEASURES)
def test_a_list_is_what_the_generator_counted_whether_it_prints_codes_or_names(
    code: str, month: Period
) -> None:
    told, found = truth(month)["figures"], queried(code, month)
    expected = {k: Decimal(told[k][MEASURES[code]]) for k in NATIONAL_LISTS if k in told}
    assert expected
    assert {kind: found[kind] for kind in expected} == expected


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_listed_firms_are_counted_as_the_generator_did(month: Period) -> None:
    told, found = truth(month)["listed_in_henan"], queried("TE-LISTED", month)
    kinds = [kind for kind in NATIONAL_LISTS if kind in told]
    assert {kind: found[kind] for kind in kinds} == {kind: Decimal(told[kind]) for kind in kinds}
