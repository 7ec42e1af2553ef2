"""The closed language of definitions: frozen values that can be listed, hashed, explained and compiled.

Families: a **value** is computed for a row (text, date, integer, exact decimal), a **condition** is
true, false or unknown for a row; measures over rows stand in ``measures.py``, checks and indicators in
``definitions.py``. Every engine gives the
same answer for each node, unknown included: an empty field makes a comparison unknown, and unknown travels by
Kleene's rules (unknown AND false is false). A new node needs a spec on every engine and a decision record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeVar, dataclass_transform

from dripline.errors import DefinitionError

Scalar = str | int | Decimal | date
When = Literal["same", "previous"]
Node = TypeVar("Node")
HASH = "hash"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value is: text, date, integer or decimal; ``scale`` counts the decimals of an exact decimal."""

    name: Literal["text", "date", "integer", "decimal"]
    scale: int = 0

    @property
    def is_number(self) -> bool:
        """Integers and decimals can be added and multiplied."""
        return self.name in ("integer", "decimal")

    def comparable(self, other: Kind) -> bool:
        """Numbers compare with numbers; otherwise the kinds must be the same."""
        return self.name == other.name or (self.is_number and other.is_number)


TEXT, DATE, INTEGER = Kind("text"), Kind("date"), Kind("integer")


def decimal(scale: int) -> Kind:
    """The kind of an exact decimal with so many digits after the point (2 for fen, 5 for rates)."""
    return Kind("decimal", scale)


@dataclass_transform(frozen_default=True)
def node(cls: type[Node]) -> type[Node]:
    """A frozen value that works out its hash once: planning looks definitions up in tables a hundred thousand times.

    The hash is kept beside the fields, so it is neither compared nor printed, nor carried to another process.
    """
    made = dataclass(frozen=True, slots=True)(cls)
    by_fields = made.__hash__

    def remembered(self: object) -> int:
        kept = self.__dict__
        if HASH not in kept:
            kept[HASH] = by_fields(self)
        found: int = kept[HASH]
        return found

    made.__hash__ = remembered  # type: ignore[method-assign]
    return made


# --- values ------------------------------------------------------------------------------------------


class Value:
    """One value for each row; unknown (None) where a field it needs is empty."""

    @property
    def kind(self) -> Kind:
        """Text, date, integer or decimal."""
        raise TypeError(
            f"{type(self).__name__} has no kind"
        )  # pragma: no cover  (each subclass has)

    def is_(self, other: Value | Scalar) -> Condition:
        """Equal."""
        return Compare(self, "=", as_value(other))

    def is_not(self, other: Value | Scalar) -> Condition:
        """Known and different."""
        return Compare(self, "<>", as_value(other))

    def below(self, other: Value | Scalar) -> Condition:
        """Strictly less; of dates: before."""
        return Compare(self, "<", as_value(other))

    def at_most(self, other: Value | Scalar) -> Condition:
        """Less or equal; of dates: not after."""
        return Compare(self, "<=", as_value(other))

    def above(self, other: Value | Scalar) -> Condition:
        """Strictly more; of dates: after."""
        return Compare(self, ">", as_value(other))

    def at_least(self, other: Value | Scalar) -> Condition:
        """More or equal; of dates: not before."""
        return Compare(self, ">=", as_value(other))

    before, after, not_after, not_before = below, above, at_most, at_least

    def is_in(self, *options: Scalar) -> Condition:
        """Equal to one of the listed constants."""
        return IsIn(self, tuple(options))

    def matches(self, pattern: str) -> Condition:
        """The whole text has the shape of a regular expression (RE2 syntax, no look-around)."""
        return Matches(self, pattern)

    @property
    def is_known(self) -> Condition:
        """The field is filled: always true or false."""
        return Known(self)

    @property
    def is_empty(self) -> Condition:
        """The field is empty: always true or false."""
        return Not(Known(self))

    def slice(self, start: int, length: int) -> Value:
        """Characters from ``start`` (the first is 1)."""
        return Slice(self, start, length)

    def __add__(self, other: Value | Scalar) -> Value:
        return Arithmetic(self, "+", as_value(other))

    def __sub__(self, other: Value | Scalar) -> Value:
        return Arithmetic(self, "-", as_value(other))

    def __mul__(self, other: Value | Scalar) -> Value:
        return Arithmetic(self, "*", as_value(other))


@node
class Field(Value):
    """A column of the row: table, name, kind."""

    table: str
    name: str
    of: Kind

    @property
    def kind(self) -> Kind:
        return self.of


@node
class Constant(Value):
    """A fixed text, day or exact number; a policy number is never one of these but a Parameter."""

    value: Scalar

    def __post_init__(self) -> None:
        if isinstance(self.value, float | bool):
            raise DefinitionError(
                f"{self.value!r} is no exact constant; write a Decimal, int, str or date."
            )

    @property
    def kind(self) -> Kind:
        if isinstance(self.value, str):
            return TEXT
        if isinstance(self.value, date):
            return DATE
        if isinstance(self.value, int):
            return INTEGER
        return decimal(max(0, -int(self.value.as_tuple().exponent)))


@node
class Parameter(Value):
    """A number of the lawbook, read on a day of the row (default: the last day of the period).

    Of a list ``item`` says which number (the first is 1). Unknown where the lawbook has no value on that day, the list of
    that day has no such item, or the row has no such day.
    """

    name: str
    scale: int
    on: Value | None = None
    item: int | None = None

    @property
    def kind(self) -> Kind:
        return decimal(self.scale)


@node
class PeriodDay(Value):
    """The first or the last day of the period the row is reported for (the last is the data date)."""

    which: Literal["first", "last"] = "last"

    @property
    def kind(self) -> Kind:
        return DATE


@node
class Slice(Value):
    """Part of a text, from the ``start``-th character (1 is the first); short texts give what there is."""

    text: Value
    start: int
    length: int

    @property
    def kind(self) -> Kind:
        return TEXT


@node
class Length(Value):
    """How many characters a text has."""

    text: Value

    @property
    def kind(self) -> Kind:
        return INTEGER


@node
class PartCount(Value):
    """How many parts a text has between separators (``a,b`` has 2)."""

    text: Value
    separator: str = ","

    @property
    def kind(self) -> Kind:
        return INTEGER


@node
class Part(Value):
    """One of the parts of a text between separators (the first is 1); unknown if it is empty or there are fewer."""

    text: Value
    place: int
    separator: str = ","

    @property
    def kind(self) -> Kind:
        return TEXT


@node
class WholeNumber(Value):
    """The number that a text of 1 to 18 digits writes, leading zeros allowed; unknown for any other text."""

    text: Value

    @property
    def kind(self) -> Kind:
        return INTEGER


@node
class Arithmetic(Value):
    """Exact sum, difference or product of two numbers. There is no division: engines never divide."""

    left: Value
    op: Literal["+", "-", "*"]
    right: Value

    def __post_init__(self) -> None:
        if not (self.left.kind.is_number and self.right.kind.is_number):
            raise DefinitionError(
                f"{self.op} needs two numbers, got {self.left.kind} and {self.right.kind}."
            )

    @property
    def kind(self) -> Kind:
        left, right = self.left.kind.scale, self.right.kind.scale
        scale = left + right if self.op == "*" else max(left, right)
        return decimal(scale) if scale else INTEGER


@node
class MonthsLater(Value):
    """The day so many months later (earlier if negative), kept inside the month: 31 January + 1 is 28 February."""

    day: Value
    months: int

    @property
    def kind(self) -> Kind:
        return DATE


@node
class Lookup(Value):
    """A value of the matching row of another table; unknown if none matches, the smallest if several do.

    Reported tables match within one reporter and period. A register matches as in force at the end of the period
    whose lists count (a figure and its base of a year ago are divided by the same register), and from a register's
    rows the rows of all reporters match.
    """

    value: Value
    on: tuple[tuple[Value, Value], ...]
    where: Condition | None = None
    period: When = "same"

    @property
    def kind(self) -> Kind:
        return self.value.kind

    @property
    def table(self) -> str:
        """The other table."""
        return table_of(*(theirs for _, theirs in self.on))


@node
class GroupOf(Value):
    """The group a code belongs to in a list of codes: the city of a county, the section of an industry.

    ``depth`` counts the levels of ``lawbook/codes/<codes>.csv`` from the outermost, which is 1. A code that stands at
    that depth is its own group (济源 has no city above it). Unknown: a code the list does not have on the last day of
    the period, and a code above that depth. A code that was abolished keeps the group it had.
    """

    value: Value
    codes: str
    depth: int

    @property
    def kind(self) -> Kind:
        return TEXT


@node
class FirstKnown(Value):
    """The first of several values that is known."""

    values: tuple[Value, ...]

    @property
    def kind(self) -> Kind:
        return self.values[0].kind


@node
class Choose(Value):
    """The value of the first case that is true; unknown if a case before it is unknown."""

    cases: tuple[tuple[Condition, Value], ...]
    otherwise: Value | None = None

    @property
    def kind(self) -> Kind:
        return self.cases[0][1].kind


@node
class Named(Value):
    """A total of a ``TotalsAgree`` check, by its name."""

    name: str
    of: Kind

    @property
    def kind(self) -> Kind:
        return self.of


# --- conditions --------------------------------------------------------------------------------------


class Condition:
    """True, false or unknown for each row."""

    def __and__(self, other: Condition) -> Condition:
        return And((self, other))

    def __or__(self, other: Condition) -> Condition:
        return Or((self, other))

    def __invert__(self) -> Condition:
        return Not(self)

    def implies(self, other: Condition) -> Condition:
        """Not this, or the other."""
        return Or((Not(self), other))

    def same_as(self, other: Condition) -> Condition:
        """Both true or both false."""
        return And((self.implies(other), other.implies(self)))


@node
class Compare(Condition):
    """Two values compared; unknown where one of them is."""

    left: Value
    op: Literal["=", "<>", "<", "<=", ">", ">="]
    right: Value

    def __post_init__(self) -> None:
        if not self.left.kind.comparable(self.right.kind):
            raise DefinitionError(
                f"{self.left.kind.name} cannot be compared with {self.right.kind.name}."
            )


@node
class IsIn(Condition):
    """The value is one of a short list of constants."""

    value: Value
    options: tuple[Scalar, ...]


@node
class IsCode(Condition):
    """The value is a code of a list (``lawbook/codes``) in force at the period's end."""

    value: Value
    codes: str


@node
class Known(Condition):
    """The value is not empty."""

    value: Value


@node
class Matches(Condition):
    """The whole text has the shape of a regular expression (RE2)."""

    value: Value
    pattern: str


@node
class ValidId(Condition):
    """The text is a well-formed identifier with a right check character: uscc, organisation, lei."""

    value: Value
    scheme: Literal["uscc", "organisation", "lei"]


@node
class And(Condition):
    """All hold: false if one is false, else unknown if one is unknown."""

    parts: tuple[Condition, ...]


@node
class Or(Condition):
    """One holds: true if one is true, else unknown if one is unknown."""

    parts: tuple[Condition, ...]


@node
class Not(Condition):
    """The opposite; unknown stays unknown."""

    part: Condition


@node
class HasRow(Condition):
    """Another table has a matching row (for which ``where`` is true).

    False if none; unknown if a key of this row is empty, if the only matches leave ``where`` unknown, or if the other
    table has not come (from the row's reporter, where rows match within one). Tables match as in a ``Lookup``.
    """

    on: tuple[tuple[Value, Value], ...]
    where: Condition | None = None
    period: When = "same"

    @property
    def table(self) -> str:
        """The other table."""
        return table_of(*(theirs for _, theirs in self.on))


@node
class OnList(Condition):
    """The enterprise is on a list of one of the kinds, by the edition adopted for the period.

    ``id_type`` and ``id_no`` are those of the row (A01 credit code, A02 organisation code, which matches characters
    9-17 of a credit code). Natural persons are not on a list. Unknown: other kinds of identifier, and enterprises
    outside Henan for a list of Henan (``region`` is the row's region code). ``within`` names a set of the lawbook: of the
    kinds only those count that it names on the last day of the period whose edition counts; unknown while it has none.
    """

    kinds: tuple[str, ...]
    id_type: Value
    id_no: Value
    region: Value
    rule: Literal["edition", "valid_on_day"] = "edition"
    within: str | None = None


# --- taking nodes apart --------------------------------------------------------------------------------


class Measure:
    """One exact number for a set of rows, and how many rows left it unknown (see ``measures.py``)."""


def as_value(thing: Value | Scalar) -> Value:
    """A constant for anything that is not a value yet."""
    return thing if isinstance(thing, Value) else Constant(thing)


def children(node: object) -> tuple[object, ...]:
    """The nodes a node is made of, in order (not those of another table behind a Lookup or HasRow)."""
    if isinstance(node, Lookup | HasRow):
        return tuple(mine for mine, _ in node.on)
    if not is_dataclass(node) or isinstance(node, Kind | type):
        return ()
    return tuple(part for name in fields(node) for part in _nodes(getattr(node, name.name)))


def _nodes(thing: object) -> Iterator[object]:
    if isinstance(thing, Value | Condition | Measure):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _nodes(part)


def walk(*nodes: object) -> tuple[object, ...]:
    """Every node inside, itself first, each place once (not behind a Lookup or HasRow)."""
    found: list[object] = []
    for node in nodes:
        found.append(node)
        found.extend(walk(*children(node)))
    return tuple(found)


def fields_of(*nodes: object) -> tuple[Field, ...]:
    """The columns of the row's own table that the nodes read, in order of first use."""
    return tuple(dict.fromkeys(node for node in walk(*nodes) if isinstance(node, Field)))


def table_of(*nodes: object) -> str:
    """The one table whose rows the nodes are about."""
    tables = {field.table for field in fields_of(*nodes)}
    if len(tables) != 1:
        raise DefinitionError(f"one table is needed, these nodes read {sorted(tables) or 'none'}.")
    return tables.pop()


def tables_of(*nodes: object) -> frozenset[str]:
    """Every table the nodes read, those behind Lookup and HasRow included."""
    tables: set[str] = set()
    for node in walk(*nodes):
        if isinstance(node, Field):
            tables.add(node.table)
        elif isinstance(node, Lookup):
            tables |= {node.table} | tables_of(
                node.value, node.where, *(theirs for _, theirs in node.on)
            )
        elif isinstance(node, HasRow):
            tables |= {node.table} | tables_of(node.where, *(theirs for _, theirs in node.on))
    return frozenset(tables)
