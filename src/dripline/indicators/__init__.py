"""The catalogue: every published figure by its code, and every way of dividing one."""

from typing import Final

from dripline.definitions import Indicator, by_code
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.indicators.official_table import OFFICIAL_TABLE

CATALOGUE: Final[dict[str, Indicator]] = by_code(OFFICIAL_TABLE)
"""Every indicator by its code, in the order of the chapters."""

__all__ = ["BREAKDOWNS", "CATALOGUE"]
