"""Pages open to everybody: no fault of axe-core, no complaint of the browser, light and dark, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.e2e.conftest import LOOKS, Visit

PAGES = (
    "/catalogue/",
    "/catalogue/indicators/TE-COVERAGE/",
    "/catalogue/rules/",
    "/catalogue/rules/XT-20/all/",
    "/catalogue/tables/CLDWDK/",
    "/lawbook/",
    "/lawbook/relending.rate_1y/",
    "/search/?q=获贷率",
    "/accounts/login/",
    "/catalogue/indicators/NONE/",
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_pages_for_everybody_are_readable_by_everybody(
    visit: Callable[..., Visit], scheme: str, width: int
) -> None:
    one = visit(scheme, width)
    faults = {}
    for path in PAGES:
        one.open(path)
        faults[path] = one.faults()
    # The browser itself notes the page that is not there.
    one.complaints[:] = [text for text in one.complaints if "404 (Not Found)" not in text]
    assert {path: found for path, found in faults.items() if found} == {}


@pytest.mark.django_db(transaction=True)
def test_the_language_and_the_theme_stay_as_chosen(visit: Callable[..., Visit]) -> None:
    page = visit().open("/catalogue/")
    page.get_by_role("button", name="EN").click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Catalogue of indicators"
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
