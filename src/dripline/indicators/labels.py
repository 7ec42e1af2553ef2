"""Words for the keys of a cell: cities, kinds of list, institutions by their register."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pyarrow.parquet as pq

from dripline.codes import code_list
from dripline.definitions import Breakdown, Dimension
from dripline.engines.data import Data
from dripline.indicators.breakdowns import BANDS
from dripline.law import Day, Law
from dripline.periods import Period
from dripline.words import Text

UNKNOWN = Text(zh="未知", en="unknown")
ALL = Text(zh="合计", en="total")
BANDED = "credit_band"


@dataclass
class Labels:
    """Names as they stand at the end of a period."""

    data: Data
    period: Period
    institutions: dict[str, Text] = field(default_factory=dict)
    law: Law = field(default_factory=Law.load)

    def of(self, breakdown: Breakdown, key: str | None) -> Text:
        """The words of one key of a breakdown; the key itself where no list knows it."""
        if key is None:
            return UNKNOWN
        if not isinstance(breakdown, Dimension):
            return next(g.label for g in breakdown.groups if g.code == key)
        if breakdown.names == "INSTITUTION":
            return self._institution(key)
        if breakdown.names == BANDED:
            return band(key, self.law.on(self.period.last_day))
        if not breakdown.names:
            return Text(zh=key, en=key)
        return code_list(breakdown.names).label(key)

    def _institution(self, code: str) -> Text:
        if not self.institutions:
            self.institutions = {code: Text(zh=code, en=code)} | self._read()
        return self.institutions.get(code, Text(zh=code, en=code))

    def _read(self) -> dict[str, Text]:
        rows = self.data.rows("INSTITUTION", self.period)
        found: dict[str, Text] = {}
        for file in rows.files if rows else ():
            columns = ["institution_code", "reporter", "name"]
            for row in pq.read_table(file, columns=columns, partitioning=None).to_pylist():
                name = Text(zh=row["name"], en=row["name"])
                found[row["institution_code"]] = name
        return found


def band(key: str, today: Day) -> Text:
    """A band of credit limits with its bounds of the day; the bare band where the day has no such bounds."""
    bounds, place = today.get(BANDS), int(key.rpartition("_")[2])
    if not isinstance(bounds, tuple) or not 1 <= place <= len(bounds) + 1:
        return code_list(BANDED).label(key)
    edges = [None, *(Decimal(str(bound)) for bound in bounds), None]
    low, high = edges[place - 1], edges[place]
    if low is None:
        return Text(zh=f"{high}万元及以下", en=f"Up to {millions(high)} million yuan")
    if high is None:
        return Text(zh=f"{low}万元以上", en=f"Over {millions(low)} million yuan")
    return Text(
        zh=f"{low}万元至{high}万元（含）",
        en=f"Over {millions(low)} and up to {millions(high)} million yuan",
    )


def millions(wan: Decimal | None) -> str:
    """An amount in 万元 as millions, exactly."""
    return f"{(wan or Decimal(0)).scaleb(-2).normalize():f}"
