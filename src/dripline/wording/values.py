"""Values in words: columns, constants, numbers of the lawbook, days, and what another table says."""

from __future__ import annotations

from dataclasses import dataclass

from dripline.law import Law
from dripline.nodes import (
    Arithmetic,
    Choose,
    Compare,
    Constant,
    Field,
    FirstKnown,
    GroupOf,
    HasRow,
    Kind,
    Length,
    Lookup,
    MonthsLater,
    Named,
    Parameter,
    Part,
    PartCount,
    PeriodDay,
    Slice,
    Value,
    WholeNumber,
)
from dripline.tables import table
from dripline.wording.code_lists import code_list_words
from dripline.wording.phrases import (
    PROVIDED,
    bracketed,
    code_words,
    column_words,
    constant_words,
    in_sentence,
    joined,
    phrase,
    quoted,
    say,
    table_words,
)
from dripline.words import Text

LEVELS = {
    ("region", 1): Text(zh="省", en="province"),
    ("region", 2): Text(zh="市", en="city"),
    ("industry", 1): Text(zh="行业门类", en="section of industry"),
    ("industry", 2): Text(zh="行业大类", en="division of industry"),
    ("industry_division", 1): Text(zh="行业门类", en="section of industry"),
    ("industry_group", 1): Text(zh="行业门类", en="section of industry"),
}
"""What the levels of a list of codes are called."""


@dataclass(frozen=True, slots=True)
class OfRow(Value):
    """A value of another table's row that was described before."""

    value: Value
    row: Text

    @property
    def kind(self) -> Kind:
        return self.value.kind


def codes_of(value: Value) -> str | None:
    """The list of codes a value belongs to, if any."""
    match value:
        case Field(table=code, name=name) if name not in PROVIDED:
            return table(code).columns[name].codes
        case GroupOf(codes=codes):
            return codes
        case Lookup(value=inner) | OfRow(value=inner):
            return codes_of(inner)
        case FirstKnown(values=(first, *_)):
            return codes_of(first)
    return None


@phrase.register
def _(node: Field, yes: bool = True) -> Text:
    return column_words(node.table, node.name)


@phrase.register
def _(node: Constant, yes: bool = True) -> Text:
    return constant_words(node.value, None)


@phrase.register
def _(node: Parameter, yes: bool = True) -> Text:
    label = in_sentence(Law.load().entry(node.name).label)
    day = phrase(node.on or PeriodDay())
    forms = ("政策参数{label}（按{day}取值）", "the lawbook's {label} on the {day}")
    if node.item is not None:
        forms = (
            "政策参数{label}第{item}项（按{day}取值）",
            "item {item} of the lawbook's {label} on the {day}",
        )
    return say(*forms, label=quoted(label), day=day, item=node.item or 0)


@phrase.register
def _(node: PeriodDay, yes: bool = True) -> Text:
    if node.which == "last":
        return Text(zh="数据日期", en="data date")
    return Text(zh="本期首日", en="first day of the period")


@phrase.register
def _(node: Slice, yes: bool = True) -> Text:
    last = node.start + node.length - 1
    if node.length == 1:
        return say("{text}第{a}位", "character {a} of {text}", text=phrase(node.text), a=node.start)
    return say(
        "{text}第{a}至{b}位",
        "characters {a} to {b} of {text}",
        text=phrase(node.text),
        a=node.start,
        b=last,
    )


@phrase.register
def _(node: Length, yes: bool = True) -> Text:
    return say("{text}的字符数", "the length of {text}", text=phrase(node.text))


@phrase.register
def _(node: PartCount, yes: bool = True) -> Text:
    return say(
        "{text}中以“{sign}”分隔的项数",
        "the number of items in {text} between “{sign}”",
        text=phrase(node.text),
        sign=node.separator,
    )


@phrase.register
def _(node: Part, yes: bool = True) -> Text:
    return say(
        "{text}以“{sign}”分隔的第{n}项",
        "item {n} of {text} between “{sign}”",
        text=phrase(node.text),
        sign=node.separator,
        n=node.place,
    )


@phrase.register
def _(node: WholeNumber, yes: bool = True) -> Text:
    return say("{text}所写的数", "the number {text} writes", text=phrase(node.text))


@phrase.register
def _(node: Arithmetic, yes: bool = True) -> Text:
    sign = {"+": "+", "-": "-", "*": "×"}[node.op]
    right = operand(node.right, node.op, right=True)
    if node.left == Constant(0) and node.op == "-":
        return say("-{right}", "-{right}", right=right)
    return say(
        "{left}{sign}{right}",
        "{left} {sign} {right}",
        left=operand(node.left, node.op),
        sign=sign,
        right=right,
    )


def operand(value: Value, op: str, *, right: bool = False) -> Text:
    """One side of a sum or product, in brackets where the order of reckoning asks for them."""
    inside = value.op if isinstance(value, Arithmetic) else None
    needed = inside is not None and (
        (op == "*" and inside != "*") or (op == "-" and right and inside != "*")
    )
    return bracketed(phrase(value)) if needed or isinstance(value, Choose) else phrase(value)


@phrase.register
def _(node: MonthsLater, yes: bool = True) -> Text:
    count = abs(node.months)
    years = count % 12 == 0 and count > 0
    span = say(
        "{n}年" if years else "{n}个月",
        "{n} year{s}" if years else "{n} month{s}",
        n=count // 12 if years else count,
        s="" if count in ((12,) if years else (1,)) else "s",
    )
    if node.months < 0:
        return say("{day}前{span}", "the day {span} before {day}", day=phrase(node.day), span=span)
    return say("{day}后{span}", "the day {span} after {day}", day=phrase(node.day), span=span)


@phrase.register
def _(node: Lookup, yes: bool = True) -> Text:
    inner = phrase(node.value)
    return say(
        "{value}（取自{table}，{match}）",
        "{value} (from {table}, {match})",
        value=bracketed(inner) if is_compound(node.value) else inner,
        table=other_table(node),
        match=matching(node),
    )


def other_table(node: Lookup | HasRow) -> Text:
    """The other table, and whether its rows of the month before are meant."""
    if node.period == "same":
        return table_words(node.table)
    return say("上期{table}", "{table} of the period before", table=table_words(node.table))


def matching(node: Lookup | HasRow) -> Text:
    """How the rows of the other table are found: by which values, and under which condition."""
    parts = [pair(mine, theirs) for mine, theirs in node.on]
    if node.where is not None:
        parts.append(say("其中{where}", "where {where}", where=phrase(node.where)))
    return joined(parts, "，", ", ")


def pair(mine: Value, theirs: Value) -> Text:
    """One value by which two rows belong together."""
    if isinstance(mine, Constant):
        words = constant_words(mine.value, codes_of(theirs))
        return say("{theirs}为{words}", "{theirs} {words}", theirs=phrase(theirs), words=words)
    if isinstance(mine, Choose):
        words = choice(mine, codes_of(theirs))
        return say("{theirs}为{words}", "{theirs} {words}", theirs=phrase(theirs), words=words)
    if phrase(mine) == phrase(theirs):
        return say("{words}相同", "same {words}", words=phrase(mine))
    return say(
        "其{theirs}与本行{mine}相同",
        "{theirs} equal to {mine} of the row",
        mine=phrase(mine),
        theirs=phrase(theirs),
    )


@phrase.register
def _(node: GroupOf, yes: bool = True) -> Text:
    level = LEVELS.get((node.codes, node.depth))
    if level is not None:
        return say(
            "{value}所属的{level}", "the {level} of {value}", value=phrase(node.value), level=level
        )
    return say(
        "{value}在{codes}中第{depth}层的上级代码",
        "the group of {value} at level {depth} of the {codes}",
        value=phrase(node.value),
        codes=code_list_words(node.codes),
        depth=node.depth,
    )


@phrase.register
def _(node: FirstKnown, yes: bool = True) -> Text:
    values = [bracketed(phrase(v)) if is_compound(v) else phrase(v) for v in node.values]
    return bracketed(joined(values, "，为空时取", " or, if empty, "))


@phrase.register
def _(node: Choose, yes: bool = True) -> Text:
    return choice(node, None)


def is_compound(value: Value) -> bool:
    """Whether a value is said in several parts."""
    return isinstance(value, Choose) and city_of(value) is None


def city_of(node: Value) -> Value | None:
    """The region of a choice that gives its city in Henan, and one code for all other places."""
    match node:
        case Choose(
            cases=(
                (
                    Compare(left=Slice(text=region, start=1, length=2), right=Constant(value="41")),
                    GroupOf(value=same, depth=2),
                ),
            ),
            otherwise=Constant(value="000000"),
        ) if same == region:
            return region
    return None


def choice(node: Choose, codes: str | None) -> Text:
    """The cases of a choice in their order; ``codes`` gives its constants their meaning."""

    def words(value: Value) -> Text:
        if isinstance(value, Constant):
            return constant_words(value.value, codes)
        return choice(value, codes) if isinstance(value, Choose) else phrase(value)

    if (region := city_of(node)) is not None:
        return say(
            "{region}所属的市（省外为一项）",
            "the city of {region} (one item for all outside Henan)",
            region=phrase(region),
        )
    if len(node.cases) == 1 and node.otherwise is None:
        ((condition, value),) = node.cases
        return say(
            "{value}（限{when}，否则未知）",
            "{value} (only if {when}, else unknown)",
            value=words(value),
            when=phrase(condition),
        )
    cases = [
        say("{when}的，取{value}", "{value} if {when}", when=phrase(when), value=words(value))
        for when, value in node.cases
    ]
    if node.otherwise is not None:
        cases.append(say("其余取{value}", "else {value}", value=words(node.otherwise)))
    return joined(cases, "；", "; ")


@phrase.register
def _(node: Named, yes: bool = True) -> Text:
    return say("合计{name}", "total {name}", name=node.name)


def options_words(options: tuple[object, ...], codes: str | None) -> Text:
    """Codes or texts to choose from, each with its meaning."""
    return joined((code_words(str(option), codes) for option in options), "、", ", ")
