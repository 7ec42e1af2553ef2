"""A figure over months in three readings, what it means, and its rows page by page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from dripline.indicators import CATALOGUE
from dripline.portal.accounts.models import Organisation, User
from dripline.portal.jobs.models import Job
from dripline.portal.jobs.worker import work_once
from dripline.portal.shown import all_figures
from dripline.portal.statistics import drill
from dripline.portal.statistics.asked import asked
from dripline.store import Scope
from tests.agree.accepted import LAST
from tests.portal.conftest import People

Browse = Callable[[User], Client]
BRANCH = ("branch", "review")
MONTHS = {"first": str(LAST.shift(-1)), "last": str(LAST)}


def worked() -> None:
    while work_once("w", lease=False):
        pass


@pytest.mark.parametrize(
    "question",
    [
        {"manner": "known"},
        {"manner": "known", "known": "2026-07-01"},
        {"manner": "published"},
        {"manner": "restated"},
        {"manner": "restated", "lists": str(LAST), "definition": "2025-06-30"},
    ],
)
def test_a_figure_is_read_over_months_behind_and_shown_with_its_vintage(
    people: People, browse: Browse, full_home: Path, question: dict[str, str]
) -> None:
    client = browse(people.user(*BRANCH))
    told = {"code": "TE-BAL", **MONTHS, **question}
    assert client.get("/statistics/readings/", told).context["waiting"]
    worked()
    page = client.get("/statistics/readings/", told)
    assert not page.context["waiting"]
    assert Job.objects.get().error == ""
    assert [row[0] for row in page.context["rows"]] == [str(LAST.shift(-1)), str(LAST)]
    english = client.get("/statistics/readings/", told, headers={"accept-language": "en"})
    assert "as known on" in english.context["heads"]


@pytest.mark.parametrize(
    "question",
    [
        {"manner": "known", "lists": str(LAST)},
        {"manner": "guessed"},
        {"known": "2999-01-01"},
        {"known": "yesterday"},
        {"first": str(LAST), "last": str(LAST.shift(-1))},
        {"first": "1900-01"},
    ],
)
def test_a_reading_that_cannot_be_is_refused_beside_its_field_and_no_work_begins(
    people: People, browse: Browse, full_home: Path, question: dict[str, str]
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/readings/", MONTHS | question)
    assert page.status_code == 200
    assert page.context["form"].errors
    assert Job.objects.count() == 0


def test_a_bank_reads_its_own_months_and_the_trace_of_work_holds_no_other_reporter(
    people: People, browse: Browse, full_home: Path
) -> None:
    figures = all_figures()
    assert figures is not None
    mine = min(figures.snapshot.held("CLDWDK", LAST))
    Organisation.objects.filter(pk=people.places["bank"].pk).update(reporter=mine)
    client = browse(people.user("bank", "entry"))
    told = {"code": "TE-BAL", "manner": "known", **MONTHS}
    client.get("/statistics/readings/", told)
    assert Job.objects.get().arguments["reporters"] == [mine]
    worked()
    of_bank = client.get("/statistics/readings/", told).context["rows"][-1][2]
    of_all = next(iter(figures.query("TE-BAL", LAST)))
    assert str(of_bank) != str(of_all.numerator)


def test_a_department_has_no_readings_and_is_told_why(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user("department", "read")).get("/statistics/readings/")
    assert page.status_code == 403
    assert "披露控制" in page.content.decode()


@pytest.mark.parametrize("code", sorted(CATALOGUE)[::20])
def test_what_a_figure_means_stands_in_both_languages(
    people: People, browse: Browse, empty_home: Path, code: str
) -> None:
    page = browse(people.user("department", "read")).get(f"/statistics/definitions/{code}/")
    assert page.status_code == 200
    assert all(zh and en for zh, en in page.context["lines"])


def test_a_figure_of_listed_firms_names_its_lists_and_the_measures_it_serves(
    people: People, browse: Browse, empty_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/definitions/TE-BAL/")
    assert "专精特新" in page.content.decode()
    assert page.context["kinds"]
    assert page.context["measures"]


def test_a_figure_that_nobody_defined_has_no_page(
    people: People, browse: Browse, empty_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    assert client.get("/statistics/definitions/NO-SUCH/").status_code == 404


def test_rows_are_turned_over_page_by_page_and_each_stands_on_one_page(
    people: People, browse: Browse, full_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drill, "SHOWN", 7)
    client = browse(people.user(*BRANCH))
    told = {"code": "TE-BAL", "by": "total", "purpose": "statistics"}
    seen, page, more = [], 1, True
    while more:
        found = client.get("/statistics/rows/", told | {"page": str(page)}).context["found"]
        seen += [(row.reporter, row.row) for row in found.rows]
        page, more = page + 1, found.more
    assert page > 2
    assert len(seen) == len(set(seen))


def test_a_file_of_rows_ends_at_its_bound_and_says_so(full_home: Path) -> None:
    figures = all_figures()
    assert figures is not None
    question, scope = (
        asked({"code": "TE-BAL", "by": "total"}),
        Scope.all_rows(purpose="statistics"),
    )
    every = list(drill.as_csv(figures, scope, question, LAST, (), 10_000))
    some = list(drill.as_csv(figures, scope, question, LAST, (), 3))
    assert some[:4] == every[:4]
    assert len(some) == 5
    assert "上限" in some[4]
    assert not any("上限" in line for line in every)


def test_a_bridge_may_begin_at_what_was_known_of_the_same_month_on_an_earlier_day(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    told = {"code": "TE-BAL", "base": str(LAST), "period": str(LAST), "known": "2026-07-10"}
    assert client.get("/statistics/bridge/", told).context["waiting"]
    worked()
    page = client.get("/statistics/bridge/", told)
    assert Job.objects.get().error == ""
    assert page.context["base"].known is not None
    base, *parts, later = page.context["job"].result["steps"]
    assert base == later
    assert {float(part) for part in parts} == {0.0}


def test_a_bridge_that_cannot_be_made_says_why_however_often_it_is_looked_at(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    told = {"code": "TE-BAL", "base": str(LAST), "period": str(LAST), "known": "published"}
    client.get("/statistics/bridge/", told)
    worked()
    for _ in range(2):
        page = client.get("/statistics/bridge/", told)
        assert not page.context["waiting"]
        assert Job.objects.get().error in page.content.decode()
    assert Job.objects.get().error
