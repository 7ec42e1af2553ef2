"""What must hold in DBHTXX, the guarantee contracts, and in DBWXX, the collateral."""

from dataclasses import replace

from dripline.definitions import AnyCheck, Total
from dripline.measures import CountDistinct
from dripline.nodes import HasRow, Parameter, PeriodDay
from dripline.standards.guarantees import DBHTXX, DBWXX
from dripline.standards.sources import OWN, PRACTICE, STANDARD, row_rule, unique_rule
from dripline.standards.totals import known, named, rows_of, totals_rule
from dripline.words import Text

_CONTRACT = (DBHTXX.guarantee_contract_no,)
_ROWS = rows_of("rows", DBHTXX.guarantee_contract_no, by=_CONTRACT)
_GUARANTEED = Total("guaranteed", CountDistinct((DBHTXX.guaranteed_contract_no,)), _CONTRACT)
_GUARANTORS = Total(
    "guarantors", CountDistinct((DBHTXX.guarantor_id_type, DBHTXX.guarantor_id_no)), _CONTRACT
)
_NAMELESS = rows_of(
    "guarantors_unnamed",
    DBHTXX.guarantee_contract_no,
    DBHTXX.guarantor_id_type.is_empty | DBHTXX.guarantor_id_no.is_empty,
    by=_CONTRACT,
)

SPLIT_RULES: tuple[AnyCheck, ...] = (
    totals_rule(
        "DBHTXX-02/rows",
        "error",
        STANDARD,
        Text(
            zh="担保n份合同、有m个担保人的担保合同，应拆分为n×m行。",
            en="A guarantee contract for n contracts by m guarantors stands in n times m rows.",
        ),
        Text(
            zh="补齐缺失的被担保合同与担保人组合，删除重复行。",
            en="Add the pairs of guaranteed contract and guarantor that are missing, delete repeated ones.",
        ),
        keys=(DBHTXX.columns["guarantee_contract_no"].label,),
        totals=(_ROWS, _GUARANTEED, _GUARANTORS, _NAMELESS),
        # One row is n = m = 1, whoever the guarantor is.
        holds=named(_ROWS).is_(1)
        | known(_ROWS, _NAMELESS).is_(named(_GUARANTEED) * named(_GUARANTORS)),
    ),
    replace(
        unique_rule(
            "DBHTXX-02/once",
            "error",
            STANDARD,
            Text(
                zh="拆分的担保合同只在一行填担保合同金额，其余行填0。",
                en="A guarantee contract that was split has its amount in one row, and 0 in the others.",
            ),
            Text(
                zh="只保留首行的金额（及折人民币金额），其余行改为0.00。",
                en="Leave the amount (and the amount in yuan) in the first row and enter 0.00 in the others.",
            ),
            by=_CONTRACT,
        ),
        given=DBHTXX.amount.is_not(0),
    ),
    row_rule(
        "DBHTXX-02/amount",
        "error",
        STANDARD,
        Text(
            zh="担保合同金额为0的行，同一担保合同应另有一行填全额。",
            en="Where the amount is 0, another row of the same guarantee contract has the full amount.",
        ),
        Text(
            zh="在该担保合同的首行填报全额。",
            en="Enter the full amount in the first row of the guarantee contract.",
        ),
        given=DBHTXX.amount.is_(0),
        holds=HasRow(
            ((DBHTXX.guarantee_contract_no, DBHTXX.guarantee_contract_no),),
            where=DBHTXX.amount.above(0),
        ),
    ),
)

CONTRACT_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "DBHTXX-01/days",
        "error",
        OWN,
        Text(
            zh="担保合同起始日期不得晚于到期日期。",
            en="A guarantee contract begins no later than it ends.",
        ),
        Text(
            zh="按担保合同核对两个日期，改正填错的一个。",
            en="Compare both days with the contract and mend the wrong one.",
        ),
        holds=DBHTXX.start_date.not_after(DBHTXX.end_date),
    ),
    row_rule(
        "DBHTXX-01/yuan",
        "error",
        OWN,
        Text(
            zh="人民币担保合同的金额与折人民币金额应相等。",
            en="Of a guarantee contract in yuan, the amount and the amount in yuan are equal.",
        ),
        Text(
            zh="核对币种和两项金额，单位均为元。",
            en="Check the currency and both amounts; the unit is the yuan.",
        ),
        given=DBHTXX.currency.is_("CNY"),
        holds=DBHTXX.amount.is_(DBHTXX.amount_cny),
    ),
    *SPLIT_RULES,
    row_rule(
        "DBHTXX-03",
        "error",
        STANDARD,
        Text(
            zh="担保人为自然人的，行业为100、国民经济部门为D01、企业规模为空。",
            en="A person as guarantor has industry 100, sector D01 and no size.",
        ),
        Text(
            zh="行业改填100，部门改填D01，清空企业规模；担保人是单位的，改正证件类型。",
            en="Enter industry 100 and sector D01 and clear the size; if the guarantor is a unit, "
            "mend the id type.",
        ),
        given=DBHTXX.guarantor_id_type.slice(1, 1).is_("B"),
        holds=DBHTXX.guarantor_industry.is_("100")
        & DBHTXX.guarantor_sector.is_("D01")
        & DBHTXX.guarantor_scale.is_empty,
    ),
    row_rule(
        "DBHTXX-04",
        "warning",
        PRACTICE,
        Text(
            zh="抵质押率为百分数，应大于0，且不远高于100（界限见check.loan_to_value_high）。",
            en="Loan to value is in percent, above 0 and not far above 100 "
            "(bound: check.loan_to_value_high).",
        ),
        Text(
            zh="90%应写作90.00；确为超额的，说明原因。",
            en="90 % is written 90.00; if it really is so high, say why.",
        ),
        given=DBHTXX.loan_to_value.is_known,
        holds=DBHTXX.loan_to_value.above(0)
        & DBHTXX.loan_to_value.at_most(Parameter("check.loan_to_value_high", scale=2)),
    ),
)

COLLATERAL_RULES: tuple[AnyCheck, ...] = (
    row_rule(
        "DBWXX-01",
        "warning",
        STANDARD,
        Text(
            zh="担保物票面价值只在金融质押品（A类）填写。",
            en="The face value is filled for financial collateral (A..) only.",
        ),
        Text(
            zh="核对担保物类别；不是金融质押品的，清空票面价值。",
            en="Check the kind of collateral; clear the face value if it is not financial.",
        ),
        given=DBWXX.face_value.is_known,
        holds=DBWXX.collateral_type.slice(1, 1).is_("A"),
    ),
    row_rule(
        "DBWXX-02/day",
        "error",
        OWN,
        Text(
            zh="评估基准日不得晚于数据日期。",
            en="The day of appraisal is no later than the data date.",
        ),
        Text(
            zh="按评估报告改正评估基准日。",
            en="Mend the day by the report of the appraisal.",
        ),
        holds=DBWXX.appraisal_date.not_after(PeriodDay()),
    ),
    replace(
        unique_rule(
            "DBWXX-02/once",
            "error",
            STANDARD,
            Text(
                zh="同一担保物拆分为多行的，只在一行填评估价值，其余行填0。",
                en="An item of collateral in several rows has its appraised value in one, and 0 in the others.",
            ),
            Text(
                zh="只保留一行的评估价值，其余行改为0.00；不是同一担保物的，用不同的担保物编码。",
                en="Leave the value in one row and enter 0.00 in the others; different items have different numbers.",
            ),
            by=(DBWXX.collateral_no,),
        ),
        given=DBWXX.appraised_value.is_not(0),
    ),
    row_rule(
        "DBWXX-02/value",
        "error",
        STANDARD,
        Text(
            zh="评估价值为0的行，同一担保物应另有一行填评估价值。",
            en="Where the appraised value is 0, another row of the same item has the value.",
        ),
        Text(
            zh="在该担保物的一行填报评估价值。",
            en="Enter the appraised value in one row of the item.",
        ),
        given=DBWXX.appraised_value.is_(0),
        holds=HasRow(
            ((DBWXX.collateral_no, DBWXX.collateral_no),), where=DBWXX.appraised_value.above(0)
        ),
    ),
    row_rule(
        "DBWXX-03",
        "warning",
        OWN,
        Text(
            zh="优先受偿权数额一般不超过评估价值。",
            en="Claims that rank before do not exceed the appraised value.",
        ),
        Text(
            zh="核对评估价值和优先受偿权数额，单位均为元；确已无剩余价值的，说明原因。",
            en="Check value and prior claims, both in yuan; if nothing of the value is left, say so.",
        ),
        # Further rows of a split item have the value 0 and say nothing about it.
        given=DBWXX.appraised_value.above(0),
        holds=DBWXX.prior_claims.at_most(DBWXX.appraised_value),
    ),
)

RULES: tuple[AnyCheck, ...] = CONTRACT_RULES + COLLATERAL_RULES
