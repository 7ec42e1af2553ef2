"""The figures a site shows: those of all reporters, as kept by the last compile; nothing heavy happens in a request."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.indicators.results import result_path
from dripline.law import Law
from dripline.periods import Period
from dripline.store import Scope, Store

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


def months_with_loans(figures: Figures) -> list[Period]:
    """The months for which loans were accepted, the latest first."""
    months = [period for period in figures.snapshot.periods() if period.length == 1]
    held = [period for period in months if figures.snapshot.held("CLDWDK", period)]
    return sorted(held, key=lambda period: period.last_day, reverse=True)


def compiled(figures: Figures, period: Period) -> bool:
    """Whether the results of a period rest on what the store knows now."""
    return result_path(figures.folder, figures.identity(period)).exists()


def latest_compiled(figures: Figures) -> Period | None:
    """The latest month whose results are up to date; None before the first compile."""
    return next((each for each in months_with_loans(figures) if compiled(figures, each)), None)
