"""What is true of the province: main figures counted directly from the loans, to compare a compilation with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dripline.periods import Period
from dripline.province.bills import Bill, BillBook
from dripline.province.calibration import NATIONAL_LISTS, Calendar
from dripline.province.life import Book, in_yuan
from dripline.province.listings import Listings
from dripline.province.places import CITY_OF

ANY = "technology_enterprise"
ALL = "all_units"


@dataclass(slots=True)
class Figure:
    """One population in one month: loans, and directly discounted bills apart; amounts in fen of yuan."""

    balance: int = 0
    notes: int = 0
    granted: int = 0
    renewed: int = 0
    repaid: int = 0
    weighed: int = 0
    borrowers: set[int] = field(default_factory=set)
    discounts: int = 0
    bills: int = 0
    discounted: int = 0
    discounts_weighed: int = 0
    discounters: set[int] = field(default_factory=set)

    def plain(self) -> dict[str, Any]:
        """As written: yuan with two decimals, counts, the balance rate in per cent with five decimals."""
        return {
            "balance_yuan": _yuan(self.balance),
            "notes": self.notes,
            "borrowers": len(self.borrowers),
            "granted_yuan": _yuan(self.granted),
            "renewed_yuan": _yuan(self.renewed),
            "repaid_yuan": _yuan(self.repaid),
            "balance_rate_percent": _mean(self.weighed, self.balance),
            "discounts_yuan": _yuan(self.discounts),
            "bills": self.bills,
            "discounters": len(self.discounters),
            "discounted_yuan": _yuan(self.discounted),
            "discount_rate_percent": _mean(self.discounts_weighed, self.discounts),
            "borrowers_or_discounters": len(self.borrowers | self.discounters),
        }


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _mean(weighed: int, amount: int) -> str:
    """A rate weighted by an amount, in per cent with five decimals, rounded half up; 0 without an amount."""
    rate = (2 * weighed + amount) // (2 * amount) if amount else 0
    return f"{rate // 100_000}.{rate % 100_000:05d}"


class Truth:
    """Figures of each month, of loans handled inside Henan, by population."""

    def __init__(self, listings: Listings, calendar: Calendar) -> None:
        self.calendar, self.listings = calendar, listings
        self._kinds: list[dict[int, tuple[str, ...]]] = []
        for month in range(len(calendar.months)):
            self._kinds.append(_kinds_of(listings, month))
        self.figures: list[dict[str, Figure]] = [{} for _ in calendar.months]
        self.reporters: list[dict[str, str]] = [{} for _ in calendar.months]

    def add(self, book: Book, place: int) -> None:
        """Counts a reporter's month."""
        figures, kinds, month = self.figures[place], self._kinds[place], book.month
        whole = 0
        for loan in book.loans:
            amount = in_yuan(loan.balance, loan.currency, month)
            whole += amount
            if loan.unit.region not in CITY_OF:
                continue
            for name in kinds.get(loan.firm.number, (ALL,)):
                figure = figures.setdefault(name, Figure())
                figure.balance += amount
                figure.notes += 1
                figure.weighed += amount * loan.rate
                figure.borrowers.add(loan.firm.number)
        for flow in book.flows:
            if flow.loan.unit.region not in CITY_OF:
                continue
            amount = in_yuan(flow.amount, flow.loan.currency, month)
            for name in kinds.get(flow.loan.firm.number, (ALL,)):
                figure = figures.setdefault(name, Figure())
                figure.granted += amount if flow.granted else 0
                figure.renewed += amount if flow.granted and flow.status == "LF05" else 0
                figure.repaid += 0 if flow.granted else amount
        self.reporters[place][book.bank.code] = _yuan(whole)
        self._add_bills(book.bills, figures, kinds)

    def _add_bills(
        self, book: BillBook, figures: dict[str, Figure], kinds: dict[int, tuple[str, ...]]
    ) -> None:
        """Direct discounts of a reporter's month."""

        def of(bill: Bill) -> list[Figure]:
            firm = bill.holder.firm
            if firm is None or bill.unit.region not in CITY_OF:
                return []
            names = kinds.get(firm.number, (ALL,))
            return [figures.setdefault(name, Figure()) for name in names]

        for bill in book.held:
            for figure in of(bill):
                assert bill.holder.firm is not None
                figure.discounts += bill.paid
                figure.bills += 1
                figure.discounts_weighed += bill.paid * bill.rate
                figure.discounters.add(bill.holder.firm.number)
        for flow in book.flows:
            for figure in of(flow.bill) if flow.trade == "A01" else ():
                figure.discounted += flow.amount

    def _at_home(self, numbers: frozenset[int], month: Period) -> int:
        """Listed firms of Henan's register that are not struck off by the month's end."""
        firms = (self.listings.registry.firms[number] for number in numbers)
        day = month.last_day
        return sum(f.kind == "firm" and not (f.gone_on and f.gone_on <= day) for f in firms)

    def plain(self) -> dict[str, Any]:
        """All figures, by month."""
        months = {}
        for place, month in enumerate(self.calendar.months):
            members = self.listings.members(place)
            months[str(month)] = {
                "figures": {name: f.plain() for name, f in sorted(self.figures[place].items())},
                "listed_firms": {kind: len(firms) for kind, firms in members.items()},
                "listed_in_henan": {
                    kind: self._at_home(firms, month) for kind, firms in members.items()
                },
                "rows_without_full_code": self.listings.without_full_code(place),
                "unit_loans_by_reporter": dict(sorted(self.reporters[place].items())),
            }
        return {
            "note": "Synthetic. Loans handled inside Henan (region 41), every reporter in, late packages included; "
            "unit_loans_by_reporter is the whole reporter, outside Henan included. Listed means: the edition "
            "adopted for the month, cancellations in effect left out, rows without code counted where the name "
            "fits exactly one enterprise, nine-character codes counted.",
            "months": months,
        }


def _kinds_of(listings: Listings, month: int) -> dict[int, tuple[str, ...]]:
    """For each listed firm the populations it belongs to, all units among them."""
    found: dict[int, set[str]] = {}
    for kind, firms in listings.members(month).items():
        for number in firms:
            found.setdefault(number, {ALL}).add(kind)
            if kind in NATIONAL_LISTS:
                found[number].add(ANY)
    return {number: tuple(sorted(kinds)) for number, kinds in found.items()}
