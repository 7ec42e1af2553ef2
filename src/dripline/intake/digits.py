"""Days and amounts read from where they lie in a block, eight bytes at a time.

Both answer None where a single value is anything but an ordinary one: the column is then read as text, which tells what
is wrong. So there is one judge of values, and this is the short way for those nobody objects to.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dripline.engines.data import arrow_type
from dripline.intake.lines import Lines, Span
from dripline.intake.texts import Mask
from dripline.tables import Format

Words = NDArray[np.uint64]
"""Eight bytes each, the first of them lowest."""

ZERO, POINT = 0x30, 0x2E
DAY_BYTES, WORD_BYTES, AMOUNT_BYTES = 10, 8, 16
HYPHENS = np.uint64(int.from_bytes(b"\0\0\0\0-\0\0-", "little"))
AT_HYPHENS = np.uint64(int.from_bytes(b"\0\0\0\0\xff\0\0\xff", "little"))
YEAR, MONTH, DAY = (np.uint64(0xFFFF_FFFF), np.uint64(0xFFFF << 32), np.uint64(0xFFFF << 48))
NO_DAY = -(1 << 30)
"""Two of them still fit 32 bits, and no day is near one."""
NOUGHTS = np.uint64(0x3030_3030_3030_3030)
SEVEN_PLACES = np.int64(10_000_000)
LAST_BYTES = np.array([(1 << 64) - (1 << 8 * (WORD_BYTES - n)) for n in range(9)], np.uint64)
"""Marks the last n of eight bytes."""


def days(lines: Lines, span: Span) -> pa.Array | None:
    """Days written YYYY-MM-DD, null where empty."""
    filled = span.lengths > 0
    starts = span.starts[filled]
    if not (span.lengths[filled] == DAY_BYTES).all():
        return None
    first, last = lines.eight(starts), lines.eight(starts + 2)
    digits = (first & YEAR) | ((first >> np.uint64(8)) & MONTH) | (last & DAY)
    if not ((first & AT_HYPHENS) == HYPHENS).all() or not _only_digits(digits):
        return None
    fours = _fours(digits)
    year = (fours & np.uint64(0xFFFF)).astype(np.int64)
    day = (fours >> np.uint64(32)).astype(np.int64)
    of_years, leap, of_days = _calendar()
    found = of_years[year] + of_days[leap[year] + day]
    if found.min(initial=0) < NO_DAY // 2:
        return None
    typed = np.zeros(len(filled), np.int32)
    typed[filled] = found
    return pa.Array.from_buffers(pa.date32(), len(filled), [_validity(filled), pa.py_buffer(typed)])


@cache
def _calendar() -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """Days since 1970 by year, where the days of a year of its length begin, and by month and day (MMDD) the days
    before it, first of a common year, then of a leap year; ``NO_DAY`` for what is none.
    """
    starts = np.arange("0001", "10001", dtype="datetime64[Y]").astype("datetime64[D]").astype(int)
    of_years = np.full(10_000, NO_DAY, np.int32)
    of_years[1:] = starts[:-1]
    leap = np.zeros(10_000, np.int64)
    leap[1:] = 10_000 * (np.diff(starts) == 366)
    of_days = np.full(20_000, NO_DAY, np.int32)
    for year in (2023, 2024):
        count = int(starts[year] - starts[year - 1])
        each = starts[year - 1] + np.arange(count)
        dates = each.astype("datetime64[D]")
        month = dates.astype("datetime64[M]")
        number = (month.astype(int) % 12 + 1) * 100 + (dates - month).astype(int) + 1
        of_days[leap[year] + number] = np.arange(count)
    return of_years, leap, of_days


def amounts(lines: Lines, span: Span, format: Format) -> pa.Array | None:
    """Decimals without a sign, of up to sixteen bytes, null where empty."""
    filled = span.lengths > 0
    lengths = span.lengths[filled]
    places = lengths - (format.decimals + 1)
    most = min(format.integer_digits, format.length)
    longest = lengths.max(initial=0)
    if longest > AMOUNT_BYTES or places.min(initial=1) < 1 or places.max(initial=0) > most:
        return None
    ends, starts = span.ends[filled], span.starts[filled]
    if ((lines.data[starts] == ZERO) & (places > 1)).any():
        return None
    last = _only(lines.eight(ends - WORD_BYTES), np.minimum(lengths, WORD_BYTES))
    at_point = np.uint64(8 * (WORD_BYTES - 1 - format.decimals))
    before = np.uint64((1 << int(at_point)) - 1)
    digits = (
        ((last & before) << np.uint64(8)) | (last & LAST_BYTES[format.decimals]) | np.uint64(ZERO)
    )
    if not ((last >> at_point) & np.uint64(0xFF) == POINT).all() or not _only_digits(digits):
        return None
    found = _eights(digits)
    if longest > WORD_BYTES:
        more = _only(lines.eight(ends - AMOUNT_BYTES), np.maximum(lengths - WORD_BYTES, 0))
        if not _only_digits(more):
            return None
        found += _eights(more) * SEVEN_PLACES
    wide = np.zeros((len(filled), 2), np.int64)
    wide[filled, 0] = found
    buffers = [_validity(filled), pa.py_buffer(wide)]
    return pa.Array.from_buffers(arrow_type(format), len(filled), buffers)


def _only(words: Words, lengths: NDArray[np.int64]) -> Words:
    """The last bytes of each word, noughts before them."""
    kept = LAST_BYTES[lengths]
    return (words & kept) | (NOUGHTS & ~kept)


def _only_digits(words: Words) -> bool:
    """Whether every byte is a digit: its high half is 3, and stays 3 when 6 is added."""
    high, six = np.uint64(0xF0F0_F0F0_F0F0_F0F0), np.uint64(0x0606_0606_0606_0606)
    return bool((((words & high) == NOUGHTS) & (((words + six) & high) == NOUGHTS)).all())


def _fours(words: Words) -> Words:
    """The numbers of the first four and of the last four digits, in the low and the high half."""
    twos = ((words & np.uint64(0x0F0F_0F0F_0F0F_0F0F)) * np.uint64(10 * 256 + 1)) >> np.uint64(8)
    twos &= np.uint64(0x00FF_00FF_00FF_00FF)
    fours: Words = (twos * np.uint64(100 * 65_536 + 1)) >> np.uint64(16)
    return fours & np.uint64(0x0000_FFFF_0000_FFFF)


def _eights(words: Words) -> NDArray[np.int64]:
    """The number that eight digits write."""
    found = (_fours(words) * np.uint64(10_000 * (1 << 32) + 1)) >> np.uint64(32)
    return found.astype(np.int64)


def _validity(filled: Mask) -> pa.Buffer | None:
    return None if filled.all() else pa.py_buffer(np.packbits(filled, bitorder="little"))
