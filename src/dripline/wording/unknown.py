"""What may leave a row unknown: an empty field, a list that is not adopted; it is counted apart, not as a no."""

from __future__ import annotations

from dripline.measures import Count
from dripline.nodes import (
    And,
    Compare,
    Condition,
    Constant,
    Field,
    IsCode,
    IsIn,
    Known,
    Lookup,
    Matches,
    Measure,
    Not,
    OnList,
    Parameter,
    PeriodDay,
    ValidId,
    Value,
    children,
    walk,
)
from dripline.wording.joins import both_ways, parts_of
from dripline.wording.phrases import joined, listed, phrase, say
from dripline.wording.values import OfRow
from dripline.words import Text


def unknown_line(measure: Measure) -> Text:
    """What leaves a row unknown: it is counted apart, neither in the figure nor out of it."""
    parts = [phrase(value) for value in doubtful(measure)]
    reasons = []
    if parts:
        reasons.append(
            say("{columns}为空", "{columns} is empty", columns=listed(dict.fromkeys(parts), OR))
        )
    if any(isinstance(node, OnList) for node in walk(measure)):
        reasons.append(
            Text(
                zh="名单未采用、证件类型无法匹配，或省外企业对河南名单",
                en="no edition is adopted, the id cannot be matched, or the enterprise is outside Henan and the list is of Henan",
            )
        )
    if not reasons:
        return Text(zh="未知：无。", en="Unknown: nothing.")
    return say(
        "未知：因{reasons}而无法判断的行单列计数，不计入也不视为“否”。",
        "Unknown: rows that cannot be judged, as {reasons}, are counted apart, neither in the figure nor as a no.",
        reasons=joined(reasons, "，或", ", or "),
    )


OR = Text(zh="或", en=" or ")


def doubtful(*nodes: object, given: Condition | None = None) -> tuple[Value, ...]:
    """The values that may be empty and leave a row unknown.

    Not those that are only asked whether they are filled, nor those that are filled wherever ``given`` is true.
    """
    found: dict[Value, None] = {}
    for node in nodes:
        match node:
            case None | Known() | Constant() | PeriodDay() | OnList():
                continue
            case Field() | Lookup() | OfRow():
                found[node] = None
            case And() as both if both_ways(both) is None:
                sure = filled(both)
                parts = doubtful(*parts_of(both))
                found |= dict.fromkeys(value for value in parts if value not in sure)
            case Count(where=where):
                found |= dict.fromkeys(doubtful(where))
            case Parameter(on=on):
                found |= dict.fromkeys(doubtful(on))
            case _:
                found |= dict.fromkeys(doubtful(*children(node)))
    known = compared(given)
    return tuple(value for value in found if value not in known)


def filled(condition: Condition | None) -> frozenset[object]:
    """The values a condition names as filled, as it holds only where they are."""
    match condition:
        case Known(value=value):
            return frozenset({value})
        case And():
            return frozenset().union(*(filled(part) for part in parts_of(condition)))
    return frozenset()


def compared(condition: Condition | None) -> frozenset[object]:
    """The columns that must be filled for a condition to be true at all."""
    match condition:
        case And():
            return frozenset().union(*(compared(part) for part in parts_of(condition)))
        case Known(value=value):
            return frozenset({value})
        case Not(part=Compare() | IsIn() | Matches() | IsCode() | ValidId() as part):
            return compared(part)
        case Compare() | IsIn() | Matches() | IsCode() | ValidId():
            return frozenset(doubtful(condition))
    return frozenset()
