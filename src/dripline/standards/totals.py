"""How a rule over totals is written: its article, and totals that are unknown while a field they need is empty."""

from dripline.definitions import Need, Severity, Total, TotalsAgree
from dripline.measures import Count, Sum
from dripline.nodes import (
    INTEGER,
    Choose,
    Condition,
    Constant,
    Field,
    Named,
    Value,
    When,
    fields_of,
)
from dripline.standards.sources import SourceId, place
from dripline.words import Text


def totals_rule(
    code: str,
    severity: Severity,
    source: SourceId,
    says: Text,
    remedy: Text,
    *,
    totals: tuple[Total, ...],
    holds: Condition,
    given: Condition | None = None,
    keys: tuple[Text, ...] = (),
    needs: tuple[Need, ...] = (),
) -> TotalsAgree:
    """A rule over totals of one reporter; its article is the place of the columns that are added up."""
    return TotalsAgree(
        code=code,
        severity=severity,
        source=source,
        article=places(source, fields_of(*(total.measure for total in totals))),
        says=says,
        remedy=remedy,
        keys=keys,
        totals=totals,
        holds=holds,
        given=given,
        needs=needs,
    )


def places(source: SourceId, fields: tuple[Field, ...]) -> str:
    """Where columns of several tables stand, one table after the other."""
    tables = dict.fromkeys(field.table for field in fields)
    return "；".join(
        place(source, tuple(field for field in fields if field.table == name)) for name in tables
    )


def named(total: Total) -> Named:
    """A total in the condition of its rule."""
    kind = total.measure.value.kind if isinstance(total.measure, Sum) else INTEGER
    return Named(total.name, kind)


def rows_of(
    name: str,
    of: Field,
    where: Condition | None = None,
    *,
    by: tuple[Value, ...] = (),
    period: When = "same",
) -> Total:
    """How many rows meet a condition."""
    return Total(name, Count(of, where), by, period)


def known(total: Total, gaps: Total) -> Value:
    """The total, or unknown while a row that belongs to it lacks a value (``gaps`` counts such rows)."""
    return Choose(((named(gaps).is_(0), named(total)),))


def if_complete(complete: Condition, holds: Condition) -> Condition:
    """The condition where the totals are complete, unknown where they are not."""
    return Choose(((complete & holds, Constant(1)), (complete, Constant(0)))).is_(1)
