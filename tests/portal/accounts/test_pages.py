"""Pages about people open for those they are for, and read the database a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dripline.portal.accounts.looks import look
from dripline.portal.accounts.models import Organisation, Post, User
from dripline.portal.audit.models import Event
from dripline.standards.customers import FTYKHX
from tests.portal.conftest import BEGUN, People

Browse = Callable[[User], Client]
PAGES = """
bank security   | /people/ /people/invite/ /proposals/ /organisations/
branch system   | /organisations/ /organisations/add/ /settings/
branch audit    | /trail/
bank entry      | /me/sessions/ /me/activity/ /looks/
department read | /me/sessions/ /me/activity/
"""
LINES = [[part.strip() for part in line.split("|")] for line in PAGES.strip().splitlines()]


@pytest.mark.parametrize(("who", "pages"), LINES)
def test_each_page_opens_in_both_languages(
    people: People, browse: Browse, who: str, pages: str
) -> None:
    client = browse(people.user(*who.rsplit(" ", 1)))
    for page in pages.split():
        for language in ("zh-hans", "en"):
            answer = client.get(page, headers={"accept-language": language})
            assert (page, answer.status_code) == (page, 200)
    anyone = Client()
    for page in pages.split():
        assert anyone.get(page).headers["location"] == f"/accounts/login/?next={page}"


def test_the_list_of_people_asks_the_database_as_often_for_one_as_for_three(
    people: People, browse: Browse
) -> None:
    client = browse(people.user("bank", "security"))
    client.get("/people/")
    asked = []
    for name in ("one", "two", "three"):
        people.user("bank", "entry", name=name)
        with CaptureQueriesContext(connection) as queries:
            client.get("/people/")
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_people_are_found_by_name_and_organisation(people: People, browse: Browse) -> None:
    people.user("bank", "entry")
    people.user("firm", "read")
    client = browse(people.user("branch", "security"))
    found = client.get("/people/?q=甲 entry").context["page"]
    assert [user.username for user in found] == ["bank-entry"]


def test_the_page_of_a_person_of_another_bank_is_not_there(people: People, browse: Browse) -> None:
    other = people.user("other bank", "entry")
    client = browse(people.user("bank", "security"))
    assert client.get(f"/people/{other.pk}/").status_code == 404
    for deed in ("close", "open", "factor", "unlock", "withdraw", "invitation", "post", "identity"):
        assert client.post(f"/people/{other.pk}/{deed}/").status_code == 404
    assert client.post(f"/posts/{other.posts.get().pk}/end/").status_code == 404
    other.refresh_from_db()
    assert other.is_active


def test_a_refused_action_says_why_on_the_page_it_was_asked_on(
    people: People, browse: Browse
) -> None:
    own = people.user("bank", "security")
    answer = browse(own).post(
        f"/people/{own.pk}/close/", follow=True, headers={"accept-language": "en"}
    )
    said = [str(one) for one in answer.context["messages"]]
    assert said == ["This is your own account; another security administrator must do this."]


def test_the_token_is_on_the_page_after_inviting_and_on_no_other(
    people: People, browse: Browse
) -> None:
    client = browse(people.user("bank", "security"))
    home = people.places["bank"].pk
    answer = client.post(
        "/people/invite/", {"username": "newcomer", "display_name": "新人", "home": home}
    )
    link = answer.context["link"]
    assert "/invitation/" in link
    person = User.objects.get(username="newcomer")
    assert link not in client.get(f"/people/{person.pk}/").content.decode()


def test_the_system_administrator_changes_the_tree_and_each_change_is_in_the_trail(
    people: People, browse: Browse
) -> None:
    client = browse(people.user("branch", "system"))
    new = {"code": "BANK-C", "name": "示例丙银行", "kind": "bank", "from_day": "2026-01-01"}
    assert client.post("/organisations/add/", new).status_code == 302
    place = Organisation.objects.get(code="BANK-C")
    assert place.role == "institution"
    change = {"name": "示例丙银行", "from_day": "2026-01-01", "to_day": "2026-12-31"}
    assert client.post(f"/organisations/{place.pk}/", change).status_code == 302
    said = list(Event.objects.filter(verb__startswith="organisation").values_list("verb", "says"))
    assert said == [("organisation.changed", "BANK-C · to_day"), ("organisation.added", "BANK-C")]


def test_two_organisations_do_not_report_under_one_code(people: People, browse: Browse) -> None:
    client = browse(people.user("branch", "system"))
    new = {
        "code": "BANK-C",
        "name": "示例丙银行",
        "kind": "bank",
        "reporter": "91410000MA00000A0A",
        "from_day": "2026-01-01",
    }
    answer = client.post("/organisations/add/", new, headers={"accept-language": "en"})
    assert answer.context["form"].non_field_errors() == [
        "Another organisation reports under this code on some of these days."
    ]


def test_nothing_stands_below_itself(people: People, browse: Browse) -> None:
    client = browse(people.user("branch", "system"))
    bank, part = people.places["bank"], people.places["sub-branch"]
    change = {"name": bank.name, "from_day": "2020-01-01", "parent": part.pk}
    answer = client.post(f"/organisations/{bank.pk}/", change, headers={"accept-language": "en"})
    assert answer.context["form"].non_field_errors() == [
        "An organisation cannot stand below itself."
    ]


def test_a_person_with_two_posts_chooses_for_whom_they_act(people: People, browse: Browse) -> None:
    user = people.user("bank", "entry")
    second = people.places["other bank"]
    Post.objects.create(user=user, organisation=second, function="read", from_day=BEGUN)
    client = browse(user)
    assert client.get("/me/sessions/").context["viewer"].organisation == people.places["bank"]
    client.post("/me/organisation/", {"organisation": second.pk})
    viewer = client.get("/me/sessions/").context["viewer"]
    assert (viewer.organisation, viewer.functions) == (second, {"read"})
    client.post("/me/organisation/", {"organisation": people.places["branch"].pk})
    assert client.get("/me/sessions/").context["viewer"].organisation == second


LOOKS = """
of         | by     | bank | other bank
           | branch | 1    | 1
bank       | branch | 1    | 0
other bank | branch | 0    | 1
           | city   | 0    | 1
           | bank   | 0    | 0
"""


@pytest.mark.parametrize(
    "line",
    [[part.strip() for part in line.split("|")] for line in LOOKS.strip().splitlines()[1:]],
)
def test_a_bank_sees_that_its_rows_were_looked_at_and_for_what(
    people: People, line: list[str]
) -> None:
    of, by, *seen = line
    viewer = people.viewer(by, "entry" if by == "bank" else "review")
    look(viewer, FTYKHX, "statistics", of=people.places[of] if of else None)
    for bank, count in zip(("bank", "other bank"), seen, strict=True):
        client = Client()
        client.force_login(people.user(bank, "approve"))
        shown = client.get("/looks/").context["looks"]
        assert len(shown) == int(count)
        assert all(set(one) == {"day", "what", "purpose", "alone"} for one in shown)
