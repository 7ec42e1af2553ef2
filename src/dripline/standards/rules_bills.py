"""What must hold of discounted bills: rows of CLPJRZ and PJRZFS (PJ), their account (XP-08), their total (XT-20)."""

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import (
    Condition,
    Constant,
    Parameter,
    Part,
    PartCount,
    PeriodDay,
    Value,
    WholeNumber,
)
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.registers import LOAN_TOTALS
from dripline.standards.rules_portfolios import city_of_lender
from dripline.standards.sources import OWN, PRACTICE, STANDARD, row_rule, unique_rule
from dripline.standards.totals import if_complete, named, rows_of, totals_rule
from dripline.words import Text

Bills = type[CLPJRZ] | type[PJRZFS]

DIRECT, OUTRIGHT = "01", "02"
"""Modes of discount: bought from the holder, bought from another bank."""
DIRECT_BUY, OUTRIGHT_BUY, OUTRIGHT_SALE = "A01", "A02", "B02"
BOUGHT = PJRZFS.trade_type.slice(1, 1).is_("A")
SOLD = PJRZFS.trade_type.slice(1, 1).is_("B")
"""Sold, collected, securitised or written off: the bill is held no more."""


# --- rows --------------------------------------------------------------------------------------------


def in_order(bills: Bills) -> Condition:
    """A bill is issued, then traded, then due; one that is collected or written off is so on its due day or later."""
    begun = bills.issue_date.not_after(bills.trade_date)
    in_time = bills.trade_date.not_after(bills.bill_due_date)
    if bills is PJRZFS:
        in_time = in_time | PJRZFS.trade_type.is_in("B01", "B04", "B09")
    return begun & in_time & bills.issue_date.not_after(bills.bill_due_date)


def day_and_amount_rules(bills: Bills) -> tuple[AnyCheck, ...]:
    """PJ-01: days in order, a face amount, amounts in yuan filled."""
    return (
        row_rule(
            f"PJ-01/{bills.code}/days",
            "error",
            STANDARD,
            Text(
                zh="出票日期不晚于交易日期，交易日期不晚于票据到期日期（到期收回、核销等除外）。",
                en="A bill is issued no later than it is traded, and traded no later than it is due (collected "
                "and written off bills excepted).",
            ),
            Text(
                zh="按票面和交易记录改正日期；交易日期填本机构贴现或转贴现的日期。",
                en="Mend the days by the bill and the record; the date of the transaction is that at the reporter.",
            ),
            holds=in_order(bills),
        ),
        row_rule(
            f"PJ-01/{bills.code}/face",
            "error",
            STANDARD,
            Text(zh="票面金额应大于0。", en="The face amount is above 0."),
            Text(
                zh="填票面金额；拆分的票据填该子票区间的金额。",
                en="Enter the face amount; of a split bill that of the range of sub-bills.",
            ),
            holds=bills.face_amount.above(0),
        ),
        row_rule(
            f"PJ-01/{bills.code}/filled",
            "error",
            STANDARD,
            Text(
                zh="票面金额折人民币、贴现金额折人民币不得为空。",
                en="Face amount and discount in yuan are filled.",
            ),
            Text(
                zh="外币按规定汇率折算后填写；人民币填与原币相同的数。",
                en="Convert foreign currency at the rate laid down; for yuan repeat the amount.",
            ),
            holds=bills.face_amount_cny.is_known & bills.discount_amount_cny.is_known,
        ),
    )


def yuan_rules(bills: Bills) -> tuple[AnyCheck, ...]:
    """PJ-01: an amount in yuan is itself, converted or not."""
    amounts = (
        ("face", bills.bill_currency, bills.face_amount, bills.face_amount_cny),
        ("discount", bills.discount_currency, bills.discount_amount, bills.discount_amount_cny),
    )
    return tuple(
        row_rule(
            f"PJ-01/{bills.code}/{name}_yuan",
            "error",
            OWN,
            Text(
                zh=f"以人民币计的{bills.columns[amount.name].label.zh}与折人民币金额应相等。",
                en=f"In yuan, the {bills.columns[amount.name].label.en.lower()} equals its amount in yuan.",
            ),
            Text(
                zh="核对币种和两项金额，单位均为元。",
                en="Check the currency and both amounts; the unit is the yuan.",
            ),
            given=currency.is_("CNY"),
            holds=amount.is_(in_yuan),
        )
        for name, currency, amount, in_yuan in amounts
    )


def number_rule(bills: Bills) -> AnyCheck:
    """PJ-02: the number of a bill that may be split."""
    number = bills.bill_no
    first, last = (WholeNumber(Part(number, place)) for place in (2, 3))
    # Parts that are no numbers make it a wrong number, not an unknown one.
    shaped = Part(number, 1).is_known & first.is_known & last.is_known
    in_a_package = PartCount(number).is_(3) & shaped & first.at_most(last)
    return row_rule(
        f"PJ-02/{bills.code}",
        "error",
        STANDARD,
        Text(
            zh="可拆分票据的编号为“票据包号,起始子票号,截止子票号”，起始号不大于截止号。",
            en="A bill that may be split is numbered “package,first,last”, the first no larger than the last.",
        ),
        Text(
            zh="按票据系统的子票区间改正编号，用半角逗号分隔，子票号只含数字；不可拆分的只填票据号码。",
            en="Mend the number by the range of the bill system, with half-width commas and digits only; a bill "
            "that cannot be split has its number alone.",
        ),
        holds=PartCount(number).is_(1) | in_a_package,
    )


def discount_rule(bills: Bills) -> AnyCheck:
    """PJ-05: a discount is no larger than the bill."""
    return row_rule(
        f"PJ-05/{bills.code}",
        "warning",
        OWN,
        Text(
            zh="贴现金额一般不大于票面金额（折人民币）。",
            en="The discount is normally no larger than the face amount, both in yuan.",
        ),
        Text(
            zh="核对两项金额；贴现利率为负或含其他款项的，说明原因。",
            en="Check both amounts; explain a negative rate or what else the amount holds.",
        ),
        holds=bills.discount_amount_cny.at_most(bills.face_amount_cny),
    )


MODE, TRADE = PJRZFS.discount_mode, PJRZFS.trade_type
MEND_MODE = Text(
    zh="直贴填01和A01；买断式转贴现买入填02和A02，卖出填02和B02；按成交单改正。",
    en="A direct discount is 01 with A01; bought outright 02 with A02, sold outright 02 with B02; mend by the deal.",
)
FLOW_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "PJ-03",
        "error",
        PRACTICE,
        Text(
            zh="交易日期应在报告月内。", en="The transaction took place within the reporting month."
        ),
        Text(
            zh="按交易记录改正日期；不是本月的，移至所属月份。",
            en="Mend the date by the record; move what was not of this month to its own.",
        ),
        holds=PJRZFS.trade_date.not_before(PeriodDay("first"))
        & PJRZFS.trade_date.not_after(PeriodDay()),
    ),
    row_rule(
        "PJ-04/direct",
        "error",
        OWN,
        Text(
            zh="买入的票据中，贴现方式为直贴（01）的交易类型为直贴买入（A01），反之亦然。",
            en="Of bills bought, mode 01 (direct) goes with A01, and A01 with mode 01.",
        ),
        MEND_MODE,
        given=BOUGHT,
        holds=MODE.is_(DIRECT).same_as(TRADE.is_(DIRECT_BUY)),
    ),
    row_rule(
        "PJ-04/outright",
        "error",
        OWN,
        Text(
            zh="买入或转贴现卖出的票据中，买断式转贴现（02）的交易类型为A02或B02，反之亦然。",
            en="Of bills bought, or sold to a bank, mode 02 (outright) goes with A02 or B02, and these with mode 02.",
        ),
        MEND_MODE,
        # A bill that is collected or written off keeps the mode it was bought in.
        given=BOUGHT | TRADE.is_(OUTRIGHT_SALE),
        holds=MODE.is_(OUTRIGHT).same_as(TRADE.is_in(OUTRIGHT_BUY, OUTRIGHT_SALE)),
    ),
)
ONCE_RULES: tuple[AnyCheck, ...] = tuple(
    unique_rule(
        f"PJ-06/{table.code}",
        "error",
        OWN,
        Text(
            zh=f"同一机构同一期内，{words.zh}不得重复。",
            en=f"No {words.en} stands twice in an institution and period.",
        ),
        Text(
            zh="删除重复行；同一票据包的不同子票区间分别填报，区间不得重叠。",
            en="Delete the second row; ranges of one package stand in rows of their own and do not overlap.",
        ),
        by=(table.field(name),),
    )
    for table, name, words in (
        (CLPJRZ, "bill_no", Text(zh="存量票据的票据编号", en="bill number of the stock")),
        (PJRZFS, "serial_no", Text(zh="票据交易流水号", en="transaction number of bills")),
    )
)

# --- the account, and the line of the credit statistics ---------------------------------------------------


def package(bills: Bills) -> tuple[Value, ...]:
    """What is left of a package after a part was sold has another range, and belongs to the same package."""
    return Part(bills.bill_no, 1), bills.bill_currency


def account_gaps() -> tuple[Total, ...]:
    """Rows whose face amount, or way, is not known: the account of their package stays open."""
    no_face = CLPJRZ.face_amount.is_empty
    no_way = PJRZFS.face_amount.is_empty | PJRZFS.trade_type.is_empty
    held, number = package(CLPJRZ), CLPJRZ.bill_no
    return (
        rows_of("bills_incomplete", number, no_face, by=held),
        rows_of("bills_incomplete_before", number, no_face, by=held, period="previous"),
        rows_of("flows_incomplete", PJRZFS.bill_no, no_way, by=package(PJRZFS)),
    )


def account_rule() -> AnyCheck:
    """XP-08: bills before, plus bought, less sold and collected, are the bills now; by face amount, which never changes."""
    now = Total("face", Sum(CLPJRZ.face_amount), package(CLPJRZ))
    before = Total("face_before", Sum(CLPJRZ.face_amount), package(CLPJRZ), "previous")
    bought = Total("bought", Sum(PJRZFS.face_amount, BOUGHT), package(PJRZFS))
    sold = Total("sold", Sum(PJRZFS.face_amount, SOLD), package(PJRZFS))
    gaps = account_gaps()
    complete = (named(gaps[0]) + named(gaps[1]) + named(gaps[2])).is_(0)
    off = named(now) - named(before) - named(bought) + named(sold)
    return totals_rule(
        "XP-08",
        "error",
        OWN,
        Text(
            zh="每张票据（可拆分的按票据包）的本期票面金额=上期+本期买入-本期卖出和收回（原币）。",
            en="Of each bill (or package, if it may be split), the face amount held is that of the month before plus what was "
            "bought less what was sold or collected, in original currency.",
        ),
        Text(
            zh="在PJRZFS补报漏报的买入、卖出或收回，或改正存量；票据编号各期不变。",
            en="Report the purchase, sale or collection that is missing in PJRZFS, or mend the stock; a bill keeps its number.",
        ),
        keys=(
            Text(zh="票据号码或票据包号", en="Bill or package"),
            CLPJRZ.columns["bill_currency"].label,
        ),
        totals=(now, before, bought, sold, *gaps),
        holds=if_complete(complete, off.is_(0)),
    )


def total_rule() -> AnyCheck:
    """XT-20: the bills of a city add up to the line of bill finance in the credit statistics."""
    here, by_line = (city_of_lender(CLPJRZ),), (LOAN_TOTALS.lender_city,)
    in_scope = LOAN_TOTALS.currency_scope.is_("all")
    bills = Total("bills", Sum(CLPJRZ.discount_amount_cny), here)
    line = Total("bill_finance", Sum(LOAN_TOTALS.bill_finance, in_scope), by_line)
    gaps = rows_of(
        "bills_without_amount", CLPJRZ.bill_no, CLPJRZ.discount_amount_cny.is_empty, by=here
    )
    unfilled = rows_of(
        "lines_unfilled",
        LOAN_TOTALS.lender_city,
        in_scope & LOAN_TOTALS.bill_finance.is_empty,
        by=by_line,
    )
    off = (named(bills) - named(line)) * 1000
    tolerated = named(line) * Parameter("check.totals_tolerance_permille", scale=3)
    near = off.at_most(tolerated) & off.at_least(Constant(0) - tolerated)
    return totals_rule(
        "XT-20/bills",
        "error",
        OWN,
        Text(
            zh="各城市的贴现金额合计（本外币）应与信贷收支统计的票据融资一致，差额的千分比不超过check.totals_tolerance_permille。",
            en="The discounts of each city, all currencies, add up to the bill finance of the credit statistics; the difference "
            "stays within check.totals_tolerance_permille.",
        ),
        Text(
            zh="核对漏报、重报的票据和折算汇率；差额属实的，说明构成。",
            en="Look for bills left out or doubled and at the exchange rates; say what a true difference is made of.",
        ),
        keys=(LOAN_TOTALS.columns["lender_city"].label,),
        totals=(bills, line, gaps, unfilled),
        holds=if_complete((named(gaps) + named(unfilled)).is_(0), near),
    )


def row_rules(bills: Bills) -> tuple[AnyCheck, ...]:
    """What the stock and the flow share."""
    return (
        *day_and_amount_rules(bills),
        *yuan_rules(bills),
        number_rule(bills),
        discount_rule(bills),
    )


RULES: tuple[AnyCheck, ...] = (
    *row_rules(CLPJRZ),
    *row_rules(PJRZFS),
    *FLOW_RULES,
    *ONCE_RULES,
    account_rule(),
    total_rule(),
)
