"""Whose figures a viewer sees: every page and file goes through the gate, and what is kept of one is never shown to another."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dripline.errors import Refused
from dripline.indicators.compile import finished
from dripline.portal.accounts.models import Organisation, User
from dripline.portal.jobs.worker import work_once
from dripline.portal.shown import all_figures
from dripline.portal.statistics import queries
from tests.agree.accepted import LAST
from tests.portal.conftest import People

Browse = Callable[[User], Client]
WHOLE = {"code": "TE-BAL", "by": "total"}


def reporters() -> list[str]:
    figures = all_figures()
    assert figures is not None
    return sorted(figures.snapshot.held("CLDWDK", LAST))


def two_banks(people: People) -> dict[str, str]:
    """Two banks of the small world are reporters of the province."""
    found = dict(zip(("bank", "other bank"), reporters(), strict=False))
    for place, reporter in found.items():
        Organisation.objects.filter(pk=people.places[place].pk).update(reporter=reporter)
    return found


def own_total(reporter: str) -> Decimal | None:
    """A bank's own figure, by way of the province's table by institution."""
    figures = all_figures()
    assert figures is not None
    indicator = figures.catalogue.indicator("TE-BAL")
    cells = figures.query("TE-BAL", LAST, ("institution",))
    return next((finished(c, indicator) for c in cells if c.keys == (reporter,)), None)


@pytest.mark.parametrize("place", ["department", "firm"])
def test_the_gate_stands_before_every_figure_over_several_institutions(
    people: People, full_home: Path, place: str
) -> None:
    with pytest.raises(Refused, match="披露控制"):
        queries.figures_of(people.viewer(place, "read"))


def test_what_was_kept_for_one_viewer_is_not_shown_to_the_next(
    people: People, browse: Browse, full_home: Path
) -> None:
    banks = two_banks(people)
    order = ["branch", "bank", "other bank", "bank", "branch"]
    seen = []
    for place in order:
        client = browse(people.user(place, "review"))
        seen.append(client.get("/statistics/", WHOLE).context["table"].total.value)
    assert seen[0] == seen[4]
    assert seen[1] == seen[3] == own_total(banks["bank"])
    assert seen[2] == own_total(banks["other bank"])
    assert len(set(seen)) == 3


def test_a_banks_months_are_added_up_behind_and_are_its_own(
    people: People, browse: Browse, full_home: Path
) -> None:
    banks = two_banks(people)
    client = browse(people.user("bank", "entry"))
    first = client.get("/statistics/", WHOLE)
    assert first.context["waiting"]
    assert first.context["line_chart"] is None
    while work_once("w", lease=False):
        pass
    page = client.get("/statistics/", WHOLE)
    assert not page.context["waiting"]
    (line,) = page.context["line_chart"]["series"]
    own = own_total(banks["bank"])
    assert own is not None
    assert line["data"][-1] == round(float(own / 100_000_000), 4)


def test_a_banks_file_names_no_other_reporter(
    people: People, browse: Browse, full_home: Path
) -> None:
    banks = two_banks(people)
    client = browse(people.user("bank", "entry"))
    for format in ("csv", "json"):
        told = client.get(f"/statistics/export/{format}/", WHOLE).content.decode()
        assert [other for other in reporters() if other != banks["bank"] and other in told] == []


def test_the_page_asks_the_database_as_often_for_a_long_table_as_for_a_short_one(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user("branch", "review"))

    def asked(**question: str) -> int:
        client.get("/statistics/", question)
        with CaptureQueriesContext(connection) as found:
            client.get("/statistics/", question)
        return len(found)

    assert asked(by="total") == asked(by="borrower_city") == asked(code="TL-01-BAL")
