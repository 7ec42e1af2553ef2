"""The sentences of the bulletin as data: words with places for figures of the catalogue (FN 10).

A place is ``{CODE}``, ``{CODE@breakdown=item}`` for one item, ``{CODE:style}`` for a signed figure with its word (see
``numbers.DIRECTIONS``). ``{month}`` is the month the bulletin is about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dripline.words import Text


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence; without its figures it says ``instead`` (``{why}`` is the reason), or is left out with a note."""

    words: Text
    instead: Text | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its sentences. The first clause of a sentence bears it: without it the sentence is left out."""

    heading: Text
    sentences: tuple[tuple[Clause, ...], ...]


def clause(zh: str, en: str, *instead: str) -> Clause:
    """A clause in both languages, and if given what it says without its figures."""
    return Clause(Text(zh=zh, en=en), Text(zh=instead[0], en=instead[1]) if instead else None)


TOTAL: Final = Section(
    Text(zh="一、贷款总量", en="1. Volume"),
    (
        (
            clause(
                "{month}末，全省科技型企业贷款余额{TE-BAL}",
                "At the end of {month} loans to technology enterprises stood at {TE-BAL}",
            ),
            clause("同比{GR-YOY:grows}", "{GR-YOY:grows} on the year"),
            clause("增速与各项贷款相比{GR-GAP:over}", "{GR-GAP:over} the growth of all loans"),
            clause("占各项贷款的{TE-OF-ALL}", "{TE-OF-ALL} of all loans"),
        ),
        (
            clause("当月贷款{GR-MONTH:adds}", "In the month they {GR-MONTH:adds}"),
            clause(
                "比年初{GR-YEAR:adds}",
                "since the end of last year they {GR-YEAR:adds}",
                "比年初新增无法得出（{why}）",
                "the change since the end of last year cannot be given ({why})",
            ),
            clause("同比{GR-MORE:more}", "{GR-MORE:more} than a year before"),
            clause(
                "占各项贷款新增的{TE-OF-INCREASE}",
                "{TE-OF-INCREASE} of the increase of all loans",
            ),
            clause(
                "还原核销、转让等处置后比年初{GR-YTD-RESTORED:grows}",
                "{GR-YTD-RESTORED:grows} since then with disposals added back",
            ),
        ),
        (
            clause(
                "按专项统计制度口径（名单类别与上文不同，不含直贴），科技贷款余额{TL-13-BAL}",
                "By the special collection standard (other lists, without direct discounts) technology loans stood at "
                "{TL-13-BAL}",
            ),
            clause("其中科技型企业贷款{TL-01-BAL}", "of which to enterprises {TL-01-BAL}"),
            clause("科技相关产业贷款{TL-08-BAL}", "to technology industries {TL-08-BAL}"),
            clause(
                "含直贴的科技贷款余额{TD-13-BAL}",
                "with direct discounts technology loans stood at {TD-13-BAL}",
            ),
        ),
    ),
)

COVERAGE: Final = Section(
    Text(zh="二、覆盖与首贷", en="2. Reach and first loans"),
    (
        (
            clause(
                "有贷款余额的科技型企业{TE-FIRMS}", "{TE-FIRMS} on the lists had a loan outstanding"
            ),
            clause("户均贷款{TE-AVG}", "{TE-AVG} each on average"),
        ),
        (
            clause(
                "登记在册的名录企业{TE-LISTED}，其中有贷{TE-FINANCED}",
                "Of {TE-LISTED} listed in the register {TE-FINANCED} had a loan",
            ),
            clause("获贷率{TE-COVERAGE}", "a share of {TE-COVERAGE}"),
            clause("无贷{TE-UNFINANCED}", "{TE-UNFINANCED} had none"),
        ),
        (
            clause(
                "省科技型企业名录库企业贷款余额{TE-DIR-BAL}",
                "Loans to enterprises of the directory of Henan stood at {TE-DIR-BAL}",
            ),
            clause("获贷率{TE-DIR-COVERAGE}", "a share with a loan of {TE-DIR-COVERAGE}"),
        ),
        (
            clause(
                "当月首贷户{FL-REGISTRY}（以征信系统查询为准）",
                "{FL-REGISTRY} had their first loan by the credit registry in the month",
                "首贷户数无法得出（{why}）",
                "The number of first loans by the credit registry cannot be given ({why})",
            ),
            clause(
                "本行首贷{FL-BANK-FIRMS}、发放{FL-BANK}",
                "{FL-BANK-FIRMS} a first one at the bank, of {FL-BANK}",
            ),
            clause(
                "平台首见{FL-SEEN}",
                "{FL-SEEN} were seen for the first time",
                "平台首见户数无法得出（{why}）",
                "the number first seen cannot be given ({why})",
            ),
        ),
        (
            clause("科技型企业授信额度{TE-LIMIT}", "Their credit limits came to {TE-LIMIT}"),
            clause("使用率{TE-LIMIT-USED}", "{TE-LIMIT-USED} of it used"),
        ),
    ),
)

STRUCTURE: Final = Section(
    Text(zh="三、贷款结构", en="3. Structure"),
    (
        (
            clause(
                "分名单看，高新技术企业贷款余额{TE-BAL@list_kind=gaoxin}",
                "By list, high-tech enterprises had {TE-BAL@list_kind=gaoxin}",
            ),
            clause(
                "科技型中小企业{TE-BAL@list_kind=keji_sme}",
                "technology small and medium firms {TE-BAL@list_kind=keji_sme}",
            ),
            clause(
                "专精特新中小企业{TE-BAL@list_kind=zhuanjing}",
                "specialised small and medium firms {TE-BAL@list_kind=zhuanjing}",
            ),
            clause(
                "专精特新“小巨人”企业{TE-BAL@list_kind=xiaojuren}",
                "“little giants” {TE-BAL@list_kind=xiaojuren}",
            ),
            clause("一户可在多类，不可相加", "a firm may be on several, so they do not add up"),
        ),
        (
            clause(
                "信用贷款余额{TE-CREDIT}，占比{TE-CREDIT-SHARE}",
                "Credit loans stood at {TE-CREDIT}, a share of {TE-CREDIT-SHARE}",
            ),
            clause(
                "中长期贷款余额{TE-MLT}，占比{TE-MLT-SHARE}",
                "loans for more than a year at {TE-MLT}, a share of {TE-MLT-SHARE}",
            ),
        ),
        (
            clause(
                "知识产权质押贷款余额{PL-IP}，{PL-IP-FIRMS}",
                "Loans secured by intellectual property stood at {PL-IP}, to {PL-IP-FIRMS}",
            ),
            clause(
                "应收账款质押贷款余额{PL-AR}，{PL-AR-FIRMS}",
                "those secured by receivables at {PL-AR}, to {PL-AR-FIRMS}",
            ),
        ),
    ),
)

GRANTS: Final = Section(
    Text(zh="四、投放与续贷", en="4. Grants and renewals"),
    (
        (
            clause(
                "当月向{TE-NEW-FIRMS}科技型企业发放贷款{TE-NEW}",
                "{TE-NEW} were granted to {TE-NEW-FIRMS} in the month",
            ),
            clause("其中新增发放{TE-ANEW}", "of which anew {TE-ANEW}"),
            clause(
                "续贷{TE-RENEWED}（{TE-RENEWED-FIRMS}）",
                "renewed {TE-RENEWED} ({TE-RENEWED-FIRMS})",
            ),
            clause("借新还旧{TE-ROLLED}", "to repay older loans {TE-ROLLED}"),
        ),
        (
            clause(
                "本年累计发放{TE-NEW-YTD}（{TE-NEW-FIRMS-YTD}）",
                "Since January {TE-NEW-YTD} were granted ({TE-NEW-FIRMS-YTD})",
                "本年累计发放额无法得出（{why}）",
                "What was granted since January cannot be given ({why})",
            ),
            clause(
                "累计续贷{TE-RENEWED-YTD}（{TE-RENEWED-FIRMS-YTD}）",
                "renewed {TE-RENEWED-YTD} ({TE-RENEWED-FIRMS-YTD})",
            ),
        ),
        (
            clause(
                "无还本续贷和续贷余额不列：报文不区分是否还本，存量没有续贷标识",
                "Renewals without repayment, and the balance of renewals, are not given: the files do not say whether "
                "principal was repaid, and the stock does not mark renewals",
            ),
        ),
    ),
)

PRICE: Final = Section(
    Text(zh="五、贷款价格", en="5. Price"),
    (
        (
            clause(
                "当月新发放贷款加权平均利率{TE-RATE-NEW}",
                "The average rate of what was granted in the month was {TE-RATE-NEW}",
            ),
            clause(
                "可比价格（人民币、正常新发放）{TE-PRICE}",
                "the comparable price (renminbi, normal, anew) {TE-PRICE}",
            ),
            clause("与同期限LPR相比{TE-SPREAD:over}", "{TE-SPREAD:over} the LPR of the term"),
            clause("余额加权平均利率{TE-RATE-BAL}", "that of the balance {TE-RATE-BAL}"),
        ),
    ),
)

QUALITY: Final = Section(
    Text(zh="六、贷款质量", en="6. Quality"),
    (
        (
            clause(
                "不良贷款余额{QU-BAD}，不良率{QU-BAD-SHARE}",
                "Non-performing loans stood at {QU-BAD}, a share of {QU-BAD-SHARE}",
            ),
            clause(
                "关注类贷款余额{QU-WATCHED}，占{QU-WATCHED-SHARE}",
                "those under special mention at {QU-WATCHED}, {QU-WATCHED-SHARE}",
            ),
            clause(
                "逾期贷款余额{QU-OVERDUE}，占{QU-OVERDUE-SHARE}",
                "overdue ones at {QU-OVERDUE}, {QU-OVERDUE-SHARE}",
            ),
            clause("未来三个月到期{QU-DUE}", "{QU-DUE} fall due within three months"),
        ),
        (
            clause(
                "逾期90天以上不列：报文没有逾期起始日",
                "Loans overdue for more than 90 days are not given: the files do not say since when a loan is overdue",
            ),
        ),
    ),
)

SECTIONS: Final = (TOTAL, COVERAGE, STRUCTURE, GRANTS, PRICE, QUALITY)
"""The bulletin from top to bottom; how complete the month is comes after it."""
