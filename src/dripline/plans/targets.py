"""Targets, as documents adopted them: those of a plan itself, and those of the register TARGET (FN 14).

A figure without one has activity and trend, and no light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final, Literal, cast

import pyarrow.parquet as pq

from dripline.engines.data import Data
from dripline.errors import LawError
from dripline.law import Law
from dripline.law.entries import Value
from dripline.law.units import Table
from dripline.money import UNITS
from dripline.periods import Period
from dripline.standards.targets import TARGET
from dripline.words import Text

Direction = Literal["at_least", "more_than", "at_most", "increase", "growth"]
TOTAL: Final = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What was set. ``way`` and ``keys`` say for whom, as the catalogue divides: ``total``, or a city, or a bank.

    ``indicator`` None: no figure of the catalogue measures it yet. ``value`` is in the indicator's unit, of a growth in
    percent; ``base`` is the value on the first day, where the document gives it.
    """

    code: str
    label: Text
    indicator: str | None
    way: str = TOTAL
    keys: tuple[str, ...] = ()
    starts: date
    due: date
    direction: Direction
    value: Decimal
    unit: str
    base: Decimal | None = None
    document: str
    document_day: date
    article: str
    adopted_by: str
    measures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InPlan:
    """Where the lawbook keeps a number that a plan itself sets."""

    code: str
    label: Text
    entry: str
    value: str
    due: str
    unit: str
    direction: Direction
    measures: tuple[str, ...]
    indicator: str | None = None


SERVED: Final = "2024-30"
"""The plan whose measures figures and targets say they serve."""
FIRST, SECOND = "plan.henan_2024_30", "plan.henan_2025_64"
IN_PLANS: Final = (
    InPlan(
        "2024-30/2.1-increase",
        Text(zh="支小再贷款额度比印发日增加", en="Ceiling of small-firm relending, increase"),
        FIRST,
        "small_relending_increase_yi",
        "quota_due",
        "yi_yuan",
        "increase",
        ("2.1",),
    ),
    InPlan(
        "2024-30/2.1-total",
        Text(zh="再贷款、再贴现总额度", en="Ceiling of relending and rediscount in total"),
        FIRST,
        "total_ceiling_over_yi",
        "quota_due",
        "yi_yuan",
        "more_than",
        ("2.1",),
    ),
    InPlan(
        "2025-64/growth-gap",
        Text(
            zh="科技型中小企业贷款增速高于各项贷款",
            en="Growth of loans to technology small and medium firms over all loans",
        ),
        SECOND,
        "tech_sme_growth_gap",
        "due",
        "points",
        "at_least",
        ("3.1",),
    ),
    InPlan(
        "2025-64/coverage",
        Text(zh="科技型企业获贷率", en="Share of technology enterprises with a loan"),
        SECOND,
        "coverage",
        "due",
        "percent",
        "at_least",
        ("7.1",),
        "TE-COVERAGE",
    ),
    InPlan(
        "2025-64/programmes",
        Text(zh="科技贷、专精特新贷投放", en="Loans of both programmes paid out"),
        SECOND,
        "programme_loans_yi",
        "due",
        "yi_yuan",
        "at_least",
        ("3.3",),
    ),
    InPlan(
        "2025-64/tech-field",
        Text(zh="科技创新和技术改造领域贷款余额", en="Loans of the technology field"),
        SECOND,
        "tech_field_loans_yi",
        "tech_field_due",
        "yi_yuan",
        "at_least",
        ("2.1",),
    ),
    InPlan(
        "2025-64/visits",
        Text(zh="走访企业", en="Firms visited"),
        SECOND,
        "visited_firms",
        "due",
        "firms",
        "at_least",
        ("4.1",),
    ),
)
"""Numbers the plans set themselves; amounts stand in the lawbook in 亿元. Only the second share with a loan has a figure yet:
ceilings granted, programmes, the field and visits are counted where their ledgers and cases are kept."""


def of_plans(law: Law, on: date) -> Iterator[Target]:
    """What the plans set, of those issued by the day; the base is that of the day of issue.

    A number that was replaced after its last day stands beside the new one: its result is settled.
    """
    for one in IN_PLANS:
        values = [value for value in law.entry(one.entry).values if value.since <= on]
        for value, later in zip_longest(values, values[1:]):
            if value.amount is None:
                continue
            target = _of_plan(one, value)
            if later is None or later.since > target.due:
                yield target


def _of_plan(one: InPlan, value: Value) -> Target:
    table = cast(Table, value.amount)
    number, due = table[one.value], table[one.due]
    if not isinstance(due, date) or not isinstance(number, Decimal | int):
        raise LawError(f"{one.entry}: {one.value} is to be a number and {one.due} a day.")
    times, _ = UNITS.get(one.unit, (1, None))
    return Target(
        code=one.code,
        label=one.label,
        indicator=one.indicator,
        starts=value.since,
        due=due,
        direction=one.direction,
        value=Decimal(number) * times,
        unit="yuan" if one.unit in UNITS else one.unit,
        document=value.source.cited,
        document_day=value.since,
        article=value.article,
        adopted_by=value.source.issuer,
        measures=one.measures,
    )


def of_register(data: Data, on: date) -> Iterator[Target]:
    """The register in force on the day, of documents of that day or before."""
    rows = data.rows(TARGET.code, Period.of(on))
    for file in rows.files if rows else ():
        columns = list(TARGET.columns)
        for row in pq.read_table(file, columns=columns, partitioning=None).to_pylist():
            if row["document_day"] <= on:
                yield _of_row(row)


def _of_row(row: dict[str, Any]) -> Target:
    number = "" if row["document_no"] is None else f"（{row['document_no']}）"
    total = row["breakdown"] == TOTAL
    return Target(
        code=row["target_no"],
        label=Text(zh=row["indicator"], en=row["indicator"]),
        indicator=row["indicator"],
        way=row["breakdown"],
        keys=() if total else tuple(row["item"].split("+")),
        starts=row["starts_on"],
        due=row["due_on"],
        direction=row["direction"],
        value=row["value"],
        unit=row["unit"],
        base=row["base"],
        document=f"{row['document']}{number}",
        document_day=row["document_day"],
        article=row["article_no"],
        adopted_by=row["adopted_by"],
    )
