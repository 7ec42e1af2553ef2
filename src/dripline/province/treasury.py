"""What a lender holds and owes beside loans and bills: rediscounts with the central bank, bonds of its own, equity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from dripline.law import Law
from dripline.periods import Period
from dripline.province.banks import Bank, Unit
from dripline.province.bills import BANKERS, DIRECT, Bill, BillBook, discounted
from dripline.province.firms import WAN, Firm
from dripline.province.loans import add_months

REDISCOUNTED = 0.12
"""Share of the bills a lender may rediscount that it takes to the central bank in a month."""
YI = 10_000 * WAN
"""Fen in 100 million yuan."""
ISSUERS = {"city_bank": 6, "private_bank": 2, "rural_commercial": 2}
"""Bonds that a legal person of a kind has out at first; a bank that soon merges has none."""
ISSUES_A_MONTH = 0.3
HOLDERS = {"policy_branch": 12, "state_branch": 6, "city_bank": 5, "private_bank": 1}
"""Holdings of equity at first: policy banks' funds, shares taken in settlement, strategic holdings."""
BUYS_A_MONTH, SELLS_A_MONTH = 0.35, 0.25
KINDS_OF_BOND = (("FB01", 36), ("FB01", 60), ("FB04", 120), ("FB01", 36), ("FB06", 9), ("FB05", 60))


@cache
def rediscount_rate(on: date) -> int:
    """The central bank's rate on a day, in 0.00001 %."""
    return int(Law.load().on(on).take("rediscount.rate", Decimal) * 100_000)


@dataclass(slots=True)
class Rediscount:
    """One bill at the central bank, as it stood when it went there. Money in fen of yuan."""

    bill: Bill
    number: str
    face: int
    lent: int
    rate: int
    """In 0.00001 %."""
    day: date
    repurchase: date | None
    """Day the bank buys it back; none where the bill was sold for good."""


@dataclass(slots=True)
class Bond:
    """One bond of the lender's own."""

    code: str
    kind: str
    reopening: int
    rating: str
    face: int
    coupon: int | None
    """In 0.00001 %; none of a bond sold at a discount."""
    begins: date
    ends: date
    price: int


@dataclass(slots=True)
class Holding:
    """Equity in one firm under one certificate."""

    number: str
    firm: Firm
    kind: str
    balance: int


@dataclass(slots=True)
class Treasury:
    """Rediscounts, bonds and equity of one lender, month by month; the flows are those of the month lived through last."""

    bank: Bank
    luck: Random
    bills: BillBook
    candidates: list[Firm]
    """Firms whose shares the lender may come to hold."""
    month: Period
    rediscounts: list[Rediscount] = field(default_factory=list)
    rediscount_flows: list[tuple[Rediscount, bool]] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    bond_flows: list[tuple[Bond, date, bool]] = field(default_factory=list)
    holdings: list[Holding] = field(default_factory=list)
    holding_flows: list[tuple[Holding, date, int, bool]] = field(default_factory=list)
    made: int = 0

    @classmethod
    def opened(cls, bank: Bank, luck: Random, bills: BillBook, customers: list[Firm]) -> Treasury:
        """As it stands at the end of the month before the first."""
        firms = [firm for firm in customers if firm.kind == "firm" and firm.gone_on is None]
        book = cls(bank, luck, bills, firms, bills.month)
        for _ in range(3):
            book._rediscount(bills.month.first_day)
        for place in range(0 if bank.merges_into is not None else ISSUERS.get(bank.kind, 0)):
            kind, months = KINDS_OF_BOND[place]
            age = luck.randrange(1, months)
            book._issue(kind, months, add_months(bills.month.last_day, -age))
        for _ in range(HOLDERS.get(bank.kind, 0)):
            book._buy()
        book.rediscount_flows, book.bond_flows, book.holding_flows = [], [], []
        return book

    def live(self, month: Period) -> None:
        """One month, after the bills have lived it."""
        self.month = month
        self.rediscount_flows, self.bond_flows, self.holding_flows = [], [], []
        self._settle()
        self._rediscount(month.first_day)
        self._redeem()
        if self.bonds and self.luck.random() < ISSUES_A_MONTH:
            kind, months = self.luck.choice(KINDS_OF_BOND)
            self._issue(kind, months, self._day())
        if self.holdings and self.luck.random() < SELLS_A_MONTH:
            self._sell()
        if self.holdings and self.luck.random() < BUYS_A_MONTH:
            self._buy()

    def take_over(self, other: Treasury) -> None:
        """What a lender that merges into this one held and owed."""
        self.rediscounts += other.rediscounts
        self.bonds += other.bonds
        self.holdings += other.holdings
        self.candidates += [firm for firm in other.candidates if firm not in self.candidates]

    def _settle(self) -> None:
        """A rediscount ends with its bill: collected, sold, or sold in part."""
        for each in list(self.rediscounts):
            held = any(bill is each.bill for bill in self.bills.held)
            if not held or each.bill.number != each.number:
                self.rediscounts.remove(each)
                self.rediscount_flows.append((each, False))

    def _rediscount(self, earliest: date) -> None:
        at_the_bank = {id(each.bill) for each in self.rediscounts}
        for bill in self.bills.held:
            fits = bill.kind == BANKERS and bill.mode == DIRECT and not bill.behind
            if not fits or id(bill) in at_the_bank or self.luck.random() >= REDISCOUNTED:
                continue
            day = self._day(max(earliest, bill.bought))
            rate = rediscount_rate(day)
            one = Rediscount(
                bill,
                bill.number,
                bill.face,
                discounted(bill.face, rate, (bill.due - day).days),
                rate,
                day,
                bill.due if self.luck.random() < 0.5 else None,
            )
            self.rediscounts.append(one)
            self.rediscount_flows.append((one, True))

    def _issue(self, kind: str, months: int, day: date) -> None:
        self.made += 1
        at_discount = kind == "FB06"
        face = self.luck.randrange(5, 30) * YI
        bond = Bond(
            code=f"{self.bank.number:03d}{day.year % 100:02d}{self.made:04d}",
            kind=kind,
            reopening=0,
            rating="C01" if self.bank.kind == "city_bank" else "C02",
            face=face,
            coupon=None if at_discount else self.luck.randrange(190, 420) * 1_000,
            begins=day,
            ends=add_months(day, months),
            price=face * 98 // 100 if at_discount else face,
        )
        self.bonds.append(bond)
        self.bond_flows.append((bond, day, True))

    def _redeem(self) -> None:
        for bond in list(self.bonds):
            if bond.ends <= self.month.last_day:
                self.bonds.remove(bond)
                self.bond_flows.append((bond, max(bond.ends, self.month.first_day), False))

    def _buy(self) -> None:
        if not self.candidates:
            return
        self.made += 1
        firm = self.luck.choice(self.candidates)
        holding = Holding(
            f"GQ{self.bank.short}{self.made:06d}",
            firm,
            self.luck.choice(("2", "2", "3")),
            self.luck.randrange(50, 900) * WAN,
        )
        self.holdings.append(holding)
        self.holding_flows.append((holding, self._day(), holding.balance, True))

    def _sell(self) -> None:
        """One holding is sold, in part or as a whole."""
        holding = self.luck.choice(self.holdings)
        whole = self.luck.random() < 0.5
        amount = holding.balance if whole else holding.balance // 200 * 100
        holding.balance -= amount
        if whole:
            self.holdings.remove(holding)
        if amount:
            self.holding_flows.append((holding, self._day(), amount, False))

    def _day(self, earliest: date | None = None) -> date:
        first = max(self.month.first_day, earliest or self.month.first_day)
        return first + timedelta(days=self.luck.randrange((self.month.last_day - first).days + 1))

    # --- lines ---------------------------------------------------------------------------------------

    def tables(self) -> dict[str, list[str]]:
        """The six tables of the month."""
        tag = f"ZT{self.bank.short}{self.month.year}{self.month.month:02d}"
        return {
            "CLZTX": [_rediscounted(one) for one in self.rediscounts],
            "ZTXFS": [
                f"{_rediscounted(one)}|{int(made)}|{tag}{place:06d}"
                for place, (one, made) in enumerate(self.rediscount_flows, 1)
            ],
            "CLZQFX": [
                f"{self._bond(bond)}|{_twice(bond.face)}|{_twice(bond.price)}|{_days(bond)}|"
                f"{'01' if bond.coupon is None else '04'}|{_coupon(bond)}"
                for bond in self.bonds
            ],
            "ZQFXFS": list(self._bond_flow_lines()),
            "CLGQTZ": [
                f"{_equity(self.bank.units[0], each)}|CNY|{_twice(each.balance)}"
                for each in self.holdings
            ],
            "GQTZFS": [
                f"{_equity(self.bank.units[0], each)}|{day}|CNY|{_twice(amount)}|{int(bought)}"
                for each, day, amount, bought in self.holding_flows
            ],
        }

    def _bond(self, bond: Bond) -> str:
        """Fields 1 to 7 of both tables of bonds."""
        custodian = "300" if bond.kind == "FB06" else "400"
        return f"{self.bank.legal_person}|{bond.code}|{custodian}|{bond.kind}|{bond.rating}|{bond.reopening}|CNY"

    def _bond_flow_lines(self) -> Iterator[str]:
        for bond, day, issued in self.bond_flows:
            cash = bond.price if issued else bond.face
            yield (
                f"{self._bond(bond)}|{_twice(bond.face)}|{_twice(cash)}|{_days(bond)}|{day}|"
                f"{_coupon(bond)}|{int(issued)}"
            )


def _days(bond: Bond) -> str:
    return f"{bond.begins}|{bond.begins}|{bond.ends}"


def _coupon(bond: Bond) -> str:
    return "" if bond.coupon is None else _percent(bond.coupon)


def _rediscounted(one: Rediscount) -> str:
    """Fields 1 to 24 of both tables of rediscounts."""
    bill, unit = one.bill, one.bill.unit
    others = "|".join(
        f"{each.name}|{each.id_type}|{each.code}" for each in (bill.drawer, bill.acceptor)
    )
    return (
        f"{unit.code}|{unit.org_no}|{unit.region}|{one.number}|{bill.kind}|{bill.medium}|{bill.issued}|"
        f"{bill.due}|{bill.bought}|{one.repurchase or ''}|{one.day}|{others}|CNY|{_twice(one.face)}|"
        f"{_percent(one.rate)}|CNY|{_twice(one.lent)}"
    )


def _equity(unit: Unit, each: Holding) -> str:
    """Fields 1 to 7 of both tables of equity; kinds of investee are written as sectors, their list being unknown."""
    firm = each.firm
    return f"{unit.code}|{unit.org_no}|{each.number}|{each.kind}|{firm.sector}|{firm.code}|{firm.county}"


def _twice(fen: int) -> str:
    """An amount in yuan and the same in yuan converted."""
    text = f"{fen // 100}.{fen % 100:02d}"
    return f"{text}|{text}"


def _percent(rate: int) -> str:
    return f"{rate // 100_000}.{rate % 100_000:05d}"
