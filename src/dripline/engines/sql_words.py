"""The words of SQL that nodes are written in: constants, cases, columns, and the few functions with a catch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlglot import exp

from dripline import nodes as n
from dripline.errors import DefinitionError

Expression = exp.Expr
COMPARISONS: dict[str, type[exp.Binary]] = {
    "=": exp.EQ,
    "<>": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
}
SQL_TYPES = {"text": "VARCHAR", "date": "DATE", "integer": "BIGINT"}


def sql_type(kind: n.Kind) -> exp.DataType:
    """The SQL type of a value."""
    return exp.DataType.build(
        f"DECIMAL(38, {kind.scale})" if kind.name == "decimal" else SQL_TYPES[kind.name]
    )


def literal(value: n.Scalar) -> Expression:
    """A constant, exactly."""
    match value:
        case str():
            return exp.Literal.string(value)
        case int():
            return (
                exp.Literal.number(value)
                if value >= 0
                else exp.Neg(this=exp.Literal.number(-value))
            )
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
        case Decimal():
            scale = max(0, -int(value.as_tuple().exponent))
            return exp.cast(exp.Literal.string(f"{value:f}"), f"DECIMAL({max(18, scale)}, {scale})")
    raise DefinitionError(f"{value!r} cannot be written in SQL.")


def when(
    cases: Sequence[tuple[Expression, Expression]], otherwise: Expression | None = None
) -> exp.Case:
    """CASE WHEN … THEN … END."""
    result = exp.Case()
    for condition, value in cases:
        result.when(condition, value, copy=False)
    return result.else_(exp.null() if otherwise is None else otherwise, copy=False)


HOLDS, BROKEN, UNKNOWN = 1, 2, 3
"""How a rule fares; 0 is outside the rule."""


def fares(holds: Expression, given: Expression | None) -> Expression:
    """How a rule fares by its condition, which is written once: twice would be worked out twice."""
    two_less = exp.Sub(this=literal(BROKEN), expression=exp.cast(holds, "TINYINT"))
    outcome = exp.func("COALESCE", two_less, literal(UNKNOWN))
    return outcome if given is None else when([(given, outcome)], literal(0))


def as_text(expression: Expression) -> exp.Var:
    """An expression written out, as one leaf: a tree of trees would be copied whole each time it is used."""
    return exp.Var(this=expression.sql(dialect="duckdb", copy=False))


def is_null(value: Expression) -> Expression:
    """IS NULL."""
    return exp.Is(this=exp.paren(value, copy=False), expression=exp.null())


def column(name: str, relation: str = "t") -> exp.Column:
    """A quoted column."""
    return exp.column(name, table=relation, quoted=True)


def part_count(text: Expression, separator: str) -> Expression:
    """How many parts: one more than the separators taken out."""
    without = exp.func("REPLACE", text.copy(), literal(separator), literal(""))
    gone = exp.Sub(this=exp.func("LENGTH", text.copy()), expression=exp.func("LENGTH", without))
    return exp.cast(exp.Add(this=exp.paren(gone), expression=literal(1)), "BIGINT")


def part_of(text: Expression, place: int, separator: str) -> Expression:
    """One part, NULL where it is empty or there are fewer."""
    part = exp.Anonymous(this="SPLIT_PART", expressions=[text, literal(separator), literal(place)])
    return exp.func("NULLIF", part, literal(""))


def whole_number(text: Expression) -> Expression:
    """The number a text of digits writes, NULL for any other text."""
    digits = exp.func("REGEXP_FULL_MATCH", text, literal("[0-9]{1,18}"), dialect="duckdb")
    return when([(digits, exp.cast(text.copy(), "BIGINT"))])


def months_later(day: Expression, months: int) -> Expression:
    """The day so many months later, kept inside the calendar of the standard (years 1 to 9999)."""
    moved = exp.cast(
        exp.Add(
            this=day.copy(),
            expression=exp.Interval(this=literal(str(months)), unit=exp.var("MONTH")),
        ),
        "DATE",
    )
    edge = literal(date.max if months > 0 else date.min)
    kept = exp.func("LEAST" if months > 0 else "GREATEST", moved, edge)
    return when([(is_null(day.copy()), exp.null())], kept)  # LEAST would pass over an unknown day
