"""The figures of a pack: cells of the catalogue, each with its code, period, definition and, if it has no value, why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from dripline.canon import meaning_hash
from dripline.definitions import Breakdown, Indicator
from dripline.engines.data import Cell
from dripline.engines.fold import Moment, atoms
from dripline.errors import Refused
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.coverage import Coverage, coverage
from dripline.indicators.history import Aggregate, Published
from dripline.indicators.labels import Labels
from dripline.indicators.results import Identity, read_results
from dripline.measures import Ratio
from dripline.money import half_up
from dripline.nodes import HasRow, Lookup, tables_of, walk
from dripline.periods import Period
from dripline.store import Entry, ScopedData, Snapshot
from dripline.tables import table as table_called
from dripline.words import Text

Keys = tuple[str | None, ...]
NOTHING_TO_DIVIDE_BY = Text(zh="分母为零", en="there is nothing to divide by")
NOT_YET = Text(zh="本期口径不由逐笔数据汇总", en="its definition then was not added up from rows")
NO_ROW = Text(zh="没有这样的数据行", en="there is no such row")


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the catalogue as a text or table shows it; ``gap`` says why it has no value."""

    indicator: Indicator
    period: Period
    way: str
    keys: Keys
    numerator: int
    denominator: int
    unknown: int
    gap: Text | None
    cited: tuple[Aggregate, ...] = ()
    """Figures published before the rows begin that it rests on: it cannot be traced then (FN 17)."""

    @property
    def meaning(self) -> str:
        """The hash of its definition."""
        return meaning_hash(self.indicator)

    @property
    def place(self) -> str:
        """``total``, or which items of which breakdowns: ``borrower_city=410100``; unknown is an empty item."""
        if self.way == "total":
            return self.way
        pairs = zip(self.way.split("+"), self.keys, strict=True)
        return "+".join(f"{name}={key or ''}" for name, key in pairs)

    @property
    def tag(self) -> str:
        """What binds a printed number to this cell: code, period, place and hash of the definition."""
        return "|".join((self.indicator.code, str(self.period), self.place, self.meaning))

    def value(self, *, per: int = 1, decimals: int | None = None) -> Decimal | None:
        """The figure in units of ``per``, divided and rounded once; None where it has no value."""
        if self.gap is not None:
            return None
        places = self.indicator.decimals if decimals is None else decimals
        return half_up(self.numerator, self.denominator * per, places)


@dataclass
class Board:
    """The figures of one month as known on one day; each is asked for once."""

    figures: Figures
    period: Period
    results: Path
    """The catalogue of the month as compiled."""
    _cells: dict[tuple[str, str], dict[Keys, Cell]] = field(default_factory=dict)
    _gaps: dict[str, Text | None] = field(default_factory=dict)

    @cached_property
    def snapshot(self) -> Snapshot:
        """The store as it was when the board was made: nothing accepted since is in any of its tables."""
        return self.figures.snapshot

    @cached_property
    def identity(self) -> Identity:
        """What the figures rest on."""
        return self.figures.identity(self.period)

    @cached_property
    def latest(self) -> dict[str, Entry]:
        """Each reporter's last accepted delivery of the month."""
        return self.snapshot.latest(self.period)

    @cached_property
    def data(self) -> ScopedData:
        """The rows behind the figures, institutions as they stand at the end of the month."""
        return self.figures.rows(self.period)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The definitions in force at the end of the month."""
        return self.figures.catalogue.at(self.period.last_day)

    @cached_property
    def breakdowns(self) -> dict[str, Breakdown]:
        """The ways of dividing as the lawbook has them at the end of the month."""
        return self.figures.breakdowns(self.period)

    @cached_property
    def labels(self) -> Labels:
        """Words for the keys."""
        return Labels(self.data, self.period)

    @cached_property
    def coverage(self) -> Coverage:
        """How complete the month is."""
        return coverage(self.snapshot, self.data, self.period)

    def figure(self, code: str, way: str = "total", keys: Keys = ()) -> Figure:
        """One cell; a place without rows has no value and says so."""
        indicator = self.catalogue.indicators.get(code)
        if indicator is None:
            meant = self.figures.catalogue.indicator(code)
            return Figure(meant, self.period, way, keys, 0, 0, 0, NOT_YET)
        cell = self._asked(code, way).get(keys)
        if cell is None:
            return Figure(indicator, self.period, way, keys, 0, 0, 0, NO_ROW)
        return self._figure(indicator, cell)

    def divided(self, code: str, way: str) -> dict[Keys, Figure]:
        """Every cell of an indicator by a breakdown, by its keys."""
        indicator = self.figures.catalogue.indicator(code)
        return {
            keys: self._figure(indicator, cell) for keys, cell in self._asked(code, way).items()
        }

    def known_way(self, code: str, way: str) -> bool:
        """Whether the catalogue divides the indicator so."""
        return (
            code in self.catalogue.indicators and way in self.catalogue.indicator(code).breakdowns
        )

    def _figure(self, indicator: Indicator, cell: Cell) -> Figure:
        cited = cell.aggregates if isinstance(cell, Published) else ()
        gap = None if cited else self._lacking(indicator) or gap_in(indicator, cell)
        amount = cell.numerator, cell.denominator, cell.unknown
        return Figure(indicator, self.period, cell.breakdown, cell.keys, *amount, gap, cited)

    def _asked(self, code: str, way: str) -> dict[Keys, Cell]:
        if (code, way) not in self._cells:
            found = read_results(self.results, code, way)
            self._cells[code, way] = {cell.keys: cell for cell in found}
        return self._cells[code, way]

    def _lacking(self, indicator: Indicator) -> Text | None:
        if indicator.code not in self._gaps:
            lacking = dict.fromkeys(self._missing(indicator))
            self._gaps[indicator.code] = missing_words(list(lacking), self.period)
        return self._gaps[indicator.code]

    def _missing(self, indicator: Indicator) -> Iterator[tuple[str, Period]]:
        """Tables and months the figure reads and that nobody has delivered: without them a sum is no figure."""
        for atom, when, _ in atoms(indicator.measure, Moment((self.period,), (self.period,))):
            for month in when.months:
                for code, there in tables_at(atom, month):
                    if self.data.rows(code, there) is None:
                        yield code, there


def tables_at(atom: object, month: Period) -> Iterator[tuple[str, Period]]:
    """The tables a sum or count reads, and of which month."""
    looks = [node for node in walk(atom) if isinstance(node, HasRow | Lookup)]
    before = {node.table for node in looks if node.period == "previous"}
    now = {node.table for node in looks if node.period != "previous"}
    for code in sorted(tables_of(atom)):
        if code in before:
            yield code, month.shift(-1)
        if code in now or code not in before:
            yield code, month


def gap_in(indicator: Indicator, cell: Cell) -> Text | None:
    """Why a cell has no value: nothing to divide by, or nothing but unknown rows (unknown is not zero)."""
    if cell.denominator == 0:
        return NOTHING_TO_DIVIDE_BY
    if cell.numerator == 0 and cell.unknown and not isinstance(indicator.measure, Ratio):
        return Text(
            zh=f"{cell.unknown:,}户（笔）无法判断，没有可确认的",
            en=f"{cell.unknown:,} cannot be told and none is known to count",
        )
    return None


def missing_words(missing: list[tuple[str, Period]], period: Period) -> Text | None:
    """Which months, or else which tables of the month itself, have not come; None if all have."""
    if not missing:
        return None
    months = sorted({month for _, month in missing if month != period})
    codes = sorted({code for code, month in missing if month == period})
    if codes:
        labels = [table_called(code).label for code in codes]
        return Text(
            zh=f"未收到{'、'.join(label.zh for label in labels)}",
            en=f"{', '.join(label.en for label in labels)}: not received",
        )
    names = months_in_words(months)
    return Text(zh=f"缺{names.zh}的逐笔数据", en=f"no rows of {names.en}")


def months_in_words(months: list[Period]) -> Text:
    """Months one after the other; a run of them by its ends."""
    runs: list[list[Period]] = []
    for month in months:
        if runs and runs[-1][-1].shift(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    zh = [f"{run[0]}" if len(run) == 1 else f"{run[0]}至{run[-1]}" for run in runs]
    en = [f"{run[0]}" if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs]
    return Text(zh="、".join(zh), en=", ".join(en))


def board(figures: Figures, period: Period) -> Board:
    """The board of a month, its catalogue compiled; refused where no loans of the month were accepted."""
    if period.length != 1:
        raise Refused(f"A pack is made for a month, such as {period.last_month}; {period} is none.")
    data = figures.snapshot.data(figures.scope, institutions=period)
    if data.rows("CLDWDK", period) is None:
        known = [str(p) for p in figures.snapshot.periods() if data.rows("CLDWDK", p) is not None]
        months = ", ".join(known) or "none"
        day = "" if figures.as_of is None else f" as known on {figures.as_of}"
        raise Refused(
            f"No loans (CLDWDK) of {period} have been accepted{day}, so there is nothing to publish. "
            f"Months with loans: {months}."
        )
    return Board(figures, period, figures.compile(period))
