"""A bundle is taken whole or not at all, by one that is meant to; what in it has no place is left with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import LazySettings
from django.test import Client

from dripline.errors import CannotRead, Refused
from dripline.portal.accounts.models import Organisation, User
from dripline.portal.audit.models import Event
from dripline.portal.notices.models import Notice
from dripline.portal.zones import actions, bundles, keys, rules
from dripline.portal.zones.bundles import NotTaken
from dripline.portal.zones.manifest import BEGINNING, Entry, Manifest
from dripline.portal.zones.models import Channel, Incoming
from tests.portal.conftest import NOW, People

INNER = Ed25519PrivateKey.from_private_bytes(b"i" * 32)


@pytest.fixture
def channel(people: People, settings: LazySettings, empty_home: Path) -> Channel:
    """This site stands in the extra zone and trusts one of the inner."""
    settings.DRIPLINE_ZONE = "extra"
    public = keys.public_text(INNER.public_key())
    return actions.trust("river", "inner", public, by=None, now=NOW)


def tree(name: str = "示例甲银行", kind: str = "bank", code: str = "BANK-A") -> tuple[str, object]:
    fields = {"name_en": "", "city": "410100", "reporter": "", "parent": "pboc_henan"}
    place = {"code": code, "name": name, "kind": kind, "from_day": "2020-01-01", "to_day": ""}
    return "organisations", {"organisations": [fields | place]}


def notice(place: str = "BANK-A") -> tuple[str, object]:
    words = {"zh": "新口径", "en": "a new definition", "url": "/notices/", "functions": []}
    head = {"organisation": place, "kind": "news", "key": f"n-{place}", "at": NOW.isoformat()}
    return "notice", head | words


def bundle(
    folder: Path, *things: tuple[str, object], number: int = 1, before: str = BEGINNING
) -> Path:
    """A bundle as the inner zone writes it."""
    entries: list[Entry] = []
    payloads: list[Path] = []
    for at, (kind, page) in enumerate(things):
        path = folder / f"{number}-{at}.json"
        path.write_text(json.dumps(page), encoding="utf-8")
        entries.append(bundles.entry(kind, f"{kind} {at}", path))
        payloads.append(path)
    manifest = Manifest(
        channel="river",
        sender="inner",
        receiver="extra",
        number=number,
        before=before,
        acknowledged=0,
        made=NOW,
        entries=tuple(entries),
    )
    path = folder / f"{number}.bundle"
    bundles.write(path, manifest, payloads, INNER)
    return path


def test_what_came_stands_here_and_in_the_trail(channel: Channel, tmp_path: Path) -> None:
    path = bundle(tmp_path, tree(name="改名银行"), notice())
    taken, new = actions.take(path, by=None, now=NOW)
    assert (new, taken.counts, taken.left) == (True, {"organisations": 1, "notice": 1}, [])
    place = Organisation.objects.get(code="BANK-A")
    assert (place.name, place.parent.code) == ("改名银行", "pboc_henan")
    assert Notice.objects.get().organisation == place
    verbs = set(Event.objects.values_list("verb", flat=True))
    assert {"zones.trusted", "zones.taken", "organisation.changed"} <= verbs


def test_the_same_bundle_once_more_has_no_effect(channel: Channel, tmp_path: Path) -> None:
    path = bundle(tmp_path, notice())
    first, _new = actions.take(path, by=None, now=NOW)
    events = Event.objects.count()
    assert actions.take(path, by=None, now=NOW) == (first, False)
    assert Event.objects.count() == events


def test_what_has_no_place_is_left_and_the_rest_is_taken(channel: Channel, tmp_path: Path) -> None:
    path = bundle(tmp_path, notice("NOBODY"), tree(kind="moon"), ("notice", []), notice())
    taken, _new = actions.take(path, by=None, now=NOW)
    assert [one["kind"] for one in taken.left] == ["notice", "organisations", "notice"]
    assert Notice.objects.count() == 1
    assert Organisation.objects.get(code="BANK-A").name == "示例甲银行"


@pytest.mark.parametrize("kind", ["package", "release", "moon"])
def test_a_kind_that_does_not_go_this_way_keeps_the_whole_bundle_out(
    channel: Channel, tmp_path: Path, kind: str
) -> None:
    with pytest.raises(NotTaken) as stop:
        actions.take(bundle(tmp_path, notice(), (kind, {})), by=None, now=NOW)
    assert stop.value.why == rules.NO_SUCH_KIND.format(kind=kind)
    assert not Incoming.objects.exists()
    assert not Notice.objects.exists()


def test_nothing_is_written_where_nothing_waits(channel: Channel, tmp_path: Path) -> None:
    keys.make(actions.settings.ENVIRONMENT.folder)
    with pytest.raises(Refused):
        actions.write(channel, by=None, now=NOW)
    actions.take(bundle(tmp_path, notice()), by=None, now=NOW)
    answer = actions.write(channel, by=None, now=NOW)
    assert answer.counts == {}, "it only acknowledges"
    with pytest.raises(Refused):
        actions.write(channel, by=None, now=NOW)


def test_the_account_that_stands_for_a_zone_opens_no_door(channel: Channel) -> None:
    account = User.objects.get(pk=channel.stands_for_id)
    assert (account.is_active, account.has_usable_password()) == (False, False)
    assert not account.posts.exists()


@pytest.mark.parametrize(("peer", "key"), [("public", "A" * 43 + "="), ("inner", "no key")])
def test_no_channel_leads_where_nothing_goes_or_without_a_key(
    channel: Channel, peer: str, key: str
) -> None:
    with pytest.raises((Refused, CannotRead)):
        actions.trust("other", peer, key, by=None, now=NOW)
    assert Channel.objects.count() == 1


def test_the_administrator_of_the_branch_sees_channels_and_takes_a_bundle_on_a_page(
    channel: Channel, people: People, browse: Callable[[User], Client], tmp_path: Path
) -> None:
    client = browse(people.user("branch", "system"))
    page = client.get("/zones/", headers={"accept-language": "en"}).content.decode()
    assert keys.fingerprint(INNER.public_key()) in page
    with bundle(tmp_path, notice()).open("rb") as file:
        client.post("/zones/take/", {"bundle": file})
    assert Incoming.objects.get().taken_by == people.user("branch", "system")
    assert client.post("/zones/river/write/").status_code == 302
    answer = client.get("/zones/river/1/")
    assert b"".join(answer.streaming_content)[:2] == b"PK"


@pytest.mark.parametrize(
    ("place", "function", "code"),
    [("branch", "review", 403), ("bank", "system", 403), ("city", "system", 404)],
)
def test_nobody_else_sees_channels(
    channel: Channel,
    people: People,
    browse: Callable[[User], Client],
    place: str,
    function: str,
    code: int,
) -> None:
    client = browse(people.user(place, function))
    assert client.get("/zones/").status_code == code
    assert client.get("/zones/river/1/").status_code == code
