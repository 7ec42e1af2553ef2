"""A delivery while faults are put into it: rows as columns by name, each row used for one fault only, and the key of answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dripline.periods import Period
from dripline.province.lines import Lines
from dripline.tables import table as table_called

Where = Callable[["Line"], bool]
Change = Mapping[str, "str | Callable[[Line], str]"]


class Line(dict[str, str]):
    """One row by column; ``raw``, if set, is written instead of the columns."""

    raw: str | None = None

    def text(self) -> str:
        """The row as it is written."""
        return self.raw if self.raw is not None else "|".join(self.values())

    def copy(self) -> Line:
        """A row of its own with the same values."""
        return Line(self)


@dataclass(slots=True)
class Answer:
    """One seeded fault: the row that breaks the rule, what was changed, other rules it also breaks."""

    rule: str
    table: str
    line: Line | None
    column: str
    what: str
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Fault:
    """How one rule is broken: which row is taken and which columns are set, or a function that does more.

    Faults of one ``group`` share deliveries: those that change totals stand apart from those of single rows.
    """

    rule: str
    table: str
    change: Change = field(default_factory=dict)
    where: Where = lambda line: True
    does: Callable[[Draft, Fault], Answer] | None = None
    also: tuple[str, ...] = ()
    group: str = "rows"


class NoRow(LookupError):
    """No row is left that this fault could be put into."""


@dataclass(slots=True, eq=False)
class Draft:
    """A reporter's month, and the month before as the store holds it."""

    reporter: str
    month: Period
    tables: dict[str, list[Line]]
    before: dict[str, list[Line]]
    answers: list[Answer] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, reporter: str, month: Period, now: Lines, before: Lines) -> Draft:
        """From the lines of two months."""
        return cls(reporter, month, _read(now), _read(before))

    def take(self, table: str, where: Where = lambda line: True) -> Line:
        """The first row no fault has touched that meets the condition; NoRow if there is none."""
        for line in self.tables[table]:
            if id(line) not in self.taken and line.raw is None and where(line):
                self.taken.add(id(line))
                return line
        raise NoRow(table)

    def find(self, table: str, where: Where) -> Line:
        """The first row that meets the condition, touched or not; NoRow if there is none."""
        for line in self.tables[table]:
            if line.raw is None and where(line):
                return line
        raise NoRow(table)

    def put(self, table: str, line: Line) -> Line:
        """A new row at the end, touched."""
        self.tables[table].append(line)
        self.taken.add(id(line))
        return line

    def row_of(self, answer: Answer) -> int | None:
        """The line number of an answer's row, from 1; None where the fault is of no single row."""
        if answer.line is None:
            return None
        rows = self.tables[answer.table]
        return next(n for n, line in enumerate(rows, 1) if line is answer.line)

    def break_(self, fault: Fault) -> None:
        """Puts a fault in; NoRow leaves the delivery as it was."""
        if fault.does is not None:
            self.answers.append(fault.does(self, fault))
            return
        line = self.take(fault.table, fault.where)
        self.answers.append(changed(line, fault))


def changed(line: Line, fault: Fault) -> Answer:
    """Sets the columns of the fault in this row."""
    words = []
    for column, value in fault.change.items():
        new = value if isinstance(value, str) else value(line)
        words.append(f"{column}: {line[column] or '空'} -> {new or '空'}")
        line[column] = new
    return Answer(
        fault.rule, fault.table, line, next(iter(fault.change), ""), "; ".join(words), fault.also
    )


def _read(lines: Lines) -> dict[str, list[Line]]:
    found = {}
    for code, texts in lines.items():
        names = tuple(table_called(code).columns)
        found[code] = [Line(zip(names, text.split("|"), strict=True)) for text in texts]
    return found


def key_of(table: str, line: Line) -> str:
    """The row's key as findings show it."""
    return "|".join(line.get(name, "") for name in table_called(table).key)
