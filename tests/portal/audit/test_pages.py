"""The trail is read by the audit administrator alone: filtered, page by page, as a file, and verified."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from dripline.portal.accounts.models import User
from dripline.portal.audit import queries
from dripline.portal.audit.actions import record, seal
from dripline.portal.audit.models import Event, Seal
from dripline.portal.audit.words import VERBS
from dripline.portal.jobs.worker import work_once
from tests.portal.conftest import People

Browse = Callable[[User], Client]


def write(people: People, place: str, verb: str, count: int = 1, says: str = "") -> None:
    by = people.viewer(place, "entry" if place != "branch" else "review")
    with transaction.atomic():
        for number in range(count):
            record(verb, str(number), by=by, says=says)


def test_pages_go_by_key_and_lose_and_double_nothing(people: People) -> None:
    write(people, "bank", "tested", queries.PAGE * 2 + 1)
    seen, before = [], None
    while True:
        page = queries.page_of({}, before)
        seen += [event.pk for event in page.events]
        if page.more is None:
            break
        # What happens meanwhile stands before the first page.
        write(people, "bank", "meanwhile")
        before = str(page.more)
    assert len(seen) == len(set(seen)) == queries.PAGE * 2 + 1
    assert seen == sorted(seen, reverse=True)


FILTERS = """
asked                       | found
                            | 3
verb=tested                 | 2
verb=other                  | 1
subject=1                   | 1
first=2999-01-01            | 0
last=2000-01-01             | 0
"""


@pytest.mark.parametrize(
    "line",
    [[part.strip() for part in line.split("|")] for line in FILTERS.strip().splitlines()[1:]],
)
def test_the_trail_is_filtered(people: People, browse: Browse, line: list[str]) -> None:
    write(people, "bank", "tested", 2)
    write(people, "other bank", "other")
    client = browse(people.user("branch", "audit"))
    Event.objects.filter(verb="login").delete()
    page = client.get(f"/trail/?{line[0]}").context["page"]
    assert len(page.events) == int(line[1])


def test_events_of_one_organisation(people: People, browse: Browse) -> None:
    write(people, "bank", "tested", 2)
    write(people, "other bank", "other")
    client = browse(people.user("branch", "audit"))
    found = client.get(f"/trail/?organisation={people.places['bank'].pk}").context["page"].events
    assert {event.verb for event in found} == {"tested"}


def test_the_file_holds_what_was_asked_and_no_formula_and_stands_in_the_trail(
    people: People, browse: Browse
) -> None:
    write(people, "bank", "tested", says="=1+1")
    client = browse(people.user("branch", "audit"))
    answer = client.post("/trail/export/", {"verb": "tested"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["verb"], row["says"]) for row in rows] == [("tested", "'=1+1")]
    assert Event.objects.filter(verb="trail.exported").get().says == "verb=tested"


def test_the_chain_is_verified_by_the_worker_and_the_page_says_what_it_found(
    people: People, browse: Browse
) -> None:
    write(people, "bank", "tested", 3)
    seal()
    write(people, "bank", "tested", 2)
    client = browse(people.user("branch", "audit"))
    Event.objects.filter(verb="login").delete()
    chain = client.get("/trail/").context["chain"]
    assert (chain.sealed, chain.waiting, chain.verified) == (3, 2, None)
    client.post("/trail/verify/")
    assert work_once("w", now=timezone.now, lease=False)
    assert client.get("/trail/").context["chain"].verified.result["broken_count"] == 0
    changed = Seal.objects.get(number=2).event
    Event.objects.filter(pk=changed.pk).update(says="changed")
    client.post("/trail/verify/")
    assert work_once("w", now=timezone.now, lease=False)
    assert client.get("/trail/").context["chain"].verified.result["broken"] == [2]


@pytest.mark.parametrize("who", ["branch system", "branch security", "branch review", "bank entry"])
def test_the_trail_is_closed_to_everybody_else(people: People, browse: Browse, who: str) -> None:
    client = browse(people.user(*who.rsplit(" ", 1)))
    assert client.get("/trail/").status_code == 403
    assert client.post("/trail/export/").status_code == 403
    assert client.post("/trail/verify/").status_code == 403


def test_each_verb_of_this_room_is_said_in_words(people: People) -> None:
    write(people, "bank", "unheard.of")
    assert {len(str(words)) > 1 for words in VERBS.values()} == {True}
    assert queries.verbs() == ["unheard.of"]
