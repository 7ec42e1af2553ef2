"""Sites of three zones that know each other only by files: what goes in, what comes back, what never does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.portal.zones.instances import Instance, carried, joined
from tests.unit.intake_writer import collateral, write_package

pytestmark = pytest.mark.long
BANK, PERIOD = "91410000MA00000A0A", "2026-06"
CONTRACT = (
    f"{BANK}|HN0001|DB2026001|HT2026001|01|02|2026-03-16|2027-03-16|CNY|5000000.00|5000000.00|"
    "50.00||||||"
)


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[dict[str, Instance]]:
    """Three machines, each of a zone."""
    made = {zone: Instance(zone, tmp_path / zone) for zone in ("inner", "extra", "public")}
    yield made
    for site in made.values():
        site.end()


@pytest.fixture
def zones(sites: dict[str, Instance]) -> dict[str, Instance]:
    """Their sites begun and joined; only the inner one knows of a bank."""
    for zone, site in sites.items():
        site.dripline("site", "migrate")
        if zone != "public":
            site.dripline("site", "begin", "PBC-41", "中国人民银行河南省分行")
    sites["inner"].does("bank", "BANK-A", BANK)
    joined("river", sites["inner"], sites["extra"])
    joined("window", sites["inner"], sites["public"])
    return sites


def test_a_bank_outside_is_answered_from_inside_by_files_alone(
    zones: dict[str, Instance], tmp_path: Path
) -> None:
    inner, extra, medium = zones["inner"], zones["extra"], tmp_path / "medium"
    made = tmp_path / "made"
    made.mkdir()

    assert "1 organisations" in carried("river", inner, extra, medium)
    contracts = write_package(made, CONTRACT + "\n", bank=BANK, table="DBHTXX")
    first = extra.does("hand_in", "BANK-A", PERIOD, contracts)
    assert "1 package" in carried("river", extra, inner, medium)
    assert extra.does("withdraw", "BANK-A", first) is not None
    inner.does("work")
    assert inner.does("stands", first)["status"] == "sent"
    inner.does("accept", "PBC-41", first)
    accepted = inner.does("stands", first)
    assert accepted["status"] == "accepted"
    assert "1 receipt" in carried("river", inner, extra, medium)
    assert extra.does("stands", first) == accepted

    # What only the branch can see: the contract of this collateral is not among those it holds.
    stray = collateral(f1=BANK, f3="DB-NOWHERE", f4="HT-NOWHERE")
    package = write_package(made, stray + "\n", bank=BANK)
    second = extra.does("hand_in", "BANK-A", PERIOD, package)
    assert extra.does("stands", second)["broken"] == []
    carried("river", extra, inner, medium)
    inner.does("work")
    inside = inner.does("stands", second)
    assert (inside["status"], inside["broken"]) == ("withdrawn", ["XT-04"])
    carried("river", inner, extra, medium)
    back = extra.does("stands", second)
    assert (back["status"], back["broken"]) == ("returned", ["XT-04"])
    assert back["reason"] == inside["reason"]
    for where in ("", "findings/", "compare/"):
        page = extra.does("page", "BANK-A-entry", f"/submissions/{second}/{where}")
        assert page["code"] == 200, where
    assert (
        "DB-NOWHERE"
        in extra.does("page", "BANK-A-entry", f"/submissions/{second}/findings/")["text"]
    )


def test_the_public_site_has_no_room_for_rows_and_takes_nothing_but_releases(
    zones: dict[str, Instance], tmp_path: Path
) -> None:
    inner, extra, public = zones["inner"], zones["extra"], zones["public"]
    medium = tmp_path / "medium"
    carried("river", inner, extra, medium)
    (tmp_path / "made").mkdir()
    package = write_package(tmp_path / "made", collateral(f1=BANK) + "\n", bank=BANK)
    extra.does("hand_in", "BANK-A", PERIOD, package)
    written = extra.dripline("zone", "write", "river", "--out", str(medium)).split()[0]
    refused = public.run("zone", "take", str(medium / written))
    assert refused["code"] == 2
    assert "is not known here" in refused["err"]
    assert "1 release" in carried("window", inner, public, medium)
    kept = public.does("holds")
    assert not {"submissions", "statistics", "plan", "api"} & set(kept["rooms"])
    assert not [name for name in kept["tables"] if name.startswith(("submissions_", "statistics_"))]
    assert kept["tables"]["accounts_user"] == 1, "the one that stands for the inner zone"
    assert not [name for name in kept["files"] if name.endswith((".parquet", ".zip", ".dat"))]
    assert BANK not in public.does("page", "", "/public/")["text"]


def test_a_bundle_is_taken_once_in_order_and_written_again_byte_for_byte(
    zones: dict[str, Instance], tmp_path: Path
) -> None:
    inner, extra, medium = zones["inner"], zones["extra"], tmp_path / "medium"
    said = inner.dripline("zone", "write", "river", "--out", str(medium))
    first = medium / said.split()[0]
    inner.does("bank", "BANK-B", "91410000MA00000B0B")
    second = medium / inner.dripline("zone", "write", "river", "--out", str(medium)).split()[0]
    assert "number 1" in extra.run("zone", "take", str(second))["err"]
    extra.dripline("zone", "take", str(first))
    assert "taken before" in extra.dripline("zone", "take", str(first))
    once = first.read_bytes()
    first.unlink()
    inner.dripline("zone", "write", "river", "--out", str(medium), "--again", "1")
    assert first.read_bytes() == once
    extra.dripline("zone", "take", str(second))
    carried("river", extra, inner, medium)
    assert "acknowledged 2" in inner.dripline("zone", "status")
    assert inner.run("zone", "write", "river", "--out", str(medium), "--again", "1")["code"] == 2
    assert not list((inner.home / "portal/bundles").iterdir())


ROOMS = {
    "/submissions/": "inner extra",
    "/statistics/": "inner",
    "/plan/": "inner",
    "/api/v1/": "inner extra",
    "/zones/": "inner extra",
    "/people/": "inner extra",
    "/accounts/login/": "inner extra",
    "/trail/": "inner extra",
    "/notices/": "inner extra",
    "/catalogue/": "inner extra public",
    "/lawbook/": "inner extra public",
    "/public/": "inner extra public",
    "/health/": "inner extra public",
}


def test_each_zone_has_its_rooms_and_no_address_of_another(sites: dict[str, Instance]) -> None:
    found = {zone: site.does("addresses") for zone, site in sites.items()}
    for address, where in ROOMS.items():
        there = [zone for zone, all_ in found.items() if any(a.startswith(address) for a in all_)]
        assert there == where.split(), address
    assert set(found["public"]) < set(found["extra"]) < set(found["inner"])


def test_only_posts_of_a_zone_count_there(zones: dict[str, Instance]) -> None:
    inner = zones["inner"]
    assert inner.does("role", "BANK-A", "entry") == "public"
    assert inner.does("role", "PBC-41", "review") == "authority"
    assert zones["extra"].does("role", "PBC-41", "review") == "public"
    assert zones["extra"].does("role", "PBC-41", "system") == "authority"


VISITORS = (
    ("public", "", ""),
    ("extra", "BANK-A", "entry"),
    ("extra", "PBC-41", "security"),
    ("extra", "PBC-41", "system"),
    ("inner", "PBC-41", "review"),
)


def test_every_link_of_a_zone_leads_somewhere(zones: dict[str, Instance], tmp_path: Path) -> None:
    carried("river", zones["inner"], zones["extra"], tmp_path / "medium")
    for zone, place, function in VISITORS:
        if place:
            zones[zone].does("role", place, function)
        walked = zones[zone].does("walk", f"{place}-{function}" if place else "", "/", 120)
        assert walked["broken"] == [], (zone, place, function)
        assert walked["seen"] > 10, (zone, place, function)
