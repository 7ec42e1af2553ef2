"""Money granted to technology enterprises: in the month and since January, anew and renewed apart (FN 10)."""

from typing import Final

from dripline.indicators.chapters import BULLETIN, figure
from dripline.indicators.populations import GRANTED, firm_code, technology
from dripline.indicators.prices import PAID_OUT
from dripline.measures import CountDistinct, Sum, YearToDate
from dripline.nodes import Condition
from dripline.standards.loan_flows import DWDKFS
from dripline.words import Text

LISTED: Final = technology(DWDKFS.code)
STATUS: Final = DWDKFS.loan_event_status
RENEWED: Final = STATUS.is_("LF05") & DWDKFS.restructure_type.is_("01")
ROLLED: Final = STATUS.is_("LF05") & DWDKFS.restructure_type.is_("02")
OTHERWISE_RESTRUCTURED: Final = STATUS.is_("LF05") & DWDKFS.restructure_type.is_("09")
TRANSFERRED: Final = STATUS.is_("LF04")
ANEW: Final = GRANTED & (STATUS.is_in("LF01", "LF99") | OTHERWISE_RESTRUCTURED)
"""New money: neither a renewal, nor a loan that repays another, nor a loan bought."""


def paid(where: Condition) -> Sum:
    """The amount of the flows of technology enterprises that meet one more condition."""
    return Sum(DWDKFS.amount_cny, LISTED & where)


def receivers(where: Condition) -> CountDistinct:
    """Technology enterprises with such a flow."""
    return CountDistinct((firm_code(DWDKFS.code),), LISTED & where)


RENEWALS: Final = Text(
    zh="RESTRUCT 01 续贷。报文不区分是否还本，无还本续贷无法另列；存量表没有续贷标识，续贷余额无法得出。",
    en="Restructuring 01. The files do not say whether principal was repaid first, and the stock does not mark renewed notes: "
    "renewals without repayment, and the balance of renewals, cannot be given.",
)

FLOWS: Final = (
    figure(
        "TE-NEW",
        "科技型企业当月发放额",
        "Granted to technology enterprises in the month",
        Sum(DWDKFS.amount_cny, PAID_OUT),
        cites=("tech-loan-collection", "4.2"),
        note=Text(
            zh="发放标识为1的全部发生额，含续贷、借新还旧和转入。",
            en="Every flow marked as granted: renewals, loans that repay others and transfers in included.",
        ),
    ),
    figure(
        "TE-NEW-FIRMS",
        "当月获得发放的科技型企业户数",
        "Technology enterprises granted a loan in the month",
        receivers(GRANTED),
        unit="firms",
    ),
    figure(
        "TE-ANEW",
        "科技型企业当月新增发放额（不含续贷）",
        "Granted anew in the month",
        paid(ANEW),
        cites=BULLETIN,
    ),
    figure(
        "TE-RENEWED",
        "科技型企业当月续贷额",
        "Renewed in the month",
        paid(GRANTED & RENEWED),
        cites=BULLETIN,
        note=RENEWALS,
    ),
    figure(
        "TE-RENEWED-FIRMS",
        "当月续贷的科技型企业户数",
        "Technology enterprises with a renewal in the month",
        receivers(GRANTED & RENEWED),
        unit="firms",
        cites=BULLETIN,
        note=RENEWALS,
    ),
    figure(
        "TE-ROLLED",
        "科技型企业当月借新还旧额",
        "New loans that repay old ones in the month",
        paid(GRANTED & ROLLED),
        cites=BULLETIN,
    ),
    figure(
        "TE-NEW-YTD",
        "科技型企业本年累放额",
        "Granted since January",
        YearToDate(Sum(DWDKFS.amount_cny, PAID_OUT)),
        cites=BULLETIN,
    ),
    figure(
        "TE-NEW-FIRMS-YTD",
        "本年累计获得发放的科技型企业户数",
        "Technology enterprises granted a loan since January",
        YearToDate(receivers(GRANTED)),
        unit="firms",
        cites=BULLETIN,
    ),
    figure(
        "TE-RENEWED-YTD",
        "科技型企业本年累计续贷额",
        "Renewed since January",
        YearToDate(paid(GRANTED & RENEWED)),
        cites=BULLETIN,
        note=RENEWALS,
    ),
    figure(
        "TE-RENEWED-FIRMS-YTD",
        "本年累计续贷的科技型企业户数",
        "Technology enterprises with a renewal since January",
        YearToDate(receivers(GRANTED & RENEWED)),
        unit="firms",
        cites=BULLETIN,
        note=RENEWALS,
    ),
)
