"""What the lists of codes are called, in the words of the standards they come from."""

from dripline.words import Text

CODE_LISTS: dict[str, Text] = {
    "appraisal_method": Text(zh="评估方法代码", en="methods of appraisal"),
    "appraisal_mode": Text(zh="评估方式代码", en="modes of appraisal"),
    "benchmark": Text(zh="定价基准类型代码", en="pricing benchmarks"),
    "bill_kind": Text(zh="票据种类代码", en="kinds of bill"),
    "bill_medium": Text(zh="票据介质代码", en="media of a bill"),
    "bill_trade": Text(zh="票据交易类型代码", en="kinds of bill transaction"),
    "biz": Text(zh="业务类别代码", en="kinds of business"),
    "city": Text(zh="城市代码", en="cities"),
    "collateral": Text(zh="担保物类别代码", en="kinds of collateral"),
    "country": Text(zh="国家和地区代码", en="countries"),
    "credit_answer": Text(zh="信贷记录查询结果", en="answers on loan records"),
    "credit_band": Text(zh="单户授信分档", en="bands of the credit limit"),
    "currency": Text(zh="币种代码（GB/T 12406）", en="currencies (GB/T 12406)"),
    "currency_group": Text(zh="本外币其中项", en="renminbi and foreign currency"),
    "currency_scope": Text(zh="币种口径", en="currency scopes"),
    "direction": Text(zh="发放/收回标识", en="granted or repaid"),
    "discount_mode": Text(zh="贴现方式代码", en="modes of discount"),
    "enterprise_status": Text(zh="企业登记状态", en="status of an enterprise"),
    "fiscal": Text(zh="财政扶持方式代码", en="kinds of fiscal support"),
    "flow_status": Text(zh="发生额贷款状态代码", en="status of a loan in the flow tables"),
    "guarantee": Text(zh="担保方式代码", en="kinds of guarantee"),
    "guarantee_business": Text(zh="交易类型代码", en="kinds of guaranteed business"),
    "guarantee_contract": Text(zh="担保合同类型代码", en="kinds of guarantee contract"),
    "history_unit": Text(zh="历史数据计量单位", en="units of published history"),
    "htp": Text(zh="高技术制造业代码", en="high-tech manufacturing"),
    "hts": Text(zh="高技术服务业代码", en="high-tech services"),
    "id_type": Text(zh="证件类型代码", en="kinds of identifier"),
    "industry": Text(zh="国民经济行业分类（GB/T 4754-2017）", en="industries (GB/T 4754-2017)"),
    "industry_division": Text(
        zh="国民经济行业大类（GB/T 4754-2017）", en="divisions of industry (GB/T 4754-2017)"
    ),
    "industry_group": Text(
        zh="国民经济行业中类（GB/T 4754-2017）", en="groups of industry (GB/T 4754-2017)"
    ),
    "industry_outside": Text(zh="行业分类以外的代码", en="codes beside the industries"),
    "institution_kind": Text(zh="机构类型", en="kinds of institution"),
    "interest_subsidy": Text(zh="财政贴息", en="interest subsidy"),
    "list_kind": Text(zh="名单类型", en="kinds of list"),
    "list_scope": Text(zh="名单范围", en="scope of a list"),
    "loan_status": Text(zh="贷款状态代码", en="status of a loan"),
    "location": Text(zh="省内外分布", en="in and out of Henan"),
    "op_status": Text(zh="经营状态代码", en="operating status"),
    "org_level": Text(zh="机构级别代码", en="levels of institution"),
    "outside_henan": Text(zh="河南省外", en="outside Henan"),
    "overdue": Text(zh="逾期类型代码", en="what is overdue"),
    "ownership": Text(zh="经济成分代码", en="ownership"),
    "pa": Text(zh="知识产权（专利）密集型产业代码", en="patent-intensive industries"),
    "product": Text(zh="贷款产品类别代码", en="loan products"),
    "quality": Text(zh="贷款质量代码", en="loan quality"),
    "rate_type": Text(zh="利率类型代码", en="kinds of rate"),
    "region": Text(zh="行政区划代码（GB/T 2260，含境外）", en="regions (GB/T 2260, and abroad)"),
    "region_china": Text(zh="行政区划代码（GB/T 2260）", en="regions of China (GB/T 2260)"),
    "region_henan": Text(zh="河南省行政区划代码", en="regions of Henan"),
    "registration_class": Text(
        zh="登记管理部门和机构类别代码（GB 32100-2015）",
        en="registration authorities and classes (GB 32100-2015)",
    ),
    "registration_province": Text(zh="登记机关所在省份代码", en="provinces of registration"),
    "reporter_mode": Text(zh="报送方式", en="modes of reporting"),
    "restructure": Text(zh="贷款重组方式代码", en="kinds of restructuring"),
    "row_type": Text(zh="科技贷款字段类别代码", en="kinds of row in the tech-loan tables"),
    "scale": Text(zh="企业规模代码", en="size classes"),
    "se": Text(zh="战略性新兴产业代码", en="strategic emerging industries"),
    "sector": Text(zh="国民经济部门代码", en="institutional sectors"),
    "size_source": Text(zh="规模划型来源", en="sources of the size class"),
    "succession_kind": Text(zh="承继方式", en="kinds of succession"),
    "valuation": Text(zh="估值周期代码", en="cycles of valuation"),
    "workday": Text(zh="放假和调休安排", en="holidays and working days"),
    "yn": Text(zh="是否代码", en="yes or no"),
    "zone": Text(zh="功能区", en="zones"),
}


def code_list_words(name: str) -> Text:
    """What a list of codes is called; its name where it comes from outside and says no more."""
    return CODE_LISTS.get(name, Text(zh=f"代码表“{name}”", en=f"code list “{name}”"))
