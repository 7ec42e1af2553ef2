"""Nodes as SQL through SQLGlot: one scan of a table, with the other tables it looks at joined once each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlglot import exp

from dripline import nodes as n
from dripline.engines.data import INSTITUTION, REPORTER
from dripline.engines.dated import amount_of, kinds_on
from dripline.engines.lists import CREDIT_CODE, HENAN, ORGANISATION_CODE, PERSONS
from dripline.engines.sql_joins import GroupJoin, Join
from dripline.engines.sql_words import (
    COMPARISONS,
    Expression,
    as_text,
    column,
    is_null,
    literal,
    months_later,
    part_count,
    part_of,
    sql_type,
    when,
    whole_number,
)
from dripline.errors import DefinitionError
from dripline.law import Law
from dripline.periods import Period
from dripline.tables import THEN
from dripline.tables import table as table_called

FAR_MORE = 2
"""How many times the rows of a table another must have for its rows to be looked through before they are grouped."""


class Relations(Protocol):
    """Where the rows of a table and month stand in the database, and the lists of a period."""

    law: Law

    def relation(self, table: str, period: Period, *, today: bool = False) -> str:
        """The name of the rows' relation; an empty one if nothing was received."""
        ...

    def size(self, table: str, period: Period) -> int:
        """How many rows there are."""
        ...

    def received(self, table: str, period: Period) -> frozenset[str]:
        """The reporters whose rows have come, today's successors of them included."""
        ...

    def lists(self, period: Period) -> ListMasks:
        """The relation of credit and organisation codes with a bit for each kind of list."""
        ...

    def groups(self, codes: str, depth: int, day: date) -> str:
        """The name of the relation ``code, above`` of a list of codes."""
        ...

    def codes(self, name: str, day: date) -> str:
        """The name of the relation ``code`` of the codes a file may use on a day."""
        ...

    def successors(self, table: str, period: Period) -> tuple[tuple[str, str], ...]:
        """Reporters of a table's rows that another has taken over, as (then, today)."""
        ...


@dataclass(frozen=True, slots=True)
class ListMasks:
    """Kinds of list by bit, those adopted, those of Henan alone, and the relation ``id_type, id_no, adopted, valid``."""

    name: str
    bits: dict[str, int]
    of_henan: frozenset[str]


class Scan:
    """One table at one month as relation ``t``; nodes compiled here add the joins they need."""

    def __init__(
        self,
        relations: Relations,
        table: str,
        period: Period,
        editions: tuple[Period, ...],
        *,
        today: bool = False,
        prefix: str = "j",
    ) -> None:
        self.relations, self.table, self.period = relations, table, period
        self.editions, self.today, self.prefix = editions, today, prefix
        self.joins: dict[object, Join] = {}
        self.masks: dict[object, str] = {}
        self.list_joins: list[tuple[str, ListMasks, Expression, Expression]] = []
        self.group_joins: dict[n.GroupOf, GroupJoin] = {}
        self.order: list[Join | GroupJoin | int] = []
        self.compiled: dict[object, Expression] = {}

    def select(self, *columns: Expression) -> exp.Select:
        """SELECT the columns FROM the table and everything joined to it so far."""
        relation = self.relations.relation(self.table, self.period, today=self.today)
        query = exp.select(*columns).from_(
            exp.to_table(exp.to_identifier(relation, quoted=True).sql()).as_("t")
        )
        for step in self.order:
            query = self._join_lists(query, step) if isinstance(step, int) else step.add_to(query)
        return query

    def _join_lists(self, query: exp.Select, step: int) -> exp.Select:
        alias, masks, id_type, id_no = self.list_joins[step]
        on = exp.and_(
            exp.EQ(this=id_type.copy(), expression=column("id_type", alias)),
            exp.EQ(this=id_no.copy(), expression=column("id_no", alias)),
        )
        return query.join(exp.to_table(masks.name).as_(alias), on=on, join_type="left", copy=False)

    def value(self, node: n.Value) -> Expression:
        """The node as an SQL value, NULL where unknown."""
        if node not in self.compiled:
            self.compiled[node] = as_text(self._value(node))
        return self.compiled[node].copy()

    def condition(self, node: n.Condition) -> Expression:
        """The node as an SQL condition: TRUE, FALSE or NULL."""
        if node not in self.compiled:
            self.compiled[node] = as_text(self._condition(node))
        return self.compiled[node].copy()

    def _value(self, node: n.Value) -> Expression:
        match node:
            case n.Field(name=name) if name == INSTITUTION:
                return self._institution()
            case n.Field(name=name) if name == THEN:
                renamed = self.today and self.relations.successors(self.table, self.period)
                return column(THEN if renamed else REPORTER)
            case n.Field(name=name) | n.Named(name=name):
                return column(name)
            case n.GroupOf():
                return self._group(node)
            case n.Constant(value=constant):
                return literal(constant)
            case n.Parameter():
                return self._parameter(node)
            case n.PeriodDay(which=which):
                return literal(self.period.first_day if which == "first" else self.period.last_day)
            case n.Lookup():
                return self._lookup(node)
            case n.FirstKnown(values=values):
                return exp.func("COALESCE", *(self.value(value) for value in values))
            case n.Choose():
                return self._choose(node)
            case n.Arithmetic(left=left, op=op, right=right):
                # DuckDB keeps a product of two narrow decimals narrow, and overflows: widen first.
                wide = exp.cast(self.value(left), sql_type(n.decimal(left.kind.scale)))
                return exp.paren(COMPARISONS[op](this=wide, expression=self.value(right)))
            case n.Slice(text=text, start=start, length=length):
                return exp.func("SUBSTRING", self.value(text), literal(start), literal(length))
            case n.Length(text=text):
                return exp.cast(exp.func("LENGTH", self.value(text)), "BIGINT")
            case n.PartCount(text=text, separator=separator):
                return part_count(self.value(text), separator)
            case n.Part(text=text, place=place, separator=separator):
                return part_of(self.value(text), place, separator)
            case n.WholeNumber(text=text):
                return whole_number(self.value(text))
            case n.MonthsLater(day=day, months=months):
                return months_later(self.value(day), months)
        raise DefinitionError(f"no SQL for the value {type(node).__name__}.")

    def _condition(self, node: n.Condition) -> Expression:
        match node:
            case n.And(parts=parts):
                return exp.paren(
                    exp.and_(*(self.condition(part) for part in parts), copy=False), copy=False
                )
            case n.Or(parts=parts):
                return exp.paren(
                    exp.or_(*(self.condition(part) for part in parts), copy=False), copy=False
                )
            case n.Not(part=part):
                return exp.Not(this=exp.paren(self.condition(part), copy=False))
            case n.Known(value=value):
                return exp.Not(this=is_null(self.value(value)))
            case n.Compare(left=left, op=op, right=right):
                return exp.paren(
                    COMPARISONS[op](this=self.value(left), expression=self.value(right))
                )
            case n.IsIn(value=value, options=options):
                return exp.paren(
                    exp.In(this=self.value(value), expressions=[literal(o) for o in options])
                )
            case n.IsCode(value=value, codes=codes):
                # A list of thousands of codes as a relation, not as a text of thousands of literals.
                name = self.relations.codes(codes, self.period.last_day)
                accepted = exp.select(column("code", "c")).from_(exp.to_table(name).as_("c"))
                return exp.paren(
                    exp.In(this=self.value(value), query=accepted.subquery()), copy=False
                )
            case n.Matches(value=value, pattern=pattern):
                return exp.func(
                    "REGEXP_FULL_MATCH", self.value(value), literal(pattern), dialect="duckdb"
                )
            case n.ValidId(value=value, scheme=scheme):
                return exp.Anonymous(this=f"{scheme}_ok", expressions=[self.value(value)])
            case n.HasRow():
                return self._has_row(node)
            case n.OnList():
                return self._on_list(node)
        raise DefinitionError(f"no SQL for the condition {type(node).__name__}.")

    def _parameter(self, node: n.Parameter) -> Expression:
        day = self.value(node.on) if node.on is not None else literal(self.period.last_day)
        values = self.relations.law.entry(node.name).values
        cases: list[tuple[Expression, Expression]] = []
        for value in sorted(values, key=lambda v: v.since, reverse=True):
            found = amount_of(value.amount, node.item)
            amount = exp.null() if found is None else literal(Decimal(str(found)))
            cases.append((exp.GTE(this=day.copy(), expression=literal(value.since)), amount))
        return exp.cast(when(cases), f"DECIMAL(18, {node.scale})")

    def _institution(self) -> Expression:
        """The reporter, or who has taken it over."""
        pairs = self.relations.successors(self.table, self.period)
        if not pairs:
            return column(REPORTER)
        cases = [
            (exp.EQ(this=column(REPORTER), expression=literal(then)), literal(today))
            for then, today in pairs
        ]
        return when(cases, column(REPORTER))

    def _group(self, node: n.GroupOf) -> Expression:
        if node not in self.group_joins:
            code = self.value(node.value)
            relation = self.relations.groups(node.codes, node.depth, self.period.last_day)
            join = GroupJoin(f"{self.prefix}g{len(self.group_joins)}", relation, code)
            self.group_joins[node] = join
            self.order.append(join)
        return column("above", self.group_joins[node].alias)

    def _choose(self, node: n.Choose) -> Expression:
        cases: list[tuple[Expression, Expression]] = []
        for case, value in node.cases:
            condition = self.condition(case)
            cases.append((is_null(condition.copy()), exp.null()))
            cases.append((condition, self.value(value)))
        return when(cases, None if node.otherwise is None else self.value(node.otherwise))

    def _join(self, node: n.Lookup | n.HasRow) -> Join:
        name = (node.on, node.period)
        if name not in self.joins:
            mine = tuple(self.value(value) for value, _ in node.on)
            previous = node.period == "previous"
            of_reporters = table_called(node.table).per_reporter
            same = self.period if of_reporters else self.editions[0]
            inner = Scan(
                self.relations,
                node.table,
                self.period.shift(-1) if previous else same,
                self.editions,
                today=previous or self.today,
                prefix=f"{self.prefix}{len(self.order)}_",
            )
            own = of_reporters and table_called(self.table).per_reporter
            theirs = tuple(value for _, value in node.on)
            keyed = own and self._of_several(inner)
            near = self._near(node, mine, inner, keyed=keyed)
            join = Join(f"{self.prefix}{len(self.order)}", mine, own, keyed, inner, theirs, near)
            for value in theirs:
                inner.value(value)
            self.joins[name] = join
            self.order.append(join)
        return self.joins[name]

    def _of_several(self, inner: Scan) -> bool:
        """Whether rows of more than one reporter meet; where all are of one, it need not be compared for each."""
        here, there = self.relations, (inner.table, inner.period)
        return len(here.received(self.table, self.period) | here.received(*there)) > 1

    def _near(
        self, node: n.Lookup | n.HasRow, mine: tuple[Expression, ...], inner: Scan, *, keyed: bool
    ) -> exp.Select | None:
        """What a small table looks for in a large one: only those rows need to be grouped."""
        plain = all(isinstance(v, n.Field) and v.name != INSTITUTION for v, _ in node.on)
        size = self.relations.size
        if not plain or size(inner.table, inner.period) < FAR_MORE * size(self.table, self.period):
            return None
        relation = self.relations.relation(self.table, self.period, today=self.today)
        keys = [column(REPORTER), *mine] if keyed else list(mine)
        table = exp.to_table(exp.to_identifier(relation, quoted=True).sql()).as_("t")
        return exp.select(*(key.copy() for key in keys)).from_(table)

    def _lookup(self, node: n.Lookup) -> Expression:
        join = self._join(node)
        value = join.inner.value(node.value)
        if node.where is not None:
            value = when([(join.inner.condition(node.where), value)])
        return join.output(exp.Min(this=value))

    def _has_row(self, node: n.HasRow) -> Expression:
        join = self._join(node)
        score: Expression = literal(2)
        if node.where is not None:
            where = join.inner.condition(node.where)
            score = when([(where, literal(2)), (is_null(where.copy()), literal(1))], literal(0))
        best = join.output(exp.Max(this=score))
        no_key = exp.or_(*(is_null(key.copy()) for key in join.mine), *self._not_come(join))
        yes = exp.EQ(this=best.copy(), expression=literal(2))
        maybe = exp.EQ(this=best.copy(), expression=literal(1))
        return when([(no_key, exp.null()), (yes, exp.true()), (maybe, exp.null())], exp.false())

    def _not_come(self, join: Join) -> list[Expression]:
        """Rows of whose reporter the other table has not come (where rows match within a reporter), or all rows."""
        theirs = self.relations.received(join.inner.table, join.inner.period)
        if not join.own:
            return [] if theirs else [exp.true()]
        absent = self.relations.received(self.table, self.period) - theirs
        names = [literal(name) for name in sorted(absent)]
        return [exp.In(this=column(REPORTER), expressions=names)] if names else []

    def _on_list(self, node: n.OnList) -> Expression:
        parts = [self._on_list_of(node, period) for period in self.editions]
        return exp.paren(exp.and_(*parts))

    def _on_list_of(self, node: n.OnList, period: Period) -> Expression:
        kinds = kinds_on(node, self.relations.law, period.last_day)
        if kinds is None:
            return exp.null()
        masks = self.relations.lists(period)
        id_type, id_no, region = (self.value(v) for v in (node.id_type, node.id_no, node.region))
        mask = column(
            "adopted" if node.rule == "edition" else "valid", self._list_join(node, period, masks)
        )
        bits = sum(1 << masks.bits[kind] for kind in kinds if kind in masks.bits)
        hit = exp.BitwiseAnd(this=mask, expression=literal(bits))
        known = [
            exp.In(
                this=id_type.copy(), expressions=[literal(CREDIT_CODE), literal(ORGANISATION_CODE)]
            ),
            exp.Not(this=is_null(id_no.copy())),
        ]
        if any(kind not in masks.bits for kind in kinds):
            known.append(exp.false())
        if masks.of_henan & set(kinds):
            province = exp.func("SUBSTRING", region.copy(), literal(1), literal(2))
            known.append(exp.EQ(this=province, expression=literal(HENAN)))
        person = exp.In(this=id_type.copy(), expressions=[literal(code) for code in PERSONS])
        on_it = exp.NEQ(this=exp.paren(hit), expression=literal(0))
        # No person is on a list, so the order is free: what most rows meet comes first, and ends the search.
        return when([(on_it, exp.true()), (exp.and_(*known), exp.false()), (person, exp.false())])

    def _list_join(self, node: n.OnList, period: Period, masks: ListMasks) -> str:
        name = (node.id_type, node.id_no, period)
        if name not in self.masks:
            alias = f"{self.prefix}l{len(self.list_joins)}"
            self.masks[name] = alias
            self.order.append(len(self.list_joins))
            self.list_joins.append((alias, masks, self.value(node.id_type), self.value(node.id_no)))
        return self.masks[name]
