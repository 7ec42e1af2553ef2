"""What a scan is joined to: another table grouped by its keys, and a list of codes with their groups."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot import exp

from dripline import nodes as n
from dripline.engines.data import REPORTER
from dripline.engines.sql_words import Expression, column

if TYPE_CHECKING:
    from dripline.engines.sql import Scan


@dataclass
class Join:
    """Another table, grouped by its keys, with the values that are looked up."""

    alias: str
    mine: tuple[Expression, ...]
    own: bool
    """Only rows of the row's own reporter match."""
    keyed: bool
    """They have to be told apart by the reporter, as there are several."""
    inner: Scan
    theirs: tuple[n.Value, ...]
    near: exp.Select | None = None
    """The keys that are looked for, where they are far fewer than the other table's rows."""
    outputs: dict[Expression, str] = field(default_factory=dict)

    def output(self, expression: Expression) -> exp.Column:
        """The column of the join that holds this aggregate."""
        name = self.outputs.setdefault(expression, f"v{len(self.outputs)}")
        return column(name, self.alias)

    def add_to(self, query: exp.Select) -> exp.Select:
        """LEFT JOIN the grouped table."""
        keys = [self.inner.value(value) for value in self.theirs]
        if self.keyed:
            keys = [column(REPORTER), *keys]
        names = [exp.alias_(key, f"k{i}") for i, key in enumerate(keys)]
        values = [exp.alias_(value.copy(), name) for value, name in self.outputs.items()]
        grouped = self.inner.select(*names, *values).group_by(
            *(key.copy() for key in keys), copy=False
        )
        if self.near is not None:
            wanted = exp.Tuple(expressions=[key.copy() for key in keys])
            grouped = grouped.where(exp.In(this=wanted, query=self.near.subquery()), copy=False)
        mine = [column(REPORTER), *self.mine] if self.keyed else list(self.mine)
        on = exp.and_(
            *(
                exp.EQ(this=m.copy(), expression=column(f"k{i}", self.alias))
                for i, m in enumerate(mine)
            )
        )
        return query.join(
            grouped.subquery(self.alias, copy=False), on=on, join_type="left", copy=False
        )


@dataclass(frozen=True, slots=True)
class GroupJoin:
    """A list of codes, each with the group it belongs to."""

    alias: str
    relation: str
    code: Expression

    def add_to(self, query: exp.Select) -> exp.Select:
        """LEFT JOIN the list; each code stands in it once."""
        on = exp.EQ(this=self.code.copy(), expression=column("code", self.alias))
        table = exp.to_table(self.relation).as_(self.alias)
        return query.join(table, on=on, join_type="left", copy=False)
