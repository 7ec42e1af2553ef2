"""The stock of unit loans at the end of a month: CLDWDK."""

from dripline.standards.handling import LOAN_DATA
from dripline.tables import Column, Layout, Table
from dripline.words import Text


class CLDWDK(Table):
    """存量单位贷款信息: loans to units on the balance sheet at period end, principal outstanding."""

    code = "CLDWDK"
    number = "JS_201_CLDWDK"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_201_CLDWDK"
    label = Text(zh="存量单位贷款信息", en="Stock of unit loans")
    grain = Text(zh="每笔借据一行", en="one row per loan note")
    key = ("loan_note_no",)
    region = "fin_inst_region_code"
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    fin_inst_region_code = Column(
        "C6", Text(zh="金融机构地区代码", en="Region of the institution"), "M", codes="region"
    )
    borrower_id_type = Column(
        "C3", Text(zh="借款人证件类型", en="Borrower's id type"), "M", codes="id_type"
    )
    borrower_id_no = Column("C..60", Text(zh="借款人证件代码", en="Borrower's id number"), "M")
    borrower_sector = Column(
        "C3",
        Text(zh="借款人国民经济部门", en="Borrower's institutional sector"),
        "M",
        codes="sector",
    )
    borrower_industry = Column(
        "C3", Text(zh="借款人行业", en="Borrower's industry"), "M", codes="industry_division"
    )
    borrower_region_code = Column(
        "C6", Text(zh="借款人地区代码", en="Borrower's region"), "M", codes="region"
    )
    borrower_ownership = Column(
        "C..5", Text(zh="借款人经济成分", en="Borrower's ownership"), "C", codes="ownership"
    )
    borrower_scale = Column(
        "C4", Text(zh="借款人企业规模", en="Borrower's size"), "C", codes="scale"
    )
    loan_note_no = Column("C..100", Text(zh="贷款借据编码", en="Loan note number"), "M")
    loan_contract_no = Column("C..100", Text(zh="贷款合同编码", en="Loan contract number"), "M")
    product_type = Column("C..6", Text(zh="贷款产品类别", en="Loan product"), "M", codes="product")
    use_industry = Column(
        "C4",
        Text(zh="贷款实际投向", en="Industry the loan is used in"),
        "M",
        codes="industry_group",
    )
    grant_date = Column("date", Text(zh="贷款发放日期", en="Grant date"), "M")
    due_date = Column("date", Text(zh="贷款到期日期", en="Due date"), "M")
    extended_due_date = Column(
        "date", Text(zh="贷款展期到期日期", en="Due date after extension"), "C"
    )
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    balance = Column("D20.2", Text(zh="贷款余额", en="Balance"), "M")
    balance_cny = Column(
        "D20.2", Text(zh="贷款余额折人民币", en="Balance in yuan"), "M", unit="yuan"
    )
    rate_type = Column(
        "C4", Text(zh="利率是否固定", en="Fixed or floating rate"), "M", codes="rate_type"
    )
    interest_rate = Column("D10.5", Text(zh="利率水平", en="Interest rate"), "M", unit="percent")
    pricing_benchmark = Column(
        "C4", Text(zh="贷款定价基准类型", en="Pricing benchmark"), "M", codes="benchmark"
    )
    base_rate = Column("D10.5", Text(zh="基准利率", en="Base rate"), "C", unit="percent")
    fiscal_support = Column(
        "C..5", Text(zh="贷款财政扶持方式", en="Fiscal support"), "C", codes="fiscal"
    )
    reprice_date = Column("date", Text(zh="贷款利率重新定价日", en="Next repricing date"), "M")
    guarantee_type = Column(
        "C..3", Text(zh="贷款担保方式", en="Kind of guarantee"), "M", codes="guarantee"
    )
    first_loan_flag = Column("C1", Text(zh="是否首次贷款", en="First loan"), "S", codes="yn")
    loan_quality = Column("C4", Text(zh="贷款质量", en="Loan quality"), "M", codes="quality")
    loan_status = Column("C4", Text(zh="贷款状态", en="Loan status"), "M", codes="loan_status")
    overdue_type = Column("C2", Text(zh="逾期类型", en="What is overdue"), "C", codes="overdue")
    loan_purpose = Column("C..3000", Text(zh="贷款用途", en="Purpose of the loan"), "E")
    trading_venue_code = Column(
        "C..18", Text(zh="登记交易场所代码", en="Code of the trading venue"), "C"
    )


CLDWDK.older = (
    Layout(
        since=CLDWDK.since,
        columns=tuple(name for name in CLDWDK.columns if name != "trading_venue_code"),
        warning=Text(
            zh="文件为32个字段的旧表式，缺第33个字段登记交易场所代码；请按V2.1补上该字段（可空）。",
            en="The file has the older layout of 32 columns, without column 33, the trading venue; "
            "add the column of V2.1 (it may be empty).",
        ),
    ),
)
