"""What an engine is asked, answered by DuckDB: each scan coded, grouped, and read as columns of whole numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dripline.definitions import Dimension
from dripline.engines.again import brought_up_to_date
from dripline.engines.coded_files import CodedFiles
from dripline.engines.columns import FITS, Codes, Column, Columns, Wholes
from dripline.engines.duck import Duck
from dripline.engines.duck_coded import CodedBase
from dripline.engines.duck_further import count_further
from dripline.engines.duck_groups import Grouped, Groupings
from dripline.engines.fold import Answers, Request
from dripline.engines.planner import Dimensions, bases, by_dimensions
from dripline.measures import CountFurther, Sum


def answer(requests: Iterable[Request], duck: Duck) -> Answers:
    """The whole number of each request by its keys, over rows inside the reporter's scope."""
    return answer_columns(requests, duck).answers()


def answer_columns(
    requests: Iterable[Request], duck: Duck, files: CodedFiles | None = None
) -> Columns:
    """The same as columns, for many cells; with ``files`` only what has changed since is worked out again."""
    meanings, further, others = Meanings(), list[Request](), list[Request]()
    for request in requests:
        (further if isinstance(request.atom, CountFurther) else others).append(request)
    found = count_further(further, duck, meanings.shared)
    for number, base in enumerate(bases(others)):
        coded = CodedBase(base, duck, f"base_{number}")
        parts = coded.read(files)
        grouped = Groupings(coded).grouped() if parts is None else brought_up_to_date(parts)
        found.update(Reader(coded, meanings).columns(grouped))
        coded.drop()
    return Columns(found, {d: tuple(codes) for d, codes in meanings.codes.items()})


@dataclass
class Meanings:
    """Codes of each dimension that hold across scans."""

    codes: dict[Dimension, dict[str | None, int]] = field(default_factory=dict)

    def shared(self, dimension: Dimension, values: Sequence[str | None]) -> Codes:
        """For each code of a scan the one that holds for all."""
        known = self.codes.setdefault(dimension, {})
        return np.array([known.setdefault(value, len(known)) for value in values], np.int32)


class Reader:
    """The tables of one scan as a column for each request."""

    def __init__(self, coded: CodedBase, meanings: Meanings) -> None:
        self.coded, self.base = coded, coded.base
        self.shared = {d: meanings.shared(d, coded.meanings(d)) for d in coded.dimensions}

    def columns(self, grouped: Grouped) -> Iterator[tuple[Request, Column]]:
        """The column of each request."""
        for dimensions, some in by_dimensions(self.base.additive).items():
            yield from self._read(grouped.sums[dimensions], dimensions, some)
        for keys, asked in self.base.distinct.items():
            for dimensions, some in by_dimensions(asked).items():
                yield from self._read(grouped.distinct[keys][dimensions], dimensions, some)

    def _read(
        self, table: pa.Table, dimensions: Dimensions, requests: Sequence[Request]
    ) -> Iterator[tuple[Request, Column]]:
        """The columns of requests, from rows for each cell and filter: a filter's cells stand together."""
        filters = table["f"].to_numpy()
        keys = tuple(self.shared[d][table[self.coded.dimensions[d]].to_numpy()] for d in dimensions)
        rows = {name: counted(table[name]) for name in table.column_names if name[0] in "tum"}
        sums = {name: wholes(table[name]) for name in table.column_names if name[0] == "a"}
        parts: dict[int, tuple[slice, tuple[Codes, ...]]] = {}
        for request in requests:
            place = self.coded.filters[request.atom.where]
            if place not in parts:
                part = slice(*np.searchsorted(filters, (place, place + 1)))
                parts[place] = part, tuple(codes[part] for codes in keys)
            part, whose = parts[place]
            amount: Wholes = rows["t"][part]
            unknown = rows["u"][part]
            if isinstance(request.atom, Sum):
                value = self.coded.values[request.atom.value]
                amount = sums[f"a{value}"][part]
                unknown = unknown + rows[f"m{value}"][part] if f"m{value}" in rows else unknown
            yield request, Column(whose, amount, unknown)


def counted(numbers: pa.ChunkedArray) -> NDArray[np.int64]:
    """Counts; a sum over no rows is 0."""
    found: NDArray[np.int64] = (numbers.fill_null(0) if numbers.null_count else numbers).to_numpy()
    return found


def wholes(numbers: pa.ChunkedArray) -> Wholes:
    """Whole numbers in units of the last place, 0 where there are none; of 64 bits if all fit."""
    joined = numbers.combine_chunks() if numbers.num_chunks != 1 else numbers.chunk(0)
    filled = joined.fill_null(0)
    start = 2 * filled.offset
    halves = np.frombuffer(filled.buffers()[1], np.int64)[start : start + 2 * len(filled)]
    low, high = halves[0::2], halves[1::2]
    if (high == low >> 63).all() and (np.abs(low) < FITS).all():
        return low
    wide: NDArray[np.object_] = (high.astype(object) << 64) + low.view(np.uint64).astype(object)
    return wide
