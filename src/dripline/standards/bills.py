"""Bills that banks hold at the end of a month, discounted or bought outright: CLPJRZ."""

from dripline.standards.handling import LOAN_DATA
from dripline.tables import Column, Table
from dripline.words import Text


class CLPJRZ(Table):
    """存量票据融资信息: direct discounts and bills bought outright from other banks, outstanding at period end."""

    code = "CLPJRZ"
    number = "JS_205_CLPJRZ"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_205_CLPJRZ"
    label = Text(zh="存量票据融资信息", en="Stock of discounted bills")
    grain = Text(zh="每张票据或每个子票区间一行", en="one row per bill or per range of sub-bills")
    key = ("bill_no",)
    region = "fin_inst_region_code"
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    fin_inst_region_code = Column(
        "C6", Text(zh="金融机构地区代码", en="Region of the institution"), "M", codes="region"
    )
    discount_mode = Column(
        "C2", Text(zh="贴现方式", en="Mode of discount"), "M", codes="discount_mode"
    )
    bill_kind = Column("C2", Text(zh="票据种类", en="Kind of bill"), "M", codes="bill_kind")
    bill_medium = Column(
        "C2", Text(zh="票据介质", en="Medium of the bill"), "M", codes="bill_medium"
    )
    bill_no = Column(
        "C..100",
        Text(zh="票据编号", en="Bill number"),
        "M",
        parts=True,
        note=Text(
            zh="可拆分票据填“票据包号,起始子票号,截止子票号”。",
            en="A bill that may be split: “package,first,last”.",
        ),
    )
    discount_applicant_id_type = Column(
        "C3", Text(zh="贴现申请人证件类型", en="Applicant's id type"), "M", codes="id_type"
    )
    discount_applicant_id_no = Column(
        "C..60", Text(zh="贴现申请人证件代码", en="Applicant's id number"), "M"
    )
    discount_applicant_sector = Column(
        "C3",
        Text(zh="贴现申请人国民经济部门", en="Applicant's institutional sector"),
        "M",
        codes="sector",
    )
    discount_applicant_industry = Column(
        "C3",
        Text(zh="贴现申请人行业", en="Applicant's industry"),
        "M",
        codes="industry_division",
    )
    discount_applicant_region_code = Column(
        "C6", Text(zh="贴现申请人地区代码", en="Applicant's region"), "M", codes="region"
    )
    discount_applicant_ownership = Column(
        "C..5", Text(zh="贴现申请人经济成分", en="Applicant's ownership"), "C", codes="ownership"
    )
    discount_applicant_scale = Column(
        "C4", Text(zh="贴现申请人企业规模", en="Applicant's size"), "C", codes="scale"
    )
    acceptor_name = Column("C..200", Text(zh="承兑人名称", en="Acceptor"), "M")
    acceptor_id_type = Column(
        "C3", Text(zh="承兑人证件类型", en="Acceptor's id type"), "E", codes="id_type"
    )
    acceptor_id_no = Column("C..60", Text(zh="承兑人证件代码", en="Acceptor's id number"), "E")
    drawer_name = Column("C..200", Text(zh="出票人名称", en="Drawer"), "M")
    drawer_id_type = Column(
        "C3", Text(zh="出票人证件类型", en="Drawer's id type"), "E", codes="id_type"
    )
    drawer_id_no = Column("C..60", Text(zh="出票人证件代码", en="Drawer's id number"), "E")
    issue_date = Column("date", Text(zh="出票日期", en="Issue date"), "M")
    bill_due_date = Column("date", Text(zh="票据到期日期", en="Due date of the bill"), "M")
    trade_date = Column("date", Text(zh="交易日期", en="Date of the transaction"), "M")
    bill_currency = Column("C3", Text(zh="币种", en="Currency of the bill"), "M", codes="currency")
    face_amount = Column(
        "D20.2",
        Text(zh="票面金额", en="Face amount"),
        "M",
        note=Text(
            zh="拆分的票据填该子票区间的金额。",
            en="Of a split bill the amount of the range of sub-bills.",
        ),
    )
    face_amount_cny = Column(
        "D20.2", Text(zh="票面金额折人民币", en="Face amount in yuan"), "M", unit="yuan"
    )
    discount_currency = Column(
        "C3", Text(zh="贴现币种", en="Currency of the discount"), "M", codes="currency"
    )
    discount_amount = Column(
        "D20.2",
        Text(zh="贴现金额", en="Discount outstanding"),
        "M",
        note=Text(zh="期末账面余额。", en="The book balance at period end."),
    )
    discount_amount_cny = Column(
        "D20.2", Text(zh="贴现金额折人民币", en="Discount outstanding in yuan"), "M", unit="yuan"
    )
    discount_rate = Column("D10.5", Text(zh="贴现利率", en="Discount rate"), "M", unit="percent")
    loan_quality = Column("C4", Text(zh="贷款质量", en="Loan quality"), "M", codes="quality")
    loan_status = Column("C4", Text(zh="贷款状态", en="Loan status"), "M", codes="loan_status")
