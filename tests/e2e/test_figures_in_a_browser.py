"""The door, what a figure means, how it reads over months: no fault of axe-core, no complaint of the browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dripline.portal.jobs.worker import work_once
from tests.agree.accepted import LAST
from tests.e2e.conftest import LOOKS, Visit, signed_in
from tests.portal.conftest import People

READING = f"/statistics/readings/?code=TE-BAL&first={LAST.shift(-3)}&last={LAST}&manner=known"
PAGES = (
    "/public/",
    "/statistics/definitions/TE-BAL/",
    "/statistics/definitions/GR-YOY/",
    READING,
    READING + "&known=2999-01-01",
    "/statistics/rows/?code=TE-BAL&by=total&purpose=statistics",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_of_figures_are_readable_by_everybody(
    people: People, full_home: Path, visit: Callable[..., Visit], scheme: str, width: int
) -> None:
    client, faults = signed_in(people.user("branch", "review")), {}
    client.get(READING)
    while work_once("w", lease=False):
        pass
    one = visit(scheme, width, client=client)
    for path in PAGES:
        assert one.open(path).locator("h1").count() == 1, path
        faults[path] = one.faults()
    assert {where: found for where, found in faults.items() if found} == {}
