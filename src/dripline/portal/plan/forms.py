"""What people write on a measure, as forms."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dripline.plans.facts import Status
from dripline.plans.plan import Measure
from dripline.portal.language import said
from dripline.portal.plan.models import Account, Document
from dripline.portal.plan.rules import BY_HAND


class AccountForm(forms.ModelForm):
    """进展、问题、下一步."""

    class Meta:
        model = Account
        fields = ("progress", "problems", "next_steps")
        widgets: ClassVar = {name: forms.Textarea(attrs={"rows": 3}) for name in fields}

    def clean(self) -> dict[str, str]:
        """An account says something."""
        found = super().clean()
        if not any(value.strip() for value in found.values()):
            raise forms.ValidationError(_("Write at least one of the three."))
        return found


class DocumentForm(forms.ModelForm):
    """A document with its scan."""

    def __init__(self, *args: object, measure: Measure, today: date, **more: object) -> None:
        super().__init__(*args, **more)
        kinds = [(kind.code, said(kind.label)) for kind in measure.evidence.documents]
        self.fields["kind"] = forms.ChoiceField(label=_("kind"), choices=kinds)
        self.fields["scan"].label = _("scan (PDF, PNG or JPEG)")
        self.fields["day"].widget = forms.DateInput(attrs={"type": "date"})
        self.today = today

    class Meta:
        model = Document
        fields = ("kind", "title", "number", "day", "scan")

    def clean_day(self) -> date:
        """A document is not dated after today."""
        day: date = self.cleaned_data["day"]
        if day > self.today:
            raise forms.ValidationError(_("The document cannot be dated after today."))
        return day


class ByHandForm(forms.Form):
    """A status set by hand needs its reason."""

    status = forms.ChoiceField(label=_("status"))
    reason = forms.CharField(
        label=_("reason"), max_length=1000, min_length=10, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)
        self.fields["status"].choices = [(name, said(Status[name].value)) for name in BY_HAND]
