"""The board of what goes between zones, as the administrator of the branch opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings

from dripline.portal.zones import actions, keys
from tests.e2e.conftest import LOOKS, Visit, signed_in
from tests.portal.conftest import NOW, People
from tests.portal.zones.test_taking import INNER, bundle, notice, tree


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_the_board_is_readable(
    people: People,
    empty_home: Path,
    settings: LazySettings,
    visit: Callable[..., Visit],
    tmp_path: Path,
    scheme: str,
    width: int,
) -> None:
    settings.DRIPLINE_ZONE = "extra"
    keys.make(settings.ENVIRONMENT.folder)
    channel = actions.trust(
        "river", "inner", keys.public_text(INNER.public_key()), by=None, now=NOW
    )
    actions.take(bundle(tmp_path, tree(), notice(), notice("NOBODY")), by=None, now=NOW)
    actions.write(channel, by=None, now=NOW)
    one = visit(scheme, width, client=signed_in(people.user("branch", "system")))
    page = one.open("/zones/")
    assert page.locator("h1").inner_text() == "区间交换"
    assert one.faults() == []
