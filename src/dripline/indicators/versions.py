"""What a figure meant on a day: for a period the version of its definition counts that is in force on its last day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from dripline.definitions import Indicator, Version
from dripline.engines.dated import kinds_on
from dripline.errors import Refused
from dripline.law import Law
from dripline.measures import At
from dripline.nodes import OnList

Node = TypeVar("Node")


def version_on(indicator: Indicator, day: date) -> Version | None:
    """The version in force on a day; None before the first day of the first one."""
    begun = [each for each in indicator.versions if each.since is None or each.since <= day]
    return begun[-1] if begun else None


def in_rows(indicator: Indicator, day: date) -> bool:
    """Whether the figure was added up from rows on a day."""
    version = version_on(indicator, day)
    return version is not None and version.measure is not None


def in_force(indicator: Indicator, day: date) -> Indicator:
    """The indicator as it was meant on a day; Refused where it was not added up from rows then."""
    version = version_on(indicator, day)
    found = None if version is None else indicator.as_meant(version)
    if found is not None:
        return found
    computed = [each for each in indicator.versions if each.measure is not None]
    later = next(str(each.since) for each in computed if each.since and each.since > day)
    raise Refused(
        f"{indicator.code} is not added up from rows for {day}: that begins on {later}. What was published "
        f"before is history (HISTORY); a series reckoned as it is meant since is asked with --definition {later}."
    )


def all_in_force(indicators: Mapping[str, Indicator], day: date) -> dict[str, Indicator]:
    """Every indicator that was added up from rows on a day, as it was meant then."""
    found = {}
    for code, indicator in indicators.items():
        version = version_on(indicator, day)
        meant = None if version is None else indicator.as_meant(version)
        if meant is not None:
            found[code] = meant
    return found


def shown_as(indicator: Indicator, day: date) -> Indicator:
    """The indicator whose words and source stand beside a figure of the day: as meant then, else as first computed since."""
    version = version_on(indicator, day)
    meant = None if version is None else indicator.as_meant(version)
    return meant or next(filter(None, map(indicator.as_meant, indicator.versions)))


def fixed(node: Node, law: Law, day: date) -> Node:
    """A definition whose sets of lists are those of one day, for whatever period it is reckoned.

    A set that the lawbook does not have on the day stays what it is of each period; so does what is taken of another time
    on the lists of that time.
    """
    found: Any = _fixed(node, law, day)
    return found  # type: ignore[no-any-return]


def _fixed(node: Any, law: Law, day: date) -> Any:
    if isinstance(node, tuple):
        return tuple(_fixed(part, law, day) for part in node)
    if isinstance(node, OnList) and node.within is not None:
        kinds = kinds_on(node, law, day)
        return node if kinds is None else replace(node, kinds=kinds, within=None)
    if not is_dataclass(node) or isinstance(node, type):
        return node
    if isinstance(node, At) and node.lists != "same_list":
        return node
    parts = {one.name: getattr(node, one.name) for one in fields(node)}
    changed = {name: _fixed(part, law, day) for name, part in parts.items()}
    return node if changed == parts else replace(node, **changed)
