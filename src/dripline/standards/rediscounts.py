"""Bills that banks have rediscounted with the central bank, and what was made or settled in a month: CLZTX, ZTXFS.

A rediscount is money the bank owes the central bank; the bill behind it stays a bill the bank discounted.
"""

from dripline.standards.handling import LOAN_DATA
from dripline.tables import Column, Table
from dripline.words import Text


class CLZTX(Table):
    """存量再贴现信息: rediscounts with the central bank outstanding at period end."""

    code = "CLZTX"
    number = "JS_205_CLZTX"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_205_CLZTX"
    label = Text(zh="存量再贴现信息", en="Stock of rediscounts")
    grain = Text(zh="每张票据或每个子票区间一行", en="one row per bill or per range of sub-bills")
    key = ("bill_no",)
    region = "fin_inst_region_code"
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    fin_inst_region_code = Column(
        "C6", Text(zh="金融机构地区代码", en="Region of the institution"), "M", codes="region"
    )
    bill_no = Column(
        "C..100",
        Text(zh="票据编号", en="Bill number"),
        "M",
        parts=True,
        note=Text(zh="与CLPJRZ的票据编号一致。", en="As in CLPJRZ."),
    )
    bill_kind = Column("C2", Text(zh="票据种类", en="Kind of bill"), "M", codes="bill_kind")
    bill_medium = Column(
        "C2", Text(zh="票据介质", en="Medium of the bill"), "M", codes="bill_medium"
    )
    issue_date = Column("date", Text(zh="出票日期", en="Issue date"), "M")
    bill_due_date = Column("date", Text(zh="票据到期日期", en="Due date of the bill"), "M")
    discount_date = Column(
        "date",
        Text(zh="贴现日期", en="Date of the discount"),
        "M",
        note=Text(
            zh="本机构贴现或转贴现的日期。", en="When the reporter discounted or bought the bill."
        ),
    )
    repo_due_date = Column(
        "date",
        Text(zh="回购到期日期", en="Due date of the repurchase"),
        "C",
        note=Text(zh="质押回购式再贴现填写。", en="For a rediscount of the repurchase type."),
    )
    trade_date = Column(
        "date",
        Text(zh="交易日期", en="Date of the rediscount"),
        "M",
        note=Text(zh="向人民银行办理再贴现的日期。", en="When the central bank rediscounted it."),
    )
    drawer_name = Column("C..200", Text(zh="出票人名称", en="Drawer"), "M")
    drawer_id_type = Column(
        "C3", Text(zh="出票人证件类型", en="Drawer's id type"), "E", codes="id_type"
    )
    drawer_id_no = Column("C..60", Text(zh="出票人证件代码", en="Drawer's id number"), "E")
    acceptor_name = Column("C..200", Text(zh="承兑人名称", en="Acceptor"), "M")
    acceptor_id_type = Column(
        "C3", Text(zh="承兑人证件类型", en="Acceptor's id type"), "E", codes="id_type"
    )
    acceptor_id_no = Column("C..60", Text(zh="承兑人证件代码", en="Acceptor's id number"), "E")
    bill_currency = Column("C3", Text(zh="币种", en="Currency of the bill"), "M", codes="currency")
    face_amount = Column("D20.2", Text(zh="票面金额", en="Face amount"), "M")
    face_amount_cny = Column(
        "D20.2", Text(zh="票面金额折人民币", en="Face amount in yuan"), "M", unit="yuan"
    )
    rediscount_rate = Column(
        "D10.5", Text(zh="再贴现利率", en="Rediscount rate"), "M", unit="percent"
    )
    rediscount_currency = Column(
        "C3", Text(zh="再贴现币种", en="Currency of the rediscount"), "M", codes="currency"
    )
    rediscount_amount = Column(
        "D20.2",
        Text(zh="再贴现金额", en="Rediscount outstanding"),
        "M",
        note=Text(zh="期末账面余额。", en="The book balance at period end."),
    )
    rediscount_amount_cny = Column(
        "D20.2",
        Text(zh="再贴现金额折人民币", en="Rediscount outstanding in yuan"),
        "M",
        unit="yuan",
    )


class ZTXFS(Table):
    """再贴现发生额信息: each rediscount with the central bank made or settled in the month."""

    code = "ZTXFS"
    number = "JS_205_ZTXFS"
    nature = "flow"
    source = "collection-standard-v2.1"
    article = "JS_205_ZTXFS"
    label = Text(zh="再贴现发生额信息", en="Flows of rediscounts")
    grain = Text(zh="每张票据的每笔交易一行", en="one row per transaction on a bill")
    key = ("serial_no", "bill_no")
    region = "fin_inst_region_code"
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    fin_inst_region_code = Column(
        "C6", Text(zh="金融机构地区代码", en="Region of the institution"), "M", codes="region"
    )
    bill_no = Column(
        "C..100",
        Text(zh="票据编号", en="Bill number"),
        "M",
        parts=True,
        note=Text(zh="与CLPJRZ的票据编号一致。", en="As in CLPJRZ."),
    )
    bill_kind = Column("C2", Text(zh="票据种类", en="Kind of bill"), "M", codes="bill_kind")
    bill_medium = Column(
        "C2", Text(zh="票据介质", en="Medium of the bill"), "M", codes="bill_medium"
    )
    issue_date = Column("date", Text(zh="出票日期", en="Issue date"), "M")
    bill_due_date = Column("date", Text(zh="票据到期日期", en="Due date of the bill"), "M")
    discount_date = Column(
        "date",
        Text(zh="贴现日期", en="Date of the discount"),
        "M",
        note=Text(
            zh="本机构贴现或转贴现的日期。", en="When the reporter discounted or bought the bill."
        ),
    )
    repo_due_date = Column(
        "date",
        Text(zh="回购到期日期", en="Due date of the repurchase"),
        "C",
        note=Text(zh="质押回购式再贴现填写。", en="For a rediscount of the repurchase type."),
    )
    trade_date = Column(
        "date",
        Text(zh="交易日期", en="Date of the rediscount"),
        "M",
        note=Text(
            zh="向人民银行办理再贴现的日期。",
            en="When the central bank rediscounted it.",
        ),
    )
    drawer_name = Column("C..200", Text(zh="出票人名称", en="Drawer"), "M")
    drawer_id_type = Column(
        "C3", Text(zh="出票人证件类型", en="Drawer's id type"), "E", codes="id_type"
    )
    drawer_id_no = Column("C..60", Text(zh="出票人证件代码", en="Drawer's id number"), "E")
    acceptor_name = Column("C..200", Text(zh="承兑人名称", en="Acceptor"), "M")
    acceptor_id_type = Column(
        "C3", Text(zh="承兑人证件类型", en="Acceptor's id type"), "E", codes="id_type"
    )
    acceptor_id_no = Column("C..60", Text(zh="承兑人证件代码", en="Acceptor's id number"), "E")
    bill_currency = Column("C3", Text(zh="币种", en="Currency of the bill"), "M", codes="currency")
    face_amount = Column("D20.2", Text(zh="票面金额", en="Face amount"), "M")
    face_amount_cny = Column(
        "D20.2", Text(zh="票面金额折人民币", en="Face amount in yuan"), "M", unit="yuan"
    )
    rediscount_rate = Column(
        "D10.5", Text(zh="再贴现利率", en="Rediscount rate"), "M", unit="percent"
    )
    rediscount_currency = Column(
        "C3", Text(zh="再贴现币种", en="Currency of the rediscount"), "M", codes="currency"
    )
    rediscount_amount = Column(
        "D20.2",
        Text(zh="再贴现金额", en="Amount of the transaction"),
        "M",
        note=Text(zh="实际交易金额。", en="The amount actually received or paid."),
    )
    rediscount_amount_cny = Column(
        "D20.2",
        Text(zh="再贴现金额折人民币", en="Amount of the transaction in yuan"),
        "M",
        unit="yuan",
    )
    direction = Column(
        "C1", Text(zh="交易方向", en="Made or settled"), "M", codes="rediscount_direction"
    )
    serial_no = Column("C..60", Text(zh="交易流水号", en="Transaction number"), "M")
