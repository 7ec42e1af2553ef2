"""Tables: what one reporting file or register holds, as a class whose attributes are its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from dripline.errors import DefinitionError
from dripline.nodes import DATE, INTEGER, TEXT, Field, Kind, decimal
from dripline.words import Text

Required = Literal["M", "E", "C", "O", "S"]
"""Mandatory, normally filled (empty is a warning), conditional, optional, stopped (must be empty)."""

FORMAT = re.compile(r"(?P<shape>C\.\.|C|I\.\.|I|D|date)(?P<length>\d+)?(?:\.(?P<decimals>\d+))?")
INTEGER_DIGITS_OF_MONEY, INTEGER_DIGITS_OF_RATE = 14, 4


@dataclass(frozen=True, slots=True)
class Format:
    """A type of the standard: C3, C..200 (bytes), I..10, D20.2, date; lengths are bytes of UTF-8, not characters."""

    text: str
    shape: str
    length: int
    decimals: int

    @classmethod
    def of(cls, text: str) -> Format:
        """Reads ``C..200``, ``C14``, ``I..10``, ``D20.2`` or ``date``."""
        found = FORMAT.fullmatch(text)
        if not found or (found["shape"] != "date" and not found["length"]):
            raise DefinitionError(f"{text!r} is no format of the standard.")
        return cls(text, found["shape"], int(found["length"] or 10), int(found["decimals"] or 0))

    @property
    def kind(self) -> Kind:
        """What the value is once read."""
        match self.shape:
            case "date":
                return DATE
            case "D":
                return decimal(self.decimals)
            case "I" | "I..":
                return INTEGER
        return TEXT

    @property
    def integer_digits(self) -> int:
        """Digits we accept before the point: fewer than the standard's 20 and 10, so that no sum overflows."""
        if self.shape == "D":
            return INTEGER_DIGITS_OF_MONEY if self.decimals == 2 else INTEGER_DIGITS_OF_RATE
        return min(self.length, 18)


class Column:
    """One column as the standard writes it; read on its table class it is a ``Field`` of the language.

    ``codes`` names a list of ``lawbook/codes``; ``parts`` says that comma-separated sub-items are allowed;
    ``unit`` is that of the number (yuan, percent, persons).
    """

    def __init__(
        self,
        format: str,
        label: Text,
        required: Required = "E",
        *,
        codes: str | None = None,
        parts: bool = False,
        unit: str | None = None,
        note: Text | None = None,
        aliases: tuple[str, ...] = (),
    ) -> None:
        self.format, self.label, self.required = Format.of(format), label, required
        self.codes, self.parts, self.unit, self.note, self.aliases = (
            codes,
            parts,
            unit,
            note,
            aliases,
        )
        self.name, self.table, self.number = "", "", 0

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: object, owner: type[Table]) -> Field:
        return Field(self.table, self.name, self.format.kind)

    @property
    def kind(self) -> Kind:
        """What the value is once read."""
        return self.format.kind


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a file from its first data date on; an accepted older or shorter shape has a warning."""

    since: date
    columns: tuple[str, ...]
    warning: Text | None = None


@dataclass(frozen=True, slots=True)
class Handling:
    """Why rows may be held and for what: legal basis, purposes they may serve, class of secrecy (FN 13)."""

    basis: Text
    purposes: tuple[str, ...] = ("statistics", "supervision")
    secrecy: Literal["public", "internal", "sensitive"] = "sensitive"


THEN = "_then"
"""A column every row has without bringing it: the reporter that sent it, where last month's rows stand under the reporters
that have taken theirs over (FN 2)."""

TABLES: dict[str, type[Table]] = {}
"""Every table by its code."""


class Table:
    """A reporting table or register. Subclasses name it and list its columns in the order of the file.

    ``nature``: a *stock* stands at the period's end, a *flow* happened within it, a *register* is a snapshot in force
    until the next one. ``per_reporter``: rows of one reporter match only rows of the same reporter.
    """

    code: ClassVar[str] = ""
    number: ClassVar[str] = ""
    label: ClassVar[Text]
    grain: ClassVar[Text]
    nature: ClassVar[Literal["stock", "flow", "register"]]
    per_reporter: ClassVar[bool] = True
    optional: ClassVar[bool] = False
    """Whether it may never come: no rule waits for it, and where it has not come it has no rows."""
    key: ClassVar[tuple[str, ...]] = ()
    region: ClassVar[str | None] = None
    """The column whose region decides whether a row lies inside the province (FN 1)."""
    source: ClassVar[str] = ""
    article: ClassVar[str] = ""
    handling: ClassVar[Handling | None] = None
    giver: ClassVar[Text | None] = None
    """Who hands it in, of a form that no reporting standard speaks of."""
    older: ClassVar[tuple[Layout, ...]] = ()
    since: ClassVar[date] = date(1900, 1, 1)
    columns: ClassVar[dict[str, Column]]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.columns = {}
        for parent in reversed(cls.__mro__):
            cls.columns |= {n: c for n, c in vars(parent).items() if isinstance(c, Column)}
        if not cls.code:
            return
        if cls.code in TABLES:
            raise DefinitionError(f"two tables are called {cls.code}.")
        if unknown := [name for name in cls.key if name not in cls.columns]:
            raise DefinitionError(f"{cls.code}: key names {unknown}, which are no columns.")
        if len({id(c) for c in cls.columns.values()}) != len(cls.columns):
            raise DefinitionError(f"{cls.code}: a column object stands under two names.")
        for number, column in enumerate(cls.columns.values(), 1):
            if column.table:
                raise DefinitionError(
                    f"{cls.code}.{column.name} already belongs to {column.table}."
                )
            column.table, column.number = cls.code, number
        TABLES[cls.code] = cls

    @classmethod
    def layouts(cls, on: date) -> tuple[Layout, ...]:
        """The layouts a file with this data date may have, today's first."""
        today = Layout(cls.since, tuple(cls.columns))
        return tuple(layout for layout in (today, *cls.older) if layout.since <= on)

    @classmethod
    def field(cls, name: str) -> Field:
        """The column's node, by name."""
        return Field(cls.code, name, cls.columns[name].kind)


def table(code: str) -> type[Table]:
    """The table with this code."""
    try:
        return TABLES[code]
    except KeyError:
        raise DefinitionError(
            f"no table is called {code!r}; known are {', '.join(sorted(TABLES))}."
        ) from None
