"""What must hold in CLDWDK, the stock of unit loans."""

from dripline.definitions import AnyCheck
from dripline.nodes import PeriodDay
from dripline.standards.loans import CLDWDK
from dripline.standards.rules_loan_terms import term_rules
from dripline.standards.sources import GUIDE, OWN, STANDARD, row_rule, unique_rule
from dripline.words import Text

AMOUNT_RULES: tuple[AnyCheck, ...] = (
    unique_rule(
        "CLDWDK-01",
        "error",
        GUIDE,
        Text(
            zh="同一机构同一期内，贷款借据编码不得重复。",
            en="No loan note number stands twice in an institution and period.",
        ),
        Text(
            zh="删除重复行；确为不同借据的，编码后加_1、_2，且各期保持不变。",
            en="Delete the second row; if they are different notes, add _1, _2 and keep it so.",
        ),
        by=(CLDWDK.loan_note_no,),
    ),
    row_rule(
        "CLDWDK-02/positive",
        "error",
        GUIDE,
        Text(
            zh="贷款余额和贷款余额折人民币应大于0。",
            en="Balance and balance in yuan are above 0.",
        ),
        Text(
            zh="已结清、核销、转让的借据不报；余额只填本金。",
            en="Leave out notes repaid, written off or transferred; report principal only.",
        ),
        holds=CLDWDK.balance.above(0) & CLDWDK.balance_cny.above(0),
    ),
    row_rule(
        "CLDWDK-02/yuan",
        "error",
        STANDARD,
        Text(
            zh="人民币贷款的余额与余额折人民币应相等。",
            en="Of a loan in yuan, the balance and the balance in yuan are equal.",
        ),
        Text(
            zh="核对币种和两项金额，单位均为元。",
            en="Check the currency and both amounts; the unit is the yuan.",
        ),
        given=CLDWDK.currency.is_("CNY"),
        holds=CLDWDK.balance.is_(CLDWDK.balance_cny),
    ),
    row_rule(
        "CLDWDK-03",
        "error",
        STANDARD,
        Text(zh="贷款余额折人民币不得为空。", en="The balance in yuan is never empty."),
        Text(
            zh="外币按期末汇率折算后填写；人民币填与余额相同的数。",
            en="Convert at the rate of the period's end; for yuan repeat the balance.",
        ),
        holds=CLDWDK.balance_cny.is_known,
    ),
    row_rule(
        "CLDWDK-04",
        "warning",
        GUIDE,
        Text(
            zh="借款人国民经济部门一般为A、C类或E01、E02、E04；B、D类须说明。",
            en="A borrower's sector is usually A.., C.., E01, E02 or E04; B.. and D.. need a reason.",
        ),
        Text(
            zh="核对借款人：金融机构借款人说明业务，个人移至个人贷款表。",
            en="Check the borrower: explain one that is a financial institution, and move persons "
            "to their own table.",
        ),
        holds=CLDWDK.borrower_sector.slice(1, 1).is_in("A", "C")
        | CLDWDK.borrower_sector.is_in("E01", "E02", "E04"),
    ),
)

STATUS_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "CLDWDK-07",
        "error",
        STANDARD,
        Text(
            zh="展期（LS02）贷款的展期到期日期必填，且晚于到期日期。",
            en="An extended loan (LS02) has a due date after extension, later than the due date.",
        ),
        Text(
            zh="填展期后的到期日期；到期日期保持原合同的日期不变。",
            en="Enter the new due date; leave the due date as in the first contract.",
        ),
        given=CLDWDK.loan_status.is_("LS02"),
        holds=CLDWDK.extended_due_date.is_known & CLDWDK.extended_due_date.after(CLDWDK.due_date),
    ),
    row_rule(
        "CLDWDK-08",
        "error",
        STANDARD,
        Text(
            zh="缩期（LS04）贷款的展期到期日期必填，且早于到期日期。",
            en="A shortened loan (LS04) has a new due date, earlier than the due date.",
        ),
        Text(
            zh="填缩期后的到期日期；到期日期保持原合同的日期不变。",
            en="Enter the new due date; leave the due date as in the first contract.",
        ),
        given=CLDWDK.loan_status.is_("LS04"),
        holds=CLDWDK.extended_due_date.is_known & CLDWDK.extended_due_date.before(CLDWDK.due_date),
    ),
    row_rule(
        "CLDWDK-09",
        "warning",
        OWN,
        Text(
            zh="正常（LS01）贷款的展期到期日期一般为空。",
            en="A normal loan (LS01) normally has no due date after extension.",
        ),
        Text(
            zh="已展期的贷款状态改填LS02，缩期的改填LS04；否则删除展期到期日期。",
            en="Enter LS02 if it was extended, LS04 if shortened; else clear the date.",
        ),
        given=CLDWDK.loan_status.is_("LS01"),
        holds=CLDWDK.extended_due_date.is_empty,
    ),
    row_rule(
        "CLDWDK-10",
        "error",
        STANDARD,
        Text(
            zh="逾期（LS03）贷款必填逾期类型，其他状态的逾期类型为空。",
            en="What is overdue is filled for an overdue loan (LS03), and only for one.",
        ),
        Text(
            zh="核对贷款状态，再补填或删除逾期类型（01本金、02利息、03本金利息）。",
            en="Check the status, then fill (01 principal, 02 interest, 03 both) or clear the field.",
        ),
        holds=CLDWDK.loan_status.is_("LS03").same_as(CLDWDK.overdue_type.is_known),
    ),
    row_rule(
        "CLDWDK-11",
        "warning",
        OWN,
        Text(
            zh="到期日期早于数据日期的贷款，应为逾期（LS03）或展期到期日期不早于数据日期。",
            en="A loan past its due date is overdue (LS03), or extended to the data date or later.",
        ),
        Text(
            zh="核对是否已结清、逾期或展期；签约延期的，按新合同更新到期日期并说明。",
            en="See whether it is repaid, overdue or extended; if a postponement was signed, "
            "bring the due date up to it and say so.",
        ),
        given=CLDWDK.due_date.before(PeriodDay()) & CLDWDK.loan_status.is_not("LS03"),
        holds=CLDWDK.extended_due_date.is_known & CLDWDK.extended_due_date.not_before(PeriodDay()),
    ),
    row_rule(
        "CLDWDK-19",
        "warning",
        GUIDE,
        Text(
            zh="存量表的是否首次贷款一般留空。",
            en="The first-loan flag is left empty in the stock.",
        ),
        Text(
            zh="清空该字段；首次贷款在发生额表（DWDKFS）中填报。",
            en="Clear the field; first loans are reported in the flow table (DWDKFS).",
        ),
        holds=CLDWDK.first_loan_flag.is_empty,
    ),
    row_rule(
        "CLDWDK-21",
        "error",
        STANDARD,
        Text(
            zh="登记交易场所代码只在其他债权（F13）时填写。",
            en="The trading venue is filled for other claims (F13) only.",
        ),
        Text(
            zh="核对产品类别；不是F13的，清空登记交易场所代码。",
            en="Check the product; clear the venue unless it is F13.",
        ),
        given=CLDWDK.trading_venue_code.is_known,
        holds=CLDWDK.product_type.is_("F13"),
    ),
)

RULES: tuple[AnyCheck, ...] = AMOUNT_RULES + STATUS_RULES + term_rules(CLDWDK)
