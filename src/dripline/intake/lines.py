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
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each with its LF (one is added after the last of the file); ``first_byte`` is their place.

    ``overlong`` marks the beginning of one line over ``LINE_BYTES_MAX``.
    """

    raw: bytes
    first_byte: int
    overlong: bool = False


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
            raw = b"".join((rest, memoryview(chunk)[:cut]))
            yield Block(raw, at)
            rest, at = chunk[cut:], at + len(raw)
        else:
            rest += chunk
        if len(rest) > LINE_BYTES_MAX:
            yield Block(rest[:LINE_BYTES_MAX] + b"\n", at, overlong=True)
            rest, at, skipping = b"", at + len(rest), True
    if rest:
        yield Block(rest + b"\n", at)


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines and fields of a block lie: every separator, and for each line its first and last one.

    ``fields`` counts the fields of each line; ``with_cr`` the lines that end in CR LF (the CR belongs to no field).
    """

    raw: bytes
    padded: bytes
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first: NDArray[np.int64]
    fields: NDArray[np.int64]
    with_cr: int
    with_nul: bool

    @classmethod
    def of(cls, raw: bytes) -> Lines:
        """Finds every separator of a block of whole lines."""
        data = np.frombuffer(raw, np.uint8)
        places = np.flatnonzero((data == BAR) | (data == LF))
        last = np.flatnonzero(data[places] == LF)
        ends = places.astype(np.int32)
        starts = np.empty_like(ends)
        starts[0], starts[1:] = 0, ends[:-1] + 1
        first = np.empty_like(last)
        first[0], first[1:] = 0, last[:-1] + 1
        with_cr = _without_cr(data, starts, ends, last) if b"\r" in raw else 0
        return cls(
            raw, raw + bytes(8), starts, ends, first, last - first + 1, with_cr, b"\0" in raw
        )

    @property
    def count(self) -> int:
        """Lines in the block."""
        return len(self.first)

    def line(self, number: int) -> bytes:
        """The bytes of one line (from 0), without its end."""
        first = self.first[number]
        last = first + self.fields[number] - 1
        return self.raw[self.starts[first] : self.ends[last]]

    def lengths(self, fields: NDArray[np.int64]) -> NDArray[np.int32]:
        """Bytes of each of these fields (by their place among all fields of the block)."""
        return self.ends[fields] - self.starts[fields]

    def keys(self, fields: NDArray[np.int64]) -> NDArray[np.uint64] | None:
        """The bytes of each of these short fields as one number (``key_of``), 0 where empty.

        None if a field is longer than eight bytes, or the block holds a NUL, which would pass for nothing.
        """
        lengths = self.lengths(fields)
        longest = lengths.max(initial=0)
        if self.with_nul or longest > KEY_BYTES:
            return None
        # Eight bytes from any place on, as a number: the view overlaps itself and copies nothing.
        words = np.ndarray((len(self.raw),), "<u8", self.padded, strides=(1,))
        keys: NDArray[np.uint64] = words[self.starts[fields]]
        keys &= MASKS[longest] if lengths.min(initial=longest) == longest else MASKS[lengths]
        return keys

    def cells(self) -> pa.StringArray:
        """Every field of the block with the separator after it, alternating, without copying a byte."""
        offsets = np.empty(2 * len(self.ends) + 1, np.int32)
        offsets[0:-1:2], offsets[1::2], offsets[-1] = self.starts, self.ends, len(self.raw)
        buffers = pa.py_buffer(offsets), pa.py_buffer(self.raw)
        return pa.StringArray.from_buffers(2 * len(self.ends), *buffers)


def _without_cr(
    data: NDArray[np.uint8],
    starts: NDArray[np.int32],
    ends: NDArray[np.int32],
    last: NDArray[np.int64],
) -> int:
    """Takes a CR before the LF out of the last field of each line; how many lines had one."""
    ending = last[(ends[last] > starts[last]) & (data[ends[last] - 1] == CR)]
    ends[ending] -= 1
    return len(ending)


def key_of(text: str) -> int | None:
    """The number that stands for a short text (see ``Lines.keys``); None if it has more than eight bytes."""
    raw = text.encode()
    return int.from_bytes(raw, "little") if len(raw) <= KEY_BYTES else None
