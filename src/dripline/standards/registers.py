"""Registers: who reports, which institutions and enterprises there are, what other statistics say (FN 1, 2, 6-8, 17)."""

from dripline.tables import Column, Handling, Table
from dripline.words import Text

OWN_FORM = Handling(
    basis=Text(
        zh="内部测试表，正式使用前须报制定机关批准或备案",
        en="A form for internal tests; to be approved or filed before official use",
    ),
    purposes=("statistics", "supervision", "operation"),
    secrecy="internal",
)
OF_FIRMS = Handling(
    basis=OWN_FORM.basis, purposes=("statistics", "supervision"), secrecy="sensitive"
)

ONWARDS = Text(
    zh="空或“长期”表示至今有效", en="Empty, or 长期, means in force until further notice"
)
CITY = Text(
    zh="设区的市六位代码（如410100），济源为419001",
    en="Six digits of the city (such as 410100); Jiyuan is 419001",
)


class REPORTER(Table):
    """报送机构登记: who reports which table for whom and how, by date (FN 1)."""

    code = "REPORTER"
    number = "DL_901_REPORTER"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "REPORTER"
    label = Text(zh="报送机构登记", en="Register of reporters")
    grain = Text(
        zh="每家报送机构每张表每个时期一行",
        en="one row for each reporter, table and stretch of time",
    )
    key = ("reporter", "table_code", "valid_from")
    handling = OWN_FORM

    reporter = Column("C..18", Text(zh="报送机构代码", en="Reporter's code"), "M")
    reporter_name = Column("C..200", Text(zh="报送机构名称", en="Reporter's name"), "M")
    table_code = Column(
        "C..20",
        Text(zh="报表代码", en="Table"),
        "M",
        note=Text(zh="如CLDWDK；全部报表填*", en="Such as CLDWDK; * for every table"),
    )
    mode = Column("C..10", Text(zh="报送方式", en="Mode of reporting"), "M", codes="reporter_mode")
    region_prefix = Column(
        "C..6",
        Text(zh="适用地区代码前缀", en="Scope: first digits of the region code"),
        "C",
        note=Text(
            zh="河南摘录填41；全辖为空", en="41 for an extract of Henan; empty for the whole"
        ),
    )
    valid_from = Column("date", Text(zh="起始日期", en="From"), "M")
    valid_to = Column("date", Text(zh="终止日期", en="To"), "C", note=ONWARDS)


class INSTITUTION(Table):
    """金融机构登记: institutions of Henan with kind, city and dated succession (FN 2)."""

    code = "INSTITUTION"
    number = "DL_902_INSTITUTION"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "INSTITUTION"
    label = Text(zh="金融机构登记", en="Register of institutions")
    grain = Text(zh="每家机构每个时期一行", en="one row for each institution and stretch of time")
    key = ("institution_code", "valid_from")
    handling = OWN_FORM

    institution_code = Column("C..18", Text(zh="机构代码", en="Institution's code"), "M")
    name = Column("C..200", Text(zh="机构名称", en="Institution's name"), "M")
    kind = Column("C..20", Text(zh="机构类型", en="Kind"), "M", codes="institution_kind")
    reporter = Column(
        "C..18",
        Text(zh="报送机构代码", en="Reporter's code"),
        "C",
        note=Text(
            zh="以谁的名义报送；法人机构填自身代码",
            en="In whose name it is reported; a legal person gives its own code",
        ),
    )
    city = Column("C6", Text(zh="所在城市代码", en="City"), "M", note=CITY)
    supervising_branch = Column(
        "C6", Text(zh="管辖市分行代码", en="Supervising city branch"), "M", note=CITY
    )
    valid_from = Column("date", Text(zh="起始日期", en="From"), "M")
    valid_to = Column("date", Text(zh="终止日期", en="To"), "C", note=ONWARDS)
    successor = Column("C..18", Text(zh="承继机构代码", en="Successor's code"), "C")
    succession_kind = Column(
        "C..20", Text(zh="承继方式", en="Kind of succession"), "C", codes="succession_kind"
    )
    succession_day = Column("date", Text(zh="承继日期", en="Day of succession"), "C")


class NOTE_NUMBER(Table):  # noqa: N801  (a table's class bears the table's code)
    """借据编码对照: what loan notes were called before and after their institution was taken over (FN 2)."""

    code = "NOTE_NUMBER"
    number = "DL_903_NOTE_NUMBER"
    nature = "register"
    per_reporter = False
    optional = True
    source = "own"
    article = "NOTE_NUMBER"
    label = Text(zh="借据编码对照", en="Old and new note numbers")
    grain = Text(zh="每笔改号借据一行", en="one row for each renumbered loan note")
    key = ("old_reporter", "old_loan_note_no")
    handling = OF_FIRMS

    old_reporter = Column("C..18", Text(zh="原报送机构代码", en="Reporter before"), "M")
    old_loan_note_no = Column("C..100", Text(zh="原贷款借据编码", en="Note number before"), "M")
    new_reporter = Column("C..18", Text(zh="现报送机构代码", en="Reporter today"), "M")
    new_loan_note_no = Column("C..100", Text(zh="现贷款借据编码", en="Note number today"), "M")
    changed_on = Column("date", Text(zh="变更日期", en="Changed on"), "M")


class ENTERPRISE(Table):
    """企业登记: enterprises with the attributes by which 获贷率 may be divided (FN 7)."""

    code = "ENTERPRISE"
    number = "DL_904_ENTERPRISE"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "ENTERPRISE"
    label = Text(zh="企业登记", en="Register of enterprises")
    grain = Text(zh="每家企业一行", en="one row for each enterprise")
    key = ("credit_code",)
    region = "county"
    handling = OF_FIRMS

    credit_code = Column("C18", Text(zh="统一社会信用代码", en="Credit code"), "M")
    name = Column("C..200", Text(zh="企业名称", en="Name"), "M")
    former_names = Column(
        "C..2000",
        Text(zh="曾用名", en="Former names"),
        "O",
        parts=True,
        note=Text(zh="多个曾用名用逗号分隔", en="Several are separated by commas"),
    )
    county = Column(
        "C6",
        Text(zh="所在区县代码", en="County"),
        "M",
        codes="region",
        note=Text(zh="县级六位行政区划代码", en="Six digits of the county"),
    )
    zone = Column("C..20", Text(zh="所属功能区", en="Zone"), "O", codes="zone")
    industry = Column(
        "C..5",
        Text(zh="行业代码", en="Industry"),
        "E",
        note=Text(
            zh="GB/T 4754-2017，门类字母加二至四位数字",
            en="GB/T 4754-2017: letter and two to four digits",
        ),
    )
    size = Column("C4", Text(zh="企业规模", en="Size class"), "E", codes="scale")
    size_source = Column(
        "C..20", Text(zh="规模划型来源", en="Source of the size"), "E", codes="size_source"
    )
    founded_on = Column("date", Text(zh="成立日期", en="Founded on"), "E")
    status = Column("C..20", Text(zh="登记状态", en="Status"), "M", codes="enterprise_status")
    status_day = Column("date", Text(zh="状态日期", en="Day of the status"), "E")
    staff = Column("I..10", Text(zh="从业人员", en="Staff"), "O", unit="persons")
    revenue = Column("D20.2", Text(zh="营业收入", en="Revenue"), "O", unit="yuan")
    basic_account_bank = Column(
        "C..18",
        Text(zh="基本存款账户开户机构代码", en="Bank of the basic account"),
        "O",
    )


class CREDIT_RECORD(Table):  # noqa: N801  (a table's class bears the table's code)
    """信贷记录查询结果: whether an enterprise had a loan record on the day asked; 首贷户 needs it (FN 6)."""

    code = "CREDIT_RECORD"
    number = "DL_905_CREDIT_RECORD"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "CREDIT_RECORD"
    label = Text(zh="信贷记录查询结果", en="Answers on loan records")
    grain = Text(zh="每家企业每次查询一行", en="one row for each enterprise and day of asking")
    key = ("credit_code", "queried_on")
    handling = OF_FIRMS

    credit_code = Column("C18", Text(zh="统一社会信用代码", en="Credit code"), "M")
    answer = Column("C..10", Text(zh="有无信贷记录", en="Answer"), "M", codes="credit_answer")
    queried_on = Column("date", Text(zh="查询日期", en="Asked on"), "M")
    batch = Column("C..60", Text(zh="查询批次", en="Batch"), "E")
    basis = Column("C..200", Text(zh="查询依据", en="Basis of asking"), "M")


class LOAN_TOTALS(Table):  # noqa: N801  (a table's class bears the table's code)
    """信贷收支主要指标: all loans by reporter, city of the lender and month, from 信贷收支统计 (FN 8).

    Amounts are balances at the end of the month in yuan. Each row belongs to the reporter it names.
    """

    code = "LOAN_TOTALS"
    number = "DL_906_LOAN_TOTALS"
    nature = "stock"
    per_reporter = True
    source = "own"
    article = "LOAN_TOTALS"
    label = Text(zh="信贷收支主要指标", en="Main lines of the credit statistics")
    grain = Text(
        zh="每家报送机构每个城市每种币种口径一行",
        en="one row for each reporter, lender city and currency scope",
    )
    key = ("reporter", "lender_city", "currency_scope")
    region = "lender_city"
    handling = OWN_FORM

    reporter = Column("C..18", Text(zh="报送机构代码", en="Reporter's code"), "M")
    lender_city = Column(
        "C6",
        Text(zh="贷款机构所在城市代码", en="Lender's city"),
        "M",
        note=Text(
            zh="设区的市六位代码，济源为419001；河南省外合计填000000",
            en="Six digits of the city, Jiyuan is 419001; 000000 for all outside Henan",
        ),
    )
    currency_scope = Column(
        "C..10", Text(zh="币种口径", en="Currency scope"), "M", codes="currency_scope"
    )
    all_loans = Column("D20.2", Text(zh="各项贷款余额", en="All loans"), "M", unit="yuan")
    unit_loans = Column(
        "D20.2",
        Text(zh="单位贷款余额", en="Loans to units"),
        "M",
        unit="yuan",
        note=Text(zh="含票据融资", en="Bills included"),
    )
    bill_finance = Column("D20.2", Text(zh="票据融资余额", en="Bill finance"), "M", unit="yuan")
    medium_long = Column(
        "D20.2", Text(zh="中长期贷款余额", en="Medium and long-term loans"), "E", unit="yuan"
    )
    inclusive_small = Column(
        "D20.2", Text(zh="普惠小微贷款余额", en="Inclusive loans to small firms"), "E", unit="yuan"
    )


class HISTORY(Table):
    """历史发布数据: figures published before the rows begin; they cannot be traced and say so (FN 17)."""

    code = "HISTORY"
    number = "DL_907_HISTORY"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "HISTORY"
    label = Text(zh="历史发布数据", en="Published history")
    grain = Text(zh="每个指标每个分组项每期一行", en="one row for each indicator, item and period")
    key = ("indicator", "breakdown", "item", "period")
    handling = Handling(basis=OWN_FORM.basis, purposes=OWN_FORM.purposes, secrecy="public")

    indicator = Column("C..40", Text(zh="指标代码", en="Indicator"), "M")
    breakdown = Column(
        "C..60",
        Text(zh="分组方式", en="Breakdown"),
        "M",
        note=Text(zh="不分组填total", en="total where the figure is not divided"),
    )
    item = Column(
        "C..100",
        Text(zh="分组项代码", en="Item"),
        "M",
        note=Text(zh="不分组填total", en="total where the figure is not divided"),
    )
    period = Column(
        "C..7",
        Text(zh="数据期", en="Period"),
        "M",
        note=Text(zh="如2024-06、2024-Q2、2024", en="Such as 2024-06, 2024-Q2 or 2024"),
    )
    value = Column(
        "D20.2",
        Text(zh="数值", en="Value"),
        "M",
        note=Text(zh="百分数填如7.50，不带百分号", en="7.50 for 7.5 per cent, without the sign"),
    )
    unit = Column("C..10", Text(zh="计量单位", en="Unit"), "M", codes="history_unit")
    cited = Column("C..200", Text(zh="数据来源", en="Document it stands in"), "M")
    definition = Column("C..1000", Text(zh="指标口径", en="Definition it was published with"), "M")
