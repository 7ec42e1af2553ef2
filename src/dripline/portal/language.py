"""The language of the page, as the core names it: its words are pairs (``text.in_(spoken())``)."""

from __future__ import annotations

from django.utils.translation import get_language

from dripline.words import Language, Text


def spoken() -> Language:
    """``en`` on an English page, ``zh`` on every other."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(text: Text) -> str:
    """A pair of words in the language of the page."""
    return text.in_(spoken())
