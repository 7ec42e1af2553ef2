"""What must hold between a month and the one before; not run where the month before was not received."""

from datetime import date

from dripline.definitions import AnyCheck, Total
from dripline.measures import Sum
from dripline.nodes import (
    Choose,
    Condition,
    Constant,
    Field,
    HasRow,
    Lookup,
    MonthsLater,
    Parameter,
    PeriodDay,
    Value,
)
from dripline.standards.customers import FTYKHX
from dripline.standards.institutions import JRJGFZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.note_numbers import NUMBER_TODAY
from dripline.standards.rules_jumps import RULES as JUMP_RULES
from dripline.standards.sources import GUIDE, OWN, PRACTICE, SourceId, row_rule
from dripline.standards.totals import if_complete, known, named, rows_of, totals_rule
from dripline.words import Text

Loans = type[CLDWDK] | type[DWDKFS]

JANUARIES = tuple(date(year, 1, 1) for year in range(2000, 2100))
"""First days of the months in which a new year has begun."""
THIS_YEAR = ("04", "05", "06", "07")
OUT_OF_BUSINESS = "02"
SAME_NOTE = ((CLDWDK.loan_note_no, NUMBER_TODAY),)
SAME_CUSTOMER = (
    (FTYKHX.customer_id_type, FTYKHX.customer_id_type),
    (FTYKHX.customer_id_no, FTYKHX.customer_id_no),
)
WAS_THERE = HasRow(SAME_NOTE, period="previous")


# --- the balance is what the transactions made of it -------------------------------------------------


def term_class(loans: Loans) -> Value:
    """Up to 1, 3, 5 years from grant to due date, or longer: the classes of term of the statistics."""

    def within(years: int) -> Condition:
        return loans.due_date.not_after(MonthsLater(loans.grant_date, 12 * years))

    return Choose(
        (
            (within(1), Constant("<=1")),
            (within(3), Constant("1-3")),
            (within(5), Constant("3-5")),
        ),
        Constant(">5"),
    )


def is_revalued(loans: Loans) -> Condition:
    """Trade finance (F08..) and other claims (F13), whose book value may change without a transaction."""
    return loans.product_type.slice(1, 3).is_("F08") | loans.product_type.is_("F13")


def revalued_rows(stock: tuple[Value, ...], before: tuple[Value, ...]) -> tuple[Total, Total]:
    """How many notes this month and last may change their value without a transaction."""
    number, revalued = CLDWDK.loan_note_no, is_revalued(CLDWDK)
    return (
        rows_of("revalued", number, revalued, by=stock),
        rows_of("revalued_before", number, revalued, by=before, period="previous"),
    )


def incomplete_rows(stock: tuple[Value, ...], flow: tuple[Value, ...]) -> tuple[Total, Total]:
    """Notes without a balance, and flows without an amount or direction: their account stays open."""
    incomplete = DWDKFS.amount.is_empty | DWDKFS.direction.is_empty
    return (
        rows_of("notes_without_balance", CLDWDK.loan_note_no, CLDWDK.balance.is_empty, by=stock),
        rows_of("flows_incomplete", DWDKFS.loan_note_no, incomplete, by=flow),
    )


def account_rule(
    code: str,
    source: SourceId,
    keys: tuple[Text, ...],
    stock: tuple[Value, ...],
    flow: tuple[Value, ...],
    of: Text,
    stock_before: tuple[Value, ...] | None = None,
) -> AnyCheck:
    """XP-01: balance before, plus grants, less repayments, is the balance now, in original currency.

    ``stock_before`` are the keys of last month's rows, where they are called otherwise then.
    """
    stock_before = stock_before or stock
    now = Total("balance", Sum(CLDWDK.balance), stock)
    before = Total("balance_before", Sum(CLDWDK.balance), stock_before, "previous")
    granted = Total("granted", Sum(DWDKFS.amount, DWDKFS.direction.is_("1")), flow)
    repaid = Total("repaid", Sum(DWDKFS.amount, DWDKFS.direction.is_("0")), flow)
    revalued = revalued_rows(stock, stock_before)
    gaps = incomplete_rows(stock, flow)
    off = named(now) - named(before) - named(granted) + named(repaid)
    tolerated = Parameter("check.revaluation_tolerance", scale=4) * (named(before) + named(granted))
    explained = (
        (named(revalued[0]) + named(revalued[1])).above(0)
        & off.at_most(tolerated)
        & off.at_least(Constant(0) - tolerated)
    )
    complete = (named(gaps[0]) + named(gaps[1])).is_(0)
    return totals_rule(
        code,
        "error",
        source,
        Text(
            zh=f"{of.zh}的本期余额=上期余额+本期发放-本期收回（原币）；"
            "贸易融资（F08类）和其他债权（F13）可有重估差额，不超过check.revaluation_tolerance。",
            en=f"Of {of.en}, the balance is that of the month before plus grants less repayments, in original currency; "
            "trade finance (F08..) and other claims (F13) may differ by check.revaluation_tolerance.",
        ),
        Text(
            zh="在DWDKFS补报漏报的发放或收回，或改正余额；因期限、产品改分类的，说明原因。",
            en="Report the grant or repayment that is missing in DWDKFS, or mend the balance; explain a change of "
            "product or term.",
        ),
        keys=keys,
        totals=(now, before, granted, repaid, *revalued, *gaps),
        holds=if_complete(complete, off.is_(0) | explained),
    )


def class_of(loans: Loans) -> tuple[Value, ...]:
    """Product, currency and class of term."""
    return (loans.product_type, loans.currency, term_class(loans))


NOTE_LABEL = CLDWDK.columns["loan_note_no"].label
ACCOUNT_RULES: tuple[AnyCheck, ...] = (
    account_rule(
        "XP-01/note",
        OWN,
        (NOTE_LABEL,),
        (CLDWDK.loan_note_no,),
        (DWDKFS.loan_note_no,),
        Text(zh="每笔借据", en="each loan note"),
        stock_before=(NUMBER_TODAY,),
    ),
    account_rule(
        "XP-01/class",
        GUIDE,
        (
            CLDWDK.columns["product_type"].label,
            CLDWDK.columns["currency"].label,
            Text(zh="期限档（年）", en="Class of term (years)"),
        ),
        class_of(CLDWDK),
        class_of(DWDKFS),
        Text(zh="每类产品、币种和期限档", en="each product, currency and class of term"),
    ),
)

# --- notes come and go -------------------------------------------------------------------------------

_NOW = rows_of("rows", CLDWDK.loan_note_no, by=(CLDWDK.loan_note_no,))
_BEFORE = rows_of("rows_before", CLDWDK.loan_note_no, by=(NUMBER_TODAY,), period="previous")
_REPAID = rows_of(
    "repayments", DWDKFS.loan_note_no, DWDKFS.direction.is_("0"), by=(DWDKFS.loan_note_no,)
)
_UNCLEAR = rows_of(
    "direction_unknown",
    DWDKFS.loan_note_no,
    DWDKFS.direction.is_empty,
    by=(DWDKFS.loan_note_no,),
)

NOTE_RULES: tuple[AnyCheck, ...] = (
    totals_rule(
        "XP-02",
        "error",
        OWN,
        Text(
            zh="上期有、本期没有的借据，本期应有收回（标识0）。",
            en="A loan note of the month before that is gone has a repayment (direction 0) this month.",
        ),
        Text(
            zh="在DWDKFS补报结清、核销或转出；仍有余额的，在CLDWDK补报该借据。",
            en="Report in DWDKFS how it was repaid, written off or transferred; if it is outstanding, report the note.",
        ),
        keys=(NOTE_LABEL,),
        totals=(_NOW, _BEFORE, _REPAID, _UNCLEAR),
        given=named(_BEFORE).above(0) & named(_NOW).is_(0),
        holds=named(_REPAID).above(0) | known(_REPAID, _UNCLEAR).above(0),
    ),
    row_rule(
        "XP-03",
        "error",
        OWN,
        Text(
            zh="本期新出现的借据，本期应有发放或转入（标识1）。",
            en="A loan note that is new has a grant (direction 1, a transfer in included) this month.",
        ),
        Text(
            zh="在DWDKFS补报发放或转入；上期漏报的，补报上期并说明；借据编码不得变更。",
            en="Report the grant in DWDKFS; if the note was left out last month, report it there; a note keeps its number.",
        ),
        given=~WAS_THERE,
        holds=HasRow(
            ((CLDWDK.loan_note_no, DWDKFS.loan_note_no),), where=DWDKFS.direction.is_("1")
        ),
    ),
)


def was(field: Field) -> Value:
    """The same note's value a month ago."""
    return Lookup(field, SAME_NOTE, period="previous")


MEND_NOTE = Text(
    zh="按借据和合同改正本期或上期；确有变更的，说明原因并附依据。",
    en="Mend this month or the one before by note and contract; if it did change, say why.",
)


def keeps_rule(code: str, source: SourceId, what: Text, holds: Condition) -> AnyCheck:
    """XP-04 and XP-05: what a note keeps as long as it stands."""
    return row_rule(
        code,
        "error",
        source,
        Text(zh=f"同一借据的{what.zh}各期不变。", en=f"A loan note keeps its {what.en}."),
        MEND_NOTE,
        given=WAS_THERE,
        holds=holds,
    )


KEEPING_RULES: tuple[AnyCheck, ...] = (
    keeps_rule(
        "XP-04/contract",
        GUIDE,
        Text(zh="贷款合同编码", en="contract number"),
        CLDWDK.loan_contract_no.is_(was(CLDWDK.loan_contract_no)),
    ),
    keeps_rule(
        "XP-04/grant_date",
        GUIDE,
        Text(zh="发放日期", en="grant date"),
        CLDWDK.grant_date.is_(was(CLDWDK.grant_date)),
    ),
    row_rule(
        "XP-04/due_date",
        "error",
        GUIDE,
        Text(
            zh="同一借据的到期日期不得提前；缩期填在展期到期日期中。",
            en="The due date of a loan note never becomes earlier; a shortened term stands in the extended due date.",
        ),
        MEND_NOTE,
        given=WAS_THERE,
        holds=CLDWDK.due_date.not_before(was(CLDWDK.due_date)),
    ),
    row_rule(
        "XP-04/postponed",
        "warning",
        GUIDE,
        Text(
            zh="同一借据的到期日期只因签约延期而推后；展期不改到期日期。",
            en="The due date of a loan note becomes later by a signed postponement only; an extension leaves it as it is.",
        ),
        MEND_NOTE,
        given=WAS_THERE,
        holds=CLDWDK.due_date.not_after(was(CLDWDK.due_date)),
    ),
    keeps_rule(
        "XP-05/currency",
        OWN,
        Text(zh="币种", en="currency"),
        CLDWDK.currency.is_(was(CLDWDK.currency)),
    ),
    keeps_rule(
        "XP-05/borrower",
        OWN,
        Text(zh="借款人证件类型和代码", en="borrower (id type and number)"),
        CLDWDK.borrower_id_type.is_(was(CLDWDK.borrower_id_type))
        & CLDWDK.borrower_id_no.is_(was(CLDWDK.borrower_id_no)),
    ),
)

# --- customers and branches --------------------------------------------------------------------------


def status_rule(status: Field, on: tuple[tuple[Field, Field], ...]) -> AnyCheck:
    """XP-06: what happened "this year" is last year's from January on."""
    return row_rule(
        f"XP-06/{status.table}",
        "error",
        PRACTICE,
        Text(
            zh="上年末状态为当年关闭、破产、注销、吊销（04至07）的，次年1月起改为停业（02）。",
            en="Who was closed, bankrupt, deregistered or revoked this year (04 to 07) in December is out of "
            "business (02) from January on.",
        ),
        Text(zh="将状态改为02。", en="Enter 02."),
        given=PeriodDay("first").is_in(*JANUARIES)
        & Lookup(status, on, period="previous").is_in(*THIS_YEAR),
        holds=status.is_(OUT_OF_BUSINESS),
    )


_CUSTOMER = (FTYKHX.customer_id_type, FTYKHX.customer_id_no)
_CUSTOMERS = rows_of("rows", FTYKHX.customer_id_no, by=_CUSTOMER)
_CUSTOMERS_BEFORE = rows_of("rows_before", FTYKHX.customer_id_no, by=_CUSTOMER, period="previous")
FIRST_CREDIT_BEFORE = Lookup(FTYKHX.first_credit_date, SAME_CUSTOMER, period="previous")

CUSTOMER_RULES: tuple[AnyCheck, ...] = (
    status_rule(FTYKHX.operating_status, SAME_CUSTOMER),
    status_rule(JRJGFZ.operating_status, ((JRJGFZ.fin_inst_code, JRJGFZ.fin_inst_code),)),
    totals_rule(
        "XP-07",
        "warning",
        PRACTICE,
        Text(
            zh="上期报送的客户，本期应继续报送。",
            en="A customer once reported stays reported.",
        ),
        Text(
            zh="补报该客户；证件类型或代码变更的，说明原因。",
            en="Report the customer again; explain a change of its id.",
        ),
        keys=(
            FTYKHX.columns["customer_id_type"].label,
            FTYKHX.columns["customer_id_no"].label,
        ),
        totals=(_CUSTOMERS, _CUSTOMERS_BEFORE),
        given=named(_CUSTOMERS_BEFORE).above(0),
        holds=named(_CUSTOMERS).above(0),
    ),
    row_rule(
        "XP-09",
        "warning",
        OWN,
        Text(
            zh="客户首次建立信贷关系日期不得后移。",
            en="The day of a customer's first credit relation does not move later.",
        ),
        Text(
            zh="恢复较早的日期；原日期有误的，说明原因。",
            en="Restore the earlier day; if it was wrong, say why.",
        ),
        given=FIRST_CREDIT_BEFORE.is_known,
        holds=FTYKHX.first_credit_date.not_after(FIRST_CREDIT_BEFORE),
    ),
)

RULES: tuple[AnyCheck, ...] = (
    *ACCOUNT_RULES,
    *NOTE_RULES,
    *KEEPING_RULES,
    *CUSTOMER_RULES,
    *JUMP_RULES,
)
