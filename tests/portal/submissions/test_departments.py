"""A department hands in its lists: checked like a bank's files, approved by a second person, reviewed by the branch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from dripline.intake.templates import write_template
from dripline.portal.accounts.models import User
from dripline.portal.jobs.models import Job
from dripline.portal.submissions import actions, rules, unmatched
from dripline.portal.submissions.models import Delivery
from dripline.standards.departments import INNOVATION
from dripline.standards.lists import QUALIFICATION
from dripline.store import Scope, Store
from tests.portal.conftest import NOW, People
from tests.portal.submissions.conftest import PERIOD, Desk, worked
from tests.unit.intake_writer import collateral

LISTED = {"kind": "gaoxin", "edition": "2025", "name": "示例九号科技有限公司"}


def sheet(folder: Path, **values: object) -> Path:
    """The department's list of one enterprise, in the form that the site offers."""
    path = folder / f"science_QUALIFICATION_{PERIOD.replace('-', '')}30.xlsx"
    write_template(QUALIFICATION, path, "zh")
    book = openpyxl.load_workbook(path)
    page = book.worksheets[0]
    heads = {cell.value: cell for row in page.iter_rows() for cell in row if cell.value}
    place = max(cell.row for cell in heads.values())
    for name, value in values.items():
        label = QUALIFICATION.columns[name].label.zh
        cell = next(cell for words, cell in heads.items() if str(words).startswith(label))
        page.cell(cell.row + 1, cell.column, value)
        place = cell.row + 1
    assert place
    book.save(path)
    return path


@pytest.fixture
def handed(desk: Desk) -> Delivery:
    """A list by name alone, checked."""
    delivery = desk.begin("department")
    values = {
        **LISTED,
        "valid_from": "2025-01-01",
        "valid_to": "2027-12-31",
        "document": "示例公告",
        "document_day": "2025-01-01",
        "scope": "national",
        "received_from": "省科技厅",
    }
    desk.put(delivery, sheet(desk.folder, **values))
    return desk.check(delivery)


def test_a_list_goes_by_a_second_person_and_the_branch_into_the_store(
    desk: Desk, handed: Delivery
) -> None:
    assert handed.reporter == "science"
    in_the_way = [one.rule for one in handed.checked.lines.all() if one.in_the_way]
    assert (in_the_way, handed.status) == ([], "clean")
    assert rules.why_not_send(desk.viewer("department", "entry"), handed) is not None
    actions.send(handed, by=desk.viewer("department", "approve"), now=NOW)
    actions.accept(handed, by=desk.viewer("branch", "review"), now=NOW)
    worked(1)
    Job.objects.filter(kind="statistics.compile").delete()
    handed.refresh_from_db()
    assert handed.status == "accepted"
    from django.conf import settings

    data = Store.open(settings.DRIPLINE_HOME).at(None).data(Scope.all_rows(purpose="statistics"))
    assert data.received("QUALIFICATION", handed.month) == {"science"}


def test_who_stays_without_a_code_is_told_to_the_department_without_candidates(
    desk: Desk, handed: Delivery, browse: Callable[[User], Client]
) -> None:
    actions.send(handed, by=desk.viewer("department", "approve"), now=NOW)
    actions.accept(handed, by=desk.viewer("branch", "review"), now=NOW)
    worked(1)
    Job.objects.filter(kind="statistics.compile").delete()
    for place, function in (("department", "entry"), ("branch", "review")):
        client = browse(desk.people.user(place, function))
        answer = client.get(f"/submissions/{handed.uid}/unmatched.xlsx")
        assert b"".join(answer.streaming_content)[:2] == b"PK"
    path = unmatched.file_for(desk.viewer("department", "entry"), handed)
    assert path is not None
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == [LISTED["name"]]
    assert {row[4] for row in rows[1:]} <= {None, ""}


def test_a_department_hands_in_nothing_of_a_bank(desk: Desk) -> None:
    delivery = desk.begin("department")
    desk.put(delivery, desk.package(collateral(f1="science"), bank="science"))
    checked = desk.check(delivery)
    assert checked.status == "faulty"


@pytest.mark.parametrize("place", ["bank", "other bank", "firm"])
def test_nobody_else_finds_a_department_s_list(
    desk: Desk, handed: Delivery, browse: Callable[[User], Client], place: str
) -> None:
    client = browse(desk.people.user(place, "entry"))
    for end in ("", "findings/", "unmatched.xlsx"):
        assert client.get(f"/submissions/{handed.uid}/{end}").status_code in (403, 404)


def test_its_page_offers_its_forms_under_the_name_they_are_read_by(
    people: People, empty_home: Path, browse: Callable[[User], Client]
) -> None:
    client = browse(people.user("department", "entry"))
    assert client.get("/submissions/").status_code == 200
    page = client.get("/submissions/templates/").content.decode()
    assert INNOVATION.code in page
    assert "CLDWDK" not in page
    answer = client.get("/submissions/templates/QUALIFICATION/")
    assert "science_QUALIFICATION_" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content)[:2] == b"PK"
