"""Compiling a period: every indicator by every breakdown, kept with its identity; and asking for one."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from pathlib import Path

from dripline import __version__
from dripline.canon import meaning_hash
from dripline.definitions import Breakdown, Indicator
from dripline.engines.coded_files import CodedFiles
from dripline.engines.columns import CellColumns, compute_columns
from dripline.engines.data import Cell, Data
from dripline.engines.duck import Duck, connected
from dripline.engines.duck_measures import answer, answer_columns
from dripline.engines.fold import compute
from dripline.errors import Refused
from dripline.indicators.breakdowns import in_use
from dripline.indicators.filling import Remembered, filled_columns, finish
from dripline.indicators.history import History
from dripline.indicators.missing import Carried, MissingRule, divided, needs_stocks
from dripline.indicators.rests_on import facts, months
from dripline.indicators.results import Identity, read_results, result_path, write_results
from dripline.indicators.versions import all_in_force, in_force, version_on
from dripline.law import Law
from dripline.money import half_up
from dripline.periods import Period
from dripline.standards.registers import HISTORY
from dripline.store import Scope, Snapshot, Store
from dripline.store.snapshot import ScopedData

ENGINE, MEMORY = "duckdb", "3GB"


@dataclass(frozen=True)
class Catalogue:
    """Indicators and the breakdowns they are divided by."""

    indicators: Mapping[str, Indicator]
    breakdowns: Mapping[str, Breakdown]
    _read: dict[Period, tuple[str, tuple[Period, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _digests: dict[tuple[object, ...], str] = field(default_factory=dict, repr=False, compare=False)

    def rests_on(self, period: Period) -> tuple[str, tuple[Period, ...]]:
        """For all figures of a period: a digest of what they mean, and the months that are read."""
        if period not in self._read:
            meant = self.at(period.last_day)
            read = months(meant.indicators.values(), meant.breakdowns.values(), period)
            self._read[period] = self._digest_on(period.last_day, meant), read
        return self._read[period]

    def _digest_on(self, day: date, meant: Catalogue) -> str:
        """The digest of the catalogue as meant on a day: worked out once for all days on which the same versions count."""
        versions = [version_on(each, day) for each in self.indicators.values()]
        counting = tuple(each is not None and (each.since,) for each in versions)
        if counting not in self._digests:
            self._digests[counting] = meant.digest(meant.indicators)
        return self._digests[counting]

    def indicator(self, code: str) -> Indicator:
        """The indicator with this code."""
        try:
            return self.indicators[code]
        except KeyError:
            raise Refused(
                f"No indicator is called {code!r}; `list indicators` shows all."
            ) from None

    def at(self, day: date) -> Catalogue:
        """The catalogue as it was meant on a day; figures that were not added up from rows then are not in it."""
        return Catalogue(all_in_force(self.indicators, day), self.breakdowns)

    def digest(self, codes: Iterable[str]) -> str:
        """Changes when the meaning of one of the indicators or of a breakdown may have changed."""
        parts = [f"{code} {meaning_hash(self.indicators[code])}" for code in sorted(codes)]
        parts += [f"{code} {meaning_hash(b)}" for code, b in sorted(self.breakdowns.items())]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    def way(self, indicator: Indicator, by: Sequence[str]) -> str:
        """The breakdown as the catalogue writes it (``lender_city+institution``), or why there is none."""
        if not by:
            return "total"
        for refusal in indicator.refuses:
            if refusal.breakdown in by:
                raise Refused(f"{indicator.code} by {refusal.breakdown}: {refusal.reason.en}")
        for written in indicator.breakdowns:
            if sorted(written.split("+")) == sorted(by):
                return written
        known = ", ".join(indicator.breakdowns)
        raise Refused(f"{indicator.code} is not divided by {'+'.join(by)}; it is by {known}.")


@dataclass(frozen=True)
class Figures:
    """Figures of one data home as known on a day, computed once and kept."""

    store: Store
    law: Law
    catalogue: Catalogue
    scope: Scope
    as_of: date | None = None
    missing: MissingRule = "left-out"

    @cached_property
    def snapshot(self) -> Snapshot:
        """The store as known on the day, or when it was first looked at."""
        return self.store.at(self.as_of)

    def identity(self, period: Period, codes: Iterable[str] | None = None) -> Identity:
        """What figures of the period rest on: definitions, facts up to it, lawbook, program."""
        digest, read = self.catalogue.rests_on(period)
        if codes is not None:
            digest = self.catalogue.at(period.last_day).digest(codes)
        found = facts(self.snapshot, read, period, self._register(period))
        return Identity(str(period), digest, found, self.law.digest, __version__, ENGINE)

    def breakdowns(self, period: Period) -> dict[str, Breakdown]:
        """The breakdowns as the lawbook has them on the period's last day."""
        return in_use(self.catalogue.breakdowns, self.law.on(period.last_day))

    @property
    def folder(self) -> Path:
        """Where results are kept; they can be thrown away and computed again."""
        return self.store.home.path / "results"

    def compile(self, period: Period) -> Path:
        """Every cell of the catalogue for a period; computed only if nothing they rest on is the same."""
        self._needs_all_rows()
        identity = self.identity(period)
        path = result_path(self.folder, identity)
        if not path.exists():
            files = self._coded_files(period)
            write_results(self.folder, identity, self._in_columns(period, files))
            files.trim(time.time())
        return path

    def _in_columns(self, period: Period, files: CodedFiles) -> Iterator[CellColumns | list[Cell]]:
        """Every cell, by the rows that are counted; what was coded is kept of the rows of all."""
        meant = self.catalogue.at(period.last_day).indicators.values()
        for out, data, some in divided(self.rows(period), meant, period):
            with self._duck(data) as duck:
                kept = None if out else files
                engine = Remembered(partial(answer_columns, duck=duck, files=kept))
                found = compute_columns(some, self.breakdowns(period), period, engine)
                yield from filled_columns(self.history(period, out), found, engine)

    def _coded_files(self, period: Period) -> CodedFiles:
        """What earlier compiles made of the same rows."""
        return CodedFiles(self.store.home.cache / "coded", self.rows(period))

    def rows(self, period: Period) -> ScopedData:
        """The rows as the scope sees them, under the institutions of the period."""
        return self.snapshot.data(self.scope, institutions=period)

    def cells(
        self,
        period: Period,
        indicators: Iterable[Indicator],
        only: tuple[str, ...] | None = None,
    ) -> list[Cell]:
        """Cells computed now, by the rule for missing reporters."""
        found: list[Cell] = []
        for out, data, some in self._lots(period, list(indicators)):
            with self._duck(data) as duck:
                engine, ending = partial(answer, duck=duck), finish(self.history(period, out))
                known = self.breakdowns(period)
                found += compute(some, known, period, engine, only, finish=ending)
        return found

    def _lots(
        self, period: Period, indicators: list[Indicator]
    ) -> Iterable[tuple[frozenset[str], Data, list[Indicator]]]:
        if self.missing == "left-out":
            return divided(self.rows(period), indicators, period)
        for indicator in indicators:
            needs_stocks(indicator, period)
        return [(frozenset(), Carried(self.rows(period), period, self.law), indicators)]

    def query(
        self,
        code: str,
        period: Period,
        by: Sequence[str] = (),
        keys: tuple[str | None, ...] | None = None,
    ) -> list[Cell]:
        """The cells of an indicator (or the one with these keys), from the kept results or computed now."""
        indicator = in_force(self.catalogue.indicator(code), period.last_day)
        way = self.catalogue.way(indicator, by)
        path = result_path(self.folder, self.identity(period))
        kept = self.scope.reporters is None and self.missing == "left-out"
        if kept and path.exists():
            return list(read_results(path, code, way, keys))
        found = self.cells(period, [indicator], (way,))
        return [cell for cell in found if keys is None or cell.keys == keys]

    def history(self, period: Period, out: frozenset[str] = frozenset()) -> History:
        """Published figures that stand in for months whose rows nobody sent; those of a whole say nothing of a part.

        So none do where some institutions are left ``out``.
        The register in force at the period's end; for a period before the first register, that one.
        """
        data = self.rows(period)
        meant = self.catalogue.at(period.last_day).indicators
        if self.scope.reporters is not None or out:
            return History(data, meant, self.breakdowns(period))
        register, successors = self._register(period), self.snapshot.successors(period)
        return History.read(data, register, meant, self.breakdowns(period), successors)

    def _register(self, period: Period) -> Period:
        """The period whose register of published figures counts for a period."""
        later = (p for p in self.snapshot.periods() if p.last_day >= period.last_day)
        sent = (p for p in (period, *later) if self.snapshot.held(HISTORY.code, p))
        return next(sent, period)

    @contextmanager
    def _duck(self, data: Data) -> Iterator[Duck]:
        spill = self.store.home.path / ".tmp"
        spill.mkdir(exist_ok=True)
        with connected(data, self.law, memory=MEMORY, spill=spill) as duck:
            yield duck

    def _needs_all_rows(self) -> None:
        if self.scope.reporters is not None:
            raise Refused("Results are kept for all reporters only; a part is computed when asked.")


def finished(cell: Cell, indicator: Indicator) -> Decimal | None:
    """The published figure: divided and rounded half up at the indicator's decimals; None if undefined."""
    if cell.denominator == 0:
        return None
    return half_up(cell.numerator, cell.denominator, indicator.decimals)
