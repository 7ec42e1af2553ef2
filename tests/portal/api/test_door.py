"""The door: who asks, how much, how large, and whether it was asked before."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from dripline.law import Law
from dripline.portal.api.limits import wait
from dripline.portal.api.models import Answer, Window
from dripline.portal.submissions.models import Delivery
from tests.portal.api.conftest import ROOT, Programs
from tests.portal.conftest import People
from tests.portal.submissions.conftest import PERIOD, Desk

BEGUN = {"period": PERIOD}


def fault(response) -> tuple[int, str]:  # type: ignore[no-untyped-def]
    told = response.json()
    assert {"code", "says", "how"} <= set(told)
    assert told["says"]
    assert told["how"]
    return response.status_code, told["code"]


def test_without_a_token_nothing_of_anybody_is_answered(client: Client, db: None) -> None:
    response = client.get(f"{ROOT}calendar")
    assert fault(response) == (401, "no_token")
    assert response["WWW-Authenticate"] == "Bearer"


def test_a_session_of_a_browser_opens_nothing_here(people: People, browse) -> None:  # type: ignore[no-untyped-def]
    client = browse(people.user("bank", "entry"))
    assert fault(client.get(f"{ROOT}deliveries")) == (401, "no_token")
    begun = client.post(f"{ROOT}deliveries", json.dumps(BEGUN), content_type="application/json")
    assert fault(begun) == (401, "no_token")


def test_a_token_that_may_only_read_hands_nothing_over(program: Programs, desk: Desk) -> None:
    assert fault(program("bank", "read").post("deliveries", BEGUN)) == (403, "no_function")
    assert Delivery.objects.count() == 0


def test_an_address_that_is_not_there_is_answered_like_one_that_is_not_yours(
    program: Programs, desk: Desk
) -> None:
    other = desk.begin("other bank")
    bank = program()
    foreign = bank.get(f"deliveries/{other.uid}")
    absent = bank.get("deliveries/6a0f2f5c-0000-4000-8000-000000000000")
    assert foreign.content == absent.content == bank.get("nowhere").content
    assert fault(foreign) == (404, "not_found")


def test_a_method_an_address_does_not_take_is_said_in_json(program: Programs, desk: Desk) -> None:
    assert fault(program().ask("DELETE", "deliveries")) == (405, "no_method")


def test_what_changes_something_needs_a_key(program: Programs, desk: Desk) -> None:
    bank = program()
    assert fault(bank.post("deliveries", BEGUN, key="")) == (400, "no_key")
    assert fault(bank.post("deliveries", BEGUN, key="x" * 81)) == (400, "no_key")
    assert Delivery.objects.count() == 0


def test_the_same_key_and_request_is_done_once_and_answered_the_same(
    program: Programs, desk: Desk
) -> None:
    bank = program()
    first = bank.post("deliveries", BEGUN, key="one")
    again = bank.post("deliveries", BEGUN, key="one")
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again["Idempotent-Replay"] == "true"
    assert Delivery.objects.count() == 1


def test_the_same_key_with_another_body_is_refused(program: Programs, desk: Desk) -> None:
    bank = program()
    bank.post("deliveries", BEGUN, key="one")
    assert fault(bank.post("deliveries", {"period": "2026-05"}, key="one")) == (409, "other_body")
    assert Delivery.objects.count() == 1


def test_a_key_of_one_token_is_nothing_to_another(program: Programs, desk: Desk) -> None:
    first = program().post("deliveries", BEGUN, key="one").json()
    other = program("other bank").post("deliveries", BEGUN, key="one").json()
    assert first["id"] != other["id"]


def test_a_refusal_is_not_kept_since_it_may_be_otherwise_later(
    program: Programs, desk: Desk
) -> None:
    bank, delivery = program(), desk.begin()
    assert fault(bank.post(f"deliveries/{delivery.uid}/check", key="c")) == (409, "refused")
    desk.put(delivery, desk.package())
    assert bank.post(f"deliveries/{delivery.uid}/check", key="c").status_code == 200


def test_answers_are_kept_for_the_hours_of_the_lawbook(program: Programs, desk: Desk) -> None:
    bank = program()
    bank.post("deliveries", BEGUN, key="one")
    hours = int(str(Law.load().on(timezone.now().date())["bound.api_answer_hours"]))
    old = timezone.now() - timezone.timedelta(hours=hours, seconds=1)
    Answer.objects.update(at=old)
    assert bank.post("deliveries", BEGUN, key="one").headers.get("Idempotent-Replay") is None
    assert Delivery.objects.count() == 2


def test_a_field_that_is_not_as_it_should_be_is_named(program: Programs, desk: Desk) -> None:
    bank = program()
    for body, field in (
        ({"period": "June"}, "period"),
        ({}, "period"),
        (BEGUN | {"perriod": "2026-06"}, "perriod"),
    ):
        response = bank.post("deliveries", body)
        assert fault(response) == (422, "invalid")
        assert [one["field"] for one in response.json()["fields"]] == [field]


def test_a_body_that_is_no_json_is_said_so(program: Programs, desk: Desk) -> None:
    assert fault(program().post("deliveries", b"\xff{")) == (400, "no_json")


def test_a_body_larger_than_the_lawbook_allows_is_refused(program: Programs, desk: Desk) -> None:
    assert fault(program().post("deliveries", b"[" * (1 << 20) + b"[")) == (413, "too_large")


def test_a_minute_holds_so_many_requests_and_the_next_begins_anew(db: None) -> None:
    assert [wait("token 1", 2, 600.0 + i) for i in range(4)] == [None, None, 58, 57]
    assert wait("token 2", 2, 601.0) is None
    assert wait("token 1", 2, 660.0) is None
    assert Window.objects.filter(key="token 1").count() == 1


@pytest.mark.parametrize("key", ["token", "address"])
def test_too_much_in_a_minute_is_told_to_wait(program: Programs, desk: Desk, key: str) -> None:
    bank = program()
    bank.get("health")
    (full,) = Window.objects.filter(key__startswith=key)
    for begins in (full.begins, full.begins + 60):  # the minute may end while this is tried
        Window.objects.update_or_create(key=full.key, begins=begins, defaults={"count": 100_000})
    response = bank.get("calendar")
    assert fault(response) == (429, "too_many")
    assert 0 < int(response["Retry-After"]) <= 60


def test_guesses_without_a_token_are_counted_by_address(client: Client, db: None) -> None:
    client.get(f"{ROOT}calendar", headers={"Authorization": "Bearer dl_guess"})
    assert [one.key for one in Window.objects.all()] == ["address 127.0.0.1"]


def test_an_operation_is_not_there_outside_its_zones(
    program: Programs, desk: Desk, settings: LazySettings
) -> None:
    bank = program()
    assert bank.get("deliveries").status_code == 200
    settings.DRIPLINE_ZONE = "public"
    assert fault(bank.get("deliveries")) == (404, "not_found")
