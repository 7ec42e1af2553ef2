"""What must hold of rediscounts with the central bank: rows of CLZTX and ZTXFS (ZT), the bills behind them (XT-15)."""

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import HasRow, Parameter, Part, PeriodDay, Value
from dripline.standards.amounts import month_rule, positive_rule, yuan_rule
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.rediscounts import CLZTX, ZTXFS
from dripline.standards.sources import OWN, STANDARD, row_rule, unique_rule
from dripline.standards.totals import if_complete, named, rows_of, totals_rule
from dripline.words import Text

Rediscounts = type[CLZTX] | type[ZTXFS]

MADE, SETTLED = ZTXFS.direction.is_("1"), ZTXFS.direction.is_("0")

# --- rows --------------------------------------------------------------------------------------------


def day_rules(bills: Rediscounts) -> tuple[AnyCheck, ...]:
    """ZT-01: issued, discounted, rediscounted, bought back."""
    return (
        row_rule(
            f"ZT-01/{bills.code}/days",
            "error",
            STANDARD,
            Text(
                zh="出票日期不晚于贴现日期，贴现日期不晚于再贴现交易日期。",
                en="A bill is issued no later than it is discounted, and discounted no later than it is rediscounted.",
            ),
            Text(
                zh="按票面和贴现、再贴现凭证改正填错的日期。",
                en="Mend the wrong day by the bill and the papers of discount and rediscount.",
            ),
            holds=bills.issue_date.not_after(bills.discount_date)
            & bills.discount_date.not_after(bills.trade_date),
        ),
        row_rule(
            f"ZT-01/{bills.code}/repurchase",
            "error",
            STANDARD,
            Text(
                zh="回购到期日期不早于再贴现交易日期。",
                en="A repurchase falls due no earlier than the rediscount.",
            ),
            Text(
                zh="按再贴现合同改正；买断的留空。",
                en="Mend it by the contract; leave it empty where the bill was sold for good.",
            ),
            given=bills.repo_due_date.is_known,
            holds=bills.repo_due_date.not_before(bills.trade_date),
        ),
    )


def amount_rules(bills: Rediscounts) -> tuple[AnyCheck, ...]:
    """ZT-02: amounts above nothing, and in yuan themselves."""
    code, face, lent = bills.code, "face_amount", "rediscount_amount"
    return (
        positive_rule(f"ZT-02/{code}/face", bills.field(face), bills.field(f"{face}_cny")),
        positive_rule(f"ZT-02/{code}/amount", bills.field(lent), bills.field(f"{lent}_cny")),
        yuan_rule(
            f"ZT-02/{code}/face_yuan",
            bills.field("bill_currency"),
            bills.field(face),
            bills.field(f"{face}_cny"),
        ),
        yuan_rule(
            f"ZT-02/{code}/amount_yuan",
            bills.field("rediscount_currency"),
            bills.field(lent),
            bills.field(f"{lent}_cny"),
        ),
        row_rule(
            f"ZT-02/{code}/part",
            "warning",
            OWN,
            Text(
                zh="再贴现金额一般不大于票面金额（折人民币）。",
                en="A rediscount is normally no larger than the bill, both in yuan.",
            ),
            Text(
                zh="核对两项金额；结清含利息的，只填本金。",
                en="Check both amounts; of what was settled with interest give the principal alone.",
            ),
            holds=bills.field(f"{lent}_cny").at_most(bills.field(f"{face}_cny")),
        ),
    )


def rate_rule(bills: Rediscounts) -> AnyCheck:
    """ZT-05: the central bank has one rate on a day."""
    rate = bills.rediscount_rate
    return row_rule(
        f"ZT-05/{bills.code}",
        "warning",
        OWN,
        Text(
            zh="再贴现利率一般为交易日执行的rediscount.rate。",
            en="The rate is normally the rediscount.rate in force on the day of the transaction.",
        ),
        Text(
            zh="按再贴现凭证核对利率和日期；利率以百分数填写（1.75%填1.75000）。",
            en="Compare rate and day with the papers; a rate is in percent (1.75000 for 1.75 %).",
        ),
        # A settlement may bear its own day, and keeps the rate of the day it was made.
        given=None if bills is CLZTX else MADE,
        holds=rate.is_(Parameter("rediscount.rate", scale=2, on=bills.trade_date)),
    )


ROWS_RULES: tuple[AnyCheck, ...] = (
    *(rule for bills in (CLZTX, ZTXFS) for rule in (*day_rules(bills), *amount_rules(bills))),
    *(
        unique_rule(
            f"ZT-03/{table.code}",
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
            (CLZTX, "bill_no", Text(zh="存量再贴现的票据编号", en="bill number of the stock")),
            (
                ZTXFS,
                "serial_no",
                Text(zh="再贴现交易流水号", en="transaction number of rediscounts"),
            ),
        )
    ),
    row_rule(
        "ZT-04/CLZTX",
        "error",
        OWN,
        Text(
            zh="再贴现交易日期不晚于数据日期。",
            en="A rediscount outstanding was made no later than the data date.",
        ),
        Text(
            zh="按再贴现凭证改正日期；下月办理的不在本期填报。",
            en="Mend the day by the papers; what is made next month is not reported now.",
        ),
        holds=CLZTX.trade_date.not_after(PeriodDay()),
    ),
    # The standard does not say which day a settlement bears: its own, or that of the rediscount.
    month_rule("ZT-04/ZTXFS", ZTXFS.trade_date, given=MADE),
    rate_rule(CLZTX),
    rate_rule(ZTXFS),
)

# --- the account, and the bills behind it ----------------------------------------------------------------


def package(bills: Rediscounts) -> tuple[Value, ...]:
    """A part of a package belongs to the package, whatever range of sub-bills is left of it."""
    return Part(bills.bill_no, 1), bills.bill_currency


def account_rule() -> AnyCheck:
    """ZT-06: rediscounted before, plus made, less settled, is rediscounted now; by face amount, which never changes."""
    now = Total("face", Sum(CLZTX.face_amount), package(CLZTX))
    before = Total("face_before", Sum(CLZTX.face_amount), package(CLZTX), "previous")
    made = Total("made", Sum(ZTXFS.face_amount, MADE), package(ZTXFS))
    settled = Total("settled", Sum(ZTXFS.face_amount, SETTLED), package(ZTXFS))
    no_face, number = CLZTX.face_amount.is_empty, CLZTX.bill_no
    no_way = ZTXFS.face_amount.is_empty | ZTXFS.direction.is_empty
    gaps = (
        rows_of("stock_incomplete", number, no_face, by=package(CLZTX)),
        rows_of("before_incomplete", number, no_face, by=package(CLZTX), period="previous"),
        rows_of("flows_incomplete", ZTXFS.bill_no, no_way, by=package(ZTXFS)),
    )
    complete = (named(gaps[0]) + named(gaps[1]) + named(gaps[2])).is_(0)
    off = named(now) - named(before) - named(made) + named(settled)
    return totals_rule(
        "ZT-06",
        "error",
        OWN,
        Text(
            zh="每张再贴现票据（可拆分的按票据包）的本期票面金额=上期+本期发放-本期结清（原币）。",
            en="Of each bill (or package, if it may be split), the face amount rediscounted is that of the month before plus "
            "what was made less what was settled, in original currency.",
        ),
        Text(
            zh="在ZTXFS补报漏报的发放或结清，或改正存量；票据编号各期不变。",
            en="Report what was made or settled and is missing in ZTXFS, or mend the stock; a bill keeps its number.",
        ),
        keys=(
            Text(zh="票据号码或票据包号", en="Bill or package"),
            CLZTX.columns["bill_currency"].label,
        ),
        totals=(now, before, made, settled, *gaps),
        holds=if_complete(complete, off.is_(0)),
    )


def same_package(mine: Rediscounts, theirs: type[CLPJRZ] | type[PJRZFS] | type[CLZTX]) -> HasRow:
    """The bill, or the package it is a part of, stands in another table of this month."""
    return HasRow(((Part(mine.bill_no, 1), Part(theirs.bill_no, 1)),))


def same_package_before(theirs: type[CLPJRZ] | type[CLZTX]) -> HasRow:
    """The bill or package of a stock of rediscounts stood in another table last month."""
    return HasRow(((Part(CLZTX.bill_no, 1), Part(theirs.bill_no, 1)),), period="previous")


FIND_THE_BILL = Text(
    zh="在票据融资表补报该票据，或改正票据编号；可拆分票据按同一票据包号对应。",
    en="Report the bill among the discounted bills, or mend its number; parts of a package go by the package.",
)
BEHIND_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "XT-15/CLZTX",
        "warning",
        OWN,
        Text(
            zh="再贴现的票据应在本期或以前的票据融资存量、发生额中（上期已在再贴现存量中的即已核对）。",
            en="A bill that is rediscounted is known from the discounted bills of this or an earlier month (one that was in the "
            "stock of rediscounts last month was looked for then).",
        ),
        FIND_THE_BILL,
        holds=same_package(CLZTX, CLPJRZ)
        | same_package(CLZTX, PJRZFS)
        | same_package_before(CLPJRZ)
        | same_package_before(CLZTX),
    ),
    row_rule(
        "XT-15/ZTXFS",
        "warning",
        OWN,
        Text(
            zh="本月办理再贴现的票据，应在本期票据融资存量或发生额中。",
            en="A bill rediscounted this month is held at its end, or went out within it.",
        ),
        FIND_THE_BILL,
        given=MADE,
        holds=same_package(ZTXFS, CLPJRZ) | same_package(ZTXFS, PJRZFS),
    ),
)

RULES: tuple[AnyCheck, ...] = (*ROWS_RULES, account_rule(), *BEHIND_RULES)
"""Every rule of rediscounts that is not about codes and identifiers."""
