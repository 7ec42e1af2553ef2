"""How an event is said on a page."""

from django import template

from dripline.portal.audit.words import in_words
from dripline.portal.language import said
from dripline.store import PURPOSES

register = template.Library()
register.filter("in_words", in_words)


@register.filter
def purpose_in_words(purpose: str) -> str:
    """A purpose in the language of the page."""
    return said(PURPOSES[purpose]) if purpose in PURPOSES else purpose
