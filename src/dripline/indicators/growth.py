"""Growth of loans to technology enterprises; the list rule is part of each definition (FN 5)."""

from typing import Final

from dripline.indicators.account import DISPOSALS
from dripline.indicators.balances import AGAINST_TOTALS, ALL_LOANS, BALANCE, since
from dripline.indicators.breakdowns import OF_LOANS, OF_TOTALS
from dripline.indicators.chapters import BULLETIN, figure
from dripline.measures import At, Combine, ListRule, Ratio, YearToDate, growth
from dripline.words import Text

RULES: Final[dict[ListRule, Text]] = {
    "same_list": Text(
        zh="可比口径：两端均用本期名单版本（暂定为默认，待分行确认）；机构为今日机构及其前身。",
        en="Comparable: both ends on this period's edition (our default until the branch confirms it); institutions are today's "
        "with their predecessors.",
    ),
    "as_published": Text(
        zh="公布口径：两端各用当时的名单版本；与“可比口径”的差为名单变动。",
        en="As published: each end on its own edition; the difference from the comparable rate is the change of lists.",
    ),
    "fixed_cohort": Text(
        zh="固定样本：两端都在名单上的企业。",
        en="Fixed cohort: firms that are on the list at both ends.",
    ),
}
YEAR_END: Final = At(BALANCE, anchor="last_year_end")
TARGET: Final = ("plan-henan-2025-64", "主要目标")
WAYS: Final = tuple(way for way in OF_LOANS if way not in ("credit_band", "location"))

GROWTH: Final = (
    figure(
        "GR-MONTH",
        "科技型企业贷款当月新增",
        "Change in the month",
        since(BALANCE, months=-1),
        by=WAYS,
        cites=BULLETIN,
        note=RULES["same_list"],
    ),
    figure(
        "GR-YEAR",
        "科技型企业贷款比年初新增",
        "Change since the end of last year",
        since(BALANCE),
        by=WAYS,
        cites=BULLETIN,
        serves=("3.1",),
        note=RULES["same_list"],
    ),
    figure(
        "GR-MORE",
        "比年初新增同比多增",
        "Change since the year's end, more than a year before",
        Combine(((1, since(BALANCE)), (-1, At(since(BALANCE), months=-12)))),
        by=WAYS,
        cites=BULLETIN,
        note=RULES["same_list"],
    ),
    figure(
        "GR-YOY",
        "科技型企业贷款同比增速",
        "Growth on the year",
        growth(BALANCE),
        unit="percent",
        by=WAYS,
        cites=("lending-2025q4", "科技型中小企业"),
        serves=("3.1", "7.1"),
        note=RULES["same_list"],
    ),
    figure(
        "GR-YOY-PUBLISHED",
        "科技型企业贷款同比增速（公布口径）",
        "Growth on the year, each end on its own list",
        growth(BALANCE, lists="as_published"),
        unit="percent",
        by=WAYS,
        cites=("own", "增速的名单口径"),
        note=RULES["as_published"],
    ),
    figure(
        "GR-YOY-COHORT",
        "科技型企业贷款同比增速（固定样本）",
        "Growth on the year of firms listed at both ends",
        growth(BALANCE, lists="fixed_cohort"),
        unit="percent",
        by=WAYS,
        cites=("own", "增速的名单口径"),
        note=RULES["fixed_cohort"],
    ),
    figure(
        "GR-YTD",
        "科技型企业贷款比年初增速",
        "Growth since the end of last year",
        Ratio(since(BALANCE), YEAR_END, 100),
        unit="percent",
        by=WAYS,
        cites=BULLETIN,
        note=RULES["same_list"],
    ),
    figure(
        "GR-YTD-RESTORED",
        "科技型企业贷款比年初增速（还原处置后）",
        "Growth since the end of last year, disposals added back",
        Ratio(Combine(((1, BALANCE), (1, YearToDate(DISPOSALS)), (-1, YEAR_END))), YEAR_END, 100),
        unit="percent",
        by=WAYS,
        cites=BULLETIN,
        note=Text(
            zh="加回本年核销、剥离、转让、资产证券化、以物抵债和债转股的本金。",
            en="Principal written off, stripped, transferred, securitised, settled in kind or swapped this year is added back.",
        ),
    ),
    figure(
        "GR-GAP",
        "科技型企业贷款增速高于各项贷款",
        "Growth on the year above that of all loans",
        Combine(((1, growth(BALANCE)), (-1, growth(ALL_LOANS)))),
        unit="points",
        by=OF_TOTALS,
        cites=TARGET,
        serves=("3.1",),
        note=AGAINST_TOTALS,
    ),
)
