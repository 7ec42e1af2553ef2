"""The progress report of a plan, with what its units wrote."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from dripline.errors import Refused
from dripline.plans.plan import Plan
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.language import said
from dripline.portal.plan.queries import accounts, board
from dripline.publish.plan_report.content import Account, ProgressReport
from dripline.publish.plan_report.docx import report_docx
from dripline.publish.plan_report.pdf import report_pdf
from dripline.words import Language, Text

SYNTHETIC = Text(zh="合成数据，非统计数据", en="Synthetic data, no statistics")
NO_FIGURES = Text(
    zh="尚无已编制的数据，暂不能生成进展报告。请先接收报送并编制指标。",
    en="Nothing has been compiled yet, so there is no report. Accept deliveries and compile first.",
)


def write(
    path: Path, viewer: Viewer, plan: Plan, on: date, now: datetime, language: Language
) -> None:
    """Writes the report in the form of the file's name."""
    found = board(plan, on, with_figures=True)
    if found.period is None:
        raise Refused(said(NO_FIGURES))
    written = accounts(viewer, plan, [measure.id for measure in plan.measures])
    made = ProgressReport(
        plan=plan,
        on=on,
        period=found.period,
        statuses=tuple(row.found for row in found.rows),
        accounts={
            measure: tuple(
                Account(
                    unit=str(one.organisation),
                    day=one.at.date(),
                    progress=one.progress,
                    problems=one.problems,
                    next_steps=one.next_steps,
                )
                for one in ones
            )
            for measure, ones in written.items()
        },
        label=SYNTHETIC if settings.DRIPLINE_SYNTHETIC else None,
    )
    if path.suffix == ".docx":
        report_docx(path, made, made=now, language=language)
    else:
        report_pdf(path, made, made=now, language=language)
