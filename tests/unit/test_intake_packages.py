import hashlib
import io
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest

import dripline.standards  # noqa: F401 (its tables are what packages hold)
from dripline.intake.archives import Bounds, documents
from dripline.intake.findings import read_spool
from dripline.intake.reading import read_package, read_packages
from dripline.intake.wire import Package, read_document
from dripline.law import Law
from tests.unit.intake_writer import BANK, COLLATERAL, log_of, many, write_package

TODAY = date(2026, 7, 10)
STEM = f"{BANK}_DBWXX_20260630"
SMALL = Bounds(entries=4, unpacked_bytes=10_000_000, ratio=50)


def read(path: Path, tmp_path: Path) -> Package:
    return read_package(path, tmp_path / "work", Law.load(), on=TODAY)


def told(package: Package) -> list[tuple[str, str]]:
    return [(f.code, f.note.en if f.note else "") for f in read_spool(package.findings)]


def within(path: Path, tmp_path: Path, bounds: Bounds = SMALL) -> list[tuple[str, str]]:
    (document,) = documents(path, bounds)
    work = tmp_path / "work"
    work.mkdir(exist_ok=True)
    package = read_document(document, work)
    assert list(work.glob("*.partial")) == []
    return told(package)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("CLDWDK.dat", "the name has not the form laid down"),
        ("91410000MA0000000M_DBWXX_2026063.dat", "the name has not the form laid down"),
        ("91410000MA0000000M-DBWXX-20260630.dat", "the name has not the form laid down"),
        ("91410000MA0000000M_DBWXY_20260630.dat", "there is no table DBWXY"),
        ("91410000MA0000000M_ENTERPRISE_20260630.dat", "there is no table ENTERPRISE"),
        ("91410000MA0000000M_DBWXX_20260631.dat", "20260631 is no day of the calendar"),
        ("91410000MA0000000M_DBWXX_20260629.dat", "2026-06-29 is not the last day of a month"),
    ],
)
def test_a_name_that_says_not_who_what_and_when_is_refused(
    tmp_path: Path, name: str, why: str
) -> None:
    path = tmp_path / name
    path.write_text(COLLATERAL, "utf-8")
    package = read(path, tmp_path)
    assert (told(package), package.rejected, package.staged) == ([("FILE-01", why)], True, None)


@pytest.mark.parametrize("code", ["91410000MA0000000M", "MA0000000"])
def test_a_reporter_is_named_by_its_credit_or_organisation_code(tmp_path: Path, code: str) -> None:
    package = read(write_package(tmp_path, COLLATERAL, bank=code), tmp_path)
    assert (package.reporter, told(package)) == (code, [])


def test_a_file_without_its_check_file_is_refused_but_its_rows_are_checked(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.dat"
    path.write_text("\n".join([COLLATERAL, "x"]), "utf-8")
    assert told(read(path, tmp_path)) == [
        ("FMT-02", "1 fields instead of 15"),
        ("FILE-02", "the .log is missing"),
    ]


def test_a_plain_file_is_compared_with_the_check_file_beside_it(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.dat"
    path.write_text(COLLATERAL, "utf-8")
    path.with_suffix(".log").write_bytes(log_of(COLLATERAL.encode(), STEM, 1))
    assert told(read(path, tmp_path)) == []


def altered(place: int, text: str) -> bytes:
    lines = log_of(COLLATERAL.encode(), STEM, 1).decode().split("\n")
    lines[place] = text
    return "\n".join(lines).encode()


MD5 = hashlib.md5(COLLATERAL.encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        (altered(0, "other.dat"), [("FILE-03", f"name: the .dat has {STEM}.dat")]),
        (altered(1, "0" * 32), [("FILE-03", f"MD5: the .dat has {MD5}")]),
        (altered(1, MD5.upper()), []),
        (altered(2, "7"), [("FILE-03", f"size in bytes: the .dat has {len(COLLATERAL.encode())}")]),
        (altered(4, "2"), [("FILE-03", "number of records: the .dat has 1")]),
        (altered(3, "2026-7-3 09:12"), [("FILE-04", "not YYYY-MM-DD HH:MM:SS")]),
        (altered(3, "2026-06-29 23:59:59"), [("FILE-04", "before the data date 2026-06-30")]),
        (altered(3, "2026-06-30 00:00:00"), []),
        (b"", [("FILE-02", "1 lines instead of five")]),
        (altered(4, "1\n"), []),
        (altered(4, "1\n\n"), [("FILE-02", "6 lines instead of five")]),
        (altered(0, f"{STEM}.dat").replace(b"\n", b"\r\n"), []),
        (b"\xff\xfe", [("FILE-02", "the .log is no UTF-8 text")]),
    ],
)
def test_the_check_file_is_held_to_the_data_line_by_line(
    tmp_path: Path, log: bytes, expected: list[tuple[str, str]]
) -> None:
    assert told(read(write_package(tmp_path, COLLATERAL, log=log), tmp_path)) == expected


def test_what_else_lies_in_a_package_is_a_warning(tmp_path: Path) -> None:
    path = write_package(tmp_path, COLLATERAL, name="june.zip", more={"readme.txt": b"hello"})
    assert told(read(path, tmp_path)) == [
        ("FILE-05", "other files or folders: 1"),
        ("FILE-05", "the archive is named otherwise than the .dat"),
    ]


def test_a_package_within_a_folder_is_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"out/{STEM}.dat", COLLATERAL)
        archive.writestr(f"out/{STEM}.log", log_of(COLLATERAL.encode(), STEM, 1))
    assert told(read(path, tmp_path)) == [("FILE-05", "the .dat is not at the root")]


def test_each_pair_in_one_archive_is_a_package(tmp_path: Path) -> None:
    other = f"{BANK}_DBWXX_20260531"
    more = {f"{other}.dat": b"", f"{other}.log": log_of(b"", other, 0)}
    path = write_package(tmp_path, COLLATERAL, more=more)
    packages = list(read_packages((path,), tmp_path / "work", Law.load(), on=TODAY))
    assert [(str(p.period), p.records) for p in packages] == [("2026-06", 1), ("2026-05", 0)]


def test_an_archive_without_data_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "hello")
    package = read(path, tmp_path)
    assert [code for code, _ in told(package)] == ["FILE-05", "FILE-02"]
    assert package.rejected


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("more.zip", "an archive within the archive"),
        ("../up.txt", "a name that points outside the archive"),
        ("/etc/x", "a name that points outside the archive"),
        ("a/../../b", "a name that points outside the archive"),
    ],
)
def test_an_archive_that_nests_or_points_outside_is_not_opened(
    tmp_path: Path, extra: str, why: str
) -> None:
    path = write_package(tmp_path, COLLATERAL, more={extra: b"x"})
    assert within(path, tmp_path) == [("FILE-08", why)]


def test_more_entries_than_the_bound_are_not_even_listed(tmp_path: Path) -> None:
    path = write_package(tmp_path, COLLATERAL, more={f"{n}.txt": b"" for n in range(3)})
    assert within(path, tmp_path) == [("FILE-08", "more entries than 4")]


def test_more_bytes_than_the_bound_stop_the_reading(tmp_path: Path) -> None:
    path = write_package(tmp_path, "\n".join(many(1_000)))
    tight = Bounds(entries=4, unpacked_bytes=1_000, ratio=1_000)
    assert within(path, tmp_path, tight) == [("FILE-08", "more than 1000 bytes unpacked")]


def test_a_higher_ratio_than_the_bound_stops_the_reading(tmp_path: Path) -> None:
    path = write_package(tmp_path, (COLLATERAL + "\n") * 60_000)
    assert within(path, tmp_path) == [("FILE-08", "a compression ratio over 50")]


def encrypted(raw: bytes) -> bytes:
    """The archive with the mark of encryption set on every entry."""
    changed = bytearray(raw)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + place] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = write_package(tmp_path, COLLATERAL)
    path.write_bytes(encrypted(path.read_bytes()))
    assert within(path, tmp_path) == [("FILE-08", "the archive is encrypted")]


def test_an_archive_packed_otherwise_than_by_deflate_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{STEM}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(f"{STEM}.dat", COLLATERAL)
    assert within(path, tmp_path) == [("FILE-08", "not packed by deflate")]


def test_a_directory_that_claims_more_than_it_may_is_refused_unread(tmp_path: Path) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr(f"{STEM}.dat", COLLATERAL)
    changed = bytearray(raw.getvalue())
    struct.pack_into("<H", changed, changed.rfind(b"PK\x05\x06") + 10, 60_000)
    path = tmp_path / f"{STEM}.zip"
    path.write_bytes(changed)
    assert within(path, tmp_path) == [("FILE-08", "more entries than 4")]


def test_a_damaged_archive_is_a_finding_among_the_packages_of_others(tmp_path: Path) -> None:
    bad = write_package(tmp_path, "\n".join(many(500)), day="20260531")
    raw = bytearray(bad.read_bytes())
    raw[200:260] = bytes(60)
    bad.write_bytes(raw)
    good = write_package(tmp_path, COLLATERAL)
    packages = list(read_packages((bad, good), tmp_path / "work", Law.load(), on=TODAY))
    assert [[code for code, _ in told(p)] for p in packages] == [["FILE-08"], []]
    assert [(p.rejected, p.staged is None) for p in packages] == [(True, True), (False, False)]
