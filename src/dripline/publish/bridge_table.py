"""A bridge as a table for people: the base, its parts with who made them, and the compared figure; they add up in print."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from dripline.canon import version_hash
from dripline.indicators import BREAKDOWNS
from dripline.indicators.bridge import PARTS, Bridge, Detail, End
from dripline.indicators.compile import Figures
from dripline.indicators.labels import Labels
from dripline.indicators.versions import version_on
from dripline.money import half_up
from dripline.publish.workbook import Value
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

BASE, LATER = Text(zh="基数", en="base"), Text(zh="比较数", en="compared")
HEADS = (
    Text(zh="项目", en="what"),
    Text(zh="其中", en="of which"),
    Text(zh="代码", en="code"),
    Text(zh="名称", en="name"),
)
AMOUNT, EXACT = Text(zh="数值", en="value"), Text(zh="精确值", en="exact")
BY = {
    "reporter": Text(zh="报送机构", en="reporter"),
    "list_kind": Text(zh="名单类型", en="kind of list"),
}
ORDER = Text(
    zh="次序：迟报、撤回、更正、登记、名单、口径、一端缺报、实际变动，逐项代入；每项为该步前后之差，各项相加等于总差额。"
    "实际变动按比较数一端的名单和口径计算（同名单、同口径）。",
    en="Order: late, withdrawn, corrected, registers, lists, definition, in at one end only, real; let in one after the "
    "other. Each part is the difference its step makes, so they add up. Real change is on the list and definition of the "
    "compared figure.",
)
OVERLAP = Text(
    zh="按名单类型分的各项可重叠，不能相加；机构各项相加等于该项。",
    en="Kinds of list overlap and do not add up; reporters add up to their part.",
)
NOBODY_KNOWN = Text(
    zh="此指标不能按机构相加，只列机构名。",
    en="This figure does not add up over reporters; they are only named.",
)
DEFINITION = Text(zh="口径版本", en="version")

Line = tuple[list[Value], Fraction | None]
"""A row, and its number as an exact fraction."""


def as_rows(
    shown: Figures, found: Bridge, tongue: Language, *, exact: bool
) -> tuple[list[str], list[list[Value]]]:
    """The base, each part with who made it, and the compared figure; printed numbers add up as the exact ones do."""
    unit = UNITS[found.indicator.unit].in_(tongue)
    heads = [head.in_(tongue) for head in HEADS] + [f"{AMOUNT.in_(tongue)} ({unit})"]
    numbers = printed(found)
    labels = Labels(
        shown.store.at(found.later.known).data(shown.scope, institutions=found.later.period),
        found.later.period,
    )
    rows: list[Line] = [
        ([BASE.in_(tongue), None, None, ends(found.base, tongue), numbers[0]], found.levels[0][1])
    ]
    for (part, words), number in zip(PARTS.items(), numbers[1:-1], strict=True):
        rows.append(([words.in_(tongue), None, None, None, number], found.parts[part]))
        for one in found.details:
            if one.part == part:
                rows.append((detail(found, one, labels, tongue), one.change))
    last: list[Value] = [
        LATER.in_(tongue),
        None,
        None,
        ends(found.later, tongue),
        numbers[-1],
    ]
    rows.append((last, found.levels[-1][1]))
    if not exact:
        return heads, [row for row, _ in rows]
    return [*heads, EXACT.in_(tongue)], [
        [*row, None if number is None else str(number)] for row, number in rows
    ]


def printed(found: Bridge) -> list[Decimal]:
    """Base, parts and compared figure, rounded so that they still add up: each figure on the way is rounded, not its parts."""
    rounded = [rounded_at(found, value) for _, value in found.levels]
    parts = dict.fromkeys(PARTS, Decimal(0).scaleb(-found.indicator.decimals))
    for place, (part, _) in enumerate(found.levels[1:], 1):
        assert part is not None
        parts[part] += rounded[place] - rounded[place - 1]
    return [rounded[0], *parts.values(), rounded[-1]]


def rounded_at(found: Bridge, value: Fraction) -> Decimal:
    """A figure at the decimals of its indicator."""
    return half_up(value.numerator, value.denominator, found.indicator.decimals)


def detail(found: Bridge, one: Detail, labels: Labels, tongue: Language) -> list[Value]:
    """A part by reporter or kind of list."""
    by = BREAKDOWNS["institution" if one.by == "reporter" else "list_kind"]
    name = labels.of(by, one.key)
    number = None if one.change is None else rounded_at(found, one.change)
    return [None, BY[one.by].in_(tongue), one.key, name.in_(tongue), number]


def ends(end: End, tongue: Language) -> str:
    """Of which period a figure is, and what it knows."""
    if end.known is None:
        return Text(zh=f"{end.period}，截至今日", en=f"{end.period}, as known today").in_(tongue)
    return Text(zh=f"{end.period}，截至{end.known}", en=f"{end.period}, as known {end.known}").in_(
        tongue
    )


def notes(shown: Figures, found: Bridge, tongue: Language) -> Iterator[str]:
    """The order, what adds up and what does not, and the version of the definition at each end."""
    yield ORDER.in_(tongue)
    if any(one.by == "list_kind" for one in found.details):
        yield OVERLAP.in_(tongue)
    elif any(one.change is None and one.part != "absent" for one in found.details):
        yield NOBODY_KNOWN.in_(tongue)
    asked = shown.catalogue.indicator(found.indicator.code)
    for head, end in ((BASE, found.base), (LATER, found.later)):
        version = version_on(asked, end.meant or end.period.last_day)
        assert version is not None
        since = "" if version.since is None else f" {version.since}"
        yield f"{head.in_(tongue)}：{DEFINITION.in_(tongue)} {version_hash(asked, version)}{since}"
