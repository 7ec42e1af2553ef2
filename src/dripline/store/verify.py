"""Whether the store still holds what it accepted: hashes, numbers, leftovers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dripline import __version__
from dripline.errors import CannotRead
from dripline.store.durable import sha256_of
from dripline.store.entries import Entry, Sweep, day_in_china, digest, read
from dripline.store.facts import held_files
from dripline.store.home import Home
from dripline.store.index import Index
from dripline.store.log import Log
from dripline.words import Text

A_DAY = timedelta(days=1)
CHANGED = Text(zh="内容与接收时不一致", en="is not what was accepted")
MISSING = Text(zh="文件缺失", en="is missing")
UNCHAINED = Text(
    zh="与前一条记录不衔接：其中一条被改动",
    en="does not follow from the entry before: one of the two was changed",
)
MISNUMBERED = Text(zh="版本号不连续", en="skips or repeats a version")
CLOCK = Text(
    zh="接收时刻早于前一条记录一天以上，请核对时钟",
    en="was received more than a day before its forerunner: look at the clock",
)


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was accepted: where, and what is wrong with it. Mended from a copy of the home."""

    where: str
    says: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """What a look at every byte of the store has found."""

    entries: int
    files: int
    damage: tuple[Damage, ...]
    leftovers: tuple[str, ...]
    """Rows that no entry names: a process was killed, or is at work. Harmless; a sweep removes them."""

    @property
    def sound(self) -> bool:
        """Nothing is damaged; leftovers do no harm."""
        return not self.damage


def verify(home: Home) -> Verification:
    """Reads the whole log and hashes every accepted file."""
    log = Log(home)
    length = log.length()
    damage: list[Damage] = []
    entries = list(_entries(log, length, damage))
    named: set[str] = set()
    versions: dict[tuple[str, str, str], int] = {}
    for entry in entries:
        for each in entry.tables:
            named.add(each.file)
            unit = (each.table, str(entry.period), entry.reporter)
            if each.version != versions.get(unit, 0) + 1:
                damage.append(Damage(log.path(entry.number).name, MISNUMBERED))
            versions[unit] = each.version
            path = home.path / each.file
            if not path.is_file():
                damage.append(Damage(each.file, MISSING))
            elif sha256_of(path) != each.sha256:
                damage.append(Damage(each.file, CHANGED))
    found = set(held_files(home)) if home.facts.is_dir() else set()
    return Verification(length, len(named), tuple(damage), tuple(sorted(found - named)))


def _entries(log: Log, length: int, damage: list[Damage]) -> Iterator[Entry]:
    """The deliveries of the log; the chain of hashes is followed on the way."""
    previous, last = "", None
    for number in range(1, length + 1):
        path = log.path(number)
        content = log.content(number)
        try:
            entry = read(content, str(path))
        except CannotRead:
            damage.append(Damage(path.name, CHANGED))
            previous, last = digest(content), None
            continue
        if (entry.number, entry.previous) != (number, previous):
            damage.append(Damage(path.name, UNCHAINED))
        if last is not None and entry.received < last - A_DAY:
            damage.append(Damage(path.name, CLOCK))
        previous, last = digest(content), entry.received
        if isinstance(entry, Entry):
            yield entry


def sweep(home: Home, *, now: datetime, by: str) -> tuple[str, ...]:
    """Removes leftovers of killed processes and gives their names.

    The files are named in the log first. Whoever is accepting at this moment and has placed one of them either gets
    its number before (then it is no leftover and the sweep looks again) or finds it named and places it anew.
    """
    log = Log(home)
    while True:
        index = Index.of(home)
        named = set(index.rows["file"].to_pylist())
        leftovers = (
            tuple(f for f in held_files(home) if f not in named) if home.facts.is_dir() else ()
        )
        if not leftovers or _announced(log, index, leftovers, now=now, by=by):
            break
    for file in leftovers:
        (home.path / file).unlink(missing_ok=True)
    _clear(home.aside)
    return leftovers


def _announced(log: Log, index: Index, files: tuple[str, ...], *, now: datetime, by: str) -> bool:
    today = day_in_china(now)
    entry = Sweep(
        number=index.number + 1,
        previous=index.last,
        files=files,
        received=now,
        accepted_on=max(today, index.last_day or today),
        by=by,
        program=__version__,
    )
    aside = log.write_aside(entry)
    try:
        return log.append(aside, entry.number)
    finally:
        aside.unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Removes files on their way to a name that have lain for a day: who wrote them is dead or has failed."""
    if not folder.is_dir():
        return
    # The age of a file is a fact of this machine's disk, not of statistics: it is measured by the machine's clock.
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime < A_DAY.total_seconds():
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
