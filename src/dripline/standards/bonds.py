"""Bonds that reporting institutions have issued themselves, and what was issued or redeemed in a month: CLZQFX, ZQFXFS.

Bonds a bank holds stand in tables of bond investment, whose fields we do not know yet. Neither table marks bonds for technology.
"""

from dripline.standards.handling import OWN_BONDS
from dripline.tables import Column, Table
from dripline.words import Text

AS_IN_THE_NOTICE = Text(zh="与发行公告一致。", en="As in the notice of issue.")
LOWEST = Text(zh="有多个评级的填最低。", en="The lowest, if there are several.")
NOT_REOPENED = Text(zh="非续发填0。", en="0 if it is no re-opening.")
LAST_PRINCIPAL = Text(zh="最后一次还本日。", en="The day of the last repayment of principal.")


class CLZQFX(Table):
    """存量债券发行信息: bonds issued by the reporting institution and outstanding at period end."""

    code = "CLZQFX"
    number = "JS_203_CLZQFX"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_203_CLZQFX"
    label = Text(zh="存量债券发行信息", en="Stock of own bonds")
    grain = Text(zh="每只债券每次续发一行", en="one row per bond and re-opening")
    key = ("bond_code", "reopening_no")
    handling = OWN_BONDS

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    bond_code = Column("C..60", Text(zh="债券代码", en="Bond code"), "M", note=AS_IN_THE_NOTICE)
    custodian = Column("C3", Text(zh="债券总托管机构", en="Custodian"), "M", codes="custodian")
    bond_type = Column("C..6", Text(zh="债券品种", en="Kind of bond"), "M", codes="bond_type")
    bond_rating = Column(
        "C3", Text(zh="债券信用级别", en="Rating of the bond"), "M", codes="rating", note=LOWEST
    )
    reopening_no = Column(
        "I..3", Text(zh="续发次数", en="Number of the re-opening"), "M", note=NOT_REOPENED
    )
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    face_value = Column(
        "D20.2",
        Text(zh="期末债券面值", en="Face value at period end"),
        "M",
        note=Text(zh="剩余面值。", en="What remains of it."),
    )
    face_value_cny = Column(
        "D20.2",
        Text(zh="期末债券面值折人民币", en="Face value at period end in yuan"),
        "M",
        unit="yuan",
    )
    balance = Column("D20.2", Text(zh="期末债券余额", en="Balance at period end"), "M")
    balance_cny = Column(
        "D20.2",
        Text(zh="期末债券余额折人民币", en="Balance at period end in yuan"),
        "M",
        unit="yuan",
    )
    registration_date = Column(
        "date", Text(zh="债权债务登记日", en="Day of registration of the debt"), "M"
    )
    value_date = Column("date", Text(zh="起息日", en="First day of interest"), "M")
    maturity_date = Column(
        "date", Text(zh="兑付日期", en="Day of redemption"), "M", note=LAST_PRINCIPAL
    )
    interest_payment = Column(
        "C2", Text(zh="付息方式", en="How interest is paid"), "M", codes="interest_payment"
    )
    coupon_rate = Column(
        "D10.5",
        Text(zh="票面利率", en="Coupon"),
        "C",
        unit="percent",
        note=Text(
            zh="付息方式为03、04、05的必填。", en="Required where interest is paid by 03, 04 or 05."
        ),
    )


class ZQFXFS(Table):
    """债券发行发生额信息: each issue or redemption of the institution's own bonds in the month."""

    code = "ZQFXFS"
    number = "JS_203_ZQFXFS"
    nature = "flow"
    source = "collection-standard-v2.1"
    article = "JS_203_ZQFXFS"
    label = Text(zh="债券发行发生额信息", en="Flows of own bonds")
    grain = Text(zh="每次发行或兑付一行", en="one row per issue or redemption")
    key = ("bond_code", "reopening_no", "trade_date", "direction")
    handling = OWN_BONDS

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    bond_code = Column("C..60", Text(zh="债券代码", en="Bond code"), "M", note=AS_IN_THE_NOTICE)
    custodian = Column("C3", Text(zh="债券总托管机构", en="Custodian"), "M", codes="custodian")
    bond_type = Column("C..6", Text(zh="债券品种", en="Kind of bond"), "M", codes="bond_type")
    bond_rating = Column(
        "C3", Text(zh="债券信用级别", en="Rating of the bond"), "M", codes="rating", note=LOWEST
    )
    reopening_no = Column(
        "I..3", Text(zh="续发次数", en="Number of the re-opening"), "M", note=NOT_REOPENED
    )
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    face_value = Column(
        "D20.2", Text(zh="发行/兑付债券面值", en="Face value issued or redeemed"), "M"
    )
    face_value_cny = Column(
        "D20.2",
        Text(zh="发行/兑付债券面值折人民币", en="Face value issued or redeemed in yuan"),
        "M",
        unit="yuan",
    )
    amount = Column(
        "D20.2",
        Text(zh="发行/兑付债券金额", en="Amount received or paid"),
        "M",
        note=Text(zh="实际收到或支付的现金。", en="The cash that came in or went out."),
    )
    amount_cny = Column(
        "D20.2",
        Text(zh="发行/兑付债券金额折人民币", en="Amount received or paid in yuan"),
        "M",
        unit="yuan",
        note=Text(zh="按交易日汇率折算。", en="At the rate of the day of the transaction."),
    )
    registration_date = Column(
        "date", Text(zh="债权债务登记日", en="Day of registration of the debt"), "M"
    )
    value_date = Column("date", Text(zh="起息日", en="First day of interest"), "M")
    maturity_date = Column(
        "date", Text(zh="兑付日期", en="Day of redemption"), "M", note=LAST_PRINCIPAL
    )
    trade_date = Column("date", Text(zh="交易日期", en="Date of the transaction"), "M")
    coupon_rate = Column("D10.5", Text(zh="票面利率", en="Coupon"), "C", unit="percent")
    direction = Column(
        "C1", Text(zh="发行/兑付标识", en="Issued or redeemed"), "M", codes="bond_direction"
    )
