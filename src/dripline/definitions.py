"""Checks, breakdowns and indicators: definitions as values, each with its code, words, source and article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Literal, TypeVar

from dripline.errors import DefinitionError
from dripline.measures import Count, CountDistinct, CountFurther, Sum
from dripline.nodes import Condition, Field, Measure, Value, When, fields_of, table_of, tables_of
from dripline.tables import table as table_called
from dripline.words import Text

Severity = Literal["reject", "error", "warning"]


@dataclass(frozen=True, slots=True)
class Need:
    """A check is *not run* while this table has not come, if any row of the check's table meets ``when``."""

    table: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What every check says of itself."""

    code: str
    says: Text
    remedy: Text
    severity: Severity
    source: str
    article: str
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Rule):
    """A condition each row must meet: it holds, is broken, or is unknown as a field is empty.

    Rows for which ``given`` is not true are outside the rule and count nowhere.
    """

    holds: Condition
    given: Condition | None = None

    @property
    def table(self) -> str:
        """The table whose rows are checked."""
        return table_of(self.holds, self.given) if self.given is not None else table_of(self.holds)

    @property
    def shown(self) -> tuple[Field, ...]:
        """The columns a finding shows with their values: the row's key, then what the rule reads."""
        return shown(self.table, self.holds, self.given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unique(Rule):
    """No two rows of one reporter and period share these values; rows with an empty one are unknown."""

    by: tuple[Value, ...]
    given: Condition | None = None

    @property
    def table(self) -> str:
        """The table whose rows are checked."""
        return table_of(*self.by)

    @property
    def shown(self) -> tuple[Field, ...]:
        """The columns a finding shows with their values: the row's key, then what the rule reads."""
        return shown(self.table, *self.by)


@dataclass(frozen=True, slots=True)
class Total:
    """A named total of one table, by the same keys as its neighbours; 0 where a key has no row."""

    name: str
    measure: Sum | Count | CountDistinct
    by: tuple[Value, ...] = ()
    period: When = "same"

    @property
    def table(self) -> str:
        """The table that is added up."""
        return table_of(self.measure, *self.by)

    def __post_init__(self) -> None:
        if isinstance(self.measure, CountFurther):
            raise DefinitionError(
                f"{self.name}: a total is of one table; count further keys apart."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsAgree(Rule):
    """A condition over totals of several tables or periods, for each key that occurs in any of them.

    Without keys it is one condition a reporter. The keys' values are ``keys`` in the findings, in order.
    """

    keys: tuple[Text, ...]
    totals: tuple[Total, ...]
    holds: Condition
    given: Condition | None = None
    """A condition over the same totals: keys for which it is not true are outside the rule."""

    def __post_init__(self) -> None:
        if any(len(total.by) != len(self.keys) for total in self.totals):
            raise DefinitionError(f"{self.code}: each total needs {len(self.keys)} keys.")

    @property
    def table(self) -> str:
        """The table the finding is filed under: that of the first total."""
        return self.totals[0].table


AnyCheck = Check | Unique | TotalsAgree


def shown(table: str, *nodes: object) -> tuple[Field, ...]:
    """The key of a table and the columns that nodes read, each once."""
    key = table_called(table)
    return tuple(dict.fromkeys((*(key.field(name) for name in key.key), *fields_of(*nodes))))


def tables_read(check: AnyCheck) -> frozenset[str]:
    """Every table a check reads; it is *not run* while one of them has not come."""
    if isinstance(check, TotalsAgree):
        found = frozenset[str]()
        for total in check.totals:
            found |= tables_of(total.measure, *total.by)
        return found
    parts = (check.holds,) if isinstance(check, Check) else check.by
    return tables_of(*parts, check.given) if check.given is not None else tables_of(*parts)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way to divide a figure: a value for each row, of each table that can be divided so.

    ``names`` says where the words for its codes come from: a code list, or ``INSTITUTION`` and the like.
    A memo dimension (航空港区) stands beside the addition: its items are part of others. A dimension ``everywhere``
    divides rows outside the reporters' scope too (the four cells of lender and borrower in and out of Henan, FN 3).
    """

    code: str
    label: Text
    values: tuple[Value, ...]
    names: str
    memo: bool = False
    everywhere: bool = False

    def of(self, table: str) -> Value | None:
        """The value for rows of this table, None if they cannot be divided so."""
        return next((value for value in self.values if table_of(value) == table), None)


@dataclass(frozen=True, slots=True)
class Group:
    """One item of a membership: its code, words, and the condition for rows of each table."""

    code: str
    label: Text
    members: tuple[Condition, ...]

    def of(self, table: str) -> Condition | None:
        """The condition for rows of this table."""
        return next((condition for condition in self.members if table_of(condition) == table), None)


@dataclass(frozen=True, slots=True)
class Membership:
    """A division whose items overlap (kinds of list): a row counts under each it belongs to, the total counts it once."""

    code: str
    label: Text
    groups: tuple[Group, ...]
    memo: bool = False


Breakdown = Dimension | Membership


@dataclass(frozen=True, slots=True)
class Refusal:
    """A breakdown that would have no meaning for this indicator, and why."""

    breakdown: str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What a figure means from a day on, under which document, and in what it differs from what it meant before.

    ``since``: its first day in force (None: from the beginning); for a period the version in force on its last day
    counts. ``measure`` None: figures were published then but not added up from rows; they are history (FN 17).
    """

    since: date | None
    measure: Measure | None
    source: str
    article: str
    change: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A published figure: what is measured, in which unit and decimals, by which breakdowns, under which source.

    ``unit``: yuan, percent, firms, notes, ratio, points. ``breakdowns`` are codes, a pair joined by ``+``.
    ``serves`` lists the measures of the plan whose evidence it is. A figure whose meaning has changed says since when
    it means what it says, what changed, and what it meant in ``earlier`` versions, the oldest first.
    """

    code: str
    label: Text
    unit: str
    measure: Measure
    decimals: int
    source: str
    article: str
    breakdowns: tuple[str, ...] = ("total",)
    refuses: tuple[Refusal, ...] = ()
    serves: tuple[str, ...] = ()
    note: Text | None = None
    since: date | None = None
    change: Text | None = None
    earlier: tuple[Version, ...] = ()

    def __post_init__(self) -> None:
        for before, after in pairwise(self.versions):
            if after.since is None or (before.since is not None and after.since <= before.since):
                raise DefinitionError(
                    f"{self.code}: each version needs a first day later than the one before."
                )
            if after.change is None:
                raise DefinitionError(f"{self.code}: the version of {after.since} says no change.")

    @property
    def versions(self) -> tuple[Version, ...]:
        """Everything the figure has meant, the oldest first; the last is in force today."""
        today = Version(
            since=self.since,
            measure=self.measure,
            source=self.source,
            article=self.article,
            change=self.change,
        )
        return (*self.earlier, today)

    def as_meant(self, version: Version) -> Indicator | None:
        """As if it had never meant anything else; None for a version that is not added up from rows.

        A version that comes later changes nothing in it, so figures of the past keep their identity.
        """
        if version.measure is None:
            return None
        return replace(
            self,
            measure=version.measure,
            source=version.source,
            article=version.article,
            since=None,
            change=None,
            earlier=(),
        )


Coded = TypeVar("Coded", Check, Unique, TotalsAgree, AnyCheck, Indicator)


def by_code(definitions: Iterable[Coded]) -> dict[str, Coded]:
    """Definitions by code; two of the same code are an error at import."""
    found: dict[str, Coded] = {}
    for definition in definitions:
        if definition.code in found:
            raise DefinitionError(f"two definitions are called {definition.code}.")
        found[definition.code] = definition
    return found
