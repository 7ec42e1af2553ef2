"""The login under attack: what a stranger, a guesser and a thief of a session find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation

from dripline.portal.accounts.models import Post, User
from dripline.portal.accounts.viewers import viewer_of
from dripline.portal.audit.models import Event
from tests.portal.conftest import PASSWORD, TODAY, People

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
Browse = Callable[[User], Client]


@pytest.fixture(autouse=True)
def fresh(db: None) -> Iterator[None]:
    translation.activate("en")
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, name: str, password: str = PASSWORD, **more: str) -> object:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


def test_a_person_signs_in_and_out_and_both_stand_in_the_trail(people: People) -> None:
    people.user("bank", "entry")
    client = Client()
    assert sign_in(client, "bank-entry").headers["location"] == "/"  # type: ignore[attr-defined]
    client.post("/accounts/logout/")
    assert not signed_in(client)
    assert verbs() == ["login", "logout"]
    assert Event.objects.get(verb="login").organisation_name == "示例甲银行"


def test_nobody_signs_up() -> None:
    client = Client()
    wanted = {
        "username": "me",
        "password1": "a long quiet river",
        "password2": "a long quiet river",
    }
    answer = client.post("/accounts/signup/", wanted)
    assert (User.objects.count(), signed_in(client)) == (0, False)
    assert "account/signup_closed.html" in [one.name for one in answer.templates]
    for path in ("email/", "password/reset/", "login/code/confirm/", "confirm-email/"):
        assert client.get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "///evil.example",
    ],
)
def test_a_login_never_leads_to_another_site(people: People, target: str) -> None:
    people.user("bank", "entry")
    client = Client()
    answer = sign_in(client, "bank-entry", next=target)
    assert answer.headers["location"] == "/"  # type: ignore[attr-defined]
    answer = client.post("/accounts/logout/", {"next": target})
    assert answer.headers["location"] == LOGIN
    answer = client.post("/language/", {"language": "en", "next": target}, headers={"referer": ""})
    assert "evil" not in answer.headers["location"]


def test_a_login_leads_on_inside_the_site(people: People) -> None:
    people.user("bank", "entry")
    answer = sign_in(Client(), "bank-entry", next="/me/activity/")
    assert answer.headers["location"] == "/me/activity/"  # type: ignore[attr-defined]


def test_a_session_set_before_the_login_is_not_the_one_after_it(people: People) -> None:
    people.user("bank", "entry")
    client = Client()
    client.get("/invitation/planted/")
    planted = client.session.session_key
    assert planted
    sign_in(client, "bank-entry")
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/me/sessions/").status_code == 302


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(people: People) -> None:
    people.user("bank", "entry")
    answers = [sign_in(Client(), name, "wrong") for name in ("bank-entry", "nobody-there")]
    pages = [
        one.content.decode().replace("bank-entry", "X").replace("nobody-there", "X")  # type: ignore[attr-defined]
        for one in answers
    ]
    strip = [page.split("csrfmiddlewaretoken")[-1].split(">", 1)[1] for page in pages]
    assert strip[0] == strip[1]
    assert [one.status_code for one in answers] == [200, 200]  # type: ignore[attr-defined]


def test_a_password_is_hashed_for_an_unknown_name_too(
    people: People, settings: LazySettings
) -> None:
    """The same work is done, so that the time tells nothing: counted, as clocks of a busy machine lie."""
    settings.PASSWORD_HASHERS = ["tests.portal.accounts.counting.Counting"]
    from tests.portal.accounts.counting import Counting

    user = people.user("bank", "entry")
    user.set_password(PASSWORD)
    user.save()
    hashed = []
    for name in ("bank-entry", "nobody-there"):
        Counting.times = 0
        sign_in(Client(), name, "wrong")
        hashed.append(Counting.times)
    assert hashed == [1, 1]


def lock(name: str, client: Client, times: int) -> object:
    answer = None
    for _ in range(times):
        answer = sign_in(client, name, "wrong")
    return answer


@pytest.mark.parametrize("name", ["bank-entry", "nobody-there"])
def test_after_five_wrong_passwords_the_right_one_does_not_help_and_the_page_says_so(
    people: People, settings: LazySettings, name: str
) -> None:
    people.user("bank", "entry")
    client = Client()
    answer = lock(name, client, settings.AXES_FAILURE_LIMIT)
    assert answer.status_code == 429  # type: ignore[union-attr]
    again = sign_in(client, name)
    assert (again.status_code, signed_in(client)) == (429, False)  # type: ignore[attr-defined]
    assert again.headers["retry-after"] == "1800"  # type: ignore[attr-defined]
    assert "account/locked.html" in [one.name for one in again.templates]  # type: ignore[attr-defined]


def test_lock_outs_stand_in_the_trail_and_what_was_typed_as_a_name_does_not(
    people: People, settings: LazySettings
) -> None:
    people.user("bank", "entry")
    lock("bank-entry", Client(), settings.AXES_FAILURE_LIMIT)
    sign_in(Client(), "my password by mistake", "x")
    assert sorted(verbs()) == ["login.failed"] * 6 + ["login.locked"]
    assert "mistake" not in str(list(Event.objects.values()))


def test_a_security_administrator_unlocks(
    people: People, settings: LazySettings, browse: Browse
) -> None:
    user = people.user("bank", "entry")
    client = Client()
    lock("bank-entry", client, settings.AXES_FAILURE_LIMIT)
    admin = Client()
    admin.force_login(people.user("bank", "security"))
    assert admin.get(f"/people/{user.pk}/").context["account"].locked
    admin.post(f"/people/{user.pk}/unlock/")
    sign_in(client, "bank-entry")
    assert signed_in(client)


def test_a_closed_account_opens_nothing(people: People) -> None:
    people.user("bank", "entry")
    User.objects.update(is_active=False)
    client = Client()
    sign_in(client, "bank-entry")
    assert not signed_in(client)


def test_a_session_ends_when_it_is_left_idle(people: People, settings: LazySettings) -> None:
    people.user("bank", "entry")
    client = Client()
    sign_in(client, "bank-entry")
    session = client.session
    session["last_seen"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    assert client.get("/me/sessions/").status_code == 302
    assert not signed_in(client)


def test_a_session_ends_after_its_hours_even_if_it_is_used(
    people: People, settings: LazySettings
) -> None:
    people.user("bank", "entry")
    client = Client()
    sign_in(client, "bank-entry")
    session = client.session
    session["began"] -= settings.SESSION_COOKIE_AGE + 1
    session.save()
    assert client.get("/me/sessions/").status_code == 302


def test_a_person_ends_a_session_elsewhere_and_nobody_else_s(people: People) -> None:
    people.user("bank", "entry")
    people.user("other bank", "entry")
    here, there, stranger = Client(), Client(), Client()
    sign_in(here, "bank-entry")
    sign_in(there, "bank-entry")
    sign_in(stranger, "other bank-entry")
    listed = here.get("/me/sessions/").context["sessions"]
    other = next(one for one, current in listed if not current)
    assert stranger.post(f"/me/sessions/{other.pk}/end/").status_code == 404
    assert there.get("/me/sessions/").status_code == 200
    here.post(f"/me/sessions/{other.pk}/end/")
    assert there.get("/me/sessions/").status_code == 302
    assert here.get("/me/sessions/").status_code == 200


def test_a_changed_password_ends_the_other_sessions(people: People) -> None:
    people.user("bank", "entry")
    here, there = Client(), Client()
    sign_in(here, "bank-entry")
    sign_in(there, "bank-entry")
    new = "a long and quiet river of words"
    wanted = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    here.post("/accounts/password/change/", wanted)
    assert here.get("/me/sessions/").status_code == 200
    assert there.get("/me/sessions/").status_code == 302
    assert "password.changed" in verbs()


@pytest.mark.parametrize("weak", ["short", "1234567890123", "bank-entry-1"])
def test_a_weak_password_is_refused(people: People, weak: str) -> None:
    user = people.user("bank", "entry")
    client = Client()
    sign_in(client, "bank-entry")
    wanted = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    answer = client.post("/accounts/password/change/", wanted)
    assert answer.context["form"].errors
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_post_that_ended_yesterday_gives_nothing(people: People) -> None:
    user = people.user("bank", "entry")
    Post.objects.update(to_day=TODAY - timedelta(days=1))
    viewer = viewer_of(user, None, TODAY)
    assert (viewer.organisation, viewer.functions, viewer.role) == (None, frozenset(), "public")
    client = Client()
    sign_in(client, "bank-entry")
    for page in ("/me/sessions/", "/me/activity/", "/looks/", "/people/", "/trail/"):
        assert client.get(page).status_code == 403


def test_who_must_change_the_password_opens_nothing_else(people: People, browse: Browse) -> None:
    user = people.user("bank", "security")
    User.objects.update(must_change_password=True)
    client = browse(user)
    for page in ("/", "/people/", "/me/sessions/", "/accounts/2fa/"):
        assert client.get(page).headers["location"] == "/accounts/password/change/"
    new = "a long and quiet river of words"
    wanted = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", wanted)
    assert client.get("/people/").status_code == 200


def posted(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    filled = {"<int:pk>": "1", "<str:token>": "x", "<provider_id>": "sso"}
    filled |= {"<account_deed:deed>": "close", "<decision:decision>": "approve"}
    for one in patterns:
        where = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from posted(one.url_patterns, where)
            continue
        for hole, value in filled.items():
            where = where.replace(hole, value)
        if "<" not in where and "^" not in where and not where.startswith("/api/"):
            yield where


def test_every_address_refuses_what_is_posted_without_the_form_s_token(people: People) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(people.user("bank", "security"))
    walked = list(posted(get_resolver().url_patterns))
    assert len(walked) > 40
    taken = {where: client.post(where).status_code for where in walked}
    assert {where: code for where, code in taken.items() if code != 403} == {}


def prove(client: Client) -> None:
    """Who changes a second factor types the password once more."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.mark.parametrize(
    "page",
    [
        "login/",
        "2fa/",
        "2fa/totp/activate/",
        "2fa/webauthn/",
        "2fa/webauthn/add/",
        "2fa/recovery-codes/generate/",
        "password/change/",
        "reauthenticate/",
        "logout/",
    ],
)
def test_pages_of_the_login_hold_no_script_and_no_style_of_their_own(
    people: People, page: str
) -> None:
    people.user("bank", "entry")
    client = Client()
    if page != "login/":
        sign_in(client, "bank-entry")
        prove(client)
    answer = client.get(f"/accounts/{page}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'style="' not in text
    assert "onclick" not in text
    bare = [part.split(">")[0] for part in text.split("<script")[1:]]
    assert [one for one in bare if "src=" not in one and "application/json" not in one] == []
    assert "script-src 'self'" in answer.headers["content-security-policy"]


def test_login_time_is_now(people: People) -> None:
    people.user("bank", "entry")
    client = Client()
    sign_in(client, "bank-entry")
    assert abs(client.session["began"] - timezone.now().timestamp()) < 60
