"""Packages out of many files of many reporters: each read once, and the later one for the earlier (FILE-07)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from dripline.errors import CannotRead
from dripline.intake.archives import Bounds, Document, documents
from dripline.intake.check_file import CheckFile
from dripline.intake.names import DataName, read_name
from dripline.intake.wire import WORKERS, Package, read_document, replaced_package
from dripline.law import Law


def read_packages(
    files: Iterable[Path],
    into: Path,
    law: Law,
    *,
    on: date,
    province: str | None = None,
    workers: int = WORKERS,
) -> Iterator[Package]:
    """Every package in these files (.zip, .dat), one at a time and in their order.

    ``on`` is the day whose bounds hold; ``province`` ("41") marks rows of other regions as outside the scope. A file
    for which a later one of the same reporter, table and day is there comes back ``replaced`` and unread.
    """
    bounds = Bounds.of(law, on=on)
    into.mkdir(parents=True, exist_ok=True)
    held = [document for file in files for document in _opened(file, bounds)]
    last = latest(held)
    for document in held:
        name = _named(document)
        if name is not None and last[name.stem] is not document:
            yield replaced_package(document, into, by=last[name.stem])
        else:
            yield read_document(document, into, province=province, workers=workers)


def read_package(
    file: Path,
    into: Path,
    law: Law,
    *,
    on: date,
    province: str | None = None,
    workers: int = WORKERS,
) -> Package:
    """The package in one file; an archive with several is CannotRead: use ``read_packages``."""
    packages = list(read_packages((file,), into, law, on=on, province=province, workers=workers))
    if len(packages) != 1:
        raise CannotRead(f"{file.name} holds {len(packages)} packages where one was expected.")
    return packages[0]


def latest(held: Iterable[Document]) -> dict[str, Document]:
    """For each reporter, table and day the document written last, by its check file, then by its path."""
    last: dict[str, Document] = {}
    for document in sorted(held, key=_age):
        name = _named(document)
        if name is not None:
            last[name.stem] = document
    return last


def _opened(file: Path, bounds: Bounds) -> list[Document]:
    if not file.is_file():
        raise CannotRead(f"{file} is no file. Check the path.")
    return documents(file, bounds)


def _age(document: Document) -> tuple[datetime, str]:
    written = CheckFile.read(document.log).written
    return written or datetime.min, str(document.path)  # noqa: DTZ901 (as the tool's clock had it)


def _named(document: Document) -> DataName | None:
    name = read_name(document.dat or "")
    return name if isinstance(name, DataName) else None
