"""What must hold in FTYKHX, the customers that are units."""

from dripline.definitions import AnyCheck
from dripline.nodes import Condition, Field, PartCount, PeriodDay, Value
from dripline.standards.customers import FTYKHX
from dripline.standards.shapes import FILLER
from dripline.standards.sources import OWN, PRACTICE, STANDARD, row_rule, unique_rule
from dripline.words import Text


def together(one: Value, other: Value, agree: Condition) -> Condition:
    """Both empty, or both filled and in agreement."""
    return (one.is_empty & other.is_empty) | (one.is_known & other.is_known & agree)


ROW_RULES: tuple[AnyCheck, ...] = (
    unique_rule(
        "FTYKHX-01",
        "error",
        PRACTICE,
        Text(
            zh="同一法人机构下，证件类型和证件代码相同的客户只报一行。",
            en="A customer (id type and number) of a legal person stands in one row.",
        ),
        Text(
            zh="合并各分支机构登记的同一客户，保留信息最全、最新的一行。",
            en="Merge what branches hold on the same customer; keep the fullest and latest row.",
        ),
        by=(FTYKHX.fin_inst_code, FTYKHX.customer_id_type, FTYKHX.customer_id_no),
    ),
    row_rule(
        "FTYKHX-02",
        "error",
        STANDARD,
        Text(
            zh="单位客户的所属行业不得为100（个人）。",
            en="The industry of a unit is not 100 (person).",
        ),
        Text(
            zh="按营业执照填行业大类（字母加两位数字）；境外客户填200。",
            en="Enter the industry division of the licence (letter and two digits); 200 if abroad.",
        ),
        holds=FTYKHX.industry.is_not("100"),
    ),
    row_rule(
        "FTYKHX-03",
        "error",
        PRACTICE,
        Text(
            zh="本表不报金融机构（B类）和住户（D类）客户。",
            en="Financial institutions (sector B) and households (D) are not reported here.",
        ),
        Text(
            zh="金融机构改报同业客户表，个人改报个人客户表；"
            "无金融牌照的租赁、担保、小贷、典当公司应填C类。",
            en="Report them in TYKHXX or GRKHXX; leasing, guarantee, micro-credit and pawn companies "
            "without a financial licence belong to sector C.",
        ),
        holds=~FTYKHX.sector.slice(1, 1).is_in("B", "D"),
    ),
    row_rule(
        "FTYKHX-04",
        "error",
        STANDARD,
        Text(
            zh="实际控制人证件类型与证件代码应同时为空或同时填写，且个数相同、顺序一致。",
            en="Controllers' id types and numbers are both empty or both filled, equal in number.",
        ),
        Text(
            zh="逐一对应，多个值用半角逗号分隔。",
            en="Write one type for each number, in the same order, separated by half-width commas.",
        ),
        holds=together(
            FTYKHX.controller_id_types,
            FTYKHX.controller_id_nos,
            PartCount(FTYKHX.controller_id_types).is_(PartCount(FTYKHX.controller_id_nos)),
        ),
    ),
    row_rule(
        "FTYKHX-05",
        "error",
        STANDARD,
        Text(
            zh="信用级别总等级数与信用评级应同时为空或同时填写，评级在1与总等级数之间。",
            en="Number of grades and rating are both empty or both filled; the rating lies from 1 "
            "to the number of grades.",
        ),
        Text(
            zh="评级填从最优起的位次（最优为1）；无内部评级的两项都留空。",
            en="Enter the place counted from the best (1); leave both empty without a rating.",
        ),
        holds=together(
            FTYKHX.rating_grade_count,
            FTYKHX.rating_position,
            FTYKHX.rating_position.at_least(1)
            & FTYKHX.rating_position.at_most(FTYKHX.rating_grade_count),
        ),
    ),
    row_rule(
        "FTYKHX-06",
        "warning",
        OWN,
        Text(
            zh="已用额度一般不大于授信额度。",
            en="The used part of a credit limit is normally not above the limit.",
        ),
        Text(
            zh="核对两项是否同为本机构口径、折人民币元；确属超额度的，说明原因。",
            en="Check that both are of this bank and in yuan; if the limit is exceeded, say why.",
        ),
        holds=FTYKHX.used_limit.at_most(FTYKHX.credit_limit),
    ),
    row_rule(
        "FTYKHX-07/credit",
        "warning",
        OWN,
        Text(
            zh="首次建立信贷关系日期不应晚于数据日期。",
            en="The first credit relation does not begin after the data date.",
        ),
        Text(
            zh="按首笔贷款、担保或承诺的日期改正。",
            en="Mend it by the day of the first loan, guarantee or commitment.",
        ),
        given=FTYKHX.first_credit_date.is_known,
        holds=FTYKHX.first_credit_date.not_after(PeriodDay()),
    ),
    row_rule(
        "FTYKHX-07/founded",
        "warning",
        OWN,
        Text(
            zh="成立日期不应晚于数据日期。",
            en="A customer is not founded after the data date.",
        ),
        Text(zh="按营业执照改正成立日期。", en="Mend the day by the business licence."),
        holds=FTYKHX.established_date.not_after(PeriodDay()),
    ),
    row_rule(
        "FTYKHX-07/order",
        "warning",
        OWN,
        Text(
            zh="首次建立信贷关系日期不应早于成立日期。",
            en="The first credit relation does not begin before the customer is founded.",
        ),
        Text(
            zh="核对两个日期；改制企业填现有执照的成立日期的，说明原因。",
            en="Compare the two days; say so if the firm was converted and its licence is younger.",
        ),
        given=FTYKHX.first_credit_date.is_known,
        holds=FTYKHX.first_credit_date.not_before(FTYKHX.established_date),
    ),
    row_rule(
        "FTYKHX-08",
        "warning",
        PRACTICE,
        Text(
            zh="注册地址不应为“无”、“?”、纯数字等占位内容。",
            en="The registered address is no filler such as 无, ? or digits only.",
        ),
        Text(
            zh="按营业执照填写注册地址全称。", en="Enter the full address of the business licence."
        ),
        holds=~FTYKHX.registered_address.matches(FILLER),
    ),
)

AMOUNTS: tuple[tuple[Field, Text], ...] = (
    (FTYKHX.registered_capital, Text(zh="注册资本", en="Registered capital")),
    (FTYKHX.paid_in_capital, Text(zh="实收资本", en="Paid-in capital")),
    (FTYKHX.total_assets, Text(zh="总资产", en="Total assets")),
    (FTYKHX.operating_income, Text(zh="营业收入", en="Operating income")),
    (FTYKHX.staff_count, Text(zh="从业人员数", en="Staff")),
)

ZERO_RULES: tuple[AnyCheck, ...] = tuple(
    row_rule(
        f"FTYKHX-09/{field.name}",
        "warning",
        PRACTICE,
        Text(
            zh=f"{label.zh}为0多表示缺失。", en=f"{label.en} of 0 usually means that it is missing."
        ),
        Text(
            zh="补填实际数；确无数据的留空，不填0。",
            en="Enter the real number; leave the field empty, not 0, if there is none.",
        ),
        holds=field.is_not(0),
    )
    for field, label in AMOUNTS
)

RULES: tuple[AnyCheck, ...] = ROW_RULES + ZERO_RULES
