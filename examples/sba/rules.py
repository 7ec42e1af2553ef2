"""What the loans should keep. Each of these finds what it says in the real data, or shows that it holds there."""

from datetime import date

from dripline.definitions import AnyCheck, Check, Severity, Unique
from dripline.nodes import Choose, Condition, Constant, IsCode
from dripline.words import Text

from .loans import Loan

LONGEST_MONTHS = 300
MOST_EMPLOYEES = 1500
FISCAL_YEAR = Choose(
    tuple(
        (Loan.approval_day.before(date(year, 10, 1)), Constant(str(year)))
        for year in range(1991, 2031)
    )
)
"""The US fiscal year begins on 1 October of the year before; the data begin with FY1991."""
ASK = Text(zh="向数据提供方核实。", en="Ask the publisher of the data.")


def rule(
    number: int,
    severity: Severity,
    says: Text,
    holds: Condition,
    *,
    given: Condition | None = None,
    article: str = "meaning of the columns",
    remedy: Text = ASK,
) -> Check:
    """A rule about single loans."""
    return Check(
        code=f"SBA-R{number:02d}",
        severity=severity,
        says=says,
        remedy=remedy,
        source="13 CFR 120-121" if article.startswith("§") else "own",
        article=article,
        holds=holds,
        given=given,
    )


DAYS: tuple[AnyCheck, ...] = (
    rule(
        1,
        "error",
        Text(zh="贷款不应在批准之前发放。", en="No loan is disbursed before it is approved."),
        Loan.disbursement_day.not_before(Loan.approval_day),
    ),
    rule(
        2,
        "error",
        Text(
            zh="批准财年应与批准日期一致（10月1日起为下一财年）。",
            en="The fiscal year is that of the day of approval (the next one begins on 1 October).",
        ),
        Loan.fiscal_year.is_(FISCAL_YEAR),
    ),
    rule(
        3,
        "error",
        Text(zh="核销不应早于首次放款。", en="No loan is charged off before it is disbursed."),
        Loan.charge_off_day.not_before(Loan.disbursement_day),
    ),
    rule(
        4,
        "error",
        Text(
            zh="已结清或已核销的贷款应有首次放款日期。",
            en="A loan paid in full or charged off has a day of first disbursement.",
        ),
        Loan.disbursement_day.is_known,
        given=Loan.status.is_in("PIF", "CHGOFF"),
    ),
    rule(
        5,
        "error",
        Text(
            zh="已取消、未放款的贷款不应有首次放款日期。",
            en="A loan cancelled, not funded or not yet disbursed has no day of disbursement.",
        ),
        Loan.disbursement_day.is_empty,
        given=Loan.status.is_in("CANCLD", "NOT FUNDED", "COMMIT"),
    ),
)
TERMS: tuple[AnyCheck, ...] = (
    rule(
        6,
        "error",
        Text(zh="期限应大于0个月。", en="A term is longer than 0 months."),
        Loan.term_months.above(0),
    ),
    rule(
        7,
        "warning",
        Text(
            zh="期限一般不超过25年（建设期除外）。",
            en="A term is no longer than 25 years, a time of construction apart.",
        ),
        Loan.term_months.at_most(LONGEST_MONTHS),
        article="§120.212",
    ),
    rule(
        8,
        "warning",
        Text(
            zh="504计划债券的期限应为10年或20年。",
            en="A debenture under 504 runs for 10 or 20 years.",
        ),
        Loan.term_months.is_in(120, 240),
        given=Loan.program.is_("504"),
    ),
)
AMOUNTS: tuple[AnyCheck, ...] = (
    rule(
        9,
        "error",
        Text(
            zh="核销状态、核销日期与核销金额应一致。",
            en="Status, day and amount say alike whether a loan was charged off.",
        ),
        Loan.status.is_("CHGOFF").same_as(Loan.charge_off_day.is_known & Loan.charged_off.above(0)),
    ),
    rule(
        10,
        "warning",
        Text(
            zh="核销金额一般不超过批准金额。",
            en="No more is charged off than was approved (capitalised interest apart).",
        ),
        Loan.charged_off.at_most(Loan.amount),
    ),
    rule(
        11,
        "error",
        Text(
            zh="7(a)计划贷款应有担保金额，且不超过批准金额；504计划贷款没有。",
            en="A loan under 7(a) has a guaranteed amount, no more than was approved; one under 504 has none.",
        ),
        (Loan.program.is_("7(a)") & Loan.guaranteed.above(0) & Loan.guaranteed.at_most(Loan.amount))
        | (Loan.program.is_("504") & Loan.guaranteed.is_empty),
    ),
    rule(
        12,
        "warning",
        Text(
            zh="支持岗位数不应超过小企业从业人数上限（1500人）。",
            en="No small business supports more jobs than the largest size standard has employees (1,500).",
        ),
        Loan.jobs.at_most(MOST_EMPLOYEES),
        article="§121.201",
    ),
)
PLACES: tuple[AnyCheck, ...] = (
    rule(
        13,
        "error",
        Text(
            zh="加利福尼亚州的邮编为90001至96162。",
            en="A ZIP code of California is 90001 to 96162.",
        ),
        Loan.borrower_zip.matches("9[0-5][0-9]{3}|960[0-9]{2}|961[0-5][0-9]|9616[0-2]")
        & Loan.borrower_zip.is_not("90000"),
        given=Loan.borrower_state.is_("CA"),
    ),
    rule(
        14,
        "error",
        Text(
            zh="项目所在县应为加利福尼亚州58个县之一。",
            en="The county of the project is one of California's 58.",
        ),
        IsCode(Loan.county, "sba_county"),
        given=Loan.county.is_known,
    ),
    rule(
        15,
        "warning",
        Text(zh="应填写项目所在县。", en="The county of the project is known."),
        Loan.county.is_known,
    ),
    rule(
        16,
        "warning",
        Text(
            zh="城市名中不应有数字（多为误填街道地址）。",
            en="The name of a city has no digits (a street may have slipped in).",
        ),
        Loan.borrower_city.matches("[^0-9]*"),
    ),
    rule(
        17,
        "warning",
        Text(zh="应有贷款机构的名称和所在地。", en="A lender has a name and a place."),
        Loan.lender.is_not("MISSINGMAINBANKID") & Loan.lender_state.is_known,
    ),
)
GAPS: tuple[AnyCheck, ...] = (
    rule(
        18,
        "warning",
        Text(
            zh="应填写行业代码（2001财年前多有缺失）。",
            en="The industry is known (before FY2001 it often is not).",
        ),
        Loan.naics_code.is_known,
    ),
    rule(
        19,
        "warning",
        Text(
            zh="有行业代码的应有行业名称。",
            en="A loan with an industry code has the industry's name.",
        ),
        Loan.naics_words.is_known,
        given=Loan.naics_code.is_known,
    ),
    rule(
        20,
        "warning",
        Text(
            zh="应填写初始利率（2009财年前没有）。",
            en="The initial rate is known (before FY2009 it never is).",
        ),
        Loan.rate.is_known,
    ),
    rule(
        21,
        "warning",
        Text(
            zh="特许经营代码不为0、1的，应有特许经营名称。",
            en="A franchise code other than 0 and 1 has a name.",
        ),
        Loan.franchise_name.is_known,
        given=~Loan.franchise_code.is_in("0", "1"),
    ),
    rule(
        22,
        "error",
        Text(zh="应填写贷款状态。", en="The status of the loan is known."),
        Loan.status.is_known,
    ),
)
TWICE: tuple[AnyCheck, ...] = (
    Unique(
        code="SBA-R23",
        severity="error",
        source="own",
        article="key of the table",
        says=Text(zh="源文件行号不应重复。", en="No row id of the source stands twice."),
        remedy=ASK,
        by=(Loan.loan_no,),
    ),
    Unique(
        code="SBA-R24",
        severity="warning",
        source="own",
        article="meaning of the columns",
        says=Text(
            zh="同一借款人、机构、日期、金额和计划的贷款只应有一笔（可能为重复记录）。",
            en="One loan for one borrower, lender, day, amount and programme (two may be one loan).",
        ),
        remedy=ASK,
        by=(Loan.borrower, Loan.lender, Loan.approval_day, Loan.amount, Loan.program),
    ),
)
RULES = (*DAYS, *TERMS, *AMOUNTS, *PLACES, *GAPS, *TWICE)
