"""The data home: one folder that holds everything a user's work has made."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dripline.errors import CannotRead, Refused
from dripline.store.durable import make_folder, put_if_absent, write_aside

FORMAT = 1
"""Raised when an older program could no longer read the home rightly."""
VARIABLE, USUAL = "DRIPLINE_HOME", "var"


@dataclass(frozen=True, slots=True)
class Home:
    """A data home that exists: its format version has been read."""

    path: Path

    @staticmethod
    def place(environment: Mapping[str, str] = os.environ) -> Path:
        """Where the home lies: DRIPLINE_HOME, else ``var`` in the present folder."""
        return Path(environment.get(VARIABLE) or USUAL)

    @classmethod
    def create(cls, path: Path) -> Home:
        """A new home in a new or empty folder; a home that is there already is opened."""
        mark = path / "home.json"
        if mark.is_file():
            return cls.open(path)
        if path.exists() and not path.is_dir():
            raise CannotRead(f"{path} is a file; a data home is a folder.")
        make_folder(path.absolute())
        if any(not found.name.startswith(".") for found in path.iterdir()) and not mark.is_file():
            raise Refused(
                f"{path} holds other files and is no data home. Name an empty or a new folder."
            )
        aside = write_aside(path / ".tmp", json.dumps({"format": FORMAT}).encode() + b"\n")
        try:
            put_if_absent(aside, mark)
        except OSError as error:
            raise CannotRead(
                f"{path}: a data home needs a file system with hard links; this one answers: {error.strerror}."
            ) from error
        finally:
            aside.unlink()
        return cls.open(path)

    @classmethod
    def open(cls, path: Path) -> Home:
        """The home in this folder; an error where there is none, so that no read makes an empty one."""
        mark = path / "home.json"
        try:
            version = json.loads(mark.read_bytes())["format"]
        except (FileNotFoundError, NotADirectoryError):
            raise CannotRead(
                f"There is no data home at {path}. Set {VARIABLE} to the folder of one, "
                "or accept a first package to make it."
            ) from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CannotRead(
                f"{mark} does not say which format the data home has: {error}."
            ) from error
        if version != FORMAT:
            raise CannotRead(
                f"The data home {path} has format {version}, this program reads format {FORMAT}. "
                "Use the program of the same version as the home."
            )
        return cls(path)

    @property
    def log(self) -> Path:
        """The entries of the log, one file each."""
        return self.path / "log"

    @property
    def facts(self) -> Path:
        """Accepted rows by table, period and reporter."""
        return self.path / "facts"

    @property
    def cache(self) -> Path:
        """What can be thrown away and made again."""
        return self.path / "cache"

    @property
    def aside(self) -> Path:
        """Files on their way to their names; leftovers of killed processes."""
        return self.path / ".tmp"

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """A folder for the rows of one delivery while it is checked, on the home's own file system."""
        folder = self.aside / f"staging-{os.getpid()}-{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
