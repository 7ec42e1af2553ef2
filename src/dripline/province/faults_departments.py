"""Faults in what departments hand in: codes, days, amounts, rows that stand twice, firms nobody knows."""

from __future__ import annotations

from collections.abc import Iterator

from dripline.province.drafts import Change, Fault, Line
from dripline.province.faults_base import LATER, is_, twice
from dripline.province.faults_registers import EARLY, UNKNOWN, wrong


def _plain(line: Line) -> bool:
    return line["currency"] == "CNY" and line["amount"] != "0.00"


def _short(name: str) -> Change:
    """One yuan more than it is in the original currency."""
    return {name: lambda line: f"{float(line[name]) + 1:.2f}"}


def bond_faults() -> Iterator[Fault]:
    """BOND_ISSUE."""
    table = "BOND_ISSUE"
    out = is_(redeemed_on="")
    yield Fault("BOND_ISSUE-01", table, wrong("credit_code"), also=("BOND_ISSUE-07",))
    yield Fault("BOND_ISSUE-02", table, {"bond_name": "示例重复债券"}, does=twice)
    yield Fault("BOND_ISSUE-03", table, {"matures_on": EARLY}, out)
    yield Fault(
        "BOND_ISSUE-04", table, {"issued_on": "2099-12-30", "matures_on": "2099-12-31"}, out
    )
    nothing = {"amount": "0.00", "amount_cny": "0.00"}
    yield Fault("BOND_ISSUE-05", table, nothing, _plain)
    yield Fault("BOND_ISSUE-06", table, _short("amount"), _plain)
    yield Fault("BOND_ISSUE-07", table, {"credit_code": UNKNOWN}, also=("BOND_HOLDING-06",))
    yield Fault("BOND_ISSUE-08", table, {"term_months": "0"})
    yield Fault("BOND_ISSUE-09", table, {"market": "exchange"}, is_(market="interbank"))
    yield Fault(
        "BOND_ISSUE-10", table, {"redeemed_on": EARLY}, lambda line: line["redeemed_on"] != ""
    )
    yield Fault("BOND_ISSUE-11", table, {"outstanding_cny": "0.00"}, out)
    yield Fault("BOND_ISSUE-12", table, {"coupon_rate": "-0.10000"})


def holding_faults() -> Iterator[Fault]:
    """BOND_HOLDING."""
    table = "BOND_HOLDING"
    yield Fault("BOND_HOLDING-01", table, wrong("credit_code"), also=("BOND_HOLDING-06",))
    yield Fault("BOND_HOLDING-02", table, {"balance_cny": "1.00"}, does=twice)
    yield Fault("BOND_HOLDING-03", table, {"balance_cny": "0.00"})
    yield Fault("BOND_HOLDING-04", table, {"reporter": UNKNOWN})
    yield Fault("BOND_HOLDING-05", table, {"bond_code": "SL99990000"})
    yield Fault("BOND_HOLDING-06", table, {"credit_code": UNKNOWN})


def equity_faults() -> Iterator[Fault]:
    """EQUITY_FINANCING."""
    table, private = "EQUITY_FINANCING", is_(board="")
    yield Fault("EQUITY_FINANCING-01", table, wrong("credit_code"), also=("EQUITY_FINANCING-06",))
    yield Fault("EQUITY_FINANCING-02", table, {"investors": ""}, private, does=twice)
    yield Fault("EQUITY_FINANCING-03", table, {"completed_on": LATER})
    nothing = {"amount": "0.00", "amount_cny": "0.00"}
    yield Fault("EQUITY_FINANCING-04", table, nothing, private)
    yield Fault("EQUITY_FINANCING-05", table, _short("amount"), _plain)
    yield Fault("EQUITY_FINANCING-06", table, {"credit_code": UNKNOWN})
    yield Fault("EQUITY_FINANCING-07", table, {"board": "bse"}, private)
    again: Change = {"record_no": "GR999900001"}
    yield Fault("EQUITY_FINANCING-08", table, again, is_(round="ipo"), does=twice)


def guarantee_faults() -> Iterator[Fault]:
    """FIRM_GUARANTEE."""
    table, open_ = "FIRM_GUARANTEE", is_(released_on="")
    yield Fault("FIRM_GUARANTEE-01", table, wrong("credit_code"), also=("FIRM_GUARANTEE-07",))
    yield Fault("FIRM_GUARANTEE-02", table, wrong("guarantor_code"), also=("FIRM_GUARANTEE-08",))
    yield Fault("FIRM_GUARANTEE-03", table, {"lender_code": ""}, does=twice)
    yield Fault("FIRM_GUARANTEE-04", table, {"end_date": EARLY}, open_)
    begun = {"start_date": "2099-12-30", "end_date": "2099-12-31"}
    yield Fault("FIRM_GUARANTEE-05", table, begun, open_)
    yield Fault("FIRM_GUARANTEE-06", table, {"outstanding_cny": "-1.00"}, open_)
    yield Fault("FIRM_GUARANTEE-07", table, {"credit_code": UNKNOWN})
    yield Fault("FIRM_GUARANTEE-08", table, {"guarantor_code": UNKNOWN})
    yield Fault("FIRM_GUARANTEE-09", table, {"released_on": EARLY}, open_)
    yield Fault("FIRM_GUARANTEE-10", table, {"guarantor_share": "180.00000"})


def innovation_faults() -> Iterator[Fault]:
    """INNOVATION."""
    table = "INNOVATION"
    yield Fault("INNOVATION-01", table, wrong("credit_code"), also=("INNOVATION-08",))
    yield Fault("INNOVATION-02", table, {"staff": ""}, does=twice)
    yield Fault("INNOVATION-03", table, {"year": "25"})
    yield Fault("INNOVATION-04", table, {"filed_on": LATER})
    yield Fault("INNOVATION-05", table, {"rd_expense": "-1.00"})
    large: Change = {"rd_expense": lambda line: f"{float(line['revenue']) + 100:.2f}"}
    yield Fault("INNOVATION-06", table, large)
    many: Change = {"rd_staff": lambda line: str(int(line["staff"]) + 1)}
    yield Fault("INNOVATION-07", table, many)
    yield Fault("INNOVATION-08", table, {"credit_code": UNKNOWN})


def deposit_faults() -> Iterator[Fault]:
    """DEPOSIT_RATE."""
    table = "DEPOSIT_RATE"
    yield Fault("DEPOSIT_RATE-01", table, {"listed_rate": "9.00000"}, does=twice)
    yield Fault("DEPOSIT_RATE-02", table, {"reporter": UNKNOWN})
    yield Fault("DEPOSIT_RATE-03", table, {"listed_from": LATER})
    yield Fault("DEPOSIT_RATE-04", table, {"listed_rate": "-1.00000"})
    paid: Change = {"paid_rate": ""}
    yield Fault("DEPOSIT_RATE-05", table, paid, lambda line: line["paid_rate"] != "")


def faults() -> Iterator[Fault]:
    """Every fault of this chapter."""
    yield from bond_faults()
    yield from holding_faults()
    yield from equity_faults()
    yield from guarantee_faults()
    yield from innovation_faults()
    yield from deposit_faults()
