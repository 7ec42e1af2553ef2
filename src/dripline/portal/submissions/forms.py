"""What people fill in about deliveries."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dripline.errors import CannotRead
from dripline.periods import Period


class ManyFiles(forms.ClearableFileInput):
    """A field for several files."""

    allow_multiple_selected = True


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}), required=False
    )


class ExplanationForm(forms.Form):
    """Why rows that break a rule stand."""

    rule = forms.CharField(max_length=40, widget=forms.HiddenInput)
    table = forms.CharField(max_length=20, widget=forms.HiddenInput, required=False)
    key = forms.CharField(
        label=_("Row"),
        max_length=400,
        required=False,
        help_text=_("The key of one row; left empty, all rows under this rule."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class PeriodForm(forms.Form):
    """A month to hand over for."""

    period = forms.CharField(max_length=7)

    def clean_period(self) -> str:
        """A month as the core writes it."""
        try:
            period = Period.parse(self.cleaned_data["period"])
        except CannotRead as error:
            raise forms.ValidationError(str(error)) from error
        if period.length != 1:
            raise forms.ValidationError(_("A delivery is for one month."))
        return str(period)


class ImportForm(forms.Form):
    """An archive of packages of many reporters."""

    archive = forms.FileField(
        label=_("Archive of packages (.zip)"),
        help_text=_("A folder of packages packed as one .zip; folders inside do not matter."),
    )
    explanations = forms.FileField(
        label=_("Explanations (.csv)"),
        required=False,
        help_text=_("Columns rule, table, key (or *), reason; they hold for every delivery in it."),
    )


class BoardForm(forms.Form):
    """What the board is narrowed to."""

    STATES = (
        ("", _("all")),
        ("missing", _("nothing sent")),
        ("working", _("being worked on")),
        ("review", _("to be reviewed")),
        ("accepted", _("accepted")),
        ("late", _("late or overdue")),
    )
    period = forms.CharField(label=_("Month"), max_length=7, required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    q = forms.CharField(label=_("Institution"), max_length=60, required=False)
