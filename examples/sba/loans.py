"""The table: one row for each loan, as the agency publishes them."""

from dripline.tables import Column, Handling, Table
from dripline.words import Text

SOURCE = "sba-7a-504-foia"
"""The agency's data on 7(a) and 504 loans, published under the Freedom of Information Act."""


class Loan(Table):
    """A loan approved under the programmes 7(a) or 504, with what has become of it by the day of the file."""

    code = "SBA_LOAN"
    number = "SBA_LOAN"
    label = Text(zh="美国小企业管理局担保贷款", en="Loans guaranteed by the US SBA")
    grain = Text(zh="每笔贷款一行", en="one row for each loan")
    nature = "stock"
    key = ("loan_no",)
    # No region: the scope of a province of China has no meaning for these rows, so all of them count.
    region = None
    source = SOURCE
    article = "7(a) and 504, FY1991-FY2016, California"
    handling = Handling(
        basis=Text(
            zh="美国政府依《信息自由法》公开的数据",
            en="data the US government has published under the Freedom of Information Act",
        ),
        purposes=("statistics", "supervision"),
        secrecy="public",
    )

    loan_no = Column("C..8", Text(zh="源文件行号", en="Row id in the source"), "M")
    program = Column("C..4", Text(zh="计划", en="Programme"), "M", codes="sba_program")
    subprogram = Column("C..60", Text(zh="子计划", en="Sub-programme"), "M")
    delivery = Column("C..10", Text(zh="办理方式", en="Delivery method"), "M", codes="sba_delivery")
    borrower = Column("C..40", Text(zh="借款人", en="Borrower"), "M")
    borrower_city = Column("C..40", Text(zh="借款人城市", en="Borrower's city"), "M")
    borrower_state = Column("C2", Text(zh="借款人所在州", en="Borrower's state"), "M")
    borrower_zip = Column("C..5", Text(zh="借款人邮编", en="Borrower's ZIP code"), "M")
    lender = Column("C..60", Text(zh="贷款机构", en="Lender or development company"), "M")
    lender_city = Column("C..40", Text(zh="贷款机构城市", en="Lender's city"), "O")
    lender_state = Column("C2", Text(zh="贷款机构所在州", en="Lender's state"), "O")
    lender_zip = Column("C..5", Text(zh="贷款机构邮编", en="Lender's ZIP code"), "O")
    amount = Column("D20.2", Text(zh="批准金额", en="Amount approved"), "M", unit="dollars")
    guaranteed = Column("D20.2", Text(zh="担保金额", en="Amount guaranteed"), "C", unit="dollars")
    approval_day = Column("date", Text(zh="批准日期", en="Day of approval"), "M")
    fiscal_year = Column("C4", Text(zh="批准财年", en="Fiscal year of approval"), "M")
    disbursement_day = Column("date", Text(zh="首次放款日期", en="Day of first disbursement"), "C")
    rate = Column("D10.5", Text(zh="初始利率", en="Initial interest rate"), "C", unit="percent")
    term_months = Column("I..4", Text(zh="期限（月）", en="Term in months"), "M", unit="months")
    naics_code = Column("C6", Text(zh="行业代码（NAICS）", en="NAICS code"), "C")
    naics_words = Column("C..90", Text(zh="行业名称", en="NAICS description"), "C")
    franchise_code = Column("C..5", Text(zh="特许经营代码", en="Franchise code"), "M")
    franchise_name = Column("C..40", Text(zh="特许经营名称", en="Franchise name"), "C")
    county = Column("C..20", Text(zh="项目所在县", en="County of the project"), "C")
    business = Column(
        "C..11", Text(zh="企业形式", en="Kind of business"), "M", codes="sba_business"
    )
    status = Column("C..10", Text(zh="贷款状态", en="Status of the loan"), "C", codes="sba_status")
    charge_off_day = Column("date", Text(zh="核销日期", en="Day of charge-off"), "C")
    charged_off = Column("D20.2", Text(zh="核销金额", en="Amount charged off"), "M", unit="dollars")
    revolving = Column("C1", Text(zh="是否循环", en="Revolving"), "C", codes="yn")
    jobs = Column("I..6", Text(zh="支持岗位数", en="Jobs supported"), "M", unit="jobs")


DISBURSED = Loan.status.is_in("PIF", "CHGOFF", "EXEMPT")
"""Paid in full, charged off, or running (whose status the agency withholds)."""
