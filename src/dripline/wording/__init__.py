"""Definitions in words: any node explained in Chinese and English from the definition itself.

What is printed here follows from the definition, so it cannot say something else than what is reckoned. Labels come
from the columns, meanings of codes from the lists of codes, names of policy numbers from the lawbook.

>>> print(explain(CLDWDK.balance_cny.above(0)).zh)
贷款余额折人民币大于0
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dripline.definitions import (
    Breakdown,
    Dimension,
    Group,
    Indicator,
    Membership,
    Need,
    Refusal,
    Rule,
    Total,
)
from dripline.nodes import Measure
from dripline.wording import conditions, values
from dripline.wording.figures import (
    dimension_lines,
    indicator_lines,
    membership_lines,
    version_on_lines,
)
from dripline.wording.measures import Names, breakdown_words, measured
from dripline.wording.phrases import joined, phrase, say, table_words
from dripline.wording.rules import rule_lines, total_words
from dripline.words import Text

__all__ = ["breakdown_words", "conditions", "explain", "explain_on", "lines", "phrase", "values"]


def explain(node: object, breakdowns: Mapping[str, Breakdown] | None = None) -> Text:
    """Any value, condition, measure, rule, indicator or breakdown in words.

    ``breakdowns`` gives the breakdowns that an indicator names by their codes; without it the codes stand there.
    """
    return joined(lines(node, breakdowns or {}), "\n", "\n")


def lines(node: object, names: Names) -> tuple[Text, ...]:
    """What ``explain`` says, a line for each matter."""
    match node:
        case Rule():
            return tuple(rule_lines(node, names))
        case Indicator():
            return tuple(indicator_lines(node, names))
        case Dimension():
            return tuple(dimension_lines(node, names))
        case Membership():
            return tuple(membership_lines(node, names))
    return (_one_line(node, names),)


def explain_on(node: Indicator, day: date, breakdowns: Mapping[str, Breakdown]) -> Text:
    """What an indicator meant on a day: the version in force then, in full."""
    begun = [each for each in node.versions if each.since is None or each.since <= day]
    if not begun:
        first = str(node.versions[0].since)
        return say(
            "{code}自{day}起才有定义。",
            "{code} has no definition before {day}.",
            code=node.code,
            day=first,
        )
    return joined(version_on_lines(node, begun[-1], breakdowns), "\n", "\n")


def _one_line(node: object, names: Names) -> Text:
    match node:
        case Measure():
            return measured(node, names)
        case Total():
            return total_words(node, names)
        case Group(label=label, members=members):
            words = joined((phrase(member) for member in members), "；", "; ")
            return say("{label}：{words}", "{label}: {words}", label=label, words=words)
        case Refusal(breakdown=breakdown, reason=reason):
            words = breakdown_words(breakdown, names)
            return say(
                "不按{words}分：{reason}", "Not by {words}: {reason}", words=words, reason=reason
            )
        case Need(table=table):
            return say("需要{table}", "needs the {table}", table=table_words(table))
    return phrase(node)
