"""Three readings of a series: as published then, as known on a day, and restated under one definition (ADR 12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from dripline.canon import version_hash
from dripline.definitions import Indicator
from dripline.engines.data import Cell, Data
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer
from dripline.engines.fold import Moment, questions, requests
from dripline.errors import CannotRead
from dripline.indicators.breakdowns import in_use
from dripline.indicators.compile import MEMORY, Catalogue, Figures
from dripline.indicators.filling import finish
from dripline.indicators.history import History
from dripline.indicators.missing import divided
from dripline.indicators.versions import fixed, in_force, in_rows, shown_as, version_on
from dripline.law import Law
from dripline.periods import Period
from dripline.standards.registers import HISTORY
from dripline.store import Snapshot
from dripline.words import Text
from dripline.workdays import add_working_days

Manner = Literal["published", "known", "restated"]
MANNERS: Final[dict[Manner, Text]] = {
    "published": Text(
        zh="发布时口径：各期按发布日所知的数据、名单和当期口径",
        en="as published then: each period by the data, lists and definition of its publication day",
    ),
    "known": Text(
        zh="按日回看：各期按同一日所知的数据、各期自己的名单和口径",
        en="as known on a day: each period by what is known on one day, under its own lists and definition",
    ),
    "restated": Text(
        zh="可比口径：各期按同一口径重算",
        en="restated: every period under one definition",
    ),
}


@dataclass(frozen=True, slots=True)
class Manners:
    """How a series is read. ``definition``: the day whose version counts for all periods; ``lists``: whose lists count.

    Without ``lists`` each period has its own. ``today`` bounds what can have been published.
    """

    manner: Manner
    today: date
    definition: date | None = None
    lists: Period | None = None

    def __post_init__(self) -> None:
        if self.manner != "restated" and (self.definition or self.lists):
            raise CannotRead(
                "--definition and --lists restate a series; add --reading restated, or leave them out."
            )


@dataclass(frozen=True, slots=True)
class Point:
    """One period of a series: as known at the end of which day (None: now), the version by hash, and the cells.

    ``version`` None: what a document printed then, by the definition that it names. ``why``: why there are no cells.
    """

    period: Period
    known: date | None
    version: str | None
    cells: tuple[Cell, ...]
    why: Text | None = None


def publication_day(period: Period, law: Law) -> date:
    """The working day on which the figures of a period stand on the desk (FN 15), by the lawbook of its last day.

    In a year whose holidays are not yet on file Monday to Friday count.
    """
    days = law.on(period.last_day)["reporting.pack_working_days"]
    assert isinstance(days, int)
    return add_working_days(period.last_day, days, provisional=True)


def periods_between(first: Period, last: Period) -> tuple[Period, ...]:
    """All periods from one to another of the same length."""
    if first.length != last.length or last < first:
        raise CannotRead(f"{first} to {last}: name two periods of one length, the earlier first.")
    found = [first]
    while found[-1] < last:
        found.append(found[-1].shift(1))
    return tuple(found)


def series(
    figures: Figures, code: str, periods: Sequence[Period], by: Sequence[str], how: Manners
) -> Iterator[Point]:
    """A figure over periods in one of the readings."""
    asked = figures.catalogue.indicator(code)
    if how.manner == "restated":
        day = how.definition or periods[-1].last_day
        version = version_on(asked, day)
        name = None if version is None else version_hash(asked, version)
        meant = fixed(in_force(asked, day), figures.law, day)
        figures = replace(figures, catalogue=as_meant_on(figures, day))
        for period in periods:
            cells = restated(figures, meant, period, by, how.lists or period)
            yield Point(period, figures.as_of, name, tuple(cells))
        return
    for period in periods:
        version = version_on(asked, period.last_day)
        name = None if version is None else version_hash(asked, version)
        known = figures.as_of
        if how.manner == "published":
            known = publication_day(period, figures.law)
            if known > min(how.today, figures.as_of or how.today):
                yield Point(period, known, name, (), not_yet(known))
                continue
            if found := tuple(printed(figures, asked, period, by)):
                yield Point(period, known, None, found)
                continue
        yield point(replace(figures, as_of=known), code, period, by, name)


def as_meant_on(figures: Figures, day: date) -> Catalogue:
    """The catalogue as it was meant on a day, with the sets of lists of that day, for whatever period it is reckoned."""
    meant, today = figures.catalogue.at(day), figures.law.on(day)
    return Catalogue(
        {code: fixed(one, figures.law, day) for code, one in meant.indicators.items()},
        {
            code: fixed(one, figures.law, day)
            for code, one in in_use(meant.breakdowns, today).items()
        },
    )


def point(
    figures: Figures, code: str, period: Period, by: Sequence[str], name: str | None
) -> Point:
    """One period as the figures know it; where it was neither added up from rows nor published, why not."""
    asked = figures.catalogue.indicator(code)
    if in_rows(asked, period.last_day):
        return Point(period, figures.as_of, name, tuple(figures.query(code, period, by)))
    cells = tuple(printed(figures, asked, period, by))
    return Point(period, figures.as_of, name, cells, None if cells else NOT_FROM_ROWS)


def printed(
    figures: Figures, asked: Indicator, period: Period, by: Sequence[str]
) -> Iterator[Cell]:
    """What a document printed of a figure for a period (HISTORY); nothing for a part of the reporters."""
    meant, snapshot = shown_as(asked, period.last_day), figures.snapshot
    way = figures.catalogue.way(meant, by)
    if figures.scope.reporters is not None:
        return
    data = snapshot.data(figures.scope, institutions=period)
    register = register_for(data, snapshot, period)
    known, successors = {meant.code: meant}, snapshot.successors(period)
    history = History.read(data, register, known, figures.breakdowns(period), successors)
    yield from history.printed(meant.code, way, period)


def register_for(data: Data, snapshot: Snapshot, period: Period) -> Period:
    """The period whose register of published figures counts: its own, or for one before the first register that one."""
    later = (p for p in snapshot.periods() if p.last_day >= period.last_day)
    return next((p for p in (period, *later) if data.rows(HISTORY.code, p) is not None), period)


NOT_FROM_ROWS: Final = Text(
    zh="此期不由逐笔数据计算，也无公布数", en="not added up from rows then, and nothing published"
)


def not_yet(day: date) -> Text:
    """Said of a period whose figures are still to be published."""
    return Text(zh=f"{day}发布", en=f"to be published on {day}")


def restated(
    figures: Figures, indicator: Indicator, period: Period, by: Sequence[str], lists: Period
) -> list[Cell]:
    """A period under one definition, on the lists (and registers) of a period, its own or another (FN 5)."""
    if lists == period:
        return figures.query(indicator.code, period, by)
    way, moment = figures.catalogue.way(indicator, by), Moment((period,), (lists,))
    asked = tuple(questions(indicator, way, figures.breakdowns(period)))
    rows = figures.snapshot.data(figures.scope, institutions=lists)
    ((out, data, _),) = divided(rows, [indicator], period)
    spill = figures.store.home.path / ".tmp"
    spill.mkdir(exist_ok=True)
    made = finish(figures.history(period, out))
    with connected(data, figures.law, memory=MEMORY, spill=spill) as duck:
        answers = answer(dict.fromkeys(r for one in asked for r in requests(one, moment)), duck)
    return [cell for one in asked for cell in made(one, moment, answers)]
