"""Shares that reporting institutions hold, and what they bought or sold in a month: CLGQTZ, GQTZFS."""

from dripline.standards.handling import LOAN_DATA
from dripline.tables import Column, Table
from dripline.words import Text

LIST_NOT_FOUND = Text(
    zh="按被投资机构类型（C0067）填写；本软件未取得该代码表，不校验取值。",
    en="By the list of kinds of investee (C0067), which we have not found: the value is not checked.",
)
NO_TYPE = Text(
    zh="本表没有证件类型一列：18位按统一社会信用代码、20位按LEI校验。",
    en="This table has no id type: 18 characters are checked as a credit code, 20 as an LEI.",
)


class CLGQTZ(Table):
    """存量股权投资信息: equity held at period end, a row for each certificate."""

    code = "CLGQTZ"
    number = "JS_204_CLGQTZ"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_204_CLGQTZ"
    label = Text(zh="存量股权投资信息", en="Stock of equity held")
    grain = Text(zh="每个凭证一行", en="one row per equity certificate")
    key = ("certificate_no",)
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    certificate_no = Column("C..100", Text(zh="凭证编码", en="Certificate number"), "M")
    equity_type = Column("C1", Text(zh="股权类型", en="Kind of equity"), "M", codes="equity_type")
    investee_type = Column(
        "C..6", Text(zh="机构类型", en="Kind of investee"), "M", note=LIST_NOT_FOUND
    )
    investee_id_no = Column(
        "C..60", Text(zh="机构证件代码", en="Investee's id number"), "M", note=NO_TYPE
    )
    investee_region_code = Column(
        "C6", Text(zh="地区代码", en="Investee's region"), "M", codes="region"
    )
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    balance = Column("D20.2", Text(zh="投资余额", en="Balance"), "M")
    balance_cny = Column(
        "D20.2", Text(zh="投资余额折人民币", en="Balance in yuan"), "M", unit="yuan"
    )


class GQTZFS(Table):
    """股权投资发生额信息: each certificate bought or sold in the month."""

    code = "GQTZFS"
    number = "JS_204_GQTZFS"
    nature = "flow"
    source = "collection-standard-v2.1"
    article = "JS_204_GQTZFS"
    label = Text(zh="股权投资发生额信息", en="Flows of equity")
    grain = Text(zh="每个凭证的每笔交易一行", en="one row per transaction on a certificate")
    key = ("certificate_no", "trade_date", "direction")
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    certificate_no = Column("C..100", Text(zh="凭证编码", en="Certificate number"), "M")
    equity_type = Column("C1", Text(zh="股权类型", en="Kind of equity"), "M", codes="equity_type")
    investee_type = Column(
        "C..6", Text(zh="机构类型", en="Kind of investee"), "M", note=LIST_NOT_FOUND
    )
    investee_id_no = Column(
        "C..60", Text(zh="机构证件代码", en="Investee's id number"), "M", note=NO_TYPE
    )
    investee_region_code = Column(
        "C6", Text(zh="地区代码", en="Investee's region"), "M", codes="region"
    )
    trade_date = Column("date", Text(zh="交易日期", en="Date of the transaction"), "M")
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    amount = Column("D20.2", Text(zh="交易金额", en="Amount"), "M")
    amount_cny = Column("D20.2", Text(zh="交易金额折人民币", en="Amount in yuan"), "M", unit="yuan")
    direction = Column(
        "C1", Text(zh="交易方向", en="Bought or sold"), "M", codes="equity_direction"
    )
