"""One command's work: everything of a month's pack, into a folder that is there whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from dripline import __version__
from dripline.errors import Refused
from dripline.publish.pack import bank_sheets, banks, checks, tables
from dripline.publish.pack.banks import Institution
from dripline.publish.pack.board import Board
from dripline.publish.pack.bulletin import INTERNAL, TITLE, bulletin
from dripline.publish.pack.documents import write_document
from dripline.publish.pack.listed import Listed
from dripline.publish.workbook import write_workbook
from dripline.store.entries import day_in_china
from dripline.words import Language, Text

Told = Callable[[str, int, int], None]
MARK: Final = "pack.json"
"""Names the folder as a pack: only such a folder is replaced."""
TABLES: Final = Text(zh="统计表", en="Tables")
CHECKS: Final = Text(zh="核对表", en="Reconciliation")
BANKS: Final = Text(zh="分机构", en="Institutions")
STEP: Final = "write"
NOT_IN_A_NAME = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class Edition:
    """How a pack is written: the instant it is made, its language, and what every page is marked with (合成数据)."""

    now: datetime
    language: Language
    label: Text | None = None

    def marks(self, first: Text) -> str:
        """What stands at the top of each page."""
        own = "" if self.label is None else f"　{self.label.in_(self.language)}"
        return first.in_(self.language) + own


def write_pack(board: Board, out: Path, edition: Edition, told: Told) -> Path:
    """Writes ``out``/<month>; a pack of the month that is there already is replaced once the new one is complete."""
    target = out / str(board.period)
    if target.exists() and not (target / MARK).is_file():
        raise Refused(f"{target} is there and is no pack. Name another folder with --out.")
    out.mkdir(parents=True, exist_ok=True)
    made = out / f".{board.period}-{secrets.token_hex(4)}"
    made.mkdir()
    try:
        fill(board, made, edition, told)
        if replace(board.figures).identity(board.period) != board.identity:
            raise Refused(
                f"Something about {board.period} was accepted while its pack was being written. Run the command again."
            )
        put(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return target


def fill(board: Board, folder: Path, edition: Edition, told: Told) -> None:
    """Every file of the pack, and last the list of them."""
    found = banks.institutions(board)
    steps = len(found) + 3
    language, month = edition.language, str(board.period)
    made_on = day_in_china(edition.now)
    text = bulletin(board, made_on=made_on, language=language, label=edition.label)
    document = folder / f"{TITLE.in_(language)}-{month}.docx"
    write_document(document, text, made=edition.now, language=language)
    told(STEP, 1, steps)
    mark = edition.marks(INTERNAL)
    for place, (name, sheets) in enumerate(
        (
            (TABLES, tables.sheets(board, text.bound, language)),
            (CHECKS, checks.sheets(board, language)),
        ),
        2,
    ):
        path = folder / f"{name.in_(language)}-{month}.xlsx"
        write_workbook(path, sheets, made=edition.now, mark=mark, language=language)
        told(STEP, place, steps)
    listed = Listed.read(board.data, board.period, board.figures.law)
    of_banks = folder / BANKS.in_(language)
    of_banks.mkdir()
    for place, institution in enumerate(found, 4):
        write_bank(board, institution, listed, of_banks, edition)
        told(STEP, place, steps)
    (folder / MARK).write_text(contents(board, folder, edition), "utf-8")


def write_bank(
    board: Board, institution: Institution, listed: Listed, folder: Path, edition: Edition
) -> None:
    """The file of one institution, named by its code and name."""
    name = NOT_IN_A_NAME.sub("_", institution.name)
    path = folder / f"{institution.code}-{name}-{board.period}.xlsx"
    only = Text(
        zh=bank_sheets.ONLY.zh.format(institution.name),
        en=bank_sheets.ONLY.en.format(institution.name),
    )
    own = banks.own(board, institution, listed)
    sheets = bank_sheets.sheets(board, own, edition.language)
    mark = edition.marks(only)
    write_workbook(path, sheets, made=edition.now, mark=mark, language=edition.language)


def contents(board: Board, folder: Path, edition: Edition) -> str:
    """What the pack is made of and rests on, as JSON: files with their hashes, facts, lawbook, who has not reported."""
    identity, cover = board.identity, board.coverage
    known = board.figures.as_of
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    about = {
        "period": str(board.period),
        "as_of": None if known is None else str(known),
        "made": edition.now.isoformat(),
        "program": __version__,
        "catalogue": identity.catalogue,
        "facts": identity.facts,
        "lawbook": identity.lawbook,
        "standing": cover.standing.en,
        "missing": sorted(cover.missing),
        "files": {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
        },
    }
    return json.dumps(about, ensure_ascii=False, indent=1) + "\n"


def put(made: Path, target: Path) -> None:
    """Gives the finished folder its name; an older pack is moved away first and put back if that fails."""
    if not target.exists():
        made.rename(target)
        return
    old = target.with_name(f".{target.name}-{secrets.token_hex(4)}-old")
    target.rename(old)
    try:
        made.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)
