"""What must hold of the bonds enterprises issue, the bonds banks hold of them, and the equity they raise."""

from __future__ import annotations

from dripline.definitions import AnyCheck
from dripline.nodes import HasRow, Lookup
from dripline.standards.departments import BOND_HOLDING, BOND_ISSUE, EQUITY_FINANCING
from dripline.standards.registers import ENTERPRISE
from dripline.standards.rules_departments import (
    MEND_AMOUNT,
    above_nothing,
    by_data_date,
    code_rule,
    days_in_order,
    firm_rule,
    in_yuan,
    reporter_rule,
)
from dripline.standards.rules_registers import once, rule
from dripline.words import Text

OFFERED = ("ipo", "follow_on", "quoted")
"""Rounds that happen on a board."""

BONDS: tuple[AnyCheck, ...] = (
    code_rule("BOND_ISSUE-01", BOND_ISSUE.credit_code),
    once(
        "BOND_ISSUE-02",
        Text(zh="同一债券只能有一行。", en="A bond stands in one row only."),
        BOND_ISSUE.bond_code,
    ),
    days_in_order(
        "BOND_ISSUE-03",
        Text(zh="发行日期不得晚于到期日期。", en="A bond is issued before it falls due."),
        BOND_ISSUE.issued_on,
        BOND_ISSUE.matures_on,
    ),
    by_data_date("BOND_ISSUE-04", BOND_ISSUE.issued_on),
    above_nothing("BOND_ISSUE-05", BOND_ISSUE.amount, BOND_ISSUE.amount_cny),
    in_yuan("BOND_ISSUE-06", BOND_ISSUE.currency, BOND_ISSUE.amount, BOND_ISSUE.amount_cny),
    firm_rule("BOND_ISSUE-07", BOND_ISSUE.credit_code),
    rule(
        "BOND_ISSUE-08",
        Text(zh="期限应大于0个月。", en="The term is longer than no month."),
        Text(
            zh="按发行公告填写期限，单位为月", en="Enter the term in months by the notice of issue"
        ),
        BOND_ISSUE.term_months.above(0),
    ),
    rule(
        "BOND_ISSUE-09",
        Text(
            zh="企业债只在企业债券，非金融企业债务融资工具只在银行间市场，公司债和可转债只在交易所市场。",
            en="Enterprise bonds, instruments of the interbank market, and company and convertible bonds stand each under "
            "their own market.",
        ),
        Text(zh="核对债券品种和发行市场", en="Check the kind of bond and the market"),
        (BOND_ISSUE.bond_type.is_("CB01") & BOND_ISSUE.market.is_("enterprise"))
        | (
            BOND_ISSUE.bond_type.is_in("MTN", "CP", "SCP", "SMECN1", "SMECN2", "PPN", "ABN", "PRN")
            & BOND_ISSUE.market.is_("interbank")
        )
        | (
            BOND_ISSUE.bond_type.is_in("CB02", "CB03", "CB04", "CB05")
            & BOND_ISSUE.market.is_("exchange")
        )
        | (BOND_ISSUE.bond_type.is_("PRB") & BOND_ISSUE.market.is_in("enterprise", "exchange")),
        given=BOND_ISSUE.market.is_not("overseas")
        & BOND_ISSUE.bond_type.matches("CB0[1-5]|S?CP|MTN|SMECN[12]|PPN|ABN|PR[BN]"),
        severity="warning",
    ),
    days_in_order(
        "BOND_ISSUE-10",
        Text(
            zh="全部兑付日期不得早于发行日期。",
            en="A bond is not redeemed before it is issued.",
        ),
        BOND_ISSUE.issued_on,
        BOND_ISSUE.redeemed_on,
        BOND_ISSUE.redeemed_on.is_known,
    ),
    rule(
        "BOND_ISSUE-11",
        Text(
            zh="期末余额不得为负，已全部兑付的应为0，未兑付的应大于0。",
            en="What is outstanding is not negative: 0 once it is redeemed, above 0 before.",
        ),
        MEND_AMOUNT,
        (BOND_ISSUE.redeemed_on.is_known & BOND_ISSUE.outstanding_cny.is_(0))
        | (BOND_ISSUE.redeemed_on.is_empty & BOND_ISSUE.outstanding_cny.above(0)),
        given=BOND_ISSUE.outstanding_cny.is_known,
    ),
    rule(
        "BOND_ISSUE-12",
        Text(zh="票面利率不得为负数。", en="A coupon is not negative."),
        Text(zh="按发行公告填写，单位为百分数", en="Enter it by the notice of issue, in percent"),
        BOND_ISSUE.coupon_rate.at_least(0),
        given=BOND_ISSUE.coupon_rate.is_known,
    ),
)

SAME_BOND = ((BOND_HOLDING.bond_code, BOND_ISSUE.bond_code),)
HOLDINGS: tuple[AnyCheck, ...] = (
    code_rule("BOND_HOLDING-01", BOND_HOLDING.credit_code),
    once(
        "BOND_HOLDING-02",
        Text(
            zh="同一机构同一债券只能有一行。", en="An institution and bond stand in one row only."
        ),
        BOND_HOLDING.reporter,
        BOND_HOLDING.bond_code,
    ),
    above_nothing("BOND_HOLDING-03", BOND_HOLDING.face_value_cny, BOND_HOLDING.balance_cny),
    reporter_rule("BOND_HOLDING-04", BOND_HOLDING.reporter),
    rule(
        "BOND_HOLDING-05",
        Text(
            zh="本省企业的债券应在企业债券发行登记中。",
            en="A bond of a firm of the register stands in the register of bonds.",
        ),
        Text(zh="补登该债券，或改正债券代码", en="Register the bond, or mend its code"),
        HasRow(on=SAME_BOND),
        given=HasRow(on=((BOND_HOLDING.credit_code, ENTERPRISE.credit_code),)),
        severity="warning",
    ),
    rule(
        "BOND_HOLDING-06",
        Text(
            zh="发行人应与企业债券发行登记一致。",
            en="The issuer agrees with the register of bonds.",
        ),
        Text(zh="核对债券代码和发行人代码", en="Check the bond and its issuer"),
        BOND_HOLDING.credit_code.is_(Lookup(BOND_ISSUE.credit_code, on=SAME_BOND)),
        given=HasRow(on=SAME_BOND),
    ),
)

EQUITY: tuple[AnyCheck, ...] = (
    code_rule("EQUITY_FINANCING-01", EQUITY_FINANCING.credit_code),
    once(
        "EQUITY_FINANCING-02",
        Text(zh="同一登记编号只能有一行。", en="A record stands in one row only."),
        EQUITY_FINANCING.record_no,
    ),
    by_data_date("EQUITY_FINANCING-03", EQUITY_FINANCING.completed_on),
    rule(
        "EQUITY_FINANCING-04",
        Text(
            zh="融资金额应大于0，仅挂牌的可为0，均不得为负数。",
            en="The amount raised is above 0; it may be 0 where shares were only quoted, and is never negative.",
        ),
        MEND_AMOUNT,
        EQUITY_FINANCING.amount_cny.above(0)
        | (EQUITY_FINANCING.round.is_("quoted") & EQUITY_FINANCING.amount_cny.at_least(0)),
    ),
    in_yuan(
        "EQUITY_FINANCING-05",
        EQUITY_FINANCING.currency,
        EQUITY_FINANCING.amount,
        EQUITY_FINANCING.amount_cny,
    ),
    firm_rule("EQUITY_FINANCING-06", EQUITY_FINANCING.credit_code),
    rule(
        "EQUITY_FINANCING-07",
        Text(
            zh="首发、再融资、挂牌必须填板块，其他轮次必须为空。",
            en="A listing, later issue or quotation names its board; other rounds have none.",
        ),
        Text(zh="补填板块，或改正融资轮次", en="Fill in the board, or mend the round"),
        EQUITY_FINANCING.round.is_in(*OFFERED).same_as(EQUITY_FINANCING.board.is_known),
    ),
    once(
        "EQUITY_FINANCING-08",
        Text(
            zh="同一企业同一板块只能首发一次。",
            en="An enterprise is listed on a board once only.",
        ),
        EQUITY_FINANCING.credit_code,
        EQUITY_FINANCING.board,
        given=EQUITY_FINANCING.round.is_("ipo"),
    ),
)

RULES: tuple[AnyCheck, ...] = (*BONDS, *HOLDINGS, *EQUITY)
"""Every rule of bonds and equity of enterprises."""
