"""A definition explains itself in Chinese and English, in whole sentences, from the definition alone."""

import re
from datetime import date
from importlib.resources import files

import pytest

from dripline import definitions, measures, nodes
from dripline.canon import CLASSES
from dripline.codes import MADE_OF
from dripline.definitions import (
    Check,
    Dimension,
    Group,
    Indicator,
    Membership,
    Need,
    Refusal,
    Total,
    TotalsAgree,
    Unique,
)
from dripline.errors import DefinitionError
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.measures import (
    At,
    Combine,
    Count,
    CountDistinct,
    Ratio,
    Sum,
    Whole,
    YearToDate,
    growth,
    share,
    weighted_mean,
)
from dripline.nodes import (
    Arithmetic,
    Choose,
    Constant,
    FirstKnown,
    GroupOf,
    HasRow,
    IsCode,
    Length,
    Lookup,
    MonthsLater,
    Named,
    OnList,
    Parameter,
    PartCount,
    PeriodDay,
    ValidId,
)
from dripline.standards import RULES
from dripline.standards.customers import FTYKHX
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.wording import explain, lines
from dripline.wording.code_lists import CODE_LISTS
from dripline.wording.rules import meaning_lines
from dripline.wording.shapes import SHAPES
from dripline.words import Text

WORDS = Text(zh="词", en="word")
BALANCE = Sum(CLDWDK.balance_cny)
NORMAL = CLDWDK.loan_status.is_("LS01")
CUSTOMER = ((CLDWDK.borrower_id_no, FTYKHX.customer_id_no),)
FIRM = ((CLDWDK.borrower_id_no, ENTERPRISE.credit_code),)
LISTED = OnList(
    ("gaoxin", "keji_sme"),
    CLDWDK.borrower_id_type,
    CLDWDK.borrower_id_no,
    CLDWDK.borrower_region_code,
)
INSTITUTION = Dimension("institution", Text(zh="金融机构", en="Institution"), (), "INSTITUTION")
NAMES = {"institution": INSTITUTION}

SENTENCES = [
    (CLDWDK.balance_cny.above(0), "贷款余额折人民币大于0", "balance in yuan is above 0"),
    (
        CLDWDK.borrower_id_type.is_("A01"),
        "借款人证件类型为“A01 统一社会信用代码”",
        "borrower's id type is “A01 Unified social credit code”",
    ),
    (
        CLDWDK.grant_date.not_after(PeriodDay()),
        "贷款发放日期不晚于数据日期",
        "grant date is not after data date",
    ),
    (
        CLDWDK.due_date.after(MonthsLater(CLDWDK.grant_date, 60)),
        "贷款到期日期晚于贷款发放日期后5年",
        "due date is after the day 5 years after grant date",
    ),
    (CLDWDK.base_rate.is_empty, "基准利率为空", "base rate is empty"),
    (
        NORMAL.implies(CLDWDK.overdue_type.is_empty),
        "若贷款状态为“LS01 正常”，则逾期类型为空",
        "if loan status is “LS01 Normal” then what is overdue is empty",
    ),
    (
        CLDWDK.loan_status.is_("LS03").same_as(CLDWDK.overdue_type.is_known),
        "贷款状态为“LS03 逾期”，当且仅当逾期类型已填",
        "loan status is “LS03 Overdue” exactly when what is overdue is filled",
    ),
    (
        NORMAL & (CLDWDK.balance.above(0) | CLDWDK.balance_cny.above(0)),
        "贷款状态为“LS01 正常”，且（贷款余额大于0，或贷款余额折人民币大于0）",
        "loan status is “LS01 Normal” and (balance is above 0 or balance in yuan is above 0)",
    ),
    (
        ~(NORMAL & CLDWDK.balance.above(0)),
        "并非（贷款状态为“LS01 正常”，且贷款余额大于0）",
        "not (loan status is “LS01 Normal” and balance is above 0)",
    ),
    (
        CLDWDK.product_type.slice(1, 3).is_("F08"),
        "贷款产品类别以“F08 贸易融资”开头",
        "loan product begins with “F08 Trade finance”",
    ),
    (
        PeriodDay("first").is_in(*(date(year, 1, 1) for year in range(2020, 2031))),
        "本期首日为某年1月1日（2020至2030年）",
        "first day of the period is 1 January of a year (2020 to 2030)",
    ),
    (
        ~CLDWDK.borrower_region_code.matches(r"000\d{3}"),
        "借款人地区代码不是境外地区代码（000加3位数字）",
        "borrower's region is not the code of a place abroad (000 and 3 digits)",
    ),
    (
        CLDWDK.internal_org_no.matches("[AB]{2}"),
        "内部机构号符合格式“[AB]{2}”",
        "internal organisation number has the shape “[AB]{2}”",
    ),
    (
        IsCode(CLDWDK.currency, "currency"),
        "币种是数据日期有效的币种代码（GB/T 12406）",
        "currency is a code of the currencies (GB/T 12406) in force on the data date",
    ),
    (
        ValidId(CLDWDK.borrower_id_no, "uscc"),
        "借款人证件代码是校验位正确的统一社会信用代码（GB 32100-2015）",
        "borrower's id number is a unified social credit code with a right check character "
        "(GB 32100-2015)",
    ),
    (
        Length(CLDWDK.borrower_id_no).is_(18),
        "借款人证件代码为18个字符",
        "borrower's id number has 18 characters",
    ),
    (
        CLDWDK.interest_rate.at_least(Parameter("check.rate_min_percent", 5)),
        "利率水平不小于政策参数“利率下限（CLDWDK-15）”（按数据日期取值）",
        "interest rate is at least the lawbook's “lowest plausible rate (CLDWDK-15)” on the "
        "data date",
    ),
    (
        Lookup(FTYKHX.credit_limit, CUSTOMER, period="previous").above(0),
        "授信额度（取自上期非同业单位客户基础信息，其客户证件代码与本行借款人证件代码相同）大于0",
        "credit limit (from unit customers of the period before, customer's id number equal to "
        "borrower's id number of the row) is above 0",
    ),
    (
        ~HasRow(((CLDWDK.loan_note_no, DWDKFS.loan_note_no),), DWDKFS.direction.is_("1")),
        "单位贷款发生额信息中没有对应行（贷款借据编码相同，其中发放/收回标识为“1 发放”）",
        "there is no matching row in flows of unit loans (same loan note number, where granted or "
        "repaid is “1 Granted”)",
    ),
    (
        LISTED,
        "企业（按借款人证件代码）列入“高新技术企业、科技型中小企业”名单之一",
        "the firm (by borrower's id number) is on one of the lists “High-tech enterprises, "
        "Technology small and medium firms”",
    ),
    (
        GroupOf(CLDWDK.borrower_industry, "industry_division", 1),
        "借款人行业所属的行业门类",
        "the section of industry of borrower's industry",
    ),
    (
        Choose(((NORMAL, CLDWDK.due_date),), CLDWDK.extended_due_date),
        "贷款状态为“LS01 正常”的，取贷款到期日期；其余取贷款展期到期日期",
        "due date if loan status is “LS01 Normal”; else due date after extension",
    ),
    (
        FirstKnown((CLDWDK.extended_due_date, CLDWDK.due_date)),
        "（贷款展期到期日期，为空时取贷款到期日期）",
        "(due date after extension or, if empty, due date)",
    ),
    (
        (CLDWDK.balance - CLDWDK.balance_cny) * 2,
        "（贷款余额-贷款余额折人民币）×2",
        "(balance - balance in yuan) × 2",
    ),
    (
        Sum(CLDWDK.balance_cny, NORMAL & ~LISTED),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息，限贷款状态为“LS01 正常”；"
        "不含企业（按借款人证件代码）列入“高新技术企业、科技型中小企业”名单之一的行）",
        "the sum of balance in yuan (CLDWDK stock of unit loans, where loan status is “LS01 "
        "Normal”; without those where the firm (by borrower's id number) is on one of the lists "
        "“High-tech enterprises, Technology small and medium firms”)",
    ),
    (
        CountDistinct((CLDWDK.borrower_id_no,)),
        "不重复的借款人证件代码个数（CLDWDK 存量单位贷款信息）",
        "the number of different values of borrower's id number (CLDWDK stock of unit loans)",
    ),
    (
        weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=NORMAL),
        "利率水平以贷款余额折人民币加权的平均（CLDWDK 存量单位贷款信息，限贷款状态为“LS01 正常”；两者均已填）",
        "the mean of interest rate weighted by balance in yuan (CLDWDK stock of unit loans, where "
        "loan status is “LS01 Normal”; both filled)",
    ),
    (
        growth(BALANCE),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息）比上年同期增长（%）",
        "the growth in percent, against the figure a year earlier, of the sum of balance in yuan "
        "(CLDWDK stock of unit loans)",
    ),
    (
        At(Sum(CLDWDK.balance_cny, LISTED), months=-1, lists="as_published"),
        "上月（按当时名单）的贷款余额折人民币之和（CLDWDK 存量单位贷款信息，限企业（按借款人证件代码）"
        "列入“高新技术企业、科技型中小企业”名单之一）",
        "the sum of balance in yuan (CLDWDK stock of unit loans, where the firm (by borrower's id "
        "number) is on one of the lists “High-tech enterprises, Technology small and medium "
        "firms”) a month earlier (on the lists of that time)",
    ),
    (
        Whole(BALANCE, ("institution",)),
        "不按“金融机构”划分的贷款余额折人民币之和（CLDWDK 存量单位贷款信息）",
        "the sum of balance in yuan (CLDWDK stock of unit loans), not divided by “institution”",
    ),
    (
        Combine(((1, BALANCE), (-1, YearToDate(Sum(DWDKFS.amount_cny))))),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息），减1月至本期的贷款发生金额折人民币之和"
        "（DWDKFS 单位贷款发生额信息）",
        "the sum of balance in yuan (CLDWDK stock of unit loans) less the sum of amount in yuan "
        "(DWDKFS flows of unit loans) from January to the period",
    ),
]


@pytest.mark.parametrize(("node", "zh", "en"), SENTENCES)
def test_a_definition_is_said_in_whole_sentences(node, zh, en):
    assert explain(node, NAMES) == Text(zh=zh, en=en)


def test_a_rule_says_whom_it_is_about_what_must_hold_what_is_unknown_and_where_it_stands():
    said = explain(RULES["CLDWDK-08"])
    assert said.zh.splitlines() == [
        "CLDWDK-08（错误：须改正或说明）缩期（LS04）贷款的展期到期日期必填，且早于到期日期。",
        "对象：存量单位贷款信息（CLDWDK）中符合下列条件的行：贷款状态为“LS04 缩期”。",
        "应满足：贷款展期到期日期已填，且贷款展期到期日期早于贷款到期日期。",
        "未知：贷款到期日期为空而无法判断的行单列，不算违反。",
        "如何改正：填缩期后的到期日期；到期日期保持原合同的日期不变。",
        "依据：金融基础数据采集规范V2.1，2023-12，JS_201_CLDWDK 字段16、17、30。",
    ]
    assert said.en.splitlines()[1:4] == [
        "About: rows of stock of unit loans (CLDWDK) where loan status is “LS04 Shortened”.",
        "Must hold: due date after extension is filled and due date after extension is before due "
        "date.",
        "Unknown: rows that cannot be judged, as due date is empty, are counted apart and not as "
        "broken.",
    ]


def test_a_rule_of_totals_numbers_them_and_calls_them_by_number():
    assert [line.zh for line in meaning_lines(RULES["XP-02"], {})] == [
        "对象：按贷款借据编码分组的合计。",
        "合计①：行数（CLDWDK 存量单位贷款信息）。",
        "合计②：上期行数（CLDWDK 存量单位贷款信息）。",
        "合计③：行数（DWDKFS 单位贷款发生额信息，限发放/收回标识为“0 收回”）。",
        "合计④：行数（DWDKFS 单位贷款发生额信息，限发放/收回标识为空）。",
        "仅当：合计②大于0，且合计①等于0。",
        "应满足：合计③大于0，或合计③（限合计④等于0，否则未知）大于0。",
    ]


def test_a_row_of_another_table_is_described_once_and_then_called_by_name():
    rule = Check(
        code="X-1",
        says=WORDS,
        remedy=WORDS,
        severity="error",
        source="own",
        article="1",
        given=HasRow(CUSTOMER),
        holds=CLDWDK.borrower_scale.is_(Lookup(FTYKHX.enterprise_scale, CUSTOMER)),
    )
    assert [line.zh for line in meaning_lines(rule, {})] == [
        "对象：存量单位贷款信息（CLDWDK）中符合下列条件的行：有对应行。",
        "应满足：借款人企业规模与对应行的企业规模相同。",
        "对应行：非同业单位客户基础信息中的行，其客户证件代码与本行借款人证件代码相同。",
        "未知：借款人企业规模或对应行的企业规模为空而无法判断的行单列，不算违反。",
    ]


INDICATOR = Indicator(
    code="T-1",
    label=Text(zh="名单企业贷款占比", en="Share of listed firms"),
    unit="percent",
    measure=share(CLDWDK.balance_cny, where=LISTED),
    decimals=2,
    source="own",
    article="1",
    breakdowns=("total", "institution"),
    refuses=(Refusal("institution", Text(zh="没有意义。", en="It has no meaning.")),),
    serves=("7.1",),
)


def test_an_indicator_says_numerator_denominator_dates_lists_unknown_and_divisions():
    assert [line.zh for line in lines(INDICATOR, NAMES)] == [
        "T-1 名单企业贷款占比（%，2位小数）",
        "计算：分子 ÷ 分母 × 100；分母为0时无值。",
        "分子：贷款余额折人民币之和（CLDWDK 存量单位贷款信息，限企业为名单企业）。",
        "分母：贷款余额折人民币之和（CLDWDK 存量单位贷款信息）。",
        "名单企业：列入“高新技术企业、科技型中小企业”名单之一的企业。",
        "时点：存量单位贷款信息取期末存量。",
        "范围：只计报送机构登记范围内的行（提供省内外分布的除外）。",
        "名单：按本期采用的名单版本，以统一社会信用代码匹配；9位组织机构代码与统一社会信用代码第9至17位匹配；"
        "一户在多个名单上只计一户。",
        "未知：因贷款余额折人民币为空，或名单未采用、证件类型无法匹配，或省外企业对河南名单而无法判断的行单列计数，"
        "不计入也不视为“否”。",
        "可分：合计、金融机构。",
        "不可分：金融机构。没有意义。",
        "服务的措施：7.1。",
        "依据：本软件自定，1。",
    ]


SAMPLES = {
    **{type(node).__name__: node for node, _, _ in SENTENCES},
    "Field": CLDWDK.balance,
    "Constant": Constant(1),
    "Parameter": Parameter("lpr.one_year", 2, CLDWDK.grant_date),
    "PeriodDay": PeriodDay(),
    "Slice": CLDWDK.borrower_id_no.slice(9, 9),
    "Length": Length(CLDWDK.borrower_id_no),
    "PartCount": PartCount(FTYKHX.controller_id_nos),
    "Arithmetic": Arithmetic(Constant(0), "-", CLDWDK.balance),
    "MonthsLater": MonthsLater(CLDWDK.grant_date, -1),
    "Lookup": Lookup(ENTERPRISE.county, FIRM),
    "Named": Named("①", CLDWDK.balance.kind),
    "Not": ~LISTED,
    "Known": CLDWDK.base_rate.is_known,
    "IsIn": CLDWDK.loan_quality.is_in("FQ01", "FQ02"),
    "Count": Count(CLDWDK.loan_note_no),
    "At": At(BALANCE, anchor="last_year_end"),
    "YearToDate": YearToDate(BALANCE),
    "Ratio": Ratio(BALANCE, BALANCE, 100),
    "HasRow": HasRow(CUSTOMER),
    "Check": RULES["CLDWDK-08"],
    "Unique": next(rule for rule in RULES.values() if isinstance(rule, Unique)),
    "TotalsAgree": next(rule for rule in RULES.values() if isinstance(rule, TotalsAgree)),
    "Total": Total("a", BALANCE, (CLDWDK.currency,), "previous"),
    "Need": Need("FTYKHX"),
    "Group": Group("a", WORDS, (LISTED,)),
    "Membership": Membership("a", WORDS, (Group("a", WORDS, (LISTED,)),)),
    "Dimension": Dimension("size", WORDS, (CLDWDK.borrower_scale,), "scale", memo=True),
    "Refusal": Refusal("institution", WORDS),
    "Indicator": INDICATOR,
}
NOT_SAID_ALONE = {"Kind", "Text", "Rule", "Column", "Format", "Layout", "Handling"}
"""Parts that are said with the node they belong to; a bare Rule is a check of files."""


def test_every_node_of_the_language_has_words():
    assert set(CLASSES) - set(SAMPLES) - NOT_SAID_ALONE == set()
    for module in (nodes, measures, definitions):
        assert set(vars(module)) & set(SAMPLES)
    for name, node in SAMPLES.items():
        assert type(node).__name__ == name
        said = explain(node, NAMES)
        assert re.search(r"[\u4e00-\u9fff①]|0", said.zh) or name in ("Constant", "Arithmetic")


def test_a_node_without_words_is_a_fault_of_the_definition():
    class Odd(nodes.Value):
        pass

    with pytest.raises(DefinitionError) as caught:
        explain(Odd())
    assert str(caught.value) == "there are no words for Odd; write them in wording."


def own_words(node):
    """What the language says of a definition, without the words its author wrote beside it."""
    if isinstance(node, Check | Unique | TotalsAgree):
        return list(meaning_lines(node, BREAKDOWNS))
    heads = ("说明：", "依据：", "不可分：")
    return [line for line in lines(node, BREAKDOWNS)[1:] if not line.zh.startswith(heads)]


DEFINITIONS = {**RULES, **CATALOGUE, **BREAKDOWNS}


@pytest.mark.parametrize("code", DEFINITIONS)
def test_no_english_stands_in_the_chinese_and_no_chinese_in_the_english(code):
    for line in own_words(DEFINITIONS[code]):
        bare = re.sub(r"“[^”]*”", "", line.zh)
        assert re.findall(r"[a-z]{2,}", bare) == [], line.zh
        assert re.findall(r"[\u4e00-\u9fff]", line.en) == [], line.en


def lists_of_codes():
    folder = files("dripline.lawbook") / "codes"
    return {
        file.name.removesuffix(".csv") for file in folder.iterdir() if file.name.endswith(".csv")
    }


def test_every_list_of_codes_has_a_name_and_no_name_is_left_over():
    assert set(CODE_LISTS) == lists_of_codes() | set(MADE_OF)


def test_every_shape_that_has_words_is_asked_for_somewhere():
    said = repr(tuple(DEFINITIONS.values()))
    assert [shape for shape in SHAPES if repr(shape) not in said] == []
