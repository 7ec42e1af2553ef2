"""Texts of one column to typed values: which are not written as the standard asks, and the values of the rest.

Each function answers ``(typed, broken)``: an Arrow array with the empty and the broken null, and the broken rows by rule.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dripline.engines.data import arrow_type
from dripline.intake.texts import NONE_SET, Mask, Rows, Texts, mask_of
from dripline.tables import Format

Broken = dict[str, Rows]
Typed = tuple[pa.Array, Broken]

ZERO, NINE, POINT, MINUS, HYPHEN = 0x30, 0x39, 0x2E, 0x2D, 0x2D
DAYS = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int32)
DAY_BYTES = 10
FIRST_DAY = (date.min - date(1970, 1, 1)).days


def numbers(texts: Texts, format: Format, sound: Mask) -> Typed:
    """Exact decimals and whole numbers (FMT-05), and those with more digits than we take (FMT-05b)."""
    rows, starts, ends = texts.spans(sound)
    negative = np.zeros(len(rows), np.bool_)
    if format.shape == "D":
        negative = texts.data[starts] == MINUS
    tail = format.decimals + 1 if format.decimals else 0
    digits = ends - starts - negative - tail
    placed = digits >= 1
    if tail:
        placed &= texts.data[np.maximum(ends - tail, 0)] == POINT
    wrong = ~placed | (digits > format.length) | _strange(texts, rows, placed, negative, bool(tail))
    if format.shape == "I":
        wrong |= digits != format.length
    first = np.minimum(starts + negative, max(len(texts.data) - 1, 0))
    wrong |= (texts.data[first] == ZERO) & (digits > 1)
    large = ~wrong & (digits > format.integer_digits)
    typed = _cast(texts, rows[~wrong & ~large], format)
    if negative.any():
        # "-0.00" is not canonical: nought has no sign.
        nought = pc.equal(typed, pa.scalar(0, pa.int64())).fill_null(False)
        wrong |= negative & nought.to_numpy(zero_copy_only=False)[rows]
        typed = _cast(texts, rows[~wrong & ~large], format)
    return typed, {"FMT-05": rows[wrong], "FMT-05b": rows[large]}


def _strange(texts: Texts, rows: Rows, placed: Mask, negative: Mask, point: bool) -> Mask:
    """Which values hold more than digits, the point in its place and the minus at the front."""
    other = (texts.data < ZERO) | (texts.data > NINE)
    allowed = negative.astype(np.int64) + int(point)
    if placed.all() and np.count_nonzero(other) == int(allowed.sum()):
        # Each value has its point and minus in place, and no byte is left over for anything else.
        return np.zeros(len(rows), np.bool_)
    each = np.bincount(texts.rows_at(np.flatnonzero(other)), minlength=len(texts))
    return np.asarray(each[rows] != allowed)


def _cast(texts: Texts, rows: Rows, format: Format) -> pa.Array:
    return texts.only(mask_of(rows, len(texts))).cast(arrow_type(format))


def days(texts: Texts, format: Format, sound: Mask) -> Typed:
    """Days of the calendar as YYYY-MM-DD (FMT-06)."""
    if bool((texts.lengths[sound] == DAY_BYTES).all()):
        try:
            typed = texts.only(sound).cast(pa.date32())
        except pa.ArrowInvalid:
            typed = None
        if typed is not None and _after_christ(typed):
            return typed, {}
    rows = np.flatnonzero(sound)
    wrong = texts.lengths[rows] != DAY_BYTES
    wrong[~wrong] = ~_real_days(texts, texts.offsets[rows[~wrong]])
    return _cast(texts, rows[~wrong], format), {"FMT-06": rows[wrong]}


def _after_christ(typed: pa.Array) -> bool:
    """The year 0000, which Arrow reads, is none of the calendar."""
    first = pc.min(typed).cast(pa.int32()).as_py()
    return first is None or bool(first >= FIRST_DAY)


def _real_days(texts: Texts, starts: NDArray[np.int32]) -> Mask:
    """Whether the ten bytes from each start are a day of the calendar."""
    if len(texts.data) == DAY_BYTES * len(starts):
        matrix = texts.data.reshape(-1, DAY_BYTES)
    else:
        matrix = texts.data[starts[:, None] + np.arange(DAY_BYTES, dtype=np.int32)]
    digits = (matrix - np.uint8(ZERO)).T
    good: Mask = (matrix[:, 4] == HYPHEN) & (matrix[:, 7] == HYPHEN)
    for place in (0, 1, 2, 3, 5, 6, 8, 9):
        good &= digits[place] <= 9
    wide = digits.astype(np.int32)
    year = wide[0] * 1000 + wide[1] * 100 + wide[2] * 10 + wide[3]
    month, day = wide[5] * 10 + wide[6], wide[8] * 10 + wide[9]
    good &= (year >= date.min.year) & (month >= 1) & (month <= 12) & (day >= 1)
    good &= day <= DAYS[np.clip(month, 0, 12)]
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    good &= (month != 2) | (day < 29) | leap
    return good


def words(texts: Texts, format: Format, sound: Mask) -> Typed:
    """Text as it stands."""
    return texts.only(sound), {}


def codes(texts: Texts, listed: pa.StringArray, sound: Mask) -> Typed:
    """Coded values as a dictionary of the list (FMT-07)."""
    index = pc.index_in(texts.only(sound), value_set=listed)
    if index.null_count == len(texts) - int(sound.sum()):
        return pa.DictionaryArray.from_arrays(index, listed), {}
    known = index.is_valid().to_numpy(zero_copy_only=False)
    return pa.DictionaryArray.from_arrays(index, listed), {"FMT-07": np.flatnonzero(sound & ~known)}


def code_parts(texts: Texts, listed: pa.StringArray, sound: Mask) -> Typed:
    """Comma-separated codes, each of the list (FMT-07)."""
    rows = np.flatnonzero(sound)
    parts = pc.split_pattern(texts.array.take(pa.array(rows)), ",")
    known = pc.is_in(parts.flatten(), value_set=listed).to_numpy(zero_copy_only=False)
    owner = pc.list_parent_indices(parts).to_numpy()
    wrong = rows[np.unique(owner[~known])] if not known.all() else NONE_SET
    return texts.only(sound & ~mask_of(wrong, len(texts))), {"FMT-07": wrong}


READERS: dict[str, Callable[[Texts, Format, Mask], Typed]] = {
    "decimal": numbers,
    "integer": numbers,
    "date": days,
    "text": words,
}
"""By kind of value."""
