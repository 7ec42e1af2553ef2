"""Files on disk: under random names in the home, appended to where an upload broke off, read back under safe names."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.intake.names import read_name
from dripline.intake.receiving import PACKED, SHEETS, sheet_name
from dripline.store import Home
from dripline.words import Text

CHUNK = 1 << 20
ENDINGS = (*PACKED, ".log", *SHEETS)
LONGEST_NAME = 150
SAFE = re.compile(r"[^\w.()-]")


def home() -> Home:
    """The data home, made on the first upload of a new site."""
    return Home.create(Path(settings.DRIPLINE_HOME))


def place(stored: str) -> Path:
    """Where the bytes of a random name lie."""
    return Path(settings.MEDIA_ROOT) / stored[:2] / stored


def new() -> str:
    """An empty file under a random name."""
    home()
    stored = secrets.token_hex(20)
    path = place(stored)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    return stored


def length(stored: str) -> int:
    """How many bytes have come; this is where a broken upload goes on."""
    try:
        return place(stored).stat().st_size
    except FileNotFoundError:
        return 0


class Misplaced(Refused):
    """Bytes for another place than the one where the file ends."""


def append(stored: str, chunks: Iterable[bytes], *, offset: int, most: int) -> int:
    """Writes chunks at the end of a file, never beyond ``most`` bytes; the length then. One writer at a time."""
    with place(stored).open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise Misplaced(_("Another upload of this file is under way.")) from error
        at = file.seek(0, os.SEEK_END)
        if at != offset:
            raise Misplaced(_("The file goes on at byte %(at)s.") % {"at": at})
        for chunk in chunks:
            at += len(chunk)
            if at > most:
                file.truncate(offset)
                raise Refused(_("More bytes came than were announced; nothing was kept of them."))
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return at


def start_again(stored: str) -> None:
    """Empties a file whose bytes were not what was announced."""
    with place(stored).open("r+b") as file:
        file.truncate(0)


def drop(stored: str) -> None:
    """Removes a file that no delivery names any longer."""
    place(stored).unlink(missing_ok=True)


def digest(stored: str) -> str:
    """SHA-256 of a file's bytes."""
    with place(stored).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown_name(given: str) -> str:
    """What the sender called the file, as a name and never as a way: no folder, no control character, not too long."""
    last = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    last = "".join(c for c in last if c.isprintable()).strip(". ") or "file"
    stem, dot, ending = last.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{ending[:10]}" if dot else last[:LONGEST_NAME]


def why_no_such_file(name: str) -> str | None:
    """Why a file of this name is not taken; None if it is of a kind that is read."""
    if Path(name).suffix.lower() in ENDINGS:
        return None
    return _(
        "%(name)s is of no kind that is read here. Send packages (.zip), data files with their check files "
        "(.dat, .log) or sheets (.xlsx, .xls, .csv, .parquet)."
    ) % {"name": name}


def says(name: str) -> tuple[str, str, str]:
    """Reporter, table and period that a file's name names; empty where it names none."""
    stem, ending = Path(name).stem, Path(name).suffix.lower()
    if ending in SHEETS:
        named = sheet_name(Path(name))
        if named is None:
            return "", "", ""
        sender, table, day = named
        return sender, table.code, "" if day is None else f"{day:%Y-%m}"
    read = read_name(f"{stem}.dat")
    if isinstance(read, Text):
        return "", "", ""
    return read.reporter, read.table.code, str(read.period)


def linked(files: Iterable[tuple[str, str]], folder: Path) -> list[Path]:
    """The files (stored, name) under names that say which table they hold, for the reader; check files beside them."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (stored, name) in enumerate(files):
        safe = SAFE.sub("_", shown_name(name))
        path = folder / safe
        if path.exists():
            path = folder / f"{number}_{safe}"
        try:
            os.link(place(stored), path)
        except OSError:
            path.symlink_to(place(stored))
        if path.suffix.lower() != ".log":
            paths.append(path)
    return paths
