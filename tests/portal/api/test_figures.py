"""Figures of the institution's own rows and definitions of everything."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from dripline.indicators import CATALOGUE
from dripline.law import Law
from dripline.portal.accounts.models import Organisation
from dripline.portal.submissions.calendar import store
from dripline.standards import RULES
from tests.agree import accepted
from tests.portal.api.conftest import ROOT, Program, Programs
from tests.portal.conftest import People

CODE, MONTH = "TE-BAL", str(accepted.LAST)


@pytest.fixture
def own(people: People, full_home: Path, program: Programs) -> Program:
    """A program of a bank that has rows in the store."""
    here = store()
    assert here is not None
    reporters = sorted(
        r for r, tables in here.at(None).received(accepted.LAST).items() if "CLDWDK" in tables
    )
    Organisation.objects.filter(code="BANK-A").update(reporter=reporters[0])
    Organisation.objects.filter(code="BANK-B").update(reporter=reporters[1])
    return program()


def total(bank: Program, code: str = CODE) -> Decimal:
    (cell,) = bank.get(f"figures/{code}?period={MONTH}").json()["cells"]
    return Decimal(cell["value"])


def test_a_bank_is_answered_with_its_own_rows_and_never_with_a_sum_over_others(
    own: Program, program: Programs
) -> None:
    made = accepted.figures()
    (cell,) = made.query(CODE, accepted.LAST)
    whole = Decimal(cell.numerator) / cell.denominator
    first, second = total(own), total(program("other bank"))
    assert first != second
    assert 0 <= first + second <= whole
    by = own.get(f"figures/{CODE}?period={MONTH}&by=institution").json()["cells"]
    assert sum(Decimal(one["value"]) for one in by) == first


@pytest.mark.parametrize("format", ["csv", "json", "xlsx", "parquet", "sdmx", "sdmx-3.0"])
def test_a_figure_is_taken_away_in_each_format(own: Program, format: str) -> None:
    response = own.get(f"figures/{CODE}/file?period={MONTH}&format={format}")
    assert response.status_code == 200, response.content
    if format == "json":
        (line,) = map(json.loads, response.content.decode().splitlines())
        assert str(total(own)) in line.values()
    if format.startswith("sdmx"):
        with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
            assert archive.namelist() == ["structure.xml", "data.xml"]
            data = archive.read("data.xml").decode()
        assert 'REPORTERS_IN="1"' in data


def test_what_cannot_be_asked_is_said_with_the_reason(own: Program) -> None:
    assert own.get(f"figures/NO-SUCH?period={MONTH}").status_code == 404
    wrong = own.get(f"figures/{CODE}?period=June")
    assert [one["field"] for one in wrong.json()["fields"]] == ["period"]
    assert own.get(f"figures/{CODE}?period={MONTH}&by=colour").status_code == 422
    assert own.get(f"figures/{CODE}").status_code == 422


def test_a_token_that_may_only_hand_over_asks_no_figures(own: Program, program: Programs) -> None:
    assert program("bank", "entry").get(f"figures/{CODE}?period={MONTH}").status_code == 403


def test_every_definition_is_told_to_everybody(client: Client, db: None) -> None:
    listed = client.get(f"{ROOT}definitions/indicators").json()
    assert [one["code"] for one in listed] == list(CATALOGUE)
    for code in (listed[0]["code"], listed[-1]["code"]):
        assert client.get(f"{ROOT}definitions/indicators/{code}").json()["says"]
    for code in next(iter(RULES)), next(code for code in RULES if "/" in code):
        assert client.get(f"{ROOT}definitions/rules/{code}").json()["code"] == code
    names = [one["code"] for one in client.get(f"{ROOT}definitions/lawbook").json()]
    assert names == list(Law.load().names())
    for name in names:
        assert client.get(f"{ROOT}definitions/lawbook/{name}").json()["values"]
    for kind in ("indicators", "rules", "lawbook"):
        assert client.get(f"{ROOT}definitions/{kind}/no-such").status_code == 404


def test_the_page_of_the_interface_lists_every_operation_of_the_document(
    client: Client, db: None
) -> None:
    document = client.get(f"{ROOT}openapi.json").json()
    page = client.get("/api/").content.decode()
    for path, methods in document["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_the_site_is_well(client: Client, db: None) -> None:
    assert client.get(f"{ROOT}health").json()["status"] == "ok"
