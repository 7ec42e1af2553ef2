"""What must hold in what departments hand in of guarantees, innovation and deposit rates (markets: a file of their own)."""

from __future__ import annotations

from dripline.definitions import AnyCheck, Check
from dripline.nodes import Condition, Field, HasRow, PeriodDay, ValidId
from dripline.standards.departments import DEPOSIT_RATE, FIRM_GUARANTEE, INNOVATION
from dripline.standards.registers import ENTERPRISE, INSTITUTION, REPORTER
from dripline.standards.rules_registers import MEND_CODE, MEND_DATES, once, rule
from dripline.words import Text

MEND_AMOUNT = Text(
    zh="核对金额和计量单位（本表金额单位为元）",
    en="Check the amount and its unit (this form is in yuan)",
)
FIRST_YEAR, LAST_YEAR = 2000, 2099
"""Years written with four digits, not days or numbers of other things."""
HUNDRED = 100


def code_rule(code: str, value: Field) -> Check:
    """A credit code is right."""
    says = Text(
        zh="统一社会信用代码校验应正确。", en="A credit code must have a right check character."
    )
    return rule(code, says, MEND_CODE, ValidId(value, "uscc"))


def firm_rule(code: str, value: Field) -> Check:
    """The firm is one of the register; one that is not counts under no city, size or industry."""
    return rule(
        code,
        Text(
            zh="企业应在企业登记（ENTERPRISE）中。",
            en="The enterprise stands in the register of enterprises.",
        ),
        Text(
            zh="核对代码；省外企业或新设企业先补登企业登记",
            en="Check the code; add a firm that is new or from elsewhere to the register first",
        ),
        HasRow(on=((value, ENTERPRISE.credit_code),)),
        severity="warning",
    )


def reporter_rule(code: str, value: Field) -> Check:
    """Whose row it is stands in the register of reporters."""
    return rule(
        code,
        Text(
            zh="报送机构应在报送机构登记中。",
            en="The reporter must stand in the register of reporters.",
        ),
        Text(zh="补登报送机构，或改正其代码", en="Register the reporter, or mend its code"),
        HasRow(on=((value, REPORTER.reporter),)),
    )


def by_data_date(code: str, day: Field, given: Condition | None = None) -> Check:
    """What is reported has happened."""
    return rule(
        code,
        Text(zh="日期不得晚于数据日期。", en="The day does not lie after the data date."),
        MEND_DATES,
        day.not_after(PeriodDay()),
        given=given,
    )


def days_in_order(
    code: str, says: Text, first: Field, last: Field, given: Condition | None = None
) -> Check:
    """One day lies no later than the other."""
    return rule(code, says, MEND_DATES, first.not_after(last), given=given)


def above_nothing(code: str, *amounts: Field) -> Check:
    """Amounts above 0."""
    holds: Condition = amounts[0].above(0)
    for amount in amounts[1:]:
        holds = holds & amount.above(0)
    return rule(code, Text(zh="金额应大于0。", en="Amounts are above 0."), MEND_AMOUNT, holds)


def in_yuan(code: str, currency: Field, amount: Field, converted: Field) -> Check:
    """An amount in yuan is itself."""
    return rule(
        code,
        Text(
            zh="币种为人民币的，金额与折人民币金额应相等。",
            en="In yuan, the amount equals the amount in yuan.",
        ),
        MEND_AMOUNT,
        amount.is_(converted),
        given=currency.is_("CNY"),
    )


GUARANTEES: tuple[AnyCheck, ...] = (
    code_rule("FIRM_GUARANTEE-01", FIRM_GUARANTEE.credit_code),
    code_rule("FIRM_GUARANTEE-02", FIRM_GUARANTEE.guarantor_code),
    once(
        "FIRM_GUARANTEE-03",
        Text(
            zh="同一担保机构同一担保合同只能有一行。",
            en="A guarantor and guarantee stand in one row only.",
        ),
        FIRM_GUARANTEE.guarantor_code,
        FIRM_GUARANTEE.guarantee_no,
    ),
    days_in_order(
        "FIRM_GUARANTEE-04",
        Text(zh="担保起始日期不得晚于到期日期。", en="A guarantee does not end before it begins."),
        FIRM_GUARANTEE.start_date,
        FIRM_GUARANTEE.end_date,
    ),
    by_data_date("FIRM_GUARANTEE-05", FIRM_GUARANTEE.start_date),
    rule(
        "FIRM_GUARANTEE-06",
        Text(
            zh="担保金额应大于0，在保余额不得为负、不得大于担保金额。",
            en="The amount guaranteed is above 0; what is outstanding is not negative and not more than it.",
        ),
        MEND_AMOUNT,
        FIRM_GUARANTEE.amount_cny.above(0)
        & FIRM_GUARANTEE.outstanding_cny.at_least(0)
        & FIRM_GUARANTEE.outstanding_cny.at_most(FIRM_GUARANTEE.amount_cny),
    ),
    firm_rule("FIRM_GUARANTEE-07", FIRM_GUARANTEE.credit_code),
    rule(
        "FIRM_GUARANTEE-08",
        Text(
            zh="担保机构应在金融机构登记中。",
            en="The guarantor stands in the register of institutions.",
        ),
        Text(zh="补登担保机构，或改正其代码", en="Register the guarantor, or mend its code"),
        HasRow(on=((FIRM_GUARANTEE.guarantor_code, INSTITUTION.institution_code),)),
        severity="warning",
    ),
    days_in_order(
        "FIRM_GUARANTEE-09",
        Text(
            zh="解除日期不得早于担保起始日期。",
            en="A guarantee is not released before it begins.",
        ),
        FIRM_GUARANTEE.start_date,
        FIRM_GUARANTEE.released_on,
        FIRM_GUARANTEE.released_on.is_known,
    ),
    rule(
        "FIRM_GUARANTEE-10",
        Text(
            zh="担保费率不得为负数，分险比例应在0至100之间。",
            en="A fee is not negative; a share of the risk lies between 0 and 100.",
        ),
        Text(zh="按担保合同填写，单位为百分数", en="Enter it by the contract, in percent"),
        (FIRM_GUARANTEE.fee_rate.is_empty | FIRM_GUARANTEE.fee_rate.at_least(0))
        & (
            FIRM_GUARANTEE.guarantor_share.is_empty
            | (
                FIRM_GUARANTEE.guarantor_share.at_least(0)
                & FIRM_GUARANTEE.guarantor_share.at_most(HUNDRED)
            )
        ),
    ),
)

INNOVATIONS: tuple[AnyCheck, ...] = (
    code_rule("INNOVATION-01", INNOVATION.credit_code),
    once(
        "INNOVATION-02",
        Text(zh="同一企业同一年度只能有一行。", en="An enterprise and year stand in one row only."),
        INNOVATION.credit_code,
        INNOVATION.year,
    ),
    rule(
        "INNOVATION-03",
        Text(zh="年度应为四位数字，如2025。", en="A year is four digits, such as 2025."),
        Text(zh="改填四位年度", en="Enter four digits"),
        INNOVATION.year.at_least(FIRST_YEAR) & INNOVATION.year.at_most(LAST_YEAR),
    ),
    by_data_date("INNOVATION-04", INNOVATION.filed_on),
    rule(
        "INNOVATION-05",
        Text(
            zh="研发费用和营业收入不得为负数。", en="Expense on R&D and revenue are not negative."
        ),
        MEND_AMOUNT,
        INNOVATION.rd_expense.at_least(0) & INNOVATION.revenue.at_least(0),
    ),
    rule(
        "INNOVATION-06",
        Text(
            zh="研发费用一般不大于营业收入。",
            en="Expense on R&D is normally no more than the revenue.",
        ),
        Text(
            zh="核对计量单位；初创企业属实的，说明原因",
            en="Check the unit; say so if it is true of a young firm",
        ),
        INNOVATION.rd_expense.at_most(INNOVATION.revenue),
        severity="warning",
    ),
    rule(
        "INNOVATION-07",
        Text(
            zh="研发人员不得多于从业人员。", en="There are no more people in R&D than on the staff."
        ),
        Text(zh="核对两项人数", en="Check both numbers"),
        INNOVATION.rd_staff.at_most(INNOVATION.staff),
        given=INNOVATION.rd_staff.is_known & INNOVATION.staff.is_known,
    ),
    firm_rule("INNOVATION-08", INNOVATION.credit_code),
)

DEPOSITS: tuple[AnyCheck, ...] = (
    once(
        "DEPOSIT_RATE-01",
        Text(
            zh="同一机构同一期限只能有一行。", en="An institution and term stand in one row only."
        ),
        DEPOSIT_RATE.reporter,
        DEPOSIT_RATE.term,
    ),
    reporter_rule("DEPOSIT_RATE-02", DEPOSIT_RATE.reporter),
    by_data_date("DEPOSIT_RATE-03", DEPOSIT_RATE.listed_from),
    rule(
        "DEPOSIT_RATE-04",
        Text(
            zh="利率和当月新发生存款不得为负数。",
            en="Rates and new deposits are not negative.",
        ),
        Text(
            zh="核对利率（百分数）和金额（元）",
            en="Check the rates (percent) and the amount (yuan)",
        ),
        DEPOSIT_RATE.listed_rate.at_least(0)
        & DEPOSIT_RATE.new_deposits.at_least(0)
        & (DEPOSIT_RATE.paid_rate.is_empty | DEPOSIT_RATE.paid_rate.at_least(0)),
    ),
    rule(
        "DEPOSIT_RATE-05",
        Text(
            zh="当月有新发生存款的必须填实际执行利率，没有的必须为空。",
            en="A month with new deposits has a rate paid, a month without has none.",
        ),
        Text(zh="补填或清空实际执行利率", en="Fill in the rate paid, or clear it"),
        DEPOSIT_RATE.new_deposits.above(0).same_as(DEPOSIT_RATE.paid_rate.is_known),
    ),
)

RULES: tuple[AnyCheck, ...] = (*GUARANTEES, *INNOVATIONS, *DEPOSITS)
"""Every rule of guarantees, innovation and deposit rates."""
