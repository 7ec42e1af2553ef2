"""A column of values as text: lengths in bytes and single characters, asked for all rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dripline.tables import Format

Rows = NDArray[np.int64]
"""Row numbers from 0, rising."""
Mask = NDArray[np.bool_]

SPACE, QUOTE, DELETE = 0x20, 0x22, 0x7F
NONE_SET: Rows = np.empty(0, np.int64)


@dataclass(frozen=True)
class Texts:
    """One column as text; an empty text is an empty field. ``data`` holds the bytes of all values on end."""

    array: pa.StringArray
    offsets: NDArray[np.int32] = field(init=False)
    data: NDArray[np.uint8] = field(init=False)
    lengths: NDArray[np.int32] = field(init=False)

    def __post_init__(self) -> None:
        array = self.array
        assert array.null_count == 0
        assert array.offset == 0
        _, offsets, data = array.buffers()
        ends = np.zeros(1, np.int32)
        if offsets is not None and len(array):
            ends = np.frombuffer(offsets, np.int32, len(array) + 1)
        used = np.frombuffer(data, np.uint8, ends[-1]) if ends[-1] else np.empty(0, np.uint8)
        assert ends[0] == 0
        object.__setattr__(self, "offsets", ends)
        object.__setattr__(self, "data", used)
        object.__setattr__(self, "lengths", np.diff(ends))

    def __len__(self) -> int:
        return len(self.array)

    @property
    def filled(self) -> Mask:
        """Which rows have a value."""
        return self.lengths > 0

    def spans(self, chosen: Mask) -> tuple[Rows, NDArray[np.int64], NDArray[np.int64]]:
        """The chosen rows, and where each begins and ends in ``data``."""
        # Numbers of the machine's own width: numpy would copy narrower ones at each use as an index.
        if chosen.all():
            places = self.offsets.astype(np.int64)
            return np.arange(len(self)), places[:-1], places[1:]
        rows = np.flatnonzero(chosen)
        return rows, self.offsets[rows].astype(np.int64), self.offsets[rows + 1].astype(np.int64)

    def rows_with(self, byte: Mask) -> Rows:
        """The rows that hold a byte marked in ``byte`` (as long as ``data``)."""
        at = np.flatnonzero(byte)
        return np.unique(self.rows_at(at)) if len(at) else NONE_SET

    def rows_at(self, places: NDArray[np.int64]) -> Rows:
        """The row each place in ``data`` belongs to."""
        return np.searchsorted(self.offsets, places, side="right").astype(np.int64) - 1

    def byte_at(self, places: NDArray[np.int32]) -> NDArray[np.uint8]:
        """The bytes at these places of ``data``."""
        return self.data[places]

    def untidy(self) -> Rows:
        """Rows with a control character, a double quote, or a space at either end."""
        data = self.data
        if not len(data) or (data.min() > QUOTE and not (data == DELETE).any()):
            return NONE_SET
        control = self.rows_with((data < SPACE) | (data == DELETE) | (data == QUOTE))
        if not (data == SPACE).any():
            return control
        filled = np.flatnonzero(self.filled)
        first, last = self.offsets[filled], self.offsets[filled + 1] - 1
        spaced = filled[(data[first] == SPACE) | (data[last] == SPACE)]
        return np.union1d(control, spaced)

    def with_any(self, *characters: str) -> Rows:
        """Rows that hold one of these characters."""
        if not len(self.data):
            return NONE_SET
        low, high = self.data.min(), self.data.max()
        sought = [one for c in characters if low <= (one := c.encode())[0] <= high]
        found = [self._with_character(one) for one in sought]
        return np.unique(np.concatenate(found)) if found else NONE_SET

    def _with_character(self, sought: bytes) -> Rows:
        # Valid UTF-8: a character's bytes occur nowhere but in that character, and never across two values.
        data, span = self.data, len(sought)
        if len(data) < span:
            return NONE_SET
        here = data[: len(data) - span + 1] == sought[0]
        for place, byte in enumerate(sought[1:], 1):
            if not here.any():
                return NONE_SET
            here = here & (data[place : len(data) - span + 1 + place] == byte)
        return self.rows_with(here)

    def only(self, keep: Mask) -> pa.StringArray:
        """The same texts, null where ``keep`` is false; the bytes are shared."""
        if keep.all():
            return self.array
        bits = pa.py_buffer(np.packbits(keep, bitorder="little"))
        _, offsets, data = self.array.buffers()
        return pa.StringArray.from_buffers(len(self.array), offsets, data, bits)


@dataclass(frozen=True, slots=True)
class Few:
    """A column of few different values: for each row the place of its value, null where empty, and the values."""

    places: pa.Int32Array
    values: Texts


Keys = NDArray[np.uint64]
"""Eight bytes of each value as a number."""
SHIFTED, ODD = np.uint64(29), np.uint64(0x9E37_79B9_7F4A_7C15)
SAMPLE = 1024
"""Rows looked at before a column is taken to have few different values, or many."""


def few_keys(words: Sequence[Keys]) -> Few | None:
    """Values as a few different ones by their bytes (``lines.Lines.words``); None where two cannot be told apart."""
    empty = words[0] == 0
    encoded = pa.array(mixed(words), mask=empty if empty.any() else None).dictionary_encode()
    filled, places = np.flatnonzero(~empty), encoded.indices.drop_null().to_numpy()
    one_each = np.empty(len(encoded.dictionary), np.int64)
    one_each[places] = filled
    different = np.stack([word[one_each] for word in words], axis=1)
    if len(words) > 1:
        for place, word in enumerate(words):
            if not (word[filled] == different[places, place]).all():
                return None
    # Bytes of a fixed length end where their NULs begin, and no value holds one.
    texts = different.astype("<u8").view(f"S{8 * len(words)}").ravel().tolist()
    return Few(encoded.indices, Texts(pa.array([one.decode() for one in texts], pa.string())))


def mixed(words: Sequence[Keys]) -> Keys:
    """One number for all words of a value: the word itself where there is one, else most often another for another value."""
    number = words[0]
    for word in words[1:]:
        number = (number ^ (number >> SHIFTED)) * ODD + word
    return number


def few_words(texts: Texts) -> Few | None:
    """Values of any length as a few different ones; None if a sample hardly repeats itself."""
    few = texts.array.take(pa.array(sample(len(texts))))
    if not repeats(pc.count_distinct(few).as_py(), len(texts)):
        return None
    encoded = texts.only(texts.filled).dictionary_encode()
    return Few(encoded.indices, Texts(encoded.dictionary))


def sample(count: int) -> Rows:
    """Some rows from all over a block."""
    return np.arange(0, count, max(1, count // SAMPLE))


def repeats(different: int, count: int) -> bool:
    """Whether a sample with so many different values speaks for few of them in so many rows."""
    return 2 * different <= min(count, SAMPLE)


class RowsOfText(Protocol):
    """Some rows of a table as text, by column. A column that the file's layout lacks is not in it."""

    @property
    def numbers(self) -> pa.Int64Array:
        """The number of each row in its file."""
        ...

    def __contains__(self, name: object) -> bool: ...

    def texts(self, name: str) -> Texts:
        """The values of a column."""
        ...

    def keys(self, name: str) -> NDArray[np.uint64] | None:
        """The values as numbers (``lines.key_of``) where that is cheap, else None."""
        ...

    def few(self, name: str) -> Few | None:
        """The values as a few different ones where that is cheap, else None."""
        ...

    def typed(self, name: str, format: Format) -> pa.Array | None:
        """Days and amounts, null where empty, if all are sound and this is cheap, else None."""
        ...

    def blank(self, name: str) -> bool:
        """Whether the column is empty in every row."""
        ...


@dataclass(frozen=True)
class TextRows:
    """Rows as text in memory: row numbers in the file, and by column name the values ("" where empty)."""

    numbers: pa.Int64Array
    columns: Mapping[str, pa.StringArray]

    def __contains__(self, name: object) -> bool:
        return name in self.columns

    def texts(self, name: str) -> Texts:
        """The values of a column."""
        return Texts(self.columns[name])

    def keys(self, name: str) -> NDArray[np.uint64] | None:
        """Not cheaper than the texts themselves."""
        return None

    def few(self, name: str) -> Few | None:
        """Not cheaper than the texts themselves."""
        return None

    def typed(self, name: str, format: Format) -> pa.Array | None:
        """Not cheaper than the texts themselves."""
        return None

    def blank(self, name: str) -> bool:
        """Whether the column is empty in every row."""
        return not len(self.texts(name).data)


def mask_of(rows: Rows, count: int) -> Mask:
    """The rows as a mask."""
    mask = np.zeros(count, np.bool_)
    mask[rows] = True
    return mask
