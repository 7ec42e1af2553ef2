"""The figures a site shows: those of all reporters, as kept by the last compile; nothing heavy happens in a request."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dripline.disclosure import why_not_shown
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.coverage import Coverage, coverage
from dripline.indicators.labels import Labels
from dripline.indicators.results import result_path
from dripline.law import Law
from dripline.periods import Period
from dripline.portal.accounts.viewers import Viewer
from dripline.store import Scope, Store
from dripline.words import Text

_SHOWN = Catalogue(CATALOGUE, BREAKDOWNS)


def store() -> Store | None:
    """The store of the site's home, if anything was ever accepted."""
    if not (settings.DRIPLINE_HOME / "home.json").is_file():
        return None
    return Store.open(settings.DRIPLINE_HOME)


def all_figures(as_of: date | None = None) -> Figures | None:
    """Figures over all rows, for statistics; who may see them is decided by the page that asks."""
    held = store()
    if held is None:
        return None
    return Figures(held, Law.load(), _SHOWN, Scope.all_rows(purpose="statistics"), as_of)


def why_no_province(viewer: Viewer) -> Text | None:
    """Why somebody may see no figure over all institutions, as the gate has it; None if they may."""
    return why_not_shown(several_institutions=True, to_authority=viewer.whole_province)


def months_with_loans(figures: Figures) -> list[Period]:
    """The months for which loans were accepted, the latest first."""
    months = [period for period in figures.snapshot.periods() if period.length == 1]
    held = [period for period in months if figures.snapshot.held("CLDWDK", period)]
    return sorted(held, key=lambda period: period.last_day, reverse=True)


def compiled(figures: Figures, period: Period) -> bool:
    """Whether the results of a period rest on what the store knows now."""
    return kept_at(figures, period).exists()


# --- worked out once for each state of the store; a process answers many pages from one state --------------


def kept_at(figures: Figures, period: Period) -> Path:
    """Where the results of a period lie, or would; whether they do is asked of the disk each time."""
    return _kept_at(*_state(figures), figures.law.digest, period)


def kept_coverage(figures: Figures, period: Period, table: str) -> Coverage:
    """How complete a month is, told within the scope of the figures."""
    return _coverage(*_state(figures), figures.scope, period, table)


def kept_labels(figures: Figures, period: Period) -> Labels:
    """The names of a period."""
    return _labels(*_state(figures), figures.scope, period, figures.law.digest)


def _state(figures: Figures) -> tuple[str, int, date | None]:
    return str(figures.store.home.path), figures.snapshot.number, figures.as_of


def _again(home: str, as_of: date | None, scope: Scope) -> Figures:
    return Figures(Store.open(Path(home)), Law.load(), _SHOWN, scope, as_of)


_ALL = Scope.all_rows(purpose="statistics")


@lru_cache(maxsize=4096)
def _kept_at(home: str, number: int, as_of: date | None, law: str, period: Period) -> Path:
    figures = _again(home, as_of, _ALL)
    return result_path(figures.folder, figures.identity(period))


@lru_cache(maxsize=512)
def _coverage(
    home: str, number: int, as_of: date | None, scope: Scope, period: Period, table: str
) -> Coverage:
    figures = _again(home, as_of, scope)
    return coverage(figures.snapshot, figures.rows(period), period, table)


@lru_cache(maxsize=128)
def _labels(
    home: str, number: int, as_of: date | None, scope: Scope, period: Period, law: str
) -> Labels:
    figures = _again(home, as_of, scope)
    return Labels(figures.rows(period), period, law=figures.law)


def latest_compiled(figures: Figures) -> Period | None:
    """The latest month whose results are up to date; None before the first compile."""
    return next((each for each in months_with_loans(figures) if compiled(figures, each)), None)
