"""What must hold in DWDKFS, the unit loans granted and repaid."""

from dripline.definitions import AnyCheck
from dripline.nodes import PeriodDay
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.rules_loan_terms import OVERDRAFTS, term_rules
from dripline.standards.sources import GUIDE, OWN, PRACTICE, STANDARD, row_rule, unique_rule
from dripline.words import Text

GRANTED, REPAID = DWDKFS.direction.is_("1"), DWDKFS.direction.is_("0")
STATUS = DWDKFS.loan_event_status
# Written off, stripped, settled in kind, securitised, swapped into equity; LF04 (transferred) may
# also be bought.
GOES_OUT = ("LF02", "LF03", "LF06", "LF07", "LF08")

FLOW_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "DWDKFS-01/positive",
        "error",
        GUIDE,
        Text(
            zh="贷款发生金额和折人民币金额应大于0。",
            en="The amount and the amount in yuan are above 0.",
        ),
        Text(
            zh="收回也填正数，方向用发放/收回标识表示；只收利息的不报。",
            en="A repayment is positive too, its direction stands in field 32; leave out interest.",
        ),
        holds=DWDKFS.amount.above(0) & DWDKFS.amount_cny.above(0),
    ),
    row_rule(
        "DWDKFS-01/yuan",
        "error",
        STANDARD,
        Text(
            zh="人民币贷款的发生金额与折人民币金额应相等。",
            en="Of a loan in yuan, the amount and the amount in yuan are equal.",
        ),
        Text(
            zh="核对币种和两项金额，单位均为元。",
            en="Check the currency and both amounts; the unit is the yuan.",
        ),
        given=DWDKFS.currency.is_("CNY"),
        holds=DWDKFS.amount.is_(DWDKFS.amount_cny),
    ),
    unique_rule(
        "DWDKFS-02",
        "error",
        GUIDE,
        Text(
            zh="同一期内交易流水号不得重复。",
            en="No transaction number stands twice in a period.",
        ),
        Text(
            zh="删除重复行；一笔流水对应多笔借据的，流水号后加序号区分。",
            en="Delete the second row; if one transaction served several notes, add a counter.",
        ),
        by=(DWDKFS.serial_no,),
    ),
    row_rule(
        "DWDKFS-03",
        "error",
        GUIDE,
        Text(
            zh="正常发放（标识1、LF01）的发放日期应在报告月内。",
            en="A normal grant (direction 1, LF01) was made within the reporting month.",
        ),
        Text(
            zh="按借据改正发放日期；非本月发放的，移至所属月份。",
            en="Mend the grant date by the note; move what was not granted this month to its own.",
        ),
        given=GRANTED & STATUS.is_("LF01"),
        holds=DWDKFS.grant_date.not_before(PeriodDay("first"))
        & DWDKFS.grant_date.not_after(PeriodDay()),
    ),
    row_rule(
        "DWDKFS-04",
        "error",
        PRACTICE,
        Text(
            zh="因核销、剥离、转让、以物抵债、证券化转让、债转股或续贷、借新还旧收回的，"
            "贷款实际终止日期必填（透支除外）。",
            en="A loan written off, stripped, transferred, settled in kind, securitised, swapped into equity, "
            "renewed or repaid by a new loan has an actual end date (overdrafts excepted).",
        ),
        Text(
            zh="补填终止日期；线上循环贷款未终止的，说明原因。",
            en="Enter the end date; say so if an online revolving loan goes on.",
        ),
        given=REPAID
        & (
            STATUS.is_in(*GOES_OUT, "LF04")
            | (STATUS.is_("LF05") & DWDKFS.restructure_type.is_in("01", "02"))
        )
        & ~DWDKFS.product_type.is_in(*OVERDRAFTS),
        holds=DWDKFS.actual_end_date.is_known,
    ),
    row_rule(
        "DWDKFS-05",
        "error",
        STANDARD,
        Text(
            zh="重组（LF05）必填贷款重组方式，其他状态为空。",
            en="The kind of restructuring is filled for LF05, and only for it.",
        ),
        Text(
            zh="核对贷款状态，再补填（01续贷、02借新还旧、09其他）或删除重组方式。",
            en="Check the status, then fill (01 renewed, 02 repaid by a new loan, 09 other) or clear it.",
        ),
        holds=STATUS.is_("LF05").same_as(DWDKFS.restructure_type.is_known),
    ),
    row_rule(
        "DWDKFS-06",
        "error",
        STANDARD,
        Text(
            zh="资产证券化转让（LF07）必填资产证券化产品代码，其他状态为空。",
            en="Securitisation product codes are filled for LF07, and only for it.",
        ),
        Text(
            zh="核对贷款状态，再补填（多个用半角逗号分隔）或删除产品代码。",
            en="Check the status, then fill the codes (separated by half-width commas) or clear them.",
        ),
        holds=STATUS.is_("LF07").same_as(DWDKFS.abs_product_codes.is_known),
    ),
    row_rule(
        "DWDKFS-07",
        "error",
        STANDARD,
        Text(
            zh="核销、剥离、以物抵债、证券化转让、债转股只能是收回（标识0）。",
            en="What is written off, stripped, settled in kind, securitised or swapped into equity "
            "is a repayment (direction 0).",
        ),
        Text(
            zh="改正发放/收回标识或贷款状态；受让贷款填LF04。",
            en="Mend the direction or the status; a loan taken over is LF04.",
        ),
        given=STATUS.is_in(*GOES_OUT),
        holds=REPAID,
    ),
    row_rule(
        "DWDKFS-08",
        "error",
        OWN,
        Text(
            zh="贷款实际终止日期不得早于发放日期，也不得晚于数据日期。",
            en="A loan ends no earlier than it is granted and no later than the data date.",
        ),
        Text(
            zh="按实际结清或转出的日期改正；尚未终止的，留空。",
            en="Enter the day it was settled or went out; leave it empty if it goes on.",
        ),
        given=DWDKFS.actual_end_date.is_known,
        holds=DWDKFS.actual_end_date.not_after(PeriodDay())
        & DWDKFS.actual_end_date.not_before(DWDKFS.grant_date),
    ),
    row_rule(
        "DWDKFS-09",
        "error",
        STANDARD,
        Text(
            zh="发放（标识1）的是否首次贷款应为1或0。",
            en="Of a grant (direction 1), the first-loan flag is 1 or 0.",
        ),
        Text(
            zh="借款人与本法人机构首次建立信贷关系的填1，否则填0。",
            en="Enter 1 for the borrower's first credit relation with this legal person, else 0.",
        ),
        given=GRANTED,
        holds=DWDKFS.first_loan_flag.is_known & DWDKFS.first_loan_flag.is_in("0", "1"),
    ),
)

RULES: tuple[AnyCheck, ...] = FLOW_RULES + term_rules(DWDKFS)
