"""A file has its lasting name whole or not at all, and one file only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from dripline.store.durable import copy_aside, put_if_absent, sha256_of, write_aside


def test_a_name_is_given_to_the_very_file_that_was_flushed(tmp_path):
    source, target = write_aside(tmp_path / "aside", b"rows"), tmp_path / "rows"
    assert put_if_absent(source, target)
    assert target.samefile(source)
    assert target.read_bytes() == b"rows"


def test_a_name_that_is_taken_stays_with_the_first(tmp_path):
    first, second = (write_aside(tmp_path / "aside", content) for content in (b"1", b"2"))
    assert put_if_absent(first, tmp_path / "rows")
    assert not put_if_absent(second, tmp_path / "rows")
    assert (tmp_path / "rows").read_bytes() == b"1"


def test_whoever_hears_no_of_a_name_that_is_its_own_has_won(tmp_path):
    source = write_aside(tmp_path / "aside", b"rows")
    assert put_if_absent(source, tmp_path / "rows")
    assert put_if_absent(source, tmp_path / "rows")


def test_of_two_who_want_a_name_at_once_one_gets_it(tmp_path):
    start = Barrier(2)

    def put(source: Path, target: Path) -> bool:
        start.wait()
        return put_if_absent(source, target)

    with ThreadPoolExecutor(2) as pool:
        for number in range(50):
            sources = [write_aside(tmp_path / "aside", b"rows") for _ in range(2)]
            won = list(pool.map(put, sources, [tmp_path / str(number)] * 2))
            assert sorted(won) == [False, True]


def test_a_copy_from_another_file_system_has_the_same_bytes(tmp_path):
    source = tmp_path / "rows"
    source.write_bytes(b"rows" * 1000)
    copy = copy_aside(tmp_path / "aside", source)
    assert not copy.samefile(source)
    assert sha256_of(copy) == sha256_of(source)
