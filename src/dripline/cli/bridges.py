"""``bridge``: why two figures of one indicator differ, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import typer

from dripline.canon import version_hash
from dripline.cli import tables
from dripline.cli.app import Format, Lang, Month, Out, app, day_of, language, setting
from dripline.cli.figures import figures, where_of
from dripline.errors import CannotRead
from dripline.indicators import BREAKDOWNS
from dripline.indicators.bridge import PARTS, Bridge, Detail, End, bridge
from dripline.indicators.compile import Figures
from dripline.indicators.labels import Labels
from dripline.indicators.readings import publication_day
from dripline.indicators.versions import version_on
from dripline.law import Law
from dripline.money import half_up
from dripline.periods import Period
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

PUBLISHED = "published"
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

Against = Annotated[
    str | None, typer.Option("--against", help="The earlier period; left out: the same period.")
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        help="The base as known at the end of this day, or `published` for its publication day.",
    ),
]
To = Annotated[
    str | None, typer.Option("--to", help="The compared figure as known at the end of this day.")
]
Meant = Annotated[
    str | None,
    typer.Option("--definition", help="The compared figure as meant on this day."),
]
Where = Annotated[
    list[str] | None, typer.Option("--where", help="One cell: borrower_city=410100, repeated.")
]


Line = tuple[list[tables.Value], Fraction | None]
"""A row, and its number as an exact fraction."""


@app.command(name="bridge")
def bridge_(
    code: str,
    period: Month,
    against: Against = None,
    known_from: From = None,
    known_to: To = None,
    definition: Meant = None,
    where: Where = None,
    format: Format = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Split the difference between two figures into late data, lists, definition and real change."""
    now, tongue = setting(), language(lang)
    shown = figures(now.store())
    later = Period.parse(period)
    before = later if against is None else Period.parse(against)
    if before == later and known_from is None and definition is None:
        raise CannotRead(
            "Two figures are compared: add --from DAY for the same period as known earlier, --against PERIOD for "
            "another period, or --definition DAY."
        )
    base = End(before, day_known(known_from, before, shown.law))
    compared = End(
        later,
        None if known_to is None else day_known(known_to, later, shown.law),
        None if definition is None else day_of(definition),
    )
    found = bridge(shown, code, base, compared, where_of(where))
    heads, rows = as_rows(shown, found, tongue, exact=format in ("csv", "json"))
    title = f"{found.indicator.label.in_(tongue)} {before}" + (f" → {later}" if against else "")
    table = tables.Shown(title, heads, rows, list(notes(shown, found, tongue)))
    tables.show(table, format=format, out=out, now=now, language=tongue)


def day_known(text: str | None, period: Period, law: Law) -> date | None:
    """A day, or the publication day of the period; None: now."""
    if text == PUBLISHED:
        return publication_day(period, law)
    return None if text is None else day_of(text)


def as_rows(
    shown: Figures, found: Bridge, tongue: Language, *, exact: bool
) -> tuple[list[str], list[list[tables.Value]]]:
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
    last: list[tables.Value] = [
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


def detail(found: Bridge, one: Detail, labels: Labels, tongue: Language) -> list[tables.Value]:
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
