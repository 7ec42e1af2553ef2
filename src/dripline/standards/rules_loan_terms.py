"""What must hold of every loan note, in the stock (CLDWDK) and in the flow (DWDKFS-10) alike."""

from dripline.definitions import AnyCheck, Total, TotalsAgree
from dripline.measures import Count
from dripline.nodes import (
    INTEGER,
    Choose,
    Condition,
    FirstKnown,
    HasRow,
    IsCode,
    MonthsLater,
    Named,
    Parameter,
    PeriodDay,
    Value,
)
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.registers import INSTITUTION
from dripline.standards.shapes import FILLER, FOREIGN
from dripline.standards.sources import GUIDE, OWN, STANDARD, place, row_rule
from dripline.words import Text

Loans = type[CLDWDK] | type[DWDKFS]

OVERDRAFTS = ("F041", "F042", "F043")


def code_in(loans: Loans, number: str) -> str:
    """The rule's code: its own in the stock, under DWDKFS-10 in the flow."""
    return f"CLDWDK-{number}" if loans is CLDWDK else f"DWDKFS-10/CLDWDK-{number}"


def term_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """The rules that a note of either table must keep."""
    return (
        *industry_rules(loans),
        *product_rules(loans),
        *date_rules(loans),
        *rate_rules(loans),
        *repricing_rules(loans),
        old_benchmark_rule(loans),
        *text_rules(loans),
    )


def industry_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-05: industries of borrower and use."""
    foreign = loans.borrower_region_code.matches(FOREIGN)
    abroad = loans.borrower_industry.is_("200"), loans.use_industry.is_("2000")
    return (
        row_rule(
            code_in(loans, "05/borrower"),
            "error",
            STANDARD,
            Text(
                zh="单位贷款的借款人行业不得为100（个人）。",
                en="The industry of a unit that borrows is not 100 (person).",
            ),
            Text(
                zh="按借款人主营业务填行业大类；借款人是个人的，移至个人贷款表。",
                en="Enter the borrower's industry division; move loans to persons to their own table.",
            ),
            holds=loans.borrower_industry.is_not("100"),
        ),
        row_rule(
            code_in(loans, "05/use"),
            "error",
            STANDARD,
            Text(
                zh="单位贷款的实际投向不得为1000（个人）。",
                en="A loan to a unit is not used in industry 1000 (person).",
            ),
            Text(
                zh="按合同用途填行业中类（字母加三位数字）。",
                en="Enter the industry group (letter and three digits) by the purpose in the contract.",
            ),
            holds=loans.use_industry.is_not("1000"),
        ),
        row_rule(
            code_in(loans, "05/foreign"),
            "error",
            STANDARD,
            Text(
                zh="境外借款人（地区代码000开头）的行业为200、实际投向为2000，境内借款人均不是。",
                en="A borrower abroad (region 000...) has industry 200 and use 2000; a resident neither.",
            ),
            Text(
                zh="核对借款人地区代码，再改正行业和投向。",
                en="Check the borrower's region first, then mend industry and use.",
            ),
            holds=(foreign & abroad[0] & abroad[1]) | (~foreign & ~abroad[0] & ~abroad[1]),
        ),
    )


def product_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-06: products that are no loans to units, or rarely are."""
    product = loans.product_type
    return (
        row_rule(
            code_in(loans, "06/never"),
            "error",
            GUIDE,
            Text(
                zh="贷款产品类别不得为再贷款（F01）、打包信贷受让资产（F10）、其他贷款（F99）、黄金借贷（F074）。",
                en="The product is never F01, F10, F99 or F074.",
            ),
            Text(
                zh="按业务实质改填产品类别；不属于单位贷款的，从本表删除。",
                en="Enter the product by its substance; take out what is no loan to a unit.",
            ),
            holds=~product.is_in("F01", "F10", "F99", "F074"),
        ),
        row_rule(
            code_in(loans, "06/unexpected"),
            "warning",
            GUIDE,
            Text(
                zh="单位贷款一般不出现消费贷款（F021类）、拆借（F03）和回购/返售（F06类）。",
                en="Consumer loans (F021..), interbank lending (F03) and repurchase (F06..) "
                "are not expected of units.",
            ),
            Text(
                zh="核对产品类别和借款人；确有此类业务的，说明原因。",
                en="Check product and borrower; if there is such business, say why.",
            ),
            holds=~product.matches(r"F021\d*|F03|F06\d"),
        ),
        row_rule(
            code_in(loans, "06/lease"),
            "warning",
            GUIDE,
            Text(
                zh="融资租赁（F09）只由租赁公司填报。",
                en="Finance leases (F09) come from leasing companies only.",
            ),
            Text(
                zh="银行改填经营贷款或固定资产贷款；租赁公司请核对机构登记中的类型。",
                en="A bank enters F022 or F023; a leasing company checks its kind in INSTITUTION.",
            ),
            given=product.is_("F09"),
            holds=HasRow(
                ((loans.fin_inst_code, INSTITUTION.institution_code),),
                where=INSTITUTION.kind.is_in("financial_leasing", "leasing"),
            ),
        ),
    )


def date_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-12: a loan is granted by the data date, and before it is due."""
    return (
        row_rule(
            code_in(loans, "12"),
            "error",
            OWN,
            Text(
                zh="贷款发放日期不得晚于到期日期，也不得晚于数据日期。",
                en="A loan is granted no later than it is due, and no later than the data date.",
            ),
            Text(
                zh="按借据核对发放日期和到期日期，改正填错的一个。",
                en="Compare both days with the loan note and mend the wrong one.",
            ),
            holds=loans.grant_date.not_after(loans.due_date)
            & loans.grant_date.not_after(PeriodDay()),
        ),
    )


def rate_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-13 to 15: base rate, benchmark, level."""
    return (
        row_rule(
            code_in(loans, "13"),
            "error",
            STANDARD,
            Text(
                zh="固定利率（RF01）的基准利率为空，浮动利率（RF02）的基准利率必填。",
                en="The base rate is empty for a fixed rate (RF01) and filled for a floating one (RF02).",
            ),
            Text(
                zh="先核对合同利率是否可变，再删除或补填基准利率。",
                en="See in the contract whether the rate may change; then clear or fill the base rate.",
            ),
            holds=loans.rate_type.is_("RF02").same_as(loans.base_rate.is_known),
        ),
        row_rule(
            code_in(loans, "14"),
            "error",
            GUIDE,
            Text(
                zh="贷款定价基准类型必填，固定利率贷款也要填。",
                en="The pricing benchmark is filled, for fixed rates too.",
            ),
            Text(
                zh="填合同约定的定价基准，多为LPR（TR05）。",
                en="Enter the benchmark of the contract, mostly the LPR (TR05).",
            ),
            holds=loans.pricing_benchmark.is_known,
        ),
        row_rule(
            code_in(loans, "15"),
            "warning",
            GUIDE,
            Text(
                zh="利率一般高于合理下限，且低于发放日同期限LPR的若干倍（界限见check.rate_min_percent、"
                "check.rate_over_lpr_factor）；只有免息的透支可为0。",
                en="A rate is normally above the lowest plausible one and below a multiple of the LPR of its term on the "
                "grant day (check.rate_min_percent, check.rate_over_lpr_factor); only a free overdraft has 0.",
            ),
            Text(
                zh="0.05一类的值多为漏乘100：5.2%应写作5.20000；确为该利率的，说明原因。",
                en="A value such as 0.05 points to a missing factor of 100: 5.2 % is 5.20000. "
                "If the rate is right, say why.",
            ),
            given=~(loans.interest_rate.is_(0) & loans.product_type.is_in(*OVERDRAFTS)),
            holds=loans.interest_rate.above(Parameter("check.rate_min_percent", scale=2))
            & loans.interest_rate.below(
                Parameter("check.rate_over_lpr_factor", scale=2) * lpr_of_term(loans)
            ),
        ),
    )


def lpr_of_term(loans: Loans) -> Value:
    """The LPR on the grant day: of over five years for longer terms, of one year for all others."""
    five_years_on = MonthsLater(loans.grant_date, 60)
    return Choose(
        (
            (
                loans.due_date.after(five_years_on),
                Parameter("lpr.five_year", scale=2, on=loans.grant_date),
            ),
        ),
        otherwise=Parameter("lpr.one_year", scale=2, on=loans.grant_date),
    )


def repricing_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-16 to 18: the next day on which the rate may change."""
    reprice, end = loans.reprice_date, last_day(loans)
    zh_end, en_end = words_of_limit(loans)
    return (
        row_rule(
            code_in(loans, "16"),
            "error",
            STANDARD,
            Text(
                zh="利率重新定价日必填，且不早于发放日期。",
                en="The next repricing date is filled and not before the grant date.",
            ),
            Text(
                zh="填下一次重新定价的日期；不再重新定价的，填到期日期。",
                en="Enter the next repricing date; if there is none, the due date.",
            ),
            holds=reprice.is_known & reprice.not_before(loans.grant_date),
        ),
        row_rule(
            code_in(loans, "17"),
            "error",
            GUIDE,
            Text(
                zh="固定利率（RF01）的重新定价日为展期到期日期，未展期的为到期日期。" + zh_end,
                en="With a fixed rate (RF01) the repricing date is the due date after extension, or else "
                "the due date." + en_end,
            ),
            Text(
                zh="将重新定价日改为（展期）到期日期；利率可变的，改填RF02。",
                en="Enter the (extended) due date; if the rate may change, enter RF02.",
            ),
            given=limited(loans, loans.rate_type.is_("RF01")),
            holds=reprice.is_(end),
        ),
        row_rule(
            code_in(loans, "18"),
            "error",
            GUIDE,
            Text(
                zh="浮动利率（RF02）的重新定价日不晚于展期到期日期，未展期的不晚于到期日期。"
                + zh_end,
                en="With a floating rate (RF02) the repricing date is not after the due date after extension, "
                "or else the due date." + en_end,
            ),
            Text(
                zh="填到期前的下一次重新定价日；逾期贷款确需晚于到期日的，说明原因。",
                en="Enter the next repricing date before the loan is due; explain an overdue loan "
                "that is repriced later.",
            ),
            given=limited(loans, loans.rate_type.is_("RF02")),
            holds=reprice.not_after(end),
        ),
    )


def last_day(loans: Loans) -> Value:
    """The due date after extension where there is one, else the due date."""
    if loans is CLDWDK:
        return FirstKnown((CLDWDK.extended_due_date, CLDWDK.due_date))
    return loans.due_date


def limited(loans: Loans, kind_of_rate: Condition) -> Condition:
    """The flow table does not say to when a loan was extended, so only its grants can be judged."""
    return kind_of_rate if loans is CLDWDK else kind_of_rate & DWDKFS.direction.is_("1")


def words_of_limit(loans: Loans) -> tuple[str, str]:
    """The same limit in Chinese and in English, to end a sentence with."""
    if loans is CLDWDK:
        return "", ""
    return (
        "（发生额表无展期到期日期，只判断发放。）",
        " (Only grants are judged: the flow table does not hold the extended due date.)",
    )


def old_benchmark_rule(loans: Loans) -> TotalsAgree:
    """CLDWDK-20: how many notes are still priced on the old benchmark lending rate."""
    notes = Total("notes", Count(loans.loan_note_no))
    old = Total("tr08", Count(loans.loan_note_no, loans.pricing_benchmark.is_("TR08")))
    return TotalsAgree(
        code=code_in(loans, "20"),
        severity="warning",
        source=GUIDE,
        article=place(GUIDE, (loans.pricing_benchmark,)),
        says=Text(
            zh="以原贷款基准利率（TR08）定价的笔数占比一般不超过界限。",
            en="The share of notes priced on the old benchmark lending rate (TR08) is small.",
        ),
        remedy=Text(
            zh="核对这些贷款是否已转换为LPR（TR05）定价；未转换的，说明原因。",
            en="See whether these loans were converted to the LPR (TR05); if not, say why.",
        ),
        keys=(),
        totals=(old, notes),
        holds=Named("tr08", INTEGER).at_most(
            Parameter("check.tr08_share", scale=4) * Named("notes", INTEGER)
        ),
    )


def text_rules(loans: Loans) -> tuple[AnyCheck, ...]:
    """CLDWDK-22 and 23: fiscal support and purpose."""
    return (
        row_rule(
            code_in(loans, "22"),
            "error",
            STANDARD,
            Text(
                zh="财政扶持方式只填最底层代码；无财政扶持的为空。",
                en="Fiscal support is a code of the lowest level, and empty if there is none.",
            ),
            Text(
                zh="改填A0101、A0102、A0201、A0202、B、C或Z；没有财政扶持（含只有再贷款支持）的，留空。",
                en="Enter A0101, A0102, A0201, A0202, B, C or Z; leave it empty without fiscal support "
                "(relending is none).",
            ),
            given=loans.fiscal_support.is_known,
            holds=IsCode(loans.fiscal_support, "fiscal"),
        ),
        row_rule(
            code_in(loans, "23"),
            "warning",
            GUIDE,
            Text(
                zh="贷款用途应按合同填写，不为空，也不是“无”、“?”、纯数字等占位内容。",
                en="The purpose is filled from the contract and no filler such as 无, ? or digits only.",
            ),
            Text(
                zh="照合同约定的用途填写，如“采购原材料”。",
                en="Enter the purpose as the contract has it, such as 采购原材料.",
            ),
            holds=loans.loan_purpose.is_known & ~loans.loan_purpose.matches(FILLER),
        ),
    )
