"""News reach the people they concern, once; outside the site only where the operator and the organisation want it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client

from dripline.errors import Refused
from dripline.portal.accounts.models import User
from dripline.portal.jobs.models import Job, Status
from dripline.portal.jobs.worker import work_once
from dripline.portal.notices import jobs
from dripline.portal.notices.actions import add_way, read_until, remove_way, tell
from dripline.portal.notices.models import Notice, Way
from dripline.portal.notices.queries import mine, unread
from dripline.words import Text
from tests.portal.conftest import NOW, People

NEWS = Text(zh="2025年6月报送已接收", en="The delivery of 2025-06 was accepted")


def news(people: People, place: str, key: str = "one", functions: tuple[str, ...] = ()) -> Notice:
    return tell(
        people.places[place], "tested", key, NEWS, url="/notices/", now=NOW, functions=functions
    )


def work(moment: datetime) -> None:
    while work_once("w", now=lambda: moment, lease=False):
        pass


def test_the_same_cause_is_told_once(people: People) -> None:
    assert news(people, "bank").pk == news(people, "bank").pk
    assert Notice.objects.count() == 1


def test_news_concern_the_organisation_and_the_functions_they_name(people: People) -> None:
    news(people, "bank", "all")
    news(people, "bank", "approvers", ("approve",))
    assert mine(people.viewer("bank", "entry")).count() == 1
    assert mine(people.viewer("bank", "approve")).count() == 2
    assert mine(people.viewer("other bank", "approve")).count() == 0
    assert mine(people.viewer("branch", "review")).count() == 0


def test_what_one_person_has_seen_is_still_new_to_another(people: People) -> None:
    last = news(people, "bank")
    one, other = people.viewer("bank", "entry"), people.viewer("bank", "approve")
    assert read_until(one, last.pk, now=NOW) == 1
    assert read_until(one, last.pk, now=NOW) == 0
    assert (unread(one), unread(other)) == (0, 1)


def test_the_page_shows_news_and_marks_them_seen(
    people: People, browse: Callable[[User], Client]
) -> None:
    last = news(people, "bank")
    page = browse(people.user("bank", "entry"))
    assert NEWS.zh in page.get("/notices/").content.decode()
    page.post("/notices/read/", {"last": last.pk})
    assert unread(people.viewer("bank", "entry")) == 0
    assert page.post("/notices/read/", {"last": "x"}).status_code == 302


WHY_NOT = [
    ("bank entry", "mail", "a@b.cn", "Approval or security"),
    ("bank approve", "mail", "nobody", "no e-mail address"),
    ("bank approve", "webhook", "http://hooks.bank.cn/x", "Write https://"),
    ("bank approve", "webhook", "https://u:p@hooks.bank.cn/x", "without a password"),
    ("bank approve", "webhook", "https://127.0.0.1/x", "has not allowed"),
    ("bank approve", "webhook", "https://elsewhere.cn/x", "has not allowed"),
    ("bank approve", "webhook", "https://hooks.bank.cn:99999999/", "no address of a program"),
    ("bank approve", "pigeon", "x", "Choose e-mail"),
]


@pytest.mark.parametrize(("post", "kind", "address", "reason"), WHY_NOT)
def test_news_leave_only_by_ways_that_are_allowed(
    people: People, settings: LazySettings, post: str, kind: str, address: str, reason: str
) -> None:
    settings.LANGUAGE_CODE = "en"
    settings.DRIPLINE_MAIL, settings.DRIPLINE_WEBHOOK_HOSTS = True, {"hooks.bank.cn", "127.0.0.1"}
    with pytest.raises(Refused, match=reason):
        add_way(people.viewer(*post.split()), kind, address)


def test_a_site_without_mail_says_so(people: People, settings: LazySettings) -> None:
    settings.LANGUAGE_CODE, settings.DRIPLINE_MAIL = "en", False
    with pytest.raises(Refused, match="sends no e-mail"):
        add_way(people.viewer("bank", "approve"), "mail", "a@b.cn")


def test_an_organisation_cannot_end_the_way_of_another(
    people: People, settings: LazySettings
) -> None:
    settings.DRIPLINE_MAIL = True
    way = add_way(people.viewer("bank", "approve"), "mail", "a@b.cn")
    with pytest.raises(Refused):
        remove_way(people.viewer("other bank", "approve"), way)
    assert Way.objects.count() == 1


def test_a_letter_goes_once_a_day_with_what_is_new(people: People, settings: LazySettings) -> None:
    settings.DRIPLINE_MAIL = True
    add_way(people.viewer("bank", "approve"), "mail", "a@b.cn")
    news(people, "bank", "one")
    news(people, "bank", "two")
    news(people, "other bank", "three")
    for _ in range(3):
        jobs.due(NOW)
        work(NOW)
    assert [letter.subject for letter in mail.outbox] == ["滴灌 Dripline: 2"]
    news(people, "bank", "four")
    jobs.due(NOW)
    work(NOW)
    assert len(mail.outbox) == 1
    jobs.due(NOW + timedelta(days=1))
    work(NOW + timedelta(days=1))
    assert [letter.subject for letter in mail.outbox][1:] == ["滴灌 Dripline: 1"]


class Listener(BaseHTTPRequestHandler):
    heard: ClassVar[list[tuple[str, bytes]]] = []
    answer = 200

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Listener.heard.append((self.headers["X-Dripline-Signature"], body))
        self.send_response(Listener.answer)
        if Listener.answer == 302:
            self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def listener() -> Any:
    Listener.heard, Listener.answer = [], 200
    server = HTTPServer(("127.0.0.1", 0), Listener)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def way_to(people: People, address: str) -> Way:
    return Way.objects.create(
        organisation=people.places["bank"], kind="webhook", address=address, secret="s"
    )


def test_a_call_is_signed_and_carries_what_is_new(people: People, listener: str) -> None:
    way = way_to(people, listener)
    last = news(people, "bank")
    jobs.due(NOW)
    work(NOW)
    ((signature, body),) = Listener.heard
    assert signature == "sha256=" + hmac.new(b"s", body, hashlib.sha256).hexdigest()
    assert [each["id"] for each in json.loads(body)["notices"]] == [last.pk]
    way.refresh_from_db()
    assert way.sent_until == last.pk


def test_a_call_that_is_sent_elsewhere_is_not_followed_and_is_tried_again_later(
    people: People, listener: str
) -> None:
    Listener.answer = 302
    way = way_to(people, listener)
    news(people, "bank")
    for _ in range(3):
        jobs.due(NOW)
        work(NOW)
    assert len(Listener.heard) == 1
    way.refresh_from_db()
    assert (way.fault, way.sent_until) == ("HTTPError", 0)
    assert Job.objects.get().status == Status.FAILED
    Listener.answer = 200
    later = NOW + timedelta(minutes=10)
    jobs.due(later)
    work(later)
    way.refresh_from_db()
    assert way.fault == ""
    assert len(Listener.heard) == 2
