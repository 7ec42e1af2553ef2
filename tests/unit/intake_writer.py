"""Writes packages of the wire format from its description alone: nothing here is taken from the program under test."""

import hashlib
import zipfile
from pathlib import Path

BANK = "91410000MA0000000M"
DAY = "20260630"
COLLATERAL = (
    "91410000MA0000001Q|HN0001|DB2026001|HT2026001|DBW001|C01|豫2026第1号,豫2026第2号|1|01|02"
    "|5000000.00|2026-03-16||0.00|01"
)
"""One row of DBWXX: collateral behind a loan contract."""


def collateral(**changes: str) -> str:
    """The row with some fields changed, named f1 to f15 as the standard numbers them."""
    fields = COLLATERAL.split("|")
    for name, value in changes.items():
        fields[int(name.removeprefix("f")) - 1] = value
    return "|".join(fields)


def many(count: int) -> list[str]:
    return [collateral(f5=f"DBW{number:06d}") for number in range(count)]


def log_of(dat: bytes, stem: str, records: int, written: str = "2026-07-03 09:12:44") -> bytes:
    digest = hashlib.md5(dat, usedforsecurity=False).hexdigest()
    return f"{stem}.dat\n{digest}\n{len(dat)}\n{written}\n{records}".encode()


def records_in(dat: bytes) -> int:
    return dat.count(b"\n") + (dat != b"" and not dat.endswith(b"\n"))


def write_package(
    folder: Path,
    dat: bytes | str,
    *,
    table: str = "DBWXX",
    day: str = DAY,
    bank: str = BANK,
    log: bytes | None = None,
    records: int | None = None,
    name: str | None = None,
    written: str = "2026-07-03 09:12:44",
    more: dict[str, bytes] | None = None,
) -> Path:
    """A package as a packing tool writes it; every part can be had otherwise than it should be."""
    raw = dat.encode() if isinstance(dat, str) else dat
    stem = f"{bank}_{table}_{day}"
    count = records_in(raw) if records is None else records
    path = folder / (name or f"{stem}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{stem}.dat", raw)
        archive.writestr(f"{stem}.log", log_of(raw, stem, count, written) if log is None else log)
        for extra, content in (more or {}).items():
            archive.writestr(extra, content)
    return path
