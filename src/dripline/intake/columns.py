"""One column of a table as it comes: every rule about the shape of its values, and what remains typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dripline.codes import code_list
from dripline.engines.data import arrow_type
from dripline.intake.lines import key_of
from dripline.intake.shapes import READERS, Typed, code_parts, codes
from dripline.intake.texts import NONE_SET, Mask, Rows, RowsOfText, Texts, mask_of
from dripline.standards.sources import RULES_ON_LISTS
from dripline.tables import Column, Table
from dripline.words import Text

SINGLE = ("_no", "_nos", "_code", "_codes")
"""Endings of the names of columns that hold an identifier, so one value unless ``parts`` says otherwise (FMT-08)."""
IDENTITY = {"_id_no": "_id_type", "_id_nos": "_id_types"}
"""Numbers of id documents, and where their type stands (FMT-09)."""
FREE = ("_purpose", "_scope", "_address")
"""Free texts (FMT-10)."""
NOT_IN_IDENTITY = ("?", "!", "^", "？", "！", "＾")
NOT_IN_FREE = ("?", "!", "^")
NOT_BETWEEN_PARTS = ("，", "、", "；", ";")
WITHOUT_HYPHEN = ("A01", "A02")

EMPTY = Text(zh="必填项为空", en="a mandatory field is empty")
EXACT = Text(zh="应恰为{length}字节", en="exactly {length} bytes are laid down")
AT_MOST = Text(zh="应不超过{length}字节", en="at most {length} bytes are laid down")


@dataclass(frozen=True, slots=True)
class Fault:
    """The rows (from 0) of one column that break one rule, and what is special about them."""

    code: str
    rows: Rows
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """Reads one column for one data date; ``listed`` are the codes it may hold then."""

    column: Column
    listed: pa.StringArray | None
    keys: pc.SetLookupOptions | None

    @classmethod
    def of(cls, column: Column, day: date) -> ColumnReader:
        """The reader of a column for files of this data date."""
        if column.codes is None or column.codes in RULES_ON_LISTS:
            # National standards move: a code outside them is ID-14, to be mended or explained, and no reject.
            return cls(column, None, None)
        accepted = sorted(code_list(column.codes).accepted(on=day))
        keys = [key_of(code) for code in accepted]
        short = accepted and not column.parts and None not in keys
        listed = pa.array(accepted, pa.string())
        lookup = pc.SetLookupOptions(pa.array(keys, pa.uint64())) if short else None
        return cls(column, listed, lookup)

    @property
    def coded(self) -> bool:
        """Whether it holds a single code, kept as a dictionary while it is written."""
        return self.listed is not None and not self.column.parts

    @property
    def type(self) -> pa.DataType:
        """How the column is written."""
        kept = arrow_type(self.column.format)
        return pa.dictionary(pa.int32(), kept) if self.coded else kept

    def nothing(self, count: int) -> pa.Array:
        """So many empty values."""
        if not self.coded:
            return pa.nulls(count, self.type)
        return pa.DictionaryArray.from_arrays(pa.nulls(count, pa.int32()), self.listed)

    def read(self, rows: RowsOfText) -> tuple[pa.Array, list[Fault]]:
        """The typed values, and the faults. A value that breaks its format becomes null; one fault a value at most.

        The softer rules FMT-08 to FMT-10 leave the value as it is.
        """
        name, count = self.column.name, len(rows.numbers)
        if (listed := self._by_key(rows)) is not None:
            return listed, []
        if rows.blank(name):
            everywhere = Fault("FMT-04", np.arange(count), EMPTY)
            return self.nothing(count), [everywhere] if self.mandatory and count else []
        if (typed := self._by_bytes(rows)) is not None or (typed := self._by_few(rows)) is not None:
            return typed, []
        return self._by_text(rows.texts(name), rows)

    @property
    def mandatory(self) -> bool:
        """Whether an empty field is a fault."""
        return self.column.required == "M"

    def _by_key(self, rows: RowsOfText) -> pa.Array | None:
        """The codes, if every value is a listed one: then it has the right length and no stray character too."""
        if self.keys is None or (keys := rows.keys(self.column.name)) is None:
            return None
        if not self.mandatory and not keys.any():
            return self.nothing(len(keys))
        index = pc.index_in(pa.array(keys), options=self.keys)
        if index.null_count and (self.mandatory or index.null_count > np.count_nonzero(keys == 0)):
            return None
        return pa.DictionaryArray.from_arrays(index, self.listed)

    def _by_bytes(self, rows: RowsOfText) -> pa.Array | None:
        """Days and amounts, if nothing at all is wrong with them."""
        if self.listed is not None or self.column.kind.name not in ("date", "decimal"):
            return None
        typed = rows.typed(self.column.name, self.column.format)
        return None if typed is None or (self.mandatory and typed.null_count) else typed

    def _by_few(self, rows: RowsOfText) -> pa.Array | None:
        """A text with few different values as a dictionary, if each of them is sound: they are judged once each."""
        name = self.column.name
        alone = not any(name.endswith(ending) for ending in IDENTITY)
        if self.column.kind.name != "text" or self.coded or not alone:
            return None
        if (few := rows.few(name)) is None or (self.mandatory and few.places.null_count):
            return None
        typed, faults = self._by_text(few.values, rows)
        return None if faults else pa.DictionaryArray.from_arrays(few.places, typed)

    def _by_text(self, texts: Texts, rows: RowsOfText) -> tuple[pa.Array, list[Fault]]:
        faults = [self._empty(texts), Fault("FMT-03", texts.untidy())]
        sound = texts.filled & ~mask_of(faults[-1].rows, len(texts))
        if self.column.kind.name == "text":
            faults.append(self._length(texts, sound))
            sound &= ~mask_of(faults[-1].rows, len(texts))
        typed, broken = self._typed(texts, sound)
        faults.extend(Fault(code, at) for code, at in broken.items())
        for at in broken.values():
            sound &= ~mask_of(at, len(texts))
        faults.extend(self._soft(texts, sound, rows))
        return typed, _real(faults)

    def _empty(self, texts: Texts) -> Fault:
        rows = np.flatnonzero(~texts.filled) if self.mandatory else NONE_SET
        return Fault("FMT-04", rows, EMPTY)

    def _length(self, texts: Texts, sound: Mask) -> Fault:
        exact, length = self.column.format.shape == "C", self.column.format.length
        wrong = texts.lengths != length if exact else texts.lengths > length
        note = (EXACT if exact else AT_MOST).format(length=length)
        return Fault("FMT-04", np.flatnonzero(sound & wrong), note)

    def _typed(self, texts: Texts, sound: Mask) -> Typed:
        if self.listed is None:
            return READERS[self.column.kind.name](texts, self.column.format, sound)
        return (code_parts if self.column.parts else codes)(texts, self.listed, sound)

    def _soft(self, texts: Texts, sound: Mask, rows: RowsOfText) -> Iterator[Fault]:
        name = self.column.name
        if self.column.kind.name != "text" or self.coded:
            return
        if self.column.parts:
            yield _within(sound, "FMT-08", _badly_parted(texts))
        elif name.endswith(SINGLE):
            yield _within(sound, "FMT-08", texts.with_any(","))
        if ending := next((e for e in IDENTITY if name.endswith(e)), None):
            types = name.removesuffix(ending) + IDENTITY[ending]
            hyphens = _hyphens(texts, rows.texts(types)) if types in rows else NONE_SET
            strange = np.union1d(texts.with_any(*NOT_IN_IDENTITY), hyphens)
            yield _within(sound, "FMT-09", strange)
        if name.endswith(FREE):
            yield _within(sound, "FMT-10", texts.with_any(*NOT_IN_FREE))


def readers(table: type[Table], day: date) -> dict[str, ColumnReader]:
    """A reader for each column of the table, by name."""
    return {name: ColumnReader.of(column, day) for name, column in table.columns.items()}


def _real(faults: list[Fault]) -> list[Fault]:
    return [fault for fault in faults if len(fault.rows)]


def _within(sound: Mask, code: str, rows: Rows) -> Fault:
    return Fault(code, rows[sound[rows]])


def _badly_parted(texts: Texts) -> Rows:
    """Rows whose sub-items are separated by another sign, or are empty."""
    rows = texts.with_any(*NOT_BETWEEN_PARTS)
    if not len(texts.with_any(",")):
        return rows
    empty = pc.match_substring_regex(texts.array, "^,|,,|,$").to_numpy(zero_copy_only=False)
    return np.union1d(rows, np.flatnonzero(empty))


def _hyphens(texts: Texts, types: Texts) -> Rows:
    """Rows with a hyphen whose type of document knows none."""
    rows = texts.with_any("-")
    if not len(rows):
        return NONE_SET
    kinds = types.array.take(pa.array(rows))
    strict = pc.is_in(kinds, value_set=pa.array(WITHOUT_HYPHEN)).to_numpy(zero_copy_only=False)
    return np.asarray(rows[strict], np.int64)
