"""The wire format: one table's lines as ``.dat`` and ``.log`` in a zip, the same bytes for the same lines."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import md5
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dripline.periods import Period


@dataclass(slots=True)
class Package:
    """What goes into a zip: names and bytes of its files, in order."""

    stem: str
    files: dict[str, bytes]

    def write(self, folder: Path) -> Path:
        """Writes ``<stem>.zip``; the time inside is that of the check file, never that of writing."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.stem}.zip"
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            for name, content in self.files.items():
                entry = ZipInfo(name, (2026, 1, 1, 0, 0, 0))
                entry.compress_type = ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, content)
        return path


def stem_of(reporter: str, table: str, month: Period) -> str:
    """The file name without its ending: reporter, table, last day of the month."""
    return f"{reporter}_{table}_{month.last_day:%Y%m%d}"


def made_at(month: Period) -> str:
    """When the check file says it was made: the third day after the month."""
    return f"{month.shift(1).first_day:%Y-%m}-03 09:12:44"


def check_file(name: str, content: bytes, records: int, made: str) -> bytes:
    """The five lines of a ``.log``, without a line end after the last."""
    digest = md5(content, usedforsecurity=False).hexdigest()
    return "\n".join((name, digest, str(len(content)), made, str(records))).encode()


def pack(reporter: str, table: str, month: Period, lines: list[str]) -> Package:
    """A sound package; no lines make an empty file, which says that there was no business."""
    stem = stem_of(reporter, table, month)
    content = "\n".join(lines).encode()
    log = check_file(f"{stem}.dat", content, len(lines), made_at(month))
    return Package(stem, {f"{stem}.dat": content, f"{stem}.log": log})
