"""Every pattern of the design in a browser: readable by everybody, drawn under the site's policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings

from tests.e2e.conftest import LOOKS, Visit

PATTERNS = "/design/patterns/"


@pytest.fixture(autouse=True)
def patterned(settings: LazySettings) -> None:
    settings.ROOT_URLCONF = "tests.e2e.patterned_urls"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_pattern_is_readable_by_everybody(
    visit: Callable[..., Visit], scheme: str, width: int
) -> None:
    one = visit(scheme, width)
    one.open(PATTERNS)
    assert one.faults() == []


@pytest.mark.django_db(transaction=True)
def test_a_chart_takes_its_colours_from_the_theme_and_is_told_in_words(
    visit: Callable[..., Visit],
) -> None:
    page = visit().open(PATTERNS)
    chart = page.locator('[data-chart="sample-data"]')
    chart.locator("canvas").wait_for()
    assert chart.get_attribute("role") == "img"
    assert "71" in (chart.get_attribute("aria-label") or "")
    light = chart.locator("canvas").evaluate("canvas => canvas.toDataURL()")
    page.get_by_role("button", name="切换深浅色").click()
    chart.locator("canvas").wait_for()
    assert chart.locator("canvas").evaluate("canvas => canvas.toDataURL()") != light


@pytest.mark.django_db(transaction=True)
def test_a_wrong_field_names_its_error_to_who_listens(visit: Callable[..., Visit]) -> None:
    page = visit().open(PATTERNS)
    field = page.get_by_label("合同金额")
    named = (field.get_attribute("aria-describedby") or "").split()
    told = [page.locator(f"#{name}").inner_text() for name in named]
    assert (field.get_attribute("aria-invalid"), told) == (
        "true",
        ["万元，两位小数。", "确认小数不超过 2 位."],
    )
