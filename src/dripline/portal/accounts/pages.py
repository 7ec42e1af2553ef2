"""What the views of this room share: the clock, and how an action posted from a page ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from dripline.errors import Refused
from dripline.store.entries import day_in_china


def today() -> date:
    """The day in China."""
    return day_in_china(timezone.now())


def done(
    request: HttpRequest, action: Callable[[], object], says: str, *to: object
) -> HttpResponse:
    """Does what was asked and leads back to its page, which says that it was done, or why not."""
    try:
        action()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, says)
    return redirect(*to)


def first_error(form: object) -> str:
    """The first thing wrong with a form, to be said on the page it was posted from."""
    for name, errors in form.errors.items():  # type: ignore[attr-defined]
        label = "" if name == "__all__" else f"{form.fields[name].label}: "  # type: ignore[attr-defined]
        return f"{label}{errors[0]}"
    return ""
