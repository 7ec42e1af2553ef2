"""The registers of the province: who reports, institutions, enterprises, lists, credit records, totals, history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from dripline.province.banks import Bank, Lenders
from dripline.province.calibration import Calendar
from dripline.province.drafts import Line
from dripline.province.firms import Registry
from dripline.province.life import Book, in_yuan
from dripline.province.lines import money
from dripline.province.listings import NATIONAL, Listings, document
from dripline.province.names import SYNTHETIC
from dripline.province.places import CITIES, CITY_OF
from dripline.province.sheets import Sheets, Value
from dripline.standards.lists import EDITION, QUALIFICATION
from dripline.standards.registers import (
    CREDIT_RECORD,
    ENTERPRISE,
    HISTORY,
    INSTITUTION,
    LOAN_TOTALS,
    NOTE_NUMBER,
    REPORTER,
)
from dripline.tables import Table

Row = list[Value]
OUTSIDE_HENAN = "000000"
BEGIN = date(2019, 1, 1)


class Registers:
    """Writes the registers as they stand at the end of a month."""

    def __init__(
        self,
        sheets: Sheets,
        lenders: Lenders,
        registry: Registry,
        listings: Listings,
        calendar: Calendar,
        guarantor: str,
    ) -> None:
        self.sheets, self.lenders, self.registry = sheets, lenders, registry
        self.listings, self.calendar, self.guarantor = listings, calendar, guarantor

    def lines(self, totals: list[Row], history: list[Row]) -> dict[str, list[Line]]:
        """Every register of the last month as rows by column."""
        place = len(self.calendar.months) - 1
        rows: dict[type[Table], Iterable[Row]] = {
            REPORTER: self._reporters(place),
            INSTITUTION: self._institutions(place),
            NOTE_NUMBER: self._note_numbers(),
            ENTERPRISE: self._enterprises(self.calendar.months[place].last_day),
            QUALIFICATION: self._qualifications(place),
            EDITION: self._editions(place),
            CREDIT_RECORD: self._records(0),
            LOAN_TOTALS: totals,
            HISTORY: history,
        }
        return as_lines(rows)

    def _note_numbers(self) -> Iterator[Row]:
        """Renumbered notes, for the faulty registers only: the merging banks of the province keep their numbers."""
        banks = [bank for bank in self.lenders.banks if bank.merges_into is not None]
        day = self.calendar.months[0].first_day
        for number, bank in enumerate(banks[:4]):
            old, new = f"JJ{bank.short}0000{number}", f"JJ8000000{number}"
            yield [bank.code, old, self.lenders.successor.code, new, day]

    def write_all(self) -> None:
        """Each register at the first month, and again in the months in which it changes."""
        calendar = self.calendar
        changes = {0, calendar.merger, calendar.revision} - {None}
        for place in sorted(p for p in changes if p is not None):
            day = calendar.months[place].last_day
            if place in (0, calendar.merger):
                self.sheets.write(REPORTER, day, self._reporters(place))
                self.sheets.write(INSTITUTION, day, self._institutions(place))
            if place in (0, calendar.revision):
                self.sheets.write(ENTERPRISE, day, self._enterprises(day))
                self.sheets.write(QUALIFICATION, day, self._qualifications(place))
                self.sheets.write(EDITION, day, self._editions(place))
                self.sheets.write(CREDIT_RECORD, day, self._records(place), as_csv=True)

    def _reporters(self, place: int) -> Iterator[Row]:
        for bank in self.lenders.banks:
            gone = merged_on(self.calendar, bank, place)
            mode, prefix = ("extract", "41") if bank.is_extract else ("full", None)
            until = gone - timedelta(days=1) if gone else None
            yield [bank.code, bank.name, "*", mode, prefix, BEGIN, until]

    def _institutions(self, place: int) -> Iterator[Row]:
        for bank in self.lenders.banks:
            city, gone = bank.city.code, merged_on(self.calendar, bank, place)
            row: Row = [bank.code, bank.name, bank.kind, bank.code, city, city, bank.founded]
            if gone is None:
                yield [*row, None, None, None, None]
            else:
                yield [
                    *row,
                    gone - timedelta(days=1),
                    self.lenders.successor.code,
                    "absorbed",
                    gone,
                ]
        name, city = f"{SYNTHETIC}融资担保有限公司", "410100"
        row = [self.guarantor, name, "guarantee", None, city, city, BEGIN]
        yield [*row, None, None, None, None]

    def _enterprises(self, day: date) -> Iterator[Row]:
        banks = self.lenders.banks
        for firm in self.registry.firms:
            if firm.kind != "firm":
                continue
            gone = firm.gone_on is not None and firm.gone_on <= day
            yield [
                firm.code,
                firm.name,
                firm.former,
                firm.county,
                firm.zone,
                firm.trade.group,
                firm.scale_code,
                "statistics" if firm.number % 5 else "miit_test",
                firm.founded,
                "struck_off" if gone else "active",
                firm.gone_on if gone else firm.founded,
                firm.staff,
                money(firm.revenue),
                banks[firm.banks[0]].code if firm.banks else None,
            ]

    def _qualifications(self, place: int) -> Iterator[Row]:
        known = self.listings.known_at(place)
        for number, rows in enumerate(self.listings.rows[:known]):
            for row in rows:
                paper, sender = document(row.kind)
                cancelled = known == 2
                yield [
                    row.kind,
                    row.edition,
                    row.certificate,
                    row.name,
                    row.code,
                    row.valid_from,
                    row.valid_to,
                    f"第{number + 1}批",
                    paper,
                    self.listings.adopted_from(number) - timedelta(days=12),
                    row.cancelled_on if cancelled else None,
                    row.cancelled_from if cancelled else None,
                    "national" if row.kind in NATIONAL else "henan",
                    sender,
                ]

    def _editions(self, place: int) -> Iterator[Row]:
        for number, rows in enumerate(self.listings.rows[: self.listings.known_at(place)]):
            counts: dict[str, int] = {}
            for row in rows:
                counts[row.kind] = counts.get(row.kind, 0) + 1
            start = self.listings.adopted_from(number)
            for kind, count in counts.items():
                scope = "national" if kind in NATIONAL else "henan"
                day = start - timedelta(days=12)
                yield [
                    kind,
                    self.listings.editions[number],
                    start,
                    scope,
                    f"{SYNTHETIC}通知（合成数据）",
                    day,
                    count,
                ]

    def _records(self, place: int) -> Iterator[Row]:
        """Answers for listed firms, asked before the first month and again at the revision."""
        day = self.calendar.months[0].first_day - timedelta(days=5)
        yield from self._answers(day, "第1批", 1)
        if place:
            later = self.calendar.months[place].first_day + timedelta(days=4)
            yield from self._answers(later, "第2批", 3)

    def _answers(self, day: date, batch: str, every: int) -> Iterator[Row]:
        for firm in self.registry.firms:
            if firm.kind != "firm" or not firm.lists or firm.number % every:
                continue
            seen = firm.record_before or (firm.first_loan is not None and firm.first_loan < day)
            answer = "yes" if seen else "no"
            if not firm.borrows and not firm.first_loan and firm.number % 97 == 0:
                answer = "not_found"
            yield [firm.code, answer, day, batch, f"{SYNTHETIC}查询授权（合成数据）"]


def as_lines(rows: Mapping[type[Table], Iterable[Row]]) -> dict[str, list[Line]]:
    """Rows of registers by column."""
    return {
        table.code: [
            Line(zip(table.columns, ("" if v is None else str(v) for v in row), strict=True))
            for row in each
        ]
        for table, each in rows.items()
    }


def merged_on(calendar: Calendar, bank: Bank, place: int) -> date | None:
    """The day a bank was taken over, if by this month."""
    merger = calendar.merger
    if bank.merges_into is None or merger is None or place < merger:
        return None
    return calendar.months[merger].first_day + timedelta(days=27)


def totals_rows(book: Book) -> Iterator[Row]:
    """A reporter's lines of LOAN_TOTALS for the month it has lived through, by city of the lender."""
    by_city: dict[str, list[int]] = {}
    for loan in book.loans:
        city = CITY_OF.get(loan.unit.region)
        sums = by_city.setdefault(city.code if city else OUTSIDE_HENAN, [0, 0, 0, 0])
        amount = in_yuan(loan.balance, loan.currency, book.month)
        sums[0] += amount
        sums[1] += amount if loan.currency != "CNY" else 0
        sums[2] += amount if loan.is_long else 0
        sums[3] += amount if loan.firm.size in ("small", "micro") else 0
    bills: dict[str, int] = {}
    for bill in book.bills.held:
        city = CITY_OF.get(bill.unit.region)
        code = city.code if city else OUTSIDE_HENAN
        bills[code] = bills.get(code, 0) + bill.paid
    for code in [*(c.code for c in CITIES), OUTSIDE_HENAN]:
        if code in by_city or code in bills:
            sums = by_city.get(code, [0, 0, 0, 0])
            yield from _lines(book, code, sums, bills.get(code, 0))


def _lines(book: Book, city: str, sums: list[int], bills: int) -> Iterator[Row]:
    units, foreign, long, small = sums
    persons = units * 6 // 10
    for scope, less in (("rmb", foreign), ("all", 0)):
        # The monthly statistics are closed on another day than the files: thousandths of a per mille apart.
        notes = units - less
        total = notes + notes // 40_000 + bills
        yield [
            book.bank.code,
            city,
            scope,
            money(total + persons),
            money(total),
            money(bills),
            money(long + persons * 6 // 10),
            money(small + persons // 5),
        ]
