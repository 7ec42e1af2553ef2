"""Every definition has a page, in both languages, open to everybody; a code that is not there has none."""

from __future__ import annotations

import pytest
from django.test import Client

from dripline.portal.catalogue.kinds import things
from dripline.portal.catalogue.queries import law_by_field, statuses

pytestmark = pytest.mark.django_db
LISTS = ("/catalogue/", "/catalogue/rules/", "/catalogue/tables/", "/lawbook/", "/search/")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_list_opens_for_a_stranger(client: Client, language: str) -> None:
    for address in LISTS:
        assert client.get(address, headers={"accept-language": language}).status_code == 200


def test_each_thing_that_a_search_finds_has_its_page(client: Client) -> None:
    addresses = {thing.url.partition("#")[0] for thing in things()}
    missing = [address for address in addresses if client.get(address).status_code != 200]
    assert missing == []


@pytest.mark.parametrize(
    "address",
    [
        "/catalogue/indicators/NO-SUCH/",
        "/catalogue/breakdowns/nothing/",
        "/catalogue/rules/XX-99/",
        "/catalogue/tables/NONE/",
        "/lawbook/no.such/",
        "/lawbook/documents/none/",
        "/catalogue/indicators/TE-BAL<script>/",
    ],
)
def test_a_code_that_is_not_there_has_no_page(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_is_asked_is_shown_as_text(client: Client) -> None:
    page = client.get("/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


def test_the_page_of_a_number_says_which_of_its_values_are_assumed(client: Client) -> None:
    assumed = law_by_field("assumed", "")[0][1][0][0].name
    page = client.get(f"/lawbook/{assumed}/").content.decode()
    assert "暂定" in page


def test_each_entry_of_the_lawbook_is_counted_once_by_its_standing() -> None:
    shown = sum(len(found) for _, found in law_by_field("", ""))
    assert sum(count for _, _, count in statuses()) == shown


def test_the_catalogue_of_a_measure_holds_what_serves_it_alone(client: Client) -> None:
    page = client.get("/catalogue/", {"measure": "4.1"}).content.decode()
    assert "TE-COVERAGE" in page
    assert "TL-01-BAL" not in page
