"""How an event is said on a page."""

from django import template

from dripline.portal.audit.words import in_words

register = template.Library()
register.filter("in_words", in_words)
