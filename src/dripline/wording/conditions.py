"""Conditions about one value or one row, in words, and their opposites: 为空 instead of “not filled”."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dripline.codes import code_list
from dripline.law import Law
from dripline.nodes import (
    And,
    Choose,
    Compare,
    Constant,
    HasRow,
    IsCode,
    IsIn,
    Known,
    Length,
    Matches,
    OnList,
    Slice,
    ValidId,
    Value,
)
from dripline.wording.code_lists import code_list_words
from dripline.wording.joins import inner
from dripline.wording.phrases import (
    bracketed,
    constant_words,
    in_sentence,
    joined,
    listed,
    phrase,
    quoted,
    say,
)
from dripline.wording.shapes import SHAPES
from dripline.wording.values import codes_of, matching, options_words, other_table
from dripline.words import Text

OPPOSITE = {"=": "<>", "<>": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
NUMBERS = {
    "=": ("{l}等于{r}", "{l} equals {r}"),
    "<>": ("{l}不等于{r}", "{l} differs from {r}"),
    "<": ("{l}小于{r}", "{l} is below {r}"),
    "<=": ("{l}不大于{r}", "{l} is at most {r}"),
    ">": ("{l}大于{r}", "{l} is above {r}"),
    ">=": ("{l}不小于{r}", "{l} is at least {r}"),
}
DAYS = {
    "=": ("{l}与{r}为同一天", "{l} is the same day as {r}"),
    "<>": ("{l}与{r}不是同一天", "{l} is another day than {r}"),
    "<": ("{l}早于{r}", "{l} is before {r}"),
    "<=": ("{l}不晚于{r}", "{l} is not after {r}"),
    ">": ("{l}晚于{r}", "{l} is after {r}"),
    ">=": ("{l}不早于{r}", "{l} is not before {r}"),
}
TEXTS = {
    "=": ("{l}与{r}相同", "{l} is the same as {r}"),
    "<>": ("{l}与{r}不同", "{l} differs from {r}"),
    "<": ("{l}排在{r}之前", "{l} sorts before {r}"),
    "<=": ("{l}不排在{r}之后", "{l} does not sort after {r}"),
    ">": ("{l}排在{r}之后", "{l} sorts after {r}"),
    ">=": ("{l}不排在{r}之前", "{l} does not sort before {r}"),
}
SCHEMES = {
    "uscc": Text(
        zh="校验位正确的统一社会信用代码（GB 32100-2015）",
        en="unified social credit code with a right check character (GB 32100-2015)",
    ),
    "organisation": Text(
        zh="校验位正确的组织机构代码（GB 11714）",
        en="organisation code with a right check character (GB 11714)",
    ),
    "lei": Text(
        zh="校验位正确的全球法人识别编码（ISO 17442）",
        en="legal entity identifier with right check digits (ISO 17442)",
    ),
}


@phrase.register
def _(node: Compare, yes: bool = True) -> Text:
    op = node.op if yes else OPPOSITE[node.op]
    if (answer := judged(node)) is not None:
        return answer if yes else say("并非（{all}）", "not ({all})", all=answer)
    right, left = node.right, node.left
    if isinstance(right, Constant) and isinstance(right.value, str) and op in ("=", "<>"):
        return _is_text(left, right.value, op == "=")
    if isinstance(left, Length) and isinstance(right, Constant) and op in ("=", "<>"):
        return say(
            "{text}为{n}个字符" if op == "=" else "{text}不是{n}个字符",
            "{text} has {n} characters" if op == "=" else "{text} does not have {n} characters",
            text=phrase(left.text),
            n=str(right.value),
        )
    forms = DAYS if left.kind.name == "date" else NUMBERS if left.kind.is_number else TEXTS
    return say(*forms[op], l=side(left), r=side(right))


def judged(node: Compare) -> Text | None:
    """A condition that is only judged where another holds: a choice of constants, compared with one of them."""
    match node:
        case Compare(
            left=Choose(cases=((given, Constant() as sure),), otherwise=None), op="=", right=right
        ) if right == sure:
            return say("{given}（否则未知）", "{given} (else unknown)", given=inner(given))
        case Compare(
            left=Choose(
                cases=(
                    (And(parts=(given, then)), Constant(value=1)),
                    (only, Constant(value=0)),
                ),
                otherwise=None,
            ),
            op="=",
            right=Constant(value=1),
        ) if only == given:
            return say(
                "{then}（限{given}，否则未知）",
                "{then} (only if {given}, else unknown)",
                then=inner(then),
                given=phrase(given),
            )
        case Compare(
            left=Choose(
                cases=((given, Constant() as sure), (no, Constant() as other)), otherwise=None
            ),
            op="=",
            right=right,
        ) if right == sure != other:
            return say(
                "（{given}；不符合而{no}的为否，其余未知）",
                "({given}; no if {no}, else unknown)",
                given=phrase(given),
                no=phrase(no),
            )
    return None


def side(value: Value) -> Text:
    """One side of a comparison, in brackets where it is a choice."""
    choice = isinstance(value, Choose) and (len(value.cases) > 1 or value.otherwise is not None)
    return bracketed(phrase(value)) if choice else phrase(value)


def _is_text(left: Value, constant: str, equal: bool) -> Text:
    if _is_beginning(left, (constant,)):
        return _begins(left, (constant,), equal)
    forms = ("{l}为{r}", "{l} is {r}") if equal else ("{l}不为{r}", "{l} is not {r}")
    return say(*forms, l=phrase(left), r=constant_words(constant, codes_of(left)))


def _is_beginning(value: Value, options: Iterable[object]) -> bool:
    return (
        isinstance(value, Slice)
        and value.start == 1
        and all(isinstance(o, str) and len(o) == value.length for o in options)
    )


def _begins(value: Value, options: tuple[object, ...], yes: bool) -> Text:
    assert isinstance(value, Slice)
    codes = codes_of(value.text)
    return say(
        "{text}以{signs}开头" if yes else "{text}不以{signs}开头",
        "{text} begins with {signs}" if yes else "{text} does not begin with {signs}",
        text=phrase(value.text),
        signs=listed((constant_words(str(o), codes) for o in options), Text(zh="或", en=" or ")),
    )


@phrase.register
def _(node: IsIn, yes: bool = True) -> Text:
    if _is_beginning(node.value, node.options):
        return _begins(node.value, node.options, yes)
    if len(node.options) == 1:
        return phrase(Compare(node.value, "=", Constant(node.options[0])), yes)
    if (years := _yearly(node.options)) is not None:
        return say(
            "{value}为某年{days}" if yes else "{value}不为某年{days}",
            "{value} is {days}" if yes else "{value} is not {days}",
            value=phrase(node.value),
            days=years,
        )
    return say(
        "{value}为{options}之一" if yes else "{value}不为{options}之一",
        "{value} is one of {options}" if yes else "{value} is none of {options}",
        value=phrase(node.value),
        options=quoted(options_words(node.options, codes_of(node.value))),
    )


def _yearly(options: tuple[object, ...]) -> Text | None:
    """The same day of many years in one phrase."""
    days = [option for option in options if isinstance(option, date)]
    if len(days) < 3 or len(days) != len(options) or len({(d.month, d.day) for d in days}) > 1:
        return None
    first, last = min(days), max(days)
    return say(
        "{month}月{day}日（{first}至{last}年）",
        "{words} of a year ({first} to {last})",
        month=first.month,
        day=first.day,
        words=f"{first.day} {first:%B}",
        first=first.year,
        last=last.year,
    )


@phrase.register
def _(node: IsCode, yes: bool = True) -> Text:
    return say(
        "{value}是数据日期有效的{codes}" if yes else "{value}不是数据日期有效的{codes}",
        "{value} is a code of the {codes} in force on the data date"
        if yes
        else "{value} is no code of the {codes} in force on the data date",
        value=phrase(node.value),
        codes=code_list_words(node.codes),
    )


@phrase.register
def _(node: Known, yes: bool = True) -> Text:
    match node.value:
        case Choose(cases=((when, Constant()),), otherwise=None):
            # How a definition asks whether something is sure: a constant if it is so, else nothing.
            forms = (
                ("确知{when}", "it is sure that {when}")
                if yes
                else ("不确知{when}", "it is not sure that {when}")
            )
            return say(*forms, when=inner(when))
    if yes:
        return say("{value}已填", "{value} is filled", value=phrase(node.value))
    return say("{value}为空", "{value} is empty", value=phrase(node.value))


@phrase.register
def _(node: Matches, yes: bool = True) -> Text:
    shape = SHAPES.get(node.pattern)
    if shape is not None:
        return say(
            "{value}是{shape}" if yes else "{value}不是{shape}",
            "{value} is {shape}" if yes else "{value} is not {shape}",
            value=phrase(node.value),
            shape=shape,
        )
    return say(
        "{value}符合格式“{pattern}”" if yes else "{value}不符合格式“{pattern}”",
        "{value} has the shape “{pattern}”"
        if yes
        else "{value} does not have the shape “{pattern}”",
        value=phrase(node.value),
        pattern=node.pattern,
    )


@phrase.register
def _(node: ValidId, yes: bool = True) -> Text:
    return say(
        "{value}是{scheme}" if yes else "{value}不是{scheme}",
        "{value} is a {scheme}" if yes else "{value} is no {scheme}",
        value=phrase(node.value),
        scheme=SCHEMES[node.scheme],
    )


@phrase.register
def _(node: HasRow, yes: bool = True) -> Text:
    return say(
        "{table}中有对应行（{match}）" if yes else "{table}中没有对应行（{match}）",
        "there is a matching row in {table} ({match})"
        if yes
        else "there is no matching row in {table} ({match})",
        table=other_table(node),
        match=matching(node),
    )


DAY = Text(zh="按当日有效", en=", in force on the day")


def list_names(kinds: tuple[str, ...]) -> Text:
    """The names of lists."""
    found = code_list("list_kind")
    return quoted(joined((found.label(kind) for kind in kinds), "、", ", "))


@phrase.register
def _(node: OnList, yes: bool = True) -> Text:
    one = len(node.kinds) == 1
    return say(
        "企业（按{id}）{rule}{on}{lists}名单" + ("" if one else "之一"),
        "the firm (by {id}) is {on} the list{s} {lists}{rule}",
        id=phrase(node.id_no),
        rule=DAY if node.rule == "valid_on_day" else "",
        on=_on(yes, one),
        s="" if one else "s",
        lists=with_set(list_names(node.kinds), node.within),
    )


def with_set(lists: Text, within: str | None) -> Text:
    """Lists of which only those count that a set of the lawbook names on the day."""
    if within is None:
        return lists
    label = quoted(in_sentence(Law.load().entry(within).label))
    return say(
        "{lists}（限期末政策参数{set}所列）",
        "{lists} (as far as the lawbook's {set} names them at the period's end)",
        lists=lists,
        set=label,
    )


def _on(yes: bool, one: bool) -> Text:
    if yes:
        return Text(zh="列入", en="on" if one else "on one of")
    return Text(zh="未列入", en="not on" if one else "on none of")
