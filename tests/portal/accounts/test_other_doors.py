"""Certificates and single sign-on: off by default, and opened only by a proxy or service of ours."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client

from dripline.errors import CannotRead
from dripline.portal.accounts.models import Identity, User
from dripline.portal.audit.models import Event
from dripline.portal.doors import Doors
from dripline.portal.environment import Environment
from tests.portal.conftest import People

PROXY = "10.1.2.3"
HEADERS = "X-Client-Verify,X-Client-Subject,X-Client-Serial"
GOOD = {
    "X-Client-Verify": "SUCCESS",
    "X-Client-Subject": "CN=张三,O=示例甲银行,C=CN",
    "X-Client-Serial": "0A1B",
}
LOGIN = "/accounts/certificate/"


@pytest.fixture
def certificates(settings: LazySettings, people: People) -> User:
    """The site behind a proxy that verifies certificates, and a person for whom one stands."""
    settings.DRIPLINE_DOORS = Doors.read(
        {"DRIPLINE_PROXY": PROXY, "DRIPLINE_CERTIFICATE_HEADER": HEADERS}
    )
    user = people.user("bank", "entry")
    subject, serial = GOOD["X-Client-Subject"], GOOD["X-Client-Serial"]
    Identity.objects.create(user=user, door="certificate", subject=subject, serial=serial)
    return user


def ask(headers: dict[str, str], address: str = PROXY) -> tuple[int, bool]:
    client = Client(REMOTE_ADDR=address, headers=headers)
    answer = client.post(LOGIN)
    return answer.status_code, "_auth_user_id" in client.session


def test_a_verified_certificate_signs_its_person_in(certificates: User) -> None:
    assert ask(GOOD) == (302, True)
    assert Event.objects.get().says == "certificate"


CASES = """
what is sent                                | from        | status | in
X-Client-Verify: SUCCESS                    | 10.1.2.4    | 404    | no
X-Client-Verify: SUCCESS                    | 203.0.113.9 | 404    | no
X-Client-Verify: FAILED                     | 10.1.2.3    | 404    | no
X-Client-Verify: NONE                       | 10.1.2.3    | 404    | no
X-Client-Serial: 0A1C                       | 10.1.2.3    | 403    | no
X-Client-Serial:                            | 10.1.2.3    | 404    | no
X-Client-Subject: CN=李四                   | 10.1.2.3    | 403    | no
"""


@pytest.mark.parametrize(
    "line",
    [[part.strip() for part in line.split("|")] for line in CASES.strip().splitlines()[1:]],
)
def test_a_forged_or_strange_certificate_opens_nothing(certificates: User, line: list[str]) -> None:
    sent, address, status, _ = line
    name, value = sent.split(":")
    assert ask(GOOD | {name: value.strip()}, address) == (int(status), False)


def test_a_client_behind_the_proxy_cannot_pass_for_the_proxy(certificates: User) -> None:
    forged = GOOD | {"X-Forwarded-For": PROXY}
    assert ask(forged, "203.0.113.9") == (404, False)


def test_the_button_is_shown_to_who_has_a_certificate_only(certificates: User) -> None:
    def button(client: Client) -> bool:
        return LOGIN in client.get("/accounts/login/").content.decode()

    assert button(Client(REMOTE_ADDR=PROXY, headers=GOOD))
    assert not button(Client(REMOTE_ADDR=PROXY))
    assert not button(Client(REMOTE_ADDR="203.0.113.9", headers=GOOD))


def test_by_default_no_header_signs_anybody_in(people: People) -> None:
    assert ask(GOOD, "127.0.0.1") == (404, False)


def test_a_closed_account_is_not_opened_by_its_certificate(certificates: User) -> None:
    User.objects.update(is_active=False)
    assert ask(GOOD) == (403, False)


def test_a_person_with_a_second_factor_is_asked_for_it_after_the_certificate(
    certificates: User,
) -> None:
    Authenticator.objects.create(user=certificates, type="totp", data={"secret": "x"})
    assert ask(GOOD) == (302, False)


def test_the_address_of_a_client_is_what_our_proxy_says_and_nobody_else(
    certificates: User,
) -> None:
    def address(sent: str, remote: str) -> str:
        client = Client(REMOTE_ADDR=remote, headers={"X-Forwarded-For": sent})
        return str(client.get("/accounts/login/").wsgi_request.META["REMOTE_ADDR"])

    assert address("203.0.113.9", PROXY) == "203.0.113.9"
    assert address("192.0.2.1, 203.0.113.9", PROXY) == "203.0.113.9"
    assert address("192.0.2.1", "198.51.100.7") == "198.51.100.7"


class Service(BaseHTTPRequestHandler):
    """A small sign-on service: it says that whoever comes is 4711."""

    def log_message(self, *_: object) -> None:
        pass

    def _say(self, words: dict[str, object]) -> None:
        body = json.dumps(words).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        names = ("authorization", "token", "userinfo")
        known: dict[str, object] = {f"{name}_endpoint": f"{here}/{name}" for name in names}
        known |= {"issuer": here, "jwks_uri": f"{here}/keys"}
        self._say({"sub": "4711"} if self.path == "/userinfo" else known)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        here = f"http://127.0.0.1:{self.server.server_port}"  # type: ignore[attr-defined]
        claims = {"iss": here, "aud": "dripline", "sub": "4711", "iat": 0, "exp": 4_000_000_000}
        token = jwt.encode(claims, "a key that nobody checks on a direct answer", "HS256")
        self._say({"access_token": "x", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def service(settings: LazySettings) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    doors = Doors.read(
        {
            "DRIPLINE_OIDC_SERVER": address,
            "DRIPLINE_OIDC_CLIENT": "dripline",
            "DRIPLINE_OIDC_SECRET": "known to both",
        }
    )
    settings.DRIPLINE_DOORS = doors
    settings.SOCIALACCOUNT_PROVIDERS = doors.providers()
    yield address
    server.shutdown()
    server.server_close()


def through(client: Client) -> object:
    """The way to the service and back."""
    sent = client.get("/accounts/oidc/sso/login/")
    state = parse_qs(urlsplit(sent.headers["location"]).query)["state"][0]
    return client.get("/accounts/oidc/sso/login/callback/", {"code": "1", "state": state})


def test_the_service_s_account_signs_in_the_person_it_stands_for(
    people: People, service: str
) -> None:
    Identity.objects.create(user=people.user("bank", "entry"), door="oidc", subject="4711")
    client = Client()
    assert through(client).status_code == 302  # type: ignore[attr-defined]
    assert client.get("/me/sessions/").status_code == 200
    assert Event.objects.get(verb="login").says == "oidc"


def test_an_account_that_stands_for_nobody_makes_none(people: People, service: str) -> None:
    client = Client()
    assert through(client).status_code == 403  # type: ignore[attr-defined]
    assert (User.objects.count(), "_auth_user_id" in client.session) == (0, False)
    assert Event.objects.get().verb == "login.refused"


def test_an_answer_nobody_asked_for_is_refused(people: People, service: str) -> None:
    Identity.objects.create(user=people.user("bank", "entry"), door="oidc", subject="4711")
    client = Client()
    client.get("/accounts/oidc/sso/login/callback/", {"code": "1", "state": "made up"})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_by_default_there_is_no_single_sign_on() -> None:
    for path in ("sso/login/", "sso/login/callback/", "cancelled/", "error/"):
        assert Client().get(f"/accounts/oidc/{path}").status_code == 404


UNSAFE = """
DRIPLINE_PROXY=10.0.0.0/8                                             | DRIPLINE_PROXY
DRIPLINE_PROXY=10.1.2.3 DRIPLINE_CERTIFICATE_HEADER=Verify,Dn,Serial  | DRIPLINE_CERTIFICATE_HEADER
DRIPLINE_OIDC_SERVER=http://a DRIPLINE_OIDC_CLIENT=b DRIPLINE_OIDC_SECRET=c | DRIPLINE_OIDC_SERVER
DRIPLINE_OIDC_SERVER=https://a DRIPLINE_OIDC_CLIENT=b DRIPLINE_OIDC_SECRET=c DRIPLINE_OIDC_CLAIM=email | DRIPLINE_OIDC_CLAIM
DRIPLINE_PASSWORD_LENGTH=8                                            | DRIPLINE_PASSWORD_LENGTH
DRIPLINE_IDLE_MINUTES=480                                             | DRIPLINE_IDLE_MINUTES
DRIPLINE_SESSION_HOURS=48                                             | DRIPLINE_SESSION_HOURS
DRIPLINE_LOGIN_FAILURES=100                                           | DRIPLINE_LOGIN_FAILURES
DRIPLINE_INVITATION_DAYS=90                                           | DRIPLINE_INVITATION_DAYS
"""
SAFE = {
    "DRIPLINE_HOME": "/nowhere",
    "DRIPLINE_HTTPS": "yes",
    "DRIPLINE_HOSTS": "site.example",
    "DRIPLINE_SECRET": "x" * 50,
    "DRIPLINE_SECOND_FACTOR": "yes",
}


@pytest.mark.parametrize(
    "line", [[part.strip() for part in line.split("|")] for line in UNSAFE.strip().splitlines()]
)
def test_what_is_unsafe_is_named_by_its_variable(line: list[str]) -> None:
    assert list(Environment.read(SAFE).unsafe()) == []
    given = dict(one.split("=", 1) for one in line[0].split())
    said = list(Environment.read(SAFE | given).unsafe())
    assert [one.split()[0] for one in said] == [line[1]]


WRONG = """
DRIPLINE_CERTIFICATE_HEADER=A,B,C                          | set without DRIPLINE_PROXY
DRIPLINE_PROXY=10.1.2.3 DRIPLINE_CERTIFICATE_HEADER=A      | names three headers
DRIPLINE_PROXY=proxy.example                               | DRIPLINE_PROXY
DRIPLINE_OIDC_SERVER=https://a                             | DRIPLINE_OIDC_CLIENT, DRIPLINE_OIDC_SECRET is missing
DRIPLINE_IDLE_MINUTES=soon                                 | DRIPLINE_IDLE_MINUTES
DRIPLINE_IDLE_MINUTES=0                                    | DRIPLINE_IDLE_MINUTES
"""


@pytest.mark.parametrize(
    "line", [[part.strip() for part in line.split("|")] for line in WRONG.strip().splitlines()]
)
def test_a_door_that_cannot_be_read_is_no_door(line: list[str]) -> None:
    given = dict(one.split("=", 1) for one in line[0].split())
    with pytest.raises(CannotRead, match=line[1]):
        Environment.read(SAFE | given)


def test_a_settled_door_is_not_changed_by_what_stands_beside_it() -> None:
    doors = Doors.read({"DRIPLINE_PROXY": "10.1.2.3, 10.1.3.0/30"})
    assert [doors.trusts(one) for one in ("10.1.2.3", "10.1.3.2", "10.1.3.4", "")] == [
        True,
        True,
        False,
        False,
    ]
    assert replace(doors, proxies=()).trusts("10.1.2.3") is False
