"""Customers that are units and no financial institutions: FTYKHX."""

from dripline.standards.handling import CUSTOMER_DATA
from dripline.tables import Column, Table
from dripline.words import Text


class FTYKHX(Table):
    """非同业单位客户基础信息: every customer that is a unit and no financial institution."""

    code = "FTYKHX"
    number = "JS_102_FTYKHX"
    nature = "register"
    source = "collection-standard-v2.1"
    article = "JS_102_FTYKHX"
    label = Text(zh="非同业单位客户基础信息", en="Unit customers")
    grain = Text(
        zh="每个法人机构的每个客户一行", en="one row per customer of a reporting legal person"
    )
    key = ("customer_id_type", "customer_id_no")
    handling = CUSTOMER_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    customer_name = Column("C..200", Text(zh="客户名称", en="Customer's name"), "M")
    customer_id_type = Column(
        "C3", Text(zh="客户证件类型", en="Customer's id type"), "M", codes="id_type"
    )
    customer_id_no = Column("C..60", Text(zh="客户证件代码", en="Customer's id number"), "M")
    basic_account_no = Column("C..60", Text(zh="基本存款账号", en="Basic deposit account"), "O")
    basic_account_bank = Column(
        "C..200", Text(zh="基本账户开户行名称", en="Bank of the basic account"), "O"
    )
    business_scope = Column("C..3000", Text(zh="经营范围", en="Scope of business"), "E")
    registered_capital = Column(
        "D20.2", Text(zh="注册资本", en="Registered capital"), "E", unit="yuan"
    )
    paid_in_capital = Column("D20.2", Text(zh="实收资本", en="Paid-in capital"), "E", unit="yuan")
    total_assets = Column("D20.2", Text(zh="总资产", en="Total assets"), "E", unit="yuan")
    operating_income = Column("D20.2", Text(zh="营业收入", en="Operating income"), "E", unit="yuan")
    staff_count = Column("I..10", Text(zh="从业人员数", en="Staff"), "E", unit="persons")
    listed_flag = Column("C1", Text(zh="是否上市公司", en="Listed company"), "M", codes="yn")
    first_credit_date = Column(
        "date", Text(zh="首次建立信贷关系日期", en="Day of the first credit relation"), "C"
    )
    registered_address = Column("C..400", Text(zh="注册地址", en="Registered address"), "M")
    region_code = Column("C6", Text(zh="地区代码", en="Region"), "M", codes="region")
    operating_status = Column(
        "C2", Text(zh="经营状态", en="Operating status"), "M", codes="op_status"
    )
    established_date = Column("date", Text(zh="成立日期", en="Day of foundation"), "E")
    industry = Column("C3", Text(zh="所属行业", en="Industry"), "M", codes="industry_division")
    enterprise_scale = Column(
        "C4", Text(zh="企业规模", en="Size of enterprise"), "C", codes="scale"
    )
    ownership = Column("C..5", Text(zh="客户经济成分", en="Ownership"), "C", codes="ownership")
    sector = Column(
        "C3", Text(zh="客户国民经济部门", en="Institutional sector"), "M", codes="sector"
    )
    credit_limit = Column("D20.2", Text(zh="授信额度", en="Credit limit"), "E", unit="yuan")
    used_limit = Column(
        "D20.2", Text(zh="已用额度", en="Used part of the credit limit"), "E", unit="yuan"
    )
    related_party_flag = Column("C1", Text(zh="是否关联方", en="Related party"), "M", codes="yn")
    controller_id_types = Column(
        "C..60",
        Text(zh="实际控制人证件类型", en="Controller's id types"),
        "O",
        codes="id_type",
        parts=True,
    )
    controller_id_nos = Column(
        "C..400", Text(zh="实际控制人证件代码", en="Controller's id numbers"), "O", parts=True
    )
    rating_grade_count = Column(
        "I..3", Text(zh="客户信用级别总等级数", en="Number of rating grades"), "O"
    )
    rating_position = Column(
        "I..3", Text(zh="客户信用评级", en="Rating, counted from the best"), "O"
    )
