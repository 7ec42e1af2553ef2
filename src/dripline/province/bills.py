"""The life of bills at one lender: discounted for a customer or bought from a bank, sold, collected, once in a while not paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from dripline.periods import Period
from dripline.province.banks import Bank, Unit
from dripline.province.firms import WAN, Firm
from dripline.province.loans import add_months
from dripline.province.names import SYNTHETIC, credit_code

BILL_KINDS = frozenset({"state_branch", "joint_stock_branch", "city_bank", "rural_commercial"})
"""Kinds of lender that discount bills; the others send empty files."""
DISCOUNTERS_LEAST, CUSTOMERS_A_DISCOUNTER = 12, 40
"""Firms of a kind (of technology industries, others) that discount at a lender: so many, or one customer in so many."""
OFTEN, SOLD, REFUSED = 0.4, 0.05, 0.06
"""In a month: a discounter brings a bill, a bill held is sold on; of bills of firms that fall due: not paid. Made up."""
LONGEST_MONTHS = 6
BEHIND_MONTHS = 3
"""A bill not paid is written off after so many months."""
DIRECT, OUTRIGHT = "01", "02"
BANKERS, COMMERCIAL, FINANCE_COMPANY = "01", "02", "03"


@dataclass(frozen=True, slots=True)
class Name:
    """Who stands on a bill besides its holder."""

    name: str
    code: str
    id_type: str = "A01"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sells the bill to the lender: a customer, or (bought outright) a bank."""

    id_type: str
    code: str
    sector: str
    industry: str
    region: str
    ownership: str
    scale: str
    firm: Firm | None = None


BANKS = tuple(
    Name(f"{SYNTHETIC}承兑{place}号银行股份有限公司", credit_code("91", "110102", 870_000_000 + n))
    for n, place in enumerate("甲乙丙丁戊己")
)
"""Banks elsewhere that accept bills and sell them."""
FINANCE = Name(f"{SYNTHETIC}集团财务有限公司", credit_code("91", "310115", 870_000_100))


@dataclass(slots=True)
class Bill:
    """One bill, or what is left of its package, in the lender's books. Money in fen of yuan."""

    unit: Unit
    holder: Holder
    mode: str
    kind: str
    medium: str
    package: str
    first: int
    last: int
    """Range of sub-bills, each of one fen; 0 and 0 for a bill that cannot be split."""
    acceptor: Name
    drawer: Name
    issued: date
    due: date
    bought: date
    face: int
    paid: int
    rate: int
    """In 0.00001 %."""
    behind: int = 0
    """Months since it was not paid."""

    @property
    def number(self) -> str:
        """As the tables write it."""
        return f"{self.package},{self.first},{self.last}" if self.last else self.package

    @property
    def is_marked(self) -> bool:
        """A direct discount of a firm of a technology industry."""
        firm = self.holder.firm
        return self.mode == DIRECT and firm is not None and any(firm.trade.mark)


@dataclass(slots=True)
class BillFlow:
    """A bill bought, sold, collected or written off: the number and face amount that moved, and the money."""

    bill: Bill
    number: str
    day: date
    trade: str
    mode: str
    face: int
    amount: int
    serial: str


@dataclass(slots=True)
class BillBook:
    """The bills of one lender, month by month."""

    bank: Bank
    luck: Random
    discounters: list[Firm]
    month: Period
    """Lived through last."""
    held: list[Bill] = field(default_factory=list)
    flows: list[BillFlow] = field(default_factory=list)
    made: int = 0

    @classmethod
    def opened(cls, bank: Bank, luck: Random, customers: list[Firm], start: Period) -> BillBook:
        """The bills as they stand at the end of the month before the first, from half a year of life."""
        discounters = discounters_among(customers) if bank.kind in BILL_KINDS else []
        book = cls(bank, luck, discounters, start)
        for back in range(LONGEST_MONTHS, -1, -1):
            book.live(start.shift(-back))
        return book

    def live(self, month: Period) -> None:
        """One month: what falls due, what is sold, what is bought."""
        self.month, self.flows = month, []
        for bill in list(self.held):
            if bill.due <= month.last_day:
                self._fall_due(bill)
            elif bill.mode == DIRECT and self.luck.random() < SOLD:
                self._sell(bill)
        for firm in self.discounters:
            if self.luck.random() < OFTEN:
                self._buy(of_firm(firm), DIRECT)
        for _ in range(len(self.discounters) // 8):
            self._buy(of_bank(self.luck.choice(BANKS)), OUTRIGHT)

    def take_over(self, other: BillBook) -> None:
        """The bills and discounters of a bank that merges into this one."""
        self.held += other.held
        self.discounters += [firm for firm in other.discounters if firm not in self.discounters]

    def _fall_due(self, bill: Bill) -> None:
        refused = bill.kind == COMMERCIAL and not bill.behind and self.luck.random() < REFUSED
        if refused or 0 < bill.behind < BEHIND_MONTHS:
            bill.behind += 1
            return
        trade = "B04" if bill.behind else "B01"
        day = max(bill.due, self.month.first_day)
        self.held.remove(bill)
        self._note(bill, bill.number, day, trade, bill.mode, bill.face, bill.face)

    def _sell(self, bill: Bill) -> None:
        """The bill goes to another bank, or the first part of its package."""
        day = self._day(bill.bought)
        face = bill.face // 200 * 100 if bill.last and self.luck.random() < 0.4 else bill.face
        price = discounted(face, bill.rate, (bill.due - day).days)
        if face == bill.face:
            self.held.remove(bill)
            self._note(bill, bill.number, day, "B02", OUTRIGHT, face, price)
            return
        middle = bill.first + face - 1
        self._note(bill, f"{bill.package},{bill.first},{middle}", day, "B02", OUTRIGHT, face, price)
        bill.first, bill.paid = middle + 1, bill.paid - bill.paid * face // bill.face
        bill.face -= face

    def _buy(self, holder: Holder, mode: str) -> None:
        luck, day = self.luck, self._day()
        kind = luck.choices((BANKERS, COMMERCIAL, FINANCE_COMPANY), (80, 16, 4))[0]
        drawer = self._drawer(holder)
        acceptor = {BANKERS: luck.choice(BANKS), COMMERCIAL: drawer, FINANCE_COMPANY: FINANCE}[kind]
        issued = day - timedelta(days=luck.randrange(25))
        rate = (luck.randrange(110, 180) if kind == BANKERS else luck.randrange(190, 320)) * 1_000
        medium = "01" if luck.random() < 0.04 else "02"
        face = luck.randrange(10, 300) * WAN
        due = add_months(issued, luck.choice((3, 4, 6, 6, 6)))
        self.made += 1
        bill = Bill(
            unit=luck.choice([unit for unit in self.bank.units if unit.closed_on is None]),
            holder=holder,
            mode=mode,
            kind=kind,
            medium=medium,
            package=self._package(kind, medium, issued),
            first=int(medium == "02"),
            last=face if medium == "02" else 0,
            acceptor=acceptor,
            drawer=drawer,
            issued=issued,
            due=due,
            bought=day,
            face=face,
            paid=discounted(face, rate, (due - day).days),
            rate=rate,
        )
        self.held.append(bill)
        self._note(
            bill, bill.number, day, "A01" if mode == DIRECT else "A02", mode, face, bill.paid
        )

    def _drawer(self, holder: Holder) -> Name:
        """Another firm of the province that owes the holder money."""
        others = [firm for firm in self.discounters if firm is not holder.firm]
        firm = self.luck.choice(others)
        return Name(firm.name, firm.code, firm.id_type)

    def _package(self, kind: str, medium: str, issued: date) -> str:
        """Thirty digits for an electronic bill, sixteen for one on paper."""
        own = f"{self.bank.number:03d}{self.made:06d}"
        if medium == "01":
            return f"1{own:0>15}"
        return f"{6 if kind == COMMERCIAL else 5}{own:0>20}{issued:%Y%m%d}{self.made % 10}"

    def _day(self, earliest: date | None = None) -> date:
        first = max(self.month.first_day, earliest or self.month.first_day)
        return first + timedelta(days=self.luck.randrange((self.month.last_day - first).days + 1))

    def _note(
        self, bill: Bill, number: str, day: date, trade: str, mode: str, face: int, amount: int
    ) -> None:
        tag = f"PJ{self.bank.short}{self.month.year}{self.month.month:02d}"
        serial = f"{tag}{len(self.flows) + 1:06d}"
        self.flows.append(BillFlow(bill, number, day, trade, mode, face, amount, serial))


def discounters_among(customers: list[Firm]) -> list[Firm]:
    """The customers that discount: firms of technology industries first, then others."""
    count = max(DISCOUNTERS_LEAST, len(customers) // CUSTOMERS_A_DISCOUNTER)
    firms = [firm for firm in customers if firm.kind == "firm"]
    marked = [firm for firm in firms if any(firm.trade.mark)][:count]
    others = [firm for firm in firms if not any(firm.trade.mark)][:count]
    return marked + others if len(marked) + len(others) > 1 else []


def discounted(face: int, rate: int, days: int) -> int:
    """What is paid for a bill so many days before it is due, by the year of 360 days."""
    return face - face * rate * days // (360 * 100 * 100_000)


def of_firm(firm: Firm) -> Holder:
    """A customer as the bill tables write it."""
    return Holder(
        firm.id_type,
        firm.code,
        firm.sector,
        firm.industry,
        firm.county,
        firm.ownership,
        firm.scale_code,
        firm,
    )


def of_bank(bank: Name) -> Holder:
    """A bank that sells a bill outright."""
    return Holder(bank.id_type, bank.code, "B03", "J66", "110102", "A0102", "CS01")


def stock_lines(book: BillBook) -> Iterator[str]:
    """CLPJRZ."""
    for bill in sorted(book.held, key=lambda each: each.number):
        quality = "FQ03" if bill.behind > 1 else "FQ02" if bill.behind else "FQ01"
        status = "LS03" if bill.behind else "LS01"
        body = _fields(bill, bill.number, bill.mode, bill.bought, bill.face, bill.paid)
        yield f"{body}|{quality}|{status}"


def flow_lines(book: BillBook) -> Iterator[str]:
    """PJRZFS."""
    for flow in book.flows:
        body = _fields(flow.bill, flow.number, flow.mode, flow.day, flow.face, flow.amount)
        yield f"{body}|{flow.trade}|{flow.serial}"


def _fields(bill: Bill, number: str, mode: str, day: date, face: int, amount: int) -> str:
    """Fields 1 to 30 of both tables."""
    unit, who = bill.unit, bill.holder
    face_yuan, amount_yuan = _yuan(face), _yuan(amount)
    others = "|".join(
        f"{one.name}|{one.id_type}|{one.code}" for one in (bill.acceptor, bill.drawer)
    )
    return (
        f"{unit.code}|{unit.org_no}|{unit.region}|{mode}|{bill.kind}|{bill.medium}|{number}|"
        f"{who.id_type}|{who.code}|{who.sector}|{who.industry}|{who.region}|{who.ownership}|{who.scale}|"
        f"{others}|{bill.issued}|{bill.due}|{day}|CNY|{face_yuan}|{face_yuan}|CNY|{amount_yuan}|"
        f"{amount_yuan}|{bill.rate // 100_000}.{bill.rate % 100_000:05d}"
    )


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
