"""The catalogue: every published figure by its code, and every way of dividing one."""

from typing import Final

from dripline.definitions import Indicator, by_code
from dripline.indicators.account import ACCOUNT
from dripline.indicators.balances import BALANCES
from dripline.indicators.bills import BILLS
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.indicators.capital import CAPITAL
from dripline.indicators.firms import FIRMS
from dripline.indicators.first_loans import FIRST_LOANS
from dripline.indicators.flows import FLOWS
from dripline.indicators.full_caliber import FULL_CALIBER
from dripline.indicators.growth import GROWTH
from dripline.indicators.official_table import OFFICIAL_TABLE
from dripline.indicators.official_table_bills import OFFICIAL_TABLE_WITH_BILLS
from dripline.indicators.pledges import PLEDGES
from dripline.indicators.prices import PRICES
from dripline.indicators.quality import QUALITY

CHAPTERS: Final = (
    OFFICIAL_TABLE,
    OFFICIAL_TABLE_WITH_BILLS,
    BALANCES,
    BILLS,
    FIRMS,
    PRICES,
    FLOWS,
    FIRST_LOANS,
    PLEDGES,
    QUALITY,
    GROWTH,
    ACCOUNT,
    CAPITAL,
    FULL_CALIBER,
)
CATALOGUE: Final[dict[str, Indicator]] = by_code(
    indicator for chapter in CHAPTERS for indicator in chapter
)
"""Every indicator by its code, in the order of the chapters."""

__all__ = ["BREAKDOWNS", "CATALOGUE"]
