"""An invitation opens one account once, for some days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone, translation

from dripline.errors import Refused
from dripline.portal.accounts import invitations
from dripline.portal.accounts.models import Invitation, User
from dripline.portal.audit.models import Event
from tests.portal.conftest import NOW, People

NEW = "a long and quiet river of words"


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def invited(people: People, name: str = "newcomer") -> tuple[User, str]:
    by = people.viewer("bank", "security")
    return invitations.invite(name, "新人", people.places["bank"], by=by, now=NOW)


def test_the_invited_person_sets_a_password_of_their_own(people: People) -> None:
    user, token = invited(people)
    assert not user.has_usable_password()
    invitations.accept(token, NEW, now=NOW)
    assert User.objects.get(pk=user.pk).check_password(NEW)
    verbs = list(Event.objects.order_by("id").values_list("verb", flat=True))
    assert verbs == ["invitation.made", "invitation.used"]


def test_only_the_digest_of_a_token_is_kept(people: People) -> None:
    _, token = invited(people)
    kept = Invitation.objects.get()
    assert token not in str(vars(kept))
    assert kept.digest == invitations.digest(token)


def test_a_token_works_once(people: People) -> None:
    _, token = invited(people)
    invitations.accept(token, NEW, now=NOW)
    with pytest.raises(Refused, match="used, withdrawn or has expired"):
        invitations.accept(token, NEW, now=NOW)


def test_a_token_expires(people: People) -> None:
    _, token = invited(people)
    with pytest.raises(Refused):
        invitations.accept(token, NEW, now=NOW + timedelta(days=7))
    invitations.accept(token, NEW, now=NOW + timedelta(days=7, seconds=-1))


def test_a_weak_password_is_refused_and_the_token_stays_good(people: People) -> None:
    _, token = invited(people)
    with pytest.raises(ValidationError):
        invitations.accept(token, "short", now=NOW)
    invitations.accept(token, NEW, now=NOW)


def test_a_new_invitation_makes_the_old_one_worthless(people: People) -> None:
    user, first = invited(people)
    second = invitations.invite_again(user, by=people.viewer("branch", "security"), now=NOW)
    assert invitations.open_invitation(first, NOW) is None
    assert invitations.open_invitation(second, NOW) is not None


def test_a_withdrawn_invitation_and_that_of_a_closed_account_open_nothing(people: People) -> None:
    user, token = invited(people)
    User.objects.update(is_active=False)
    assert invitations.open_invitation(token, NOW) is None
    User.objects.update(is_active=True)
    invitations.withdraw(user, by=people.viewer("bank", "security"), now=NOW)
    assert invitations.open_invitation(token, NOW) is None


@pytest.mark.parametrize(
    ("by", "why"),
    [
        ("other bank security", "not one that you look after"),
        ("bank entry", "Only a security administrator"),
        ("branch system", "Only a security administrator"),
    ],
)
def test_who_may_not_invite(people: People, by: str, why: str) -> None:
    viewer = people.viewer(*by.rsplit(" ", 1))
    with pytest.raises(Refused, match=why):
        invitations.invite("newcomer", "x", people.places["bank"], by=viewer, now=NOW)


def test_a_user_name_that_differs_in_case_alone_is_taken(people: People) -> None:
    invited(people)
    with pytest.raises(Refused, match="is taken"):
        invited(people, "NewComer")


def test_the_link_leads_through_the_password_to_the_login(people: People, client: Client) -> None:
    by = people.viewer("bank", "security")

    user, token = invitations.invite(
        "newcomer", "x", people.places["bank"], by=by, now=timezone.now()
    )
    answer = client.get(f"/invitation/{token}/", follow=True)
    assert (answer.redirect_chain, answer.status_code) == ([("/invitation/", 302)], 200)
    assert token not in answer.content.decode()
    answer = client.post("/invitation/", {"password": NEW, "again": NEW}, follow=True)
    assert answer.redirect_chain == [("/accounts/login/", 302)]
    assert User.objects.get(pk=user.pk).check_password(NEW)


@pytest.mark.django_db
def test_a_guessed_token_is_answered_as_a_used_one(client: Client) -> None:
    answer = client.get("/invitation/guessed/", follow=True)
    assert answer.status_code == 410
