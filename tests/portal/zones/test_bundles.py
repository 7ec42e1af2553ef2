"""A bundle goes by hand from one zone to another: what it must be to be believed, and which one comes next."""

import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from dripline.errors import CannotRead
from dripline.intake.archives import Bounds
from dripline.law import Law
from dripline.portal.zones import bundles, keys, rules
from dripline.portal.zones.bundles import Bundle, NotTaken
from dripline.portal.zones.manifest import BEGINNING, Manifest
from dripline.words import Text

BOUNDS = Bounds.of(Law.load(), on=date(2026, 7, 10))
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
FIRST = Manifest(
    channel="river",
    sender="extra",
    receiver="inner",
    number=1,
    before=BEGINNING,
    acknowledged=0,
    made=datetime(2026, 7, 10, 1, tzinfo=UTC),
    entries=(),
)


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    """A file to be carried, whose name would harm if it were used as a path."""
    path = tmp_path / "rows.zip"
    path.write_bytes(b"one row\n" * 1000)
    return path


def written(path: Path, payload: Path, **fields: object) -> Path:
    entries = (bundles.entry("package", "../../etc/passwd", payload),)
    bundles.write(path, replace(FIRST, **({"entries": entries} | fields)), [payload], KEY)
    return path


def read(path: Path, bounds: Bounds = BOUNDS) -> Bundle:
    return bundles.read(path, bounds, {"river": KEY.public_key()}.get)


def refusal(path: Path, bounds: Bounds = BOUNDS) -> Text:
    with pytest.raises(NotTaken) as stop:
        read(path, bounds)
    return stop.value.why


def rebuilt(path: Path, **changed: bytes) -> Path:
    """The same file with entries replaced or added by somebody who has no key."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()} | changed
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def test_what_goes_in_comes_out_and_its_name_stays_a_word(tmp_path: Path, payload: Path) -> None:
    found = read(written(tmp_path / "1.zip", payload))
    assert b"".join(found.payload(1)) == payload.read_bytes()
    assert found.manifest.entries[0].name == "../../etc/passwd"


def test_an_unacknowledged_bundle_written_again_is_the_same_bytes(
    tmp_path: Path, payload: Path
) -> None:
    one, two = (written(tmp_path / name, payload) for name in ("1.zip", "again.zip"))
    assert one.read_bytes() == two.read_bytes()


def test_nothing_is_left_beside_a_bundle_that_could_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        bundles.write(tmp_path / "1.zip", FIRST, [tmp_path / "gone"], KEY)
    assert list(tmp_path.iterdir()) == []


def test_a_changed_payload_a_surplus_one_and_a_missing_one_are_not_taken(
    tmp_path: Path, payload: Path
) -> None:
    path = tmp_path / "1.zip"
    changed = bundles.CHANGED.format(position=1)
    assert refusal(rebuilt(written(path, payload), **{"1": b"another row"})) == changed
    assert refusal(rebuilt(written(path, payload), **{"2": b""})) == bundles.CHANGED.format(
        position=2
    )
    bundles.write(
        path, replace(FIRST, entries=read(written(path, payload)).manifest.entries), [], KEY
    )
    assert refusal(path) == changed


def test_who_has_not_the_key_cannot_change_the_manifest(tmp_path: Path, payload: Path) -> None:
    path = written(tmp_path / "1.zip", payload)
    forged = replace(read(path).manifest, number=7).page()
    assert refusal(rebuilt(path, **{"manifest.json": forged})) == bundles.NO_SIGNATURE
    bundles.write(path, FIRST, [], OTHER)
    assert refusal(path) == bundles.NO_SIGNATURE


def test_an_unknown_channel_is_told_what_to_do(tmp_path: Path, payload: Path) -> None:
    path = written(tmp_path / "1.zip", payload, channel="lake")
    assert refusal(path) == bundles.NO_CHANNEL.format(channel="lake")


@pytest.mark.parametrize(
    "page", [b"", b"[]", b"{}", b"[" * 90_000, b"\xff", FIRST.page().replace(b"1", b"true")]
)
def test_what_is_no_manifest_is_said_to_be_none(tmp_path: Path, payload: Path, page: bytes) -> None:
    path = rebuilt(written(tmp_path / "1.zip", payload), **{"manifest.json": page})
    assert refusal(path) == bundles.NO_PAGE


@pytest.mark.parametrize(
    "bounds", [replace(BOUNDS, entries=2), replace(BOUNDS, unpacked_bytes=7999)]
)
def test_a_bundle_beyond_a_bound_is_not_read(tmp_path: Path, payload: Path, bounds: Bounds) -> None:
    assert refusal(written(tmp_path / "1.zip", payload), bounds).en.startswith("the bundle cannot")


def test_a_bundle_cut_off_on_the_way_is_not_read(tmp_path: Path, payload: Path) -> None:
    path = written(tmp_path / "1.zip", payload)
    whole = path.read_bytes()
    for length in range(0, len(whole), 97):
        path.write_bytes(whole[:length])
        assert refusal(path).en.startswith("the bundle cannot be read")


def test_bundles_are_taken_once_and_in_order() -> None:
    def bundle(**fields: object) -> Bundle:
        return Bundle(Path("x"), replace(FIRST, **fields), "b" * 64, BOUNDS)

    new = rules.Standing("inner", "extra", sent=0, taken={})
    later = rules.Standing("inner", "extra", sent=2, taken={1: "a" * 64, 2: "b" * 64})
    table = [
        (bundle(), new, None),
        (bundle(number=2), new, rules.MISSING.format(wanted=1, number=2)),
        (bundle(before="a" * 64), new, rules.OTHER_CHAIN.format(number=1)),
        (bundle(acknowledged=1), new, rules.NEVER_SENT.format(acknowledged=1, sent=0)),
        (bundle(receiver="public"), new, rules.OTHER_WAY.format(sender="extra", receiver="public")),
        (bundle(number=2), later, None),
        (bundle(number=1), later, rules.OTHER_CONTENT.format(number=1)),
        (bundle(number=3, before="b" * 64, acknowledged=2), later, None),
        (bundle(number=3, before="a" * 64), later, rules.OTHER_CHAIN.format(number=3)),
        (bundle(number=5), later, rules.MISSING.format(wanted=3, number=5)),
    ]
    for found, standing, why in table:
        assert rules.why_not_take(found, standing) == why
    assert [rules.again(bundle(number=n), later) for n in (1, 2, 3)] == [False, True, False]


def test_a_site_makes_its_key_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    made = keys.make(tmp_path / "portal")
    again = keys.make(tmp_path / "portal")
    assert keys.public_text(again.public_key()) == keys.public_text(made.public_key())
    assert [each.name for each in (tmp_path / "portal").iterdir()] == [keys.FILE]
    assert (tmp_path / "portal" / keys.FILE).stat().st_mode & 0o777 == 0o600
    (tmp_path / "portal" / keys.FILE).chmod(0o640)
    with pytest.raises(CannotRead, match="chmod 600"):
        keys.load(tmp_path / "portal")


def test_a_public_key_travels_as_one_line_and_is_compared_by_its_fingerprint() -> None:
    line = keys.public_text(KEY.public_key())
    assert keys.fingerprint(keys.public_key(line)) == keys.fingerprint(KEY.public_key())
    assert keys.fingerprint(OTHER.public_key()) != keys.fingerprint(KEY.public_key())
    for wrong in ("", "a key", line[:-4]):
        with pytest.raises(CannotRead):
            keys.public_key(wrong)
