"""How deliveries and months are said and drawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dripline.portal.design.templatetags.design import dot, light
from dripline.portal.language import said
from dripline.portal.submissions.calendar import Due
from dripline.portal.submissions.comparing import Pair, RulePair
from dripline.portal.submissions.models import Delivery, Status
from dripline.portal.submissions.page import STEPS, Progress, Sums
from dripline.portal.submissions.queries import Month
from dripline.words import Text

register = template.Library()


@register.simple_tag
def state(month: Month, today: date) -> SafeString:
    """How a reporter's month stands."""
    return light(month.light(today), month.words(today))


@register.simple_tag
def state_dot(month: Month, today: date) -> SafeString:
    """The same as one shape in a row of months."""
    return dot(month.light(today), f"{month.due.period} {month.words(today)}")


@register.filter
def sorted_codes(codes: Iterable[str]) -> str:
    """Codes of tables in order."""
    return ", ".join(sorted(codes))


@register.filter
def words(text: str) -> list[str]:
    """Words of a list written in the template."""
    return text.split()


@register.filter
def in_words(text: Text | None) -> str:
    """A pair of words in the language of the page."""
    return "" if text is None else said(text)


@register.simple_tag
def due_words(due: Due, today: date) -> SafeString:
    """Until when, and how many working days are left."""
    left = due.left(today)
    if left < 0:
        told = ngettext(
            "It was due on %(day)s, %(n)s working day ago.",
            "It was due on %(day)s, %(n)s working days ago.",
            -left,
        )
    else:
        told = ngettext(
            "Due on %(day)s: %(n)s working day is left.",
            "Due on %(day)s: %(n)s working days are left.",
            left,
        )
    return format_html("{}", told % {"day": due.day.isoformat(), "n": abs(left)})


@register.simple_tag
def finding_of_delivery(
    delivery: Delivery, sums: Sums | str, progress: Progress | str, due: Due
) -> str:
    """The sentence a delivery's page begins with."""
    if progress:
        return _("The program is at work on it.")
    match Status(delivery.status):
        case Status.DRAFT:
            return _("Put in the files of this month, then have them checked.")
        case Status.FAULTY if isinstance(sums, Sums) and sums.in_the_way:
            told = ngettext(
                "%(n)s place is in the way; mend or explain it, then it can be sent.",
                "%(n)s places are in the way; mend or explain them, then it can be sent.",
                sums.in_the_way,
            )
            return told % {"n": sums.in_the_way}
        case Status.FAULTY:
            return _(
                "Nothing of it could be read as a table; mend the files and hand them over again."
            )
        case Status.CLEAN:
            return _("Nothing is in the way: it can be sent.")
        case Status.SENT:
            return _("Sent; a reviewer of the branch looks at it.")
        case Status.ACCEPTED:
            return _("Accepted: its rows count in every figure.")
        case Status.RETURNED:
            return _("Returned: mend it and hand over a new attempt.")
    return _("Withdrawn: it counts nowhere.")


@register.simple_tag
def stages(progress: Progress) -> SafeString:
    """Reading, rules, keeping: which is through, which is at work."""
    labels = {
        "read": _("Reading the files"),
        "check": _("Running the rules"),
        "keep": _("Sorting the findings"),
    }
    at = STEPS.index(progress.step) if progress.step in STEPS else -1
    return format_html_join(
        "",
        '<li class="{}">{}<span><b>{}</b><small>{}</small></span></li>',
        (
            (
                "st-ok" if number < at else "st-done" if number == at else "st-none",
                dot("done" if number < at else "ok" if number == at else "none", label),
                label,
                _("done") if number < at else _("at work") if number == at else _("waits its turn"),
            )
            for number, label in enumerate(labels[one] for one in STEPS)
        ),
    )


@register.simple_tag
def compared(tables: list[Pair], rules: list[RulePair]) -> str:
    """What changed between two attempts, in a sentence."""
    changed = sum(not pair.same for pair in tables)
    moved = sum(pair.before != pair.after for pair in rules)
    return _("%(tables)s of %(all)s tables changed; %(rules)s rules fare otherwise.") % {
        "tables": changed,
        "all": len(tables),
        "rules": moved,
    }
