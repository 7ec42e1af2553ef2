"""What people fill in to make a token."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.forms import Day
from dripline.portal.accounts.models import Function
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.api.models import FUNCTIONS
from dripline.portal.api.rules import last_day


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        label=_("Name of the program"),
        max_length=60,
        help_text=_("It stands in the trail with all that the program does."),
    )
    functions = forms.MultipleChoiceField(
        label=_("May"), choices=(), widget=forms.CheckboxSelectMultiple
    )
    from_day = forms.DateField(label=_("From"), widget=Day())
    to_day = forms.DateField(label=_("Until"), widget=Day())

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        initial = {"from_day": today, "to_day": last_day(today), "functions": [Function.READ]}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["functions"].choices = [
            (code, words)
            for code, words in FUNCTIONS.items()
            if code != Function.APPROVE or viewer.may(Function.APPROVE)
        ]
