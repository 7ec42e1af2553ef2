"""Who may write on a measure, register and confirm documents, and set a status by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dripline.errors import Refused
from dripline.plans.load import load_plans
from dripline.portal.accounts.models import User
from dripline.portal.audit.models import Event
from dripline.portal.plan import actions
from dripline.portal.plan.models import Account, ByHand, Document
from dripline.portal.plan.queries import board
from tests.portal.conftest import NOW, TODAY, People

PLAN = load_plans()[0]
BRANCH_ONLY = next(m for m in PLAN.measures if [u.code for u in m.units] == ["pboc_henan"])
WITH_SCIENCE = next(m for m in PLAN.measures if "science" in {u.code for u in m.units})
WITH_DOCUMENTS = next(m for m in PLAN.measures if m.evidence.documents)
PDF = b"%PDF-1.7 a scan"
WORDS = {"progress": "已完成", "problems": "", "next_steps": ""}
Browse = Callable[[User], Client]


def scan(content: bytes = PDF, name: str = "scan.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def about() -> dict[str, object]:
    kind = WITH_DOCUMENTS.evidence.documents[0].code
    return {"kind": kind, "title": "通知", "number": "豫银发〔2026〕1号", "day": TODAY}


def registered(people: People, *functions: str) -> Document:
    viewer = people.viewer("branch", *functions)
    return actions.register(viewer, PLAN, WITH_DOCUMENTS, about(), scan(), now=NOW)


def test_a_unit_writes_on_its_own_measures_only(people: People) -> None:
    department = people.viewer("department", "entry")
    actions.write(department, PLAN, WITH_SCIENCE, WORDS, now=NOW)
    with pytest.raises(Refused):
        actions.write(department, PLAN, BRANCH_ONLY, WORDS, now=NOW)
    with pytest.raises(Refused):
        actions.write(people.viewer("department", "read"), PLAN, WITH_SCIENCE, WORDS, now=NOW)
    assert Account.objects.count() == 1
    assert Event.objects.filter(verb="plan.account_written").count() == 1


def test_a_document_counts_when_two_others_have_confirmed_it(people: People) -> None:
    document = registered(people, "entry", "review")
    with pytest.raises(Refused):
        actions.confirm(people.viewer("branch", "entry", "review"), document, now=NOW)
    for functions in (("review",), ("approve",)):
        actions.confirm(people.viewer("branch", *functions), document, now=NOW)
    with pytest.raises(Refused):
        actions.confirm(people.viewer("branch", "approve"), document, now=NOW)
    assert document.confirmations.count() == 2
    assert document.sha256 == actions.hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00", "scan.pdf"), (b"<html>", "scan.png"), (b"PK\x03\x04", "scan.pdf"), (b"", "a")],
)
def test_what_is_no_scan_is_not_kept_whatever_it_is_called(
    people: People, empty_home: Path, content: bytes, name: str
) -> None:
    viewer = people.viewer("branch", "entry")
    with pytest.raises(Refused):
        actions.register(viewer, PLAN, WITH_DOCUMENTS, about(), scan(content, name), now=NOW)
    assert Document.objects.count() == 0


def test_a_scan_lies_under_a_name_that_nobody_can_guess(people: People, empty_home: Path) -> None:
    document = registered(people, "entry")
    assert "scan" not in Path(document.scan.name).name
    assert Path(document.scan.path).is_relative_to(empty_home)


def test_a_status_is_set_by_hand_only_where_a_target_gives_a_light(people: People) -> None:
    rows = board(PLAN, TODAY, with_figures=False).rows
    dark = next(row.found for row in rows if row.found.computed.name == "NO_LIGHT")
    viewer = people.viewer("branch", "approve")
    with pytest.raises(Refused):
        actions.set_by_hand(viewer, PLAN, dark, "DONE", "because it is so", on=TODAY, now=NOW)
    assert ByHand.objects.count() == 0


def test_a_status_set_by_hand_shows_reason_and_post_and_may_be_taken_back(
    people: People, empty_home: Path
) -> None:
    viewer = people.viewer("branch", "approve")
    rows = board(PLAN, TODAY, with_figures=False).rows
    lit = [
        row.found for row in rows if row.found.computed.name != "NO_LIGHT" and not row.found.frozen
    ]
    if not lit:
        pytest.fail("no measure has a light that may be set")
    found = lit[0]
    with pytest.raises(Refused):
        actions.set_by_hand(
            people.viewer("branch", "review"), PLAN, found, "WATCH", "a reason", on=TODAY, now=NOW
        )
    actions.set_by_hand(viewer, PLAN, found, "WATCH", "data late from one bank", on=TODAY, now=NOW)

    def stands() -> str:
        again = board(PLAN, TODAY, with_figures=False).rows
        return next(r.found.status.name for r in again if r.measure.id == found.measure.id)

    assert stands() == "WATCH"
    actions.take_back(viewer, PLAN, found, now=NOW)
    assert stands() == found.computed.name


def test_the_forms_of_a_measure_write_and_refuse(
    people: People, browse: Browse, empty_home: Path
) -> None:
    client = browse(people.user("branch", "entry"))
    place = f"/plan/2024-30/{WITH_DOCUMENTS.id}/"
    assert client.post(place + "account/", {"progress": ""}).status_code == 400
    assert client.post(place + "account/", {"progress": "x"}).status_code == 302
    kind = WITH_DOCUMENTS.evidence.documents[0].code
    sent = {"kind": kind, "title": "t", "number": "", "day": "2026-01-05", "scan": scan()}
    assert client.post(place + "documents/", sent).status_code == 302
    document = Document.objects.get()
    answer = client.get(f"/plan/documents/{document.pk}/scan/")
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == PDF
    later = sent | {"day": "2999-01-01", "scan": scan()}
    assert client.post(place + "documents/", later).status_code == 400
