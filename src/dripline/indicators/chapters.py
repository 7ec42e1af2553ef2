"""How an entry of the catalogue is written: words, unit and decimals, source, and what it may not be divided by."""

from typing import Final

from dripline.definitions import Indicator, Refusal
from dripline.indicators.breakdowns import OF_LOANS
from dripline.nodes import Measure
from dripline.words import Text

DECIMALS: Final = {"yuan": 2, "percent": 2, "points": 2, "firms": 0, "notes": 0}
DEFINITION: Final = ("tech-loan-statistics-2024", "科技型企业定义")
"""The document that says which lists make a technology enterprise."""
BULLETIN: Final = ("own", "月度通报常用口径")
"""Sentences every bulletin starts with; no document defines them, so they are ours until the branch confirms."""


def figure(
    code: str,
    zh: str,
    en: str,
    measure: Measure,
    *,
    unit: str = "yuan",
    decimals: int | None = None,
    by: tuple[str, ...] = OF_LOANS,
    cites: tuple[str, str] = DEFINITION,
    serves: tuple[str, ...] = ("7.1",),
    refuses: tuple[Refusal, ...] = (),
    note: Text | None = None,
) -> Indicator:
    """One figure about technology enterprises; decimals follow from the unit unless given."""
    source, article = cites
    return Indicator(
        code=code,
        label=Text(zh=zh, en=en),
        unit=unit,
        measure=measure,
        decimals=DECIMALS[unit] if decimals is None else decimals,
        source=source,
        article=article,
        breakdowns=by,
        refuses=refuses,
        serves=serves,
        note=note,
    )


def refused(reason: Text, *breakdowns: str) -> tuple[Refusal, ...]:
    """Breakdowns that would have no meaning, for one reason."""
    return tuple(Refusal(breakdown, reason) for breakdown in breakdowns)


CHAPTER_TITLES: Final = {
    "TL": Text(zh="科技贷款统计表（不含直贴）", en="Technology loans, without direct discounts"),
    "TD": Text(zh="科技贷款统计表（含直贴）", en="Technology loans, with direct discounts"),
    "TE": Text(zh="科技型企业贷款", en="Loans to technology enterprises"),
    "BI": Text(zh="票据", en="Bills"),
    "FL": Text(zh="首贷", en="First loans"),
    "PL": Text(zh="质押", en="Pledges"),
    "QU": Text(zh="资产质量", en="Quality"),
    "GR": Text(zh="增长", en="Growth"),
    "AC": Text(zh="月度账", en="The monthly account"),
    "CM": Text(zh="债券与股权", en="Bonds and equity"),
    "FC": Text(zh="全口径", en="Full caliber"),
}
"""The chapters of the catalogue, by how the codes of their indicators begin."""


def chapter_of(code: str) -> str:
    """The chapter an indicator stands in."""
    return code.partition("-")[0]
