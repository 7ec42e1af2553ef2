"""Rows of other tables that a definition names more than once, described once and then called by a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from dripline.nodes import (
    Arithmetic,
    Choose,
    Condition,
    FirstKnown,
    HasRow,
    Kind,
    Lookup,
    Measure,
    OnList,
    walk,
)
from dripline.wording.conditions import DAY, list_names, with_set
from dripline.wording.phrases import bracketed, phrase, say
from dripline.wording.values import OfRow, matching, other_table
from dripline.words import Text

LETTERS = (("甲", "A"), ("乙", "B"), ("丙", "C"), ("丁", "D"), ("戊", "E"), ("己", "F"))


@dataclass(frozen=True, slots=True)
class IsThere(Condition):
    """A row that was described before is there."""

    row: Text


@dataclass(frozen=True, slots=True)
class IsListed(Condition):
    """The enterprise is one of those a line before has described."""

    name: Text


@phrase.register
def _(node: IsListed, yes: bool = True) -> Text:
    return say(
        "企业为{name}" if yes else "企业不为{name}",
        "the firm is a {name}" if yes else "the firm is no {name}",
        name=node.name,
    )


@phrase.register
def _(node: OfRow, yes: bool = True) -> Text:
    compound = isinstance(node.value, Choose | FirstKnown | Arithmetic)
    value = bracketed(phrase(node.value)) if compound else phrase(node.value)
    return say("{row}的{value}", "{value} of the {row}", row=node.row, value=value)


@phrase.register
def _(node: IsThere, yes: bool = True) -> Text:
    return say(
        "有{row}" if yes else "没有{row}",
        "there is a {row}" if yes else "there is no {row}",
        row=node.row,
    )


def rewritten(node: Any, change: Callable[[Any], Any]) -> Any:
    """The node with every part of it changed; what was changed is not entered again."""
    changed = change(node)
    if changed is not node:
        return changed
    if isinstance(node, tuple):
        return tuple(rewritten(part, change) for part in node)
    if not is_dataclass(node) or isinstance(node, Kind | type):
        return node
    return replace(node, **{f.name: rewritten(getattr(node, f.name), change) for f in fields(node)})


def rows_named(*nodes: Condition | None) -> tuple[list[Text], tuple[Condition | None, ...]]:
    """A line for each row of another table that is named more than once, and the nodes that call it by name."""
    uses: dict[object, list[Lookup | HasRow]] = {}
    for node in walk(*nodes):
        if isinstance(node, Lookup | HasRow):
            uses.setdefault(_row(node), []).append(node)
    told = {row: found[0] for row, found in uses.items() if len(found) > 1 or _is_value(found[0])}
    names = {row: _name(place, len(told)) for place, row in enumerate(told)}
    said = [
        say(
            "{row}：{table}中的行，{match}。",
            "{row}: the row of {table}, {match}.",
            row=Text(zh=names[row].zh, en=names[row].en.capitalize()),
            table=other_table(node),
            match=matching(node),
        )
        for row, node in told.items()
    ]

    def called(node: Any) -> Any:
        if isinstance(node, Lookup | HasRow) and _row(node) in names:
            name = names[_row(node)]
            return OfRow(node.value, name) if isinstance(node, Lookup) else IsThere(name)
        return node

    return said, tuple(rewritten(node, called) for node in nodes)


def _is_value(node: Lookup | HasRow) -> bool:
    # What a row says is named again among what may be unknown; that it is there is not.
    return isinstance(node, Lookup)


def _row(node: Lookup | HasRow) -> object:
    return node.on, node.where, node.period


def _name(place: int, count: int) -> Text:
    if count == 1:
        return Text(zh="对应行", en="matching row")
    zh, en = LETTERS[place]
    return Text(zh=f"对应行{zh}", en=f"matching row {en}")


def lists_named(measure: Measure) -> tuple[list[Text], Measure]:
    """A line for each set of several lists, and the measure that calls its firms by name."""
    sets = dict.fromkeys(
        (node.kinds, node.rule, node.within)
        for node in walk(measure)
        if isinstance(node, OnList) and len(node.kinds) > 1
    )
    names = {each: _firms(place, len(sets)) for place, each in enumerate(sets)}
    said = [
        say(
            "{name}：{rule}列入{lists}名单之一的企业。",
            "{name}: a firm on one of the lists {lists}{rule}.",
            name=Text(zh=name.zh, en=name.en.capitalize()),
            rule=DAY if rule == "valid_on_day" else "",
            lists=with_set(list_names(kinds), within),
        )
        for (kinds, rule, within), name in names.items()
    ]

    def called(node: Any) -> Any:
        if isinstance(node, OnList) and (node.kinds, node.rule, node.within) in names:
            return IsListed(names[node.kinds, node.rule, node.within])
        return node

    return said, rewritten(measure, called)


def _firms(place: int, count: int) -> Text:
    if count == 1:
        return Text(zh="名单企业", en="listed firm")
    zh, en = LETTERS[place]
    return Text(zh=f"名单企业{zh}", en=f"listed firm {en}")
