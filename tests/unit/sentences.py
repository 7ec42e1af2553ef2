"""What each part of the language is said to mean, as whole sentences in both languages."""

from datetime import date

from dripline.definitions import (
    Dimension,
)
from dripline.measures import (
    At,
    Combine,
    CountDistinct,
    Sum,
    Whole,
    YearToDate,
    growth,
    weighted_mean,
)
from dripline.nodes import (
    Choose,
    FirstKnown,
    GroupOf,
    HasRow,
    IsCode,
    Length,
    Lookup,
    MonthsLater,
    OnList,
    Parameter,
    PeriodDay,
    ValidId,
)
from dripline.standards.customers import FTYKHX
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import ENTERPRISE
from dripline.words import Text

WORDS = Text(zh="词", en="word")
BALANCE = Sum(CLDWDK.balance_cny)
NORMAL = CLDWDK.loan_status.is_("LS01")
CUSTOMER = ((CLDWDK.borrower_id_no, FTYKHX.customer_id_no),)
FIRM = ((CLDWDK.borrower_id_no, ENTERPRISE.credit_code),)
LISTED = OnList(
    ("gaoxin", "keji_sme"),
    CLDWDK.borrower_id_type,
    CLDWDK.borrower_id_no,
    CLDWDK.borrower_region_code,
)
INSTITUTION = Dimension("institution", Text(zh="金融机构", en="Institution"), (), "INSTITUTION")
NAMES = {"institution": INSTITUTION}

SENTENCES = [
    (CLDWDK.balance_cny.above(0), "贷款余额折人民币大于0", "balance in yuan is above 0"),
    (
        CLDWDK.borrower_id_type.is_("A01"),
        "借款人证件类型为“A01 统一社会信用代码”",
        "borrower's id type is “A01 Unified social credit code”",
    ),
    (
        CLDWDK.grant_date.not_after(PeriodDay()),
        "贷款发放日期不晚于数据日期",
        "grant date is not after data date",
    ),
    (
        CLDWDK.due_date.after(MonthsLater(CLDWDK.grant_date, 60)),
        "贷款到期日期晚于贷款发放日期后5年",
        "due date is after the day 5 years after grant date",
    ),
    (CLDWDK.base_rate.is_empty, "基准利率为空", "base rate is empty"),
    (
        NORMAL.implies(CLDWDK.overdue_type.is_empty),
        "若贷款状态为“LS01 正常”，则逾期类型为空",
        "if loan status is “LS01 Normal” then what is overdue is empty",
    ),
    (
        CLDWDK.loan_status.is_("LS03").same_as(CLDWDK.overdue_type.is_known),
        "贷款状态为“LS03 逾期”，当且仅当逾期类型已填",
        "loan status is “LS03 Overdue” exactly when what is overdue is filled",
    ),
    (
        NORMAL & (CLDWDK.balance.above(0) | CLDWDK.balance_cny.above(0)),
        "贷款状态为“LS01 正常”，且（贷款余额大于0，或贷款余额折人民币大于0）",
        "loan status is “LS01 Normal” and (balance is above 0 or balance in yuan is above 0)",
    ),
    (
        ~(NORMAL & CLDWDK.balance.above(0)),
        "并非（贷款状态为“LS01 正常”，且贷款余额大于0）",
        "not (loan status is “LS01 Normal” and balance is above 0)",
    ),
    (
        CLDWDK.product_type.slice(1, 3).is_("F08"),
        "贷款产品类别以“F08 贸易融资”开头",
        "loan product begins with “F08 Trade finance”",
    ),
    (
        PeriodDay("first").is_in(*(date(year, 1, 1) for year in range(2020, 2031))),
        "本期首日为某年1月1日（2020至2030年）",
        "first day of the period is 1 January of a year (2020 to 2030)",
    ),
    (
        ~CLDWDK.borrower_region_code.matches(r"000\d{3}"),
        "借款人地区代码不是境外地区代码（000加3位数字）",
        "borrower's region is not the code of a place abroad (000 and 3 digits)",
    ),
    (
        CLDWDK.internal_org_no.matches("[AB]{2}"),
        "内部机构号符合格式“[AB]{2}”",
        "internal organisation number has the shape “[AB]{2}”",
    ),
    (
        IsCode(CLDWDK.currency, "currency"),
        "币种是数据日期有效的币种代码（GB/T 12406）",
        "currency is a code of the currencies (GB/T 12406) in force on the data date",
    ),
    (
        ValidId(CLDWDK.borrower_id_no, "uscc"),
        "借款人证件代码是校验位正确的统一社会信用代码（GB 32100-2015）",
        "borrower's id number is a unified social credit code with a right check character "
        "(GB 32100-2015)",
    ),
    (
        Length(CLDWDK.borrower_id_no).is_(18),
        "借款人证件代码为18个字符",
        "borrower's id number has 18 characters",
    ),
    (
        CLDWDK.interest_rate.at_least(Parameter("check.rate_min_percent", 5)),
        "利率水平不小于政策参数“利率下限（CLDWDK-15）”（按数据日期取值）",
        "interest rate is at least the lawbook's “lowest plausible rate (CLDWDK-15)” on the "
        "data date",
    ),
    (
        Lookup(FTYKHX.credit_limit, CUSTOMER, period="previous").above(0),
        "授信额度（取自上期非同业单位客户基础信息，其客户证件代码与本行借款人证件代码相同）大于0",
        "credit limit (from unit customers of the period before, customer's id number equal to "
        "borrower's id number of the row) is above 0",
    ),
    (
        ~HasRow(((CLDWDK.loan_note_no, DWDKFS.loan_note_no),), DWDKFS.direction.is_("1")),
        "单位贷款发生额信息中没有对应行（贷款借据编码相同，其中发放/收回标识为“1 发放”）",
        "there is no matching row in flows of unit loans (same loan note number, where granted or "
        "repaid is “1 Granted”)",
    ),
    (
        LISTED,
        "企业（按借款人证件代码）列入“高新技术企业、科技型中小企业”名单之一",
        "the firm (by borrower's id number) is on one of the lists “High-tech enterprises, "
        "Technology small and medium firms”",
    ),
    (
        GroupOf(CLDWDK.borrower_industry, "industry_division", 1),
        "借款人行业所属的行业门类",
        "the section of industry of borrower's industry",
    ),
    (
        Choose(((NORMAL, CLDWDK.due_date),), CLDWDK.extended_due_date),
        "贷款状态为“LS01 正常”的，取贷款到期日期；其余取贷款展期到期日期",
        "due date if loan status is “LS01 Normal”; else due date after extension",
    ),
    (
        FirstKnown((CLDWDK.extended_due_date, CLDWDK.due_date)),
        "（贷款展期到期日期，为空时取贷款到期日期）",
        "(due date after extension or, if empty, due date)",
    ),
    (
        (CLDWDK.balance - CLDWDK.balance_cny) * 2,
        "（贷款余额-贷款余额折人民币）×2",
        "(balance - balance in yuan) × 2",
    ),
    (
        Sum(CLDWDK.balance_cny, NORMAL & ~LISTED),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息，限贷款状态为“LS01 正常”；"
        "不含企业（按借款人证件代码）列入“高新技术企业、科技型中小企业”名单之一的行）",
        "the sum of balance in yuan (CLDWDK stock of unit loans, where loan status is “LS01 "
        "Normal”; without those where the firm (by borrower's id number) is on one of the lists "
        "“High-tech enterprises, Technology small and medium firms”)",
    ),
    (
        CountDistinct((CLDWDK.borrower_id_no,)),
        "不重复的借款人证件代码个数（CLDWDK 存量单位贷款信息）",
        "the number of different values of borrower's id number (CLDWDK stock of unit loans)",
    ),
    (
        weighted_mean(CLDWDK.interest_rate, weight=CLDWDK.balance_cny, where=NORMAL),
        "利率水平以贷款余额折人民币加权的平均（CLDWDK 存量单位贷款信息，限贷款状态为“LS01 正常”；两者均已填）",
        "the mean of interest rate weighted by balance in yuan (CLDWDK stock of unit loans, where "
        "loan status is “LS01 Normal”; both filled)",
    ),
    (
        growth(BALANCE),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息）比上年同期增长（%）",
        "the growth in percent, against the figure a year earlier, of the sum of balance in yuan "
        "(CLDWDK stock of unit loans)",
    ),
    (
        At(Sum(CLDWDK.balance_cny, LISTED), months=-1, lists="as_published"),
        "上月（按当时名单）的贷款余额折人民币之和（CLDWDK 存量单位贷款信息，限企业（按借款人证件代码）"
        "列入“高新技术企业、科技型中小企业”名单之一）",
        "the sum of balance in yuan (CLDWDK stock of unit loans, where the firm (by borrower's id "
        "number) is on one of the lists “High-tech enterprises, Technology small and medium "
        "firms”) a month earlier (on the lists of that time)",
    ),
    (
        Whole(BALANCE, ("institution",)),
        "不按“金融机构”划分的贷款余额折人民币之和（CLDWDK 存量单位贷款信息）",
        "the sum of balance in yuan (CLDWDK stock of unit loans), not divided by “institution”",
    ),
    (
        Combine(((1, BALANCE), (-1, YearToDate(Sum(DWDKFS.amount_cny))))),
        "贷款余额折人民币之和（CLDWDK 存量单位贷款信息），减1月至本期的贷款发生金额折人民币之和"
        "（DWDKFS 单位贷款发生额信息）",
        "the sum of balance in yuan (CLDWDK stock of unit loans) less the sum of amount in yuan "
        "(DWDKFS flows of unit loans) from January to the period",
    ),
]
