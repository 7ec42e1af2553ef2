"""The groups that codes belong to on a day, for both engines: the city of a county, the section of an industry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from dripline.codes import code_list


@cache
def groups(codes: str, depth: int, day: date) -> Mapping[str, str]:
    """Each code that had been given by the day, with its ancestor at the depth (1 is the outermost)."""
    begun = [row for row in code_list(codes).rows if row.first is None or row.first <= day]
    known = {row.code: row for row in sorted(begun, key=lambda row: row.first or date.min)}
    found: dict[str, str] = {}
    for name in known:
        chain = [name]
        while (parent := known[chain[-1]].parent) in known and parent not in chain:
            chain.append(parent)
        if len(chain) >= depth:
            found[name] = chain[-depth]
    return MappingProxyType(found)
