"""Whatever bytes come, reading them ends in findings; and every line and byte is accounted for."""

import tempfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dripline.standards  # noqa: F401 (its tables are what packages hold)
from dripline.intake import lines
from dripline.intake.findings import read_spool
from dripline.intake.lines import Lines, blocks
from dripline.intake.reading import read_package
from dripline.intake.wire import Package
from dripline.law import Law
from tests.unit.intake_writer import BANK, COLLATERAL, records_in, write_package

TODAY = date(2026, 7, 10)
LAW = Law.load()
SIGNS = (b"|", b"\n", b"\r\n", b"\r", b"\0", b'"', b" ", b",", b"-", b"|" * 14 + b"\n")
FOREIGN = (b"\xef\xbb\xbf", b"\xff", b"\xe8\xb1", "豫".encode(), "郑州".encode("gb18030"))
VALUES = (b"2026-06-30", b"0.00", b"C01", COLLATERAL.encode(), COLLATERAL.encode() + b"\n")
PIECES = st.sampled_from(SIGNS + FOREIGN + VALUES)
BYTES = st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(b"".join))


def read(path: Path, folder: Path) -> Package:
    package = read_package(path, folder / "work", LAW, on=TODAY)
    assert len(list(read_spool(package.findings))) == sum(t.broken for t in package.tallies)
    return package


@settings(max_examples=150)
@given(BYTES)
def test_any_bytes_as_data_end_in_rows_and_findings(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        package = read(write_package(Path(name), raw), Path(name))
        told = list(read_spool(package.findings))
        assert package.size == len(raw)
        if package.staged is None:
            assert {"FMT-01"} <= {f.code for f in told}
            return
        text = raw.removeprefix(b"\xef\xbb\xbf")
        assert package.records == records_in(text)
        kept = pq.read_table(package.staged)["_row"].to_pylist()
        left_out = {f.row for f in told if f.code in ("FMT-01", "FMT-02")}
        assert sorted([*kept, *left_out]) == list(range(1, records_in(text) + 1))


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_as_check_file_end_in_findings(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        package = read(write_package(Path(name), COLLATERAL, log=raw), Path(name))
        assert package.records == 1


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_as_archive_end_in_findings(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"{BANK}_DBWXX_20260630.zip"
        path.write_bytes(raw)
        assert read(path, Path(name)).rejected


@settings(max_examples=100)
@given(st.integers(0, 700), st.binary(min_size=1, max_size=40))
def test_an_archive_with_some_bytes_changed_ends_in_findings(at: int, change: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = write_package(Path(name), COLLATERAL)
        raw = path.read_bytes()
        path.write_bytes(raw[:at] + change + raw[at + len(change) :])
        package = read(path, Path(name))
        assert package.records in (None, 1)


@given(st.lists(st.binary(max_size=30), max_size=8), st.integers(1, 20))
def test_cutting_into_blocks_loses_no_byte(chunks: list[bytes], longest: int) -> None:
    raw = b"".join(chunks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "LINE_BYTES_MAX", longest)
        found = list(blocks(chunks))
    whole = [block for block in found if not block.overlong]
    for block in whole:
        end = block.first_byte + len(block.raw)
        assert (raw + b"\n")[block.first_byte : end] == block.raw
    assert sum(1 if b.overlong else Lines.of(b.raw).count for b in found) == records_in(raw)
    kept = b"".join(block.raw for block in whole).split(b"\n")
    assert all(line in kept for line in raw.split(b"\n") if len(line) <= longest)
