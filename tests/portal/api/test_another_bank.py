"""Nothing of another institution is reached by any operation; and nonsense is refused, never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from dripline.portal.api.models import Window
from dripline.portal.api.site import schema
from dripline.portal.submissions.models import Delivery, File
from tests.portal.api.conftest import Program, Programs
from tests.portal.submissions.conftest import BANK, PERIOD, Desk
from tests.unit.intake_writer import collateral

BODIES: dict[str, object] = {
    "files": {"name": "a.zip", "size": 1, "sha256": "0" * 64},
    "explanations": {"explanations": [{"rule": "FMT-01", "table": "DBWXX", "reason": "so"}]},
    "withdraw": {"reason": "so"},
}


def operations() -> Iterator[tuple[str, str]]:
    for path, methods in schema()["paths"].items():
        for method in methods:
            yield method.upper(), path


def test_every_operation_on_a_delivery_is_answered_to_another_bank_as_if_it_were_not_there(
    program: Programs, desk: Desk
) -> None:
    delivery = desk.checked("bank", collateral(f1=BANK, f7="-1"))
    file = delivery.files.get()
    before = list(Delivery.objects.values()), list(File.objects.values())
    stranger, walked = program("other bank"), 0
    for method, path in operations():
        if "{uid}" not in path:
            continue
        walked += 1
        body = BODIES.get(path.rsplit("/", 1)[-1], {})
        query = "?purpose=statistics" if "findings" in path else ""
        answers = []
        for uid, part in ((delivery.uid, file.uid), (file.uid, delivery.uid)):
            asked = path.replace("{uid}", str(uid)).replace("{file}", str(part)) + query
            answers.append(stranger.ask(method, asked, body))
        assert [one.status_code for one in answers] == [404, 404], (method, path)
        assert answers[0].content == answers[1].content
    assert walked == 11
    assert (list(Delivery.objects.values()), list(File.objects.values())) == before


def test_a_file_of_one_delivery_is_not_reached_through_another(
    program: Programs, desk: Desk
) -> None:
    theirs = desk.checked("bank").files.get()
    own = desk.begin("other bank")
    stranger = program("other bank")
    assert stranger.get(f"deliveries/{own.uid}/files/{theirs.uid}").status_code == 404


def test_lists_calendar_and_counts_hold_nothing_of_another_bank(
    program: Programs, desk: Desk
) -> None:
    desk.checked("bank")
    stranger = program("other bank")
    assert stranger.get("deliveries").json() == []
    assert BANK not in stranger.get(f"calendar?period={PERIOD}").content.decode()


def test_nothing_is_begun_for_another_bank(program: Programs, desk: Desk) -> None:
    stranger = program("other bank")
    response = stranger.post("deliveries", {"period": PERIOD, "reporter": BANK})
    absent = stranger.post("deliveries", {"period": PERIOD, "reporter": "NOBODY"})
    assert (response.status_code, response.content) == (404, absent.content)
    assert Delivery.objects.count() == 0


def test_every_operation_with_a_token_in_its_access_refuses_one_that_is_wrong(
    program: Programs, desk: Desk
) -> None:
    guess = Program("dl_00000000_guess")
    for method, path in operations():
        filled = path.replace("{uid}", "6a0f2f5c-0000-4000-8000-000000000000")
        filled = filled.replace("{file}", "6a0f2f5c-0000-4000-8000-000000000000")
        response = guess.ask(method, filled.replace("{code}", "TE-BAL").replace("{name}", "x"))
        open_to_all = "definitions" in path or "health" in path
        assert (response.status_code == 401) != open_to_all, (method, path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.sampled_from(
    [
        "period",
        "reporter",
        "name",
        "size",
        "sha256",
        "explanations",
        "reason",
        "rule",
        "table",
        "key",
    ]
)
FUZZED = st.dictionaries(FIELDS, JSON, max_size=4) | JSON


@pytest.mark.parametrize("end", ["", "/files", "/explanations", "/withdraw", "/check"])
def test_nonsense_in_a_body_is_refused_and_never_breaks_the_site(
    program: Programs, desk: Desk, end: str
) -> None:
    bank = program()
    delivery = desk.begin()

    @effort(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FUZZED)
    def tried(body: Any) -> None:
        Window.objects.all().delete()
        path = f"deliveries/{delivery.uid}{end}" if end else "deliveries"
        response = bank.post(path, json.dumps(body).encode())
        assert response.status_code < 500, response.content

    tried()


@pytest.mark.parametrize(
    "query",
    ["first=-1", "first=9999999999999999999", "count=0", "purpose=", "first=a", "purpose=%00"],
)
def test_nonsense_in_an_address_is_refused(program: Programs, desk: Desk, query: str) -> None:
    delivery = desk.checked("bank")
    response = program().get(f"deliveries/{delivery.uid}/findings?purpose=statistics&{query}")
    assert response.status_code in (200, 422)


@pytest.mark.parametrize("text", ["a\x00b", "a\x1fb", "\x7f"])
def test_control_characters_that_a_database_cannot_keep_are_refused_by_field(
    program: Programs, desk: Desk, text: str
) -> None:
    delivery = desk.begin()
    response = program().post(f"deliveries/{delivery.uid}/withdraw", {"reason": text})
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["fields"]] == ["reason"]
    written = program().post(f"deliveries/{delivery.uid}/withdraw", {"reason": "月报\n重报 €"})
    assert written.json()["reason"] == "月报\n重报 €"
