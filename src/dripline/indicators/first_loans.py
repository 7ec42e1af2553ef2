"""First loans are three things (FN 6): at this bank, as the platform sees it, and by the credit registry (首贷户)."""

from datetime import date
from typing import Final, cast

from dripline.indicators.breakdowns import OF_FIRMS
from dripline.indicators.chapters import figure
from dripline.indicators.firms import NOT_OF_LENDERS, firms
from dripline.indicators.flows import paid, receivers
from dripline.indicators.populations import GRANTED, any_reporter, technology
from dripline.law import Law
from dripline.nodes import Choose, Constant, FirstKnown, HasRow, Lookup, PeriodDay
from dripline.standards.customers import FTYKHX
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import CREDIT_RECORD, ENTERPRISE
from dripline.words import Text

AT_BANK: Final = GRANTED & DWDKFS.first_loan_flag.is_("1")
DATA_BEGIN: Final = cast(
    date, Law.load().entry("reporting.tech_loan_layout_from").values[-1].amount
)
"""The first data date of today's files: what a firm founded before had done by then cannot be seen."""

LISTED: Final = technology(ENTERPRISE.code)
BORROWS_NOW: Final = any_reporter(DWDKFS.borrower_id_type, DWDKFS.borrower_id_no, GRANTED)
HAD_LOAN: Final = any_reporter(
    CLDWDK.borrower_id_type, CLDWDK.borrower_id_no, CLDWDK.balance_cny.above(0), before=True
)
HAD_CREDIT: Final = any_reporter(
    FTYKHX.customer_id_type,
    FTYKHX.customer_id_no,
    FTYKHX.first_credit_date.before(PeriodDay("first")),
)
NO_SIGN: Final = ~HAD_LOAN & ~HAD_CREDIT
"""No balance at any reporter last month, and no reporter's customer file knows an earlier credit relation."""
SEEN_WHOLE: Final = Choose(((ENTERPRISE.founded_on.not_before(DATA_BEGIN), Constant("yes")),)).is_(
    "yes"
)
"""True for firms founded since the data begin, unknown for older ones (never false)."""
FIRST_SEEN: Final = LISTED & BORROWS_NOW & NO_SIGN & SEEN_WHOLE

OF_FIRM: Final = ((ENTERPRISE.credit_code, CREDIT_RECORD.credit_code),)
ANSWERED_NO: Final = Lookup(CREDIT_RECORD.queried_on, OF_FIRM, CREDIT_RECORD.answer.is_("no"))
FIRST_GRANT: Final = FirstKnown(
    (
        Lookup(
            DWDKFS.grant_date,
            (
                (Constant("A01"), DWDKFS.borrower_id_type),
                (ENTERPRISE.credit_code, DWDKFS.borrower_id_no),
            ),
            GRANTED,
        ),
        Lookup(
            DWDKFS.grant_date,
            (
                (Constant("A02"), DWDKFS.borrower_id_type),
                (ENTERPRISE.credit_code.slice(9, 9), DWDKFS.borrower_id_no),
            ),
            GRANTED,
        ),
    )
)
SAID_NO: Final = HasRow(OF_FIRM, CREDIT_RECORD.answer.is_("no"))
SAID_YES: Final = HasRow(OF_FIRM, CREDIT_RECORD.answer.is_("yes"))
REGISTRY: Final = Choose(
    (
        (SAID_NO & ANSWERED_NO.not_after(FIRST_GRANT), Constant("no record before")),
        (SAID_YES | SAID_NO, Constant("a record, or asked too late")),
    )
).is_("no record before")
"""The registry's answer; unknown for a firm nobody asked about or that was not found, and without the register."""
BY_REGISTRY: Final = LISTED & BORROWS_NOW & NO_SIGN & REGISTRY

FIRST_LOANS: Final = (
    figure(
        "FL-BANK-FIRMS",
        "本行首贷户数（当月）",
        "First at the bank: firms of the month",
        receivers(AT_BANK),
        unit="firms",
        cites=("collection-standard-v2.1", "JS_201_DWDKFS 字段28"),
        serves=("4.1",),
        note=Text(
            zh="与报送法人首次建立信贷关系，不等于首贷户。",
            en="The first credit relation with the reporting legal person; not what 首贷户 means.",
        ),
    ),
    figure(
        "FL-BANK",
        "本行首贷发放额（当月）",
        "First at the bank: granted in the month",
        paid(AT_BANK),
        cites=("collection-standard-v2.1", "JS_201_DWDKFS 字段28"),
        serves=("4.1",),
    ),
    figure(
        "FL-SEEN",
        "平台首见户数（当月）",
        "First seen by the platform in the month",
        firms(FIRST_SEEN),
        unit="firms",
        by=OF_FIRMS,
        cites=("own", "首贷的三种口径"),
        serves=("4.1",),
        refuses=NOT_OF_LENDERS,
        note=Text(
            zh=f"上月在任何机构无余额，且各机构客户信息中没有更早的首次信贷日期。观察窗口自{DATA_BEGIN}起；此前成立的企业为“未知”。",
            en="No balance at any reporter last month and no earlier first credit date in any customer file. The window begins "
            f"on {DATA_BEGIN}; firms founded before are unknown.",
        ),
    ),
    figure(
        "FL-REGISTRY",
        "首贷户数（当月）",
        "First loans by the credit registry in the month",
        firms(BY_REGISTRY),
        unit="firms",
        by=OF_FIRMS,
        cites=("own", "首贷的三种口径"),
        serves=("4.1",),
        refuses=NOT_OF_LENDERS,
        note=Text(
            zh="贷款前征信系统答复无信贷记录。没有查询结果的为“未知”，不是零。",
            en="The credit registry answered “no record” before the loan. Without an answer: unknown, not zero.",
        ),
    ),
)
