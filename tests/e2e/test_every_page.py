"""Every page of every role: no fault of axe-core, no complaint of the browser, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import LOOKS, Visit, signed_in
from tests.portal.conftest import People

PAGES = {
    ("branch", "review"): (
        "/plan/",
        "/plan/2024-30/4.1/",
        "/statistics/",
        "/statistics/?code=TE-RATE-NEW&by=institution_kind",
        "/statistics/?find=知识产权",
        "/statistics/rows/?code=TE-BAL&by=total",
        "/statistics/bridge/?code=TE-BAL&against=month",
        "/submissions/",
        "/submissions/imports/",
        "/notices/",
    ),
    ("branch", "approve"): ("/plan/2024-30/2.1/",),
    ("bank", "approve"): (
        "/statistics/",
        "/submissions/",
        "/submissions/templates/",
        "/notices/",
        "/tokens/",
        "/looks/",
        "/me/sessions/",
        "/me/activity/",
        "/accounts/2fa/",
        "/accounts/password/change/",
    ),
    ("department", "entry"): (
        "/plan/",
        "/statistics/",
        "/submissions/",
        "/submissions/templates/",
    ),
    ("branch", "security"): ("/people/", "/people/invite/", "/proposals/"),
    ("branch", "system"): ("/organisations/", "/organisations/add/", "/settings/"),
    ("branch", "audit"): ("/trail/",),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_each_page_is_readable_by_everybody_it_is_for(
    people: People, full_home: Path, visit: Callable[..., Visit], scheme: str, width: int
) -> None:
    faults = {}
    for post, pages in PAGES.items():
        one = visit(scheme, width, client=signed_in(people.user(*post)))
        for path in pages:
            assert one.open(path).locator("h1").count() == 1, path
            faults[*post, path] = one.faults()
    assert {where: found for where, found in faults.items() if found} == {}
