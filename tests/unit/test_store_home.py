"""The data home: made once, opened by programs of its own format, and never by a read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dripline.errors import CannotRead, Refused
from dripline.store import Home, Store


def test_a_read_where_there_is_no_home_is_an_error_and_makes_none(tmp_path):
    for place in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(CannotRead, match="There is no data home at"):
            Store.open(place)
    assert list(tmp_path.iterdir()) == []


def test_a_home_made_twice_is_one_home(tmp_path):
    home = Home.create(tmp_path / "a" / "home")
    assert Home.create(tmp_path / "a" / "home") == home == Home.open(home.path)
    assert list(home.aside.iterdir()) == []


def test_a_folder_of_other_files_does_not_become_a_home(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(Refused, match="holds other files"):
        Home.create(tmp_path)
    with pytest.raises(CannotRead, match="is a file"):
        Home.create(tmp_path / "letter.txt")


@pytest.mark.parametrize(
    ("mark", "says"),
    [('{"format": 2}', "has format 2, this program reads format 1"), ("{", "does not say")],
)
def test_a_home_of_another_format_is_not_opened(tmp_path, mark, says):
    (tmp_path / "home.json").write_text(mark)
    with pytest.raises(CannotRead, match=says):
        Home.open(tmp_path)


def test_the_home_is_named_by_the_environment_or_lies_in_var():
    assert Home.place({"DRIPLINE_HOME": "elsewhere"}) == Path("elsewhere")
    assert Home.place({"DRIPLINE_HOME": ""}) == Home.place({}) == Path("var")


def test_a_staging_folder_is_gone_when_the_check_is_over(tmp_path):
    home = Home.create(tmp_path / "home")
    with home.staging() as folder:
        (folder / "rows.parquet").write_bytes(b"rows")
    assert list(home.aside.iterdir()) == []
