"""What compiles make of accepted rows and use again, in a folder that can be thrown away at any time.

- A **dictionary** gives each different value a number. A number is never given twice, so rows once coded stay readable.
- A **part** is the coded rows of one scan, month and reporter, named by a digest of all they were made from; what is the
  same is found, and what has changed has another name.
- **Answers** are the sums and counts of a scan, beside the parts they were added up from.

Nothing is locked. A file gets its name when it is whole, by a link that is refused if the name is taken; who comes
second reads what the first one wrote. What has not been used for long goes first when the folder grows too large.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dripline.engines.data import Kept

LARGEST = 40 << 30
"""Bytes the folder may hold after a compile."""
STILL_IN_USE = 3600
"""Seconds for which nothing that was used is removed: another process may be reading it."""
ABOUT = "about.json"


@dataclass(frozen=True)
class CodedFiles:
    """The folder, and the accepted rows whose coded form it keeps."""

    folder: Path
    data: Kept
    worth_it: int = 4
    """Answers are corrected if at most one row of so many lies in a part that came or went; else added up anew."""

    # --- dictionaries ----------------------------------------------------------------------------

    def dictionary(self, name: str) -> list[Path]:
        """The files of a dictionary, in the order they were added."""
        return sorted((self.folder / "dictionaries" / name).glob("*.parquet"))

    def add_to(self, name: str, first: int, file: Path) -> bool:
        """Adds a file whose numbers begin at ``first``; False if another process was faster."""
        target = self.folder / "dictionaries" / name / f"{first:012d}.parquet"
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file, target)
        except FileExistsError:
            return False
        return True

    # --- parts -----------------------------------------------------------------------------------

    def part(self, digest: str) -> list[Path] | None:
        """The files of a part (none: it has no rows); None if it has not been made."""
        folder = self._part(digest)
        if not folder.is_dir():
            return None
        os.utime(folder)
        return sorted(folder.glob("*.parquet"))

    def keep_part(self, digest: str, made: Path) -> None:
        """Gives a folder of coded rows its lasting name."""
        _named(made, self._part(digest))

    def _part(self, digest: str) -> Path:
        return self.folder / "parts" / digest[:2] / digest

    # --- answers ---------------------------------------------------------------------------------

    def answers(self, question: str) -> Iterator[tuple[Path, Any]]:
        """The folders of answers to a question with what they were made from, the latest first."""
        found = (self.folder / "answers" / question).glob(f"*/{ABOUT}")
        for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True):
            about = json.loads(path.read_bytes())
            os.utime(path.parent)
            yield path.parent, about

    def keep_answers(self, question: str, name: str, made: Path, about: Any) -> None:
        """Gives a folder of answers its lasting name; older answers to the same question go."""
        (made / ABOUT).write_text(json.dumps(about))
        home = self.folder / "answers" / question
        before = list(home.glob("*"))
        _named(made, home / name)
        for folder in before:
            if folder.name != name and time.time() - folder.stat().st_mtime > STILL_IN_USE:
                shutil.rmtree(folder, ignore_errors=True)

    # --- the folder ------------------------------------------------------------------------------

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A folder for what is being made, on the same file system."""
        folder = self.folder / ".tmp" / f"{os.getpid()}-{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def trim(self, now: float, largest: int = LARGEST) -> None:
        """Removes what has not been used for longest until the folder is small enough; dictionaries stay."""
        folders = [*self.folder.glob("parts/*/*"), *self.folder.glob("answers/*/*")]
        used = sorted((folder.stat().st_mtime, _size(folder), folder) for folder in folders)
        total = sum(size for _, size, _ in used)
        for when, size, folder in used:
            if total <= largest or now - when < STILL_IN_USE:
                return
            shutil.rmtree(folder, ignore_errors=True)
            total -= size


def _named(made: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.rename(made, target)
    except OSError:
        if not target.is_dir():
            raise
        # Another process made the same from the same: either will do.


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())
