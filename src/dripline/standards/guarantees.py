"""Guarantee contracts and collateral in force at the end of a month: DBHTXX, DBWXX."""

from dripline.standards.handling import LOAN_DATA
from dripline.tables import Column, Table
from dripline.words import Text


class DBHTXX(Table):
    """担保合同信息: guarantee contracts in force at period end."""

    code = "DBHTXX"
    number = "JS_201_DBHTXX"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_201_DBHTXX"
    label = Text(zh="担保合同信息", en="Guarantee contracts")
    grain = Text(
        zh="担保合同、被担保合同与担保人的每个组合一行",
        en="one row per guarantee contract, guaranteed contract and guarantor",
    )
    key = (
        "guarantee_contract_no",
        "guaranteed_contract_no",
        "guarantor_id_type",
        "guarantor_id_no",
    )
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    guarantee_contract_no = Column(
        "C..100", Text(zh="担保合同编码", en="Guarantee contract number"), "M"
    )
    guaranteed_contract_no = Column(
        "C..100", Text(zh="被担保合同编码", en="Guaranteed contract number"), "M"
    )
    guarantee_contract_type = Column(
        "C2",
        Text(zh="担保合同类型", en="Type of guarantee contract"),
        "M",
        codes="guarantee_contract",
    )
    business_type = Column(
        "C2", Text(zh="交易类型", en="Kind of business"), "M", codes="guarantee_business"
    )
    start_date = Column(
        "date", Text(zh="担保合同起始日期", en="First day of the guarantee contract"), "M"
    )
    end_date = Column(
        "date", Text(zh="担保合同到期日期", en="Last day of the guarantee contract"), "M"
    )
    currency = Column("C3", Text(zh="币种", en="Currency"), "M", codes="currency")
    amount = Column("D20.2", Text(zh="担保合同金额", en="Amount"), "M")
    amount_cny = Column(
        "D20.2", Text(zh="担保合同金额折人民币", en="Amount in yuan"), "M", unit="yuan"
    )
    loan_to_value = Column("D10.2", Text(zh="抵质押率", en="Loan to value"), "C", unit="percent")
    guarantor_id_type = Column(
        "C3", Text(zh="担保人证件类型", en="Guarantor's id type"), "E", codes="id_type"
    )
    guarantor_id_no = Column("C..60", Text(zh="担保人证件代码", en="Guarantor's id number"), "E")
    guarantor_sector = Column(
        "C3",
        Text(zh="担保人国民经济部门", en="Guarantor's institutional sector"),
        "E",
        codes="sector",
    )
    guarantor_industry = Column(
        "C3", Text(zh="担保人行业", en="Guarantor's industry"), "E", codes="industry_division"
    )
    guarantor_region_code = Column(
        "C6", Text(zh="担保人地区代码", en="Guarantor's region"), "E", codes="region"
    )
    guarantor_scale = Column(
        "C4", Text(zh="担保人企业规模", en="Guarantor's size"), "C", codes="scale"
    )


class DBWXX(Table):
    """担保物信息: collateral in force at period end."""

    code = "DBWXX"
    number = "JS_201_DBWXX"
    nature = "stock"
    source = "collection-standard-v2.1"
    article = "JS_201_DBWXX"
    label = Text(zh="担保物信息", en="Collateral")
    grain = Text(
        zh="担保物、担保合同与被担保合同的每个组合一行",
        en="one row per collateral item, guarantee contract and guaranteed contract",
    )
    key = ("guarantee_contract_no", "guaranteed_contract_no", "collateral_no")
    handling = LOAN_DATA

    fin_inst_code = Column("C..18", Text(zh="金融机构代码", en="Institution code"), "M")
    internal_org_no = Column("C..30", Text(zh="内部机构号", en="Internal organisation number"), "M")
    guarantee_contract_no = Column(
        "C..100", Text(zh="担保合同编码", en="Guarantee contract number"), "M"
    )
    guaranteed_contract_no = Column(
        "C..100", Text(zh="被担保合同编码", en="Guaranteed contract number"), "M"
    )
    collateral_no = Column("C..100", Text(zh="担保物编码", en="Collateral number"), "M")
    collateral_type = Column(
        "C3", Text(zh="担保物类别", en="Kind of collateral"), "M", codes="collateral"
    )
    title_no = Column("C..500", Text(zh="权证编号", en="Title document number"), "E", parts=True)
    first_rank_flag = Column("C1", Text(zh="是否第一顺位", en="First rank"), "M", codes="yn")
    appraisal_mode = Column(
        "C2", Text(zh="评估方式", en="Who appraised"), "M", codes="appraisal_mode"
    )
    appraisal_method = Column(
        "C2", Text(zh="评估方法", en="Method of appraisal"), "M", codes="appraisal_method"
    )
    appraised_value = Column("D20.2", Text(zh="评估价值", en="Appraised value"), "M", unit="yuan")
    appraisal_date = Column("date", Text(zh="评估基准日", en="Day of appraisal"), "M")
    face_value = Column(
        "D20.2", Text(zh="担保物票面价值", en="Face value of the collateral"), "C", unit="yuan"
    )
    prior_claims = Column("D20.2", Text(zh="优先受偿权数额", en="Prior claims"), "E", unit="yuan")
    valuation_cycle = Column(
        "C2", Text(zh="估值周期", en="Valuation cycle"), "M", codes="valuation"
    )
