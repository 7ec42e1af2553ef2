"""What must hold of all loans of a reporter together: sectors, guarantees (XT-12 to 14), the total (XT-20)."""

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import Choose, Condition, Constant, GroupOf, Parameter, Value
from dripline.standards.bills import CLPJRZ
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import LOAN_TOTALS
from dripline.standards.sources import GUIDE, OWN
from dripline.standards.totals import if_complete, known, named, rows_of, totals_rule
from dripline.words import Text

HENAN, OUTSIDE_HENAN = "41", "000000"
LEVEL_OF_CITIES = 2

_BALANCE, _SECTOR = CLDWDK.balance_cny, CLDWDK.borrower_sector


def balances(name: str, where: Condition) -> Total:
    """The balances in yuan of loans that meet a condition."""
    return Total(name, Sum(_BALANCE, where))


_GOVERNMENT = balances("sector_A", _SECTOR.slice(1, 1).is_("A"))
_NO_ENTERPRISE = balances("size_CS05", CLDWDK.borrower_scale.is_("CS05"))
_FOREIGN = balances("sector_E", _SECTOR.slice(1, 1).is_("E"))
_FOREIGN_IDS = balances("id_L01_Z99", CLDWDK.borrower_id_type.is_in("L01", "Z99"))
_NOTES = rows_of("notes", CLDWDK.loan_note_no)
_COMBINED = rows_of(
    "combined_guarantees", CLDWDK.loan_note_no, CLDWDK.guarantee_type.is_in("E", "E01")
)
_NO_GUARANTEE_TYPE = rows_of(
    "guarantee_unknown", CLDWDK.loan_note_no, CLDWDK.guarantee_type.is_empty
)
# Persons and non-residents have no size; of all others its absence leaves the sum open.
_SIZE_OPEN = rows_of(
    "size_unknown",
    CLDWDK.loan_note_no,
    _BALANCE.is_empty
    | _SECTOR.is_empty
    | (CLDWDK.borrower_scale.is_empty & ~_SECTOR.slice(1, 1).is_in("D", "E")),
)
_ID_OPEN = rows_of(
    "sector_unknown",
    CLDWDK.loan_note_no,
    _BALANCE.is_empty | _SECTOR.is_empty | CLDWDK.borrower_id_type.is_empty,
)

SHARE_RULES: tuple[AnyCheck, ...] = (
    totals_rule(
        "XT-12",
        "warning",
        GUIDE,
        Text(
            zh="广义政府部门（A类）的贷款余额合计应等于企业规模为CS05的余额合计。",
            en="The balances of general government (A..) add up to those of size CS05.",
        ),
        Text(
            zh="查找部门与规模不对应的借据；差额由C99、D02等其他非企业单位造成的，说明原因。",
            en="Look for notes whose sector and size do not go together; a difference made by other units that are no "
            "enterprise (C99, D02) is explained.",
        ),
        totals=(_GOVERNMENT, _NO_ENTERPRISE, _SIZE_OPEN),
        holds=known(_GOVERNMENT, _SIZE_OPEN).is_(known(_NO_ENTERPRISE, _SIZE_OPEN)),
    ),
    totals_rule(
        "XT-13",
        "warning",
        GUIDE,
        Text(
            zh="非居民（E类）的贷款余额合计不大于证件类型为L01、Z99的余额合计。",
            en="The balances of non-residents (E..) are at most those with an id of type L01 or Z99.",
        ),
        Text(
            zh="核对境外借款人的证件类型，境外机构填L01，没有的填Z99。",
            en="Check the id types of borrowers abroad: L01, or Z99 without an LEI.",
        ),
        totals=(_FOREIGN, _FOREIGN_IDS, _ID_OPEN),
        holds=known(_FOREIGN, _ID_OPEN).at_most(known(_FOREIGN_IDS, _ID_OPEN)),
    ),
    totals_rule(
        "XT-14",
        "warning",
        GUIDE,
        Text(
            zh="规模较大的贷款组合（笔数界限见check.portfolio_size）一般有组合担保（E、E01）的贷款。",
            en="A sizeable portfolio (from check.portfolio_size notes) has loans with combined guarantees (E, E01).",
        ),
        Text(
            zh="有两种以上担保的合同改填E或E01；确无组合担保的，说明原因。",
            en="Enter E or E01 for contracts with two or more guarantees; if there is none, say so.",
        ),
        totals=(_NOTES, _COMBINED, _NO_GUARANTEE_TYPE),
        given=named(_NOTES).at_least(Parameter("check.portfolio_size", scale=0)),
        holds=named(_COMBINED).above(0) | known(_COMBINED, _NO_GUARANTEE_TYPE).above(0),
    ),
)


def city_of_lender(held: type[CLDWDK] | type[CLPJRZ]) -> Value:
    """The lender's city, as the rows of LOAN_TOTALS name it; everything outside Henan is one line there."""
    region = held.fin_inst_region_code
    in_henan = region.slice(1, 2).is_(HENAN)
    return Choose(
        ((in_henan, GroupOf(region, "region", LEVEL_OF_CITIES)),), Constant(OUTSIDE_HENAN)
    )


def total_rule(scope: str, words: Text, rows: Condition | None) -> AnyCheck:
    """XT-20: the notes of a city add up to the line of the credit statistics, bills taken out of it."""
    here, in_scope = (city_of_lender(CLDWDK),), LOAN_TOTALS.currency_scope.is_(scope)
    by_line = (LOAN_TOTALS.lender_city,)
    notes = Total("notes", Sum(_BALANCE, rows), here)
    lines = rows_of("lines", LOAN_TOTALS.lender_city, in_scope, by=by_line)
    line = Total(
        "unit_loans_without_bills",
        Sum(LOAN_TOTALS.unit_loans - LOAN_TOTALS.bill_finance, in_scope),
        by_line,
    )
    gaps = rows_of("notes_without_balance", CLDWDK.loan_note_no, _BALANCE.is_empty, by=here)
    unfilled = rows_of(
        "lines_unfilled",
        LOAN_TOTALS.lender_city,
        in_scope & (LOAN_TOTALS.unit_loans.is_empty | LOAN_TOTALS.bill_finance.is_empty),
        by=by_line,
    )
    complete = (named(gaps) + named(unfilled)).is_(0)
    off = (named(notes) - named(line)) * 1000
    tolerated = named(line) * Parameter("check.totals_tolerance_permille", scale=3)
    near = off.at_most(tolerated) & off.at_least(Constant(0) - tolerated)
    return totals_rule(
        f"XT-20/{scope}",
        "error",
        OWN,
        Text(
            zh=f"各城市的贷款余额合计（{words.zh}）应与信贷收支统计的单位贷款（扣除票据融资）一致，"
            "差额的千分比不超过check.totals_tolerance_permille。",
            en=f"The balances of each city ({words.en}) add up to the loans to units, without bills, of the credit "
            "statistics; the difference stays within check.totals_tolerance_permille.",
        ),
        Text(
            zh="核对漏报、重报的借据和折算汇率；差额属实的，说明构成。",
            en="Look for notes left out or doubled and at the exchange rates; say what a true difference is made of.",
        ),
        keys=(LOAN_TOTALS.columns["lender_city"].label,),
        totals=(notes, line, lines, gaps, unfilled),
        # A reporter need not give the line in renminbi alone; the line of all currencies it must.
        given=named(lines).above(0) if scope == "rmb" else None,
        holds=if_complete(complete, near),
    )


RULES: tuple[AnyCheck, ...] = (
    *SHARE_RULES,
    total_rule("all", Text(zh="本外币", en="all currencies"), None),
    total_rule("rmb", Text(zh="人民币", en="renminbi"), CLDWDK.currency.is_("CNY")),
)
