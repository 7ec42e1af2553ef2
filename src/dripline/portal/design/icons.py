"""The icons in use, from Tabler Icons 3.51.0 (MIT): the inside of each outline, drawn in a box of 24 × 24."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def icons() -> dict[str, str]:
    """Each icon by name; the file is written by scripts/vendor."""
    source = files("dripline.portal.design") / "icons.json"
    found: dict[str, str] = json.loads(source.read_text(encoding="utf-8"))
    return found
