"""What departments of the province know beside the lists: bonds, equity, guarantees, innovation, deposit rates.

Each event is made once, with its days; a register of a month holds the events until then, as they stand at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from dripline.periods import Period
from dripline.province.banks import Bank, Lenders
from dripline.province.calibration import Calendar, lpr
from dripline.province.drafts import Line
from dripline.province.firms import WAN, Firm, Registry
from dripline.province.lines import money, percent
from dripline.province.loans import add_months
from dripline.province.names import SYNTHETIC
from dripline.province.registers import Row, as_lines, merged_on
from dripline.standards.departments import (
    BOND_HOLDING,
    BOND_ISSUE,
    DEPOSIT_RATE,
    EQUITY_FINANCING,
    FIRM_GUARANTEE,
    INNOVATION,
)
from dripline.tables import Table

YEARS_BACK = 2
"""How long before the first month the registers begin."""
LEAST = 24
"""Events of a kind that even the smallest province has."""
FIRMS_A_BOND, FIRMS_A_ROUND, FIRMS_A_GUARANTEE = 600, 200, 40
"""So many firms of the register for one event of a kind."""
BONDS = (
    ("interbank", "MTN", 36),
    ("interbank", "SCP", 9),
    ("interbank", "CP", 12),
    ("exchange", "CB03", 60),
    ("exchange", "CB04", 72),
    ("enterprise", "CB01", 84),
    ("overseas", "TB99", 36),
)
"""Market, kind and term in months."""
ROUNDS = (
    ("seed", ""),
    ("a", ""),
    ("b", ""),
    ("c", ""),
    ("strategic", ""),
    ("pre_ipo", ""),
    ("quoted", "regional"),
    ("quoted", "neeq"),
    ("ipo", "bse"),
    ("ipo", "sse_star"),
    ("follow_on", "szse_chinext"),
)
"""Round and board."""
TERMS = (("demand", 5), ("m3", 70), ("m6", 90), ("y1", 110), ("y2", 120), ("y3", 150), ("y5", 155))
"""Terms of deposits and the rate listed for each, in hundredths of a per cent."""
HOLDERS = frozenset({"state_branch", "joint_stock_branch", "city_bank", "policy_branch"})
"""Kinds of lender that hold enterprises' bonds."""


@dataclass(slots=True)
class Bond:
    """A bond of an enterprise. Money in fen of yuan, dollars counted at the rate of the day."""

    code: str
    firm: Firm
    market: str
    kind: str
    months: int
    issued: date
    amount: int
    coupon: int
    holder: Bank | None
    tech: bool

    @property
    def due(self) -> date:
        """Its last day."""
        return add_months(self.issued, self.months)

    def stands(self, day: date) -> bool:
        """Issued, and not yet redeemed at the end of a day."""
        return self.issued <= day < self.due


class Departments:
    """The registers of the departments, month by month."""

    def __init__(
        self, registry: Registry, lenders: Lenders, calendar: Calendar, luck: Random, guarantor: str
    ) -> None:
        self.registry, self.lenders, self.calendar = registry, lenders, calendar
        self.luck, self.guarantor = luck, guarantor
        firms = [f for f in self.registry.firms if f.kind == "firm" and len(f.code) == 18]
        self._larger = [f for f in firms if f.size in ("large", "medium")] or firms
        self._listed = [f for f in firms if f.lists]
        self._small = [f for f in firms if f.size in ("small", "micro")] or firms
        last = self.calendar.months[-1].last_day
        self._first = add_months(self.calendar.months[0].first_day, -12 * YEARS_BACK)
        self._span = (last - self._first).days
        self._holders = [
            bank for bank in self.lenders.banks if bank.kind in HOLDERS and not bank.merges_into
        ]
        self._bonds = [self._bond(number) for number in range(self._count(FIRMS_A_BOND))]
        self._rounds = list(self._raised(self._count(FIRMS_A_ROUND)))
        self._guarantees = list(self._guaranteed(self._count(FIRMS_A_GUARANTEE)))

    def _count(self, firms: int) -> int:
        return max(LEAST, len(self.registry.firms) // firms)

    def _day(self) -> date:
        return self._first + timedelta(days=self.luck.randrange(self._span))

    def of(self, place: int) -> dict[type[Table], list[Row]]:
        """Every register of a month; innovation data come with the first and with each new year."""
        month = self.calendar.months[place]
        found: dict[type[Table], list[Row]] = {
            BOND_ISSUE: list(self._issues(month.last_day)),
            BOND_HOLDING: list(self._held(month.last_day)),
            EQUITY_FINANCING: [row for day, row in self._rounds if day <= month.last_day],
            FIRM_GUARANTEE: list(self._in_force(month.last_day)),
            DEPOSIT_RATE: list(self._rates(place)),
        }
        if place == 0 or month.month == 1:
            found[INNOVATION] = list(self.innovation(month))
        return found

    def lines(self) -> dict[str, list[Line]]:
        """Every register of the last month as rows by column."""
        place = len(self.calendar.months) - 1
        innovation = list(self.innovation(self.calendar.months[place]))
        return as_lines(self.of(place) | {INNOVATION: innovation})

    def _bond(self, number: int) -> Bond:
        luck = self.luck
        market, kind, months = BONDS[number % len(BONDS)]
        day = self._day()
        interbank = market == "interbank"
        return Bond(
            code=f"SL{day:%y%m}{number:04d}",
            firm=luck.choice(self._listed if number % 2 and self._listed else self._larger),
            market=market,
            kind=kind,
            months=months,
            issued=day,
            amount=luck.randrange(2, 20) * 5_000 * WAN,
            coupon=lpr(day)[0] - 80_000 + luck.randrange(200) * 1_000,
            holder=luck.choice(self._holders)
            if interbank and self._holders and number % 3
            else None,
            tech=interbank and number % 4 == 1,
        )

    def _issues(self, day: date) -> Iterator[Row]:
        for bond in self._bonds:
            if bond.issued > day:
                continue
            redeemed = bond.due if bond.due <= day else None
            abroad = bond.market == "overseas"
            yield [
                bond.code,
                f"{SYNTHETIC}{bond.issued:%y}{bond.kind}{bond.code[-4:]}",
                bond.firm.code,
                bond.firm.name,
                bond.market,
                bond.kind,
                int(bond.tech),
                bond.issued,
                bond.due,
                bond.months,
                percent(bond.coupon),
                "USD" if abroad else "CNY",
                money(bond.amount // 7 if abroad else bond.amount),
                money(bond.amount),
                money(0 if redeemed else bond.amount),
                redeemed,
            ]

    def _held(self, day: date) -> Iterator[Row]:
        """Half of each bond that has a holder, at its face value."""
        for bond in self._bonds:
            if bond.holder is not None and bond.stands(day):
                half = money(bond.amount // 2)
                yield [bond.holder.code, bond.code, bond.firm.code, half, half]

    def _raised(self, count: int) -> Iterator[tuple[date, Row]]:
        listed: set[tuple[str, str]] = set()
        for number in range(count):
            name, board = ROUNDS[number % len(ROUNDS)]
            day, firm = self._day(), self.luck.choice(self._listed or self._larger)
            if name == "ipo" and (firm.code, board) in listed:
                continue
            listed.add((firm.code, board))
            amount = 0 if name == "quoted" else self.luck.randrange(5, 400) * 100 * WAN
            yield (
                day,
                [
                    f"GR{day:%Y}{number:05d}",
                    firm.code,
                    firm.name,
                    name,
                    board or None,
                    f"{870_000 + number}" if board else None,
                    day,
                    "CNY",
                    money(amount),
                    money(amount),
                    None if board else f"{SYNTHETIC}创业投资基金{number % 9 + 1}号",
                ],
            )

    def _guaranteed(self, count: int) -> Iterator[tuple[date, date, Row]]:
        """First day, last day, and the row without what is outstanding and the day of release."""
        for number in range(count):
            day, firm = self._day(), self.luck.choice(self._small)
            amount = self.luck.randrange(5, 100) * 10 * WAN
            lender = self.lenders.banks[firm.banks[0]].code if firm.banks else None
            yield (
                day,
                add_months(day, self.luck.choice((12, 12, 24, 36))),
                [
                    self.guarantor,
                    f"{SYNTHETIC}融资担保有限公司",
                    f"DB{day:%Y}{number:06d}",
                    firm.code,
                    firm.name,
                    lender,
                    None,
                    money(amount),
                    money(amount),
                ],
            )

    def _in_force(self, day: date) -> Iterator[Row]:
        for first, last, row in self._guarantees:
            if first > day:
                continue
            released = last if last <= day else None
            outstanding = money(0) if released else row[-1]
            yield [*row[:-1], outstanding, first, last, released, "0.80000", "80.00000"]

    def innovation(self, month: Period) -> Iterator[Row]:
        """The last two whole years of firms that stand on a list, filed in the year after each."""
        for year in (month.year - 2, month.year - 1):
            for firm in self._listed:
                if firm.founded.year > year:
                    continue
                rate = 3 + firm.number % 12
                revenue = firm.revenue * (90 + year % 7 * 2) // 100
                yield [
                    firm.code,
                    firm.name,
                    year,
                    money(revenue * rate // 100),
                    money(revenue),
                    firm.number % 23,
                    firm.number % 7,
                    firm.staff,
                    firm.staff * (10 + firm.number % 30) // 100,
                    min(date(year + 1, 5, 31), month.last_day),
                ]

    def _rates(self, place: int) -> Iterator[Row]:
        """Local legal persons that take deposits: what they list, and what they paid on this month's deposits."""
        month = self.calendar.months[place]
        for bank in self.lenders.banks:
            local = not bank.is_extract and bank.kind != "finance_company"
            if not local or merged_on(self.calendar, bank, place) is not None:
                continue
            for number, (term, listed) in enumerate(TERMS):
                listed += bank.number % 15
                chance = (bank.number * 7 + month.month * 3 + number * 5) % 11
                taken = chance * 370 * WAN
                yield [
                    bank.code,
                    term,
                    percent(listed * 1_000),
                    date(month.year - 1, 10, 18),
                    percent((listed + chance) * 1_000) if taken else None,
                    money(taken),
                ]
