"""Figures on the site: the branch sees the province, a bank itself alone, a department nothing over several institutions."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.test import Client

from dripline.indicators.compile import finished
from dripline.portal.accounts.models import Organisation, User
from dripline.portal.audit.models import Event
from dripline.portal.jobs.worker import work_once
from dripline.portal.shown import all_figures
from dripline.portal.statistics import jobs
from dripline.portal.statistics.models import SavedView
from tests.agree.accepted import LAST
from tests.portal.conftest import NOW, People

Browse = Callable[[User], Client]
BRANCH = ("branch", "review")


def reporters() -> list[str]:
    figures = all_figures()
    assert figures is not None
    return sorted(figures.snapshot.held("CLDWDK", LAST))


def as_bank(people: People, place: str, reporter: str) -> None:
    """Lets a bank of the small world be one of the province's reporters."""
    Organisation.objects.filter(pk=people.places[place].pk).update(reporter=reporter)


def test_the_branch_sees_the_whole_and_every_city(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/")
    shown = page.context["table"]
    figures = all_figures()
    assert figures is not None
    (total,) = figures.query("TE-BAL", LAST)
    indicator = figures.catalogue.indicator("TE-BAL")
    assert shown.total.value == finished(total, indicator)
    assert sum(line.value for line in shown.lines) == shown.total.value
    assert "郑州" in page.content.decode()


def test_zones_stand_beside_the_cities_and_in_no_sum(
    people: People, browse: Browse, full_home: Path
) -> None:
    shown = browse(people.user(*BRANCH)).get("/statistics/").context["table"]
    assert all(line.memo for line in shown.memo)
    assert not {line.keys for line in shown.memo} & {line.keys for line in shown.lines}


def test_a_bank_sees_its_own_figure_and_no_other(
    people: People, browse: Browse, full_home: Path
) -> None:
    first, second = reporters()[:2]
    as_bank(people, "bank", first)
    as_bank(people, "other bank", second)
    figures = all_figures()
    assert figures is not None
    by_bank = {cell.keys[0]: cell for cell in figures.query("TE-BAL", LAST, ("institution",))}
    for place, reporter in (("bank", first), ("other bank", second)):
        client = browse(people.user(place, "entry"))
        shown = client.get("/statistics/", {"code": "TE-BAL", "by": "total"}).context["table"]
        mine = by_bank.get(reporter)
        if mine is not None:
            assert shown.total.value == finished(mine, figures.catalogue.indicator("TE-BAL"))
        content = client.get("/statistics/export/csv/", {"by": "institution"}).content.decode()
        assert (second if reporter == first else first) not in content


def test_a_department_is_told_why_it_sees_no_figure(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user("department", "read"))
    page = client.get("/statistics/")
    assert page.status_code == 200
    assert "披露控制" in page.content.decode()
    assert "table" not in page.context
    assert client.get("/statistics/export/csv/").status_code == 403
    assert client.get("/statistics/rows/").status_code == 403


@pytest.mark.parametrize(
    "question",
    [
        {"code": "NO-SUCH"},
        {"by": "nothing"},
        {"by": "institution", "code": "TE-COVERAGE"},
        {"period": "1900-01"},
        {"period": "x" * 500},
        {"against": "DROP TABLE"},
    ],
)
def test_a_question_without_meaning_is_answered_by_the_nearest_that_has_one(
    people: People, browse: Browse, full_home: Path, question: dict[str, str]
) -> None:
    assert browse(people.user(*BRANCH)).get("/statistics/", question).status_code == 200


def test_before_anything_is_compiled_the_page_says_so(
    people: People, browse: Browse, empty_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/")
    assert page.status_code == 200
    assert "table" not in page.context


@pytest.mark.parametrize("format", ["xlsx", "csv", "json", "parquet", "sdmx"])
def test_a_table_leaves_as_a_file_with_the_same_numbers(
    people: People, browse: Browse, full_home: Path, format: str
) -> None:
    client = browse(people.user(*BRANCH))
    shown = client.get("/statistics/").context["table"]
    answer = client.get(f"/statistics/export/{format}/")
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    if format == "csv":
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
        assert {row[0]: row[2] for row in rows} == {
            line.keys[0] or "": str(line.value) for line in shown.lines
        }
    if format == "parquet":
        assert pq.read_table(io.BytesIO(answer.content)).num_rows == len(shown.lines)
    if format == "sdmx":
        assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) >= 2


def test_no_file_has_an_unknown_form(people: People, browse: Browse, full_home: Path) -> None:
    assert browse(people.user(*BRANCH)).get("/statistics/export/exe/").status_code == 404


def test_the_rows_behind_a_cell_are_shown_for_a_named_purpose_and_the_look_is_kept(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    shown = client.get("/statistics/").context["table"]
    line = shown.lines[0]
    asked = {"code": "TE-BAL", "by": "borrower_city", "key": line.keys[0]}
    assert "found" not in client.get("/statistics/rows/", asked).context
    assert Event.objects.filter(verb="rows.looked").count() == 0
    found = client.get("/statistics/rows/", asked | {"purpose": "statistics"}).context["found"]
    assert found.value == line.value
    event = Event.objects.get(verb="rows.looked")
    assert event.purpose == "statistics"
    lines = b"".join(
        client.get("/statistics/rows.csv", asked | {"purpose": "statistics"}).streaming_content
    )
    rows = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    assert round(sum(float(row["adds"]) for row in rows), 2) == float(line.value)
    assert Event.objects.filter(verb="rows.looked").count() == 2


def test_a_bank_drills_to_its_own_rows_only(
    people: People, browse: Browse, full_home: Path
) -> None:
    first = reporters()[0]
    as_bank(people, "bank", first)
    client = browse(people.user("bank", "entry"))
    asked = {"code": "TE-BAL", "by": "total", "purpose": "statistics"}
    found = client.get("/statistics/rows/", asked).context["found"]
    assert {row.reporter for row in found.rows} <= {first}


def test_a_cell_that_is_not_there_has_no_rows(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    assert client.get("/statistics/rows/", {"by": "borrower_city"}).status_code == 404


def test_a_bridge_is_worked_out_behind_and_its_parts_add_up(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    asked = {"code": "TE-BAL", "against": "month"}
    assert client.get("/statistics/bridge/", asked).context["waiting"]
    while work_once("w", lease=False):
        pass
    page = client.get("/statistics/bridge/", asked)
    assert not page.context["waiting"]
    from decimal import Decimal

    base, *parts, later = map(Decimal, page.context["job"].result["steps"])
    assert base + sum(parts) == later
    assert (
        client.get("/statistics/bridge/", asked, headers={"HX-Request": "true"}).status_code == 200
    )


def test_a_city_branch_and_a_bank_have_no_bridge_of_the_province(
    people: People, browse: Browse, full_home: Path
) -> None:
    assert browse(people.user("city", "review")).get("/statistics/bridge/").status_code == 404
    assert browse(people.user("bank", "entry")).get("/statistics/bridge/").status_code == 403


def test_a_kept_view_is_found_again_and_shared_only_inside_the_organisation(
    people: People, browse: Browse, full_home: Path
) -> None:
    client = browse(people.user(*BRANCH))
    sent = {"code": "TE-COVERAGE", "by": "borrower_city", "name": "晨会", "shared": "yes"}
    client.post("/statistics/views/", sent)
    colleague = browse(people.user("branch", "approve"))
    assert "晨会" in colleague.get("/statistics/").content.decode()
    view = SavedView.objects.get()
    colleague.post(f"/statistics/views/{view.pk}/remove/")
    assert SavedView.objects.count() == 1
    stranger = browse(people.user("bank", "entry"))
    assert "晨会" not in stranger.get("/statistics/").content.decode()
    assert stranger.post(f"/statistics/views/{view.pk}/remove/").status_code == 404
    client = browse(people.user(*BRANCH))
    client.post(f"/statistics/views/{view.pk}/remove/")
    assert SavedView.objects.count() == 0


def test_what_a_new_lawbook_or_new_rows_made_old_is_compiled_again_by_the_worker(
    people: People, full_home: Path
) -> None:
    from dripline.portal.jobs.models import Job

    jobs._known.clear()
    jobs.look_for_old(NOW)
    queued = list(Job.objects.filter(kind=jobs.RENEW).values_list("arguments__period", flat=True))
    assert queued == ["2025-05"]
    jobs.look_for_old(NOW)
    assert Job.objects.filter(kind=jobs.RENEW).count() == 1


def test_small_lines_end_with_the_value_of_their_row(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/", {"by": "borrower_city"})
    multiples = page.context["multiples"]
    assert len(multiples) > 1
    assert [months[-1] for _, months in multiples] == [line.value for line, _ in multiples]


def test_a_way_with_more_items_than_can_be_compared_has_no_small_lines(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/", {"by": "lender_city+institution"})
    assert page.context["multiples"] == []


@pytest.mark.parametrize("words", ["知识产权质押", "zscqzy", "PL-IP"])
def test_an_indicator_is_found_by_words_pinyin_or_code(
    people: People, browse: Browse, full_home: Path, words: str
) -> None:
    page = browse(people.user(*BRANCH)).get("/statistics/", {"find": words, "code": "TE-BAL"})
    assert page.context["asked"].code.startswith("PL-IP")
    listed = [code for _, found in page.context["chapters"] for code, _ in found]
    assert set(listed) == set(page.context["sought"])


def test_a_name_of_no_indicator_leaves_the_question_as_it_was(
    people: People, browse: Browse, full_home: Path
) -> None:
    page = browse(people.user(*BRANCH)).get(
        "/statistics/", {"find": "無此指標", "code": "TE-RATE-NEW"}
    )
    assert page.context["asked"].code == "TE-RATE-NEW"
    assert "無此指標" in page.content.decode()
