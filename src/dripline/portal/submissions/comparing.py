"""Two attempts side by side: which tables changed, by how many rows and how much money, and which rules fare otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from dripline.portal.language import said
from dripline.portal.submissions.models import Line, Piece
from dripline.portal.submissions.own_rules import OWN_RULES
from dripline.tables import TABLES


@dataclass(frozen=True, kw_only=True)
class Amount:
    """The sum of one column in both, in yuan."""

    label: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """By how much it moved."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A table in both attempts; None where one has none of it."""

    table: str
    label: str
    before: int | None
    after: int | None
    same: bool
    amounts: tuple[Amount, ...]

    @property
    def change(self) -> int | None:
        """Rows more or fewer."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, kw_only=True)
class RulePair:
    """A rule in both: broken places, explained among them."""

    rule: str
    table: str
    severity: str
    before: int
    after: int

    @property
    def in_catalogue(self) -> bool:
        """Whether the rule has a page; those of the site itself have none."""
        return self.rule not in OWN_RULES


def label_of(table: str) -> str:
    """A table's name in the language of the page."""
    return said(TABLES[table].label) if table in TABLES else table


def tables(before: Iterable[Piece], after: Iterable[Piece]) -> list[Pair]:
    """Each table of either, those that changed first."""
    old, new = {_name(one): one for one in before}, {_name(one): one for one in after}
    pairs = [_pair(name[0], old.get(name), new.get(name)) for name in sorted({*old, *new})]
    return sorted(pairs, key=lambda pair: pair.same)


def _name(piece: Piece) -> tuple[str, str]:
    return piece.table, piece.reporter


def _pair(table: str, old: Piece | None, new: Piece | None) -> Pair:
    sums = [{} if one is None else one.sums for one in (old, new)]
    columns = TABLES[table].columns if table in TABLES else {}
    names = [name for name in columns if name in sums[0] or name in sums[1]]
    amounts = tuple(
        Amount(
            label=said(columns[name].label),
            before=_yuan(sums[0].get(name)),
            after=_yuan(sums[1].get(name)),
        )
        for name in names
    )
    return Pair(
        table=table,
        label=label_of(table),
        before=None if old is None else old.rows,
        after=None if new is None else new.rows,
        same=old is not None and new is not None and old.sha256 == new.sha256,
        amounts=tuple(one for one in amounts if one.before or one.after),
    )


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else Decimal(fen).scaleb(-2)


def rules(before: Iterable[Line], after: Iterable[Line]) -> list[RulePair]:
    """Each rule that is broken in either; those that changed first."""
    old = {(one.rule, one.table): one for one in before if one.broken}
    new = {(one.rule, one.table): one for one in after if one.broken}
    pairs = [
        RulePair(
            rule=name[0],
            table=name[1],
            severity=(new.get(name) or old[name]).severity,
            before=old[name].broken if name in old else 0,
            after=new[name].broken if name in new else 0,
        )
        for name in sorted({*old, *new})
    ]
    return sorted(pairs, key=lambda pair: pair.before == pair.after)
