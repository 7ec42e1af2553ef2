"""What a definition reads from the lawbook on a day, for every engine alike: an item of a list, the kinds of a set."""

from __future__ import annotations

from datetime import date

from dripline.law import Law
from dripline.law.units import Amount
from dripline.nodes import OnList


def amount_of(amount: Amount, item: int | None) -> Amount:
    """The amount, or an item of a list (the first is 1); None where the list has no such item."""
    if item is None or amount is None:
        return amount
    assert isinstance(amount, tuple), "an item is asked of a list"
    return amount[item - 1] if item <= len(amount) else None


def kinds_on(node: OnList, law: Law, day: date) -> tuple[str, ...] | None:
    """The kinds of list a condition asks for on a day; None while the lawbook has no such set."""
    if node.within is None:
        return node.kinds
    named = law.on(day).get(node.within)
    if named is None:
        return None
    assert isinstance(named, tuple), "a set of kinds is a list"
    return tuple(kind for kind in node.kinds if kind in named)
