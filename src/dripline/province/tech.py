"""The tech-loan files: rows T13 for each marked loan, and the five summary rows added up from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from dripline.periods import Period
from dripline.province.banks import Unit
from dripline.province.life import Book, Flow, in_yuan
from dripline.province.loans import Loan
from dripline.province.trades import Mark

CLASSES = ("T08", "T09", "T10", "T11")
BILL_KINDS = frozenset({"city_bank", "joint_stock_branch"})
"""Kinds of lender that also report directly discounted bills (C03); their base table comes apart."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A loan or bill of a tech-related industry: what it adds to the summary, and its row."""

    amount: int
    rate: int
    holder: str
    mark: Mark
    unit: Unit
    contract: str
    note: str
    bill: str
    serial: str

    def line(self, *, flow: bool) -> str:
        """The row T13."""
        flags = "|".join(f"{int(bool(kind))}|{kind}" for kind in self.mark)
        serial = f"{self.serial}|" if flow else ""
        business = "C01" if self.bill == "0" else "C03"
        return (
            f"T13||||{self.unit.code}|{self.unit.org_no}|{self.contract}|{self.note}|{self.bill}|||"
            f"{flags}|{serial}{business}{'|' * 10}"
        )


@dataclass(slots=True)
class TechRows:
    """Both tech-loan files of one book and month."""

    book: Book
    month: Period
    stock: list[Loan]
    flows: list[Flow]
    serials: list[str]

    def stock_lines(self) -> list[str]:
        """HDACLKJDK."""
        marked = [_of_loan(loan, loan.balance, "", self.month) for loan in self.stock if loan.mark]
        marked += list(self._bills(bought=False))
        return summary(marked, flow=False) + [each.line(flow=False) for each in marked]

    def flow_lines(self) -> list[str]:
        """HDAKJDKFS."""
        marked = [
            _of_loan(flow.loan, flow.amount, serial, self.month)
            for flow, serial in zip(self.flows, self.serials, strict=True)
            if flow.granted and flow.loan.mark
        ]
        marked += list(self._bills(bought=True))
        return summary(marked, flow=True) + [each.line(flow=True) for each in marked]

    def bill_total(self) -> int:
        """Discounted bills outstanding, in fen; part of the line of bill finance."""
        return sum(each.amount for each in self._bills(bought=False))

    def _bills(self, *, bought: bool) -> Iterable[Marked]:
        """Six months of discounts, made from the bank and month alone so that stock and flow agree."""
        if self.book.bank.kind not in BILL_KINDS:
            return
        for age in range(1 if bought else 6):
            month = self.month.shift(-age)
            for place, firm in enumerate(self.book.discounters):
                text = f"{self.book.bank.code}|{month}|{firm.code}"
                chance = int.from_bytes(sha256(text.encode()).digest()[:4], "big")
                if chance % 4 == 0:
                    tag = f"{month.year}{month.month:02d}"
                    yield Marked(
                        amount=(chance % 900 + 100) * 100_000,
                        rate=110_000 + chance % 70 * 1_000,
                        holder=firm.code,
                        mark=firm.trade.mark,
                        unit=self.book.bank.units[0],
                        contract="0",
                        note="0",
                        bill=f"6{self.book.bank.short}{tag}{place:04d}{chance:010d},1,{chance % 900 + 100}",
                        serial=f"PJ{self.book.bank.short}{tag}{place:05d}",
                    )


def _of_loan(loan: Loan, amount: int, serial: str, month: Period) -> Marked:
    assert loan.mark is not None
    return Marked(
        in_yuan(amount, loan.currency, month),
        loan.rate,
        loan.firm.code,
        loan.mark,
        loan.unit,
        loan.contract.number,
        loan.note,
        "0",
        serial,
    )


def summary(marked: list[Marked], *, flow: bool) -> list[str]:
    """Rows T08 to T12: amount, weighted rate rounded half up, distinct customers."""
    rest = "|" * (27 if flow else 26)
    lines = []
    for place, name in enumerate((*CLASSES, "T12")):
        rows = [each for each in marked if place == 4 or each.mark[place]]
        amount = sum(each.amount for each in rows)
        weighed = sum(each.amount * each.rate for each in rows)
        rate = (2 * weighed + amount) // (2 * amount) if amount else 0
        count = len({each.holder for each in rows})
        lines.append(
            f"{name}|{amount // 100}.{amount % 100:02d}|{rate // 100_000}.{rate % 100_000:05d}|{count}{rest}"
        )
    return lines
