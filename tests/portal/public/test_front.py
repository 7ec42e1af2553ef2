"""The door of the site says what it is, that nothing has been released, and shows definitions only."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from dripline.indicators import CATALOGUE
from dripline.portal.accounts.models import User

Browse = Callable[[User], Client]


@pytest.mark.parametrize(
    ("language", "says"),
    [("zh-hans", "尚未发布任何数据表"), ("en", "No table has been released yet")],
)
def test_a_stranger_is_told_that_nothing_has_been_released(
    db: None, client: Client, full_home: Path, language: str, says: str
) -> None:
    page = client.get("/public/", headers={"accept-language": language}).content.decode()
    assert says in page
    assert f">{len(CATALOGUE)}<" in page


def test_the_door_shows_definitions_and_no_figure(
    db: None, client: Client, full_home: Path
) -> None:
    page = client.get("/public/").content.decode()
    assert re.findall(r"\d亿元|data-chart|/statistics/|\d{4}年\d+月末", page) == []


@pytest.mark.parametrize("zone", ["all", "inner", "extra", "public"])
def test_the_door_stands_in_every_zone(
    db: None, client: Client, settings: LazySettings, empty_home: Path, zone: str
) -> None:
    settings.DRIPLINE_ZONE = zone
    assert client.get("/public/").status_code == 200


def test_a_stranger_who_comes_to_the_site_stands_at_the_door(db: None, client: Client) -> None:
    assert client.get("/").headers["Location"] == "/public/"


def test_the_page_asks_the_database_for_nothing(
    db: None, client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    client.get("/public/")
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        client.get("/public/")
