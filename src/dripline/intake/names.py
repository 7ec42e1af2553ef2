"""The name of a data file: who reports which table for which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dripline.periods import Period
from dripline.tables import TABLES, Table
from dripline.words import Text

NAME = re.compile(r"([0-9A-Z]{18}|[0-9A-Z]{9})_([A-Z0-9]+)_([0-9]{8})\.dat")

SHAPE = Text(zh="文件名不合规定的形式", en="the name has not the form laid down")
NO_TABLE = Text(zh="没有报表{table}", en="there is no table {table}")
NO_DAY = Text(zh="{day}不是真实日期", en="{day} is no day of the calendar")
NO_MONTH_END = Text(zh="{day}不是月末", en="{day} is not the last day of a month")


@dataclass(frozen=True, slots=True)
class DataName:
    """What the name of a .dat says."""

    reporter: str
    table: type[Table]
    day: date

    @property
    def period(self) -> Period:
        """The month reported."""
        return Period.of(self.day)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return f"{self.reporter}_{self.table.code}_{self.day:%Y%m%d}"


def read_name(name: str) -> DataName | Text:
    """The name's parts, or why they cannot be read (FILE-01)."""
    found = NAME.fullmatch(name)
    if not found:
        return SHAPE
    reporter, code, day = found.groups()
    table = TABLES.get(code)
    # Registers that several people keep come as sheets; the wire format is for what reporters send.
    if table is None or not table.per_reporter:
        return NO_TABLE.format(table=code)
    try:
        last = date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    except ValueError:
        return NO_DAY.format(day=day)
    if last < date.max and (last + timedelta(days=1)).day != 1:
        return NO_MONTH_END.format(day=last)
    return DataName(reporter, table, last)
