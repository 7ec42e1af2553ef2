"""Measures: one exact number for a set of rows. Engines return whole numbers; division is done once, in ``finish``."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from dripline.nodes import Condition, Measure, Value, node

ListRule = Literal["same_list", "as_published", "fixed_cohort"]


@node
class Sum(Measure):
    """The exact sum of a number over the rows where the condition is true (in units of 10^-scale)."""

    value: Value
    where: Condition | None = None


@node
class Count(Measure):
    """How many rows meet the condition; ``of`` names the rows (any column that is always filled)."""

    of: Value
    where: Condition | None = None


@node
class CountDistinct(Measure):
    """How many different keys (an enterprise, a contract) have a row that meets the condition."""

    keys: tuple[Value, ...]
    where: Condition | None = None


@node
class CountFurther(CountDistinct):
    """How many further keys have a row: different keys that ``beyond`` does not surely count in the same cell.

    Added to ``beyond``, it counts over two tables with each key once: a firm with a loan and a bill is one firm. The
    keys of both must mean the same.
    """

    beyond: CountDistinct = field(kw_only=True)


@node
class Combine(Measure):
    """A sum of measures, each added (+1) or taken away (-1)."""

    terms: tuple[tuple[Literal[1, -1], Measure], ...]


@node
class Ratio(Measure):
    """One measure over another, times a whole number (100 for a share in percent); none if the lower one is 0."""

    top: Measure
    bottom: Measure
    times: int = 1


@node
class At(Measure):
    """The measure at another time: so many months away, or at the end of last year.

    ``lists`` says which edition of a list counts there: that of the later end (``same_list``), that of its own time
    (``as_published``), or both (``fixed_cohort``); ``cohort`` tells the later end of a fixed cohort how many months away
    its other end lies.
    """

    measure: Measure
    months: int = 0
    anchor: Literal["period", "last_year_end"] = "period"
    lists: ListRule = "same_list"
    cohort: int = 0


@node
class YearToDate(Measure):
    """A measure of flows over all months from January to the period."""

    measure: Measure


@node
class Whole(Measure):
    """The measure over all items of these breakdowns, while others still divide it: what a market share is a share of.

    A part that cannot be divided by a breakdown (the firms of a list by institution) stands in a Whole as well.
    """

    measure: Measure
    over: tuple[str, ...]


def count_across(first: CountDistinct, other: CountDistinct) -> Combine:
    """How many different keys have a row in one table or the other."""
    return Combine(((1, first), (1, CountFurther(other.keys, other.where, beyond=first))))


def weighted_mean(value: Value, *, weight: Value, where: Condition | None = None) -> Ratio:
    """The mean of a rate weighted by an amount, over rows where both are known."""
    both = value.is_known & weight.is_known
    chosen = both if where is None else where & both
    return Ratio(Sum(weight * value, chosen), Sum(weight, chosen))


def share(value: Value, *, where: Condition, among: Condition | None = None) -> Ratio:
    """The part of an amount (in percent) whose rows meet a condition, among the rows of another."""
    top = where if among is None else where & among
    return Ratio(Sum(value, top), Sum(value, among), 100)


def growth(measure: Measure, *, months: int = -12, lists: ListRule = "same_list") -> Ratio:
    """Growth in percent over so many months, under a list rule that is part of the definition (FN 5)."""
    base = At(measure, months=months, lists=lists)
    now = At(measure, lists=lists, cohort=months) if lists == "fixed_cohort" else measure
    return Ratio(Combine(((1, now), (-1, base))), base, 100)
