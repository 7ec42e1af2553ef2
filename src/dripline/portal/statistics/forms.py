"""How a figure over months is to be read, as a form."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from dripline.indicators.readings import MANNERS
from dripline.periods import Period
from dripline.portal.design import marks
from dripline.portal.language import said, spoken
from dripline.portal.statistics.queries import SERIES


class ReadingForm(forms.Form):
    """The reading, the months, and what the reading depends on."""

    manner = forms.ChoiceField(label=_("Reading"))
    first = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("To"))
    known = forms.DateField(
        label=_("As known on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Left out: what is known today."),
    )
    definition = forms.DateField(
        label=_("Definition of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Restated only; left out: that of the last month."),
    )
    lists = forms.ChoiceField(
        label=_("Lists of"),
        required=False,
        help_text=_("Restated only; left out: each month's own."),
    )

    def __init__(
        self, *args: object, months: Sequence[Period], today: date, **more: object
    ) -> None:
        super().__init__(*args, **more)
        self.today = today
        words = [(str(month), marks.period(month, spoken())) for month in months]
        self.fields["manner"].choices = [(code, said(text)) for code, text in MANNERS.items()]
        self.fields["first"].choices = self.fields["last"].choices = words
        self.fields["lists"].choices = [("", "—"), *words]

    def clean_known(self) -> date | None:
        """A day that has not ended yet knows nothing that today does not."""
        found = self.cleaned_data["known"]
        if found is not None and found > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        return found

    def clean(self) -> dict[str, object]:
        """Months in their order, not more than a line can show; a definition and lists only where all is restated."""
        found = super().clean()
        first, last = found.get("first"), found.get("last")
        if first and last:
            if not Period.parse(first) <= Period.parse(last):
                self.add_error("first", _("The first month is later than the last."))
            elif Period.parse(first).shift(SERIES - 1) < Period.parse(last):
                self.add_error("first", _("At most sixty months at once."))
        if found.get("manner") != "restated" and (found.get("definition") or found.get("lists")):
            self.add_error(
                "manner", _("A definition or lists of one day are for the restated reading.")
            )
        return found

    def told(self) -> dict[str, str]:
        """The answers as text."""
        return {name: str(self.cleaned_data[name] or "") for name in self.fields}
