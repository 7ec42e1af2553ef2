"""A new site: its first people, what they find, and the pages that say who may open what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from dripline.errors import Refused
from dripline.portal import docs
from dripline.portal.accounts import invitations
from dripline.portal.accounts.beginning import begin
from dripline.portal.accounts.models import User
from dripline.portal.accounts.viewers import viewer_of
from dripline.portal.environment import Environment
from dripline.portal.variables import VARIABLES, as_they_are
from tests.portal.conftest import NOW, TODAY, People

pytestmark = pytest.mark.django_db


def test_the_first_four_people_are_three_administrators_and_a_second_for_security() -> None:
    tokens = begin("PBC-41", "河南省分行", now=NOW)
    held = {user.username: viewer_of(user, None, TODAY).functions for user in User.objects.all()}
    assert held == {
        "system": {"system"},
        "security-1": {"security"},
        "security-2": {"security"},
        "audit": {"audit"},
    }
    for token in tokens.values():
        invitations.accept(token, "a long and quiet river of words", now=NOW)


def test_a_site_that_has_people_does_not_begin_again(people: People) -> None:
    people.user("branch", "system")
    with pytest.raises(Refused, match="has people already"):
        begin("PBC-41", "河南省分行", now=NOW)


def test_the_page_of_access_has_a_line_for_each_address_and_a_width_for_all() -> None:
    lines = [line for line in docs.access() if line.startswith("| /")]
    assert len(lines) == len(list(docs.addresses(get_resolver().url_patterns)))
    assert {line.count("|") for line in lines} == {5}
    trail = next(line for line in lines if line.startswith("| /trail/ "))
    assert "审计管理 / audit administration" in trail


def test_secrets_are_never_shown_and_each_variable_read_is_named() -> None:
    secret = {one.name: "hidden" for one in VARIABLES if one.secret}
    assert "hidden" not in {value for _, value, _ in as_they_are(secret)}

    class Asked(dict[str, str]):
        def get(self, name: str, default: object = None) -> object:  # type: ignore[override]
            names.add(name)
            return super().get(name, default)

    names: set[str] = set()
    Environment.read(Asked({"DRIPLINE_HOME": "/nowhere"}))
    read = {name for name in names if name.startswith("DRIPLINE_")}
    assert read - {one.name for one in VARIABLES} == set()


def test_a_stranger_is_led_to_the_login_by_every_page_of_the_administrators(people: People) -> None:
    client = Client()
    for page in ("/people/", "/settings/", "/trail/", "/organisations/", "/proposals/"):
        assert client.get(page).headers["location"] == f"/accounts/login/?next={page}"
