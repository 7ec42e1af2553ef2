"""A program hands over: the file in pieces, the check, what was found, explained and sent; and what it may not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dripline.periods import Period
from dripline.portal.accounts.models import Function
from dripline.portal.audit.models import Event
from dripline.portal.submissions import actions
from dripline.portal.submissions.models import Delivery
from tests.portal.api.conftest import Program, Programs
from tests.portal.conftest import NOW
from tests.portal.submissions.conftest import BANK, PERIOD, Desk, worked
from tests.unit.intake_writer import collateral


def begun(bank: Program) -> str:
    return f"deliveries/{bank.post('deliveries', {'period': PERIOD}).json()['id']}"


def announced(bank: Program, delivery: str, path: Path) -> str:
    content = path.read_bytes()
    body = {
        "name": path.name,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    response = bank.post(f"{delivery}/files", body)
    assert response.status_code == 201, response.content
    return f"{delivery}/files/{response.json()['id']}"


def checked(bank: Program, path: Path) -> str:
    delivery = begun(bank)
    file = announced(bank, delivery, path)
    assert bank.put(file, path.read_bytes()).json()["complete"]
    assert bank.post(f"{delivery}/check").json()["status"] == "checking"
    worked()
    return delivery


def test_a_program_hands_over_and_sends(program: Programs, desk: Desk) -> None:
    bank = program()
    delivery = checked(bank, desk.package())
    told = bank.get(delivery).json()
    assert (told["status"], told["why_not"], told["checked"]["rows"]) == ("clean", None, 1)
    assert bank.post(f"{delivery}/send").json()["status"] == "sent"
    kept = Delivery.objects.get()
    assert kept.sent_by == desk.people.user("bank", "approve")
    event = Event.objects.get(verb="delivery.sent")
    assert (event.user, event.name.split()[0]) == (None, "core")


def test_a_delivery_sent_by_a_program_is_accepted_by_a_person_of_the_branch(
    program: Programs, desk: Desk
) -> None:
    bank = program()
    delivery = checked(bank, desk.package())
    bank.post(f"{delivery}/send")
    actions.accept(Delivery.objects.get(), by=desk.viewer("branch", "review"), now=NOW)
    assert bank.get(delivery).json()["progress"]["kind"] == "submissions.accept"
    worked(1)
    told = bank.get(delivery).json()
    assert (told["status"], told["accepted_on"] is not None) == ("accepted", True)


def test_a_token_without_the_function_of_sending_leaves_that_to_a_person(
    program: Programs, desk: Desk
) -> None:
    bank = program("bank", Function.READ, Function.ENTRY)
    delivery = checked(bank, desk.package())
    refused = bank.post(f"{delivery}/send")
    assert (refused.status_code, refused.json()["code"]) == (403, "no_function")
    assert bank.get(delivery).json()["why_not"]


def test_a_file_comes_in_pieces_and_goes_on_where_it_broke_off(
    program: Programs, desk: Desk
) -> None:
    bank, path = program(), desk.package()
    content = path.read_bytes()
    delivery = begun(bank)
    file = announced(bank, delivery, path)
    assert bank.put(file, content[:50]).json()["arrived"] == 50
    assert announced(bank, delivery, path) == file
    misplaced = bank.put(f"{file}?offset=40", content[40:])
    assert (misplaced.status_code, misplaced.json()["code"]) == (409, "misplaced")
    assert bank.get(file).json()["arrived"] == 50
    assert bank.put(f"{file}?offset=50", content[50:]).json()["complete"]


def test_other_bytes_than_announced_are_refused_and_start_again(
    program: Programs, desk: Desk
) -> None:
    bank, path = program(), desk.package()
    file = announced(bank, begun(bank), path)
    wrong = bytes(len(path.read_bytes()))
    assert bank.put(file, wrong).status_code == 409
    assert bank.put(file, path.read_bytes() + b"more").status_code == 409
    assert bank.get(file).json()["arrived"] == 0


def test_a_file_is_taken_out_of_a_draft(program: Programs, desk: Desk) -> None:
    bank = program()
    delivery = begun(bank)
    file = announced(bank, delivery, desk.package())
    assert bank.ask("DELETE", file).status_code == 204
    assert bank.get(delivery).json()["files"] == []


def test_findings_are_read_by_page_and_whole_and_each_look_is_in_the_trail(
    program: Programs, desk: Desk
) -> None:
    bank = program()
    rows = [collateral(f1=BANK, f3=f"D{n}", f7="-1") for n in range(3)]
    delivery = checked(bank, desk.package(*rows))
    told = bank.get(delivery).json()
    assert told["status"] == "faulty"
    total = told["checked"]["findings"]
    page = bank.get(f"{delivery}/findings?purpose=statistics&count=2").json()
    assert (page["total"], len(page["findings"]), page["next"]) == (total, 2, 2)
    rest = bank.get(f"{delivery}/findings?purpose=statistics&first=2&count=100").json()
    assert (len(rest["findings"]), rest["next"]) == (total - 2, None)
    lines = b"".join(
        bank.get(f"{delivery}/findings/all?purpose=statistics&format=json").streaming_content
    )
    assert [json.loads(line) for line in lines.splitlines()] == page["findings"] + rest["findings"]
    assert Event.objects.filter(verb="rows.looked", subject="findings").count() == 3


def test_a_look_at_findings_names_its_purpose(program: Programs, desk: Desk) -> None:
    bank = program()
    delivery = checked(bank, desk.package())
    response = bank.get(f"{delivery}/findings")
    assert [one["field"] for one in response.json()["fields"]] == ["purpose"]


def test_an_explained_error_is_not_in_the_way(program: Programs, desk: Desk) -> None:
    bank = program()
    delivery = checked(bank, desk.package(collateral(f1=BANK), collateral(f1=BANK)))
    assert bank.get(delivery).json()["status"] == "faulty"
    said = {"rule": "DBWXX-02/once", "table": "DBWXX", "reason": "two pledges"}
    after = bank.post(f"{delivery}/explanations", {"explanations": [said]}).json()
    assert (after["status"], after["why_not"]) == ("clean", None)


def test_a_withdrawn_delivery_has_ended(program: Programs, desk: Desk) -> None:
    bank = program()
    delivery = checked(bank, desk.package())
    assert (
        bank.post(f"{delivery}/withdraw", {"reason": "wrong month"}).json()["reason"]
        == "wrong month"
    )
    assert bank.post(f"{delivery}/send").json()["code"] == "refused"


def test_the_calendar_says_what_is_owed_and_when(program: Programs, desk: Desk) -> None:
    bank = program()
    (owed,) = bank.get(f"calendar?period={PERIOD}").json()
    assert (owed["reporter"], owed["period"], owed["delivery"]) == (BANK, PERIOD, None)
    delivery = begun(bank)
    (owed,) = bank.get(f"calendar?period={PERIOD}").json()
    assert (f"deliveries/{owed['delivery']}", owed["status"]) == (delivery, "draft")


def test_the_list_of_deliveries_costs_the_same_for_one_and_for_three(
    program: Programs, desk: Desk
) -> None:
    bank = program()
    bank.get("calendar")
    costs = []
    for months in (("2026-04",), ("2026-05", "2026-06")):
        for month in months:
            delivery = desk.begin(period=month)
            day = f"{Period.parse(month).last_day:%Y%m%d}"
            desk.put(delivery, desk.package(day=day))
            actions.check(delivery, by=desk.viewer("bank", "entry"), now=NOW)
        with CaptureQueriesContext(connection) as seen:
            bank.get("deliveries")
        costs.append(len(seen))
    assert costs[0] == costs[1]
    assert len(bank.get("deliveries").json()) == 3
