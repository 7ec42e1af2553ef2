"""Forty indicators by twelve breakdowns, written as ordinary definitions over the stock of unit loans."""

from __future__ import annotations

from typing import Final

from dripline.definitions import Indicator
from dripline.indicators.breakdowns import BREAKDOWNS
from dripline.measures import Count, CountDistinct, Ratio, Sum, share, weighted_mean
from dripline.nodes import Condition, Measure, MonthsLater
from dripline.standards.loans import CLDWDK
from dripline.words import Text

WAYS: Final = (
    "total",
    "lender_city",
    "institution",
    "product",
    "size",
    "industry_section",
    "list_kind",
    "lender_city+institution",
    "lender_city+list_kind",
    "institution+list_kind",
    "institution+product",
    "lender_city+institution+list_kind",
)
CREDIT: Final = CLDWDK.guarantee_type.is_("D")
LONG: Final = CLDWDK.due_date.after(MonthsLater(CLDWDK.grant_date, 12))
SMALL: Final = CLDWDK.borrower_scale.is_in("CS03", "CS04")
FLOATING: Final = CLDWDK.rate_type.is_("RF02")
BAD: Final = CLDWDK.loan_quality.is_in("FQ03", "FQ04", "FQ05")
OVERDUE: Final = CLDWDK.loan_status.is_("LS03")
SUBSIDY: Final = CLDWDK.fiscal_support.is_known
PRIVATE: Final = CLDWDK.borrower_ownership.slice(1, 1).is_("B")
CONDITIONS: Final[dict[str, Condition | None]] = {
    "all": None,
    "credit": CREDIT,
    "long": LONG,
    "small": SMALL,
    "floating": FLOATING,
    "bad": BAD,
    "overdue": OVERDUE,
    "subsidy": SUBSIDY,
    "private": PRIVATE,
    "small_credit": SMALL & CREDIT,
}
AMOUNT: Final = CLDWDK.balance_cny
FIRM: Final = (CLDWDK.borrower_id_no,)


def counted() -> dict[str, Measure]:
    """Ten balances, ten counts of borrowers, eight mean rates, six counts of notes, six shares."""
    found: dict[str, Measure] = {}
    for name, where in CONDITIONS.items():
        found[f"balance-{name}"] = Sum(AMOUNT, where)
        found[f"firms-{name}"] = CountDistinct(FIRM, where)
    for name in list(CONDITIONS)[:8]:
        where = CONDITIONS[name]
        found[f"rate-{name}"] = weighted_mean(CLDWDK.interest_rate, weight=AMOUNT, where=where)
    for name in list(CONDITIONS)[:6]:
        found[f"notes-{name}"] = Count(CLDWDK.loan_note_no, CONDITIONS[name])
    for name in ("credit", "long", "small", "bad"):
        where = CONDITIONS[name]
        assert where is not None
        found[f"share-{name}"] = share(AMOUNT, where=where)
    found["average"] = Ratio(Sum(AMOUNT), CountDistinct(FIRM))
    found["share-firms-small"] = Ratio(CountDistinct(FIRM, SMALL), CountDistinct(FIRM), 100)
    return found


def indicator(code: str, measure: Measure) -> Indicator:
    return Indicator(
        code=code,
        label=Text(zh=code, en=code),
        unit="yuan",
        measure=measure,
        decimals=5,
        source="own",
        article="bench",
        breakdowns=WAYS,
    )


WORKLOAD: Final = {code: indicator(code, measure) for code, measure in counted().items()}
assert len(WORKLOAD) == 40
assert {part for way in WAYS for part in way.split("+")} <= {"total", *BREAKDOWNS}
COLUMNS: Final = (
    "_reporter",
    "fin_inst_region_code",
    "product_type",
    "borrower_scale",
    "borrower_industry",
    "borrower_id_type",
    "borrower_id_no",
    "borrower_region_code",
    "guarantee_type",
    "grant_date",
    "due_date",
    "rate_type",
    "loan_quality",
    "loan_status",
    "fiscal_support",
    "borrower_ownership",
    "loan_note_no",
    "balance_cny",
    "interest_rate",
)
"""What the workload reads, and so what its floor has to read."""
