"""The tech-loan files: rows T13 for each marked loan, and the five summary rows added up from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dripline.periods import Period
from dripline.province.banks import Unit
from dripline.province.bills import Bill
from dripline.province.life import Book, Flow, in_yuan
from dripline.province.loans import Loan
from dripline.province.trades import Mark

CLASSES = ("T08", "T09", "T10", "T11")


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
        marked += self._discounted()
        return summary(marked, flow=False) + [each.line(flow=False) for each in marked]

    def flow_lines(self) -> list[str]:
        """HDAKJDKFS."""
        marked = [
            _of_loan(flow.loan, flow.amount, serial, self.month)
            for flow, serial in zip(self.flows, self.serials, strict=True)
            if flow.granted and flow.loan.mark
        ]
        marked += self._newly_discounted()
        return summary(marked, flow=True) + [each.line(flow=True) for each in marked]

    def _discounted(self) -> Iterator[Marked]:
        """Direct discounts outstanding."""
        for bill in self.book.bills.held:
            if bill.is_marked:
                yield _of_bill(bill, bill.number, bill.paid, "")

    def _newly_discounted(self) -> Iterator[Marked]:
        """Direct discounts of the month, whatever became of them since."""
        for flow in self.book.bills.flows:
            if flow.trade == "A01" and flow.bill.is_marked:
                yield _of_bill(flow.bill, flow.number, flow.amount, flow.serial)


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


def _of_bill(bill: Bill, number: str, amount: int, serial: str) -> Marked:
    firm = bill.holder.firm
    assert firm is not None
    return Marked(
        amount, bill.rate, firm.code, firm.trade.mark, bill.unit, "0", "0", number, serial
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
