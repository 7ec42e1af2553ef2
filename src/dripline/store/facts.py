"""Files of accepted rows: never changed, never written over, each name used once."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Iterator
from pathlib import Path

from dripline.periods import Period
from dripline.store.durable import copy_aside, make_folder, put_if_absent, seal, sync
from dripline.store.home import Home

SUFFIX = ".parquet"


def place(
    home: Home, staged: Path, *, table: str, period: Period, reporter: str, version: int
) -> Path:
    """Gives staged rows a lasting name; they are facts only once an entry names it.

    The name ends in a random tail, so that two who make the same version at once, or one who comes after a killed
    one, never meet at a name, and a leftover being removed is never somebody's new file.
    """
    folder = home.facts / table / str(period) / reporter
    make_folder(folder)
    sync(staged)
    seal(staged)
    try:
        return _named(staged, folder, version)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
    # Staged on another file system, where no link reaches: the copy gets the name.
    copy = copy_aside(home.aside, staged)
    try:
        seal(copy)
        return _named(copy, folder, version)
    finally:
        copy.unlink()


def _named(source: Path, folder: Path, version: int) -> Path:
    while True:
        target = folder / f"v{version}-{secrets.token_hex(4)}{SUFFIX}"
        if put_if_absent(source, target):
            return target


def held_files(home: Home) -> Iterator[str]:
    """Every file of rows under the home, named in the log or not, as paths inside the home."""
    for path in sorted(home.facts.rglob(f"*{SUFFIX}")):
        yield path.relative_to(home.path).as_posix()
