"""The .log beside a .dat: five lines that say what was written (FILE-02 to FILE-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from dripline.words import Text

LINES = 5
MISSING = Text(zh="缺少.log", en="the .log is missing")
NO_TEXT = Text(zh=".log不是UTF-8文本", en="the .log is no UTF-8 text")
COUNT = Text(zh="应为5行，实为{count}行", en="{count} lines instead of five")
DIFFERS = Text(zh="{what}：.dat实为{actual}", en="{what}: the .dat has {actual}")
WHAT = (
    Text(zh="文件名", en="name"),
    Text(zh="MD5", en="MD5"),
    Text(zh="字节数", en="size in bytes"),
    Text(zh="生成时间", en="time of writing"),
    Text(zh="记录数", en="number of records"),
)
NO_TIME = Text(zh="不是YYYY-MM-DD HH:MM:SS", en="not YYYY-MM-DD HH:MM:SS")
TOO_EARLY = Text(zh="早于数据日期{day}", en="before the data date {day}")


class Fault(NamedTuple):
    """A rule broken by the check file, the line it stands in, its value, and what is special."""

    code: str
    row: int | None
    value: str | None
    note: Text


@dataclass(frozen=True, slots=True)
class CheckFile:
    """The five lines of a .log, or why they cannot be read."""

    lines: tuple[str, ...]
    trouble: Text | None = None

    @classmethod
    def read(cls, raw: bytes | None) -> CheckFile:
        """A newline at the end, CR LF and a BOM are taken in silence."""
        if raw is None:
            return cls((), MISSING)
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return cls((), NO_TEXT)
        lines = tuple(line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))
        return cls(lines, None if len(lines) == LINES else COUNT.format(count=len(lines)))

    @property
    def written(self) -> datetime | None:
        """When the .dat was written, as the tool's clock had it; None if it does not say so."""
        if self.trouble or len(self.lines[3]) != 19:
            return None
        try:
            return datetime.strptime(self.lines[3], "%Y-%m-%d %H:%M:%S")  # noqa: DTZ007 (the tool's own clock)
        except ValueError:
            return None


def compare(
    log: CheckFile, *, name: str, md5: str, size: int, records: int, day: date | None
) -> Iterator[Fault]:
    """Every way in which the check file does not fit its .dat."""
    if log.trouble:
        yield Fault("FILE-02", None, None, log.trouble)
        return
    actual = (name, md5, str(size), None, str(records))
    for place, (line, is_) in enumerate(zip(log.lines, actual, strict=True)):
        if is_ is not None and not _same(line, is_, place):
            note = Text(
                zh=DIFFERS.zh.format(what=WHAT[place].zh, actual=is_),
                en=DIFFERS.en.format(what=WHAT[place].en, actual=is_),
            )
            yield Fault("FILE-03", place + 1, line, note)
    if log.written is None:
        yield Fault("FILE-04", 4, log.lines[3], NO_TIME)
    elif day is not None and log.written.date() < day:
        yield Fault("FILE-04", 4, log.lines[3], TOO_EARLY.format(day=day))


def _same(line: str, is_: str, place: int) -> bool:
    # The standard's example has a lower-case MD5; tools write both.
    return line == is_ or (place == 1 and line.lower() == is_)
