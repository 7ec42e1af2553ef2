"""What must hold of a delivery on the site, beside the rules of files and tables."""

from __future__ import annotations

from collections.abc import Mapping

from dripline.definitions import Rule
from dripline.intake.checking import FORMATS
from dripline.standards import RULES
from dripline.words import Text

OTHER_REPORTER = Rule(
    code="SUB-01",
    says=Text(
        zh="报送中的每个文件应属于本报送机构。",
        en="Each file of a delivery is of the reporter that hands it over.",
    ),
    remedy=Text(
        zh="核对文件名中的机构代码；其他机构的文件由该机构或分行代为导入。",
        en="Look at the code in the file's name; files of others are brought in by them or by the branch.",
    ),
    severity="reject",
    source="own",
    article="SUB-01",
)
OTHER_PERIOD = Rule(
    code="SUB-02",
    says=Text(
        zh="报送中的每个文件应属于本数据期。", en="Each file of a delivery is of its period."
    ),
    remedy=Text(
        zh="核对文件名中的日期；其他月份的文件请在该月份下报送。",
        en="Look at the date in the file's name; hand over files of other months under those months.",
    ),
    severity="reject",
    source="own",
    article="SUB-02",
)
NOT_OF_DEPARTMENTS = Rule(
    code="SUB-03",
    says=Text(
        zh="部门报送的文件应为名录或部门报表。",
        en="What a department hands in is a list or one of the forms of departments.",
    ),
    remedy=Text(
        zh="金融机构报送表由机构报送；机构登记、报送机构登记等由分行维护。",
        en="Tables of institutions come from them; the registers of institutions and reporters are kept by the branch.",
    ),
    severity="reject",
    source="own",
    article="SUB-03",
)
OWN_RULES: dict[str, Rule] = {
    one.code: one for one in (OTHER_REPORTER, OTHER_PERIOD, NOT_OF_DEPARTMENTS)
}


def every_rule() -> Mapping[str, Rule]:
    """Every rule that a finding may name."""
    return {**FORMATS, **RULES, **OWN_RULES}


def rule(code: str) -> Rule | None:
    """The rule of this code; None for one that an older program knew."""
    return OWN_RULES.get(code) or FORMATS.get(code) or RULES.get(code)
