"""The second factor: nothing opens before it where it is required, and it cannot be tried out."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from tests.portal.accounts.test_login import fresh, prove, sign_in, signed_in, verbs
from tests.portal.conftest import People

__all__ = ["fresh"]
pytestmark = pytest.mark.django_db


def test_where_a_second_factor_is_required_nothing_opens_before_it_is_set_up(
    people: People, settings: LazySettings
) -> None:
    settings.DRIPLINE_SECOND_FACTOR = True
    people.user("bank", "security")
    client = Client()
    sign_in(client, "bank-security")
    for page in ("/", "/people/", "/me/sessions/", "/accounts/certificate/", "/people/invite/"):
        assert client.get(page).headers["location"] == "/accounts/2fa/"
    assert client.get("/accounts/2fa/").status_code == 200


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client: Client) -> str:
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.headers["location"].startswith("/accounts/reauthenticate/")
    prove(client)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    assert page.context["totp_svg_data_uri"].startswith("data:image/svg+xml;base64,")
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    return str(secret)


def test_the_second_factor_is_set_up_asked_for_and_counted(
    people: People, settings: LazySettings
) -> None:
    settings.DRIPLINE_SECOND_FACTOR = True
    user = people.user("bank", "security")
    client = Client()
    sign_in(client, "bank-security")
    secret = set_up(client)
    assert client.get("/people/").status_code == 200
    assert Authenticator.objects.filter(user=user, type="totp").exists()
    client.post("/accounts/logout/")
    cache.clear()
    answer = sign_in(client, "bank-security")
    assert answer.headers["location"] == "/accounts/2fa/authenticate/"  # type: ignore[attr-defined]
    assert not signed_in(client)
    assert client.get("/people/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert signed_in(client)
    assert verbs() == [
        "login",
        "second_factor.added",
        "second_factor.added",
        "logout",
        "second_factor.failed",
        "login",
    ]


def test_codes_of_the_second_factor_cannot_be_tried_out(people: People) -> None:
    user = people.user("bank", "entry")
    Authenticator.objects.create(
        user=user, type="totp", data={"secret": totp.generate_totp_secret()}
    )
    client = Client()
    sign_in(client, "bank-entry")
    for number in range(20):
        answer = client.post("/accounts/2fa/authenticate/", {"code": f"{number:06}"})
    assert "登录失败次数过多" in str(answer.context["form"].errors)
    assert verbs().count("second_factor.failed") == 12
