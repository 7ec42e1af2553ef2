"""Lists of technology enterprises as the authorities announce them, and the editions adopted for statistics (FN 4)."""

from dripline.standards.registers import ONWARDS, OWN_FORM
from dripline.tables import Column, Handling, Table
from dripline.words import Text

PUBLISHED = Handling(
    basis=Text(zh="主管部门公告、公示的名单", en="Lists announced by the authority in charge"),
    purposes=("statistics", "supervision", "operation", "service"),
    secrecy="public",
)


class QUALIFICATION(Table):
    """企业资质名单: one enterprise on one edition of a list, as printed; the credit code may be missing."""

    code = "QUALIFICATION"
    number = "DL_908_QUALIFICATION"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "QUALIFICATION"
    label = Text(zh="企业资质名单", en="Listed enterprises")
    grain = Text(zh="每个名单版本每家企业一行", en="one row for each edition and enterprise on it")
    key = ("kind", "edition", "name")
    handling = PUBLISHED

    kind = Column("C..20", Text(zh="名单类型", en="Kind of list"), "M", codes="list_kind")
    edition = Column("C..40", Text(zh="名单版本", en="Edition"), "M")
    certificate_no = Column(
        "C..100",
        Text(zh="证书或登记编号", en="Certificate or registration number"),
        "E",
        aliases=("证书编号", "登记编号", "入库登记编号"),
    )
    name = Column(
        "C..200",
        Text(zh="企业名称", en="Name as printed"),
        "M",
        aliases=("单位名称", "公司名称"),
    )
    credit_code = Column(
        "C..18",
        Text(zh="统一社会信用代码", en="Credit code"),
        "C",
        note=Text(
            zh="可空，按名称匹配；九位组织机构代码另列",
            en="May be empty: matched by name; nine-character codes are shown apart",
        ),
    )
    valid_from = Column("date", Text(zh="有效期起", en="Valid from"), "E")
    valid_to = Column("date", Text(zh="有效期止", en="Valid to"), "C", note=ONWARDS)
    batch = Column("C..100", Text(zh="批次", en="Batch"), "E")
    document = Column("C..200", Text(zh="公布文件", en="Document"), "M")
    document_day = Column("date", Text(zh="公布日期", en="Day of the document"), "M")
    cancelled_on = Column("date", Text(zh="撤销公告日期", en="Cancellation announced on"), "C")
    cancelled_from = Column(
        "date",
        Text(zh="撤销生效日期", en="Cancelled with effect from"),
        "C",
        note=Text(zh="可早于公告日期", en="May lie before the announcement"),
    )
    scope = Column("C..10", Text(zh="名单范围", en="Scope"), "M", codes="list_scope")
    received_from = Column("C..200", Text(zh="资料来源", en="Received from"), "M")


class EDITION(Table):
    """名单版本: which edition of a list the statistics division adopts, and from which period on."""

    code = "EDITION"
    number = "DL_909_EDITION"
    nature = "register"
    per_reporter = False
    source = "own"
    article = "EDITION"
    label = Text(zh="名单版本登记", en="Editions of lists")
    grain = Text(zh="每种名单每个版本一行", en="one row for each kind and edition")
    key = ("kind", "edition")
    handling = OWN_FORM

    kind = Column("C..20", Text(zh="名单类型", en="Kind of list"), "M", codes="list_kind")
    edition = Column("C..40", Text(zh="名单版本", en="Edition"), "M")
    adopted_from = Column(
        "date",
        Text(zh="启用日期", en="Adopted from"),
        "M",
        note=Text(zh="自该日所在数据期起使用", en="Used from the period in which this day lies"),
    )
    scope = Column("C..10", Text(zh="名单范围", en="Scope"), "M", codes="list_scope")
    document = Column("C..200", Text(zh="依据文件", en="Document"), "M")
    document_day = Column("date", Text(zh="文件日期", en="Day of the document"), "M")
    announced_count = Column(
        "I..10",
        Text(zh="公布企业数", en="Enterprises announced"),
        "E",
        unit="firms",
        note=Text(zh="用于与名单行数核对", en="Compared with the rows of the list"),
    )
