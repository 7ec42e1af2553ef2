"""Patterns tried once for each different value of a column that holds few, instead of once for each row."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow.parquet as pq
from sqlglot import exp

from dripline import nodes as n
from dripline.engines.duck import Duck
from dripline.engines.sql import Scan
from dripline.engines.sql_words import Expression, column, literal
from dripline.periods import Period

MANY_ROWS = 100_000
"""Rows from which it is cheaper to look for the different values first."""


@dataclass
class Patterns:
    """The values of each column, and those that fit each pattern, as relations of one connection."""

    duck: Duck
    values_from: int = MANY_ROWS
    values: dict[tuple[str, Period, str], str | None] = field(default_factory=dict)
    fitting: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)

    def fits(self, table: str, period: Period, name: str, pattern: str) -> Expression | None:
        """Whether a column of relation ``t`` fits a pattern, by a look-up; None where each row has to be tried."""
        if (values := self._values(table, period, name)) is None:
            return None
        if (values, pattern) not in self.fitting:
            test = exp.func(
                "REGEXP_FULL_MATCH", column("value"), literal(pattern), dialect="duckdb"
            )
            made = f"fitting_{len(self.fitting)}"
            query = exp.select(column("value")).from_(_as_t(values)).where(test)
            self.fitting[values, pattern] = made, self._made(made, query)
        made, count = self.fitting[values, pattern]
        if not count:
            # No value is among none, an unknown one included: this leaves it unknown.
            return exp.paren(exp.NEQ(this=column(name), expression=column(name)))
        some = exp.select(column("value", "f")).from_(exp.to_table(made).as_("f"))
        return exp.paren(exp.In(this=column(name), query=some.subquery()), copy=False)

    def _values(self, table: str, period: Period, name: str) -> str | None:
        """The relation ``value`` of a column's different values; None if they are many, or the rows few."""
        key = (table, period, name)
        if key not in self.values:
            self.values[key] = None
            if self.duck.size(table, period) >= self.values_from and self._repeats(
                table, period, name
            ):
                relation = exp.to_identifier(self.duck.relation(table, period), quoted=True).sql()
                query = exp.select(exp.alias_(column(name), "value")).distinct()
                made = f"values_{len(self.values)}"
                self._made(made, query.from_(_as_t(relation)))
                self.values[key] = made
        return self.values[key]

    def _repeats(self, table: str, period: Period, name: str) -> bool:
        """Whether every file holds the column as a dictionary, as those with few values are written."""
        rows = self.duck.data.rows(table, period)
        if rows is None or rows.memory is not None:
            return False
        return all(_with_dictionary(file, name) for file in rows.files)

    def _made(self, name: str, query: exp.Select) -> int:
        """Makes a table of a query; how many rows it has."""
        created = exp.Create(this=exp.to_table(name), kind="TABLE", expression=query)
        counted = self.duck.connection.execute(created.sql(dialect="duckdb")).fetchone()
        return int(counted[0]) if counted else 0


class RuleScan(Scan):
    """A scan for rules, which try many patterns on columns of few values."""

    def __init__(self, patterns: Patterns, table: str, period: Period) -> None:
        super().__init__(patterns.duck, table, period, (period,))
        self.patterns = patterns

    def _condition(self, node: n.Condition) -> Expression:
        if isinstance(node, n.Matches) and isinstance(node.value, n.Field):
            name = node.value.name
            found = self.patterns.fits(self.table, self.period, name, node.pattern)
            if found is not None:
                return found
        return super()._condition(node)


def _as_t(relation: str) -> Expression:
    return exp.to_table(relation).as_("t")


def _with_dictionary(file: str, name: str) -> bool:
    metadata = pq.read_metadata(file)
    place = metadata.schema.names.index(name) if name in metadata.schema.names else -1
    groups = range(metadata.num_row_groups)
    return place >= 0 and all(
        metadata.row_group(group).column(place).has_dictionary_page for group in groups
    )
