"""What every first page would work out: done by each process of the server before it answers anybody."""

from __future__ import annotations

import logging
import time

from django.apps import apps
from django.db import connections
from django.utils import timezone

from dripline.store.entries import day_in_china

logger = logging.getLogger(__name__)


def warm() -> None:
    """Works out the figures that are shown first. What goes wrong here is shown by the page itself, to who asks for it."""
    begun = time.monotonic()
    try:
        _search()
        if apps.is_installed("dripline.portal.plan"):
            _figures()
    except Exception:  # a server that cannot warm up still serves the pages that need nothing of it
        logger.exception("warming up failed")
    finally:
        connections.close_all()
    logger.info("warmed up", extra={"seconds": round(time.monotonic() - begun, 3)})


def _search() -> None:
    from dripline.portal.catalogue.search import search

    search("贷款")


def _figures() -> None:
    from dripline.plans.load import load_plans
    from dripline.portal import shown
    from dripline.portal.plan.queries import board

    for plan in load_plans():
        board(plan, day_in_china(timezone.now()), with_figures=True)
    figures = shown.all_figures()
    period = None if figures is None else shown.latest_compiled(figures)
    if figures is not None and period is not None:
        shown.kept_labels(figures, period)
