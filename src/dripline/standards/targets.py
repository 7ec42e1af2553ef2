"""Targets adopted as a document: for the province, a city or a bank, by date (FN 14)."""

from dripline.standards.registers import OWN_FORM
from dripline.tables import Column, Table
from dripline.words import Text


class TARGET(Table):
    """目标登记: what was set, for whom, by when, and the document that adopted it; without one there is no target."""

    code = "TARGET"
    number = "DL_914_TARGET"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "TARGET"
    label = Text(zh="目标登记", en="Register of targets")
    grain = Text(zh="每个目标一行", en="one row for each target")
    giver = Text(zh="目标的制定单位", en="who adopted the target")
    key = ("target_no",)
    handling = OWN_FORM

    target_no = Column("C..40", Text(zh="目标编号", en="Number of the target"), "M")
    indicator = Column("C..40", Text(zh="指标代码", en="Indicator"), "M")
    breakdown = Column(
        "C..60",
        Text(zh="分组方式", en="Breakdown"),
        "M",
        note=Text(
            zh="全省填total；城市填lender_city或borrower_city；机构填institution",
            en="total for the province; lender_city or borrower_city for a city; institution for a bank",
        ),
    )
    item = Column(
        "C..100",
        Text(zh="分组项代码", en="Item"),
        "M",
        note=Text(zh="全省填total", en="total for the province"),
    )
    starts_on = Column(
        "date",
        Text(zh="起算日期", en="First day"),
        "M",
        note=Text(
            zh="基数和进度自该日起算", en="The base is of this day, and the pace counts from it"
        ),
    )
    due_on = Column("date", Text(zh="目标时限", en="Due on"), "M")
    direction = Column("C..10", Text(zh="目标方向", en="Direction"), "M", codes="target_direction")
    value = Column(
        "D20.2",
        Text(zh="目标值", en="Value"),
        "M",
        note=Text(
            zh="百分数填如7.50，不带百分号；比基数增长的填百分数",
            en="7.50 for 7.5 per cent, without the sign; a growth over the base is in per cent",
        ),
    )
    unit = Column(
        "C..10",
        Text(zh="指标计量单位", en="Unit of the indicator"),
        "M",
        codes="history_unit",
    )
    base = Column(
        "D20.2",
        Text(zh="基数", en="Base"),
        "O",
        note=Text(
            zh="文件写明的填写；不填则取起算日期前最近月末的指标值",
            en="Where the document gives it; else the figure of the last month's end up to the first day",
        ),
    )
    document = Column("C..200", Text(zh="文件名称", en="Title of the document"), "M")
    document_no = Column("C..60", Text(zh="文号", en="Number of the document"), "E")
    document_day = Column("date", Text(zh="文件日期", en="Day of the document"), "M")
    article_no = Column("C..60", Text(zh="条款", en="Article"), "M")
    adopted_by = Column("C..100", Text(zh="制定单位", en="Adopted by"), "M")
