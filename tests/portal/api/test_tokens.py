"""Tokens: made by those who answer for them, shown once, kept as a digest, worth nothing when revoked or over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dripline.errors import Refused
from dripline.portal.accounts.models import Post
from dripline.portal.accounts.viewers import Viewer, viewer_of
from dripline.portal.api import actions
from dripline.portal.api.models import Token
from dripline.portal.api.tokens import token_of
from dripline.portal.api.tokens import viewer_of as program_of
from dripline.portal.audit.models import Event
from dripline.store.entries import day_in_china
from tests.portal.api.conftest import Programs
from tests.portal.conftest import People


def make(by: Viewer, *functions: str, days: int = 30) -> tuple[Token, str]:
    now = timezone.now()
    on = day_in_china(now)
    return actions.make("core", functions, on, on + timedelta(days=days), by=by, now=now)


def person(people: People, place: str, *functions: str) -> Viewer:
    return viewer_of(people.user(place, *functions), None, day_in_china(timezone.now()))


def test_a_token_is_kept_as_a_digest_and_its_making_stands_in_the_trail(people: People) -> None:
    token, text = make(person(people, "bank", "approve"), "read")
    kept = [str(value) for value in Token.objects.values_list().get()]
    assert not any(text in value or text.split("_")[-1] in value for value in kept)
    assert token_of(text, token.from_day) == token
    event = Event.objects.get(verb="token.made")
    assert (event.subject, text in event.says) == (str(token.pk), False)


@pytest.mark.parametrize(
    ("place", "function"),
    [("bank", "entry"), ("bank", "review"), ("department", "approve"), ("branch", "security")],
)
def test_others_than_the_keepers_of_an_institution_make_none(
    people: People, place: str, function: str
) -> None:
    with pytest.raises(Refused):
        make(person(people, place, function), "read")
    assert Token.objects.count() == 0


def test_a_security_administrator_cannot_hand_out_what_he_has_not(people: People) -> None:
    keeper = person(people, "bank", "security")
    with pytest.raises(Refused):
        make(keeper, "read", "approve")
    assert make(keeper, "read", "entry")[0].functions == ["read", "entry"]


def test_a_token_lasts_no_longer_than_the_lawbook_says(people: People) -> None:
    keeper = person(people, "bank", "approve")
    make(keeper, "read", days=400)
    with pytest.raises(Refused):
        make(keeper, "read", days=401)


@pytest.mark.parametrize("function", ["system", "security", "audit", "review"])
def test_no_token_administers_or_reviews(people: People, function: str) -> None:
    with pytest.raises(Refused):
        make(person(people, "bank", "approve"), function)


def test_a_revoked_a_future_and_a_past_token_open_nothing(people: People) -> None:
    keeper, on = person(people, "bank", "approve"), day_in_china(timezone.now())
    token, text = make(keeper, "read")
    assert token_of(text, on - timedelta(days=1)) is None
    assert token_of(text, on + timedelta(days=31)) is None
    actions.revoke(token, by=keeper, now=timezone.now())
    assert token_of(text, on) is None
    with pytest.raises(Refused):
        actions.revoke(token, by=keeper, now=timezone.now())


def test_the_token_of_an_institution_that_ended_opens_nothing(people: People) -> None:
    token, text = make(person(people, "bank", "approve"), "read")
    on = token.from_day
    place = people.places["bank"]
    place.to_day = on - timedelta(days=1)
    place.save()
    assert token_of(text, on) is None


def test_a_program_sends_only_as_long_as_the_person_who_answers_for_it_may(people: People) -> None:
    token, _text = make(person(people, "bank", "approve"), "read", "approve")
    on = token.from_day
    assert program_of(token, on).functions == {"read", "approve"}
    Post.objects.filter(user=token.made_by).update(to_day=on - timedelta(days=1))
    assert program_of(token, on).functions == {"read"}


def test_a_token_sees_what_a_person_of_its_institution_sees(people: People) -> None:
    token, _text = make(person(people, "bank", "approve"), "read")
    viewer = program_of(token, token.from_day)
    assert viewer.within == person(people, "bank", "read").within
    assert (viewer.user, viewer.token, viewer.person) == (None, token.pk, token.made_by_id)


def test_the_day_of_last_use_is_noted(program: Programs, empty_home: object) -> None:
    bank = program()
    assert Token.objects.get().last_used is None
    assert bank.get("calendar").status_code == 200
    assert Token.objects.get().last_used == day_in_china(timezone.now())


def test_the_page_shows_a_token_once_and_revokes_it(people: People, browse) -> None:  # type: ignore[no-untyped-def]
    client = browse(people.user("bank", "approve"))
    on = day_in_china(timezone.now())
    given = {"name": "core", "functions": ["read", "entry"], "from_day": on, "to_day": on}
    shown = client.post("/tokens/", given).content.decode()
    token = Token.objects.get()
    text = shown.split(f"{token.mark}_")[1][:43]
    assert token_of(f"{token.mark}_{text}", on) == token
    assert text not in client.get("/tokens/").content.decode()
    client.post(f"/tokens/{token.pk}/revoke/")
    assert token_of(f"{token.mark}_{text}", on) is None


def test_the_page_says_what_is_wrong_with_a_form(people: People, browse) -> None:  # type: ignore[no-untyped-def]
    client = browse(people.user("bank", "approve"))
    on = day_in_china(timezone.now())
    given = {
        "name": "core",
        "functions": ["read"],
        "from_day": on,
        "to_day": on - timedelta(days=9),
    }
    assert client.post("/tokens/", given).status_code == 200
    assert Token.objects.count() == 0


def test_tokens_of_another_bank_are_neither_seen_nor_revoked(people: People, browse) -> None:  # type: ignore[no-untyped-def]
    token, _ = make(person(people, "bank", "approve"), "read")
    for function in ("approve", "security"):
        client = browse(people.user("other bank", function))
        assert token.mark not in client.get("/tokens/").content.decode()
        assert client.post(f"/tokens/{token.pk}/revoke/").status_code == 404
    assert Token.objects.get().revoked is None
