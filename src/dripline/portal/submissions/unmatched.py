"""Enterprises of an accepted list that have no credit code: a file to fill in and hand over again (FN 4)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dripline.intake.enterprise_names import Unmatched, write_unmatched
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.submissions.models import Delivery
from dripline.portal.submissions.rules import on_behalf
from dripline.portal.submissions.storage import home

FULL, NAMES = "full.xlsx", "names.xlsx"
"""With the codes that may be meant, for the branch; without, as some of them come from customers of banks (FN 13)."""


def keep(delivery: Delivery, unmatched: Iterable[Unmatched]) -> None:
    """Writes both files, in place of those of an earlier run; nothing where every enterprise has its code."""
    left = tuple(unmatched)
    if not left:
        return
    folder = _folder(delivery)
    folder.mkdir(parents=True, exist_ok=True)
    bare = tuple(replace(one, candidates=()) for one in left)
    for name, some in ((FULL, left), (NAMES, bare)):
        aside = folder / f"{secrets.token_hex(4)}.xlsx"
        write_unmatched(some, aside)
        os.replace(aside, folder / name)


def file_for(viewer: Viewer, delivery: Delivery) -> Path | None:
    """The file a viewer may have of a delivery; None if there is none."""
    path = _folder(delivery) / (FULL if on_behalf(viewer) else NAMES)
    return path if path.exists() else None


def _folder(delivery: Delivery) -> Path:
    return home().path / "portal" / "unmatched" / str(delivery.uid)
