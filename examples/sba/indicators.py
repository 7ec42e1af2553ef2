"""What is reckoned from the loans."""

from dripline.definitions import Indicator
from dripline.measures import Count, CountDistinct, Ratio, Sum, share, weighted_mean
from dripline.nodes import Measure
from dripline.words import Text

from .breakdowns import WAYS
from .loans import DISBURSED, SOURCE, Loan


def indicator(
    code: str,
    label: Text,
    unit: str,
    measure: Measure,
    *,
    decimals: int = 0,
    article: str,
    note: Text | None = None,
) -> Indicator:
    """A figure over the loans, by every breakdown there is."""
    return Indicator(
        code=f"SBA-{code}",
        label=label,
        unit=unit,
        measure=measure,
        decimals=decimals,
        source=SOURCE,
        article=article,
        breakdowns=WAYS,
        note=note,
    )


VOLUME = (
    indicator(
        "LOANS",
        Text(zh="批准贷款笔数", en="Loans approved"),
        "loans",
        Count(Loan.loan_no),
        article="rows",
    ),
    indicator(
        "AMOUNT",
        Text(zh="批准金额", en="Amount approved"),
        "dollars",
        Sum(Loan.amount),
        article="GrossApproval",
    ),
    indicator(
        "MEAN",
        Text(zh="笔均批准金额", en="Mean amount approved"),
        "dollars",
        Ratio(Sum(Loan.amount), Count(Loan.loan_no)),
        decimals=2,
        article="GrossApproval",
    ),
    indicator(
        "GUARANTEED",
        Text(zh="担保金额", en="Amount guaranteed"),
        "dollars",
        Sum(Loan.guaranteed),
        article="SBAGuaranteedApproval",
        note=Text(
            zh="仅7(a)计划；504计划的担保对象是债券。",
            en="7(a) only: under 504 the debenture is guaranteed, not the loan.",
        ),
    ),
    indicator(
        "COVER",
        Text(zh="7(a)贷款担保比例", en="Share of 7(a) amounts guaranteed"),
        "percent",
        Ratio(
            Sum(Loan.guaranteed, Loan.guaranteed.is_known),
            Sum(Loan.amount, Loan.guaranteed.is_known),
            100,
        ),
        decimals=2,
        article="SBAGuaranteedApproval, GrossApproval",
    ),
    indicator(
        "JOBS",
        Text(zh="支持岗位数", en="Jobs supported"),
        "jobs",
        Sum(Loan.jobs),
        article="JobsSupported",
    ),
)
PARTIES = (
    indicator(
        "BORROWERS",
        Text(zh="借款人户数", en="Borrowers"),
        "firms",
        CountDistinct((Loan.borrower, Loan.borrower_zip)),
        article="BorrName, BorrZip",
        note=Text(
            zh="源数据没有借款人代码，以名称和邮编识别，同名同邮编的视为一户。",
            en="The data have no id of borrowers: a name and a ZIP code together stand for one.",
        ),
    ),
    indicator(
        "LENDERS",
        Text(zh="贷款机构家数", en="Lenders"),
        "lenders",
        CountDistinct((Loan.lender,), Loan.lender.is_not("MISSINGMAINBANKID")),
        article="BankName",
    ),
)
QUALITY = (
    indicator(
        "CHARGED-OFF",
        Text(zh="核销金额", en="Amount charged off"),
        "dollars",
        Sum(Loan.charged_off),
        article="GrossChargeOffAmount",
    ),
    indicator(
        "CHARGE-OFF-SHARE",
        Text(zh="核销率（笔数）", en="Share of disbursed loans charged off"),
        "percent",
        Ratio(Count(Loan.loan_no, Loan.status.is_("CHGOFF")), Count(Loan.loan_no, DISBURSED), 100),
        decimals=2,
        article="LoanStatus",
    ),
    indicator(
        "LOSS-RATE",
        Text(zh="核销率（金额）", en="Charge-offs as a share of amounts disbursed"),
        "percent",
        Ratio(Sum(Loan.charged_off), Sum(Loan.amount, DISBURSED), 100),
        decimals=2,
        article="GrossChargeOffAmount, GrossApproval, LoanStatus",
    ),
    indicator(
        "CANCELLED-SHARE",
        Text(zh="取消及未放款比例", en="Share of loans cancelled or never funded"),
        "percent",
        Ratio(
            Count(Loan.loan_no, Loan.status.is_in("CANCLD", "NOT FUNDED")),
            Count(Loan.loan_no),
            100,
        ),
        decimals=2,
        article="LoanStatus",
    ),
)
TERMS = (
    indicator(
        "RATE",
        Text(zh="加权平均初始利率（已知部分）", en="Mean initial rate, weighted, where known"),
        "percent",
        weighted_mean(Loan.rate, weight=Loan.amount),
        decimals=5,
        article="InitialInterestRate, GrossApproval",
        note=Text(
            zh="2009财年起才有利率，须与SBA-RATE-KNOWN一并使用。",
            en="Rates begin with FY2009; read it together with SBA-RATE-KNOWN.",
        ),
    ),
    indicator(
        "RATE-KNOWN",
        Text(zh="利率已知部分的金额占比", en="Share of the amount whose rate is known"),
        "percent",
        share(Loan.amount, where=Loan.rate.is_known),
        decimals=2,
        article="InitialInterestRate, GrossApproval",
    ),
    indicator(
        "TERM",
        Text(zh="加权平均期限", en="Mean term, weighted"),
        "months",
        weighted_mean(Loan.term_months, weight=Loan.amount, where=Loan.term_months.above(0)),
        decimals=2,
        article="TermInMonths, GrossApproval",
        note=Text(zh="期限为0的贷款不计。", en="Loans with a term of 0 are left out."),
    ),
)
INDICATORS = (*VOLUME, *PARTIES, *QUALITY, *TERMS)
