"""What is corrected from kept answers equals what is counted from the rows, however the rows have changed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dripline.engines.coded_files import CodedFiles
from dripline.engines.data import REPORTER, Cell, Memory, Rows
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer, answer_columns
from dripline.engines.fold import compute
from dripline.periods import Period
from dripline.tables import table as table_called
from tests.agree.test_engines_agree import (
    BANKS,
    BREAKDOWNS,
    CALM,
    LAW,
    MEASURES,
    WAYS,
    indicator,
    worlds,
)
from tests.conftest import JUNE

FORCED = 0
"""Correct whatever the size of the change."""


@dataclass(frozen=True)
class KeptMemory:
    """Rows in memory that say what they are, as accepted rows do."""

    memory: Memory
    only: frozenset[str] | None = None

    def rows(self, table: str, period: Period) -> Rows | None:
        found = self.memory.rows(table, period)
        if found is None or found.memory is None or self.only is None:
            return found
        if not table_called(table).per_reporter:
            return found
        mine = pc.is_in(found.memory[REPORTER], pa.array(sorted(self.only), pa.string()))
        return replace(found, memory=found.memory.filter(mine))

    def received(self, table: str, period: Period) -> frozenset[str]:
        return self.memory.received(table, period)

    def versions(self, table: str, period: Period) -> Mapping[str, str]:
        found = self.rows(table, period)
        if found is None or found.memory is None:
            return {}
        rows: dict[str, list[Any]] = {name: [] for name in self.received(table, period)}
        for row in found.memory.to_pylist():
            rows[row[REPORTER]].append(row)
        return {
            name: hashlib.sha256(repr(some).encode()).hexdigest() for name, some in rows.items()
        }

    def of(self, reporters: frozenset[str]) -> KeptMemory:
        return replace(self, only=reporters)


def cells(measures: list[Any], data: Memory, folder: Path | None) -> list[Cell]:
    indicators = [indicator(f"T-{number}", measure) for number, measure in enumerate(measures)]
    files = None if folder is None else CodedFiles(folder, KeptMemory(data), FORCED)
    with connected(data, LAW) as duck:

        def engine(requests: Any) -> Any:
            return answer(requests, duck) if files is None else kept(requests, duck, files)

        return sorted(compute(indicators, BREAKDOWNS, JUNE, engine, WAYS), key=str)


def kept(requests: Any, duck: Any, files: CodedFiles) -> Any:
    return answer_columns(requests, duck, files).answers()


def sent_again(before: Memory, after: Memory, bank: str) -> Memory:
    """The first world in which one bank has handed in everything once more, as it is in the second."""
    held = {}
    for place, old in before.held.items():
        table = table_called(place[0])
        if table.per_reporter:
            theirs = pc.equal(old[REPORTER], bank)
            new = after.held[place].filter(pc.equal(after.held[place][REPORTER], bank))
            held[place] = pa.concat_tables([old.filter(pc.invert(theirs)), new])
        else:
            held[place] = old
    return Memory(held, before.reporters)


def agree(before: Memory, after: Memory, measures: list[Any]) -> None:
    steps = [before, sent_again(before, after, BANKS[0]), after, before]
    with TemporaryDirectory() as name:
        for data in steps:
            found = cells(measures, data, Path(name))
            assert found == cells(measures, data, None)
            assert found == cells(measures, data, Path(name)), "the same rows, found as they were"


@settings(CALM, max_examples=12)
@given(worlds(), worlds(), st.lists(MEASURES, min_size=1, max_size=3))
def test_corrected_answers_are_those_of_the_rows(before, after, measures):
    agree(before, after, measures)


@pytest.mark.long
@settings(CALM, max_examples=60)
@given(worlds(), worlds(), st.lists(MEASURES, min_size=1, max_size=3))
def test_corrected_answers_are_those_of_the_rows_in_many_worlds(before, after, measures):
    agree(before, after, measures)


def test_a_part_that_another_process_has_made_meanwhile_is_used_as_it_is() -> None:
    with TemporaryDirectory() as name:
        files = CodedFiles(Path(name), KeptMemory(Memory()))
        for content in ("first", "second"):
            with files.aside() as folder:
                made = folder / "made"
                made.mkdir()
                (made / "0.parquet").write_text(content)
                files.keep_part("abc", made)
        found = files.part("abc")
        assert found is not None
        assert [path.read_text() for path in found] == ["first"]


def test_a_dictionary_gives_no_number_twice() -> None:
    with TemporaryDirectory() as name:
        files = CodedFiles(Path(name), KeptMemory(Memory()))
        with files.aside() as folder:
            for content in ("first", "second"):
                (folder / content).write_text(content)
            assert files.add_to("firms", 0, folder / "first")
            assert not files.add_to("firms", 0, folder / "second")
            assert files.add_to("firms", 5, folder / "second")
        assert [path.read_text() for path in files.dictionary("firms")] == ["first", "second"]


def test_what_was_not_used_for_longest_goes_when_the_folder_is_too_large() -> None:
    with TemporaryDirectory() as name:
        files = CodedFiles(Path(name), KeptMemory(Memory()))
        for part in ("aa1", "bb2"):
            with files.aside() as folder:
                made = folder / "made"
                made.mkdir()
                (made / "0.parquet").write_bytes(bytes(1000))
                files.keep_part(part, made)
        folders = {part: Path(name) / "parts" / part[:2] / part for part in ("aa1", "bb2")}
        os.utime(folders["bb2"], (0, 0))
        os.utime(folders["aa1"], (10, 10))
        files.trim(10, largest=1500)
        assert folders["bb2"].exists(), "it was used less than an hour ago"
        files.trim(7200, largest=1500)
        assert [folder.exists() for folder in folders.values()] == [True, False]
