"""The life of loans: repaid, renewed, extended, overdue, written off, granted anew, month by month, to the fen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from dripline.periods import Period
from dripline.province.banks import Bank, Unit
from dripline.province.bills import BillBook
from dripline.province.firms import WAN, Firm
from dripline.province.loans import DOLLAR, Desk, Loan, add_months, base_rate
from dripline.province.places import CITY_OF
from dripline.province.treasury import Treasury

GROWTH_A_YEAR = 0.10
PENALTY = 130
"""Per cent of the rate while a loan is overdue."""
NEVER = Period(1900, 1)
FIRST_LPR = date(2019, 9, 2)
"""Older notes were priced on benchmarks that ended."""
LARGEST_SHARE = 12
"""No note is more than one twelfth of a lender's loans, so that no single repayment looks like an error."""


@dataclass(slots=True)
class Customer:
    """What a bank knows of a firm beyond the firm itself."""

    firm: Firm
    first_credit: date | None
    limit: int = 0
    left: str = ""
    middle: str = ""
    right: str = ""
    """The unchanging parts of its line, written once."""


@dataclass(slots=True)
class Flow:
    """A sum granted or repaid: who, how much, under which status of the flow table."""

    loan: Loan
    amount: int
    granted: bool
    status: str = "LF01"
    restructured: str = ""
    ended: date | None = None


def dollar(month: Period) -> int:
    """Yuan for 100 dollars at the end of a month: made up, near 7.15."""
    return DOLLAR + (month.year * 12 + month.month) * 7 % 9 - 4


def in_yuan(amount: int, currency: str, month: Period) -> int:
    """An amount in fen of yuan at the end of a month."""
    return amount if currency == "CNY" else (amount * dollar(month) + 50) // 100


@dataclass(slots=True)
class Book:
    """The loans and customers of one reporter."""

    bank: Bank
    desk: Desk
    luck: Random
    prospects: list[Firm]
    newcomers: float
    bills: BillBook
    treasury: Treasury
    loans: list[Loan] = field(default_factory=list)
    customers: dict[int, Customer] = field(default_factory=dict)
    month: Period = NEVER
    flows: list[Flow] = field(default_factory=list)
    latest: dict[int, Loan] = field(default_factory=dict)
    """The note last granted to each firm: a later one may be drawn under its contract."""

    def total(self) -> int:
        """All loans in fen of yuan, at the rate of the month lived through last."""
        return sum(in_yuan(loan.balance, loan.currency, self.month) for loan in self.loans)

    def open(self, firms: list[Firm], leaving: list[Firm], notes: float, start: date) -> None:
        """The portfolio as it stands before the first month; ``leaving`` are depositors that will be struck off."""
        luck = self.luck
        self.month = Period.of(start)
        for firm in firms:
            count = 1
            while count < 9 and luck.random() < 1 - 1 / notes:
                count += 1
            share = firm.debt // len(firm.banks)
            for _ in range(count):
                self._old_loan(
                    firm, max(share // count * luck.randrange(60, 141) // 100, 10 * WAN), start
                )
        self._cap()
        for firm in (*self.prospects[::3], *leaving):
            self.customers.setdefault(firm.number, Customer(firm, None))

    def _old_loan(self, firm: Firm, principal: int, start: date) -> None:
        luck, months = self.luck, self.desk.term(firm)
        founded = firm.founded + timedelta(days=45)
        grant = max(start - timedelta(days=luck.randrange(1, months * 30 - 3)), founded, FIRST_LPR)
        while add_months(grant, months) <= start:
            grant += timedelta(days=3)
        loan = self.desk.lend(firm, principal, grant, months, first=False, unit=self.unit_for(firm))
        self._age(loan, start)
        self._join(loan)
        self.loans.append(loan)
        known = max(grant - timedelta(days=luck.choice((0, 0, 200, 700, 1500))), founded)
        customer = self.customers.setdefault(firm.number, Customer(firm, known))
        customer.first_credit = min(customer.first_credit or known, known)

    def _age(self, loan: Loan, start: date) -> None:
        """What has happened to a note before the first month."""
        if loan.every:
            paid = (start.year - loan.grant.year) * 12 + start.month - loan.grant.month
            loan.balance -= min(paid // loan.every * loan.instalment, loan.balance * 4 // 5)
        self._reprice(loan, start)
        fate = self.luck.random()
        if fate < 0.012 and not loan.every and loan.grant > loan.firm.founded + timedelta(days=500):
            self._shift_back(loan, start, self.luck.randrange(1, 7))
            self._fall_behind(loan, "01")
            loan.overdue_months = (start - loan.due).days // 30
            loan.quality = quality_after(loan.overdue_months)
        elif fate < 0.03 and not loan.every:
            self._shift_back(loan, start, 2)
            self._extend(loan)
        elif fate < 0.05:
            loan.quality = "FQ02"

    def _shift_back(self, loan: Loan, start: date, months: int) -> None:
        """Moves a note into the past so that it fell due so many months ago."""
        run = (loan.due.year - loan.grant.year) * 12 + loan.due.month - loan.grant.month
        loan.due = add_months(start.replace(day=self.luck.randrange(1, 28)), -months)
        loan.grant = max(add_months(loan.due, -run), loan.firm.founded + timedelta(days=45))
        loan.base = base_rate(loan.grant, loan.due, loan.grant)
        loan.rate = max(loan.base + loan.spread, 150_000)
        loan.reprice = loan.due
        for guarantee in loan.contract.guarantees:
            guarantee.start = loan.grant
            for item in guarantee.items:
                item.appraised = loan.grant - timedelta(days=20)

    def _cap(self) -> None:
        for _ in range(4):
            most = max(self.total() // LARGEST_SHARE, 20 * WAN)
            for loan in self.loans:
                if in_yuan(loan.balance, loan.currency, self.month) > most * 101 // 100:
                    small = most if loan.currency == "CNY" else most // 8
                    factor = small * 1000 // loan.balance
                    loan.principal = loan.principal * factor // 1000 // WAN * WAN or WAN
                    loan.instalment = loan.instalment * factor // 1000 // 100 * 100
                    loan.balance = loan.balance * factor // 1000 // 100 * 100

    def unit_for(self, firm: Firm) -> Unit:
        """The outlet that handles a firm: in its county, its city, or the head office's."""
        units = [unit for unit in self.bank.units if unit.closed_on is None]
        outside = firm.county not in CITY_OF
        home = None if outside else CITY_OF[firm.county]
        near = [u for u in units[1:] if u.region == firm.county] or [
            u
            for u in units[1:]
            if (CITY_OF.get(u.region) is home if home else u.region not in CITY_OF)
        ]
        if near:
            return self.luck.choice(near)
        inside = [u for u in units if u.region in CITY_OF]
        return self.luck.choice(inside) if len(inside) <= 3 else inside[0]

    def live(self, month: Period) -> None:
        """One month: what falls due, instalments, trouble, then new loans up to the path of growth."""
        before = self.total()
        self.month, self.flows = month, []
        for loan in list(self.loans):
            if loan.status == "LS03":
                self._behind(loan)
            elif loan.last_day <= month.last_day:
                self._fall_due(loan)
            else:
                self._carry_on(loan)
        self.loans = [loan for loan in self.loans if loan.balance]
        self._grow(before + int(before * GROWTH_A_YEAR / 12))
        self.bills.live(month)
        self.treasury.live(month)

    def _day(self, earliest: date | None = None) -> date:
        first = max(self.month.first_day, earliest or self.month.first_day)
        return first + timedelta(days=self.luck.randrange((self.month.last_day - first).days + 1))

    def _pay(self, loan: Loan, amount: int, day: date, status: str = "LF01", how: str = "") -> None:
        loan.balance -= amount
        ended = day if loan.balance == 0 else None
        self.flows.append(Flow(loan, amount, False, status, how, ended))

    def _grant(
        self,
        firm: Firm,
        amount: int,
        day: date,
        *,
        status: str = "LF01",
        how: str = "",
        months: int = 0,
    ) -> Loan:
        new = firm.number not in self.customers or self.customers[firm.number].first_credit is None
        months = months or self.desk.term(firm)
        loan = self.desk.lend(firm, amount, day, months, first=new, unit=self.unit_for(firm))
        customer = self.customers.setdefault(firm.number, Customer(firm, day))
        customer.first_credit = customer.first_credit or day
        customer.left = ""
        if not firm.record_before and (firm.first_loan is None or day < firm.first_loan):
            firm.first_loan = day
        self._join(loan)
        self.flows.append(Flow(loan, loan.balance, True, status, how))
        self.loans.append(loan)
        return loan

    def _join(self, loan: Loan) -> None:
        """Some notes are drawn under an earlier contract of the firm, or secured by its maximum guarantee."""
        old = self.latest.get(loan.firm.number)
        self.latest[loan.firm.number] = loan
        if old is None or not old.balance or old.currency != loan.currency:
            return
        if self.luck.random() < 0.15:
            loan.contract = old.contract
        elif loan.contract.guarantee_type == old.contract.guarantee_type in ("C99", "A"):
            guarantee = old.contract.guarantees[0]
            if guarantee.kind == "02":
                guarantee.covers.append(loan.contract.number)
                loan.contract.guarantees = [guarantee]
        for guarantee in loan.contract.guarantees:
            guarantee.end = max(guarantee.end, add_months(loan.due, 36))

    def _fall_due(self, loan: Loan) -> None:
        luck, day = self.luck, max(loan.last_day, self.month.first_day)
        fate = luck.random()
        if fate < 0.012:
            self._fall_behind(loan, luck.choice(("01", "03")))
        elif fate < 0.035 and loan.extended is None:
            self._extend(loan)
        elif fate < 0.30 and loan.firm.size != "large" and loan.currency == "CNY":
            how, amount = luck.choice(("01", "01", "01", "02")), loan.balance
            months = (loan.due.year - loan.grant.year) * 12 + loan.due.month - loan.grant.month
            self._pay(loan, amount, day, "LF05", how)
            self._renew(loan, amount, day, how, min(months, 36))
        else:
            amount = in_yuan(loan.balance, loan.currency, self.month)
            self._pay(loan, loan.balance, day)
            if fate < 0.85:
                self._grant(loan.firm, amount, self._day(day))

    def _renew(self, old: Loan, amount: int, day: date, how: str, months: int) -> None:
        """A new note repays the old one; it is as large, to the fen."""
        new = self._grant(old.firm, amount, day, status="LF05", how=how, months=months)
        if new.currency == "CNY":
            new.balance = new.principal = self.flows[-1].amount = amount

    def _extend(self, loan: Loan) -> None:
        loan.extended = add_months(loan.due, self.luck.choice((6, 9, 12)))
        loan.status = "LS02"
        loan.reprice = loan.extended
        loan.quality = self.luck.choice(("FQ01", "FQ02"))

    def _fall_behind(self, loan: Loan, kind: str) -> None:
        loan.status, loan.overdue_type, loan.overdue_months = "LS03", kind, 0
        loan.quality = "FQ02"
        loan.rate = loan.rate * PENALTY // 100

    def _behind(self, loan: Loan) -> None:
        luck, fate = self.luck, self.luck.random()
        loan.overdue_months += 1
        past = loan.last_day <= self.month.last_day
        if loan.overdue_type == "02" and past:
            loan.overdue_type = "03"
        elif loan.overdue_type == "02" and fate < 0.35:
            loan.status = "LS02" if loan.extended else "LS01"
            loan.overdue_type, loan.rate = "", loan.rate * 100 // PENALTY
            return
        loan.quality = quality_after(loan.overdue_months)
        if loan.overdue_months >= 9 and fate < 0.35:
            self._pay(
                loan, loan.balance, self._day(), luck.choice(("LF02", "LF02", "LF04", "LF06"))
            )
        elif fate < 0.10:
            self._pay(loan, loan.balance, self._day())
        elif fate < 0.25 and loan.balance > 4 * WAN:
            self._pay(loan, loan.balance // 400 * 100, self._day())

    def _carry_on(self, loan: Loan) -> None:
        self._reprice(loan, self.month.last_day)
        fate = self.luck.random()
        if fate < 0.001:
            self._fall_behind(loan, "02")
        elif fate < 0.004:
            loan.quality = "FQ02"
        elif fate < 0.009:
            self._pay(loan, loan.balance, self._day())
        elif loan.every and loan.balance > loan.instalment:
            months = (self.month.year - loan.grant.year) * 12 + self.month.month - loan.grant.month
            if months and months % loan.every == 0:
                day = min(loan.grant.day, self.month.last_day.day)
                self._pay(loan, loan.instalment, self.month.first_day.replace(day=day))

    def _reprice(self, loan: Loan, until: date) -> None:
        while loan.floating and loan.reprice <= until and loan.reprice < loan.last_day:
            loan.base = base_rate(loan.grant, loan.due, loan.reprice)
            loan.rate = max(loan.base + loan.spread, 150_000)
            loan.reprice = min(add_months(loan.reprice, 12), loan.last_day)

    def _grow(self, target: int) -> None:
        """New loans until the portfolio is back on its path, a third of a usual note allowed."""
        luck, known = self.luck, [c.firm for c in self.customers.values() if c.first_credit]
        lacking = target - self.total()
        typical = target // max(len(self.loans), 1)
        for _ in range(len(self.loans) // 4 + 4):
            if lacking < typical // 3:
                return
            if self.prospects and luck.random() < self.newcomers:
                firm = self.prospects.pop(luck.randrange(len(self.prospects)))
                if self.bank.number not in firm.banks:
                    firm.banks.append(self.bank.number)
            else:
                firm = luck.choice(known)
            wish = firm.debt // (len(firm.banks) or 1) * luck.randrange(15, 60) // 100
            amount = min(wish, lacking * 6 // 5, target // LARGEST_SHARE)
            loan = self._grant(firm, amount, self._day())
            lacking -= in_yuan(loan.balance, loan.currency, self.month)

    def take_over(self, other: Book) -> None:
        """The loans and customers of a bank that merges into this one, and the firms that may come to it."""
        for customer in other.customers.values():
            mine = self.customers.setdefault(customer.firm.number, customer)
            days = [d for d in (mine.first_credit, customer.first_credit) if d]
            mine.first_credit = min(days) if days else None
            mine.limit = max(mine.limit, customer.limit)
        for each in self.customers.values():
            each.left = ""
        self.loans += other.loans
        self.bills.take_over(other.bills)
        self.treasury.take_over(other.treasury)
        self.prospects += other.prospects
        for loan in self.loans:
            loan.left = ""


def quality_after(months: int) -> str:
    """How a loan so many months overdue is classified."""
    return ("FQ02", "FQ03", "FQ04", "FQ05")[min(months // 3, 3)]
