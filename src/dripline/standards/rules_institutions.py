"""What must hold in JRJGFZ, the institutions and branches."""

from dripline.definitions import AnyCheck
from dripline.nodes import PeriodDay
from dripline.standards.institutions import JRJGFZ
from dripline.standards.sources import OWN, STANDARD, row_rule, unique_rule
from dripline.words import Text

RULES: tuple[AnyCheck, ...] = (
    unique_rule(
        "JRJGFZ-01/code",
        "error",
        OWN,
        Text(
            zh="每个分支机构一行，金融机构代码不得重复。",
            en="One row per branch: no institution code stands twice.",
        ),
        Text(
            zh="保留正确的一行；两个机构共用一个代码的，核对各自营业执照。",
            en="Keep the right row; if two units share a code, compare their business licences.",
        ),
        by=(JRJGFZ.fin_inst_code,),
    ),
    unique_rule(
        "JRJGFZ-01/number",
        "error",
        OWN,
        Text(
            zh="每个分支机构一行，内部机构号不得重复。",
            en="One row per branch: no internal organisation number stands twice.",
        ),
        Text(
            zh="保留正确的一行；机构撤并后不要沿用原机构号。",
            en="Keep the right row; do not use the number of a merged unit again.",
        ),
        by=(JRJGFZ.internal_org_no,),
    ),
    row_rule(
        "JRJGFZ-01/head",
        "error",
        STANDARD,
        Text(
            zh="机构级别为总行（01）的，直属上级管理机构应为其自身。",
            en="The managing unit above a head office (01) is the head office itself.",
        ),
        Text(
            zh="将上级机构的名称、编码和内部机构号填为本机构的；非总行的，改正机构级别。",
            en="Repeat the unit's own name, code and number as those of the unit above; "
            "if it is no head office, mend its level.",
        ),
        given=JRJGFZ.org_level.is_("01"),
        holds=JRJGFZ.parent_name.is_(JRJGFZ.fin_inst_name)
        & JRJGFZ.parent_standard_code.is_(JRJGFZ.fin_inst_standard_code)
        & JRJGFZ.parent_internal_org_no.is_(JRJGFZ.internal_org_no),
    ),
    row_rule(
        "JRJGFZ-02",
        "error",
        OWN,
        Text(
            zh="成立时间不得晚于数据日期。",
            en="A unit is founded no later than the data date.",
        ),
        Text(
            zh="按许可证（无许可证的按内部批准日期）改正成立时间。",
            en="Mend the day by the licence, or by the internal approval where there is none.",
        ),
        holds=JRJGFZ.established_date.not_after(PeriodDay()),
    ),
)
