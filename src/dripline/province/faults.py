"""Deliveries in which every rule is broken once, and ``answer_key.csv``, which says where."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from dripline.province import (
    faults_base,
    faults_bills,
    faults_cross,
    faults_departments,
    faults_files,
    faults_guarantees,
    faults_ids,
    faults_periods,
    faults_registers,
    faults_treasury,
)
from dripline.province.calibration import Calendar
from dripline.province.drafts import Draft, Fault, Line, NoRow, key_of
from dripline.province.faults_files import CUT, FILE_FAULTS, SECOND_FILE_FAULTS, TWICE, Place
from dripline.province.life import Book
from dripline.province.lines import Lines
from dripline.province.sheets import SENDER
from dripline.province.wire import pack
from dripline.tables import table as table_called

Sample = tuple[Book, list[Lines]]
HEADER = ("rule", "delivery", "file", "table", "row", "key", "column", "what", "also")
NOT_SEEDED = {
    f"TARGET-0{number}": "the province adopts no target of its own" for number in range(1, 6)
}
"""Rules that cannot be broken in these tables alone, and why."""


def all_faults() -> Iterator[Fault]:
    """Every fault of a row or of totals; those of whole files stand in ``faults_files``."""
    yield from faults_ids.faults()
    yield from faults_base.faults()
    yield from faults_guarantees.faults()
    yield from faults_bills.faults()
    yield from faults_treasury.faults()
    yield from faults_cross.faults()
    yield from faults_periods.faults()
    yield from faults_files.row_faults()


def register_faults() -> Iterator[Fault]:
    """Every fault of a register or of a form of the departments."""
    yield from faults_registers.faults()
    yield from faults_departments.faults()


def seeded() -> frozenset[str]:
    """The codes of all rules that are broken on purpose."""
    files = {rule for rule, _, _ in (*FILE_FAULTS, *SECOND_FILE_FAULTS)} | {CUT[0], TWICE[0]}
    rows = {fault.rule for fault in (*all_faults(), *register_faults())}
    return frozenset(rows | files)


@dataclass(slots=True)
class Key:
    """The rows of the answer key."""

    rows: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, name: str, draft: Draft, files: Mapping[str, str], *, first_row: int) -> None:
        """The answers of a delivery; rows are counted as the file counts them."""
        for answer in draft.answers:
            row = draft.row_of(answer)
            place = "" if row is None else str(row + first_row - 1)
            keys = key_of(answer.table, answer.line) if answer.line is not None else ""
            also = " ".join(answer.also)
            file = files[answer.table]
            self.rows.append(
                (
                    answer.rule,
                    name,
                    file,
                    answer.table,
                    place,
                    keys,
                    answer.column,
                    answer.what,
                    also,
                )
            )

    def write_missing(self, path: Path) -> None:
        """The rules that are not broken anywhere, each with its reason."""
        placed = {row[0] for row in self.rows}
        missing = NOT_SEEDED | dict.fromkeys(sorted(seeded() - placed), NO_PLACE)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("rule", "reason"))
            writer.writerows(missing.items())

    def write(self, path: Path) -> None:
        """As CSV, in the order of the deliveries."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            writer.writerows(self.rows)


NO_PLACE = "no row of the sampled deliveries can hold it: a longer or larger province has one"


def write_faults(
    out: Path, samples: list[Sample], registers: Mapping[str, list[Line]], calendar: Calendar
) -> None:
    """Writes the faulty deliveries of the last month, each a folder of its own to be checked by itself."""
    key, month = Key(), calendar.months[-1]
    for number, draft in enumerate(drafts(all_faults(), lambda: fresh(samples, calendar)), 1):
        write_draft(out, f"{number:02d}", draft, key)
    book, months = samples[0]
    write_files(out, "files-1", book, months[-1], calendar, FILE_FAULTS, key, extra=False)
    write_files(out, "files-2", book, months[-1], calendar, SECOND_FILE_FAULTS, key, extra=True)

    def sheets() -> Iterator[Draft]:
        copied = {table: [line.copy() for line in lines] for table, lines in registers.items()}
        yield Draft(SENDER, month, copied, {})

    for number, draft in enumerate(drafts(register_faults(), sheets), 1):
        write_registers(out, f"registers-{number}", draft, key)
    key.write(out / "answer_key.csv")
    key.write_missing(out / "not_seeded.csv")


def drafts(faults: Iterable[Fault], new: Callable[[], Iterator[Draft]]) -> list[Draft]:
    """As few deliveries as it takes: each fault goes into the first of its group that still has a row for it."""
    found: dict[str, list[Draft]] = {}
    for fault in faults:
        mine = found.setdefault(fault.group, [])
        # A sound delivery is read again only where no spoilt one has room.
        for draft in chain(tuple(mine), new()):
            try:
                draft.break_(fault)
            except NoRow:
                continue
            if draft not in mine:
                mine.append(draft)
            break
    return [draft for group in found.values() for draft in group]


def fresh(samples: list[Sample], calendar: Calendar) -> Iterator[Draft]:
    """A sound delivery of each sampled reporter: of the last month, then of the last January."""
    last = len(calendar.months) - 1
    january = [n for n, month in enumerate(calendar.months) if month.month == 1 and n]
    for place in (last, *january[-1:]):
        for book, months in samples:
            before = months[place - 1] if place else {table: [] for table in months[0]}
            yield Draft.of(book.bank.code, calendar.months[place], months[place], before)


def write_draft(out: Path, name: str, draft: Draft, key: Key) -> None:
    """The packages of one delivery and its answers."""
    folder = out / name / draft.reporter
    files = {}
    for table, lines in draft.tables.items():
        package = pack(draft.reporter, table, draft.month, [line.text() for line in lines])
        files[table] = package.write(folder).relative_to(out).as_posix()
    key.add(name, draft, files, first_row=1)


def write_registers(out: Path, name: str, draft: Draft, key: Key) -> None:
    """The registers of one faulty delivery as CSV; the header is row 1."""
    folder, files = out / name, {}
    folder.mkdir(parents=True, exist_ok=True)
    for table, lines in draft.tables.items():
        path = folder / f"{SENDER}_{table}_{draft.month.last_day:%Y%m%d}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([column.label.zh for column in table_called(table).columns.values()])
            writer.writerows(line.values() for line in lines)
        files[table] = path.relative_to(out).as_posix()
    key.add(name, draft, files, first_row=2)


def write_files(
    out: Path,
    name: str,
    book: Book,
    lines: Lines,
    calendar: Calendar,
    faults: Iterable[tuple[str, str, faults_files.FileFault]],
    key: Key,
    *,
    extra: bool,
) -> None:
    """One delivery whose packages each have a fault of the file as a whole."""
    reporter, month = book.bank.code, calendar.months[-1]
    folder = out / name / reporter
    spoilt = {table: (rule, change) for rule, table, change in faults}
    for table, rows in lines.items():
        package = pack(reporter, table, month, rows)
        rule, what = "", ""
        if table in spoilt:
            rule, change = spoilt[table]
            package = change(package, Place(reporter, table, month))
            path, what = package.write(folder), change.__doc__ or ""
        elif extra and table == CUT[1]:
            path, rule, what = faults_files.write_cut(package, folder), CUT[0], "cut short"
        elif extra and table == TWICE[1]:
            path, rule, what = faults_files.write_twice(package, folder), TWICE[0], "there twice"
        else:
            path = package.write(folder)
        if rule:
            place = path.relative_to(out).as_posix()
            # The name cannot be read, so the finding is of no table.
            known = "" if rule in ("FILE-01", "FILE-08") else table
            key.rows.append((rule, name, place, known, "", "", "", what, ""))
