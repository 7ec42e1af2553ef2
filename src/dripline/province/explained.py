"""The package that needs an explanation: an overdue floating loan whose system date of repricing lies beyond its end."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from dripline.province.life import Book
from dripline.province.lines import Lines
from dripline.province.loans import add_months

RULE, TABLE = "CLDWDK-18", "CLDWDK"
REPRICE_DATE, RATE_TYPE, BASE_RATE, NOTE = 25, 20, 23, 10
"""Places of the fields in a line of CLDWDK, from 0."""
REASON = (
    "该笔浮动利率贷款的核心系统按年顺延重定价日，晚于到期日，已核实，下月起按到期日填报（合成数据）"
)


def spoil_one(lines: Lines, book: Book, day: date) -> str:
    """Gives one floating note a repricing date beyond its end; answers the key of the row."""
    chosen = [loan for loan in book.loans if loan.floating] or book.loans
    overdue = [loan for loan in chosen if loan.status == "LS03"]
    loan = min(overdue or chosen, key=lambda each: each.note)
    for place, line in enumerate(lines[TABLE]):
        fields = line.split("|")
        if fields[NOTE] == loan.note:
            fields[REPRICE_DATE] = str(add_months(max(loan.last_day, day), 7))
            fields[RATE_TYPE], fields[BASE_RATE] = "RF02", fields[BASE_RATE] or "3.00000"
            lines[TABLE][place] = "|".join(fields)
    return loan.note


def write_explanation(path: Path, key: str) -> None:
    """The explanation that goes with the package (强制提交说明)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["rule", "table", "key", "reason"])
        writer.writerow([RULE, TABLE, key, REASON])
