"""Deliveries in which rules are broken on purpose, and the key that says where."""

from __future__ import annotations

from pathlib import Path

from dripline.province.calibration import Calendar
from dripline.province.life import Book
from dripline.province.lines import Lines


def write_faults(out: Path, samples: list[tuple[Book, list[Lines]]], calendar: Calendar) -> None:
    """Writes the faulty deliveries of the last month."""
