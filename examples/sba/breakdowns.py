"""Ways of dividing figures over the loans."""

from dripline.definitions import Dimension, Group, Membership
from dripline.words import Text

from .loans import Loan

NO_LIST = ""
"""The key is its own words: names of lenders, fiscal years."""

LENDER = Dimension("sba_lender", Text(zh="贷款机构", en="lender"), (Loan.lender,), NO_LIST)
COUNTY = Dimension("sba_county", Text(zh="县", en="county"), (Loan.county,), "sba_county")
PROGRAM = Dimension("sba_program", Text(zh="计划", en="programme"), (Loan.program,), "sba_program")
YEAR = Dimension("sba_year", Text(zh="财年", en="fiscal year"), (Loan.fiscal_year,), NO_LIST)
DELIVERY = Dimension(
    "sba_delivery", Text(zh="办理方式", en="delivery method"), (Loan.delivery,), "sba_delivery"
)
STATUS = Dimension("sba_status", Text(zh="状态", en="status"), (Loan.status,), "sba_status")
SECTOR = Dimension(
    "sba_sector",
    Text(zh="行业（NAICS前两位）", en="sector (first two digits of NAICS)"),
    (Loan.naics_code.slice(1, 2),),
    "sba_sector",
)
KIND = Membership(
    "sba_kind",
    Text(zh="特征（可重叠）", en="traits (a loan may have several)"),
    (
        Group(
            "franchise",
            Text(zh="特许经营", en="franchises"),
            (~Loan.franchise_code.is_in("0", "1"),),
        ),
        Group("revolving", Text(zh="循环贷款", en="revolving loans"), (Loan.revolving.is_("1"),)),
        Group(
            "company",
            Text(zh="公司借款人", en="corporations"),
            (Loan.business.is_("CORPORATION"),),
        ),
    ),
)
BREAKDOWNS = (LENDER, COUNTY, PROGRAM, YEAR, DELIVERY, STATUS, SECTOR, KIND)
WAYS = (
    "total",
    *(breakdown.code for breakdown in BREAKDOWNS),
    "sba_program+sba_year",
    "sba_county+sba_program",
    "sba_program+sba_kind",
)
"""By each of them, and three pairs."""
