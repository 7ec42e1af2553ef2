"""The monthly account of loans to technology enterprises: it closes to the fen, the unexplained rest is a line (FN 10).

opening + entered − left + granted anew + renewed + rolled + transferred in − repaid − disposed of ± exchange
± reclassified + rest = closing. The opening is last month's closing on last month's list.
"""

from typing import Final, Literal

from dripline.definitions import Indicator
from dripline.indicators.balances import AMOUNT, BALANCE, LISTED
from dripline.indicators.chapters import BULLETIN, figure
from dripline.indicators.flows import (
    ANEW,
    OTHERWISE_RESTRUCTURED,
    RENEWED,
    ROLLED,
    STATUS,
    TRANSFERRED,
    paid,
)
from dripline.indicators.populations import GRANTED, REPAID
from dripline.measures import At, Combine, Sum
from dripline.nodes import Choose, Condition, Constant, HasRow, Lookup, Measure
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.note_numbers import NUMBER_TODAY
from dripline.words import Text

Sign = Literal[1, -1]

OPENING: Final = At(BALANCE, months=-1, lists="as_published")
ON_BOTH: Final = At(BALANCE, months=-1, lists="fixed_cohort")
ENTERED: Final = Combine(((1, At(BALANCE, months=-1)), (-1, ON_BOTH)))
LEFT: Final = Combine(((1, OPENING), (-1, ON_BOTH)))
REPAYMENT: Final = REPAID & (
    STATUS.is_in("LF01", "LF99") | RENEWED | ROLLED | OTHERWISE_RESTRUCTURED
)
WRITTEN_OFF, STRIPPED, SOLD, IN_KIND, SECURITISED, SWAPPED = (
    paid(REPAID & STATUS.is_(code)) for code in ("LF02", "LF03", "LF04", "LF06", "LF07", "LF08")
)
DISPOSALS: Final = Combine(
    tuple((1, part) for part in (WRITTEN_OFF, STRIPPED, SOLD, SECURITISED, IN_KIND, SWAPPED))
)

ABROAD: Final = CLDWDK.currency.is_not("CNY")
PAID_ABROAD: Final = DWDKFS.currency.is_not("CNY")
FOREIGN: Final = Sum(AMOUNT, LISTED & ABROAD)
EXCHANGE: Final = Combine(
    (
        (1, FOREIGN),
        (-1, At(FOREIGN, months=-1)),
        (-1, paid(GRANTED & PAID_ABROAD)),
        (1, paid(REPAID & PAID_ABROAD)),
    )
)
"""What is left of foreign-currency loans, in yuan, after their own flows."""

SURELY: Final = Choose(((LISTED, Constant("yes")),)).is_known
"""Known to be on the list: always true or false."""
SAME_NOTE: Final = ((CLDWDK.loan_note_no, NUMBER_TODAY),)
BEFORE: Final = Lookup(AMOUNT, SAME_NOTE, period="previous")
RENMINBI: Final = CLDWDK.currency.is_("CNY")


def moved(now: Condition, then: Condition) -> Sum:
    """Last month's balance of notes whose borrower counts differently now, on this month's list."""
    return Sum(BEFORE, now & RENMINBI & HasRow(SAME_NOTE, then, "previous"))


RECLASSIFIED: Final = Combine(((1, moved(SURELY, ~SURELY)), (-1, moved(~SURELY, SURELY))))

NAMED: Final[tuple[tuple[str, str, str, Sign, Measure], ...]] = (
    ("OPENING", "期初余额", "Opening", 1, OPENING),
    ("ENTERED", "名单进入", "Entered the list", 1, ENTERED),
    ("LEFT", "名单退出", "Left the list", -1, LEFT),
    ("ANEW", "新增发放", "Granted anew", 1, paid(ANEW)),
    ("RENEWED", "续贷", "Renewed", 1, paid(GRANTED & RENEWED)),
    ("ROLLED", "借新还旧", "New loans that repay old ones", 1, paid(GRANTED & ROLLED)),
    ("BOUGHT", "转入", "Transferred in", 1, paid(GRANTED & TRANSFERRED)),
    ("REPAID", "收回", "Repaid", -1, paid(REPAYMENT)),
    ("WRITTEN-OFF", "核销", "Written off", -1, WRITTEN_OFF),
    ("STRIPPED", "剥离", "Stripped", -1, STRIPPED),
    ("SOLD", "转让", "Transferred", -1, SOLD),
    ("SECURITISED", "资产证券化", "Securitised", -1, SECURITISED),
    ("IN-KIND", "以物抵债", "Settled in kind", -1, IN_KIND),
    ("SWAPPED", "债转股", "Swapped into equity", -1, SWAPPED),
    ("EXCHANGE", "汇率变动", "Exchange rate", 1, EXCHANGE),
    ("RECLASSIFIED", "重新归类", "Reclassified", 1, RECLASSIFIED),
)
"""The lines before the closing: end of the code, words, sign in the addition, measure."""
EXPLAINED: Final = tuple((sign, measure) for _, _, _, sign, measure in NAMED)
REST: Final = Combine(((1, BALANCE), *((-sign, measure) for sign, measure in EXPLAINED)))

WAYS: Final = (
    "total",
    "lender_city",
    "borrower_city",
    "institution",
    "institution_kind",
    "list_kind",
    "currency_group",
    "lender_city+institution",
    "institution+list_kind",
)
NOTES: Final = {
    "ENTERED": Text(
        zh="上月余额按本月名单计，减去两月名单都在的部分。",
        en="Last month's balance of firms on this month's list and not on last month's.",
    ),
    "LEFT": Text(
        zh="上月余额中本月不在名单的部分。",
        en="Last month's balance of firms on last month's list and not on this month's.",
    ),
    "EXCHANGE": Text(
        zh="外币贷款折人民币的余额变动减去其发生额；外币贷款的归类变动也在其中。",
        en="The change of foreign-currency loans in yuan less their flows; reclassified ones among them are inside.",
    ),
    "RECLASSIFIED": Text(
        zh="名单不变而借款人证件或地区变动引起的归类变动（人民币贷款）。",
        en="Renminbi notes whose borrower's id or region changed so that they count differently on the same list.",
    ),
    "REST": Text(
        zh="各项不能解释的余额变动；正常应为零，不为零的对照跨期校验。",
        en="What no line explains; zero where the rules between months hold.",
    ),
}


def line(number: int, code: str, zh: str, en: str, measure: Measure) -> Indicator:
    """One line of the account."""
    return figure(
        f"AC-{number:02d}-{code}",
        f"科技型企业贷款月度账：{zh}",
        f"Monthly account: {en}",
        measure,
        by=WAYS,
        cites=BULLETIN,
        note=NOTES.get(code),
    )


ACCOUNT: Final = (
    *(line(n, code, zh, en, measure) for n, (code, zh, en, _, measure) in enumerate(NAMED, 1)),
    line(17, "REST", "未解释差额", "Unexplained rest", REST),
    line(18, "CLOSING", "期末余额", "Closing", BALANCE),
)
COMPARED: Final = {each.code: REST for each in ACCOUNT}
"""Every line is counted over the reporters that the whole account can be closed for, or its lines would not add up."""
