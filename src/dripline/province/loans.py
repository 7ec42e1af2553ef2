"""A loan note, its contract and its guarantees, and the terms on which it is granted."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import md5
from random import Random

from dripline.province.banks import SPREAD, Bank, Unit
from dripline.province.calibration import lpr
from dripline.province.firms import WAN, Firm
from dripline.province.trades import PURPOSES, Mark

SIZE_SPREAD = {"large": -55, "medium": -25, "small": 10, "micro": 45, "": 0}
BASIS_POINT = 1_000
"""A hundredth of a percent in 0.00001 %."""
SHORT, LONG = (12, 12, 12, 6, 9), (24, 36, 36, 60, 96)
DOLLAR = 715
"""Yuan for 100 dollars, about; the monthly rates of the province move around it."""


@dataclass(slots=True)
class Item:
    """One collateral item: its number, kind, value in fen, day of appraisal."""

    number: str
    kind: str
    value: int
    appraised: date
    face_value: int | None = None


@dataclass(slots=True)
class Guarantor:
    """Who guarantees: another firm, the borrower itself for its own assets, or a person (masked)."""

    id_type: str
    id_no: str
    sector: str
    industry: str
    region: str
    scale: str


@dataclass(slots=True)
class Guarantee:
    """A guarantee contract, the loan contracts it covers, its guarantors and collateral."""

    number: str
    kind: str
    covers: list[str]
    start: date
    end: date
    currency: str
    amount: int
    guarantors: list[Guarantor]
    items: list[Item]
    loan_to_value: int | None
    """In hundredths of a percent."""


@dataclass(slots=True)
class Contract:
    """A loan contract and what secures it; several notes may be drawn under it."""

    number: str
    guarantee_type: str
    guarantees: list[Guarantee] = field(default_factory=list)


@dataclass(slots=True)
class Loan:
    """One loan note (借据) at the end of the last month that was lived through. Money in fen of its currency."""

    unit: Unit
    firm: Firm
    contract: Contract
    note: str
    product: str
    grant: date
    due: date
    currency: str
    balance: int
    principal: int
    floating: bool
    rate: int
    """In 0.00001 %, penalty included when overdue."""
    benchmark: str
    base: int
    spread: int
    reprice: date
    purpose: str
    fiscal: str
    instalment: int
    """Repaid each ``every`` months; 0 for a bullet loan."""
    every: int
    mark: Mark | None
    first: bool
    extended: date | None = None
    quality: str = "FQ01"
    status: str = "LS01"
    overdue_type: str = ""
    overdue_months: int = 0
    left: str = ""
    """The unchanging first sixteen fields of its line, written once."""

    @property
    def last_day(self) -> date:
        """When it is due, an extension counted."""
        return self.extended or self.due

    @property
    def is_long(self) -> bool:
        """Granted for more than a year."""
        return self.due > add_months(self.grant, 12)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def base_rate(grant: date, due: date, on: date) -> int:
    """The LPR of the loan's term on a day: of five years for more than sixty months."""
    one, five = lpr(on)
    return five if due > add_months(grant, 60) else one


def masked_person(serial: int, county: str) -> str:
    """The masked id of a made-up person: 14 characters and the digest of 18, as the standard masks it."""
    start = f"{county}{1960 + serial % 40}{serial % 12 + 1:02d}{serial % 28 + 1:02d}"
    number = f"{start}{serial % 1000:03d}X"
    return number[:14] + md5(number.encode(), usedforsecurity=False).hexdigest()


class Desk:
    """The credit desk of one bank: makes contracts and notes on its terms, numbers each once."""

    def __init__(self, bank: Bank, luck: Random, guarantee_company: str) -> None:
        self.bank, self.luck = bank, luck
        self._guarantee_company = guarantee_company
        self._count = 0

    def _next(self) -> int:
        self._count += 1
        return self._count

    def term(self, firm: Firm) -> int:
        """Months a loan to this firm runs."""
        long = self.luck.random() < (0.45 if firm.size in ("large", "medium") else 0.22)
        return self.luck.choice(LONG if long else SHORT)

    def lend(
        self, firm: Firm, principal: int, grant: date, months: int, *, first: bool, unit: Unit
    ) -> Loan:
        """A new note under a new contract; the principal is in fen of yuan."""
        luck, long = self.luck, months > 12
        due = add_months(grant, months)
        foreign_money = not long and (
            firm.kind == "foreign" or (firm.size == "large" and luck.random() < 0.04)
        )
        product = self._product(firm, long, foreign_money)
        floating = luck.random() < (0.75 if long else 0.3)
        spread = self._spread(firm)
        base = base_rate(grant, due, grant)
        every = 0 if not long else luck.choice((1, 3, 3, 6))
        currency = "USD" if foreign_money else "CNY"
        principal = principal * 100 // DOLLAR if foreign_money else principal
        principal = max(principal // WAN * WAN, 10 * WAN)
        return Loan(
            unit=unit,
            firm=firm,
            contract=self._contract(firm, principal, grant, due, currency),
            note=f"JJ{self.bank.short}{grant.year}{self._next():06d}",
            product=product,
            grant=grant,
            due=due,
            currency=currency,
            balance=principal,
            principal=principal,
            floating=floating,
            rate=max(base + spread, 150_000),
            benchmark="TR05",
            base=base,
            spread=spread,
            reprice=min(add_months(grant, 12), due) if floating else due,
            purpose=PURPOSES[3 + luck.randrange(3)] if long else PURPOSES[luck.randrange(3)],
            fiscal="A0202" if luck.random() < 0.01 else "",
            instalment=principal * every // months // 100 * 100 if every else 0,
            every=every,
            mark=self._mark(firm),
            first=first,
        )

    def _product(self, firm: Firm, long: bool, foreign_money: bool) -> str:
        if foreign_money:
            return "F081"
        if long:
            return "F12" if firm.size == "large" and self.luck.random() < 0.05 else "F023"
        return "F082" if self.luck.random() < 0.03 else "F022"

    def _spread(self, firm: Firm) -> int:
        points = SPREAD[self.bank.kind] + SIZE_SPREAD[firm.size] + self.luck.randrange(-30, 31, 5)
        if firm.lists:
            points -= 15
        return max(points, -140) * BASIS_POINT

    def _mark(self, firm: Firm) -> Mark | None:
        """Types of tech-related industry the loan counts in; a few loans of such firms are for something else."""
        mark = firm.trade.mark
        return mark if firm.kind == "firm" and any(mark) and self.luck.random() < 0.94 else None

    def _contract(
        self, firm: Firm, principal: int, grant: date, due: date, currency: str
    ) -> Contract:
        number = f"HT{self.bank.short}{grant.year}{self._next():06d}"
        contract = Contract(number, self._guarantee_type(firm))
        end = add_months(due, 36)
        kinds = {
            "A": "p",
            "B01": "m",
            "B99": "x",
            "C01": "jj",
            "C99": "s",
            "E": "ps",
            "E01": "ms",
        }.get(contract.guarantee_type, "")
        for place, kind in enumerate(kinds, 1):
            contract.guarantees.append(
                self._guarantee(
                    f"DB{number[2:]}{place}", kind, firm, number, principal, grant, end, currency
                )
            )
        return contract

    def _guarantee_type(self, firm: Firm) -> str:
        if firm.kind in ("foreign", "office"):
            return "D"
        listed = bool(firm.lists)
        kinds = ("D", "C99", "C01", "B01", "B99", "A", "E", "E01", "Z")
        weights = (34, 22, 2, 14, 4, 12, 6, 6, 1) if listed else (16, 26, 4, 26, 6, 8, 5, 9, 1)
        return self.luck.choices(kinds, weights)[0]

    def _guarantee(
        self,
        number: str,
        kind: str,
        firm: Firm,
        covered: str,
        principal: int,
        grant: date,
        end: date,
        currency: str,
    ) -> Guarantee:
        luck = self.luck
        ltv = luck.randrange(3_000, 7_001, 500) if kind in "pmx" else None
        items, guarantors = [], [own_guarantor(firm)]
        if ltv:
            yuan = principal * DOLLAR // 100 if currency == "USD" else principal
            value = yuan * 10_000 // ltv
            code = self._item_kind(kind, firm)
            face = value if code.startswith("A") else None
            items = [
                Item(
                    f"YP{number[2:]}",
                    code,
                    value,
                    grant - timedelta(days=luck.randrange(5, 90)),
                    face,
                )
            ]
        else:
            guarantors = [self._person(firm)]
            if kind == "j" or luck.random() < 0.15:
                guarantors.append(self._company())
        contract_kind = "02" if luck.random() < 0.3 else "01"
        return Guarantee(
            number,
            contract_kind,
            [covered],
            grant,
            end,
            currency,
            principal,
            guarantors,
            items,
            ltv,
        )

    def _item_kind(self, kind: str, firm: Firm) -> str:
        if kind == "m":
            return self.luck.choice(("C01", "C02", "C04"))
        if kind == "x":
            return self.luck.choice(("D02", "D03"))
        pledges = (
            ("D07", "D07", "D07", "B01", "A02", "D01")
            if firm.lists
            else ("B01", "B02", "A02", "D01", "A06")
        )
        return self.luck.choice(pledges)

    def _person(self, firm: Firm) -> Guarantor:
        masked = masked_person(self.luck.randrange(10**6), firm.county)
        return Guarantor("B01", masked, "D01", "100", firm.county, "")

    def _company(self) -> Guarantor:
        """A guarantee company of the province; it has no financial licence, so its sector is C."""
        return Guarantor("A01", self._guarantee_company, "C01", "L72", "410105", "CS03")


def own_guarantor(firm: Firm) -> Guarantor:
    """The borrower, who gives its own assets."""
    return Guarantor(
        firm.id_type, firm.code, firm.sector, firm.industry, firm.county, firm.scale_code
    )
