"""Loans secured by intellectual property or by receivables, in two readings: 含 (among others) and 主 (as the main security).

Collateral belongs to a contract, money to its notes: each note asks whether its contract has such collateral, so it counts
once with its own balance however many items, guarantee contracts or notes the contract has.
"""

from typing import Final

from dripline.indicators.balances import LISTED, held
from dripline.indicators.chapters import figure
from dripline.indicators.populations import firm_code
from dripline.measures import CountDistinct
from dripline.nodes import Choose, Condition, Constant, HasRow, Not
from dripline.standards.guarantees import DBWXX
from dripline.standards.loans import CLDWDK
from dripline.words import Text

CONTRACT: Final = ((CLDWDK.loan_contract_no, DBWXX.guaranteed_contract_no),)
PLEDGE, NO_PLEDGE = "A", ("B", "B01", "B99", "C", "C01", "C99", "D")
"""How the bank says a loan is secured: by a pledge; by a mortgage, by a surety, by nothing."""
KNOWLEDGE: Final = ("D07",)
CLAIMS: Final = ("B01", "B02", "B99")


def secured_by(*kinds: str) -> Condition:
    """The loan's contract has collateral of one of these kinds."""
    return HasRow(CONTRACT, DBWXX.collateral_type.is_in(*kinds))


def mainly_by(*kinds: str) -> Condition:
    """Such collateral is what mainly secures the loan: it is a loan on a pledge, and its contract has no other kind.

    Not so where the bank says it is a mortgage, a surety or a credit loan. Unknown for a combined guarantee, or a pledge of
    several kinds: the tables do not say which of them is the main one.
    """
    others = HasRow(CONTRACT, Not(DBWXX.collateral_type.is_in(*kinds)))
    main = Choose(
        (
            (Not(secured_by(*kinds)), Constant("no")),
            (CLDWDK.guarantee_type.is_in(*NO_PLEDGE), Constant("no")),
            (CLDWDK.guarantee_type.is_(PLEDGE) & Not(others), Constant("yes")),
        )
    )
    return main.is_("yes")


PROPERTY: Final = secured_by(*KNOWLEDGE)
RECEIVABLES: Final = secured_by(*CLAIMS)
INCLUDING: Final = Text(
    zh="“含”口径：合同项下有该类担保物即计入全部余额，可与其他担保并存；一份合同的多张借据、多件担保物不重复计。",
    en="Reading “including”: a contract with such collateral counts with its whole balance, whatever else secures it; several "
    "notes or items of a contract multiply nothing.",
)
MAINLY: Final = Text(
    zh="“主”口径：担保方式为质押（A）且合同项下没有其他类担保物的计入；抵押、保证、信用的不计；组合担保或多类质押，报表不载明何为主要担保，"
    "列“未知”。没有文件规定“主”的判定，暂按此执行，待确认。一份合同的多张借据、多件担保物不重复计。",
    en="Reading “mainly”: loans on a pledge (A) whose contract has no other kind of collateral; not those on a mortgage, a "
    "surety or credit. For a combined guarantee or a pledge of several kinds the tables do not say which is the main one: "
    "unknown. No document defines “main”; assumed until confirmed. Several notes or items of a contract multiply nothing.",
)


def borrowers(where: Condition) -> CountDistinct:
    """Technology enterprises with a balance secured so."""
    return CountDistinct((firm_code(CLDWDK.code),), LISTED & where)


CITES: Final = ("collection-standard-v2.1", "JS_201_DBWXX 字段6")
PLEDGES: Final = (
    figure(
        "PL-IP",
        "科技型企业知识产权质押贷款余额",
        "Loans secured by intellectual property",
        held(PROPERTY),
        cites=CITES,
        serves=("3.2", "7.1"),
        note=INCLUDING,
    ),
    figure(
        "PL-IP-FIRMS",
        "知识产权质押贷款科技型企业户数",
        "Technology enterprises with a loan secured by intellectual property",
        borrowers(PROPERTY),
        unit="firms",
        cites=CITES,
        serves=("3.2", "7.1"),
        note=INCLUDING,
    ),
    figure(
        "PL-AR",
        "科技型企业应收账款质押贷款余额",
        "Loans secured by receivables",
        held(RECEIVABLES),
        cites=CITES,
        serves=("3.2", "7.1"),
        note=INCLUDING,
    ),
    figure(
        "PL-AR-FIRMS",
        "应收账款质押贷款科技型企业户数",
        "Technology enterprises with a loan secured by receivables",
        borrowers(RECEIVABLES),
        unit="firms",
        cites=CITES,
        serves=("3.2", "7.1"),
        note=INCLUDING,
    ),
    figure(
        "PL-IP-MAIN",
        "科技型企业知识产权质押贷款余额（主）",
        "Loans secured mainly by intellectual property",
        held(mainly_by(*KNOWLEDGE)),
        cites=CITES,
        serves=("3.2", "7.1"),
        note=MAINLY,
    ),
    figure(
        "PL-IP-MAIN-FIRMS",
        "知识产权质押贷款科技型企业户数（主）",
        "Technology enterprises with a loan secured mainly by intellectual property",
        borrowers(mainly_by(*KNOWLEDGE)),
        unit="firms",
        cites=CITES,
        serves=("3.2", "7.1"),
        note=MAINLY,
    ),
    figure(
        "PL-AR-MAIN",
        "科技型企业应收账款质押贷款余额（主）",
        "Loans secured mainly by receivables",
        held(mainly_by(*CLAIMS)),
        cites=CITES,
        serves=("3.2", "7.1"),
        note=MAINLY,
    ),
    figure(
        "PL-AR-MAIN-FIRMS",
        "应收账款质押贷款科技型企业户数（主）",
        "Technology enterprises with a loan secured mainly by receivables",
        borrowers(mainly_by(*CLAIMS)),
        unit="firms",
        cites=CITES,
        serves=("3.2", "7.1"),
        note=MAINLY,
    ),
)
