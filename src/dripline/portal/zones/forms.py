"""The form by which a bundle is taken."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class TakeForm(forms.Form):
    """The file of a bundle."""

    bundle = forms.FileField(label=_("Bundle"), help_text=_("The file as it came on the medium"))
