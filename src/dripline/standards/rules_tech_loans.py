"""What must hold in HDACLKJDK and HDAKJDKFS, the technology loans: summary rows first, then one row per loan."""

from dataclasses import replace

from dripline.definitions import AnyCheck, Check, Need
from dripline.nodes import INTEGER, And, Choose, Condition, Constant, Field, Lookup, Or
from dripline.standards.sources import OWN, TECH_STANDARD, place, row_rule, unique_rule
from dripline.standards.tech_loans import HDACLKJDK, HDAKJDKFS
from dripline.standards.totals import named, rows_of, totals_rule
from dripline.words import Text

TechLoans = type[HDACLKJDK] | type[HDAKJDKFS]

SUMMARIES = ("T08", "T09", "T10", "T11", "T12")
"""The summary rows in the order of the file: four classes of industry, then all of them, each loan once."""
LOAN_BY_LOAN = "T13"
NONE = "0"
"""What stands for a loan note in the row of a bill, and for a bill in the row of a loan note."""
FLAGS = {
    "high_tech_mfg_flag": "high_tech_mfg_type",
    "high_tech_service_flag": "high_tech_service_type",
    "strategic_emerging_flag": "strategic_emerging_type",
    "ip_intensive_flag": "ip_intensive_type",
}
"""Whether a loan belongs to a class of industry, and to which part of it, in the order of T08 to T11."""
BILLS_OF = {"HDACLKJDK": "CLPJRZ", "HDAKJDKFS": "PJRZFS"}
"""The table that holds the bills behind the rows C03 of a technology table."""
STOPPED = ("tech_innovation_demo_flag", "mfg_champion_flag")


def is_summary(table: TechLoans) -> Condition:
    """A row that sums up a class."""
    return table.row_type.is_in(*SUMMARIES)


def is_loan(table: TechLoans) -> Condition:
    """A row for one loan note or bill."""
    return table.row_type.is_(LOAN_BY_LOAN)


def is_bill(table: TechLoans) -> Condition:
    """A row about a discounted bill."""
    return table.business_type.is_("C03")


def waits_for_bills(table: TechLoans) -> tuple[Need, ...]:
    """A rule about bills is not run while there are some and their table has not come."""
    return (Need(BILLS_OF[table.code], when=is_bill(table)),)


def row_number(table: TechLoans) -> Field:
    """The number of the row in its file, from 1."""
    return Field(table.code, "_row", INTEGER)


def has_number(number: Field) -> Condition:
    """The row is about a loan note (or bill, transaction): its number is not 0. An empty one may be anything."""
    return number.is_empty | number.is_not(NONE)


def named_columns(table: TechLoans) -> tuple[Field, ...]:
    """Columns that name the loan or bill; they are filled in its row."""
    names = ["fin_inst_code", "internal_org_no", "loan_contract_no", "loan_note_no", "bill_no"]
    names += [*FLAGS, "business_type"]
    names += ["serial_no"] if table is HDAKJDKFS else []
    return tuple(table.field(name) for name in names)


def in_order(table: TechLoans) -> Condition:
    """The row stands where it belongs, counted from the row T08 (a sheet has its headings above)."""
    row = row_number(table)
    always = Choose(((table.row_type.is_known, Constant(SUMMARIES[0])),))
    first = Lookup(row, ((always, table.row_type),))
    places = tuple(
        table.row_type.is_(name) & row.is_(first + place) for place, name in enumerate(SUMMARIES)
    )
    return Or((*places, is_loan(table) & row.above(first + (len(SUMMARIES) - 1))))


def order_rules(table: TechLoans) -> tuple[AnyCheck, ...]:
    """KJ-01: the first five rows are the summaries in their order; all others are loans."""
    rows = rows_of("rows", table.row_type)
    of_each = tuple(rows_of(name, table.row_type, table.row_type.is_(name)) for name in SUMMARIES)
    remedy = Text(
        zh="先按T08、T09、T10、T11、T12的顺序各填一行汇总（无业务填0），再填逐笔数据T13。",
        en="Write one row each for T08, T09, T10, T11, T12 in this order (0 if none), then the rows T13.",
    )
    return (
        Check(
            code=f"KJ-01/{table.code}/order",
            severity="reject",
            source=TECH_STANDARD,
            article=place(TECH_STANDARD, (table.row_type,)),
            says=Text(
                zh="第1至5行依次为T08、T09、T10、T11、T12，其余各行均为T13。",
                en="Rows 1 to 5 are T08, T09, T10, T11, T12 in this order, and all others T13.",
            ),
            remedy=remedy,
            holds=in_order(table),
        ),
        totals_rule(
            f"KJ-01/{table.code}/rows",
            "reject",
            TECH_STANDARD,
            Text(
                zh="文件有记录的，T08至T12各有一行汇总。",
                en="A file that has rows has one summary row each for T08 to T12.",
            ),
            remedy,
            totals=(rows, *of_each),
            given=named(rows).above(0),
            holds=And(tuple(named(total).is_(1) for total in of_each)),
        ),
    )


def filling_rules(table: TechLoans) -> tuple[AnyCheck, ...]:
    """KJ-02, KJ-03 and KJ-07: what is filled in which kind of row."""
    sums = (table.sum_amount_cny, table.weighted_avg_rate, table.borrower_count)
    own = (*named_columns(table), *(table.field(name) for name in FLAGS.values()))
    unused = (*STOPPED, *(f"reserved_{number}" for number in range(1, 11)))
    return (
        row_rule(
            f"KJ-02/{table.code}",
            "error",
            TECH_STANDARD,
            Text(
                zh="汇总行（T08至T12）的金额、利率、企业数必填，其他字段为空。",
                en="A summary row (T08 to T12) has amount, rate and number of firms, and nothing else.",
            ),
            Text(
                zh="补填这三项（无业务填0.00、0.00000、0），清空其他字段。",
                en="Fill these three (0.00, 0.00000 and 0 if there is no business) and clear the rest.",
            ),
            given=is_summary(table),
            holds=And((*(field.is_known for field in sums), *(field.is_empty for field in own))),
        ),
        row_rule(
            f"KJ-03/{table.code}",
            "error",
            TECH_STANDARD,
            Text(
                zh="逐笔行（T13）的汇总字段为空；机构、合同、借据、票据、四个是否标识和业务类别必填。",
                en="A loan's row (T13) has no sums; institution, contract, note, bill, the four flags and "
                "the kind of business are filled.",
            ),
            Text(
                zh="清空第2至4字段，补填其余必填项；合同、借据、票据中不适用的填0。",
                en="Clear fields 2 to 4 and fill the others; enter 0 for the contract, note or bill "
                "that does not apply.",
            ),
            given=is_loan(table),
            holds=And(
                (
                    *(field.is_empty for field in sums),
                    *(field.is_known for field in named_columns(table)),
                )
            ),
        ),
        row_rule(
            f"KJ-07/{table.code}",
            "error",
            TECH_STANDARD,
            Text(
                zh="停用字段（第10、11字段）和备用字段应为空。",
                en="The stopped fields (10, 11) and the reserved ones are empty.",
            ),
            Text(zh="清空这些字段。", en="Clear these fields."),
            holds=And(tuple(table.field(name).is_empty for name in unused)),
        ),
    )


def class_rules(table: TechLoans) -> tuple[AnyCheck, ...]:
    """KJ-04 and KJ-05: flags and the classes they go with."""
    return (
        *(
            row_rule(
                f"KJ-04/{table.code}/{flag.removesuffix('_flag')}",
                "error",
                TECH_STANDARD,
                Text(
                    zh=f"{table.columns[flag].label.zh}为1的必填类型，为0的类型为空。",
                    en=f"{table.columns[flag].label.en}: the class is filled if the flag is 1, "
                    "and empty if it is 0.",
                ),
                Text(
                    zh="先核对是否标识，再补填或清空类型；属于几个小类的，填主要的一个。",
                    en="Check the flag, then fill or clear the class; of several enter the main one.",
                ),
                given=is_loan(table),
                holds=table.field(flag).is_("1").same_as(table.field(kind).is_known),
            )
            for flag, kind in FLAGS.items()
        ),
        row_rule(
            f"KJ-05/{table.code}",
            "error",
            OWN,
            Text(
                zh="逐笔行（T13）的四个是否标识至少有一个为1。",
                en="Of a loan's row (T13), at least one of the four flags is 1.",
            ),
            Text(
                zh="按实际投向改正标识；不属于科技相关产业的，删除该行。",
                en="Mend the flags by the use of the loan; delete the row if it belongs to no class.",
            ),
            given=is_loan(table),
            holds=in_any_class(table),
        ),
    )


def in_any_class(table: TechLoans) -> Condition:
    """The loan is marked with at least one class."""
    return Or(tuple(table.field(flag).is_("1") for flag in FLAGS))


def business_rule(table: TechLoans) -> AnyCheck:
    """KJ-06: a row is about a loan note or about a bill."""
    contract, note, bill = table.loan_contract_no, table.loan_note_no, table.bill_no
    of_note = contract.is_not(NONE) & note.is_not(NONE) & bill.is_(NONE)
    of_bill = contract.is_(NONE) & note.is_(NONE) & bill.is_not(NONE)
    return row_rule(
        f"KJ-06/{table.code}",
        "error",
        TECH_STANDARD,
        Text(
            zh="单位贷款（C01）填合同和借据编码、票据编号填0；票据（C03）填票据编号、合同和借据编码填0；不使用C02。",
            en="A unit loan (C01) has contract and note, and 0 for the bill; a bill (C03) has its number, and 0 for both; "
            "C02 is not used.",
        ),
        Text(
            zh="按该笔业务改正业务类别，不适用的编码填0。",
            en="Mend the kind of business, and enter 0 for the number that does not apply.",
        ),
        given=is_loan(table),
        holds=(table.business_type.is_("C01") & of_note)
        | (table.business_type.is_("C03") & of_bill),
    )


def once_rule(table: TechLoans, number: Field, what: Text) -> AnyCheck:
    """KJ-08: no loan, bill or transaction stands in two rows."""
    rule = unique_rule(
        f"KJ-08/{table.code}/{number.name}",
        "error",
        TECH_STANDARD if table is HDACLKJDK else OWN,
        Text(
            zh=f"同一期内逐笔行（T13）的{what.zh}不得重复。",
            en=f"No {what.en} stands in two rows T13 of a period.",
        ),
        Text(
            zh="删除重复行；属于几个产业的贷款在同一行标识。",
            en="Delete the second row; a loan of several classes is marked with all of them in one row.",
        ),
        by=(number,),
    )
    return replace(rule, given=is_loan(table) & has_number(number))


def tech_rules(table: TechLoans) -> tuple[AnyCheck, ...]:
    """The rules that the stock and the flow share."""
    return (
        *order_rules(table),
        *filling_rules(table),
        *class_rules(table),
        business_rule(table),
    )


RULES: tuple[AnyCheck, ...] = (
    *tech_rules(HDACLKJDK),
    once_rule(HDACLKJDK, HDACLKJDK.loan_note_no, Text(zh="贷款借据编码", en="loan note")),
    once_rule(HDACLKJDK, HDACLKJDK.bill_no, Text(zh="票据编号", en="bill")),
    *tech_rules(HDAKJDKFS),
    once_rule(HDAKJDKFS, HDAKJDKFS.serial_no, Text(zh="交易流水号", en="transaction number")),
)
