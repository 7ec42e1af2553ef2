"""The log: one small file an entry, numbered without gaps, each created only if its number is free."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dripline.errors import CannotRead
from dripline.store.durable import make_folder, put_if_absent, write_aside
from dripline.store.entries import AnyEntry, read, written
from dripline.store.home import Home

SUFFIX = ".json"


@dataclass(frozen=True, slots=True)
class Log:
    """The truth about what is accepted: a file is a fact when an entry names it, and not before."""

    home: Home

    def path(self, number: int) -> Path:
        """Where an entry lies."""
        return self.home.log / f"{number:08d}{SUFFIX}"

    def length(self) -> int:
        """How many entries there are; an error if one of the numbers below the last is missing."""
        found = self._numbers()
        last = max(found, default=0)
        # A listing may miss a file made while it runs, so what seems missing is asked for by name.
        gaps = [n for n in range(1, last) if n not in found and not self.path(n).exists()]
        if gaps:
            raise CannotRead(
                f"Entries {gaps[:5]} of {self.home.log} are missing though {last} is there. They were removed "
                "from outside: restore them from a copy of the data home."
            )
        return last

    def content(self, number: int) -> bytes:
        """The bytes of an entry."""
        try:
            return self.path(number).read_bytes()
        except OSError as error:
            raise CannotRead(f"{self.path(number)} cannot be read: {error.strerror}.") from error

    def entry(self, number: int) -> AnyEntry:
        """The entry with this number."""
        return read(self.content(number), str(self.path(number)))

    def write_aside(self, entry: AnyEntry) -> Path:
        """The entry's bytes, safe on the disk, not yet an entry."""
        make_folder(self.home.log)
        return write_aside(self.home.aside, written(entry))

    def append(self, aside: Path, number: int) -> bool:
        """Makes the bytes the entry of this number, in one step; False if another was faster."""
        return put_if_absent(aside, self.path(number))

    def _numbers(self) -> set[int]:
        try:
            names = os.listdir(self.home.log)
        except FileNotFoundError:
            return set()
        stems = (name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))
        return {int(stem) for stem in stems if stem.isdecimal()}
