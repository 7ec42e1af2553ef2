"""From measures to the few sums and counts an engine must answer, and back to cells.

An engine answers ``Request``s with whole numbers; taking measures apart and putting cells together is done here, once
for all engines, so that no engine divides and none can round differently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import lcm

from dripline.definitions import Breakdown, Dimension, Group, Indicator, Membership
from dripline.engines.data import Cell
from dripline.errors import DefinitionError
from dripline.measures import (
    At,
    Combine,
    Count,
    CountDistinct,
    CountFurther,
    Ratio,
    Sum,
    Whole,
    YearToDate,
)
from dripline.nodes import And, Condition, Measure, table_of
from dripline.periods import Period

Atom = Sum | Count | CountDistinct
Keys = tuple[str | None, ...]
Amount = tuple[int, int]
"""A whole number (in 10^-scale for sums), and how many rows or keys are unknown."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The months whose rows count, and the periods whose editions of a list count (all must agree)."""

    months: tuple[Period, ...]
    editions: tuple[Period, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One sum or count at one time, divided by these dimensions."""

    atom: Atom
    moment: Moment
    dimensions: tuple[Dimension, ...] = ()

    @property
    def table(self) -> str:
        """The table whose rows are added up."""
        return atom_table(self.atom)

    @property
    def everywhere(self) -> bool:
        """Whether rows outside the reporters' scope are added up too."""
        return any(dimension.everywhere for dimension in self.dimensions)


Answers = Mapping[Request, Mapping[Keys, Amount]]
Engine = Callable[[Iterable[Request]], Answers]
Over = tuple[str, ...]
"""Codes of the breakdowns a part of a measure is not divided by."""
Read = Callable[[Atom, Moment, Over], Amount]


def atom_table(atom: Atom) -> str:
    """The table an atom is about."""
    parts = atom.keys if isinstance(atom, CountDistinct) else (_counted(atom),)
    return table_of(*parts)


def _counted(atom: Sum | Count) -> object:
    return atom.value if isinstance(atom, Sum) else atom.of


def atoms(measure: Measure, moment: Moment, over: Over = ()) -> Iterator[tuple[Atom, Moment, Over]]:
    """The sums and counts a measure is made of, each at its time, and what it is not divided by."""
    match measure:
        case Sum() | Count() | CountDistinct():
            yield measure, moment, over
        case Combine(terms=terms):
            for _, part in terms:
                yield from atoms(part, moment, over)
        case Ratio(top=top, bottom=bottom):
            yield from atoms(top, moment, over)
            yield from atoms(bottom, moment, over)
        case At(measure=inner) | YearToDate(measure=inner):
            yield from atoms(inner, moved(measure, moment), over)
        case Whole(measure=inner, over=more):
            yield from atoms(inner, moment, (*over, *more))
        case _:
            raise DefinitionError(f"{type(measure).__name__} is no measure.")


def moved(node: At | YearToDate, moment: Moment) -> Moment:
    """The time a measure is taken at: another month, or all months of the year so far."""
    now = moment.months[-1]
    if isinstance(node, YearToDate):
        months = tuple(now.shift(-k) for k in range(int(str(now)[5:7]) - 1, -1, -1))
        return replace(moment, months=months)
    there = now.shift(node.months)
    if node.anchor == "last_year_end":
        there = Period.parse(f"{int(str(now)[:4]) - 1}-12").shift(node.months)
    other_end = (now.shift(node.cohort),) if node.cohort else ()
    editions = {
        "same_list": moment.editions,
        "as_published": (there,),
        "fixed_cohort": tuple(dict.fromkeys((*moment.editions, there, *other_end))),
    }[node.lists]
    return Moment((there,), editions)


@dataclass(frozen=True, slots=True)
class Exact:
    """A rational number not yet divided; the denominator is 0 where there is nothing to divide by."""

    numerator: int
    denominator: int
    unknown: int


Given = Callable[[Measure, Moment, Over], Exact | None]
"""What is known of a measure at a time without its rows; None: nothing."""


def fold(
    measure: Measure, moment: Moment, read: Read, over: Over = (), *, given: Given | None = None
) -> Exact:
    """A measure from the whole numbers of its atoms; what is ``given`` as a whole is not taken apart."""
    if given is not None and (known := given(measure, moment, over)) is not None:
        return known
    match measure:
        case Sum(value=value):
            number, unknown = read(measure, moment, over)
            return Exact(number, 10**value.kind.scale, unknown)
        case Count() | CountDistinct():
            number, unknown = read(measure, moment, over)
            return Exact(number, 1, unknown)
        case Combine(terms=terms):
            return _combined(
                [(sign, fold(part, moment, read, over, given=given)) for sign, part in terms]
            )
        case Ratio(top=top, bottom=bottom, times=times):
            a = fold(top, moment, read, over, given=given)
            b = fold(bottom, moment, read, over, given=given)
            sign = -1 if b.numerator < 0 else 1
            return Exact(
                sign * a.numerator * b.denominator * times,
                sign * a.denominator * b.numerator,
                max(a.unknown, b.unknown),
            )
        case At(measure=inner) | YearToDate(measure=inner):
            return fold(inner, moved(measure, moment), read, over, given=given)
        case Whole(measure=inner, over=more):
            return fold(inner, moment, read, (*over, *more), given=given)
    raise DefinitionError(f"{type(measure).__name__} is no measure.")


def _combined(parts: list[tuple[int, Exact]]) -> Exact:
    unknown = max((part.unknown for _, part in parts), default=0)
    if any(part.denominator == 0 for _, part in parts):
        return Exact(0, 0, unknown)
    common = lcm(*(part.denominator for _, part in parts))
    total = sum(sign * part.numerator * (common // part.denominator) for sign, part in parts)
    return Exact(total, common, unknown)


def restricted(measure: Measure, group: Group) -> Measure:
    """The measure over the rows of one group of a membership."""
    match measure:
        case CountFurther(beyond=beyond):
            within = restricted(beyond, group)
            assert isinstance(within, CountDistinct)
            other = restricted(CountDistinct(measure.keys, measure.where), group)
            assert isinstance(other, CountDistinct)
            return CountFurther(other.keys, other.where, beyond=within)
        case Sum() | Count() | CountDistinct():
            condition = group.of(atom_table(measure))
            if condition is None:
                raise DefinitionError(
                    f"{group.code} does not say which rows of {atom_table(measure)} are its."
                )
            return replace(measure, where=both(measure.where, condition))
        case Combine(terms=terms):
            return Combine(tuple((sign, restricted(part, group)) for sign, part in terms))
        case Ratio(top=top, bottom=bottom):
            return replace(measure, top=restricted(top, group), bottom=restricted(bottom, group))
        case At(measure=inner) | YearToDate(measure=inner) | Whole(measure=inner):
            return replace(measure, measure=restricted(inner, group))
    raise DefinitionError(f"{type(measure).__name__} is no measure.")


def both(left: Condition | None, right: Condition) -> Condition:
    """Both conditions, as one flat list of parts in a fixed order."""
    parts = left.parts if isinstance(left, And) else () if left is None else (left,)
    return And((*parts, right)) if parts else right


@dataclass(frozen=True, slots=True)
class Question:
    """An indicator divided in one way: the measure of each group, and the dimensions that divide it."""

    indicator: Indicator
    breakdown: str
    measure: Measure
    dimensions: tuple[Dimension, ...]
    group: str | None
    group_place: int


def questions(
    indicator: Indicator, breakdown: str, breakdowns: Mapping[str, Breakdown]
) -> Iterator[Question]:
    """An indicator by a breakdown (``total``, ``lender_city``, ``institution+list_kind``)."""
    if refusal := next((r for r in indicator.refuses if r.breakdown in breakdown.split("+")), None):
        raise DefinitionError(f"{indicator.code} by {breakdown}: {refusal.reason.en}")
    parts = [] if breakdown == "total" else [breakdowns[code] for code in breakdown.split("+")]
    dimensions = tuple(part for part in parts if isinstance(part, Dimension))
    memberships = [part for part in parts if isinstance(part, Membership)]
    if not memberships:
        yield Question(indicator, breakdown, indicator.measure, dimensions, None, 0)
        return
    if len(memberships) > 1:
        raise DefinitionError(f"{breakdown}: only one membership can divide a figure.")
    for group in memberships[0].groups:
        measure = restricted(indicator.measure, group)
        yield Question(
            indicator, breakdown, measure, dimensions, group.code, parts.index(memberships[0])
        )


def requests(question: Question, moment: Moment) -> Iterator[Request]:
    """What an engine must answer for a question."""
    for atom, when, over in atoms(question.measure, moment):
        yield Request(atom, when, tuple(d for d in question.dimensions if d.code not in over))


def cells(question: Question, moment: Moment, answers: Answers) -> Iterator[Cell]:
    """The cells of a question, one for each key that has a row in any of its atoms."""
    places = list(atoms(question.measure, moment))
    kept = [
        tuple(i for i, d in enumerate(question.dimensions) if d.code not in over)
        for _, _, over in places
    ]
    asked = [answers[request] for request in requests(question, moment)]
    whole = tuple(range(len(question.dimensions)))
    divided = [found for found, mine in zip(asked, kept, strict=True) if mine == whole]
    keys = dict.fromkeys(key for found in divided for key in found)
    for key in keys if question.dimensions else [()]:
        # ``fold`` meets the atoms in the order of ``atoms``: their numbers are dealt out, not looked up by their nodes.
        amounts = iter(
            [
                found.get(key if mine == whole else tuple(key[i] for i in mine), (0, 0))
                for found, mine in zip(asked, kept, strict=True)
            ]
        )
        exact = fold(question.measure, moment, lambda *_, dealt=amounts: next(dealt))
        place = question.group_place
        named = key if question.group is None else (*key[:place], question.group, *key[place:])
        yield Cell(
            question.indicator.code,
            str(moment.months[-1]),
            question.breakdown,
            named,
            exact.numerator,
            exact.denominator,
            exact.unknown,
        )


Finish = Callable[[Question, Moment, Answers], Iterator[Cell]]
"""How the cells of a question are made of the answers."""


def compute(
    indicators: Iterable[Indicator],
    breakdowns: Mapping[str, Breakdown],
    period: Period,
    engine: Engine,
    only: tuple[str, ...] | None = None,
    *,
    finish: Finish | None = None,
) -> Iterator[Cell]:
    """Every cell of the indicators for a period, by each breakdown they declare (or ``only`` these)."""
    moment = Moment((period,), (period,))
    asked = [
        question
        for indicator in indicators
        for breakdown in indicator.breakdowns
        if only is None or breakdown in only
        for question in questions(indicator, breakdown, breakdowns)
    ]
    answers = engine(dict.fromkeys(r for question in asked for r in requests(question, moment)))
    for question in asked:
        yield from (finish or cells)(question, moment, answers)
