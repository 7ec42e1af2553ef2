"""How large the province is and what it is calibrated to: published figures from the lawbook, scaled down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal

from dripline.law import Law
from dripline.periods import Period

ScaleName = Literal["tiny", "small", "province"]
NATIONAL_LISTS = ("gaoxin", "keji_sme", "chuangxin", "zhuanjing", "xiaojuren", "shifan", "danxiang")
DIRECTORY = "henan_minglu"
LIST_KINDS = (*NATIONAL_LISTS, DIRECTORY)


@dataclass(frozen=True, slots=True)
class Scale:
    """How many firms, reporters by kind, and notes a province of this scale has."""

    name: ScaleName
    firms: int
    banks: Mapping[str, int]
    merging: int
    """Rural banks that become one."""
    banks_a_borrower: float
    notes_a_relation: float
    listed_at_most: float
    """Share of the firms that stand on a list of technology enterprises, where the published number is larger."""
    general_borrowing: float
    """Share of the firms on no list that borrow."""
    newcomers: float = 0.015
    """Share of the loans that let a portfolio grow that go to firms new to the bank."""


SCALES: dict[str, Scale] = {
    "tiny": Scale(
        "tiny",
        60,
        {"state_branch": 1, "city_bank": 1, "village_bank": 1},
        2,
        2.6,
        2.6,
        0.55,
        0.85,
        newcomers=0.2,
    ),
    "small": Scale(
        "small",
        1500,
        {
            "policy_branch": 1,
            "state_branch": 2,
            "joint_stock_branch": 1,
            "city_bank": 1,
            "private_bank": 1,
            "rural_commercial": 1,
            "village_bank": 1,
        },
        20,
        2.4,
        2.35,
        0.45,
        0.85,
    ),
    "province": Scale(
        "province",
        600_000,
        {
            "policy_branch": 3,
            "state_branch": 6,
            "joint_stock_branch": 12,
            "outside_city_branch": 4,
            "foreign_branch": 2,
            "city_bank": 1,
            "private_bank": 1,
            "rural_commercial": 85,
            "village_bank": 34,
            "finance_company": 1,
        },
        20,
        1.4,
        1.5,
        0.12,
        0.35,
    ),
}

_DIRECTORY_SIZE, _SHIFAN_SIZE, _DANXIANG_SIZE = 36_000, 40, 60
"""Assumed: no number was published for Henan's directory, models of innovation and champions."""


def list_sizes(scale: Scale, law: Law, on: date) -> dict[str, int]:
    """Firms on each list, in proportion to the published numbers and small enough for the scale."""
    published = _numbers(law, "statistics.published.henan_list_sizes", on)
    sizes = {kind: published[kind] for kind in NATIONAL_LISTS if kind in published}
    sizes |= {"shifan": _SHIFAN_SIZE, "danxiang": _DANXIANG_SIZE, DIRECTORY: _DIRECTORY_SIZE}
    factor = min(1.0, scale.firms * scale.listed_at_most / (sizes["keji_sme"] * 1.25))
    return {kind: max(2, round(size * factor)) for kind, size in sizes.items()}


def _numbers(law: Law, name: str, on: date) -> dict[str, float]:
    """The latest published table that holds numbers; before the first one, the first."""
    entry = law.entry(name)
    value = entry.on(on) or entry.values[0]
    later = [each for each in entry.values if each.since >= value.since]
    merged: dict[str, float] = {}
    for each in reversed(later):
        if isinstance(each.amount, Mapping):
            merged |= {k: float(v) for k, v in each.amount.items() if isinstance(v, Decimal | int)}
    return merged


def city_shares(law: Law, on: date) -> dict[str, float]:
    """Published shares of listed firms by city."""
    return _numbers(law, "statistics.published.henan_city_shares", on)


def coverage(law: Law, on: date) -> dict[str, float]:
    """Share of a list's firms that have a loan: published for two kinds, assumed for the others."""
    tech = _numbers(law, "statistics.published.keji_sme", on)["coverage"] / 100
    high = _numbers(law, "statistics.published.gaoxin", on)["coverage"] / 100
    # 73 % of 专精特新 firms had a loan at the end of 2025 (central bank, reported).
    return {"keji_sme": tech, "gaoxin": high, "zhuanjing": 0.73, "xiaojuren": 0.73}


@cache
def lpr(on: date) -> tuple[int, int]:
    """The one-year and five-year LPR in force on a day, in 0.00001 %."""
    today = Law.load().on(on)
    return (
        int(today.take("lpr.one_year", Decimal) * 100_000),
        int(today.take("lpr.five_year", Decimal) * 100_000),
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """The months of the province and what happens in which: merger, revised lists, a late and an explained package."""

    months: tuple[Period, ...]

    @classmethod
    def of(cls, first: Period, last: Period) -> Calendar:
        """All months from first to last."""
        months = [first]
        while months[-1] < last:
            months.append(months[-1].shift(1))
        return cls(tuple(months))

    def _at(self, share: float) -> int | None:
        """A month that far into the span, never the first one."""
        return None if len(self.months) < 2 else max(1, round((len(self.months) - 1) * share))

    @property
    def merger(self) -> int | None:
        """The month from which the successor reports."""
        return self._at(0.4)

    @property
    def revision(self) -> int | None:
        """The month from which the second edition of the lists is adopted."""
        return self._at(0.7)

    @property
    def explained(self) -> int:
        """The month in which a package needs an explanation."""
        return self._at(0.25) or 0

    @property
    def late(self) -> int:
        """The month in which a package comes late."""
        return len(self.months) - 1
