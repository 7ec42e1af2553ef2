"""How sound the loans to technology enterprises are, and what falls due soon."""

from typing import Final

from dripline.definitions import Indicator
from dripline.indicators.balances import AMOUNT, LISTED, held
from dripline.indicators.chapters import BULLETIN, figure
from dripline.measures import share
from dripline.nodes import Condition, FirstKnown, MonthsLater, PeriodDay
from dripline.standards.loans import CLDWDK
from dripline.words import Text

WATCHED: Final = CLDWDK.loan_quality.is_("FQ02")
BAD: Final = CLDWDK.loan_quality.is_in("FQ03", "FQ04", "FQ05")
OVERDUE: Final = CLDWDK.loan_status.is_("LS03")
LAST_DAY: Final = FirstKnown((CLDWDK.extended_due_date, CLDWDK.due_date))
THREE_MONTHS_ON: Final = MonthsLater(PeriodDay("first"), 4)
"""The day after the third month to come; counted from a first day, so that no month is cut short."""
DUE_SOON: Final = LAST_DAY.after(PeriodDay()) & LAST_DAY.before(THREE_MONTHS_ON)
NOT_90_DAYS: Final = Text(
    zh="报文没有逾期起始日，分期贷款的到期日是最后一期，逾期90天以上无法得出，故不列。",
    en="The files do not say since when a note is overdue, and the due date of instalments is the last one: “over 90 days” "
    "cannot be derived and is not given.",
)


def both(
    code: str, zh: str, en: str, where: Condition, note: Text | None = None
) -> tuple[Indicator, Indicator]:
    """The balance, and its share among loans to technology enterprises."""
    ratio = share(AMOUNT, where=where, among=LISTED)
    return (
        figure(
            code,
            f"科技型企业{zh}贷款余额",
            f"{en}: balance",
            held(where),
            note=note,
            cites=BULLETIN,
        ),
        figure(
            f"{code}-SHARE",
            f"科技型企业{zh}贷款占比",
            f"{en}: share",
            ratio,
            unit="percent",
            note=note,
            cites=BULLETIN,
        ),
    )


QUALITY: Final = (
    *both("QU-WATCHED", "关注类", "Special mention", WATCHED),
    *both("QU-BAD", "不良", "Non-performing", BAD),
    *both("QU-OVERDUE", "逾期", "Overdue", OVERDUE, NOT_90_DAYS),
    figure(
        "QU-DUE",
        "科技型企业未来三个月到期贷款余额",
        "Due within the next three months",
        held(DUE_SOON),
        cites=BULLETIN,
        note=Text(
            zh="以展期到期日为准，没有的以到期日为准。",
            en="By the extended due date, or the original one where there is none.",
        ),
    ),
)
