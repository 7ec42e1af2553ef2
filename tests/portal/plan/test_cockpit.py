"""The cockpit shows each measure as the facts have it, to those who may see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from dripline.plans.load import load_plans
from dripline.portal.accounts.models import User
from dripline.portal.plan.models import ByHand
from tests.portal.conftest import NOW, TODAY, People

PLAN = load_plans()[0]
Browse = Callable[[User], Client]


def test_the_branch_sees_every_measure_with_its_figures(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user("branch", "review")).get("/plan/").content.decode()
    for measure in PLAN.measures:
        assert measure.title.zh in page
    assert "科技型企业贷款余额" in page
    assert "2025年6月末" in page


def test_a_department_sees_measures_and_no_figure_over_several_institutions(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user("department", "entry"))
    page = client.get("/plan/").content.decode()
    assert PLAN.measures[0].title.zh in page
    assert "kpi-v" not in page
    one = client.get("/plan/2024-30/7.1/").content.decode()
    assert "亿元" not in one


def test_before_anything_was_accepted_the_cockpit_says_so(
    people: People, browse: Browse, empty_home: Path
) -> None:
    page = browse(people.user("branch", "review")).get("/plan/")
    assert page.status_code == 200
    assert "kpi-v" not in page.content.decode()


@pytest.mark.parametrize("place", ["bank", "firm"])
def test_banks_and_firms_have_no_cockpit(people: People, browse: Browse, place: str) -> None:
    assert browse(people.user(place, "entry")).get("/plan/").status_code == 403


@pytest.mark.parametrize("address", ["/plan/?plan=1999-1", "/plan/2024-30/9.9/", "/plan/x/1.1/"])
def test_a_measure_that_no_plan_has_is_no_page(
    people: People, browse: Browse, empty_home: Path, address: str
) -> None:
    assert browse(people.user("branch", "review")).get(address).status_code == 404


@pytest.mark.parametrize("measure", [each.id for each in PLAN.measures])
def test_each_measure_has_its_page_in_both_languages(
    people: People, browse: Browse, empty_home: Path, measure: str
) -> None:
    client = browse(people.user("branch", "approve"))
    for language in ("zh-hans", "en"):
        page = client.get(f"/plan/2024-30/{measure}/", headers={"accept-language": language})
        assert page.status_code == 200
        assert PLAN.measure(measure).words.zh in page.content.decode()


@pytest.mark.parametrize(("kind", "begin"), [("docx", b"PK"), ("pdf", b"%PDF-")])
def test_the_progress_report_is_a_file_for_the_branch_alone(
    people: People, browse: Browse, full_home: Path, kind: str, begin: bytes
) -> None:
    report = f"/plan/2024-30/report/{kind}/"
    assert browse(people.user("branch", "review")).get(report).content.startswith(begin)
    assert browse(people.user("city", "review")).get(report).status_code == 404
    assert browse(people.user("department", "entry")).get(report).status_code == 403


def test_the_board_asks_the_database_as_often_for_one_document_as_for_many(
    people: People, browse: Browse, empty_home: Path, django_assert_num_queries
) -> None:  # type: ignore[no-untyped-def]
    client = browse(people.user("branch", "approve"))
    client.get("/plan/")
    user = people.user("branch", "approve")

    def counted() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            client.get("/plan/")
        return len(found)

    before = counted()
    for measure in ("1.1", "2.1", "7.1"):
        ByHand.objects.create(
            plan="2024-30",
            measure=measure,
            organisation=people.places["branch"],
            user=user,
            at=NOW,
            status="WATCH",
            reason="a reason of ten letters",
            post="x",
            day=TODAY,
        )
    assert counted() == before
