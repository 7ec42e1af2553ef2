"""Words for the keys of a cell: cities, kinds of list, institutions by their register."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.parquet as pq

from dripline.codes import code_list
from dripline.definitions import Breakdown, Dimension
from dripline.engines.data import Data
from dripline.periods import Period
from dripline.words import Text

UNKNOWN = Text(zh="未知", en="unknown")
ALL = Text(zh="合计", en="total")


@dataclass
class Labels:
    """Names as they stand at the end of a period."""

    data: Data
    period: Period
    institutions: dict[str, Text] = field(default_factory=dict)

    def of(self, breakdown: Breakdown, key: str | None) -> Text:
        """The words of one key of a breakdown; the key itself where no list knows it."""
        if key is None:
            return UNKNOWN
        if not isinstance(breakdown, Dimension):
            return next(g.label for g in breakdown.groups if g.code == key)
        if breakdown.names == "INSTITUTION":
            return self._institution(key)
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
