"""The bytes of a .dat file as blocks of whole lines, and the fields of a block, exact to the byte."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

LINE_BYTES_MAX = 1 << 20
"""A longer line is no record of any table: it is reported and skipped, so that memory stays bounded."""
LF, CR, BAR = 10, 13, 124
KEY_BYTES = 8
MASKS = np.array([(1 << 8 * length) - 1 for length in range(KEY_BYTES + 1)], np.uint64)
USUAL_BYTES = (32 << 20) - (8 << 10)
"""A little less than the largest piece that glibc takes for usual."""
WORDS_BYTES = 64
"""The longest values that are told apart by numbers of eight bytes: longer ones are not worth it."""
BOM = b"\xef\xbb\xbf"
BEFORE, AFTER = b" " * 31 + b"\n", b" " * 8
"""Around the bytes of a block: a line end before its first line, and room to read eight bytes from any place."""
Places = NDArray[np.int64]
"""Positions among the padded bytes of a block; of the machine's width, as numpy copies narrower ones to use them."""


Bytes = bytes | memoryview


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each with its LF (one is added after the last of the file); ``first_byte`` is their place.

    They come in ``parts`` as they were read: whoever works on the block puts them together, and no thread does for all.
    ``overlong`` marks the beginning of one line over ``LINE_BYTES_MAX``.
    """

    parts: tuple[Bytes, ...]
    first_byte: int
    overlong: bool = False

    @property
    def raw(self) -> bytes:
        """All the bytes."""
        return b"".join(self.parts)


def blocks(chunks: Iterable[bytes]) -> Iterator[Block]:
    """Cuts a stream into blocks of whole lines; a last line without LF counts as a line."""
    rest, at, skipping = b"", 0, False
    for chunk in chunks:
        if skipping:
            end = chunk.find(b"\n") + 1
            at += end or len(chunk)
            if not end:
                continue
            chunk, skipping = chunk[end:], False
        cut = chunk.rfind(b"\n") + 1
        if cut:
            yield Block((rest, memoryview(chunk)[:cut]), at)
            rest, at = chunk[cut:], at + len(rest) + cut
        else:
            rest += chunk
        if len(rest) > LINE_BYTES_MAX:
            yield Block((rest[:LINE_BYTES_MAX], b"\n"), at, overlong=True)
            rest, at, skipping = b"", at + len(rest), True
    if rest:
        yield Block((rest, b"\n"), at)


@dataclass(frozen=True, slots=True)
class Span:
    """Where the values of one column begin and end among the bytes of a block, and how long they are."""

    starts: Places
    ends: Places
    lengths: Places

    @property
    def blank(self) -> bool:
        """Whether every value is empty."""
        return not self.lengths.any()

    def at(self, rows: Places) -> Span:
        """Of these rows alone."""
        return Span(self.starts[rows], self.ends[rows], self.lengths[rows])


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines and fields of a block lie among its padded bytes.

    ``places`` are the separators, the LF before the first line included, so that field ``f`` lies between two
    neighbours; ``ends`` is where each field ends, which a CR before the LF moves. ``first`` is each line's first field,
    ``fields`` how many it has. ``table``: the ends by column, where all lines have the same number of fields.
    """

    padded: bytes
    data: NDArray[np.uint8]
    places: Places
    ends: Places
    first: Places
    fields: Places
    table: NDArray[np.int64] | None
    with_cr: int
    with_nul: bool

    @classmethod
    def of(cls, *raw: Bytes) -> Lines:
        """Finds every separator of a block of whole lines, which may come in parts."""
        padded = b"".join((BEFORE, *raw, AFTER))
        data = np.frombuffer(padded, np.uint8)
        at_end = data == LF
        places = np.flatnonzero(at_end | (data == BAR))
        ends, with_cr = places[1:], 0
        table = (
            None if b"\r" in padded else _by_column(data, ends, int(np.count_nonzero(at_end)) - 1)
        )
        if table is not None:
            width, count = table.shape
            first, fields = np.arange(count) * width, np.full(count, width)
        else:
            last = np.flatnonzero(data[ends] == LF)
            first = np.concatenate(([0], last[:-1] + 1))
            fields = last - first + 1
            if b"\r" in padded:
                ends = ends.copy()
                with_cr = _without_cr(data, places, ends, last)
        return cls(padded, data, places, ends, first, fields, table, with_cr, b"\0" in padded)

    @property
    def count(self) -> int:
        """Lines in the block."""
        return len(self.first)

    def line(self, number: int) -> bytes:
        """The bytes of one line (from 0), without its end."""
        first = self.first[number]
        return self.padded[self.places[first] + 1 : self.ends[first + self.fields[number] - 1]]

    def column(self, place: int, chosen: NDArray[np.bool_]) -> Span:
        """One field (from 0) of each of the chosen lines."""
        if self.table is not None and chosen.all():
            ends = self.table[place]
            starts = self.table[place - 1] + 1 if place else self.places[self.first] + 1
        else:
            fields = self.first[chosen] + place
            starts, ends = self.places[fields] + 1, self.ends[fields]
        return Span(starts, ends, ends - starts)

    def eight(self, places: Places) -> NDArray[np.uint64]:
        """The eight bytes from each place on as a number, the first byte its lowest."""
        # A view that overlaps itself: it copies nothing.
        words = np.ndarray((len(self.padded) - 7,), "<u8", self.padded, strides=(1,))
        found: NDArray[np.uint64] = words[places]
        return found

    def keys(self, span: Span) -> NDArray[np.uint64] | None:
        """The bytes of each of these short values as one number (``key_of``), 0 where empty.

        None if a value is longer than eight bytes, or the block holds a NUL, which would pass for nothing.
        """
        words = self.words(span, KEY_BYTES)
        return None if words is None else words[0]

    def words(self, span: Span, longest: int = WORDS_BYTES) -> list[NDArray[np.uint64]] | None:
        """The bytes of each of these values as numbers of eight bytes each, 0 after its end; None as for ``keys``."""
        length = int(span.lengths.max(initial=0))
        if self.with_nul or length > longest:
            return None
        alike, last = span.lengths.min(initial=length) == length, len(self.padded) - KEY_BYTES
        words = []
        for at in range(0, max(length, 1), KEY_BYTES):
            word = self.eight(np.minimum(span.starts + at, last) if at else span.starts)
            left = length - at if alike else span.lengths - at
            word &= MASKS[np.minimum(np.maximum(left, 0), KEY_BYTES)]
            words.append(word)
        return words

    def texts(self, span: Span) -> pa.StringArray:
        """The values as text of their own."""
        length = int(span.lengths.max(initial=0))
        if 8 <= length <= 32 and length == span.lengths.min():
            return self._alike(span.starts, length)
        count = len(span.starts)
        offsets = np.empty(2 * count + 1, np.int32)
        offsets[0:-1:2], offsets[1::2], offsets[-1] = span.starts, span.ends, len(self.padded)
        buffers = pa.py_buffer(offsets), pa.py_buffer(self.padded)
        # Between two values stands what is between them in the file, so values have the even places.
        return pa.StringArray.from_buffers(2 * count, *buffers).take(pa.array(np.arange(count) * 2))

    def _alike(self, starts: Places, length: int) -> pa.StringArray:
        """Values of one length: copied eight bytes at a time, the last eight over the end of those before."""
        parts = [*range(0, length - 7, 8), *([length - 8] if length % 8 else [])]
        names = [f"p{part}" for part in parts]
        copied = np.empty(
            len(starts),
            np.dtype(
                {
                    "names": names,
                    "formats": ["<u8"] * len(parts),
                    "offsets": parts,
                    "itemsize": length,
                }
            ),
        )
        for name, part in zip(names, parts, strict=True):
            copied[name] = self.eight(starts + part)
        offsets = np.arange(len(starts) + 1, dtype=np.int32) * np.int32(length)
        return pa.StringArray.from_buffers(len(starts), pa.py_buffer(offsets), pa.py_buffer(copied))


def _by_column(data: NDArray[np.uint8], ends: Places, count: int) -> NDArray[np.int64] | None:
    """The ends of fields by column and line; None where lines differ in how many fields they have."""
    width, over = divmod(len(ends), count)
    if over or not (data[ends[width - 1 :: width]] == LF).all():
        return None  # as many line ends as lines, all in their places: nowhere else can one be
    return np.ascontiguousarray(ends.reshape(count, width).T)


def _without_cr(
    data: NDArray[np.uint8], places: Places, ends: Places, last: NDArray[np.int64]
) -> int:
    """Takes a CR before the LF out of the last field of each line; how many lines had one."""
    ending = last[(ends[last] > places[last] + 1) & (data[ends[last] - 1] == CR)]
    ends[ending] -= 1
    return len(ending)


def keep_freed_memory() -> None:
    """Lets the process keep the memory of a block for the next one, where the C library is glibc.

    It gives freed arrays of some megabytes back to the system each time, and new pages cost a tenth of all reading. The
    size of the largest piece ever freed, up to 32 MB, is what it takes for usual from then on (mallopt(3), dynamic
    threshold); nothing is written to the piece, so it is never there in earnest.
    """
    np.empty(USUAL_BYTES, np.uint8)


def key_of(text: str) -> int | None:
    """The number that stands for a short text (see ``Lines.keys``); None if it has more than eight bytes."""
    raw = text.encode()
    return int.from_bytes(raw, "little") if len(raw) <= KEY_BYTES else None
