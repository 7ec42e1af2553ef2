"""What must hold in the registers: periods, codes, successions, one row for one thing."""

from __future__ import annotations

from dripline.definitions import AnyCheck, Check, Severity, Unique
from dripline.nodes import Condition, HasRow, Length, PeriodDay, ValidId, Value
from dripline.standards.registers import (
    CREDIT_RECORD,
    ENTERPRISE,
    HISTORY,
    INSTITUTION,
    NOTE_NUMBER,
    REPORTER,
)
from dripline.words import Text

CITY_SHAPE = r"\d{4}00|419001"
"""A city's six digits; 济源 is a county-level code that is run by the province itself."""

MEND_CODE = Text(
    zh="按营业执照核对代码，单元格设为文本格式后重填",
    en="Compare with the business licence; set the cell to text and enter the code again",
)
MEND_DATES = Text(
    zh="核对两个日期，改正填错的一个", en="Compare the two days and mend the wrong one"
)
MEND_TWICE = Text(zh="保留正确的一行，删除重复行", en="Keep the right row and delete the other")


def rule(
    code: str,
    says: Text,
    remedy: Text,
    holds: Condition,
    *,
    given: Condition | None = None,
    severity: Severity = "error",
) -> Check:
    """A rule on the rows of a register; its article is the register's own page."""
    return Check(
        code=code,
        says=says,
        remedy=remedy,
        severity=severity,
        source="own",
        article=code.rsplit("-", 1)[0],
        holds=holds,
        given=given,
    )


def once(code: str, says: Text, *by: Value, given: Condition | None = None) -> Unique:
    """No two rows of a register are about the same thing."""
    return Unique(
        code=code,
        says=says,
        remedy=MEND_TWICE,
        severity="error",
        source="own",
        article=code.rsplit("-", 1)[0],
        by=by,
        given=given,
    )


def well_formed(value: Value) -> Condition:
    """A credit code (18 characters) or an organisation code (9) whose check character is right."""
    long = Length(value).is_(18) & ValidId(value, "uscc")
    return long | (Length(value).is_(9) & ValidId(value, "organisation"))


def in_order(code: str, first: Value, last: Value) -> Check:
    """A stretch of time does not end before it begins."""
    return rule(
        code,
        Text(
            zh="终止日期不得早于起始日期。", en="A stretch of time must not end before it begins."
        ),
        MEND_DATES,
        first.not_after(last),
        given=last.is_known,
    )


REPORTERS: tuple[AnyCheck, ...] = (
    rule(
        "REPORTER-01",
        Text(
            zh="报送机构代码应为校验正确的统一社会信用代码或组织机构代码。",
            en="A reporter's code must be a credit or organisation code with a right check character.",
        ),
        MEND_CODE,
        well_formed(REPORTER.reporter),
    ),
    in_order("REPORTER-02", REPORTER.valid_from, REPORTER.valid_to),
    rule(
        "REPORTER-03",
        Text(
            zh="河南摘录必须填适用地区代码前缀，其他方式必须为空。",
            en="An extract names the first digits of its region; other modes leave them empty.",
        ),
        Text(
            zh="河南摘录填41；全辖和模板清空", en="41 for an extract of Henan; otherwise empty it"
        ),
        REPORTER.mode.is_("extract").same_as(REPORTER.region_prefix.is_known),
    ),
    once(
        "REPORTER-04",
        Text(
            zh="同一报送机构、报表、起始日期只能有一行。",
            en="A reporter, table and first day stand in one row only.",
        ),
        REPORTER.reporter,
        REPORTER.table_code,
        REPORTER.valid_from,
    ),
)

SUCCESSION_GIVEN = (
    INSTITUTION.successor.is_known
    | INSTITUTION.succession_kind.is_known
    | INSTITUTION.succession_day.is_known
)

INSTITUTIONS: tuple[AnyCheck, ...] = (
    rule(
        "INSTITUTION-01",
        Text(
            zh="机构代码应为校验正确的统一社会信用代码或组织机构代码。",
            en="An institution's code must be a credit or organisation code with a right check "
            "character.",
        ),
        MEND_CODE,
        well_formed(INSTITUTION.institution_code),
    ),
    in_order("INSTITUTION-02", INSTITUTION.valid_from, INSTITUTION.valid_to),
    rule(
        "INSTITUTION-03",
        Text(
            zh="承继机构代码、承继方式、承继日期应同时填写。",
            en="Successor, kind and day of a succession are given together.",
        ),
        Text(zh="补齐三项，或全部清空", en="Fill in all three, or empty them all"),
        INSTITUTION.successor.is_known
        & INSTITUTION.succession_kind.is_known
        & INSTITUTION.succession_day.is_known,
        given=SUCCESSION_GIVEN,
    ),
    rule(
        "INSTITUTION-04",
        Text(
            zh="承继机构应在金融机构登记中。",
            en="A successor must itself stand in the register of institutions.",
        ),
        Text(zh="先登记承继机构，或改正其代码", en="Register the successor, or mend its code"),
        HasRow(on=((INSTITUTION.successor, INSTITUTION.institution_code),)),
        given=INSTITUTION.successor.is_known,
    ),
    rule(
        "INSTITUTION-05",
        Text(
            zh="机构对应的报送机构应在报送机构登记中。",
            en="The reporter of an institution must stand in the register of reporters.",
        ),
        Text(zh="补登报送机构，或改正其代码", en="Register the reporter, or mend its code"),
        HasRow(on=((INSTITUTION.reporter, REPORTER.reporter),)),
        given=INSTITUTION.reporter.is_known,
        severity="warning",
    ),
    once(
        "INSTITUTION-06",
        Text(
            zh="同一机构、起始日期只能有一行。",
            en="An institution and first day stand in one row only.",
        ),
        INSTITUTION.institution_code,
        INSTITUTION.valid_from,
    ),
    rule(
        "INSTITUTION-07",
        Text(
            zh="所在城市和管辖市分行应填设区的市代码（济源419001）。",
            en="City and supervising branch are codes of cities (Jiyuan: 419001).",
        ),
        Text(zh="改填市级六位代码，如410100", en="Enter the city's six digits, such as 410100"),
        INSTITUTION.city.matches(CITY_SHAPE) & INSTITUTION.supervising_branch.matches(CITY_SHAPE),
    ),
    rule(
        "INSTITUTION-08",
        Text(
            zh="承继日期不得早于机构起始日期。",
            en="An institution is not taken over before its first day.",
        ),
        MEND_DATES,
        INSTITUTION.valid_from.not_after(INSTITUTION.succession_day),
        given=INSTITUTION.succession_day.is_known,
    ),
    rule(
        "INSTITUTION-09",
        Text(
            zh="机构不得承继自身（更名除外）。",
            en="An institution does not succeed itself, unless it was renamed.",
        ),
        Text(zh="改正承继机构代码", en="Mend the successor's code"),
        INSTITUTION.successor.is_not(INSTITUTION.institution_code),
        given=INSTITUTION.successor.is_known & INSTITUTION.succession_kind.is_not("renamed"),
    ),
    once(
        "NOTE_NUMBER-01",
        Text(
            zh="同一原借据只能对应一个现借据。",
            en="A loan note of before has one number today.",
        ),
        NOTE_NUMBER.old_reporter,
        NOTE_NUMBER.old_loan_note_no,
    ),
    once(
        "NOTE_NUMBER-02",
        Text(
            zh="同一现借据只能对应一个原借据。",
            en="A loan note of today had one number before.",
        ),
        NOTE_NUMBER.new_reporter,
        NOTE_NUMBER.new_loan_note_no,
    ),
)

ENTERPRISES: tuple[AnyCheck, ...] = (
    rule(
        "ENTERPRISE-01",
        Text(
            zh="统一社会信用代码校验应正确。",
            en="A credit code must have a right check character.",
        ),
        MEND_CODE,
        ValidId(ENTERPRISE.credit_code, "uscc"),
    ),
    once(
        "ENTERPRISE-02",
        Text(zh="同一企业只能有一行。", en="An enterprise stands in one row only."),
        ENTERPRISE.credit_code,
    ),
    rule(
        "ENTERPRISE-03",
        Text(
            zh="状态日期不得早于成立日期。",
            en="The day of the status does not lie before the day of founding.",
        ),
        MEND_DATES,
        ENTERPRISE.founded_on.not_after(ENTERPRISE.status_day),
    ),
    rule(
        "ENTERPRISE-04",
        Text(
            zh="成立日期、状态日期不得晚于数据日期。",
            en="Days of founding and status do not lie after the data date.",
        ),
        MEND_DATES,
        ENTERPRISE.founded_on.not_after(PeriodDay()) & ENTERPRISE.status_day.not_after(PeriodDay()),
    ),
    rule(
        "ENTERPRISE-05",
        Text(
            zh="所在区县应填县级代码，不得填省级、市级代码。",
            en="The county is a county's code, not that of a province or city.",
        ),
        Text(zh="改填县级六位代码，如410105", en="Enter the county's six digits, such as 410105"),
        ENTERPRISE.county.matches(r"\d{4}([1-9]\d|0[1-9])"),
    ),
    rule(
        "ENTERPRISE-06",
        Text(
            zh="行业代码应为门类字母加二至四位数字。",
            en="The industry is a letter and two to four digits.",
        ),
        Text(zh="按GB/T 4754-2017改填，如C39、C397", en="Enter a code such as C39 or C397"),
        ENTERPRISE.industry.matches(r"[A-T]\d{2,4}"),
        given=ENTERPRISE.industry.is_known,
    ),
    rule(
        "ENTERPRISE-07",
        Text(zh="填企业规模的应注明划型来源。", en="A size class comes with its source."),
        Text(zh="补填规模划型来源", en="Fill in the source of the size"),
        ENTERPRISE.size_source.is_known,
        given=ENTERPRISE.size.is_known,
        severity="warning",
    ),
    rule(
        "CREDIT_RECORD-01",
        Text(
            zh="统一社会信用代码校验应正确。",
            en="A credit code must have a right check character.",
        ),
        MEND_CODE,
        ValidId(CREDIT_RECORD.credit_code, "uscc"),
    ),
    once(
        "CREDIT_RECORD-02",
        Text(
            zh="同一企业同一查询日期只能有一个结果。",
            en="An enterprise has one answer for one day of asking.",
        ),
        CREDIT_RECORD.credit_code,
        CREDIT_RECORD.queried_on,
    ),
    rule(
        "CREDIT_RECORD-03",
        Text(
            zh="查询日期不得晚于数据日期。",
            en="The day of asking does not lie after the data date.",
        ),
        MEND_DATES,
        CREDIT_RECORD.queried_on.not_after(PeriodDay()),
    ),
)

PUBLISHED_FIGURES: tuple[AnyCheck, ...] = (
    once(
        "HISTORY-01",
        Text(
            zh="同一指标、分组项、数据期只能有一个数值。",
            en="An indicator, item and period have one value.",
        ),
        HISTORY.indicator,
        HISTORY.breakdown,
        HISTORY.item,
        HISTORY.period,
    ),
    rule(
        "HISTORY-02",
        Text(
            zh="数据期应为2024-06、2024-Q2、2024-H1或2024的形式。",
            en="A period is written 2024-06, 2024-Q2, 2024-H1 or 2024.",
        ),
        Text(zh="按规定形式改填", en="Write it in one of these forms"),
        HISTORY.period.matches(r"\d{4}(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12])?"),
    ),
)

RULES: tuple[AnyCheck, ...] = (*REPORTERS, *INSTITUTIONS, *ENTERPRISES, *PUBLISHED_FIGURES)
"""Every rule of the registers of this file."""
