"""What departments hand in beside the lists: bonds, equity and guarantees of enterprises, innovation, deposit rates (FN 8, 18).

Forms of our own until an authority lays one down. Each names its giver; a part of a form may come from several of them.
"""

from dripline.standards.handling import LOAN_DATA
from dripline.standards.registers import OF_FIRMS, OWN_FORM
from dripline.tables import Column, Handling, Table
from dripline.words import Text

OPEN_TO_ALL = Handling(OWN_FORM.basis, OWN_FORM.purposes, "public")
"""What the market itself announces."""
FIRM_CODE = Text(zh="统一社会信用代码", en="Credit code")
FIRM_NAME = Text(zh="企业名称", en="Name of the enterprise")


class BOND_ISSUE(Table):  # noqa: N801  (a table's class bears the table's code)
    """企业债券发行登记: bonds issued by enterprises on every market, from the first on; redeemed ones stay (3.4)."""

    code = "BOND_ISSUE"
    number = "DL_908_BOND_ISSUE"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "BOND_ISSUE"
    label = Text(zh="企业债券发行登记", en="Register of bonds issued by enterprises")
    grain = Text(zh="每只债券一行", en="one row for each bond")
    giver = Text(
        zh="银行间市场：人民银行；交易所和企业债券：河南证监局（原由发改委登记的：省发改委）；境外：外汇局、省发改委",
        en="interbank: the central bank; exchanges and enterprise bonds: the securities bureau of Henan (those registered "
        "before with the development commission: that commission); abroad: the foreign exchange office, the commission",
    )
    key = ("bond_code",)
    handling = OPEN_TO_ALL

    bond_code = Column("C..60", Text(zh="债券代码", en="Bond code"), "M")
    bond_name = Column("C..200", Text(zh="债券简称", en="Short name of the bond"), "M")
    credit_code = Column(
        "C18",
        FIRM_CODE,
        "M",
        note=Text(
            zh="发行人的代码；境外子公司发行的填境内母公司",
            en="Of the issuer; of a bond issued by a subsidiary abroad that of the parent at home",
        ),
    )
    enterprise_name = Column("C..200", FIRM_NAME, "M")
    market = Column("C..20", Text(zh="发行市场", en="Market"), "M", codes="bond_market")
    bond_type = Column("C..6", Text(zh="债券品种", en="Kind of bond"), "M", codes="bond_type")
    tech_bond_flag = Column(
        "C1",
        Text(zh="是否科技创新债券", en="Whether a bond for technology innovation"),
        "E",
        codes="yn",
        note=Text(zh="按发行公告所载标识", en="By the mark in the notice of issue"),
    )
    issued_on = Column("date", Text(zh="发行日期", en="Issued on"), "M")
    matures_on = Column(
        "date",
        Text(zh="到期日期", en="Due on"),
        "M",
        note=Text(
            zh="含权债券填到期日；永续债填首个赎回日",
            en="With options the last day; of a perpetual bond the first day of a call",
        ),
    )
    term_months = Column("I..4", Text(zh="期限（月）", en="Term in months"), "M")
    coupon_rate = Column("D10.5", Text(zh="票面利率", en="Coupon"), "E", unit="percent")
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    amount = Column("D20.2", Text(zh="发行金额", en="Amount issued"), "M")
    amount_cny = Column(
        "D20.2", Text(zh="发行金额折人民币", en="Amount issued in yuan"), "M", unit="yuan"
    )
    outstanding_cny = Column(
        "D20.2",
        Text(zh="期末余额折人民币", en="Outstanding in yuan"),
        "E",
        unit="yuan",
        note=Text(
            zh="报出日尚未兑付的本金；已全部兑付的填0",
            en="Principal not yet redeemed; 0 if none is left",
        ),
    )
    redeemed_on = Column("date", Text(zh="全部兑付日期", en="Redeemed in full on"), "C")


class BOND_HOLDING(Table):  # noqa: N801  (a table's class bears the table's code)
    """银行持有企业债券情况: bonds of enterprises that a bank holds at the end of a month.

    The part of the bond investment statistics (CLZQTZ) that netting needs; the fields of that table are not known to us.
    """

    code = "BOND_HOLDING"
    number = "DL_909_BOND_HOLDING"
    nature = "stock"
    source = "own"
    article = "BOND_HOLDING"
    label = Text(zh="银行持有企业债券情况", en="Bonds of enterprises held by banks")
    grain = Text(zh="每家机构每只债券一行", en="one row for each institution and bond")
    giver = Text(
        zh="人民银行（由债券投资统计整理），或各银行",
        en="the central bank, from its statistics, or each bank",
    )
    key = ("reporter", "bond_code")
    handling = LOAN_DATA

    reporter = Column("C..18", Text(zh="报送机构代码", en="Reporter's code"), "M")
    bond_code = Column("C..60", Text(zh="债券代码", en="Bond code"), "M")
    credit_code = Column("C18", Text(zh="发行人统一社会信用代码", en="Issuer's credit code"), "M")
    face_value_cny = Column(
        "D20.2", Text(zh="持有面值折人民币", en="Face value held in yuan"), "M", unit="yuan"
    )
    balance_cny = Column(
        "D20.2",
        Text(zh="账面余额折人民币", en="Book balance in yuan"),
        "M",
        unit="yuan",
        note=Text(
            zh="自营持有部分；理财等表外持有不填",
            en="Of the bank's own books; holdings for customers are left out",
        ),
    )


class EQUITY_FINANCING(Table):  # noqa: N801  (a table's class bears the table's code)
    """企业股权融资登记: rounds of equity, listings and later issues of shares, from the first on."""

    code = "EQUITY_FINANCING"
    number = "DL_910_EQUITY_FINANCING"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "EQUITY_FINANCING"
    label = Text(zh="企业股权融资登记", en="Register of equity raised by enterprises")
    grain = Text(zh="每次融资或上市一行", en="one row for each round, listing or issue")
    giver = Text(
        zh="上市、挂牌和再融资：河南证监局、省委金融办；未上市融资：省委金融办、省科技厅",
        en="listings and issues of shares: the securities bureau of Henan and the financial office; rounds before: the "
        "financial office and the department of science",
    )
    key = ("record_no",)
    handling = OF_FIRMS

    record_no = Column("C..60", Text(zh="登记编号", en="Number of the record"), "M")
    credit_code = Column("C18", FIRM_CODE, "M")
    enterprise_name = Column("C..200", FIRM_NAME, "M")
    round = Column("C..20", Text(zh="融资轮次", en="Round"), "M", codes="equity_round")
    board = Column(
        "C..20",
        Text(zh="上市（挂牌）板块", en="Board"),
        "C",
        codes="listing_board",
        note=Text(zh="首发、再融资、挂牌必填", en="Required for listings and issues of shares"),
    )
    stock_code = Column("C..20", Text(zh="证券代码", en="Security code"), "O")
    completed_on = Column("date", Text(zh="完成日期", en="Completed on"), "M")
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    amount = Column(
        "D20.2",
        Text(zh="融资金额", en="Amount raised"),
        "M",
        note=Text(zh="仅挂牌未融资的填0", en="0 where shares were quoted and none were sold"),
    )
    amount_cny = Column(
        "D20.2", Text(zh="融资金额折人民币", en="Amount raised in yuan"), "M", unit="yuan"
    )
    investors = Column(
        "C..1000",
        Text(zh="投资方", en="Investors"),
        "O",
        parts=True,
        note=Text(zh="多个用逗号分隔", en="Several are separated by commas"),
    )


class FIRM_GUARANTEE(Table):  # noqa: N801  (a table's class bears the table's code)
    """企业融资担保登记: guarantees for enterprises by guarantee institutions, released ones included (5.2)."""

    code = "FIRM_GUARANTEE"
    number = "DL_911_FIRM_GUARANTEE"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "FIRM_GUARANTEE"
    label = Text(zh="企业融资担保登记", en="Register of guarantees for enterprises")
    grain = Text(zh="每笔担保一行", en="one row for each guarantee")
    giver = Text(
        zh="省委金融办（融资担保机构经其报送）",
        en="the financial office, for the guarantee institutions",
    )
    key = ("guarantor_code", "guarantee_no")
    handling = OF_FIRMS

    guarantor_code = Column("C18", Text(zh="担保机构代码", en="Guarantor's credit code"), "M")
    guarantor_name = Column("C..200", Text(zh="担保机构名称", en="Guarantor"), "M")
    guarantee_no = Column("C..100", Text(zh="担保合同编号", en="Number of the guarantee"), "M")
    credit_code = Column("C18", FIRM_CODE, "M")
    enterprise_name = Column("C..200", FIRM_NAME, "M")
    lender_code = Column("C..18", Text(zh="债权银行代码", en="Lender's code"), "E")
    loan_contract_no = Column(
        "C..100",
        Text(zh="贷款合同编码", en="Loan contract"),
        "E",
        note=Text(zh="与CLDWDK的贷款合同编码一致", en="As in CLDWDK"),
    )
    amount_cny = Column("D20.2", Text(zh="担保金额", en="Amount guaranteed"), "M", unit="yuan")
    outstanding_cny = Column(
        "D20.2", Text(zh="在保余额", en="Guarantee outstanding"), "M", unit="yuan"
    )
    start_date = Column("date", Text(zh="担保起始日期", en="From"), "M")
    end_date = Column("date", Text(zh="担保到期日期", en="To"), "M")
    released_on = Column(
        "date",
        Text(zh="解除日期", en="Released on"),
        "C",
        note=Text(zh="已解保或代偿的填写", en="Of a guarantee that was released or paid out"),
    )
    fee_rate = Column("D10.5", Text(zh="年化担保费率", en="Fee a year"), "E", unit="percent")
    guarantor_share = Column(
        "D10.5",
        Text(zh="担保机构分险比例", en="Guarantor's share of the risk"),
        "O",
        unit="percent",
    )


class INNOVATION(Table):
    """企业科技创新数据: research, revenue, patents and staff of an enterprise in a calendar year (3.2)."""

    code = "INNOVATION"
    number = "DL_912_INNOVATION"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "INNOVATION"
    label = Text(zh="企业科技创新数据", en="Innovation data of enterprises")
    grain = Text(zh="每家企业每年一行", en="one row for each enterprise and year")
    giver = Text(
        zh="省科技厅（专利由省市场监管局提供）",
        en="the department of science, patents from the market supervision",
    )
    key = ("credit_code", "year")
    handling = OF_FIRMS

    credit_code = Column("C18", FIRM_CODE, "M")
    enterprise_name = Column("C..200", FIRM_NAME, "M")
    year = Column("I..4", Text(zh="年度", en="Year"), "M")
    rd_expense = Column("D20.2", Text(zh="研发费用", en="Expense on R&D"), "M", unit="yuan")
    revenue = Column("D20.2", Text(zh="营业收入", en="Revenue"), "M", unit="yuan")
    invention_patents = Column(
        "I..10",
        Text(zh="有效发明专利数", en="Invention patents in force"),
        "E",
        note=Text(zh="年末数", en="At the end of the year"),
    )
    patents_granted = Column(
        "I..10", Text(zh="当年授权专利数", en="Patents granted in the year"), "E"
    )
    staff = Column("I..10", Text(zh="年末从业人员数", en="Staff"), "E", unit="persons")
    rd_staff = Column("I..10", Text(zh="研发人员数", en="Staff in R&D"), "E", unit="persons")
    filed_on = Column("date", Text(zh="填报日期", en="Filed on"), "M")


class DEPOSIT_RATE(Table):  # noqa: N801  (a table's class bears the table's code)
    """存款利率: rates a bank lists and rates it paid on new deposits of a month, by term (6)."""

    code = "DEPOSIT_RATE"
    number = "DL_913_DEPOSIT_RATE"
    nature = "stock"
    source = "own"
    article = "DEPOSIT_RATE"
    label = Text(zh="存款挂牌和实际付息利率", en="Deposit rates listed and paid")
    grain = Text(zh="每家机构每个期限一行", en="one row for each institution and term")
    giver = Text(
        zh="人民银行（利率定价自律机制），或各地方法人银行",
        en="the central bank (self-discipline of pricing), or each local legal person",
    )
    key = ("reporter", "term")
    handling = OWN_FORM

    reporter = Column("C..18", Text(zh="报送机构代码", en="Reporter's code"), "M")
    term = Column("C..10", Text(zh="存款期限", en="Term"), "M", codes="deposit_term")
    listed_rate = Column("D10.5", Text(zh="挂牌利率", en="Rate listed"), "M", unit="percent")
    listed_from = Column("date", Text(zh="挂牌利率执行日期", en="Listed from"), "M")
    paid_rate = Column(
        "D10.5",
        Text(zh="实际执行利率", en="Rate paid"),
        "C",
        unit="percent",
        note=Text(
            zh="当月新发生存款按金额加权平均；没有新发生的留空",
            en="Mean of the month's new deposits by amount; empty if there were none",
        ),
    )
    new_deposits = Column(
        "D20.2", Text(zh="当月新发生存款", en="New deposits of the month"), "M", unit="yuan"
    )
