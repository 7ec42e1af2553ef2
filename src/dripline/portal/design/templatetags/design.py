"""Tags and filters that every page may use: ``{% load design %}``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dripline.periods import Period
from dripline.portal.design import marks
from dripline.portal.design.icons import icons
from dripline.portal.language import spoken

register = template.Library()
STROKE = (
    'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
)
SHAPES = {
    "done": '<circle cx="7" cy="7" r="7" fill="currentColor"/><path d="M3.6 7.2l2.3 2.3 4.5-4.8" fill="none" '
    'stroke="var(--surface)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>',
    "ok": '<circle cx="7" cy="7" r="5.6" fill="currentColor"/>',
    "watch": '<path d="M7 .8l6.6 12H.4z" fill="currentColor"/><path d="M7 5v3.4M7 10.2v.9" '
    'stroke="var(--surface)" stroke-width="1.5" stroke-linecap="round"/>',
    "late": '<path d="M7 0l7 7-7 7-7-7z" fill="currentColor"/><path d="M7 3.9v3.6M7 10v.1" '
    'stroke="var(--surface)" stroke-width="1.5" stroke-linecap="round"/>',
    "none": '<circle cx="7" cy="7" r="5.4" fill="none" stroke="currentColor" stroke-width="1.6" '
    'stroke-dasharray="2.4 2"/>',
}
"""A status is told by shape, word and colour: never by colour alone."""


@register.simple_tag
def icon(name: str, size: str = "i") -> SafeString:
    """An icon; it says nothing to a screen reader, so words stand beside it or on its control."""
    return format_html(
        '<svg class="{}" {}>{}</svg>', size, mark_safe(STROKE), mark_safe(icons()[name])
    )


@register.simple_tag
def light(status: str, words: str = "") -> SafeString:
    """A status light: done, ok, watch, late or none, with its word."""
    named = words or status_words(status)
    shape = mark_safe(SHAPES[status])
    return format_html(
        '<span class="st st-{}"><svg viewBox="0 0 14 14" aria-hidden="true">{}</svg>{}</span>',
        status,
        shape,
        named,
    )


@register.simple_tag
def dot(status: str, words: str) -> SafeString:
    """A status light without its word beside it: the word is told to who cannot see the shape."""
    return format_html(
        '<span class="st-{}"><svg viewBox="0 0 14 14" role="img" aria-label="{}">{}</svg></span>',
        status,
        words,
        mark_safe(SHAPES[status]),
    )


def status_words(status: str) -> str:
    """What a light means."""
    return {
        "done": _("done"),
        "ok": _("on track"),
        "watch": _("needs attention"),
        "late": _("behind"),
        "none": _("not reported"),
    }[status]


@register.filter
def grouped(value: Any, decimals: int = 0) -> str:
    """A number with thousands and the true minus."""
    return marks.grouped(value, decimals)


@register.simple_tag
def figure(value: Any, unit: str, decimals: int = 1, standing: str = "") -> SafeString:
    """A figure and its unit; its standing is provisional or revised, else nothing is said of it."""
    shown = marks.figure(value, unit, spoken(), decimals)
    return format_html(
        '<span class="num">{}</span>{} <small>{}</small>', shown.text, mark(standing), shown.unit
    )


@register.simple_tag
def mark(standing: str) -> SafeString:
    """The letter of a figure that is provisional or revised, with its word for who hovers or listens."""
    if not standing:
        return mark_safe("")
    letters, words = marks.STANDINGS[standing]
    return format_html(
        '<span class="standing standing-{2}" title="{0}"><span aria-hidden="true">{1}</span><span class="vh">{0}</span></span>',
        words.in_(spoken()),
        letters.in_(spoken()),
        standing,
    )


@register.simple_tag
def suppressed() -> SafeString:
    """A figure that exists and is not shown: it would tell of single firms."""
    return format_html('<span class="suppressed">{}</span>', marks.SUPPRESSED.in_(spoken()))


@register.simple_tag
def grade(pips: int, words: str) -> SafeString:
    """A grade: four pips and its word; 4 is the highest."""
    squares = format_html_join(
        "",
        '<rect x="{}" y="0" width="7" height="8" rx="1.5"{}/>',
        ((pip.x, mark_safe(' class="on"') if pip.on else "") for pip in marks.pips(pips)),
    )
    return format_html(
        '<span class="grade g{}"><svg class="pips" viewBox="0 0 34 8" aria-hidden="true">{}</svg>{}</span>',
        pips,
        squares,
        words,
    )


@register.simple_tag
def amount(value: Any, unit: str) -> str:
    """A figure without its unit, which stands in the head of its column: so one column has one unit and one precision."""
    return marks.amount(value, unit)


@register.simple_tag
def change_of(line: Any, unit: str) -> str:
    """What a row of figures changed by against the period beside it."""
    return marks.change(
        line.change(unit), "points" if unit in ("percent", "points") else "percent", spoken()
    )


@register.simple_tag
def change(value: Any, unit: str) -> str:
    """A rise or fall."""
    return marks.change(value, unit, spoken())


@register.filter
def period_words(value: Period | str) -> str:
    """A period in words."""
    return marks.period(Period.parse(value) if isinstance(value, str) else value, spoken())


@register.filter
def iso_day(value: date | None) -> str:
    """A day."""
    return marks.day(value)


@register.simple_tag
def spark(points: Sequence[Any], width: int = 160, height: int = 30) -> SafeString:
    """A small line of the last months; nothing where there are fewer than two."""
    drawn = marks.spark(points, width, height)
    if drawn is None:
        return mark_safe("")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="xMinYMid meet" aria-hidden="true">'
        '<path d="{}"/><circle cx="{}" cy="{}" r="2.6"/></svg>',
        width,
        height,
        drawn.path,
        drawn.x,
        drawn.y,
    )


@register.simple_tag
def bullet(value: Any, target: Any) -> SafeString:
    """A bar with the tick of its target."""
    drawn = marks.bullet(value, target)
    if drawn is None:
        return mark_safe("")
    return format_html(
        '<svg class="bullet" aria-hidden="true"><rect class="bg" y="2" width="100%" height="8" rx="2"/>'
        '<rect class="fg" y="2" width="{}" height="8" rx="2"/>'
        '<line class="tk" x1="{}" x2="{}" y1="0" y2="12"/></svg>',
        drawn.bar,
        drawn.tick,
        drawn.tick,
    )


@register.simple_tag
def bar(value: Any, largest: Any) -> SafeString:
    """A bar in a cell of a table."""
    return format_html(
        '<svg class="bar" aria-hidden="true"><rect class="bg" width="100%" height="100%" rx="2"/>'
        '<rect class="fg" width="{}" height="100%" rx="2"/></svg>',
        marks.bar(value, largest),
    )
