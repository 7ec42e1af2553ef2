"""Loans secured by intellectual property or by receivables: the contract has such collateral, alone or among others."""

from typing import Final

from dripline.indicators.balances import LISTED, held
from dripline.indicators.chapters import figure
from dripline.indicators.populations import firm_code
from dripline.measures import CountDistinct
from dripline.nodes import Condition, HasRow
from dripline.standards.guarantees import DBWXX
from dripline.standards.loans import CLDWDK
from dripline.words import Text


def secured_by(*kinds: str) -> Condition:
    """The loan's contract has collateral of one of these kinds."""
    contract = ((CLDWDK.loan_contract_no, DBWXX.guaranteed_contract_no),)
    return HasRow(contract, DBWXX.collateral_type.is_in(*kinds))


PROPERTY: Final = secured_by("D07")
RECEIVABLES: Final = secured_by("B01", "B02", "B99")
INCLUDING: Final = Text(
    zh="“含”口径：合同项下有该类担保物即计入全部余额，可与其他担保并存。",
    en="Reading “including”: a contract with such collateral counts with its whole balance, whatever else secures it.",
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
)
