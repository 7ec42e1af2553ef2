"""A definition explains itself in Chinese and English, in whole sentences, from the definition alone."""

import re
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
    Count,
    CountDistinct,
    CountFurther,
    Ratio,
    YearToDate,
    share,
)
from dripline.nodes import (
    Arithmetic,
    Constant,
    HasRow,
    Length,
    Lookup,
    MonthsLater,
    Named,
    Parameter,
    Part,
    PartCount,
    PeriodDay,
    WholeNumber,
)
from dripline.standards import RULES
from dripline.standards.customers import FTYKHX
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.wording import explain, lines
from dripline.wording.code_lists import CODE_LISTS
from dripline.wording.rules import meaning_lines
from dripline.wording.shapes import SHAPES
from dripline.words import Text
from tests.unit.sentences import BALANCE, CUSTOMER, FIRM, LISTED, NAMES, SENTENCES, WORDS


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
        "各项之和不等于合计：金融机构。比率、均值和增速不能相加。",
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
    "Part": Part(FTYKHX.controller_id_nos, 2),
    "WholeNumber": WholeNumber(FTYKHX.controller_id_nos),
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
    "CountFurther": CountFurther(
        (FTYKHX.customer_id_no,), beyond=CountDistinct((CLDWDK.borrower_id_no,))
    ),
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
NOT_SAID_ALONE = {"Kind", "Text", "Rule", "Column", "Format", "Layout", "Handling", "Version"}
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
    heads = ("说明：", "依据：", "不可分：", "口径版本 ")
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
