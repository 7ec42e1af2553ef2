"""Files that are there whole or not at all, and stay after a loss of power: the only way the store writes.

A file is written under a name nobody reads, flushed to the disk, and then given its name by a hard link, which the
file system refuses if the name is taken. An object store has the same act under another name: put if absent.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path

WRITE_BITS = 0o222


def write_aside(folder: Path, content: bytes) -> Path:
    """A new file of this content, safe on the disk, under a name nobody reads."""
    path = _fresh(folder)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def copy_aside(folder: Path, source: Path) -> Path:
    """A copy of a file of another file system, where no link can reach."""
    path = _fresh(folder)
    with source.open("rb") as file, path.open("xb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
        copy.flush()
        os.fsync(copy.fileno())
    return path


def put_if_absent(source: Path, target: Path) -> bool:
    """Gives a complete file its lasting name; False if another file has the name already."""
    try:
        os.link(source, target)
    except FileExistsError:
        # A network file system may repeat a link whose answer was lost and then deny what it has done.
        if not os.path.samefile(source, target):
            return False
    sync(target.parent)
    return True


def replace(source: Path, target: Path) -> None:
    """Gives a complete file a name that may be taken: only for what can be thrown away and made again."""
    os.replace(source, target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Flushes a file's bytes, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal(path: Path) -> None:
    """Nobody writes into an accepted file any more."""
    path.chmod(path.stat().st_mode & ~WRITE_BITS)


def make_folder(path: Path) -> None:
    """The folder with its parents, each flushed into the folder above it."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync(path.parent)


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fresh(folder: Path) -> Path:
    make_folder(folder)
    return folder / f"{os.getpid()}-{secrets.token_hex(8)}"
