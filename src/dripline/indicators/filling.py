"""Cells some of whose rows have not come: with what was published in their place, or with no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from dripline.definitions import Membership
from dripline.engines.columns import CellColumns, ColumnEngine, Columns
from dripline.engines.data import Cell
from dripline.engines.fold import (
    Answers,
    Atom,
    Exact,
    Finish,
    Keys,
    Moment,
    Over,
    Question,
    Request,
    cells,
    fold,
    requests,
)
from dripline.indicators.history import TOTAL, Aggregate, History, Place, Published, exact_of
from dripline.measures import CountDistinct, Sum
from dripline.nodes import Measure
from dripline.periods import Period

NO_VALUE = Exact(0, 0, 0)


def finish(history: History) -> Finish:
    """How the cells of a question are made where some rows may not have come."""

    def made(question: Question, moment: Moment, answers: Answers) -> Iterator[Cell]:
        if history.is_open(question.measure, moment):
            return filled(history, question, moment, answers)
        return cells(question, moment, answers)

    return made


@dataclass
class Remembered:
    """An engine that keeps what it last answered, for the questions that must be asked once more."""

    engine: ColumnEngine
    answered: Columns | None = None

    def __call__(self, asked: Iterable[Request]) -> Columns:
        self.answered = self.engine(asked)
        return self.answered

    def answers(self, question: Question, moment: Moment) -> Answers:
        """The answers to one question."""
        assert self.answered is not None
        columns = {one: self.answered.columns[one] for one in requests(question, moment)}
        return Columns(columns, self.answered.values).answers()


def filled_columns(
    history: History, found: Iterable[CellColumns], engine: Remembered
) -> Iterator[CellColumns | list[Cell]]:
    """The cells of each question in columns, or a cell at a time where some rows have not come."""
    for one in found:
        period = Period.parse(one.period)
        moment = Moment((period,), (period,))
        if history.is_open(one.question.measure, moment):
            answers = engine.answers(one.question, moment)
            yield list(filled(history, one.question, moment, answers))
        else:
            yield one


def filled(
    history: History, question: Question, moment: Moment, answers: Answers
) -> Iterator[Cell]:
    """The cells of a question some of whose rows have not come."""
    filling = Filling(history, question, moment, answers)
    for key in filling.every_key():
        exact, used = filling.exact(key)
        place = question.group_place
        named = key if question.group is None else (*key[:place], question.group, *key[place:])
        of = (question.indicator.code, str(moment.months[-1]), question.breakdown, named)
        number = (exact.numerator, exact.denominator, exact.unknown)
        stands = bool(used) and exact.denominator != 0
        yield Published(*of, *number, used) if stands else Cell(*of, *number)


@dataclass
class Filling:
    """One question whose rows have not all come."""

    history: History
    question: Question
    moment: Moment
    answers: Answers
    _codes: dict[int, tuple[str, ...]] = field(default_factory=dict)
    _open: dict[tuple[int, Moment], bool] = field(default_factory=dict)

    def every_key(self) -> Iterable[Keys]:
        """The keys that have a row in any of the atoms, or a published figure."""
        if not self.question.dimensions:
            return [()]
        whole = self.question.dimensions
        asked = [r for r in requests(self.question, self.moment) if r.dimensions == whole]
        found = dict.fromkeys(key for request in asked for key in self.answers[request])
        return [*found, *(key for key in self._published_keys() if key not in found)]

    def _published_keys(self) -> list[Keys]:
        months = {str(m) for r in requests(self.question, self.moment) for m in r.moment.months}
        named = [d.code for d in self.question.dimensions]
        found: dict[Keys, None] = {}
        for _, way, key, period in self.history.held:
            if period in months and way == self.question.breakdown:
                parts = dict(zip(way.split("+"), key, strict=True))
                if self.question.group in (None, *parts.values()):
                    found[tuple(parts[name] for name in named)] = None
        return list(found)

    def exact(self, key: Keys) -> tuple[Exact, tuple[Aggregate, ...]]:
        """The figure of one key, and the published figures it rests on."""
        used: dict[Aggregate, None] = {}

        def read(atom: Atom, when: Moment, over: Over) -> tuple[int, int]:
            return self._rows(atom, when, over, key)

        def given(measure: Measure, when: Moment, over: Over) -> Exact | None:
            if not self._is_open(measure, when):
                return None
            if (found := self._published(measure, when, over, key)) is not None:
                used.update(dict.fromkeys(found))
                return exact_of(found)
            if not isinstance(measure, Atom):
                return None
            return self._pieced(measure, when, over, key, used)

        return fold(self.question.measure, self.moment, read, given=given), tuple(used)

    def _pieced(
        self, atom: Atom, when: Moment, over: Over, key: Keys, used: dict[Aggregate, None]
    ) -> Exact:
        """Months of rows and published months added up; no value where a month is neither, or firms are counted."""
        if isinstance(atom, CountDistinct) or len(when.months) == 1:
            return NO_VALUE
        parts: list[Aggregate] = []
        for month in self.history.absent_months(atom, when):
            found = self._published(atom, Moment((month,), when.editions), over, key)
            if found is None:
                return NO_VALUE
            parts += found
        used.update(dict.fromkeys(parts))
        number, unknown = self._rows(atom, when, over, key)
        scale = 10**atom.value.kind.scale if isinstance(atom, Sum) else 1
        published = exact_of(parts)
        top = number * published.denominator + published.numerator * scale
        return Exact(top, scale * published.denominator, unknown)

    def _rows(self, atom: Atom, when: Moment, over: Over, key: Keys) -> tuple[int, int]:
        dimensions = self.question.dimensions
        kept = [place for place, d in enumerate(dimensions) if d.code not in over]
        request = Request(atom, when, tuple(dimensions[place] for place in kept))
        return self.answers[request].get(tuple(key[place] for place in kept), (0, 0))

    def _is_open(self, measure: Measure, when: Moment) -> bool:
        name = (id(measure), when)
        if name not in self._open:
            self._open[name] = self.history.is_open(measure, when)
        return self._open[name]

    def _published(
        self, measure: Measure, when: Moment, over: Over, key: Keys
    ) -> tuple[Aggregate, ...] | None:
        """What was published of a measure at a time; none of a cohort that is on two lists."""
        if len(when.editions) > 1 or len(when.months) > 1:
            return None
        if id(measure) not in self._codes:
            known = self.history.codes(self.question.group)
            self._codes[id(measure)] = known.get(measure, ())
        by = dict(zip((d.code for d in self.question.dimensions), key, strict=True))
        for code in self._codes[id(measure)]:
            place = self._place(code, {n: k for n, k in by.items() if n not in over}, when)
            if place in self.history.held:
                own = when.editions == when.months
                return tuple(replace(a, own_list=own) for a in self.history.held[place])
        return None

    def _place(self, code: str, by: dict[str, str | None], when: Moment) -> Place:
        """Where the figure of this cell stands in HISTORY."""
        names = self.question.breakdown.split("+")
        keys: list[str | None] = []
        kept: list[str] = []
        for name in names:
            if name in by or (name != TOTAL and self._is_group(name)):
                kept.append(name)
                keys.append(by.get(name, self.question.group))
        return code, "+".join(kept) or TOTAL, tuple(keys), str(when.months[-1])

    def _is_group(self, name: str) -> bool:
        return isinstance(self.history.breakdowns.get(name), Membership)
