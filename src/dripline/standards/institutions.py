"""Institutions and their branches as reported: JRJGFZ."""

from dripline.standards.handling import INSTITUTION_DATA
from dripline.tables import Column, Table
from dripline.words import Text


class JRJGFZ(Table):
    """金融机构（分支机构）基础信息: every branch, unit and outlet an institution has set up, at period end."""

    code = "JRJGFZ"
    number = "JS_101_JRJGFZ"
    nature = "register"
    source = "collection-standard-v2.1"
    article = "JS_101_JRJGFZ"
    label = Text(zh="金融机构（分支机构）基础信息", en="Institutions and branches")
    grain = Text(zh="每个分支机构一行", en="one row per branch")
    key = ("fin_inst_code",)
    handling = INSTITUTION_DATA

    fin_inst_name = Column("C..200", Text(zh="金融机构名称", en="Name of the institution"), "M")
    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    fin_inst_standard_code = Column(
        "C14", Text(zh="金融机构编码", en="Standard code of the institution"), "M"
    )
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    licence_no = Column("C..30", Text(zh="许可证号", en="Licence number"), "E")
    payment_bank_no = Column("C..30", Text(zh="支付行号", en="Payment bank number"), "E")
    org_level = Column("C2", Text(zh="机构级别", en="Level of the unit"), "M", codes="org_level")
    parent_name = Column(
        "C..200", Text(zh="直属上级管理机构名称", en="Name of the managing unit above"), "M"
    )
    parent_standard_code = Column(
        "C14",
        Text(zh="直属上级管理机构金融机构编码", en="Standard code of the managing unit above"),
        "M",
    )
    parent_internal_org_no = Column(
        "C..30",
        Text(zh="直属上级管理机构内部机构号", en="Internal number of the managing unit above"),
        "M",
    )
    registered_address = Column("C..400", Text(zh="注册地址", en="Registered address"), "M")
    region_code = Column("C6", Text(zh="地区代码", en="Region"), "M", codes="region")
    established_date = Column("date", Text(zh="成立时间", en="Day of foundation"), "M")
    operating_status = Column(
        "C2", Text(zh="营业状态", en="Operating status"), "M", codes="op_status"
    )
