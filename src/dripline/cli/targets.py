"""``targets``: what was set, for whom and by which document, and how far it is on a day (FN 14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

import typer

from dripline.cli import tables
from dripline.cli.app import Format, Lang, Out, app, day_of, language, setting
from dripline.cli.figures import figures
from dripline.codes import code_list
from dripline.indicators.compile import Figures
from dripline.indicators.labels import Labels
from dripline.money import half_up
from dripline.periods import Period
from dripline.plans.judged import judged, unset
from dripline.plans.progress import Judgement, judge
from dripline.plans.targets import Target
from dripline.wording.figures import UNITS
from dripline.words import Language, Text

TITLE = Text(zh="目标与进度", en="Targets and progress")
PROVINCE = Text(zh="全省", en="the province")
HEADS = Text(
    zh="编号|措施|指标|对象|方向|目标值|单位|起算|时限|应达到|现值|数据日期|状态|定格|说明|文件|条款|制定单位",
    en="number|measures|figure|whose|direction|set|unit|from|due|goal|value|of|status|frozen|because|document|article|adopted by",
)
ON_SCREEN = (0, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13)
"""The columns a screen has room for; files get all, and the documents stand below."""
MEASURE, STATUS, BECAUSE, DOCUMENT, ARTICLE, ADOPTED_BY = 1, 12, 14, 15, 16, 17
YES = Text(zh="是", en="yes")
SIGNS = Text(
    zh="状态由指标、目标和日期算出，不手工填写；没有文件确定的目标不给状态。进度按起算日至时限逐日直线计算（暂定）。",
    en="The status follows from figure, target and day and is never typed in; without a document there is none. The pace is a "
    "straight line by days from the first day to the last (assumed).",
)
On = Annotated[
    str | None,
    typer.Option("--on", help="As on this day, with what was known by then; left out: today."),
]


@app.command()
def targets(on: On = None, format: Format = "table", out: Out = None, lang: Lang = "zh") -> None:
    """Show targets with value, status and document; and the measures for which none was adopted."""
    now, tongue = setting(), language(lang)
    day = now.today if on is None else day_of(on)
    shown = figures(now.store(), str(day))
    rows = [row_of(shown, one, found, day, tongue) for one, found in judged(shown, day)]
    rows += [without(measure, tongue) for measure in unset(shown, day)]
    heads, notes = HEADS.in_(tongue).split("|"), [SIGNS.in_(tongue)]
    if format == "table":
        notes = [*(below(row) for row in rows), *notes]
        rows = [[row[place] for place in (MEASURE, *ON_SCREEN)] for row in rows]
        heads = [heads[place] for place in (MEASURE, *ON_SCREEN)]
    title = f"{TITLE.in_(tongue)} {day}"
    made = tables.Shown(title, heads, rows, notes, under=str(day), formal=True)
    tables.show(made, format=format, out=out, now=now, language=tongue)


def below(row: list[tables.Value]) -> str:
    """Why a target stands as it does, and the document that set it."""
    told = [row[place] for place in (0, BECAUSE, DOCUMENT, ARTICLE, ADOPTED_BY)]
    told[0] = told[0] or row[MEASURE]
    return " · ".join(str(part) for part in told if part)


def row_of(
    shown: Figures, target: Target, found: Judgement, on: date, tongue: Language
) -> list[tables.Value]:
    """One target as it is shown."""
    reading, goal = found.reading, found.goal
    exact = None if goal is None else half_up(goal.numerator, goal.denominator, 2)
    value: Decimal | None = None if reading is None else reading.value
    unit = UNITS.get(target.unit, Text(zh=target.unit, en=target.unit))
    return [
        target.code,
        " ".join(target.measures) or None,
        target.label.in_(tongue),
        whose(shown, target, on).in_(tongue),
        code_list("target_direction").label(target.direction).in_(tongue),
        target.value,
        unit.in_(tongue),
        str(target.starts),
        str(target.due),
        exact,
        value,
        None if reading is None else str(reading.day),
        found.light.value.in_(tongue),
        YES.in_(tongue) if found.frozen else None,
        found.because.in_(tongue),
        target.document,
        target.article,
        target.adopted_by,
    ]


def whose(shown: Figures, target: Target, on: date) -> Text:
    """The province, or the words of the city or bank."""
    breakdowns = [shown.catalogue.breakdowns.get(name) for name in target.way.split("+")]
    if not target.keys or None in breakdowns or len(breakdowns) != len(target.keys):
        named = "+".join(target.keys)
        return Text(zh=named, en=named) if named else PROVINCE
    labels = Labels(shown.snapshot.data(shown.scope), Period.of(on))
    words = [labels.of(b, key) for b, key in zip(breakdowns, target.keys, strict=True) if b]
    return Text(zh=" ".join(w.zh for w in words), en=" ".join(w.en for w in words))


def without(measure: str, tongue: Language) -> list[tables.Value]:
    """A measure for which no document set a number: activity and trend, and no light."""
    found = judge(None, (), date.min)
    blank: list[tables.Value] = [None] * len(HEADS.zh.split("|"))
    blank[MEASURE] = measure
    blank[STATUS] = found.light.value.in_(tongue)
    blank[BECAUSE] = found.because.in_(tongue)
    return blank
