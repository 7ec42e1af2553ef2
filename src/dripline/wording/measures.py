"""Measures in words: what is added or counted, over which rows, divided by what, and at which time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dripline.definitions import Breakdown
from dripline.errors import DefinitionError
from dripline.measures import (
    At,
    Combine,
    Count,
    CountDistinct,
    CountFurther,
    ListRule,
    Ratio,
    Sum,
    Whole,
    YearToDate,
)
from dripline.nodes import (
    And,
    Arithmetic,
    Compare,
    Condition,
    Known,
    Measure,
    Not,
    OnList,
    Value,
    table_of,
    walk,
)
from dripline.wording.joins import inner, parts_of
from dripline.wording.phrases import (
    bracketed,
    in_sentence,
    joined,
    listed,
    phrase,
    quoted,
    say,
    table_rows,
)
from dripline.wording.spoken import IsListed
from dripline.words import Text

Names = Mapping[str, Breakdown]
"""Breakdowns by their code, for the words of those a measure is not divided by."""

LIST_RULES: dict[ListRule, Text] = {
    "same_list": Text(
        zh="同名单：两端均用期末所采用的名单版本",
        en="same list: both ends on the edition adopted for the later end",
    ),
    "as_published": Text(
        zh="按发布时名单：两端各用当期所采用的名单版本",
        en="as published: each end on the edition adopted for its own period",
    ),
    "fixed_cohort": Text(
        zh="固定企业：只计两端均在名单上的企业",
        en="fixed cohort: enterprises on the list at both ends",
    ),
}


def population(table: str, where: Condition | None) -> Text:
    """The rows a figure is about: the table, the rows in it, and those left out."""
    if where is None:
        return table_rows(table)
    parts = parts_of(where) if isinstance(where, And) else (where,)
    kept = [part for part in parts if not _excludes(part)]
    left_out = [_opposite(part) for part in parts if _excludes(part)]
    many = len(parts) > 1
    found = table_rows(table)
    if kept:
        rows = joined((inner(p) if many else phrase(p) for p in kept), "，且", " and ")
        found = say("{table}，限{rows}", "{table}, where {rows}", table=found, rows=rows)
    if left_out:
        rows = joined((inner(p) if many else phrase(p) for p in left_out), "，或", " or ")
        # A condition about another table's row ends so already.
        ending = "" if rows.zh.endswith("的行") else "的行"
        found = say(
            "{found}；不含{rows}" + ending,
            "{found}; without those where {rows}",
            found=found,
            rows=rows,
        )
    return found


def _excludes(part: Condition) -> bool:
    match part:
        case Not(part=Known()):
            return False
        case Not() | Compare(op="<>"):
            return True
    return False


def _opposite(part: Condition) -> Condition:
    return part.part if isinstance(part, Not) else Not(part)


def measured(measure: Measure, names: Names) -> Text:
    """A measure in one phrase."""
    match measure:
        case Sum() | Count() | CountDistinct():
            return counted(measure)
        case Combine(terms=terms):
            return combined(terms, names)
        case Ratio():
            return ratio(measure, names)
        case At(measure=inner) | YearToDate(measure=inner):
            what = inside(inner, names)
            return say("{when}{what}", "{what} {when}", when=when(measure), what=what)
        case Whole(measure=inner, over=over):
            return say(
                "不按{over}划分的{what}",
                "{what}, not divided by {over}",
                over=listed(quoted(breakdown_words(code, names)) for code in over),
                what=inside(inner, names),
            )
    raise DefinitionError(
        f"there are no words for {type(measure).__name__}; write them in wording."
    )


def counted(measure: Sum | Count | CountDistinct) -> Text:
    """What is added up or counted, and over which rows."""
    match measure:
        case Sum(value=value, where=where):
            return say(
                "{value}之和（{rows}）",
                "the sum of {value} ({rows})",
                value=phrase(value),
                rows=population(table_of(value), where),
            )
        case Count(of=of, where=where):
            rows = population(table_of(of), where)
            return say("行数（{rows}）", "the number of rows ({rows})", rows=rows)
        case CountFurther(keys=keys, where=where, beyond=beyond):
            return say(
                "不重复的{keys}个数（{rows}），其中{first}已计入的不再计",
                "the number of different values of {keys} ({rows}) not counted already in {first}",
                keys=listed(phrase(key) for key in keys),
                rows=population(table_of(*keys), where),
                first=bracketed(counted(beyond)),
            )
        case CountDistinct(keys=keys, where=where):
            return say(
                "不重复的{keys}个数（{rows}）",
                "the number of different values of {keys} ({rows})",
                keys=listed(phrase(key) for key in keys),
                rows=population(table_of(*keys), where),
            )


def breakdown_words(code: str, names: Names) -> Text:
    """What a breakdown is called; a pair is two joined."""
    if code == "total":
        return Text(zh="合计", en="total")
    parts = []
    for part in code.split("+"):
        found = names.get(part)
        parts.append(in_sentence(found.label) if found else Text(zh=f"“{part}”", en=f"“{part}”"))
    return joined(parts, "×", " × ")


def inside(measure: Measure, names: Names) -> Text:
    """A measure as part of another, in brackets where it is reckoned itself."""
    found = measured(measure, names)
    return bracketed(found) if isinstance(measure, Combine | Ratio) else found


def combined(terms: tuple[tuple[int, Measure], ...], names: Names) -> Text:
    """Measures added and taken away, in their order."""
    (sign, first), *rest = terms
    found = inside(first, names)
    if sign < 0:
        found = say("负的{first}", "minus {first}", first=found)
    for sign, term in rest:
        forms = ("{a}，加{b}", "{a} plus {b}") if sign > 0 else ("{a}，减{b}", "{a} less {b}")
        found = say(*forms, a=found, b=inside(term, names))
    return found


def when(node: At | YearToDate) -> Text:
    """The other time a measure is taken at, and whose lists count there if not those of the later end."""
    if isinstance(node, YearToDate):
        return Text(zh="1月至本期的", en="from January to the period")
    shift = shift_words(node.months)
    if node.anchor == "last_year_end":
        end = Text(zh="上年末", en="at the end of last year")
        shift = (
            end
            if node.months == 0
            else say("上年末{shift}", "{shift} from the end of last year", shift=shift)
        )
    listed_there = any(isinstance(part, OnList | IsListed) for part in walk(node.measure))
    rule = LISTS_THERE.get(node.lists) if listed_there else None
    if rule is not None:
        return say("{shift}（{rule}）的", "{shift} ({rule})", shift=shift, rule=rule)
    return say("{shift}的", "{shift}", shift=shift)


LISTS_THERE: dict[ListRule, Text] = {
    "as_published": Text(zh="按当时名单", en="on the lists of that time"),
    "fixed_cohort": Text(zh="只计两端均在名单上的企业", en="firms on the lists at both ends"),
}


def shift_words(months: int) -> Text:
    """So many months away."""
    match months:
        case 0:
            return Text(zh="本期", en="in the period")
        case -1:
            return Text(zh="上月", en="a month earlier")
        case -12:
            return Text(zh="上年同期", en="a year earlier")
    if months < 0:
        return say("{n}个月前", "{n} months earlier", n=-months)
    return say("{n}个月后", "{n} months later", n=months)


@dataclass(frozen=True, slots=True)
class Mean:
    """A weighted mean as it was meant: what is averaged, by which weight, over which rows."""

    value: Value
    weight: Value
    where: Condition | None


def mean_of(measure: Measure) -> Mean | None:
    """The weighted mean a ratio is, if it is one."""
    match measure:
        case Ratio(
            top=Sum(value=Arithmetic(left=weight, op="*", right=value), where=top),
            bottom=Sum(value=same, where=bottom),
        ) if same == weight and top == bottom:
            parts = parts_of(top) if isinstance(top, And) else () if top is None else (top,)
            kept = tuple(part for part in parts if part not in (Known(value), Known(weight)))
            return Mean(value, weight, And(kept) if kept else None)
    return None


def _averaged(value: Value) -> Text:
    return bracketed(phrase(value)) if isinstance(value, Arithmetic) else phrase(value)


def growth_of(measure: Measure) -> tuple[Measure, At] | None:
    """The measure that grows, and its base, if a ratio is a growth."""
    match measure:
        case Ratio(top=Combine(terms=((1, now), (-1, At() as base))), bottom=bottom) if (
            base == bottom
        ):
            inside = now.measure if isinstance(now, At) and now.months == 0 else now
            return (inside, base) if inside == base.measure else None
    return None


def ratio(measure: Ratio, names: Names) -> Text:
    """A weighted mean, a growth, or one measure over another."""
    if (mean := mean_of(measure)) is not None:
        return say(
            "{value}以{weight}加权的平均（{rows}；两者均已填）",
            "the mean of {value} weighted by {weight} ({rows}; both filled)",
            weight=phrase(mean.weight),
            value=_averaged(mean.value),
            rows=population(table_of(mean.weight), mean.where),
        )
    if (grown := growth_of(measure)) is not None:
        return say(
            "{what}比{base}增长（%）",
            "the growth in percent, against the figure {base}, of {what}",
            what=measured(grown[0], names),
            base=Text(zh=when(grown[1]).zh.rstrip("的"), en=when(grown[1]).en),
        )
    times = f"× {measure.times}"
    return say(
        "{top} ÷ {bottom}" + (" {times}" if measure.times != 1 else ""),
        "{top} ÷ {bottom}" + (" {times}" if measure.times != 1 else ""),
        top=bracketed(measured(measure.top, names)),
        bottom=bracketed(measured(measure.bottom, names)),
        times=times,
    )
