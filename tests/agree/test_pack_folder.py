"""The command ``pack``: a folder of a month, whole or not at all, the same bytes for the same instant."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import openpyxl
import pytest

from dripline.cli import run
from dripline.errors import Refused
from dripline.publish.pack.board import Board, board
from dripline.publish.pack.folder import Edition, write_pack
from dripline.words import Text
from tests.agree.accepted import LAST, figures

MADE = Edition(datetime(2025, 7, 14, 2, 0, tzinfo=UTC), "zh", Text(zh="合成数据", en="synthetic"))


@cache
def of() -> Board:
    return board(figures(), LAST)


def heard(steps: list[tuple[str, int, int]]):
    return lambda step, done, total: steps.append((step, done, total))


def files(folder) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_a_pack_is_bulletin_tables_reconciliation_and_a_file_for_each_institution(tmp_path):
    steps: list[tuple[str, int, int]] = []
    folder = write_pack(of(), tmp_path, MADE, heard(steps))
    names = sorted(name for name in files(folder) if "/" not in name)
    assert names == sorted(
        [
            "pack.json",
            f"全省科技金融运行情况-{LAST}.docx",
            f"统计表-{LAST}.xlsx",
            f"核对表-{LAST}.xlsx",
        ]
    )
    of_banks = sorted(path.name.split("-")[0] for path in (folder / "分机构").iterdir())
    assert of_banks == sorted(of().coverage.received)
    total = len(of_banks) + 3
    assert steps == [("write", done, total) for done in range(1, total + 1)]


def test_the_list_of_files_holds_their_hashes_and_what_the_figures_rest_on(tmp_path):
    folder = write_pack(of(), tmp_path, MADE, heard([]))
    about = json.loads((folder / "pack.json").read_text("utf-8"))
    made = {name: content for name, content in files(folder).items() if name != "pack.json"}
    assert about["files"] == {
        name: hashlib.sha256(content).hexdigest() for name, content in made.items()
    }
    identity = figures().identity(LAST)
    assert (about["facts"], about["lawbook"]) == (identity.facts, identity.lawbook)
    assert (about["period"], about["standing"], about["missing"]) == (str(LAST), "final", [])


def test_the_same_facts_and_instant_give_the_same_bytes_and_an_older_pack_is_replaced(tmp_path):
    first = files(write_pack(of(), tmp_path, MADE, heard([])))
    again = files(write_pack(of(), tmp_path, MADE, heard([])))
    assert first == again
    assert [path.name for path in tmp_path.iterdir()] == [str(LAST)]


def test_every_page_says_that_data_are_synthetic_and_whom_it_is_for(tmp_path):
    folder = write_pack(of(), tmp_path, MADE, heard([]))
    for path in folder.rglob("*.xlsx"):
        for sheet in openpyxl.load_workbook(path).worksheets:
            head = sheet.oddHeader.right.text
            assert head.endswith("合成数据"), path.name
            assert head.strip().startswith("仅供" if path.parent != folder else "内部资料")
            assert sheet.page_setup.paperSize == 9


def test_a_pack_that_fails_leaves_nothing_behind_and_the_older_one_as_it_was(tmp_path):
    before = files(write_pack(of(), tmp_path, MADE, heard([])))

    def stopped(step: str, done: int, total: int) -> None:
        if done == total:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pack(of(), tmp_path, MADE, stopped)
    assert [path.name for path in tmp_path.iterdir()] == [str(LAST)]
    assert files(tmp_path / str(LAST)) == before


def test_a_folder_that_is_no_pack_is_never_replaced(tmp_path):
    (tmp_path / str(LAST)).mkdir()
    (tmp_path / str(LAST) / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="is no pack"):
        write_pack(of(), tmp_path, MADE, heard([]))
    assert [path.name for path in (tmp_path / str(LAST)).iterdir()] == ["mine.txt"]


WITHOUT_EXTRA = """
import sys
sys.modules["docx"] = None  # as where the extra is not installed
from dripline.cli import run
sys.exit(run(["pack", "--period", "2025-06"]))
"""


def test_a_bare_installation_imports_and_says_which_extra_the_pack_needs(monkeypatch):
    monkeypatch.setenv("DRIPLINE_HOME", str(figures().store.home.path))
    found = subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRA],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert found.returncode == 2
    assert "Install the extra: pip install 'dripline[publish]'." in found.stderr


def test_a_pack_is_refused_where_something_was_accepted_while_it_was_being_written(tmp_path):
    moving = board(figures(), LAST)
    moving.__dict__["identity"] = replace(moving.identity, facts="before")
    with pytest.raises(Refused, match="while its pack was being written"):
        write_pack(moving, tmp_path, MADE, heard([]))
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_into_the_data_home_and_refuses_a_month_without_loans(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DRIPLINE_HOME", str(figures().store.home.path))
    words = ["pack", "--period", str(LAST), "--out", str(tmp_path), "--lang", "en"]
    assert run(words) == 0
    written = capsys.readouterr().out.splitlines()
    assert sorted(written) == sorted(str(p) for p in tmp_path.rglob("*") if p.is_file())
    assert (tmp_path / str(LAST) / f"Tables-{LAST}.xlsx").is_file()
    assert run(["pack", "--period", "2024-01", "--out", str(tmp_path)]) == 2
    assert "No loans (CLDWDK) of 2024-01" in capsys.readouterr().err
    assert run(["pack", "--period", "2025-Q2", "--out", str(tmp_path)]) == 2
    assert "A pack is made for a month" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == [str(LAST)]
