"""Before its first answer a process of the server works out what every page asks for."""

import logging
from pathlib import Path

import pytest

from dripline.portal.plan import queries
from dripline.portal.shown import _labels
from dripline.portal.warming import warm
from tests.portal.conftest import People


@pytest.mark.django_db
def test_a_site_in_which_nothing_has_happened_warms_up_too(
    empty_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="dripline"):
        warm()
    assert [record.message for record in caplog.records] == ["warmed up"]


def test_what_the_cockpit_asks_of_the_store_is_known_afterwards(
    full_home: Path, people: People
) -> None:
    queries._kept_facts.cache_clear()
    _labels.cache_clear()
    warm()
    assert queries._kept_facts.cache_info().currsize == 1
    assert _labels.cache_info().currsize == 1
