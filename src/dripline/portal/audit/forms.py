"""What of the trail to show."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.forms import Day
from dripline.portal.accounts.models import Organisation
from dripline.portal.audit.words import in_words


class TrailForm(forms.Form):
    """Which events: of a verb, between days, of an organisation, about something."""

    verb = forms.ChoiceField(label=_("Deed"), required=False)
    first = forms.DateField(label=_("First day"), widget=Day, required=False)
    last = forms.DateField(label=_("Last day"), widget=Day, required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.order_by("code"), label=_("Organisation"), required=False
    )
    subject = forms.CharField(label=_("Key of the record"), required=False, max_length=64)

    def __init__(self, *args: Any, verbs: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", _("all")), *((one, in_words(one)) for one in verbs)]

    def conditions(self) -> dict[str, Any]:
        """What was asked, as the trail keeps it."""
        asked = dict(self.cleaned_data)
        place = asked.pop("organisation", None)
        return {**asked, "organisation": None if place is None else place.pk}
