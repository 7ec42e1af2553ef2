"""Writes a province: packages of every reporter and month, registers, a late and an explained package, the truth."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from dripline.errors import CannotRead, Refused
from dripline.law import Law
from dripline.periods import Period
from dripline.province.banks import Bank, Lenders, choose_banks
from dripline.province.bills import BillBook
from dripline.province.calibration import SCALES, Calendar, Scale, ScaleName
from dripline.province.departments import Departments
from dripline.province.explained import spoil_one, write_explanation
from dripline.province.faults import write_faults
from dripline.province.firms import Registry
from dripline.province.history import history_rows
from dripline.province.life import Book
from dripline.province.lines import Lines, Writer
from dripline.province.listings import Listings
from dripline.province.loans import Desk
from dripline.province.names import credit_code
from dripline.province.registers import Registers, Row, totals_rows
from dripline.province.sheets import Sheets
from dripline.province.treasury import Treasury
from dripline.province.truth import Truth
from dripline.province.wire import pack
from dripline.standards.registers import HISTORY, LOAN_TOTALS

SAMPLED = ("state_branch", "city_bank", "village_bank")
"""The first lender of each of these kinds is spoilt: an extract, a legal person that also reports bills, a small one."""
Progress = Callable[[int, int, str], None]
"""Hears how many of how many reporter-months are written, and what is being written."""

README = """合成省份数据 / A synthetic province
====================================

本目录全部内容由程序按随机种子生成，机构、企业、借据、名单、文件均为虚构，名称以“示例”开头。
任何数字都不是河南省的统计数据。
Everything here is made by a program from a seed. Institutions, firms, loans, lists and documents are invented
(names begin with 示例); no figure is a statistic of Henan.

<YYYY-MM>/<reporter>/   packages as they arrive: one zip a table, with .dat and .log
late/<YYYY-MM>/...      one reporter's month that arrives after the others
explained/<YYYY-MM>/... one reporter's month with an error that its explanation.csv explains
registers/              REPORTER, INSTITUTION, ENTERPRISE, QUALIFICATION, EDITION, CREDIT_RECORD, LOAN_TOTALS, HISTORY;
                        BOND_ISSUE, BOND_HOLDING, EQUITY_FINANCING, FIRM_GUARANTEE, INNOVATION, DEPOSIT_RATE
truth.json              main figures counted directly by the generator
faulty/                 (if asked) deliveries with seeded faults, answer_key.csv says where
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was written."""

    out: Path
    scale: str
    seed: int
    months: tuple[str, ...]
    reporters: int
    firms: int
    packages: int
    notes_last_month: int
    late: Path
    explained: Path
    registers: Path
    truth: Path
    faulty: Path | None


@dataclass(slots=True)
class World:
    """The province before the first file is written."""

    scale: Scale
    calendar: Calendar
    registry: Registry
    lenders: Lenders
    listings: Listings
    customers: list[list[int]]
    prospects: list[list[int]]
    leaving: list[list[int]]
    guarantee_company: str
    seed: int

    @classmethod
    def make(cls, scale: Scale, calendar: Calendar, seed: int) -> World:
        """Firms, banks, lists and who borrows where, all from the seed."""
        start = calendar.months[0].first_day - timedelta(days=1)
        registry = Registry(scale, Law.load(), start, Random(f"{seed}|firms"))
        lenders = Lenders(scale, registry, Random(f"{seed}|banks"))
        listings = Listings(registry, calendar, Random(f"{seed}|lists")).make()
        chosen = choose_banks(registry, lenders, scale, Random(f"{seed}|relations"))
        company = credit_code("91", "410105", registry.next_serial())
        return cls(scale, calendar, registry, lenders, listings, *chosen, company, seed)

    def book(self, bank: Bank) -> Book:
        """A bank's portfolio before the first month."""
        luck = Random(f"{self.seed}|{bank.number}|life")
        firms = self.registry.firms
        prospects = [firms[n] for n in self.prospects[bank.number]]
        customers = [firms[n] for n in self.customers[bank.number]]
        start = self.calendar.months[0].first_day - timedelta(days=1)
        of_bills = Random(f"{self.seed}|{bank.number}|bills")
        bills = BillBook.opened(bank, of_bills, customers, Period.of(start))
        desk = Desk(bank, luck, self.guarantee_company)
        of_treasury = Random(f"{self.seed}|{bank.number}|treasury")
        treasury = Treasury.opened(bank, of_treasury, bills, customers)
        book = Book(bank, desk, luck, prospects, self.scale.newcomers, bills, treasury)
        book.open(
            customers,
            [firms[n] for n in self.leaving[bank.number]],
            self.scale.notes_a_relation,
            start,
        )
        return book

    def departments(self) -> Departments:
        """What departments know beside the lists."""
        luck = Random(f"{self.seed}|departments")
        return Departments(self.registry, self.lenders, self.calendar, luck, self.guarantee_company)

    def groups(self) -> Iterator[list[Bank]]:
        """Banks that must be lived through together: the successor with those that merge into it, others alone."""
        for bank in self.lenders.banks:
            if bank is self.lenders.successor:
                yield [bank, *(b for b in self.lenders.banks if b.merges_into == bank.number)]
            elif bank.merges_into is None:
                yield [bank]

    def months_reported(self) -> int:
        """Reporter-months in all, for progress."""
        months, merger = len(self.calendar.months), self.calendar.merger
        gone = sum(b.merges_into is not None for b in self.lenders.banks)
        left_out = 0 if merger is None else gone * (months - merger)
        return len(self.lenders.banks) * months - left_out


@dataclass(slots=True)
class Output:
    """Takes each book's month: writes its packages, counts its truth, keeps what registers and faults need."""

    world: World
    out: Path
    truth: Truth
    progress: Progress | None
    faults: bool
    totals: list[list[Row]] = field(default_factory=list)
    packages: int = 0
    done: int = 0
    notes: int = 0
    late: Path = Path()
    explained: Path = Path()
    samples: list[tuple[Book, list[Lines]]] = field(default_factory=list)

    def take(self, book: Book, place: int) -> Lines:
        """One reporter's month."""
        month = self.world.calendar.months[place]
        lines = Writer(book, month).tables()
        self.truth.add(book, place)
        self.totals[place].extend(totals_rows(book))
        folder = self._folder(book, place, lines)
        for table, rows in lines.items():
            pack(book.bank.code, table, month, rows).write(folder)
            self.packages += 1
        self.done += 1
        self.notes += len(lines["CLDWDK"]) if place == len(self.world.calendar.months) - 1 else 0
        if self.progress:
            self.progress(self.done, self.world.months_reported(), f"{month} {book.bank.name}")
        return lines

    def _folder(self, book: Book, place: int, lines: Lines) -> Path:
        calendar, bank = self.world.calendar, book.bank
        inner = Path(str(calendar.months[place])) / bank.code
        if place == calendar.late and bank is self._late_bank():
            self.late = self.out / "late" / inner
            return self.late
        if place == calendar.explained and bank is self.world.lenders.banks[1]:
            self.explained = self.out / "explained" / inner
            key = spoil_one(lines, book, calendar.months[place].last_day)
            write_explanation(self.explained / "explanation.csv", key)
            return self.explained
        return self.out / inner

    def _late_bank(self) -> Bank:
        """The last lender that still reports when the late month comes."""
        return [
            b
            for b in self.world.lenders.banks
            if b.merges_into is None and b is not self.world.lenders.successor
        ][-1]


def write_province(
    out: Path,
    *,
    scale: ScaleName,
    seed: int,
    first: Period,
    last: Period,
    faults: bool = False,
    progress: Progress | None = None,
) -> Summary:
    """A province in files under ``out``; the same arguments write the same bytes."""
    if scale not in SCALES:
        raise CannotRead(f"{scale!r} is no scale; write {', '.join(SCALES)}.")
    if last < first:
        raise Refused(f"The last month, {last}, lies before the first, {first}; exchange them.")
    if out.exists() and any(out.iterdir()):
        raise Refused(f"The folder {out} is not empty. Name a new one, or empty it.")
    out.mkdir(parents=True, exist_ok=True)
    calendar = Calendar.of(first, last)
    world = World.make(SCALES[scale], calendar, seed)
    truth = Truth(world.listings, calendar)
    output = Output(world, out, truth, progress, faults, [[] for _ in calendar.months])
    for group in world.groups():
        _live_through(group, world, output)
    sheets = Sheets(out / "registers")
    registers = Registers(
        sheets, world.lenders, world.registry, world.listings, calendar, world.guarantee_company
    )
    registers.write_all()
    departments = world.departments()
    for place, month in enumerate(calendar.months):
        for table, each in departments.of(place).items():
            sheets.write(table, month.last_day, each)
    for month, rows in zip(calendar.months, output.totals, strict=True):
        sheets.write(LOAN_TOTALS, month.last_day, rows)
    history = history_rows(truth, calendar)
    sheets.write(HISTORY, calendar.months[0].last_day, history, as_csv=True)
    plain = json.dumps(truth.plain(), ensure_ascii=False, indent=1, sort_keys=True)
    (out / "truth.json").write_text(plain + "\n", encoding="utf-8")
    (out / "README.txt").write_text(README, encoding="utf-8")
    if faults:
        sound = registers.lines(output.totals[-1], history) | departments.lines()
        write_faults(out / "faulty", output.samples, sound, calendar)
    return _summary(output, scale, seed, faults)


def _live_through(group: list[Bank], world: World, output: Output) -> None:
    """One bank, or the merging ones with their successor, from the first month to the last."""
    books = [world.book(bank) for bank in group]
    kept: list[Lines] = []
    for place, month in enumerate(world.calendar.months):
        if place == world.calendar.merger:
            for other in books[1:]:
                merge(books[0], other, world)
            books = books[:1]
        for book in books:
            book.live(month)
            lines = output.take(book, place)
            if output.faults and sampled(books[0], output.samples):
                kept.append(lines)
    if kept:
        output.samples.append((books[0], kept))


def sampled(book: Book, samples: list[tuple[Book, list[Lines]]]) -> bool:
    """Whether faulty deliveries are made from this lender's months."""
    kind = book.bank.kind
    return kind in SAMPLED and all(other.bank.kind != kind for other, _ in samples)


def merge(into: Book, other: Book, world: World) -> None:
    """A bank becomes outlets of its successor: new code for its head office, the outlets' names and parents change."""
    head, old = into.bank.units[0], other.bank
    name = old.name.removesuffix("股份有限公司")
    code = credit_code("91", old.region, world.registry.next_serial())
    into.take_over(other)
    for unit in old.units:
        if unit is old.units[0]:
            unit.name, unit.code, unit.level = f"{into.bank.name}{name}支行", code, "03"
        unit.parent = (head.name, head.standard, head.org_no)
        into.bank.units.append(unit)


def _summary(output: Output, scale: str, seed: int, faults: bool) -> Summary:
    world, out = output.world, output.out
    return Summary(
        out=out,
        scale=scale,
        seed=seed,
        months=tuple(str(month) for month in world.calendar.months),
        reporters=len(world.lenders.banks),
        firms=sum(firm.kind == "firm" for firm in world.registry.firms),
        packages=output.packages,
        notes_last_month=output.notes,
        late=output.late,
        explained=output.explained,
        registers=out / "registers",
        truth=out / "truth.json",
        faulty=out / "faulty" if faults else None,
    )
