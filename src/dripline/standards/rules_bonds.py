"""What must hold of bonds that institutions have issued: rows of CLZQFX and ZQFXFS, and their account (BOND)."""

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import HasRow, Lookup, PeriodDay, Value
from dripline.standards.amounts import month_rule, positive_rule, yuan_rule
from dripline.standards.bonds import CLZQFX, ZQFXFS
from dripline.standards.sources import OWN, STANDARD, row_rule, unique_rule
from dripline.standards.totals import if_complete, named, rows_of, totals_rule
from dripline.words import Text

Bonds = type[CLZQFX] | type[ZQFXFS]

WITH_COUPON = ("03", "04", "05")
"""Interest with the principal, at a fixed or at a floating coupon."""
NEVER_A_BANKS = r"GB.*|CBN|CB01"
"""Bonds of governments, bills of the central bank, enterprise bonds."""
ISSUED, REDEEMED = ZQFXFS.direction.is_("1"), ZQFXFS.direction.is_("0")
SAME_BOND = (
    (ZQFXFS.bond_code, CLZQFX.bond_code),
    (ZQFXFS.reopening_no, CLZQFX.reopening_no),
)


def amounts_of(bonds: Bonds) -> tuple[str, str]:
    """The two amounts of a row: face value, and book balance or cash."""
    return "face_value", "balance" if bonds is CLZQFX else "amount"


def filled_rule(bonds: Bonds) -> AnyCheck:
    """BOND-01: amounts in yuan are filled."""
    face, value = amounts_of(bonds)
    labels = [bonds.columns[f"{name}_cny"].label for name in (face, value)]
    return row_rule(
        f"BOND-01/{bonds.code}/filled",
        "error",
        STANDARD,
        Text(
            zh=f"{labels[0].zh}、{labels[1].zh}不得为空。",
            en=f"{labels[0].en} and {labels[1].en.lower()} are filled.",
        ),
        Text(
            zh="外币按规定汇率折算后填写；人民币填与原币相同的数。",
            en="Convert foreign currency at the rate laid down; for yuan repeat the amount.",
        ),
        holds=bonds.field(f"{face}_cny").is_known & bonds.field(f"{value}_cny").is_known,
    )


def days_rule(bonds: Bonds) -> AnyCheck:
    """BOND-01: interest begins before the bond is redeemed."""
    return row_rule(
        f"BOND-01/{bonds.code}/days",
        "error",
        STANDARD,
        Text(
            zh="起息日不晚于兑付日期。",
            en="The first day of interest lies no later than the day of redemption.",
        ),
        Text(zh="按发行公告改正日期。", en="Mend the days by the notice of issue."),
        holds=bonds.value_date.not_after(bonds.maturity_date),
    )


def amount_rules(bonds: Bonds) -> tuple[AnyCheck, ...]:
    """BOND-02: amounts above nothing, and in yuan themselves."""
    return tuple(
        rule
        for name in amounts_of(bonds)
        for rule in (
            positive_rule(
                f"BOND-02/{bonds.code}/{name}", bonds.field(name), bonds.field(f"{name}_cny")
            ),
            yuan_rule(
                f"BOND-02/{bonds.code}/{name}_yuan",
                bonds.field("currency"),
                bonds.field(name),
                bonds.field(f"{name}_cny"),
            ),
        )
    )


def kind_rule(bonds: Bonds) -> AnyCheck:
    """BOND-07: bonds that are never an institution's own."""
    return row_rule(
        f"BOND-07/{bonds.code}",
        "warning",
        OWN,
        Text(
            zh="本表只填本机构发行的债券，一般不会是国债、地方政府债、央票或企业债。",
            en="This table holds bonds the institution issued itself, normally none of a government, the central bank or "
            "an enterprise.",
        ),
        Text(
            zh="持有的债券填债券投资表；品种填错的，改正债券品种。",
            en="Bonds that are held belong to the tables of bond investment; or mend the kind of bond.",
        ),
        holds=~bonds.bond_type.matches(NEVER_A_BANKS),
    )


STOCK_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "BOND-01/CLZQFX/coupon",
        "error",
        STANDARD,
        Text(
            zh="付息方式为利随本清或附息（03、04、05）的，票面利率必填。",
            en="Where interest is paid with the principal or by coupon (03, 04, 05), the coupon is filled.",
        ),
        Text(
            zh="按发行公告补填；浮动利率填当期利率。",
            en="Fill it by the notice of issue; of a floating rate give that of today.",
        ),
        given=CLZQFX.interest_payment.is_in(*WITH_COUPON),
        holds=CLZQFX.coupon_rate.is_known,
    ),
    unique_rule(
        "BOND-03",
        "error",
        OWN,
        Text(
            zh="同一债券、同一续发次数只能有一行。",
            en="A bond and re-opening stand in one row only.",
        ),
        Text(
            zh="合并重复行；续发的填续发次数区分。",
            en="Join the rows; tell re-openings apart by their number.",
        ),
        by=(CLZQFX.bond_code, CLZQFX.reopening_no),
    ),
    row_rule(
        "BOND-04/CLZQFX",
        "warning",
        OWN,
        Text(
            zh="存量债券已起息，且兑付日期在数据日期之后。",
            en="A bond outstanding has begun to bear interest and is redeemed after the data date.",
        ),
        Text(
            zh="已兑付的移出存量，在ZQFXFS报兑付；逾期未兑付或遇节假日顺延的，说明原因。",
            en="What is redeemed leaves the stock and stands in ZQFXFS; say so if it is late or put off by a holiday.",
        ),
        holds=CLZQFX.value_date.not_after(PeriodDay()) & CLZQFX.maturity_date.after(PeriodDay()),
    ),
)


def bond(bonds: Bonds) -> tuple[Value, ...]:
    """A bond and re-opening."""
    return bonds.bond_code, bonds.reopening_no


def account_rule() -> AnyCheck:
    """BOND-05: face value before, plus issued, less redeemed, is the face value now."""
    now = Total("face", Sum(CLZQFX.face_value), bond(CLZQFX))
    before = Total("face_before", Sum(CLZQFX.face_value), bond(CLZQFX), "previous")
    issued = Total("issued", Sum(ZQFXFS.face_value, ISSUED), bond(ZQFXFS))
    redeemed = Total("redeemed", Sum(ZQFXFS.face_value, REDEEMED), bond(ZQFXFS))
    no_face, code = CLZQFX.face_value.is_empty, CLZQFX.bond_code
    no_way = ZQFXFS.face_value.is_empty | ZQFXFS.direction.is_empty
    gaps = (
        rows_of("stock_incomplete", code, no_face, by=bond(CLZQFX)),
        rows_of("before_incomplete", code, no_face, by=bond(CLZQFX), period="previous"),
        rows_of("flows_incomplete", ZQFXFS.bond_code, no_way, by=bond(ZQFXFS)),
    )
    complete = (named(gaps[0]) + named(gaps[1]) + named(gaps[2])).is_(0)
    off = named(now) - named(before) - named(issued) + named(redeemed)
    return totals_rule(
        "BOND-05",
        "error",
        OWN,
        Text(
            zh="每只债券（按续发次数）的本期面值=上期面值+本期发行-本期兑付（原币）。",
            en="Of each bond and re-opening, the face value is that of the month before plus what was issued less what was "
            "redeemed, in original currency.",
        ),
        Text(
            zh="在ZQFXFS补报漏报的发行或兑付，或改正期末面值。",
            en="Report the issue or redemption that is missing in ZQFXFS, or mend the face value.",
        ),
        keys=(CLZQFX.columns["bond_code"].label, CLZQFX.columns["reopening_no"].label),
        totals=(now, before, issued, redeemed, *gaps),
        holds=if_complete(complete, off.is_(0)),
    )


def agrees_rule(name: str) -> AnyCheck:
    """BOND-06: the flow says of a bond what the stock says."""
    label = ZQFXFS.columns[name].label
    return row_rule(
        f"BOND-06/{name}",
        "warning",
        OWN,
        Text(
            zh=f"发生额中债券的{label.zh}应与存量表一致。",
            en=f"{label.en}: the flow says of a bond what the stock says.",
        ),
        Text(
            zh="按发行公告核对，改正两表中填错的一处。",
            en="Compare with the notice of issue, and mend the table that is wrong.",
        ),
        # A bond that was redeemed in full stands in no stock.
        given=HasRow(SAME_BOND),
        holds=ZQFXFS.field(name).is_(Lookup(CLZQFX.field(name), SAME_BOND)),
    )


RULES: tuple[AnyCheck, ...] = (
    *(
        rule
        for bonds in (CLZQFX, ZQFXFS)
        for rule in (
            filled_rule(bonds),
            days_rule(bonds),
            *amount_rules(bonds),
            kind_rule(bonds),
        )
    ),
    *STOCK_RULES,
    month_rule("BOND-04/ZQFXFS", ZQFXFS.trade_date),
    account_rule(),
    *(agrees_rule(name) for name in ("bond_type", "currency", "maturity_date")),
)
"""Every rule of own bonds that is not about codes and identifiers."""
