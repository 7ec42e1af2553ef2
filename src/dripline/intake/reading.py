"""Packages of one file, or of a folder with the files of many reporters: each read once, the later for the earlier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dripline.errors import CannotRead
from dripline.intake.archives import Bounds, Document, documents
from dripline.intake.check_file import CheckFile
from dripline.intake.names import DataName, read_name
from dripline.intake.wire import WORKERS, Package, read_document, replaced_package
from dripline.law import Law

WIRE = (".zip", ".dat")
SHEETS = (".csv", ".xlsx", ".xls", ".parquet")


@dataclass(frozen=True, slots=True)
class Found:
    """The files under some paths: packages of the wire format, sheets, and what is neither (a ``.log`` goes unnamed)."""

    packages: tuple[Path, ...]
    sheets: tuple[Path, ...]
    others: tuple[Path, ...]


def find_files(paths: Iterable[Path]) -> Found:
    """Looks into folders and their folders; hidden files and what a spreadsheet program leaves behind are passed over."""
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files.extend(p for p in sorted(path.rglob("*")) if p.is_file() and _meant(p, path))
        elif path.is_file():
            files.append(path)
        else:
            raise CannotRead(f"{path} is neither a file nor a folder. Check the path.")
    found = dict.fromkeys(files)
    by_kind = {kind: tuple(p for p in found if p.suffix.lower() in kind) for kind in (WIRE, SHEETS)}
    known = {*by_kind[WIRE], *by_kind[SHEETS]}
    others = tuple(p for p in found if p not in known and p.suffix.lower() != ".log")
    return Found(by_kind[WIRE], by_kind[SHEETS], others)


def _meant(path: Path, under: Path) -> bool:
    parts = path.relative_to(under).parts
    return not any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)


def read_packages(
    paths: Iterable[Path],
    into: Path,
    law: Law,
    *,
    on: date,
    province: str | None = None,
    workers: int = WORKERS,
) -> Iterator[Package]:
    """Every package under the paths, one at a time, in the order of their names.

    ``on`` is the day whose bounds hold; ``province`` ("41") marks rows of other regions as outside the scope. A file
    for which a later one of the same reporter, table and day is there comes back marked ``replaced`` and unread.
    """
    bounds = Bounds.of(law, on=on)
    into.mkdir(parents=True, exist_ok=True)
    files = find_files(paths).packages
    if not files:
        raise CannotRead("There is no package (.zip or .dat) under the paths given.")
    held = [document for file in files for document in documents(file, bounds)]
    last = latest(held)
    for document in held:
        name = _named(document)
        if name is not None and last[name.stem] is not document:
            yield replaced_package(document, into, by=last[name.stem])
        else:
            yield read_document(document, into, province=province, workers=workers)


def read_package(
    path: Path,
    into: Path,
    law: Law,
    *,
    on: date,
    province: str | None = None,
    workers: int = WORKERS,
) -> Package:
    """The package in one file; an archive with several is CannotRead: use ``read_packages``."""
    packages = list(read_packages((path,), into, law, on=on, province=province, workers=workers))
    if len(packages) != 1:
        raise CannotRead(f"{path.name} holds {len(packages)} packages, one was expected.")
    return packages[0]


def latest(held: Iterable[Document]) -> dict[str, Document]:
    """For each reporter, table and day the file written last, by its check file, then by its path (FILE-07)."""
    last: dict[str, Document] = {}
    for document in sorted(held, key=_age):
        name = _named(document)
        if name is not None:
            last[name.stem] = document
    return last


def _age(document: Document) -> tuple[datetime, str]:
    written = CheckFile.read(document.log).written
    return written or datetime.min, str(document.path)  # noqa: DTZ901 (as the tool wrote it)


def _named(document: Document) -> DataName | None:
    name = read_name(document.dat or "")
    return name if isinstance(name, DataName) else None
