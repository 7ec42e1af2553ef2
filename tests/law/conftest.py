"""A small lawbook in a folder, for the faults and the reading of one entry."""

from collections.abc import Callable
from pathlib import Path

import pytest

SOURCES = """\
notice-7:
  title: 关于试行的通知
  number: 试〔2023〕7号
  issuer: 试行机关
  date: 2023-01-01
notice-8:
  title: 关于调整的通知
  number: null
  issuer: 试行机关
  date: 2025-07
  note: {zh: 文号待核对, en: number to be confirmed}
"""
SHARE = """\
label: {zh: 本金比例, en: Share of principal}
unit: ratio
values:
  2023-01-01: {amount: 0.60, source: notice-7, article: 第五条, status: official}
  2025-07-01: {amount: 0.75, source: notice-8, article: 3.10, status: reported}
checked: 2026-03-31
"""


@pytest.fixture
def lawbook(tmp_path: Path) -> Callable[..., Path]:
    """Writes the two sources and ``fund/share.yaml``, or other files given by their path."""

    def write(entry: str = SHARE, *, sources: str = SOURCES, **others: str) -> Path:
        files = {"sources.yaml": sources, "fund/share.yaml": entry} | {
            name.replace("__", "/") + ".yaml": text for name, text in others.items()
        }
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write
