"""What the pages of submissions show to whom, and what a look at findings leaves behind."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from dripline.periods import Period
from dripline.portal.accounts.models import Kind, Organisation, Role
from dripline.portal.accounts.registers import sync_organisations
from dripline.portal.audit.models import Event
from dripline.portal.submissions import actions, calendar, queries
from dripline.portal.submissions.models import Delivery, Status
from dripline.store import Store
from tests.portal.conftest import BEGUN, NOW, TODAY, People
from tests.portal.submissions.conftest import BANK, OTHER, Desk, worked
from tests.unit.intake_writer import collateral

TWICE = (collateral(f1=BANK), collateral(f1=BANK))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def sign_in(desk: Desk) -> Callable[..., Client]:
    """A browser of its own for each person."""

    def signed_in(place: str, *functions: str) -> Client:
        client = Client()
        client.force_login(
            desk.people.user(place, *functions),
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        client.cookies["django_language"] = "en"
        return client

    return signed_in


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def looks() -> list[tuple[str, str]]:
    found = Event.objects.filter(verb__startswith="rows.").order_by("id")
    return [(one.verb, one.purpose) for one in found]


def test_a_bank_mends_a_faulty_month_and_is_accepted(desk: Desk, sign_in) -> None:  # type: ignore[no-untyped-def]
    entry, approve = sign_in("bank", "entry"), sign_in("bank", "approve")
    reviewer = sign_in("branch", "review")
    entry.post("/submissions/begin/", {"period": "2026-06"})
    first = Delivery.objects.get()
    _hand_over(entry, first, desk.package(*TWICE))
    assert "2 places must be mended or explained" in text(entry, f"/submissions/{first.uid}/")
    entry.post("/submissions/begin/", {"period": "2026-06"})
    second = Delivery.objects.get(attempt=2)
    _hand_over(entry, second, desk.package())
    assert "1 of 1 tables changed; 1 rules fare otherwise." in text(
        approve, f"/submissions/{second.uid}/compare/"
    )
    approve.post(f"/submissions/{second.uid}/send/")
    assert "Handed over by" in text(reviewer, f"/submissions/{second.uid}/")
    reviewer.post(f"/submissions/{second.uid}/accept/")
    worked(1)
    second.refresh_from_db()
    assert second.status == Status.ACCEPTED
    assert "Accepted: its rows count in every figure." in text(entry, f"/submissions/{second.uid}/")


def _hand_over(client: Client, delivery: Delivery, path: Path) -> None:
    client.post(
        f"/submissions/{delivery.uid}/files/",
        {"files": SimpleUploadedFile(path.name, path.read_bytes())},
    )
    client.post(f"/submissions/{delivery.uid}/check/")
    worked()


def test_a_refused_deed_says_why_at_the_page(desk: Desk, sign_in) -> None:  # type: ignore[no-untyped-def]
    delivery = desk.checked("bank", *TWICE)
    answer = sign_in("bank", "approve").post(f"/submissions/{delivery.uid}/send/", follow=True)
    assert "errors that nobody has explained" in answer.content.decode()


def test_a_bank_sees_the_rows_of_its_findings_and_each_look_is_in_the_trail(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    delivery = desk.checked("bank", *TWICE)
    page = text(sign_in("bank", "entry"), f"/submissions/{delivery.uid}/")
    assert ("HT2026001" in page, "DBWXX-02/once" in page) == (True, True)
    assert looks() == [("rows.looked", "statistics")]


def test_the_branch_sees_no_value_of_a_row_before_it_has_named_a_purpose(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    delivery, reviewer = desk.checked("bank", *TWICE), sign_in("branch", "review")
    for address in ("", "findings/", "findings.csv"):
        page = text(reviewer, f"/submissions/{delivery.uid}/{address}")
        assert ("HT2026001" in page, "Purpose of this look" in page) == (False, True)
    assert looks() == []
    page = text(reviewer, f"/submissions/{delivery.uid}/findings/?purpose=statistics")
    assert "HT2026001" in page
    assert looks() == [("rows.looked", "statistics")]


def test_findings_come_a_page_at_a_time_and_the_next_rows_as_a_part_of_the_page(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    rows = [collateral(f1=BANK, f5=f"DBW{n:03d}") for n in range(60) for _ in range(2)]
    delivery = desk.checked("bank", *rows)
    line = delivery.checked.lines.get(rule="DBWXX-02/once")
    client, address = sign_in("bank", "entry"), f"/submissions/{delivery.uid}/findings/"
    assert text(client, f"{address}?line={line.pk}").count('class="n ln"') == 50
    part = client.get(f"{address}?line={line.pk}&page=3", headers={"HX-Request": "true"})
    body = part.content.decode()
    assert (body.count('class="n ln"'), "<html" in body) == (20, False)


def test_all_findings_are_taken_away_in_three_formats(desk: Desk, sign_in) -> None:  # type: ignore[no-untyped-def]
    delivery, client = desk.checked("bank", *TWICE), sign_in("bank", "entry")

    def taken(format: str) -> bytes:
        response = client.get(f"/submissions/{delivery.uid}/findings.{format}")
        return b"".join(response.streaming_content)

    assert len(taken("csv").decode("utf-8-sig").splitlines()) == 3
    assert [json.loads(line)["code"] for line in taken("json").splitlines()] == [
        "DBWXX-02/once"
    ] * 2
    book = openpyxl.load_workbook(io.BytesIO(taken("xlsx")))
    assert [len(list(sheet.rows)) for sheet in book] == [1 + delivery.checked.lines.count(), 3]
    assert client.get(f"/submissions/{delivery.uid}/findings.exe").status_code == 404
    assert len(looks()) == 3


def test_the_progress_of_a_check_is_a_part_that_ends_by_loading_the_page(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    delivery, client = desk.begin(), sign_in("bank", "entry")
    desk.put(delivery, desk.package())
    actions.check(delivery, by=desk.viewer("bank", "entry"), now=NOW)
    part = client.get(f"/submissions/{delivery.uid}/progress/")
    assert ("Waiting for its turn." in part.content.decode(), part.status_code) == (True, 200)
    worked()
    done = client.get(f"/submissions/{delivery.uid}/progress/")
    assert (done.status_code, done.headers["HX-Refresh"]) == (204, "true")


def test_a_blank_form_is_given_for_every_table_and_for_nothing_else(sign_in) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("bank", "read")
    assert "CLDWDK" in text(client, "/submissions/templates/")
    form = client.get("/submissions/templates/CLDWDK/")
    assert b"".join(form.streaming_content)[:2] == b"PK"
    assert client.get("/submissions/templates/NONE/").status_code == 404


def test_the_branch_brings_in_an_archive_and_a_colleague_accepts_all_of_it(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for path in (desk.package(), desk.package(collateral(f1=OTHER), bank=OTHER)):
            made.writestr(path.name, path.read_bytes())
    archive = SimpleUploadedFile("July.zip", out.getvalue())
    sign_in("branch", "entry").post("/submissions/imports/", {"archive": archive})
    worked()
    reviewer = sign_in("branch", "review")
    brought = Delivery.objects.first().brought
    assert "Accept all 2 deliveries" in text(reviewer, f"/submissions/imports/{brought.uid}/")
    reviewer.post(f"/submissions/imports/{brought.uid}/accept/")
    worked(2)
    assert set(Delivery.objects.values_list("status", flat=True)) == {Status.ACCEPTED}


def _banks(people: People, *numbers: int) -> None:
    for number in numbers:
        place = Organisation.objects.create(
            code=f"MORE-{number}", name=f"又一家银行{number}", kind=Kind.BANK, role=Role.INSTITUTION,
            reporter=f"91410000MA00000{number}XX", from_day=BEGUN,
        )  # fmt: skip
        Delivery.objects.create(
            organisation=place, reporter=place.reporter, period="2026-06", attempt=1,
            made_by=people.user("bank", "entry"), made_at=NOW,
        )  # fmt: skip


def _asked(client: Client, address: str) -> int:
    text(client, address)
    with CaptureQueriesContext(connection) as asked:
        text(client, address)
    return len(asked)


@pytest.mark.parametrize("address", ["/submissions/", "/submissions/?period=2026-06&state=working"])
def test_the_board_asks_no_more_for_three_banks_than_for_one(
    desk: Desk, sign_in, address: str
) -> None:  # type: ignore[no-untyped-def]
    client = sign_in("branch", "review")
    _banks(desk.people, 1)
    once = _asked(client, address)
    _banks(desk.people, 2, 3)
    assert _asked(client, address) == once


def test_a_delivery_asks_no_more_for_three_files_attempts_and_explanations_than_for_one(
    desk: Desk, sign_in
) -> None:  # type: ignore[no-untyped-def]
    delivery, client = desk.checked("bank", *TWICE), sign_in("bank", "entry")
    once = _asked(client, f"/submissions/{delivery.uid}/")
    for _ in range(2):
        delivery = desk.begin()
        desk.put(delivery, desk.package(table="CLDWDK"))
    delivery = desk.check(delivery)
    assert _asked(client, f"/submissions/{delivery.uid}/") == once


def test_a_month_is_in_time_by_the_day_it_was_sent_and_not_by_the_day_it_was_accepted(
    desk: Desk,
) -> None:
    delivery = desk.accepted()
    board = queries.Board(desk.viewer("branch", "review"), TODAY)
    (month,) = board.months([desk.people.places["bank"]], [delivery.month]).values()
    assert (month.accepted, month.came_on, month.in_time) == (True, TODAY, True)
    Delivery.objects.update(sent_at=NOW + timedelta(days=10))
    (late,) = board.months([desk.people.places["bank"]], [delivery.month]).values()
    assert (late.in_time, late.light(TODAY), late.words(TODAY)) == (
        False,
        "watch",
        "accepted, late",
    )


def test_bounces_and_hours_tell_what_a_month_cost(desk: Desk) -> None:
    first = desk.sent()
    actions.give_back(first, reason="again", by=desk.viewer("branch", "review"), now=NOW)
    second = desk.begin()
    desk.check(second)
    later = NOW + timedelta(hours=5)
    actions.send(second, by=desk.viewer("bank", "approve"), now=later)
    board = queries.Board(desk.viewer("branch", "review"), TODAY)
    (month,) = board.months([desk.people.places["bank"]], [second.month]).values()
    assert (month.bounces, month.hours, queries.state(month, TODAY)) == (1, 5, {"review"})


def test_a_month_is_due_on_the_working_day_of_the_lawbook(desk: Desk) -> None:
    due = calendar.due(Period.parse("2026-06"))
    assert (due.day.isoformat(), due.provisional, due.left(due.day)) == ("2026-07-10", False, 0)


def test_a_month_of_which_the_register_says_nothing_is_not_overdue(desk: Desk) -> None:
    board = queries.Board(desk.viewer("branch", "review"), TODAY)
    period = Period.parse("2026-01")
    (month,) = board.months([desk.people.places["bank"]], [period]).values()
    assert (month.light(TODAY), month.words(TODAY)) == ("none", "not in the register")


def test_the_board_tells_who_is_overdue_by_the_register(
    full_home: Path, people: People, sign_in_home
) -> None:  # type: ignore[no-untyped-def]
    sync_organisations(Store.open(full_home), date(2025, 6, 30))
    page = text(sign_in_home, "/submissions/?period=2025-07")
    assert page.count("overdue</span>") == 4
    assert '<b class="num">0</b> of <b class="num">4</b> reporters are accepted' in page
    june = text(sign_in_home, "/submissions/?period=2025-06")
    assert '<b class="num">4</b> of <b class="num">4</b> reporters are accepted' in june
    assert text(sign_in_home, "/submissions/?period=nonsense").count("<h1>") == 1


@pytest.fixture
def sign_in_home(people: People) -> Client:
    client = Client()
    client.force_login(
        people.user("branch", "review"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    client.cookies["django_language"] = "en"
    return client
