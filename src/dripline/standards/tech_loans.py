"""Loans to tech-related industries, stock and newly granted: HDACLKJDK, HDAKJDKFS."""

from datetime import date

from dripline.standards.handling import TECH_LOANS
from dripline.tables import Column, Table
from dripline.words import Text


class HDACLKJDK(Table):
    """存量科技贷款信息: five summary rows (T08-T12), then one row for each loan note or discounted bill (T13)."""

    code = "HDACLKJDK"
    number = "JS_201_HDACLKJDK"
    nature = "stock"
    source = "tech-loan-collection"
    article = "JS_201_HDACLKJDK"
    label = Text(zh="存量科技贷款信息", en="Stock of technology loans")
    grain = Text(
        zh="每类一行汇总，随后每笔借据或票据一行",
        en="one summary row per class, then one row per loan note or bill",
    )
    handling = TECH_LOANS
    since = date(2025, 3, 31)

    row_type = Column("C3", Text(zh="字段类别", en="Class of the row"), "M", codes="row_type")
    sum_amount_cny = Column(
        "D20.2", Text(zh="贷款汇总金额", en="Sum of the loans in yuan"), "C", unit="yuan"
    )
    weighted_avg_rate = Column(
        "D10.5", Text(zh="贷款汇总加权平均利率", en="Weighted average rate"), "C", unit="percent"
    )
    borrower_count = Column(
        "I..20",
        Text(zh="贷款汇总获贷企业数量", en="Number of enterprises with a loan"),
        "C",
        unit="firms",
    )
    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "C")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "C")
    loan_contract_no = Column("C..100", Text(zh="贷款合同编码", en="Loan contract number"), "C")
    loan_note_no = Column("C..100", Text(zh="贷款借据编码", en="Loan note number"), "C")
    bill_no = Column("C..100", Text(zh="票据编号", en="Bill number"), "C", parts=True)
    tech_innovation_demo_flag = Column(
        "C1",
        Text(
            zh="是否国家技术创新示范企业贷款",
            en="Loan to a national technology innovation demonstration enterprise",
        ),
        "S",
    )
    mfg_champion_flag = Column(
        "C1", Text(zh="是否制造业单项冠军企业贷款", en="Loan to a manufacturing champion"), "S"
    )
    high_tech_mfg_flag = Column(
        "C1", Text(zh="是否高技术制造业贷款", en="High-tech manufacturing loan"), "C", codes="yn"
    )
    high_tech_mfg_type = Column(
        "C5",
        Text(zh="高技术制造业贷款类型", en="Class of high-tech manufacturing"),
        "C",
        codes="htp",
    )
    high_tech_service_flag = Column(
        "C1", Text(zh="是否高技术服务业贷款", en="High-tech service loan"), "C", codes="yn"
    )
    high_tech_service_type = Column(
        "C5", Text(zh="高技术服务业贷款类型", en="Class of high-tech services"), "C", codes="hts"
    )
    strategic_emerging_flag = Column(
        "C1",
        Text(zh="是否战略性新兴产业贷款", en="Strategic emerging industry loan"),
        "C",
        codes="yn",
    )
    strategic_emerging_type = Column(
        "C4",
        Text(zh="战略性新兴产业贷款类型", en="Class of strategic emerging industry"),
        "C",
        codes="se",
    )
    ip_intensive_flag = Column(
        "C1",
        Text(zh="是否知识产权（专利）密集型产业贷款", en="Patent-intensive industry loan"),
        "C",
        codes="yn",
    )
    ip_intensive_type = Column(
        "C4",
        Text(zh="知识产权（专利）密集型产业贷款类型", en="Class of patent-intensive industry"),
        "C",
        codes="pa",
    )
    business_type = Column("C3", Text(zh="业务类别", en="Kind of business"), "C", codes="biz")
    reserved_1 = Column("C..100", Text(zh="备用字段1", en="Reserved 1"), "S")
    reserved_2 = Column("C..100", Text(zh="备用字段2", en="Reserved 2"), "S")
    reserved_3 = Column("C..100", Text(zh="备用字段3", en="Reserved 3"), "S")
    reserved_4 = Column("C..100", Text(zh="备用字段4", en="Reserved 4"), "S")
    reserved_5 = Column("C..100", Text(zh="备用字段5", en="Reserved 5"), "S")
    reserved_6 = Column("C..100", Text(zh="备用字段6", en="Reserved 6"), "S")
    reserved_7 = Column("C..100", Text(zh="备用字段7", en="Reserved 7"), "S")
    reserved_8 = Column("C..100", Text(zh="备用字段8", en="Reserved 8"), "S")
    reserved_9 = Column("C..100", Text(zh="备用字段9", en="Reserved 9"), "S")
    reserved_10 = Column("C..100", Text(zh="备用字段10", en="Reserved 10"), "S")


class HDAKJDKFS(Table):
    """科技贷款发生额信息: the same for loans newly granted in the month."""

    code = "HDAKJDKFS"
    number = "JS_201_HDAKJDKFS"
    nature = "flow"
    source = "tech-loan-collection"
    article = "JS_201_HDAKJDKFS"
    label = Text(zh="科技贷款发生额信息", en="Technology loans granted")
    grain = Text(
        zh="每类一行汇总，随后每笔发放交易一行",
        en="one summary row per class, then one row per granting transaction",
    )
    handling = TECH_LOANS
    since = date(2025, 3, 31)

    row_type = Column("C3", Text(zh="字段类别", en="Class of the row"), "M", codes="row_type")
    sum_amount_cny = Column(
        "D20.2", Text(zh="贷款汇总金额", en="Sum of the loans in yuan"), "C", unit="yuan"
    )
    weighted_avg_rate = Column(
        "D10.5", Text(zh="贷款汇总加权平均利率", en="Weighted average rate"), "C", unit="percent"
    )
    borrower_count = Column(
        "I..20",
        Text(zh="贷款汇总获贷企业数量", en="Number of enterprises with a loan"),
        "C",
        unit="firms",
    )
    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "C")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "C")
    loan_contract_no = Column("C..100", Text(zh="贷款合同编码", en="Loan contract number"), "C")
    loan_note_no = Column("C..100", Text(zh="贷款借据编码", en="Loan note number"), "C")
    bill_no = Column("C..100", Text(zh="票据编号", en="Bill number"), "C", parts=True)
    tech_innovation_demo_flag = Column(
        "C1",
        Text(
            zh="是否国家技术创新示范企业贷款",
            en="Loan to a national technology innovation demonstration enterprise",
        ),
        "S",
    )
    mfg_champion_flag = Column(
        "C1", Text(zh="是否制造业单项冠军企业贷款", en="Loan to a manufacturing champion"), "S"
    )
    high_tech_mfg_flag = Column(
        "C1", Text(zh="是否高技术制造业贷款", en="High-tech manufacturing loan"), "C", codes="yn"
    )
    high_tech_mfg_type = Column(
        "C5",
        Text(zh="高技术制造业贷款类型", en="Class of high-tech manufacturing"),
        "C",
        codes="htp",
    )
    high_tech_service_flag = Column(
        "C1", Text(zh="是否高技术服务业贷款", en="High-tech service loan"), "C", codes="yn"
    )
    high_tech_service_type = Column(
        "C5", Text(zh="高技术服务业贷款类型", en="Class of high-tech services"), "C", codes="hts"
    )
    strategic_emerging_flag = Column(
        "C1",
        Text(zh="是否战略性新兴产业贷款", en="Strategic emerging industry loan"),
        "C",
        codes="yn",
    )
    strategic_emerging_type = Column(
        "C4",
        Text(zh="战略性新兴产业贷款类型", en="Class of strategic emerging industry"),
        "C",
        codes="se",
    )
    ip_intensive_flag = Column(
        "C1",
        Text(zh="是否知识产权（专利）密集型产业贷款", en="Patent-intensive industry loan"),
        "C",
        codes="yn",
    )
    ip_intensive_type = Column(
        "C4",
        Text(zh="知识产权（专利）密集型产业贷款类型", en="Class of patent-intensive industry"),
        "C",
        codes="pa",
    )
    serial_no = Column("C..60", Text(zh="交易流水号", en="Transaction number"), "C")
    business_type = Column("C3", Text(zh="业务类别", en="Kind of business"), "C", codes="biz")
    reserved_1 = Column("C..100", Text(zh="备用字段1", en="Reserved 1"), "S")
    reserved_2 = Column("C..100", Text(zh="备用字段2", en="Reserved 2"), "S")
    reserved_3 = Column("C..100", Text(zh="备用字段3", en="Reserved 3"), "S")
    reserved_4 = Column("C..100", Text(zh="备用字段4", en="Reserved 4"), "S")
    reserved_5 = Column("C..100", Text(zh="备用字段5", en="Reserved 5"), "S")
    reserved_6 = Column("C..100", Text(zh="备用字段6", en="Reserved 6"), "S")
    reserved_7 = Column("C..100", Text(zh="备用字段7", en="Reserved 7"), "S")
    reserved_8 = Column("C..100", Text(zh="备用字段8", en="Reserved 8"), "S")
    reserved_9 = Column("C..100", Text(zh="备用字段9", en="Reserved 9"), "S")
    reserved_10 = Column("C..100", Text(zh="备用字段10", en="Reserved 10"), "S")
