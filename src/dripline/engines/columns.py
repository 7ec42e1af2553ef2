"""Measures taken apart and put together again for all keys of a question at once, as columns of whole numbers.

The same arithmetic as ``fold``, cell by cell, which says it more plainly and which the engines' agreement is tested
against; this is for compiles of hundreds of thousands of cells. Nothing is rounded: what does not fit 64 bits is
counted in Python's own whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dripline.definitions import Breakdown, Dimension, Indicator
from dripline.engines.fold import (
    Answers,
    Atom,
    Moment,
    Over,
    Question,
    Request,
    moved,
    questions,
    requests,
)
from dripline.errors import DefinitionError
from dripline.measures import At, Combine, Count, CountDistinct, Ratio, Sum, Whole, YearToDate
from dripline.nodes import Measure
from dripline.periods import Period

Codes = NDArray[np.int32]
Wholes = NDArray[np.int64] | NDArray[np.object_]
Number = Wholes | int
FITS = 1 << 62


@dataclass(frozen=True, slots=True)
class Column:
    """The whole numbers of one request: for each dimension the codes of its keys, then amounts and unknown rows."""

    keys: tuple[Codes, ...]
    amount: Wholes
    unknown: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Columns:
    """What an engine answers: a column for each request, and what the codes of each dimension stand for."""

    columns: Mapping[Request, Column]
    values: Mapping[Dimension, tuple[str | None, ...]]

    def answers(self) -> Answers:
        """The same, a number at a time."""
        found: dict[Request, dict[tuple[str | None, ...], tuple[int, int]]] = {}
        for request, column in self.columns.items():
            named = [
                [self.values[dimension][code] for code in codes]
                for dimension, codes in zip(request.dimensions, column.keys, strict=True)
            ]
            numbers = zip(column.amount.tolist(), column.unknown.tolist(), strict=True)
            keys = zip(*named, strict=True) if named else [()] * len(column.amount)
            found[request] = dict(zip(keys, numbers, strict=True))
        return found


@dataclass(frozen=True, slots=True)
class CellColumns:
    """The cells of one question: for each key the codes and what they stand for, numerators and denominators."""

    question: Question
    period: str
    keys: tuple[tuple[Codes, tuple[str | None, ...]], ...]
    numerator: Wholes
    denominator: Wholes
    unknown: NDArray[np.int64]


ColumnEngine = Callable[[Iterable[Request]], Columns]


def compute_columns(
    indicators: Iterable[Indicator],
    breakdowns: Mapping[str, Breakdown],
    period: Period,
    engine: ColumnEngine,
) -> Iterator[CellColumns]:
    """Every cell of the indicators for a period, by each breakdown they declare."""
    moment = Moment((period,), (period,))
    asked = [
        (question, tuple(requests(question, moment)))
        for indicator in indicators
        for breakdown in indicator.breakdowns
        for question in questions(indicator, breakdown, breakdowns)
    ]
    answers = engine(dict.fromkeys(r for _, some in asked for r in some))
    for question, some in asked:
        yield Cells(question, moment, some, answers).columns()


class Cells:
    """One question on its way from the columns of its atoms to cells."""

    def __init__(
        self, question: Question, moment: Moment, asked: tuple[Request, ...], answers: Columns
    ) -> None:
        self.question, self.moment, self.answers = question, moment, answers
        divided = [answers.columns[one] for one in asked if one.dimensions == question.dimensions]
        self.keys = self._all_keys(divided)
        self.count = len(self.keys[0]) if self.keys else 1

    def _all_keys(self, divided: list[Column]) -> tuple[Codes, ...]:
        """The keys that have a row in any of the atoms."""
        dimensions = self.question.dimensions
        if not dimensions or not divided:
            return tuple(np.empty(0, np.int32) for _ in dimensions)
        different = {tuple(map(id, column.keys)): column.keys for column in divided}
        if len(different) == 1:
            return divided[0].keys
        packed = np.unique(
            np.concatenate([self._packed(dimensions, keys) for keys in different.values()])
        )
        keys: list[Codes] = []
        for dimension in reversed(dimensions):
            packed, codes = np.divmod(packed, len(self.answers.values[dimension]))
            keys.append(codes.astype(np.int32))
        return tuple(reversed(keys))

    def _packed(
        self, dimensions: tuple[Dimension, ...], keys: tuple[Codes, ...]
    ) -> NDArray[np.int64]:
        """The keys as one number each."""
        packed = np.zeros(len(keys[0]), np.int64)
        for dimension, codes in zip(dimensions, keys, strict=True):
            packed = packed * len(self.answers.values[dimension]) + codes
        return packed

    def columns(self) -> CellColumns:
        """The cells."""
        question = self.question
        exact = self._folded(question.measure, self.moment, ())
        named = [
            (codes, self.answers.values[dimension])
            for dimension, codes in zip(question.dimensions, self.keys, strict=True)
        ]
        if question.group is not None:
            group = np.zeros(self.count, np.int32), (question.group,)
            named.insert(question.group_place, group)
        return CellColumns(
            question,
            str(self.moment.months[-1]),
            tuple(named),
            spread(exact.numerator, self.count),
            spread(exact.denominator, self.count),
            exact.unknown,
        )

    def _read(self, atom: Atom, when: Moment, over: Over) -> Column:
        """An atom's numbers for the keys of the question, 0 where it has none."""
        kept = [
            (dimension, codes)
            for dimension, codes in zip(self.question.dimensions, self.keys, strict=True)
            if dimension.code not in over
        ]
        dimensions = tuple(dimension for dimension, _ in kept)
        column = self.answers.columns[Request(atom, when, dimensions)]
        if not kept:
            return broadcast(column, self.count)
        wanted = tuple(codes for _, codes in kept)
        if all(a is b for a, b in zip(column.keys, wanted, strict=True)):
            return column
        have, want = self._packed(dimensions, column.keys), self._packed(dimensions, wanted)
        order = np.argsort(have, kind="stable")
        return picked(column, have[order], order, want)

    def _folded(self, measure: Measure, moment: Moment, over: Over) -> ExactColumns:
        match measure:
            case Sum(value=value):
                column = self._read(measure, moment, over)
                return ExactColumns(column.amount, 10**value.kind.scale, column.unknown)
            case Count() | CountDistinct():
                column = self._read(measure, moment, over)
                return ExactColumns(column.amount, 1, column.unknown)
            case Combine(terms=terms):
                return combined([(s, self._folded(part, moment, over)) for s, part in terms])
            case Ratio(top=top, bottom=bottom, times=factor):
                a, b = self._folded(top, moment, over), self._folded(bottom, moment, over)
                return divided_by(a, b, factor)
            case At(measure=inner) | YearToDate(measure=inner):
                return self._folded(inner, moved(measure, moment), over)
            case Whole(measure=inner, over=more):
                return self._folded(inner, moment, (*over, *more))
        raise DefinitionError(f"{type(measure).__name__} is no measure.")


@dataclass(frozen=True, slots=True)
class ExactColumns:
    """Rational numbers not yet divided; a plain int stands for the same number throughout."""

    numerator: Number
    denominator: Number
    unknown: NDArray[np.int64]


def divided_by(a: ExactColumns, b: ExactColumns, factor: int) -> ExactColumns:
    """A ratio with a denominator that is not negative, 0 where there is nothing to divide by."""
    sign: Number = np.where(np.asarray(b.numerator) < 0, -1, 1).astype(np.int64)
    top = product(product(a.numerator, b.denominator), factor)
    bottom = product(a.denominator, b.numerator)
    unknown = np.maximum(a.unknown, b.unknown)
    return ExactColumns(product(sign, top), product(sign, bottom), unknown)


def combined(parts: list[tuple[int, ExactColumns]]) -> ExactColumns:
    """A sum of parts, over their common denominator; none where one part is none."""
    unknown = np.maximum.reduce([part.unknown for _, part in parts])
    count = len(unknown)
    below = [spread(part.denominator, count).astype(object) for _, part in parts]
    none = np.logical_or.reduce([denominator == 0 for denominator in below])
    below = [np.where(none, 1, denominator) for denominator in below]
    common = np.lcm.reduce(below)
    total = np.zeros(count, object)
    for (sign, part), denominator in zip(parts, below, strict=True):
        total = total + sign * spread(part.numerator, count).astype(object) * (
            common // denominator
        )
    numerator, denominator = np.where(none, 0, total), np.where(none, 0, common)
    return ExactColumns(narrowed(numerator), narrowed(denominator), unknown)


def largest(number: Number) -> int:
    """The largest magnitude."""
    if isinstance(number, int):
        return abs(number)
    return max(abs(int(number.max())), abs(int(number.min()))) if len(number) else 0


def product(a: Number, b: Number) -> Number:
    """An exact product, in 64 bits where it fits."""
    if isinstance(a, int) and isinstance(b, int):
        return a * b
    if largest(a) * largest(b) < FITS:
        found: Number = np.asarray(np.multiply(a, b), np.int64)
        return found
    wide: Wholes = np.multiply(np.asarray(a, object), np.asarray(b, object))
    return wide


def narrowed(numbers: NDArray[np.object_]) -> Wholes:
    """In 64 bits where they fit."""
    return numbers.astype(np.int64) if largest(numbers) < FITS else numbers


def spread(number: Number, count: int) -> Wholes:
    """One number for each cell."""
    if not isinstance(number, int):
        return number
    return np.full(count, number, np.int64 if abs(number) < FITS else object)


def broadcast(column: Column, count: int) -> Column:
    """A number that is not divided, for every key; 0 where there is none."""
    if not len(column.amount):
        return Column((), np.zeros(count, np.int64), np.zeros(count, np.int64))
    amount: Wholes = column.amount[np.zeros(count, np.int64)]
    return Column((), amount, np.repeat(column.unknown, count))


def picked(
    column: Column, have: NDArray[np.int64], order: NDArray[np.int64], want: NDArray[np.int64]
) -> Column:
    """A column's numbers at the wanted keys, 0 where it has none."""
    if not len(have):
        return broadcast(Column((), column.amount[:0], column.unknown[:0]), len(want))
    at = np.minimum(np.searchsorted(have, want), len(have) - 1)
    there = have[at] == want
    amount: Wholes = column.amount[order][at]
    unknown: NDArray[np.int64] = column.unknown[order][at]
    amount[~there], unknown[~there] = 0, 0
    return Column((), amount, unknown)
