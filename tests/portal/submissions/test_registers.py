"""Organisations follow the registers of reporters and institutions."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dripline.portal.accounts.models import Organisation
from dripline.portal.accounts.registers import Synced, registered, sync_organisations
from dripline.portal.audit.models import Event
from dripline.store import Store

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 30)


def reporter(
    code: str, begun: str, ended: str | None = None, name: str = "甲"
) -> dict[str, object]:
    return {
        "reporter": code,
        "reporter_name": name,
        "valid_from": date.fromisoformat(begun),
        "valid_to": None if ended is None else date.fromisoformat(ended),
    }


def institution(code: str, under: str, city: str = "410100") -> dict[str, object]:
    begun = {"valid_from": date(2019, 1, 1), "valid_to": None}
    return {"institution_code": code, "name": "支行", "reporter": under, "city": city} | begun


def test_the_reporters_of_the_registers_have_places_with_their_city_and_years(
    full_home: Path,
) -> None:
    assert sync_organisations(Store.open(full_home), DAY) == Synced(6, 0)
    absorbed = Organisation.objects.get(reporter="91410783MAR3RXYC0D")
    assert (absorbed.city, absorbed.to_day) == ("410700", date(2025, 4, 27))
    assert Event.objects.filter(verb="organisation.made").count() == 6


def test_a_second_time_nothing_is_made_and_nothing_changes(full_home: Path) -> None:
    store = Store.open(full_home)
    sync_organisations(store, DAY)
    assert sync_organisations(store, DAY) == Synced(0, 0)


def test_a_place_that_was_made_by_hand_is_renamed_and_not_made_again(full_home: Path) -> None:
    Organisation.objects.create(
        code="BY-HAND",
        name="旧名",
        kind="bank",
        role="institution",
        reporter="91410105MAR2GE759W",
        from_day=DAY,
    )
    assert sync_organisations(Store.open(full_home), DAY) == Synced(5, 1)
    assert Organisation.objects.get(code="BY-HAND").name == "示例中部城市商业银行股份有限公司"


def test_a_reporter_lives_from_its_first_stretch_to_its_last() -> None:
    both = [reporter("A", "2019-01-01", "2020-01-01"), reporter("A", "2021-01-01", None, "乙")]
    (one,) = registered(both, [])
    assert (one.from_day, one.to_day, one.name) == (date(2019, 1, 1), None, "乙")


def test_an_institution_that_another_reports_for_hangs_below_it() -> None:
    rows = [institution("A", "A"), institution("A1", "A"), institution("X", "")]
    found = registered([reporter("A", "2019-01-01")], rows)
    assert [(one.code, one.reporter, one.parent) for one in found] == [
        ("A", "A", ""),
        ("A1", "", "A"),
    ]
