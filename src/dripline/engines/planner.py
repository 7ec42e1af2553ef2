"""The plan of a compile: many indicators by many breakdowns as a few groupings of one scan a table and month.

What was measured decides it (docs/adr/0003): a query for each cell reads everything hundreds of times, one big GROUPING
SETS keeps a hash set for each distinct count. Instead

1. each **leaf condition** is two bits (true, unknown) of a word, computed once for a row;
2. sums and counts are grouped by a few **parents** (the largest sets of dimensions) and the words; a filter is then a
   boolean expression over bits of the small result, so further indicators over the same leaves cost almost nothing;
3. distinct counts take two bits for each **whole filter** (the OR of two conditions over a borrower's rows is not one
   row that meets both), deduplicated down a lattice: (key, parent), then (key, child) from the parent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from dripline import nodes as n
from dripline.definitions import Dimension
from dripline.engines.fold import Atom, Moment, Request
from dripline.measures import CountDistinct, Sum

BITS_A_WORD = 62
Dimensions = tuple[Dimension, ...]


@dataclass
class Base:
    """One scan: the rows of a table at a moment, with all that is asked of them."""

    table: str
    moment: Moment
    everywhere: bool = False
    additive: list[Request] = field(default_factory=list)
    distinct: dict[tuple[n.Value, ...], list[Request]] = field(default_factory=dict)

    @property
    def requests(self) -> list[Request]:
        """Everything asked."""
        return [*self.additive, *(r for some in self.distinct.values() for r in some)]

    @property
    def dimensions(self) -> Dimensions:
        """Every dimension asked for, in order of first use."""
        return tuple(dict.fromkeys(d for request in self.requests for d in request.dimensions))

    @property
    def values(self) -> tuple[n.Value, ...]:
        """The numbers that are summed."""
        atoms = (request.atom for request in self.additive)
        return tuple(dict.fromkeys(atom.value for atom in atoms if isinstance(atom, Sum)))

    @property
    def filters(self) -> tuple[n.Condition | None, ...]:
        """The different filters of all that is asked; None lets every row through."""
        return tuple(dict.fromkeys(request.atom.where for request in self.requests))

    @property
    def leaves(self) -> tuple[n.Condition, ...]:
        """The conditions that filters are made of."""
        return tuple(dict.fromkeys(leaf for f in self.filters if f for leaf in leaves(f)))


def bases(requests: Iterable[Request]) -> list[Base]:
    """Requests by the scan that answers them."""
    found: dict[tuple[str, Moment, bool], Base] = {}
    for request in requests:
        name = (request.table, request.moment, request.everywhere)
        base = found.setdefault(name, Base(*name))
        if isinstance(request.atom, CountDistinct):
            base.distinct.setdefault(request.atom.keys, []).append(request)
        else:
            base.additive.append(request)
    return list(found.values())


def leaves(condition: n.Condition) -> tuple[n.Condition, ...]:
    """The parts of a condition that are no AND, OR or NOT themselves."""
    if isinstance(condition, n.And | n.Or):
        return tuple(leaf for part in condition.parts for leaf in leaves(part))
    if isinstance(condition, n.Not):
        return leaves(condition.part)
    return (condition,)


def parents(sets: Iterable[Dimensions]) -> list[Dimensions]:
    """The largest sets of dimensions: every other one is part of one of them."""
    unique = sorted(dict.fromkeys(sets), key=len, reverse=True)
    found: list[Dimensions] = []
    for dimensions in unique:
        if not any(set(dimensions) <= set(parent) for parent in found):
            found.append(dimensions)
    return found


def parent_of(dimensions: Dimensions, among: Iterable[Dimensions]) -> Dimensions:
    """The smallest parent that holds all these dimensions."""
    return min((p for p in among if set(dimensions) <= set(p)), key=len)


def by_dimensions(requests: Iterable[Request]) -> dict[Dimensions, list[Request]]:
    """Requests by how they are divided; each group is one query over its parent."""
    found: dict[Dimensions, list[Request]] = {}
    for request in requests:
        found.setdefault(request.dimensions, []).append(request)
    return found


def atoms_of(requests: Iterable[Request]) -> tuple[Atom, ...]:
    """The different sums and counts among requests."""
    return tuple(dict.fromkeys(request.atom for request in requests))
