"""Indicators and breakdowns in words: what is counted, numerator and denominator, dates, lists, unknown, source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dripline.adding_up import why_not
from dripline.canon import version_hash
from dripline.definitions import Dimension, Indicator, Membership, Version
from dripline.law import Law
from dripline.law.entries import Source
from dripline.measures import (
    At,
    Combine,
    Count,
    CountDistinct,
    ListRule,
    Ratio,
    Sum,
)
from dripline.nodes import (
    Choose,
    Measure,
    OnList,
    Value,
    table_of,
    walk,
)
from dripline.tables import table
from dripline.wording.code_lists import code_list_words
from dripline.wording.measures import (
    LIST_RULES,
    Names,
    breakdown_words,
    growth_of,
    inside,
    mean_of,
    measured,
)
from dripline.wording.phrases import (
    as_sentence,
    in_sentence,
    joined,
    phrase,
    say,
    table_named,
)
from dripline.wording.spoken import lists_named
from dripline.wording.unknown import unknown_line
from dripline.wording.values import choice
from dripline.words import Text

UNITS = {
    "yuan": Text(zh="元", en="yuan"),
    "percent": Text(zh="%", en="percent"),
    "points": Text(zh="百分点", en="percentage points"),
    "firms": Text(zh="户", en="firms"),
    "notes": Text(zh="笔", en="notes"),
    "ratio": Text(zh="比值", en="ratio"),
}
"""What the units of figures are called."""
FIRST_VERSION = Text(zh="最初口径。", en="The first one.")
NEVER_CHANGED = Text(zh="口径未曾变更。", en="It has not changed.")
NOT_FROM_ROWS = Text(
    zh="此期间不由逐笔数据计算，只有已发布的汇总数（HISTORY），不可追溯到行。",
    en="In that time it is not added up from rows: there are published totals only (HISTORY), which lead to no row.",
)
TIMES = {
    "stock": Text(zh="取期末存量", en="as it stands at the end of the period"),
    "flow": Text(zh="取当期发生", en="as it happened within the period"),
    "register": Text(
        zh="取期末有效的登记", en="as in force at the end of the period whose lists count"
    ),
}


def source_words(source: str, article: str) -> Text:
    """Where a definition stands: the document as cited, and the article."""
    found = None if source == "own" else Law.load().sources.get(source)
    if found is None:
        own = Text(zh="本软件自定", en="set by this software")
        named = own if source == "own" else Text(zh=source, en=source)
        return say("{named}，{article}", "{named}, {article}", named=named, article=article)
    return Text(
        zh=f"{found.title}{_number(found)}，{found.date}，{article}",
        en=f"{found.title}{_number(found)}, {found.date}, {article}",
    )


def _number(source: Source) -> str:
    return f"（{source.number}）" if source.number else ""


def indicator_lines(node: Indicator, names: Names) -> Iterator[Text]:
    """All that is said of a published figure, a line for each matter."""
    yield say(
        "{code} {label}（{unit}，{decimals}）",
        "{code} {label} ({unit}, {decimals})",
        code=node.code,
        label=node.label,
        unit=UNITS.get(node.unit, Text(zh=node.unit, en=node.unit)),
        decimals=_decimals(node.decimals),
    )
    said, measure = lists_named(node.measure)
    yield from measure_lines(measure, names)
    yield from said
    yield from _time_lines(node.measure)
    yield from _list_lines(node.measure)
    yield unknown_line(node.measure)
    yield from _breakdown_lines(node, names)
    if node.serves:
        yield say(
            "服务的措施：{ids}。", "Serves the plan's measures: {ids}.", ids="、".join(node.serves)
        )
    if node.note is not None:
        yield say("说明：{note}", "Note: {note}", note=node.note)
    yield say(
        "依据：{source}。", "Source: {source}.", source=source_words(node.source, node.article)
    )
    yield from version_lines(node, names)


def version_lines(node: Indicator, names: Names) -> Iterator[Text]:
    """What the figure has meant since when, the latest first; nothing where it always meant the same."""
    if len(node.versions) == 1 and node.since is None:
        return
    for version in reversed(node.versions):
        yield from one_version(node, version)
        if version.measure is not None and version is not node.versions[-1]:
            yield from measure_lines(version.measure, names)


def version_on_lines(node: Indicator, version: Version, names: Names) -> Iterator[Text]:
    """One version as the figure was meant then, in full."""
    yield from one_version(node, version)
    meant = node.as_meant(version)
    if meant is not None:
        yield from indicator_lines(meant, names)


def one_version(node: Indicator, version: Version) -> Iterator[Text]:
    """From when to when a version is in force, its hash, what changed, its source."""
    later = [each.since for each in node.versions if each.since and each is not version]
    until = next((day for day in later if version.since is None or day > version.since), None)
    yield say(
        "口径版本 {span}（含义码{hash}）：{change}依据：{source}。",
        "Version {span} ({hash}): {change} Source: {source}.",
        span=_span(version.since, until),
        hash=version_hash(node, version),
        change=version.change or (FIRST_VERSION if node.earlier else NEVER_CHANGED),
        source=source_words(version.source, version.article),
    )
    if version.measure is None:
        yield NOT_FROM_ROWS


def _span(since: date | None, until: date | None) -> Text:
    if since is None:
        always = Text(zh="始终", en="always in force")
        return always if until is None else say("{day}以前", "before {day}", day=str(until))
    if until is None:
        return say("自{day}起", "from {day} on", day=str(since))
    return say("自{day}起至{end}前", "from {day} to before {end}", day=str(since), end=str(until))


def _decimals(count: int) -> Text:
    if count == 0:
        return Text(zh="整数", en="whole numbers")
    return say("{n}位小数", "{n} decimals", n=count)


def measure_lines(measure: Measure, names: Names) -> Iterator[Text]:
    """What is reckoned: a fraction in two lines, a sum of several in one line each."""
    match measure:
        case Ratio(top=top, bottom=bottom, times=times) if not _named(measure):
            by = f" × {times}" if times != 1 else ""
            yield Text(
                zh=f"计算：分子 ÷ 分母{by}；分母为0时无值。",
                en=f"Reckoned: numerator ÷ denominator{by}; no value where the denominator is 0.",
            )
            yield say("分子：{top}。", "Numerator: {top}.", top=measured(top, names))
            yield say("分母：{bottom}。", "Denominator: {bottom}.", bottom=measured(bottom, names))
        case Combine(terms=terms) if len(terms) > 2:
            yield Text(zh="计算：以下各项之和。", en="Reckoned: the sum of these.")
            for sign, term in terms:
                forms = (
                    ("加：{term}。", "Plus: {term}.")
                    if sign > 0
                    else ("减：{term}。", "Less: {term}.")
                )
                yield say(*forms, term=inside(term, names))
        case _:
            yield say("计算：{what}。", "Reckoned: {what}.", what=measured(measure, names))


def _named(measure: Ratio) -> bool:
    return mean_of(measure) is not None or growth_of(measure) is not None


def _time_lines(measure: Measure) -> Iterator[Text]:
    tables = dict.fromkeys(table_of(_counted(atom)) for atom in walk(measure) if _is_atom(atom))
    parts = [
        say(
            "{table}{time}",
            "{table} {time}",
            table=in_sentence(table(code).label),
            time=TIMES[table(code).nature],
        )
        for code in tables
    ]
    yield say("时点：{parts}。", "Dates: {parts}.", parts=joined(parts, "；", "; "))
    yield (
        Text(
            zh="范围：只计报送机构登记范围内的行（提供省内外分布的除外）。",
            en="Scope: rows inside the scope in which their reporter is registered (the division in and out of Henan apart).",
        )
        if any(not _is_global(code) for code in tables)
        else Text(zh="范围：登记表的全部行。", en="Scope: all rows of the register.")
    )


def _is_global(code: str) -> bool:
    return not table(code).per_reporter


def _is_atom(node: object) -> bool:
    return isinstance(node, Sum | Count | CountDistinct)


def _counted(atom: object) -> Value:
    match atom:
        case Sum(value=value):
            return value
        case Count(of=of):
            return of
        case CountDistinct(keys=(first, *_)):
            return first
    raise TypeError(f"{type(atom).__name__} adds up no rows")


def _list_lines(measure: Measure) -> Iterator[Text]:
    on = [node for node in walk(measure) if isinstance(node, OnList)]
    if not on:
        return
    yield Text(
        zh="名单：按本期采用的名单版本，以统一社会信用代码匹配；9位组织机构代码与统一社会信用代码第9至17位匹配；一户在多个名单上只计一户。",
        en="Lists: the edition adopted for the period, matched by credit code; a 9-character organisation code matches "
        "characters 9 to 17 of the credit code; a firm on several lists counts once.",
    )
    rules: dict[ListRule, None] = {
        node.lists: None for node in walk(measure) if isinstance(node, At)
    }
    if rules:
        words = joined((LIST_RULES[rule] for rule in rules), "；", "; ")
        yield say("名单规则：{rules}。", "List rule: {rules}.", rules=words)


def _breakdown_lines(node: Indicator, names: Names) -> Iterator[Text]:
    words = [breakdown_words(code, names) for code in node.breakdowns]
    yield say("可分：{list}。", "Divided by: {list}.", list=joined(words, "、", "; "))
    yield from _adding_up_lines(node, names)
    reasons: dict[Text, list[Text]] = {}
    for refusal in node.refuses:
        reasons.setdefault(refusal.reason, []).append(breakdown_words(refusal.breakdown, names))
    for reason, refused in reasons.items():
        yield as_sentence(
            say(
                "不可分：{list}。{reason}",
                "Refused: {list}. {reason}",
                list=joined(refused, "、", "; "),
                reason=reason,
            )
        )


def _adding_up_lines(node: Indicator, names: Names) -> Iterator[Text]:
    """Which breakdowns add up to the total, and why others do not."""
    found: dict[Text | None, list[Text]] = {}
    for way in node.breakdowns:
        if way != "total" and set(way.split("+")) <= set(names):
            reason = why_not(node.measure, way, names)
            found.setdefault(reason, []).append(breakdown_words(way, names))
    for reason, ways in found.items():
        listed = joined(ways, "、", "; ")
        if reason is None:
            yield say(
                "各项之和等于合计：{list}。", "Items add up to the total: {list}.", list=listed
            )
        else:
            yield as_sentence(
                say(
                    "各项之和不等于合计：{list}。{reason}",
                    "Items do not add up to the total: {list}. {reason}",
                    list=listed,
                    reason=reason,
                )
            )


def dimension_lines(node: Dimension, names: Names) -> Iterator[Text]:
    """How a dimension divides the rows of each table."""
    kind = Text(zh="另列，不参与加总", en="a memo, outside the addition") if node.memo else None
    yield _headed(node, kind)
    for value in node.values:
        yield say(
            "{table}：{value}。",
            "{table}: {value}.",
            table=table_named(table_of(value)),
            value=_divided(value, node.names),
        )
    if node.everywhere:
        yield Text(
            zh="报送范围以外的行也计入。", en="Rows outside the reporters' scope are counted too."
        )
    if node.names not in ("INSTITUTION",):
        yield say("代码：{codes}。", "Codes: {codes}.", codes=code_list_words(node.names))
    yield Text(
        zh="未知：该值为空的行列在“未知”。",
        en="Unknown: rows without the value stand under unknown.",
    )


def _divided(value: Value, names: str) -> Text:
    return choice(value, names) if isinstance(value, Choose) else phrase(value)


def _headed(node: Dimension | Membership, kind: Text | None) -> Text:
    if kind is None:
        return say("{code} {label}", "{code} {label}", code=node.code, label=node.label)
    return say(
        "{code} {label}（{kind}）",
        "{code} {label} ({kind})",
        code=node.code,
        label=node.label,
        kind=kind,
    )


def membership_lines(node: Membership, names: Names) -> Iterator[Text]:
    """Which rows belong to each item of a membership."""
    yield _headed(
        node, Text(zh="各项可重叠，合计只计一次", en="items overlap, the total counts once")
    )
    for group in node.groups:
        for condition in group.members:
            yield say(
                "“{label}”，{table}：{condition}。",
                "“{label}”, {table}: {condition}.",
                label=group.label,
                table=table_named(table_of(condition)),
                condition=phrase(condition),
            )
