"""One reporter's month as lines of the reporting tables: fields in the standard's order, joined by ``|``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dripline.periods import Period
from dripline.province import bills
from dripline.province.banks import Bank, Unit
from dripline.province.life import Book, Customer, Flow, in_yuan
from dripline.province.loans import Guarantee, Guarantor, Loan
from dripline.province.places import address
from dripline.province.tech import TechRows

Lines = dict[str, list[str]]
"""Lines of one reporter's month by table."""


@dataclass(slots=True)
class Writer:
    """Writes the sixteen tables of one book for one month."""

    book: Book
    month: Period

    def tables(self) -> Lines:
        """Every table, an empty list where there is nothing to report."""
        book, month = self.book, self.month
        stock = sorted(book.loans, key=lambda loan: loan.note)
        flows = book.flows
        tag = f"LS{book.bank.short}{month.year}{month.month:02d}"
        serials = [f"{tag}{number:06d}" for number in range(1, len(flows) + 1)]
        guarantees = self._guarantees(stock)
        tech = TechRows(book, month, stock, flows, serials)
        return {
            "JRJGFZ": [unit_line(unit, month) for unit in book.bank.units],
            "FTYKHX": self._customers(stock),
            "CLDWDK": [stock_line(loan, month) for loan in stock],
            "DWDKFS": [flow_line(f, s, month) for f, s in zip(flows, serials, strict=True)],
            "DBHTXX": [line for g in guarantees for line in self._guarantee_lines(*g)],
            "DBWXX": [line for g in guarantees for line in self._item_lines(*g)],
            "HDACLKJDK": tech.stock_lines(),
            "HDAKJDKFS": tech.flow_lines(),
            "CLPJRZ": list(bills.stock_lines(book.bills)),
            "PJRZFS": list(bills.flow_lines(book.bills)),
        } | book.treasury.tables()

    def _customers(self, stock: list[Loan]) -> list[str]:
        used: dict[int, int] = {}
        for loan in stock:
            amount = in_yuan(loan.balance, loan.currency, self.month)
            used[loan.firm.number] = used.get(loan.firm.number, 0) + amount
        customers = sorted(self.book.customers.values(), key=lambda c: c.firm.number)
        return [
            customer_line(c, used.get(c.firm.number, 0), self.book.bank, self.month)
            for c in customers
        ]

    def _guarantees(self, stock: list[Loan]) -> list[tuple[Guarantee, Unit, list[str]]]:
        """Guarantees in force: each once, with the loan contracts it still covers."""
        alive = {loan.contract.number for loan in stock}
        found: dict[str, tuple[Guarantee, Unit, list[str]]] = {}
        for loan in stock:
            for each in loan.contract.guarantees:
                if each.number not in found:
                    covered = [number for number in each.covers if number in alive]
                    found[each.number] = (each, loan.unit, covered)
        return list(found.values())

    def _guarantee_lines(self, each: Guarantee, unit: Unit, covered: list[str]) -> list[str]:
        yuan = in_yuan(each.amount, each.currency, self.month)
        ltv = money(each.loan_to_value) if each.loan_to_value else ""
        lines: list[str] = []
        for contract in covered:
            for guarantor in each.guarantors:
                # The full amount stands once, on the first of the split rows.
                amounts = ("0.00", "0.00") if lines else (money(each.amount), money(yuan))
                lines.append(
                    f"{unit.code}|{unit.org_no}|{each.number}|{contract}|{each.kind}|02|{each.start}|{each.end}|"
                    f"{each.currency}|{amounts[0]}|{amounts[1]}|{ltv}|{guarantor_fields(guarantor)}"
                )
        return lines

    def _item_lines(self, each: Guarantee, unit: Unit, covered: list[str]) -> list[str]:
        lines = []
        for item in each.items:
            for place, contract in enumerate(covered):
                value = "0.00" if place else money(item.value)
                face = (
                    "" if item.face_value is None else ("0.00" if place else money(item.face_value))
                )
                mode = "01" if item.kind[0] in "CD" else "02"
                method = "02" if item.kind[0] == "C" else "01"
                lines.append(
                    f"{unit.code}|{unit.org_no}|{each.number}|{contract}|{item.number}|{item.kind}|"
                    f"QZ{item.number[2:]}|1|{mode}|{method}|{value}|{item.appraised}|{face}|0.00|01"
                )
        return lines


def money(fen: int) -> str:
    """Fen as the standard writes yuan: two decimals, no separators."""
    return f"{fen // 100}.{fen % 100:02d}"


def percent(rate: int) -> str:
    """A rate in 0.00001 % with five decimals."""
    return f"{rate // 100_000}.{rate % 100_000:05d}"


def unit_line(unit: Unit, month: Period) -> str:
    """A line of JRJGFZ."""
    name, standard, org_no = unit.parent
    return (
        f"{unit.name}|{unit.code}|{unit.standard}|{unit.org_no}|B{unit.standard[1:]}|"
        f"{unit.standard[1:13]}|{unit.level}|{name}|{standard}|{org_no}|"
        f"{address(unit.region, 100)}|{unit.region}|{unit.founded}|{unit.status_on(month.last_day)}"
    )


def borrower_fields(loan: Loan) -> str:
    """Fields 4 to 10 of both loan tables."""
    firm = loan.firm
    return (
        f"{firm.id_type}|{firm.code}|{firm.sector}|{firm.industry}|{firm.county}|"
        f"{firm.ownership}|{firm.scale_code}"
    )


def left_fields(loan: Loan) -> str:
    """Fields 1 to 16 of both loan tables: they do not change while the loan stays with its outlet."""
    if not loan.left:
        unit = loan.unit
        loan.left = (
            f"{unit.code}|{unit.org_no}|{unit.region}|{borrower_fields(loan)}|{loan.note}|"
            f"{loan.contract.number}|{loan.product}|{loan.firm.use_industry}|{loan.grant}|{loan.due}"
        )
    return loan.left


def rate_fields(loan: Loan, reprice: date) -> str:
    """Fields 21 to 27 of both loan tables."""
    base = percent(loan.base) if loan.floating else ""
    return (
        f"{'RF02' if loan.floating else 'RF01'}|{percent(loan.rate)}|{loan.benchmark}|{base}|"
        f"{loan.fiscal}|{reprice}|{loan.contract.guarantee_type}"
    )


def stock_line(loan: Loan, month: Period) -> str:
    """A line of CLDWDK."""
    reprice = loan.reprice if loan.floating else loan.last_day
    return (
        f"{left_fields(loan)}|{loan.extended or ''}|{loan.currency}|{money(loan.balance)}|"
        f"{money(in_yuan(loan.balance, loan.currency, month))}|{rate_fields(loan, reprice)}||"
        f"{loan.quality}|{loan.status}|{loan.overdue_type}|{loan.purpose}|"
    )


def flow_line(flow: Flow, serial: str, month: Period) -> str:
    """A line of DWDKFS."""
    loan = flow.loan
    # The flow table holds no date of extension, so repricing never lies behind the due date.
    reprice = min(loan.reprice, loan.due) if loan.floating else loan.due
    return (
        f"{left_fields(loan)}|{flow.ended or ''}|{loan.currency}|{money(flow.amount)}|"
        f"{money(in_yuan(flow.amount, loan.currency, month))}|{rate_fields(loan, reprice)}|"
        f"{int(loan.first)}|{flow.status}||{flow.restructured}|{int(flow.granted)}|{serial}|{loan.purpose}"
    )


def customer_line(customer: Customer, used: int, bank: Bank, month: Period) -> str:
    """A line of FTYKHX."""
    if not customer.left:
        customer.left, customer.middle, customer.right = _customer_parts(customer, bank)
    while used > customer.limit:
        customer.limit = (used * 125 // 100 // 1_000_000 + 1) * 1_000_000
    limits = f"{money(customer.limit)}|{money(used)}"
    status = customer.firm.status_on(month.last_day)
    return f"{customer.left}|{status}|{customer.middle}|{limits}|{customer.right}"


def _customer_parts(customer: Customer, bank: Bank) -> tuple[str, str, str]:
    firm = customer.firm
    left = (
        f"{bank.legal_person}|{firm.name}|{firm.id_type}|{firm.code}|{firm.number + 6_200_000_000}|"
        f"{bank.name}|{firm.trade.scope}|{money(firm.capital)}|{money(firm.capital * 4 // 5)}|"
        f"{money(firm.assets)}|{money(firm.revenue)}|{firm.staff}|{int(firm.size == 'large' and bool(firm.lists))}|"
        f"{customer.first_credit or ''}|{address(firm.county, firm.number % 300 + 1)}|{firm.county}"
    )
    middle = f"{firm.founded}|{firm.industry}|{firm.scale_code}|{firm.ownership}|{firm.sector}"
    grades = "10|" + str(firm.number % 7 + 1) if firm.number % 4 else "|"
    return left, middle, f"0|||{grades}"


def guarantor_fields(who: Guarantor) -> str:
    """Fields 13 to 18 of DBHTXX."""
    return f"{who.id_type}|{who.id_no}|{who.sector}|{who.industry}|{who.region}|{who.scale}"
