"""Conditions joined by and, or and not, as people say them: “if … then …”, “… exactly when …”."""

from __future__ import annotations

from dripline.nodes import And, Condition, Constant, HasRow, Known, Not, Or, Slice
from dripline.wording.phrases import bracketed, joined, phrase, say
from dripline.wording.values import other_table
from dripline.words import Text


def parts_of(node: And | Or) -> tuple[Condition, ...]:
    """The parts of nested ands (or ors) in one row; unknown travels alike either way."""
    found: list[Condition] = []
    for part in node.parts:
        same = isinstance(part, type(node)) and not _one(part)
        found.extend(parts_of(part) if same and isinstance(part, And | Or) else (part,))
    return tuple(found)


def _one(part: Condition) -> bool:
    """Parts that people say in one breath stay together."""
    return any(form(part) is not None for form in (both_ways, implied, of_firm))


def implied(node: Condition) -> tuple[Condition, Condition] | None:
    """If the one, then the other: how ``implies`` is built, and how people say it."""
    match node:
        case Or(parts=(Not(part=Known()), Not(part=Known()))):
            return None
        case Or(parts=(Not(part=given), then)):
            return given, then
    return None


def both_ways(node: Condition) -> tuple[Condition, Condition] | None:
    """The one exactly when the other: how ``same_as`` is built."""
    match node:
        case And(parts=(there, back)):
            first, second = implied(there), implied(back)
            if first and second and first == second[::-1]:
                return first
    return None


def inner(node: Condition) -> Text:
    """A part of a longer condition, in brackets where it is joined itself."""
    joined_itself = isinstance(node, And | Or) and of_firm(node) is None
    return bracketed(phrase(node)) if joined_itself else phrase(node)


def of_firm(node: Condition) -> HasRow | None:
    """A firm's row in a reported table, found by credit code or by the organisation code inside it."""
    match node:
        case Or(
            parts=(
                HasRow(on=((Constant(value="A01"), kind), (code, number))) as found,
                HasRow(
                    on=((Constant(value="A02"), other_kind), (Slice(text=text), other_number))
                ) as other,
            )
        ) if (kind, number, code) == (other_kind, other_number, text):
            return found if (found.where, found.period) == (other.where, other.period) else None
    return None


def _of_firm(node: HasRow, yes: bool) -> Text:
    where = node.where
    return say(
        "{table}中{has}该企业（按统一社会信用代码或其中的组织机构代码）{where}的行",
        "{table} {has} of the firm (by credit code or the organisation code in it){where}",
        table=other_table(node),
        has=Text(zh="有", en="has a row") if yes else Text(zh="没有", en="has no row"),
        where="" if where is None else say("{where}", " where {where}", where=inner(where)),
    )


@phrase.register
def _(node: And, yes: bool = True) -> Text:
    if not yes:
        return say("并非（{all}）", "not ({all})", all=phrase(node))
    if (pair := both_ways(node)) is not None:
        return say(
            "{one}，当且仅当{other}",
            "{one} exactly when {other}",
            one=inner(pair[0]),
            other=inner(pair[1]),
        )
    return joined((inner(part) for part in parts_of(node)), "，且", " and ")


@phrase.register
def _(node: Or, yes: bool = True) -> Text:
    if (row := of_firm(node)) is not None:
        return _of_firm(row, yes)
    if not yes:
        return say("并非（{all}）", "not ({all})", all=phrase(node))
    if (pair := implied(node)) is not None:
        return say(
            "若{given}，则{then}",
            "if {given} then {then}",
            given=inner(pair[0]),
            then=inner(pair[1]),
        )
    return joined((inner(part) for part in parts_of(node)), "，或", " or ")


@phrase.register
def _(node: Not, yes: bool = True) -> Text:
    return phrase(node.part, not yes)
