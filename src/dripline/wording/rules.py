"""Rules in words: which rows they are about, what must hold, what is unknown, how to mend, where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from dripline.definitions import AnyCheck, Check, Rule, Total, TotalsAgree, Unique
from dripline.nodes import And, Condition, Kind, Named, When
from dripline.wording.figures import source_words
from dripline.wording.joins import both_ways, parts_of
from dripline.wording.measures import Names, measured
from dripline.wording.phrases import listed, phrase, say, table_named, table_words
from dripline.wording.spoken import rows_named
from dripline.wording.unknown import OR, doubtful
from dripline.words import Text

SEVERITIES = {
    "reject": Text(zh="退回：格式问题，须改正", en="reject: a fault of format, to be mended"),
    "error": Text(zh="错误：须改正或说明", en="error: to be mended or explained"),
    "warning": Text(zh="提示：请核实", en="warning: to be looked at"),
}
"""What the severity of a rule asks of the reporter."""
NUMERALS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def rule_lines(node: Rule, names: Names) -> Iterator[Text]:
    """All that is said of a rule, a line for each matter."""
    yield say(
        "{code}（{severity}）{says}",
        "{code} ({severity}) {says}",
        code=node.code,
        severity=SEVERITIES[node.severity],
        says=node.says,
    )
    if isinstance(node, Check | Unique | TotalsAgree):
        yield from meaning_lines(node, names)
    yield say("如何改正：{remedy}", "How to mend: {remedy}", remedy=node.remedy)
    yield say(
        "依据：{source}。", "Source: {source}.", source=source_words(node.source, node.article)
    )


def meaning_lines(node: AnyCheck, names: Names) -> Iterator[Text]:
    """What a rule asks, from its definition itself."""
    if isinstance(node, Check):
        yield from _check_lines(node)
    elif isinstance(node, Unique):
        yield from _unique_lines(node)
    else:
        yield from _totals_lines(node, names)
    for need in node.needs:
        forms = (
            ("未收到{table}时不运行。", "Not run while {table} has not come.")
            if need.when is None
            else (
                "有{when}的行而未收到{table}时不运行。",
                "Not run while {table} has not come, if there is a row where {when}.",
            )
        )
        words = phrase(need.when) if need.when is not None else "-"
        yield say(*forms, table=table_words(need.table), when=words)


def _check_lines(node: Check) -> Iterator[Text]:
    rows = table_named(node.table)
    said, (given, holds) = rows_named(node.given, node.holds)
    if given is None:
        yield say("对象：{rows}的每一行。", "About: each row of {rows}.", rows=rows)
    else:
        head = say("对象：{rows}中符合下列条件的行：", "About: rows of {rows} where ", rows=rows)
        yield from condition_lines(head, given)
    assert holds is not None
    yield from condition_lines(Text(zh="应满足：", en="Must hold: "), holds)
    yield from said
    values = doubtful(holds, given=given)
    if values:
        yield say(
            "未知：{columns}为空而无法判断的行单列，不算违反。",
            "Unknown: rows that cannot be judged, as {columns} is empty, are counted apart and not as broken.",
            columns=listed(dict.fromkeys(phrase(value) for value in values), OR),
        )


def condition_lines(head: Text, node: Condition) -> Iterator[Text]:
    """A condition: its parts one a line where there are three or more, else in one line."""
    parts = parts_of(node) if isinstance(node, And) and both_ways(node) is None else (node,)
    if len(parts) < 3:
        yield say("{head}{all}。", "{head}{all}.", head=head, all=phrase(node))
        return
    yield say("{head}", "{head}all of these:", head=head)
    for number, part in enumerate(parts, 1):
        yield say("  {n}. {part}", "  {n}. {part}", n=number, part=phrase(part))


def _unique_lines(node: Unique) -> Iterator[Text]:
    if node.given is not None:
        yield say(
            "对象：{rows}中{given}的行。",
            "About: rows of {rows} where {given}.",
            rows=table_named(node.table),
            given=phrase(node.given),
        )
    yield say(
        "应满足：同一报送机构、同一期的{rows}中，任意两行的{values}不全相同。"
        if len(node.by) > 1
        else "应满足：同一报送机构、同一期的{rows}中，任意两行的{values}不相同。",
        "Must hold: no two rows of one reporter and period in {rows} share {values}.",
        rows=table_named(node.table),
        values=listed(phrase(value) for value in node.by),
    )
    yield say(
        "未知：{values}为空的行单列，不算违反。",
        "Unknown: rows where {values} is empty are counted apart and not as broken.",
        values=listed((phrase(value) for value in node.by), OR),
    )


def _totals_lines(node: TotalsAgree, names: Names) -> Iterator[Text]:
    if node.keys:
        yield say("对象：按{keys}分组的合计。", "About: totals by {keys}.", keys=listed(node.keys))
    else:
        yield Text(zh="对象：每家报送机构的合计。", en="About: totals of each reporter.")
    marks = dict(zip((total.name for total in node.totals), NUMERALS, strict=False))
    for total in node.totals:
        yield say(
            "合计{mark}：{period}{what}。",
            "Total {mark}: {what}{period}.",
            mark=marks[total.name],
            period=_period(total.period),
            what=measured(total.measure, names),
        )
    if node.given is not None:
        yield from condition_lines(Text(zh="仅当：", en="Only if: "), marked(node.given, marks))
    yield from condition_lines(Text(zh="应满足：", en="Must hold: "), marked(node.holds, marks))


def _period(period: When) -> Text | str:
    return Text(zh="上期", en=" of the period before") if period == "previous" else ""


def total_words(node: Total, names: Names) -> Text:
    """A total by itself."""
    if not node.by:
        return say(
            "{period}{what}",
            "{what}{period}",
            period=_period(node.period),
            what=measured(node.measure, names),
        )
    return say(
        "按{keys}分组的{period}{what}",
        "{what}{period}, by {keys}",
        keys=listed(phrase(key) for key in node.by),
        period=_period(node.period),
        what=measured(node.measure, names),
    )


def marked(node: Any, marks: dict[str, str]) -> Any:
    """The condition with each total called by its mark."""
    if isinstance(node, Named):
        return replace(node, name=marks[node.name])
    if isinstance(node, tuple):
        return tuple(marked(part, marks) for part in node)
    if not is_dataclass(node) or isinstance(node, Kind | type):
        return node
    return replace(node, **{f.name: marked(getattr(node, f.name), marks) for f in fields(node)})
