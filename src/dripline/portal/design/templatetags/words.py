"""Words of the core in a template: ``{{ measure.title|said }}``."""

from __future__ import annotations

from django import template

from dripline.portal.language import said as _said
from dripline.words import Text

register = template.Library()


@register.filter
def said(text: Text | str | None) -> str:
    """A pair of words in the language of the page."""
    if text is None:
        return ""
    return _said(text) if isinstance(text, Text) else str(text)
