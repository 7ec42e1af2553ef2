"""Work behind the figures: bridges, and compiling again what new rows or a new lawbook have made old."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from dripline.errors import CannotRead
from dripline.indicators.bridge import PARTS, End, bridge
from dripline.indicators.compile import finished
from dripline.indicators.readings import Manners, periods_between
from dripline.indicators.readings import series as series_of
from dripline.indicators.versions import shown_as
from dripline.periods import Period
from dripline.portal.jobs.actions import ERRANDS, Tell, enqueue, handles
from dripline.portal.jobs.models import Job, Status
from dripline.portal.shown import all_figures, compiled, months_with_loans
from dripline.portal.statistics.queries import SERIES, periods, series
from dripline.publish.bridge_table import as_rows, notes, printed
from dripline.publish.series_table import shown as series_table
from dripline.store import Scope
from dripline.words import Language

BRIDGE, RENEW, OWN = "statistics.bridge", "statistics.renew", "statistics.own"
READING = "statistics.reading"
_known: set[tuple[str, int, str]] = set()
"""States (home, entry, lawbook) of the store of which this worker knows that all is compiled or queued."""


@handles(BRIDGE)
def split(job: Job, tell: Tell) -> dict[str, Any]:
    """Why two figures differ, part by part, in both languages."""
    figures = all_figures()
    if figures is None:
        raise CannotRead("Nothing has been accepted yet.")
    tell("bridge", 0, 1)
    told = job.arguments
    base = End(Period.parse(told["base"]), _day(told.get("known", "")))
    later = End(Period.parse(told["later"]))
    found = bridge(figures, told["code"], base, later, ())
    tell("bridge", 1, 1)
    answer: dict[str, Any] = {"steps": [str(each) for each in printed(found)]}
    answer["unit"] = found.indicator.unit
    answer["parts"] = [{"zh": words.zh, "en": words.en} for words in PARTS.values()]
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        heads, rows = as_rows(figures, found, language, exact=False)
        answer[language] = {
            "heads": heads,
            "rows": [[None if value is None else str(value) for value in row] for row in rows],
            "notes": list(notes(figures, found, language)),
        }
    return answer


@handles(READING)
def read(job: Job, tell: Tell) -> dict[str, Any]:
    """A figure over months in one of the three readings, as a table in both languages and as points."""
    told = job.arguments
    figures = all_figures(_day(told["known"]))
    if figures is None:
        raise CannotRead("Nothing has been accepted yet.")
    if told["reporters"] is not None:
        scope = Scope.of_reporters(told["reporters"], purpose="statistics")
        figures = replace(figures, scope=scope)
    lists = Period.parse(told["lists"]) if told["lists"] else None
    how = Manners(
        told["manner"], date.fromisoformat(told["today"]), _day(told["definition"]), lists
    )
    ends = Period.parse(told["first"]), Period.parse(told["last"])
    months, points = periods_between(*ends), []
    for point in series_of(figures, told["code"], months, (), how):
        tell("month", len(points), len(months))
        points.append(point)
    indicator = shown_as(
        figures.catalogue.indicator(told["code"]), how.definition or months[-1].last_day
    )
    values = [finished(each.cells[0], indicator) if each.cells else None for each in points]
    answer: dict[str, Any] = {"unit": indicator.unit}
    answer["points"] = [
        [str(each.period), None if value is None else str(value)]
        for each, value in zip(points, values, strict=True)
    ]
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        table = series_table(figures, told["code"], ends, (), how, language, points)
        rows = [[None if value is None else str(value) for value in row] for row in table.rows]
        answer[language] = {"heads": list(table.heads), "rows": rows, "notes": list(table.notes)}
    return answer


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@handles(OWN)
def own_months(job: Job, tell: Tell) -> dict[str, Any]:
    """A figure of some reporters month by month: each month is added up from their rows."""
    everything, told = all_figures(), job.arguments
    if everything is None:
        raise CannotRead("Nothing has been accepted yet.")
    scope = Scope.of_reporters(told["reporters"], purpose="statistics")
    figures, last = replace(everything, scope=scope), Period.parse(told["last"])
    found, months = [], min(SERIES, len(periods(figures)))
    for place in range(months):
        tell("month", place, months)
        found += series(figures, told["code"], last.shift(place + 1 - months), 1)
    points = [[str(month), None if value is None else str(value)] for month, value in found]
    return {"points": points}


@handles(RENEW)
def renew(job: Job, tell: Tell) -> dict[str, Any]:
    """Compiles a month whose kept results no longer rest on what is known."""
    figures, period = all_figures(), Period.parse(job.arguments["period"])
    if figures is None or compiled(figures, period):
        return {}
    tell("compile", 0, 1)
    path = figures.compile(period)
    tell("compile", 1, 1)
    return {"kept": path.name}


def look_for_old(now: datetime) -> None:
    """Queues what is old, the latest month first, one at a time: later acceptances may make the rest old again."""
    figures = all_figures()
    if figures is None:
        return
    state = (str(figures.store.home.path), figures.snapshot.number, figures.law.digest)
    if (
        state in _known
        or Job.objects.filter(
            kind__in=(RENEW, "statistics.compile"), status__in=(Status.QUEUED, Status.RUNNING)
        ).exists()
    ):
        return
    for period in months_with_loans(figures)[:SERIES]:
        if not compiled(figures, period):
            key = f"{RENEW}:{period}:{figures.identity(period).digest}"
            with transaction.atomic():
                job = enqueue(
                    RENEW, key, now=now, organisation=None, again=False, period=str(period)
                )
            if job.status == Status.QUEUED:
                return
    _known.add(state)


ERRANDS.append(look_for_old)
