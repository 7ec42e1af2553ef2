"""Faults of files and formats: names, check files, archives, encodings, and values not written as the standard asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from dripline.periods import Period
from dripline.province.drafts import Answer, Draft, Fault, Line
from dripline.province.wire import Package, check_file, made_at, stem_of

FileFault = Callable[[Package, "Place"], Package]


@dataclass(frozen=True, slots=True)
class Place:
    """Whose package it is, for which table and month."""

    reporter: str
    table: str
    month: Period


def data_of(package: Package) -> bytes:
    """The bytes of the .dat."""
    return next(content for name, content in package.files.items() if name.endswith(".dat"))


def again(place: Place, content: bytes, records: int, *, stem: str = "", made: str = "") -> Package:
    """A package of these bytes whose check file fits them."""
    stem = stem or stem_of(place.reporter, place.table, place.month)
    log = check_file(f"{stem}.dat", content, records, made or made_at(place.month))
    return Package(stem, {f"{stem}.dat": content, f"{stem}.log": log})


def records_of(content: bytes) -> int:
    """Lines of a file without a line end after the last."""
    return content.count(b"\n") + 1 if content else 0


def not_month_end(package: Package, place: Place) -> Package:
    """The day in the name is no month end."""
    stem = f"{place.reporter}_{place.table}_{place.month.first_day:%Y%m%d}"
    content = data_of(package)
    return again(place, content, records_of(content), stem=stem)


def no_check_file(package: Package, place: Place) -> Package:
    """The .log is missing."""
    return Package(package.stem, {f"{package.stem}.dat": data_of(package)})


def wrong_digest(package: Package, place: Place) -> Package:
    """The MD5 in the .log is that of other bytes."""
    content = data_of(package)
    good = again(place, content, records_of(content))
    lines = good.files[f"{good.stem}.log"].decode().split("\n")
    lines[1] = "0" * 32
    good.files[f"{good.stem}.log"] = "\n".join(lines).encode()
    return good


def made_before(package: Package, place: Place) -> Package:
    """The check file was made before the data date."""
    content = data_of(package)
    return again(place, content, records_of(content), made="2020-01-01 08:00:00")


def one_file_more(package: Package, place: Place) -> Package:
    """A third file lies in the package."""
    return Package(package.stem, {**package.files, "说明.txt": "合成数据".encode()})


def before_any_layout(package: Package, place: Place) -> Package:
    """A tech-loan file of a month before its layout."""
    content = data_of(package)
    stem = f"{place.reporter}_{place.table}_20241231"
    return again(place, content, records_of(content), stem=stem, made="2025-01-03 09:12:44")


def no_utf8(package: Package, place: Place) -> Package:
    """The text is GB18030."""
    content = data_of(package).decode().encode("gb18030")
    return again(place, content, records_of(content))


def windows_ends(package: Package, place: Place) -> Package:
    """Lines end with CR LF."""
    content = data_of(package).replace(b"\n", b"\r\n")
    return again(place, content, records_of(content))


def older_layout(package: Package, place: Place) -> Package:
    """CLDWDK with 32 fields."""
    lines = data_of(package).decode().split("\n")
    content = "\n".join(line.rsplit("|", 1)[0] for line in lines).encode()
    return again(place, content, len(lines))


FILE_FAULTS: tuple[tuple[str, str, FileFault], ...] = (
    ("FILE-01", "JRJGFZ", not_month_end),
    ("FILE-02", "FTYKHX", no_check_file),
    ("FILE-03", "DWDKFS", wrong_digest),
    ("FILE-04", "DBHTXX", made_before),
    ("FILE-05", "DBWXX", one_file_more),
    ("FILE-09", "HDACLKJDK", before_any_layout),
    ("FMT-02b", "CLDWDK", older_layout),
)
SECOND_FILE_FAULTS: tuple[tuple[str, str, FileFault], ...] = (
    ("FMT-01", "JRJGFZ", no_utf8),
    ("FMT-01b", "FTYKHX", windows_ends),
)
CUT, TWICE = ("FILE-08", "DBHTXX"), ("FILE-07", "DBWXX")


def write_cut(package: Package, folder: Path) -> Path:
    """FILE-08: the archive breaks off in the middle."""
    path = package.write(folder)
    path.write_bytes(path.read_bytes()[:200])
    return path


def write_twice(package: Package, folder: Path) -> Path:
    """FILE-07: the same package lies there a second time."""
    package.write(folder)
    return package.write(folder / "again")


def row_faults() -> Iterator[Fault]:
    """FMT-02 to FMT-10: single values."""
    firm = _firm
    yield Fault("FMT-02", "CLDWDK", does=one_field_less)
    yield Fault("FMT-03", "FTYKHX", {"customer_name": '示例"引号"有限公司'})
    yield Fault("FMT-04", "CLDWDK", {"loan_contract_no": ""}, also=("XT-03", "XT-05"))
    yield Fault("FMT-05", "CLDWDK", {"interest_rate": "3.45"}, also=("XT-10",))
    yield Fault("FMT-05b", "FTYKHX", {"total_assets": "123456789012345.00"})
    yield Fault("FMT-06", "CLDWDK", {"grant_date": "2026-02-30"}, also=("XP-04",))
    yield Fault("FMT-07", "CLDWDK", {"guarantee_type": "B"}, also=("XT-05",))
    yield Fault(
        "FMT-08", "CLDWDK", {"loan_contract_no": "HT1,HT2"}, also=("XT-03", "XT-05", "XP-04")
    )
    yield Fault(
        "FMT-09",
        "FTYKHX",
        {"customer_id_no": "91410100-A00000021"},
        firm,
        also=("ID-02", "XT-01", "XP-07"),
    )
    yield Fault("FMT-10", "CLDWDK", {"loan_purpose": "采购原材料?"})


def _firm(line: Line) -> bool:
    return line["customer_id_type"] == "A01"


def one_field_less(draft: Draft, fault: Fault) -> Answer:
    """A line lacks its last field."""
    line = draft.take("CLDWDK")
    line.raw = line.text().rsplit("|", 1)[0].rsplit("|", 1)[0]
    return Answer(
        fault.rule, "CLDWDK", line, "", "该行缺两个字段 / two fields are missing", ("XP-02",)
    )
