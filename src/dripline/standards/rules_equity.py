"""What must hold of equity that institutions hold: rows of CLGQTZ and GQTZFS, certificates that come and go (EQ)."""

from dripline.definitions import AnyCheck
from dripline.nodes import HasRow, Length, Lookup, ValidId
from dripline.standards.amounts import month_rule, positive_rule, yuan_rule
from dripline.standards.equity import CLGQTZ, GQTZFS
from dripline.standards.sources import OWN, row_rule, unique_rule
from dripline.standards.totals import known, named, rows_of, totals_rule
from dripline.words import Text

Equity = type[CLGQTZ] | type[GQTZFS]

SAME_CERTIFICATE = ((CLGQTZ.certificate_no, CLGQTZ.certificate_no),)
WAS_THERE = HasRow(SAME_CERTIFICATE, period="previous")


def number_rule(equity: Equity) -> AnyCheck:
    """ID-02: the number of an investee, judged by its length as no type is given."""
    number = equity.investee_id_no
    firm, foreign = Length(number).is_(18), Length(number).is_(20)
    return row_rule(
        f"ID-02/{equity.code}",
        "error",
        OWN,
        Text(
            zh="机构证件代码为18位的应为校验正确的统一社会信用代码，20位的应为校验正确的LEI。",
            en="An investee's number of 18 characters is a credit code, one of 20 an LEI, each with a right check character.",
        ),
        Text(
            zh="按营业执照或LEI证书逐位核对；单元格设为文本格式。",
            en="Compare it with the licence or the LEI certificate; set the cell to text.",
        ),
        given=firm | foreign,
        holds=(firm & ValidId(number, "uscc")) | (foreign & ValidId(number, "lei")),
    )


STOCK_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "EQ-01/CLGQTZ/positive",
        "error",
        OWN,
        Text(
            zh="投资余额和折人民币余额不得为负数。",
            en="The balance and the balance in yuan are not negative.",
        ),
        Text(
            zh="填账面余额；全额计提减值的填0。",
            en="Enter the book balance; 0 where it is written down in full.",
        ),
        holds=CLGQTZ.balance.at_least(0) & CLGQTZ.balance_cny.at_least(0),
    ),
    yuan_rule("EQ-01/CLGQTZ/yuan", CLGQTZ.currency, CLGQTZ.balance, CLGQTZ.balance_cny),
    unique_rule(
        "EQ-02",
        "error",
        OWN,
        Text(zh="同一凭证编码只能有一行。", en="A certificate stands in one row only."),
        Text(
            zh="删除重复行；不同投资用不同凭证编码。",
            en="Delete the second row; each holding has a number of its own.",
        ),
        by=(CLGQTZ.certificate_no,),
    ),
)
FLOW_RULES: tuple[AnyCheck, ...] = (
    positive_rule("EQ-01/GQTZFS/positive", GQTZFS.amount, GQTZFS.amount_cny),
    yuan_rule("EQ-01/GQTZFS/yuan", GQTZFS.currency, GQTZFS.amount, GQTZFS.amount_cny),
    month_rule("EQ-03", GQTZFS.trade_date),
)

# --- certificates come and go ------------------------------------------------------------------------------

_KEY = (CLGQTZ.certificate_no,)
_NOW = rows_of("rows", CLGQTZ.certificate_no, by=_KEY)
_BEFORE = rows_of("rows_before", CLGQTZ.certificate_no, by=_KEY, period="previous")
_SOLD = rows_of(
    "sales", GQTZFS.certificate_no, GQTZFS.direction.is_("0"), by=(GQTZFS.certificate_no,)
)
_UNCLEAR = rows_of(
    "direction_unknown",
    GQTZFS.certificate_no,
    GQTZFS.direction.is_empty,
    by=(GQTZFS.certificate_no,),
)
# The balance itself may change with the value of the shares, so it has no account to the fen.
CHANGE_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "EQ-04/new",
        "error",
        OWN,
        Text(
            zh="本期新出现的股权凭证，本期应有买入（方向1）。",
            en="A certificate that is new was bought (direction 1) this month.",
        ),
        Text(
            zh="在GQTZFS补报买入（含以物抵债、债转股取得）；凭证编码各期不变。",
            en="Report in GQTZFS how it was acquired (in settlement of a loan too); a certificate keeps its number.",
        ),
        given=~WAS_THERE,
        holds=HasRow(
            ((CLGQTZ.certificate_no, GQTZFS.certificate_no),), where=GQTZFS.direction.is_("1")
        ),
    ),
    totals_rule(
        "EQ-04/gone",
        "error",
        OWN,
        Text(
            zh="上期有、本期没有的股权凭证，本期应有卖出（方向0）。",
            en="A certificate of the month before that is gone was sold (direction 0) this month.",
        ),
        Text(
            zh="在GQTZFS补报卖出或清算；仍持有的，在CLGQTZ补报。",
            en="Report in GQTZFS how it was sold or wound up; report it in CLGQTZ if it is still held.",
        ),
        keys=(CLGQTZ.columns["certificate_no"].label,),
        totals=(_NOW, _BEFORE, _SOLD, _UNCLEAR),
        given=named(_BEFORE).above(0) & named(_NOW).is_(0),
        holds=named(_SOLD).above(0) | known(_SOLD, _UNCLEAR).above(0),
    ),
)


def same_as_before_rule(name: str) -> AnyCheck:
    """EQ-05: what does not change while a certificate is held."""
    label = CLGQTZ.columns[name].label
    return row_rule(
        f"EQ-05/{name}",
        "warning",
        OWN,
        Text(
            zh=f"同一凭证的{label.zh}各期不变（上市、更名换码的说明原因）。",
            en=f"{label.en}: a certificate keeps it from month to month (say so after a listing or a new code).",
        ),
        Text(
            zh="与上期核对，改正填错的一期；被投资机构改变的，另立凭证。",
            en="Compare with last month and mend what is wrong; shares of another investee have a certificate of their own.",
        ),
        given=WAS_THERE,
        holds=CLGQTZ.field(name).is_(
            Lookup(CLGQTZ.field(name), SAME_CERTIFICATE, period="previous")
        ),
    )


RULES: tuple[AnyCheck, ...] = (
    number_rule(CLGQTZ),
    number_rule(GQTZFS),
    *STOCK_RULES,
    *FLOW_RULES,
    *CHANGE_RULES,
    *(same_as_before_rule(name) for name in ("equity_type", "investee_id_no", "currency")),
)
"""Every rule of equity held that is not about codes of lists and branches."""
