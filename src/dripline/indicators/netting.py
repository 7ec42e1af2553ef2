"""How the same yuan is kept from counting twice over loans, bills, bonds and equity: each rule, and what it leaves open.

A rule takes rows out by a condition, follows from which table and column are added, or is open: the tables at hand cannot
tell, and what is not known is counted apart or said. A table that no figure adds is kept out by the rule that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from dripline.errors import DefinitionError
from dripline.law.entries import STATUSES, Status
from dripline.nodes import Condition, Field, Not, Or, table_of
from dripline.standards.bill_flows import PJRZFS
from dripline.standards.bills import CLPJRZ
from dripline.standards.departments import BOND_HOLDING, BOND_ISSUE, EQUITY_FINANCING
from dripline.standards.equity import CLGQTZ
from dripline.standards.loan_flows import DWDKFS
from dripline.standards.loans import CLDWDK
from dripline.standards.rediscounts import CLZTX
from dripline.wording import phrase
from dripline.wording.figures import source_words
from dripline.words import Text

Effect = Literal["rows_out", "as_added", "table_out", "open"]
EFFECTS: Final[dict[Effect, Text]] = {
    "rows_out": Text(zh="剔除符合条件的行", en="rows that meet the condition are left out"),
    "as_added": Text(
        zh="由所取的表和字段保证", en="follows from the table and column that are added"
    ),
    "table_out": Text(zh="该表不计入合计", en="the table is not added"),
    "open": Text(
        zh="现有数据不能判断，单列或说明", en="the data at hand cannot tell: counted apart or said"
    ),
}
STANDARD, OWN = "collection-standard-v2.1", "own"
MEANING: Final = Text(
    zh="没有文件规定本合计如何轧差，按字段含义推定，待人民银行河南省分行确认。",
    en="No document says how this sum is netted; inferred from what the columns mean, until the branch confirms it.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Netting:
    """One rule: what it says, the columns it looks at, what it does, and where it stands.

    ``out``: rows for which it holds are not added. ``apart``: codes of the figures that show what the rule leaves out or
    cannot tell. ``missing``: tables of the standard that it would need and whose columns are not known to us.
    """

    code: str
    says: Text
    columns: tuple[Field, ...]
    effect: Effect
    source: str = OWN
    article: str
    status: Status = "assumed"
    reason: Text | None = MEANING
    out: tuple[Condition, ...] = ()
    apart: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if bool(self.out) != (self.effect == "rows_out"):
            raise DefinitionError(f"{self.code}: a condition goes with rows_out and nothing else.")
        if self.status == "assumed" and self.reason is None:
            raise DefinitionError(f"{self.code}: what is assumed needs a reason.")

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables whose columns it looks at, in order."""
        return tuple(dict.fromkeys(column.table for column in self.columns))


FINANCIAL: Final = (*(f"B0{number}" for number in range(1, 10)), "B99", "E03")
"""Sectors of financial institutions, at home and abroad, and of special purpose vehicles."""
BETWEEN_INSTITUTIONS: Final = ("F01", "F03")
"""Relending of the central bank, and interbank lending."""
NOT_OF_FIRMS: Final = (
    "FB00",
    "FB01",
    "FB02",
    "FB03",
    "FB04",
    "FB05",
    "FB06",
    "CB06",
    "CB07",
    "CB08",
    "ABS01",
)
"""Bonds of banks, securities firms and insurers, and securities made of banks' loans."""


def of_an_institution(loans: type[CLDWDK] | type[DWDKFS]) -> Condition:
    """A claim on a bank, a lessor, a fund or another financial institution."""
    to_one = loans.borrower_sector.is_in(*FINANCIAL)
    return to_one | loans.product_type.is_in(*BETWEEN_INSTITUTIONS)


RULES: Final[tuple[Netting, ...]] = (
    Netting(
        code="NET-01",
        says=Text(
            zh="银行持有的企业债券不再加：一只债券按发行余额计一次，记在发行人名下；银行持有部分只作“其中”。",
            en="Bonds of firms that banks hold are not added: a bond counts once, with its issuer, as what is outstanding of "
            "it; what banks hold is an of-which.",
        ),
        columns=(BOND_ISSUE.outstanding_cny, BOND_HOLDING.bond_code, BOND_HOLDING.balance_cny),
        effect="table_out",
        article="BOND_HOLDING 字段2、5",
        apart=("CM-BONDS-HELD", "FC-APART-BONDS-HELD"),
    ),
    Netting(
        code="NET-02",
        says=Text(
            zh="银行持有的企业股权不再加：股权按企业实际募集额计一次（EQUITY_FINANCING），投资方是否银行不影响；只有银行持股、未登记融资的，不计入。",
            en="Shares of firms that banks hold are not added: equity counts once, as what the firm raised (EQUITY_FINANCING), "
            "whoever invested; a share that no record of a round stands behind is not counted.",
        ),
        columns=(EQUITY_FINANCING.amount_cny, CLGQTZ.balance_cny),
        effect="table_out",
        source=STANDARD,
        article="JS_204_CLGQTZ 字段10",
        apart=("CM-EQUITY-HELD",),
    ),
    Netting(
        code="NET-03",
        says=Text(
            zh="再贴现不计：是银行对中央银行的负债，票据本身仍在CLPJRZ计一次。",
            en="Rediscounts are not added: the bank owes them to the central bank; the bill behind counts once, in CLPJRZ.",
        ),
        columns=(CLZTX.rediscount_amount_cny, CLPJRZ.discount_amount_cny),
        effect="table_out",
        source=STANDARD,
        article="JS_205_CLZTX 字段24",
        status="official",
        reason=None,
    ),
    Netting(
        code="NET-04",
        says=Text(
            zh="转贴现不重复计：票据存量只在期末持有行计一次；当期新增只计直贴买入（A01），转贴现买入不是企业的新融资。",
            en="A bill bought on counts once: in the stock with who holds it at the end of the period; as new financing only "
            "the direct discount (A01), not a purchase between banks.",
        ),
        columns=(CLPJRZ.discount_mode, CLPJRZ.discount_amount_cny, PJRZFS.trade_type),
        effect="as_added",
        source=STANDARD,
        article="JS_205_CLPJRZ 字段4、29；JS_205_PJRZFS 字段31",
    ),
    Netting(
        code="NET-05",
        says=Text(
            zh="转贴现买入的票据，贴现申请人是卖出票据的银行的，无法知道背后企业，不计入企业，单列；同一票据编号在两家机构存量中同时出现的，单列张数。",
            en="Of a bill bought on whose applicant is the bank that sold it, the firm behind is not known: it counts with no "
            "firm and stands apart. Bills that two institutions both hold are counted apart, by number.",
        ),
        columns=(
            CLPJRZ.bill_no,
            CLPJRZ.discount_applicant_sector,
            CLPJRZ.discount_applicant_id_no,
        ),
        effect="open",
        article="JS_205_CLPJRZ 字段7、9、10",
        apart=("FC-APART-BILLS-BOUGHT", "FC-APART-BILLS-TWICE"),
    ),
    Netting(
        code="NET-06",
        says=Text(
            zh="承兑与其贴现是同一笔融资：只计贴现，记在贴现申请人名下，不再按出票人、承兑人计；未贴现的承兑（CLYHCD）没有数据。"
            "承兑垫款是出票人另欠的债，票据已收回，按贷款计一次。",
            en="An acceptance and its discount are one financing: the discount counts, with its applicant, and not again with "
            "drawer or acceptor. Acceptances not discounted (CLYHCD) have not come. An advance on an acceptance is a debt of "
            "the drawer after the bill was paid: it counts once, as a loan.",
        ),
        columns=(CLPJRZ.discount_amount_cny, CLPJRZ.drawer_id_no, CLDWDK.product_type),
        effect="as_added",
        article="JS_205_CLPJRZ 字段9、20",
        missing=("CLYHCD", "YHCDFS"),
    ),
    Netting(
        code="NET-07",
        says=Text(
            zh="对金融机构的债权不计：转贷款由转贷行对企业的贷款计一次，批发行对转贷行的债权剔除；银行给租赁、保理等金融机构的再融资同样剔除。",
            en="Claims on financial institutions are left out: of an on-lent loan the last bank's loan to the firm counts, not "
            "the wholesale lender's claim on that bank; so for what banks lend to lessors and factors that are such "
            "institutions.",
        ),
        columns=(
            CLDWDK.borrower_sector,
            CLDWDK.product_type,
            DWDKFS.borrower_sector,
            DWDKFS.product_type,
        ),
        effect="rows_out",
        out=(of_an_institution(CLDWDK), of_an_institution(DWDKFS)),
        source=STANDARD,
        article="JS_201_CLDWDK 字段6、13；JS_201_DWDKFS 字段6、13",
        apart=("FC-APART-LOANS",),
    ),
    Netting(
        code="NET-08",
        says=Text(
            zh="融资租赁、保理：报送机构自己的（F09、F08）记在承租人、融资人名下计一次；非银行出租人、保理商按模板另报，列在旁边不进合计，"
            "所以银行给它们的贷款不重复；有无追索权、应收账款对应哪笔贷款，数据不能判断。",
            en="Leases and factoring of a reporter (F09, F08) count once, with the lessee or the firm financed. Lessors and "
            "factors that are no banks report by template, beside and not inside, so a bank's loan to them is not counted "
            "twice. Whether there is recourse, and which receivable stands behind, the data do not say.",
        ),
        columns=(CLDWDK.product_type, CLDWDK.borrower_id_no),
        effect="open",
        article="JS_201_CLDWDK 字段5、13",
    ),
    Netting(
        code="NET-09",
        says=Text(
            zh="委托贷款按委托人计，单列，不进合计；委托贷款表（CLWTDK）的字段尚不掌握，没有数据。",
            en="Entrusted loans go by their principal, apart and outside the sum; the columns of their table (CLWTDK) are not "
            "known to us and none have come.",
        ),
        columns=(),
        effect="open",
        article="CLWTDK、WTDKFS",
        missing=("CLWTDK", "WTDKFS"),
    ),
    Netting(
        code="NET-10",
        says=Text(
            zh="银团贷款各成员行只报自己的份额，相加不重复；户数按企业计一次。",
            en="Members of a syndicate report their own share, so shares add up; the firm counts once.",
        ),
        columns=(CLDWDK.balance_cny, CLDWDK.borrower_id_no),
        effect="as_added",
        article="JS_201_CLDWDK 字段5、20",
    ),
    Netting(
        code="NET-11",
        says=Text(
            zh="贷款转让后随受让行：存量按期末持有行计，转入（LF04）不是新融资；受让行和出让行都未出表的，借据编码各行自编，不能判断。",
            en="A loan sold goes with its buyer: in the stock with who holds it, and the purchase (LF04) is no new financing. "
            "Where seller and buyer both still show it, banks' own note numbers do not tell.",
        ),
        columns=(CLDWDK.balance_cny, DWDKFS.loan_event_status),
        effect="as_added",
        source=STANDARD,
        article="JS_201_DWDKFS 字段29 LF04",
    ),
    Netting(
        code="NET-12",
        says=Text(
            zh="资产证券化、核销、剥离移出表外的贷款不在存量中，当月移出额见月度账；"
            "表外余额没有数据。信贷资产ABS是银行发行的，不作为企业债券。",
            en="Loans securitised, written off or stripped are off the books and not in the stock; what left in the month "
            "stands in the monthly account; what is outstanding of them is not known. Securities made of banks' loans are no "
            "bonds of firms.",
        ),
        columns=(BOND_ISSUE.bond_type,),
        effect="rows_out",
        out=(BOND_ISSUE.bond_type.is_in(*NOT_OF_FIRMS),),
        article="BOND_ISSUE 字段6；JS_201_DWDKFS 字段29 LF02、LF03、LF07",
        apart=("FC-APART-BONDS", "AC-12-SECURITISED", "AC-09-WRITTEN-OFF", "AC-10-STRIPPED"),
    ),
    Netting(
        code="NET-13",
        says=Text(
            zh="债转股：贷款在转股时退出存量（LF08），股权在登记为企业融资后才计入；可转债转股同理，以发行余额减少为准。两者之间不计。",
            en="A debt swapped into equity leaves the loans when it is swapped (LF08) and counts as equity once recorded as a "
            "round; a converted bond likewise, by what is left outstanding. In between it counts nowhere.",
        ),
        columns=(
            CLDWDK.balance_cny,
            DWDKFS.loan_event_status,
            BOND_ISSUE.outstanding_cny,
            EQUITY_FINANCING.completed_on,
        ),
        effect="as_added",
        article="JS_201_DWDKFS 字段29 LF08；EQUITY_FINANCING 字段7",
        apart=("AC-14-SWAPPED",),
    ),
    Netting(
        code="NET-14",
        says=Text(
            zh="股权存量按登记以来累计募集额计，回购、减资没有数据；挂牌未融资的为0。",
            en="The stock of equity is what has been raised since the register began; shares bought back and capital returned "
            "are not known. A quotation without an offering is 0.",
        ),
        columns=(EQUITY_FINANCING.amount_cny, EQUITY_FINANCING.completed_on),
        effect="open",
        article="EQUITY_FINANCING 字段7、10",
    ),
    Netting(
        code="NET-15",
        says=Text(
            zh="同一债券、同一次融资由两个部门报送的，校验只在一份报表内查重，跨部门重复的单列笔数。",
            en="A bond or round that two departments both hand in: rules look for doubles within one form only, so doubles "
            "between forms are counted apart.",
        ),
        columns=(BOND_ISSUE.bond_code, EQUITY_FINANCING.record_no),
        effect="open",
        article="BOND_ISSUE 字段1；EQUITY_FINANCING 字段1",
        apart=("FC-APART-BONDS-TWICE", "FC-APART-ROUNDS-TWICE"),
    ),
    Netting(
        code="NET-16",
        says=Text(
            zh="境外贷款、信托、小额贷款等没有逐笔数据的融资不在合计中，合计是下限。",
            en="Loans from abroad, of trusts, micro-lenders and the like come without rows and are not in the sum, which is a "
            "lower bound.",
        ),
        columns=(),
        effect="open",
        article="全口径范围",
    ),
)
"""In the order they are printed."""


def counted(table: str) -> tuple[Condition, ...]:
    """The conditions a row of a table must meet not to be left out by a rule."""
    found = (part for rule in RULES for part in rule.out if table_of(part) == table)
    return tuple(Not(part) for part in found)


def left_out(table: str) -> Condition:
    """The rows of a table that some rule leaves out."""
    return Or(tuple(part for rule in RULES for part in rule.out if table_of(part) == table))


def about(*tables: str) -> tuple[Netting, ...]:
    """The rules that look at one of these tables, and those about what has no table at hand."""
    return tuple(rule for rule in RULES if not rule.columns or set(rule.tables) & set(tables))


def note(rules: Iterable[Netting], also: Text) -> Text:
    """What stands with a figure: its own words, then each rule by code."""
    parts = list(rules)
    zh = "".join(f"\n{rule.code} {rule.says.zh}" for rule in parts)
    en = "".join(f"\n{rule.code} {rule.says.en}" for rule in parts)
    return Text(zh=f"{also.zh}轧差规则：{zh}", en=f"{also.en} Netting: {en}")


def standing(rule: Netting) -> Text:
    """How sure the rule is, and why where it is assumed."""
    status = STATUSES[rule.status]
    if rule.reason is None:
        return status
    return Text(zh=f"{status.zh}：{rule.reason.zh}", en=f"{status.en}: {rule.reason.en}")


def lines(rule: Netting) -> Iterator[Text]:
    """All that is said of a rule, a line for each matter."""
    yield rule.says
    effect, sure = EFFECTS[rule.effect], standing(rule)
    yield Text(zh=f"做法：{effect.zh}。", en=f"What it does: {effect.en}.")
    for condition in rule.out:
        words = phrase(condition)
        yield Text(zh=f"剔除条件：{words.zh}。", en=f"Left out: {words.en}.")
    if rule.columns:
        named = "、".join(f"{column.table}.{column.name}" for column in rule.columns)
        yield Text(zh=f"所看字段：{named}。", en=f"Columns: {named}.")
    if rule.missing:
        tables = "、".join(rule.missing)
        yield Text(zh=f"没有的表：{tables}。", en=f"Tables not at hand: {tables}.")
    if rule.apart:
        codes = "、".join(rule.apart)
        yield Text(zh=f"单列指标：{codes}。", en=f"Counted apart: {codes}.")
    cited = source_words(rule.source, rule.article)
    yield Text(zh=f"依据：{cited.zh}（{sure.zh}）", en=f"Source: {cited.en} ({sure.en})")
