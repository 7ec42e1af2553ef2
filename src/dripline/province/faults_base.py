"""Faults in institutions, customers, loans and flows: single rows that contradict themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dripline.province.drafts import Answer, Change, Draft, Fault, Line, NoRow, Where, changed

LATER = "2099-12-31"
OUT = ("LF02", "LF03", "LF06", "LF07", "LF08")


def after(day: str, days: int = 30) -> str:
    """A day so many days later."""
    return str(date.fromisoformat(day) + timedelta(days=days))


def is_(**columns: str) -> Where:
    """Rows whose columns have these values."""
    return lambda line: all(line[name] == value for name, value in columns.items())


def twice(draft: Draft, fault: Fault) -> Answer:
    """A row is repeated at the end with all its values."""
    line = draft.take(fault.table, fault.where)
    again = draft.put(fault.table, line.copy())
    answer = changed(again, fault)
    answer.what = answer.what or "该行重复一次 / the row is repeated"
    return answer


def institution_faults() -> Iterator[Fault]:
    """JRJGFZ."""
    yield Fault("JRJGFZ-01/code", "JRJGFZ", {"internal_org_no": "888801"}, does=twice)
    yield Fault("JRJGFZ-01/number", "JRJGFZ", {"fin_inst_code": "91410100MA00000021"}, does=twice)
    yield Fault(
        "JRJGFZ-01/head", "JRJGFZ", {"org_level": "01"}, lambda line: line["org_level"] != "01"
    )
    yield Fault("JRJGFZ-02", "JRJGFZ", {"established_date": LATER})


def customer_faults() -> Iterator[Fault]:
    """FTYKHX."""
    firm = is_(sector="C01")
    yield Fault("FTYKHX-01", "FTYKHX", {"customer_name": "示例重复登记有限公司"}, does=twice)
    yield Fault("FTYKHX-02", "FTYKHX", {"industry": "100"}, firm, also=("XT-02",))
    yield Fault("FTYKHX-03", "FTYKHX", {"sector": "B03"}, firm, also=("XT-02",))
    yield Fault("FTYKHX-04", "FTYKHX", {"controller_id_types": "B01"}, firm)
    yield Fault("FTYKHX-05", "FTYKHX", {"rating_grade_count": "5", "rating_position": "9"}, firm)
    yield Fault("FTYKHX-06", "FTYKHX", {"credit_limit": "100.00", "used_limit": "200.00"}, firm)
    known = _credit
    yield Fault("FTYKHX-07/credit", "FTYKHX", {"first_credit_date": LATER}, known, also=("XP-09",))
    yield Fault(
        "FTYKHX-07/founded", "FTYKHX", {"established_date": LATER}, also=("FTYKHX-07/order",)
    )
    yield Fault(
        "FTYKHX-07/order",
        "FTYKHX",
        {"established_date": lambda line: after(line["first_credit_date"], 3)},
        known,
    )
    yield Fault("FTYKHX-08", "FTYKHX", {"registered_address": "无"})
    for name in ("registered_capital", "paid_in_capital", "total_assets", "operating_income"):
        yield Fault(f"FTYKHX-09/{name}", "FTYKHX", {name: "0.00"})
    yield Fault("FTYKHX-09/staff_count", "FTYKHX", {"staff_count": "0"})


def _credit(line: Line) -> bool:
    return bool(line["first_credit_date"]) and line["first_credit_date"] < "2026"


def stock_faults() -> Iterator[Fault]:
    """CLDWDK: amounts and status."""
    normal = is_(loan_status="LS01", currency="CNY")
    yield Fault("CLDWDK-01", "CLDWDK", {}, normal, does=twice, also=("XP-01", "XT-07", "XT-10"))
    sums = ("XP-01", "XT-10", "XT-20")
    yield Fault(
        "CLDWDK-02/positive",
        "CLDWDK",
        {"balance": "0.00", "balance_cny": "0.00"},
        normal,
        also=sums,
    )
    yield Fault("CLDWDK-02/yuan", "CLDWDK", {"balance_cny": _a_bit_more}, normal, also=sums)
    yield Fault("CLDWDK-03", "CLDWDK", {"balance_cny": ""}, normal, also=("FMT-04", *sums))
    yield Fault(
        "CLDWDK-04", "CLDWDK", {"borrower_sector": "D01"}, normal, also=("ID-10", "ID-11", "XT-02")
    )
    yield Fault(
        "CLDWDK-07", "CLDWDK", {"loan_status": "LS02"}, normal, also=("CLDWDK-17", "CLDWDK-18")
    )
    early: Change = {
        "loan_status": "LS04",
        "extended_due_date": lambda line: after(line["due_date"], 9),
    }
    yield Fault("CLDWDK-08", "CLDWDK", early, normal, also=("CLDWDK-17",))
    extended: Change = {"extended_due_date": lambda line: after(line["due_date"], 9)}
    yield Fault("CLDWDK-09", "CLDWDK", extended, normal, also=("CLDWDK-17",))
    yield Fault("CLDWDK-10", "CLDWDK", {"overdue_type": "01"}, normal)
    past: Change = {
        "due_date": lambda line: after(line["grant_date"], 3),
        "reprice_date": lambda line: after(line["grant_date"], 3),
    }
    yield Fault("CLDWDK-11", "CLDWDK", past, _older, also=("XP-04",))
    yield Fault("CLDWDK-19", "CLDWDK", {"first_loan_flag": "1"}, normal)
    yield Fault("CLDWDK-21", "CLDWDK", {"trading_venue_code": "91410100MA00000021"}, normal)


def _older(line: Line) -> bool:
    return line["loan_status"] == "LS01" and line["grant_date"] < "2026-05-20"


def _a_bit_more(line: Line) -> str:
    name = "balance" if "balance" in line else "amount"
    return f"{float(line[name]) + 1:.2f}"


def term_faults(table: str, mark: str, where: Where) -> Iterator[Fault]:
    """CLDWDK-05 to 23, for the stock and, under DWDKFS-10, for grants in the flow."""
    money = ("XP-01", "XT-02", "XT-10")

    def fault(code: str, change: Change, also: tuple[str, ...] = (), given: Where = where) -> Fault:
        return Fault(f"{mark}{code}", table, change, given, also=also)

    yield fault("CLDWDK-05/borrower", {"borrower_industry": "100"}, ("XT-02",))
    yield fault("CLDWDK-05/use", {"use_industry": "1000"})
    yield fault("CLDWDK-05/foreign", {"use_industry": "2000"})
    yield fault("CLDWDK-06/never", {"product_type": "F99"}, money)
    yield fault("CLDWDK-06/unexpected", {"product_type": "F03"}, money)
    yield fault("CLDWDK-06/lease", {"product_type": "F09"}, money)
    yield fault(
        "CLDWDK-12",
        {"grant_date": lambda line: after(line["due_date"], 5)},
        ("XP-04", "DWDKFS-03", "DWDKFS-08", "CLDWDK-16"),
    )
    fixed, floating = _also(where, rate_type="RF01"), _also(where, rate_type="RF02")
    yield fault("CLDWDK-13", {"base_rate": "3.00000"}, (), fixed)
    yield fault("CLDWDK-14", {"pricing_benchmark": ""}, ("FMT-04",))
    yield fault("CLDWDK-15", {"interest_rate": "0.05000"}, ("XT-10",))
    yield fault(
        "CLDWDK-16",
        {"reprice_date": lambda line: after(line["grant_date"], -10)},
        ("CLDWDK-17",),
    )
    yield fault("CLDWDK-17", {"reprice_date": lambda line: after(line["due_date"], -5)}, (), fixed)
    yield fault(
        "CLDWDK-18", {"reprice_date": lambda line: after(line["due_date"], 400)}, (), floating
    )
    yield Fault(f"{mark}CLDWDK-20", table, does=old_benchmark, group="portfolio")
    yield fault("CLDWDK-22", {"fiscal_support": "A01"})
    yield fault("CLDWDK-23", {"loan_purpose": "无"})


def _also(where: Where, **columns: str) -> Where:
    more = is_(**columns)
    return lambda line: where(line) and more(line)


def old_benchmark(draft: Draft, fault: Fault) -> Answer:
    """Half of the notes are priced on the benchmark that ended in 2020."""
    rows = draft.tables[fault.table][::2]
    if not rows:
        raise NoRow(fault.table)
    for line in rows:
        line["pricing_benchmark"] = "TR08"
    what = f"{len(rows)} 笔改为TR08 / {len(rows)} notes set to TR08"
    return Answer(fault.rule, fault.table, None, "pricing_benchmark", what)


def flow_faults() -> Iterator[Fault]:
    """DWDKFS."""
    grant, paid = is_(direction="1", loan_event_status="LF01", currency="CNY"), _paid
    sums = ("XP-01", "XT-10")
    zero: Change = {"amount": "0.00", "amount_cny": "0.00"}
    yield Fault("DWDKFS-01/positive", "DWDKFS", zero, grant, also=sums)
    yield Fault("DWDKFS-01/yuan", "DWDKFS", {"amount_cny": _a_bit_more}, grant, also=sums)
    yield Fault("DWDKFS-02", "DWDKFS", {}, grant, does=twice, also=("XP-01", "XT-10", "KJ-08"))
    yield Fault(
        "DWDKFS-03",
        "DWDKFS",
        {"grant_date": lambda line: after(line["grant_date"], -70)},
        grant,
        also=("XP-04",),
    )
    out: Change = {"loan_event_status": "LF02", "actual_end_date": ""}
    yield Fault("DWDKFS-04", "DWDKFS", out, paid)
    yield Fault("DWDKFS-05", "DWDKFS", {"loan_event_status": "LF05"}, grant)
    yield Fault("DWDKFS-06", "DWDKFS", {"abs_product_codes": "ABS001"}, paid)
    yield Fault("DWDKFS-07", "DWDKFS", {"loan_event_status": "LF02"}, grant)
    yield Fault("DWDKFS-08", "DWDKFS", {"actual_end_date": LATER}, paid)
    yield Fault("DWDKFS-09", "DWDKFS", {"first_loan_flag": ""}, grant, also=("FMT-04",))


def _paid(line: Line) -> bool:
    return (
        line["direction"] == "0"
        and line["loan_event_status"] == "LF01"
        and line["currency"] == "CNY"
    )


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from institution_faults()
    yield from customer_faults()
    yield from stock_faults()
    yield from term_faults("CLDWDK", "", is_(loan_status="LS01", currency="CNY"))
    yield from flow_faults()
    grant = is_(direction="1", loan_event_status="LF01", currency="CNY")
    yield from term_faults("DWDKFS", "DWDKFS-10/", grant)
