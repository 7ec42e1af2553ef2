"""``plan``: how the measures of a plan stand on a day, and the progress report of all of them (FN 14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Final

import typer

from dripline.cli import tables
from dripline.cli.app import Format, Lang, Out, Setting, app, day_of, language, month, setting
from dripline.cli.figures import Asked, figures
from dripline.errors import PlanError, Refused
from dripline.indicators.compile import Figures
from dripline.indicators.coverage import coverage
from dripline.periods import Period
from dripline.plans.facts import FigureSeen, Status
from dripline.plans.gather import facts_of
from dripline.plans.load import load_plans, plan_called
from dripline.plans.plan import Plan
from dripline.plans.reasons import Reason
from dripline.plans.saying import said
from dripline.plans.status import MeasureStatus, status_of
from dripline.words import Language, Text

EXTRA, MODULES = "publish", ("docx", "typst")
HEADS = Text(
    zh="编号|措施|状态|定格|责任单位|完成时限|主要指标|依据的目标或说明",
    en="number|measure|status|frozen|units|deadline|key figure|target or reason",
)
TITLE = Text(zh="{title}（{number}）{on}", en="{title} ({number}) {on}")
YES = Text(zh="是", en="yes")
NOT_HERE = Text(
    zh="状态按规则算出，界限暂定（law show plan.status）；没有文件确定的目标不亮灯。登记文件、个案和各单位填报不在命令行内。",
    en="The status follows by rule, with assumed bounds (law show plan.status); no light without an adopted target. "
    "Registered documents, cases and what the units write are not known at the command line.",
)
FIGURES = Text(
    zh="数据：{period}，已报机构{received}家，应报{due}家，{standing}数；数据版本{facts}，政策参数{lawbook}；截至{on}所知。",
    en="Figures of {period}: {received} of {due} reporters are in, {standing}; facts {facts}, lawbook {lawbook}; known on {on}.",
)
SHAPES: Final = {
    Status.DONE: "✓",
    Status.ON_TRACK: "●",
    Status.WATCH: "▲",
    Status.LATE: "◆",
    Status.WAITING: "◌",
    Status.NO_LIGHT: "–",
}
"""A shape beside the word: the light is never told by a colour alone."""
On = Annotated[
    str | None,
    typer.Option("--on", help="As on this day, with what was known by then; left out: today."),
]
Code = Annotated[
    str | None,
    typer.Option("--plan", help="Code of the plan, such as 2024-30; left out: the first."),
]
Report = Annotated[
    Path | None,
    typer.Option("--report", help="Folder to write the progress report to, as DOCX and PDF."),
]
Fonts = Annotated[Path | None, typer.Option("--fonts", help="Folder of further fonts for the PDF.")]
Label = Annotated[
    str | None, typer.Option("--label", help="What the report is marked with, such as 合成数据.")
]


@dataclass(frozen=True, slots=True)
class Cockpit:
    """The measures of a plan as they stand, with their figures."""

    plan: Plan
    on: date
    period: Period
    statuses: tuple[MeasureStatus, ...]
    key: dict[str, FigureSeen | None]
    vintage: Text


@app.command(name="plan")
def plan_(
    period: Asked = None,
    on: On = None,
    code: Code = None,
    report: Report = None,
    fonts: Fonts = None,
    label: Label = None,
    format: Format = "table",
    out: Out = None,
    lang: Lang = "zh",
) -> None:
    """Show how each measure of the plan stands, why, and by which figure; or write the progress report."""
    now, tongue = setting(), language(lang)
    day = now.today if on is None else day_of(on)
    asked = plan_of(code, day)
    store = now.store()
    found = cockpit(asked, figures(store, str(day)), month(period, store), day)
    if report is not None:
        for path in write_report(found, report, now, tongue, label, fonts):
            typer.echo(str(path))
        return
    rows = [row_of(one, found.key[one.measure.id], tongue) for one in found.statuses]
    title = TITLE.format(title=asked.title.in_(tongue), number=asked.number, on=day).in_(tongue)
    notes = [found.vintage.in_(tongue), NOT_HERE.in_(tongue)]
    heads = HEADS.in_(tongue).split("|")
    made = tables.Shown(title, heads, rows, notes, under=str(day), formal=True)
    tables.show(made, format=format, out=out, now=now, language=tongue)


def plan_of(code: str | None, on: date) -> Plan:
    """The plan asked for, or the first; PlanError where it was not issued yet on the day."""
    plans = load_plans()
    asked = plans[0] if code is None else plan_called(code, plans)
    if on < asked.day:
        raise PlanError(
            f"{asked.number} was issued on {asked.day}; on {on} there was no plan. Ask for a later day."
        )
    return asked


def cockpit(plan: Plan, shown: Figures, period: Period, on: date) -> Cockpit:
    """Every measure with its status, by the facts of the store."""
    known = facts_of(plan, shown, period, on)
    return Cockpit(
        plan=plan,
        on=on,
        period=period,
        statuses=tuple(
            status_of(measure, known[measure.id], on=on, law=shown.law) for measure in plan.measures
        ),
        key={
            id: next((seen for seen in facts.figures if seen.value is not None), None)
            for id, facts in known.items()
        },
        vintage=vintage(shown, period, on),
    )


def vintage(shown: Figures, period: Period, on: date) -> Text:
    """Which facts the figures rest on, and how complete the period is."""
    identity, cover = shown.identity(period), coverage(shown.snapshot, shown.rows(period), period)
    told = {
        "period": period,
        "received": len(cover.received),
        "due": "?" if cover.due is None else len(cover.due),
        "facts": identity.facts,
        "lawbook": identity.lawbook[:12],
        "on": on,
    }
    return Text(
        zh=FIGURES.zh.format(standing=cover.standing.zh, **told),
        en=FIGURES.en.format(standing=cover.standing.en, **told),
    )


def row_of(found: MeasureStatus, key: FigureSeen | None, tongue: Language) -> list[tables.Value]:
    """A measure in one line: the figure named first, and the reason that decides."""
    measure = found.measure
    return [
        measure.id,
        measure.title.in_(tongue),
        f"{SHAPES[found.status]} {found.status.value.in_(tongue)}",
        YES.in_(tongue) if found.frozen else None,
        measure.responsible if tongue == "zh" else "; ".join(u.name.en for u in measure.units),
        measure.deadline.words.in_(tongue),
        None if key is None else key_words(key, tongue),
        "\n".join(reason.short.in_(tongue) for reason in told(found)),
    ]


def key_words(key: FigureSeen, tongue: Language) -> str | None:
    """The figure with its value; None where it has none."""
    if key.value is None:
        return None
    return f"{key.label.in_(tongue)} {said(key.value, key.unit).in_(tongue)}"


def told(found: MeasureStatus) -> Iterator[Reason]:
    """What decides; where nothing does, what is missing."""
    deciding = [reason for reason in found.reasons if reason.status is not None]
    yield from deciding or found.reasons[:1]


def write_report(
    found: Cockpit,
    folder: Path,
    now: Setting,
    tongue: Language,
    label: str | None,
    fonts: Path | None,
) -> Iterator[Path]:
    """The progress report in both forms."""
    if missing := [module for module in MODULES if find_spec(module) is None]:
        raise Refused(
            f"The report needs {' and '.join(missing)}, not installed. Install the extra: pip install 'dripline[{EXTRA}]'."
        )
    # Only here: a bare installation checks and compiles without the extra.
    from dripline.publish.plan_report.content import ProgressReport
    from dripline.publish.plan_report.docx import report_docx
    from dripline.publish.plan_report.pdf import report_pdf

    made = ProgressReport(
        plan=found.plan,
        on=found.on,
        period=found.period,
        statuses=found.statuses,
        vintage=(found.vintage,),
        label=None if label is None else Text(zh=label, en=label),
    )
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"plan-{found.plan.code}-{found.on}-{tongue}"
    report_docx(folder / f"{stem}.docx", made, made=now.now, language=tongue)
    yield folder / f"{stem}.docx"
    report_pdf(folder / f"{stem}.pdf", made, made=now.now, language=tongue, fonts=fonts)
    yield folder / f"{stem}.pdf"
