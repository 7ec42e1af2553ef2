"""获贷率 and its parts: firms on the edition with a loan at any reporter, by what the register knows of them (FN 7)."""

from typing import Final

from dripline.indicators.balances import LISTED
from dripline.indicators.breakdowns import OF_CUSTOMERS, OF_FIRMS
from dripline.indicators.chapters import BULLETIN, figure, refused
from dripline.indicators.populations import (
    NOT_STRUCK_OFF,
    WITH_LOAN,
    firm_code,
    in_directory,
    technology,
)
from dripline.measures import CountDistinct, Ratio, Sum, Whole
from dripline.nodes import Condition
from dripline.standards.customers import FTYKHX
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.words import Text

ON_EDITION: Final = technology(ENTERPRISE.code) & NOT_STRUCK_OFF
IN_DIRECTORY: Final = in_directory(ENTERPRISE.code) & NOT_STRUCK_OFF
COVERAGE: Final = ("lending-2025q4", "科技型中小企业")
"""The central bank's report prints 获贷率 with these parts."""
NOT_OF_LENDERS: Final = refused(
    Text(
        zh="没有贷款的企业不属于任何机构、任何产品，获贷率按此划分没有意义；按机构请看名录企业覆盖率（TE-REACH）和市场份额（TE-MARKET）。",
        en="A firm without a loan belongs to no institution and no product, so the rate has no meaning there; by institution "
        "see TE-REACH and TE-MARKET.",
    ),
    "institution",
    "institution_kind",
    "product",
    "lender_city",
    "location",
    "credit_band",
)
LOWER_BOUND: Final = Text(
    zh="分子分母均按企业登记的属性划分；已注销企业不计。有机构未报时为下限。企业登记中没有的名单企业不在其中（见未匹配清单）。",
    en="Both parts are divided by the register of enterprises; firms struck off are left out. A lower bound while a reporter is "
    "missing. Listed firms that the register lacks are not in it (see the file of the unmatched).",
)


def firms(where: Condition) -> CountDistinct:
    """Firms of the register that meet a condition."""
    return CountDistinct((ENTERPRISE.credit_code,), where)


LISTED_FIRMS: Final = firms(ON_EDITION)
FINANCED: Final = firms(ON_EDITION & WITH_LOAN)
CUSTOMERS: Final = technology(FTYKHX.code)
GRANTED_LIMIT: Final = Sum(FTYKHX.credit_limit, CUSTOMERS)
USED_LIMIT: Final = Sum(FTYKHX.used_limit, CUSTOMERS)
NOT_IN_DIRECTORY_WAYS: Final = tuple(way for way in OF_FIRMS if "list_kind" not in way)

FIRMS: Final = (
    figure(
        "TE-LISTED",
        "名录科技型企业户数",
        "Technology enterprises on the lists",
        LISTED_FIRMS,
        unit="firms",
        by=OF_FIRMS,
        refuses=NOT_OF_LENDERS,
        note=LOWER_BOUND,
    ),
    figure(
        "TE-FINANCED",
        "名录科技型企业有贷户数",
        "Listed technology enterprises with a loan",
        FINANCED,
        unit="firms",
        by=OF_FIRMS,
        cites=COVERAGE,
        refuses=NOT_OF_LENDERS,
        note=LOWER_BOUND,
    ),
    figure(
        "TE-UNFINANCED",
        "名录科技型企业无贷户数",
        "Listed technology enterprises without a loan",
        firms(ON_EDITION & ~WITH_LOAN),
        unit="firms",
        by=OF_FIRMS,
        cites=BULLETIN,
        serves=("4.1",),
        refuses=NOT_OF_LENDERS,
        note=LOWER_BOUND,
    ),
    figure(
        "TE-COVERAGE",
        "科技型企业获贷率",
        "Technology enterprises with a loan among those listed",
        Ratio(FINANCED, LISTED_FIRMS, 100),
        unit="percent",
        by=OF_FIRMS,
        cites=COVERAGE,
        serves=("7.1", "4.1"),
        refuses=NOT_OF_LENDERS,
        note=LOWER_BOUND,
    ),
    figure(
        "TE-DIR-COVERAGE",
        "省名录库企业获贷率",
        "Enterprises of the directory of Henan with a loan",
        Ratio(firms(IN_DIRECTORY & WITH_LOAN), firms(IN_DIRECTORY), 100),
        unit="percent",
        by=NOT_IN_DIRECTORY_WAYS,
        cites=("plan-henan-2024-30", "五（一）"),
        serves=("5.1",),
        refuses=NOT_OF_LENDERS,
        note=LOWER_BOUND,
    ),
    figure(
        "TE-REACH",
        "名录企业覆盖率",
        "Listed enterprises that an institution lends to",
        Ratio(
            CountDistinct((firm_code(CLDWDK.code),), LISTED & CLDWDK.balance_cny.above(0)),
            Whole(LISTED_FIRMS, ("institution", "institution_kind", "product")),
            100,
        ),
        unit="percent",
        by=("total", "institution", "institution_kind", "product", "institution+list_kind"),
        cites=("own", "名录企业覆盖率"),
        serves=("7.2", "4.1"),
        note=Text(
            zh="分母为全省名录企业户数（未注销）；各机构相加不等于获贷率，因为一户可在多家机构贷款。",
            en="The lower part is all listed firms not struck off. Institutions do not add up: a firm may borrow at several.",
        ),
    ),
    figure(
        "TE-LIMIT",
        "科技型企业授信额度",
        "Credit limits of technology enterprises",
        GRANTED_LIMIT,
        by=OF_CUSTOMERS,
        cites=BULLETIN,
        note=Text(
            zh="各报送法人的授信相加。", en="The limits of all reporting legal persons added."
        ),
    ),
    figure(
        "TE-LIMIT-USED",
        "科技型企业授信使用率",
        "Share of credit limits that is used",
        Ratio(USED_LIMIT, GRANTED_LIMIT, 100),
        unit="percent",
        by=OF_CUSTOMERS,
        cites=BULLETIN,
    ),
)
