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
