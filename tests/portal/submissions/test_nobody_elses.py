"""Another bank's delivery, file, finding and count is reached by no address: as if it were not there."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from dripline.portal.accounts.models import Function
from dripline.portal.submissions import importing, urls
from dripline.portal.submissions.models import Delivery, File
from tests.portal.conftest import NOW, TODAY
from tests.portal.submissions.conftest import OTHER, Desk
from tests.unit.intake_writer import collateral

ABSENT = uuid.UUID("00000000-0000-4000-8000-000000000000")
STRANGERS = (
    ("bank", ("read", "entry", "review", "approve")),
    ("sub-branch", ("read", "entry", "review", "approve")),
    ("department", ("read", "entry", "review", "approve")),
    ("firm", ("read", "entry", "review", "approve")),
    ("branch", ("system",)),
    ("branch", ("security",)),
    ("branch", ("audit",)),
)
OF_A_FILE = ("upload", "remove")
OF_AN_IMPORT = ("import", "accept_all")
MORE = {"download": {"format": "csv"}, "take_back": {"pk": 1}}


def addresses(delivery: uuid.UUID, file: uuid.UUID, brought: uuid.UUID, reporter: int) -> list[str]:
    """Every address of the room that names a record."""
    found = []
    for pattern in urls.urlpatterns:
        name = pattern.name
        if "<uuid:uid>" in str(pattern.pattern):
            uid = file if name in OF_A_FILE else brought if name in OF_AN_IMPORT else delivery
            found.append(reverse(f"submissions:{name}", kwargs={"uid": uid} | MORE.get(name, {})))
    return [*found, reverse("submissions:reporter", kwargs={"pk": reporter})]


@pytest.fixture
def foreign(desk: Desk) -> list[str]:
    """What the other bank has: a delivery with findings, its file, and an import of the branch."""
    delivery = desk.checked("other bank", collateral(f1=OTHER, f9="99"))
    by = desk.viewer("branch", "entry")
    brought = importing.begin("July", by=by, now=NOW)
    importing.bring_in(brought, [], by=by, now=NOW, on=TODAY)
    file = File.objects.get(delivery=delivery)
    place = desk.people.places["other bank"]
    return addresses(delivery.uid, file.uid, brought.uid, place.pk)


def answers(client: Client, address: str) -> list[tuple[str, int, bytes]]:
    found = []
    for method in ("get", "head", "post"):
        response = getattr(client, method)(address, HTTP_UPLOAD_OFFSET="0")
        body = b"" if method == "head" else _without_its_own(response.content, address)
        found.append((method, response.status_code, body))
    return found


def _without_its_own(body: bytes, address: str) -> bytes:
    """The page without its own address and the token that differs each time."""
    import re

    text = body.replace(address.encode(), b"")
    return re.sub(rb'("X-CSRFToken": "|csrfmiddlewaretoken" value=")[^"]*', b"", text)


@pytest.mark.parametrize("stranger", STRANGERS, ids=lambda one: "-".join([one[0], *one[1]]))
def test_what_is_not_theirs_answers_as_what_is_not_there(
    desk: Desk, foreign: list[str], client: Client, stranger: tuple[str, tuple[str, ...]]
) -> None:
    place, functions = stranger
    desk.people.places.update()
    client.force_login(
        desk.people.user(place, *functions, name=f"stranger-{place}-{functions[0]}"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    absent = addresses(ABSENT, ABSENT, ABSENT, 10**9)
    before = list(Delivery.objects.values())
    for theirs, nobodys in zip(foreign, absent, strict=True):
        got, expected = answers(client, theirs), answers(client, nobodys)
        assert got == expected, theirs
        assert {status for _, status, _ in got} <= {403, 404, 405}, theirs
    assert list(Delivery.objects.values()) == before


def test_a_stranger_is_sent_to_the_login_alike(foreign: list[str], client: Client) -> None:
    absent = addresses(ABSENT, ABSENT, ABSENT, 10**9)
    for theirs, nobodys in zip(foreign, absent, strict=True):
        one, other = client.get(theirs), client.get(nobodys)
        assert one.status_code == other.status_code
        assert one.status_code in (302, 405)


def test_the_walk_goes_through_every_address_that_names_a_record() -> None:
    named = [one for one in urls.urlpatterns if "<uuid:" in str(one.pattern)]
    assert len(addresses(ABSENT, ABSENT, ABSENT, 1)) == len(named) + 1


def test_a_bank_sees_neither_the_name_nor_the_count_of_another_on_its_board(
    desk: Desk, foreign: list[str], browse
) -> None:  # type: ignore[no-untyped-def]
    body = browse(desk.people.user("bank", "entry")).get("/submissions/").content.decode()
    assert ("示例乙银行" in body, OTHER in body, "示例甲银行" in body) == (False, False, True)


def test_functions_are_all_known() -> None:
    assert {name for _, names in STRANGERS for name in names} == set(Function.values)
