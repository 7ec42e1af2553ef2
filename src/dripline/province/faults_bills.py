"""Faults in discounted bills: single rows, the account of a bill, bills against customers and the technology files."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Answer, Change, Draft, Fault, Line, NoRow
from dripline.province.faults_base import after, is_, twice
from dripline.province.faults_cross import stranger

STOCK, FLOW = "CLPJRZ", "PJRZFS"
BILLS = (STOCK, FLOW)
SUMS = ("XP-08", "XT-20", "XT-10")
TECH = ("XT-08", "XT-09", "XT-10", "XT-11")
NOWHERE = "500000000000000000099202601019,1,100"


def _customer(line: Line) -> bool:
    return line["discount_applicant_sector"] == "C01"


def _ranged(line: Line) -> bool:
    return "," in line["bill_no"]


def _backwards(line: Line) -> str:
    package, first, last = line["bill_no"].split(",")
    return f"{package},{int(last) + 1},{first}"


def _more(name: str) -> Change:
    return {name: lambda line: f"{float(line[name]) + 1:.2f}"}


def row_faults(table: str) -> Iterator[Fault]:
    """PJ-01, PJ-02 and PJ-05 in one of the tables."""
    bought = is_(trade_type="A01") if table == FLOW else _customer
    late = {"issue_date": lambda line: after(line["trade_date"], 3)}
    yield Fault(f"PJ-01/{table}/days", table, late, bought)
    nothing = {"face_amount": "0.00", "face_amount_cny": "0.00"}
    yield Fault(f"PJ-01/{table}/face", table, nothing, bought, also=("PJ-05", *SUMS))
    empty = {"discount_amount_cny": ""}
    yield Fault(f"PJ-01/{table}/filled", table, empty, bought, also=("FMT-04", *SUMS))
    yield Fault(f"PJ-01/{table}/face_yuan", table, _more("face_amount_cny"), bought, also=SUMS)
    yield Fault(
        f"PJ-01/{table}/discount_yuan", table, _more("discount_amount_cny"), bought, also=SUMS
    )
    yield Fault(f"PJ-02/{table}", table, {"bill_no": _backwards}, _ranged, also=TECH)
    above: Change = {
        name: lambda line: f"{float(line['face_amount']) + 700:.2f}"
        for name in ("discount_amount", "discount_amount_cny")
    }
    yield Fault(f"PJ-05/{table}", table, above, bought, also=SUMS)


def flow_faults() -> Iterator[Fault]:
    """PJ-03, PJ-04 and PJ-06."""
    direct = is_(trade_type="A01")
    before: Change = {
        "trade_date": lambda line: after(line["trade_date"], -45),
        "issue_date": lambda line: after(line["issue_date"], -45),
    }
    yield Fault("PJ-03", FLOW, before, direct)
    yield Fault("PJ-04/direct", FLOW, {"discount_mode": "09"}, direct, also=("XT-10",))
    outright = {"discount_mode": "01"}
    yield Fault("PJ-04/outright", FLOW, outright, is_(trade_type="A02"), also=("PJ-04/direct",))
    yield Fault("PJ-06/CLPJRZ", STOCK, {}, does=twice, also=(*SUMS, "XT-08"))
    yield Fault("PJ-06/PJRZFS", FLOW, {}, does=twice, also=SUMS)


DIFFERING = {
    "sector": ("C01", "C02"),
    "industry": ("F51", "C34"),
    "region_code": ("410105", "410302"),
    "ownership": ("B0102", "A0202"),
    "scale": ("CS03", "CS04"),
}
"""Two values of each column of a customer: a fault takes the one the row does not have."""


def customer_faults(table: str) -> Iterator[Fault]:
    """XT-01 and XT-02 for who has a bill discounted."""
    change = {"discount_applicant_id_no": stranger}
    yield Fault(f"XT-01/{table}", table, change, _customer, also=("XT-10",))
    for name in DIFFERING:
        yield Fault(f"XT-02/{table}/{name}", table, does=differs)


def differs(draft: Draft, fault: Fault) -> Answer:
    """A bill says something else of a customer whose own row is sound, and stays so."""
    name = fault.rule.rpartition("/")[2]
    column = f"discount_applicant_{name}"
    sound = {
        row["customer_id_no"]: row for row in draft.tables["FTYKHX"] if id(row) not in draft.taken
    }
    line = draft.take(
        fault.table, lambda row: _customer(row) and row["discount_applicant_id_no"] in sound
    )
    draft.taken.add(id(sound[line["discount_applicant_id_no"]]))
    was = line[column]
    line[column] = next(value for value in DIFFERING[name] if value != was)
    return Answer(fault.rule, fault.table, line, column, f"{column}: {was} -> {line[column]}")


def tech_faults() -> Iterator[Fault]:
    """XT-08 and XT-09: a technology file names a bill that is not among the bills."""
    bill = is_(row_type="T13", business_type="C03")
    for rule, table in (("XT-08", "HDACLKJDK"), ("XT-09/bill", "HDAKJDKFS")):
        yield Fault(rule, table, {"bill_no": NOWHERE}, bill, also=("XT-10", "XT-11"))


def sum_faults() -> Iterator[Fault]:
    """XP-08 and XT-20."""
    yield Fault("XP-08", STOCK, does=gone_uncollected)
    yield Fault("XT-20/bills", STOCK, does=far_too_much, group="portfolio")


def gone_uncollected(draft: Draft, fault: Fault) -> Answer:
    """A bill is gone, and its collection is not reported."""
    before = {line["bill_no"] for line in draft.before[STOCK]}
    now = {line["bill_no"] for line in draft.tables[STOCK]}
    line = draft.take(
        FLOW, lambda row: row["bill_no"] in before - now and row["trade_type"] == "B01"
    )
    draft.tables[FLOW].remove(line)
    what = f"{line['bill_no']} 到期收回未报 / its collection is left out"
    return Answer(fault.rule, STOCK, None, "bill_no", what)


def far_too_much(draft: Draft, fault: Fault) -> Answer:
    """A discount a hundred times as large as it was."""
    line = draft.take(STOCK)
    if len(draft.tables[STOCK]) < 2:
        raise NoRow(STOCK)
    was = line["discount_amount"]
    line["discount_amount"] = line["discount_amount_cny"] = f"{float(was) * 100:.2f}"
    what = f"{line['bill_no']} discount_amount: {was} -> {line['discount_amount']}"
    return Answer(fault.rule, STOCK, None, "discount_amount", what, ("PJ-05", "XT-10"))


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    for table in BILLS:
        yield from row_faults(table)
        yield from customer_faults(table)
    yield from flow_faults()
    yield from tech_faults()
    yield from sum_faults()
