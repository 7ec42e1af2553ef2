"""Conditions joined by and, or and not, as people say them: “if … then …”, “… exactly when …”."""

from __future__ import annotations

from dripline.nodes import And, Condition, Known, Not, Or
from dripline.wording.phrases import bracketed, joined, phrase, say
from dripline.words import Text


def parts_of(node: And | Or) -> tuple[Condition, ...]:
    """The parts of nested ands (or ors) in one row; unknown travels alike either way."""
    found: list[Condition] = []
    for part in node.parts:
        same = isinstance(part, type(node)) and both_ways(part) is None and implied(part) is None
        found.extend(parts_of(part) if same and isinstance(part, And | Or) else (part,))
    return tuple(found)


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
    return bracketed(phrase(node)) if isinstance(node, And | Or) else phrase(node)


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
