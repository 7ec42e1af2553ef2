"""Faults in guarantee contracts, collateral and the tech-loan files."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Answer, Draft, Fault, Line, NoRow, Where
from dripline.province.faults_base import LATER, after, is_, twice

FLAGS = ("high_tech_mfg", "high_tech_service", "strategic_emerging", "ip_intensive")
T13 = is_(row_type="T13")
SUMS = ("XT-10", "XT-11")


def guarantee_faults() -> Iterator[Fault]:
    """DBHTXX."""
    yield Fault(
        "DBHTXX-01/days", "DBHTXX", {"end_date": lambda line: after(line["start_date"], -1)}
    )
    more = {"amount_cny": lambda line: f"{float(line['amount']) + 1:.2f}"}
    yield Fault("DBHTXX-01/yuan", "DBHTXX", more, is_(currency="CNY"))
    yield Fault("DBHTXX-02/rows", "DBHTXX", does=halfway_split)
    yield Fault("DBHTXX-02/once", "DBHTXX", does=amount_twice)
    zero = {"amount": "0.00", "amount_cny": "0.00"}
    yield Fault("DBHTXX-02/amount", "DBHTXX", zero, _stated)
    person = is_(guarantor_id_type="B01")
    yield Fault("DBHTXX-03", "DBHTXX", {"guarantor_industry": "L72"}, person)
    yield Fault("DBHTXX-04", "DBHTXX", {"loan_to_value": "900.00"}, _mortgaged)


def _stated(line: Line) -> bool:
    return line["amount"] != "0.00"


def _mortgaged(line: Line) -> bool:
    return line["loan_to_value"] != ""


def halfway_split(draft: Draft, fault: Fault) -> Answer:
    """A guarantee of one contract by one guarantor gets a second contract and a second guarantor, but two rows."""
    line = draft.take("DBHTXX", lambda row: _stated(row) and _rows_of(draft, row) == 1)
    other = draft.find(
        "DBHTXX", lambda row: row["guaranteed_contract_no"] != line["guaranteed_contract_no"]
    )
    if other["guarantor_id_no"] == line["guarantor_id_no"]:
        raise NoRow("DBHTXX")
    new = draft.put("DBHTXX", line.copy())
    for name in [column for column in new if column.startswith("guarantor_")]:
        new[name] = other[name]
    new["guaranteed_contract_no"] = other["guaranteed_contract_no"]
    new["amount"] = new["amount_cny"] = "0.00"
    what = "两合同两保证人只有两行 / two contracts and two guarantors in two rows"
    return Answer(fault.rule, "DBHTXX", None, "guarantee_contract_no", what)


def _rows_of(draft: Draft, line: Line) -> int:
    number = line["guarantee_contract_no"]
    return sum(row["guarantee_contract_no"] == number for row in draft.tables["DBHTXX"])


def amount_twice(draft: Draft, fault: Fault) -> Answer:
    """A second guarantor's row repeats the amount."""
    line = draft.take("DBHTXX", lambda row: _stated(row) and _rows_of(draft, row) == 1)
    new = draft.put("DBHTXX", line.copy())
    person = {
        "guarantor_id_type": "B01",
        "guarantor_id_no": "41010519700202" + "a" * 32,
        "guarantor_sector": "D01",
        "guarantor_industry": "100",
        "guarantor_scale": "",
    }
    new.update(person)
    return Answer(
        fault.rule, "DBHTXX", new, "amount", "新增保证人行重复填写金额 / the amount is repeated"
    )


def collateral_faults() -> Iterator[Fault]:
    """DBWXX."""
    goods = _goods
    yield Fault("DBWXX-01", "DBWXX", {"face_value": "100.00"}, goods)
    yield Fault("DBWXX-02/day", "DBWXX", {"appraisal_date": LATER})
    again = {"guaranteed_contract_no": "HT999999998"}
    also = ("XT-03", "XT-04")
    yield Fault("DBWXX-02/once", "DBWXX", again, _valued, does=twice, also=also)
    yield Fault("DBWXX-02/value", "DBWXX", {"appraised_value": "0.00"}, _valued, also=("DBWXX-03",))
    above = {"prior_claims": lambda line: f"{float(line['appraised_value']) + 1:.2f}"}
    yield Fault("DBWXX-03", "DBWXX", above, _valued)


def _goods(line: Line) -> bool:
    return line["collateral_type"][0] != "A"


def _valued(line: Line) -> bool:
    return line["appraised_value"] != "0.00"


def tech_faults(table: str) -> Iterator[Fault]:
    """KJ-01 to KJ-08 in one of the tech-loan files."""
    flow = table == "HDAKJDKFS"
    yield Fault(f"KJ-01/{table}/order", table, does=swapped, group="order")
    yield Fault(f"KJ-01/{table}/rows", table, does=without_total, group="missing", also=SUMS)
    summary = is_(row_type="T09")
    yield Fault(f"KJ-02/{table}", table, {"business_type": "C01"}, summary)
    yield Fault(f"KJ-03/{table}", table, {"sum_amount_cny": "1.00"}, T13)
    for flag in FLAGS:
        yield Fault(
            f"KJ-04/{table}/{flag}",
            table,
            {f"{flag}_flag": "1", f"{flag}_type": ""},
            _without(flag),
            also=SUMS,
        )
    none: dict[str, str] = {}
    for flag in FLAGS:
        none |= {f"{flag}_flag": "0", f"{flag}_type": ""}
    yield Fault(f"KJ-05/{table}", table, none, T13, also=SUMS)
    yield Fault(f"KJ-06/{table}", table, {"business_type": "C02"}, _loan)
    yield Fault(f"KJ-07/{table}", table, {"reserved_1": "备用"}, T13)
    number = "serial_no" if flow else "loan_note_no"
    yield Fault(f"KJ-08/{table}/{number}", table, {}, _loan, does=twice, also=SUMS)
    if not flow:
        bill = is_(business_type="C03")
        yield Fault(f"KJ-08/{table}/bill_no", table, {}, bill, does=twice)


def _loan(line: Line) -> bool:
    return line["row_type"] == "T13" and line["business_type"] == "C01"


def _without(flag: str) -> Where:
    return lambda line: line["row_type"] == "T13" and line[f"{flag}_flag"] == "0"


def swapped(draft: Draft, fault: Fault) -> Answer:
    """The first two summary rows change places."""
    rows = draft.tables[fault.table]
    rows[0], rows[1] = rows[1], rows[0]
    return Answer(
        fault.rule, fault.table, rows[0], "row_type", "T08与T09互换 / T08 and T09 swapped"
    )


def without_total(draft: Draft, fault: Fault) -> Answer:
    """Row T12 is missing."""
    rows = draft.tables[fault.table]
    rows[:] = [line for line in rows if line["row_type"] != "T12"]
    also = (*fault.also, f"KJ-01/{fault.table}/order")
    return Answer(fault.rule, fault.table, None, "row_type", "删除T12行 / T12 is left out", also)


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from guarantee_faults()
    yield from collateral_faults()
    yield from tech_faults("HDACLKJDK")
    yield from tech_faults("HDAKJDKFS")
