"""What people fill in: invitations, posts, identities, organisations, passwords."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.models import (
    BUSINESS,
    Door,
    Function,
    Identity,
    Organisation,
    User,
)
from dripline.portal.accounts.viewers import Viewer

USERNAME = RegexValidator(
    r"^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$",
    _("Three letters or digits at least; dots, lines and hyphens may stand between them."),
)
CODE = RegexValidator(r"^[A-Z0-9][A-Z0-9-]{1,31}$", _("Capital letters, digits and hyphens."))


class Day(forms.DateInput):
    """A day, picked or typed as 2026-07-10."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def reached(viewer: Viewer, today: date) -> Any:
    """Organisations in force that a security administrator looks after."""
    places = Organisation.objects.on(today)
    return places if viewer.of_province else places.filter(pk__in=viewer.within)


class InviteForm(forms.Form):
    """A new person."""

    username = forms.CharField(label=_("User name"), max_length=64, validators=[USERNAME])
    display_name = forms.CharField(label=_("Name"), max_length=100)
    home = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Organisation"),
        help_text=_("Its security administrator looks after the account."),
    )

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["home"].queryset = reached(viewer, today)


class PostForm(forms.Form):
    """A post for a person."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    function = forms.ChoiceField(label=_("Function"))
    first = forms.DateField(label=_("First day"), widget=Day)
    last = forms.DateField(
        label=_("Last day"), widget=Day, required=False, help_text=_("Empty: until it is ended")
    )

    def __init__(self, *args: Any, viewer: Viewer, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = reached(viewer, today)
        functions = Function if viewer.of_province else (*BUSINESS, Function.SECURITY)
        self.fields["function"].choices = [(one.value, one.label) for one in functions]
        self.fields["first"].initial = today


class IdentityForm(forms.Form):
    """A certificate or account that stands for a person."""

    door = forms.ChoiceField(label=_("Kind"), choices=Door)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=Identity._meta.get_field("subject").max_length,
        help_text=_(
            "Of a certificate as the proxy writes it; of single sign-on the account's number"
        ),
    )
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)


class OrganisationForm(forms.ModelForm):
    """A place in the tree; its role follows from its kind."""

    code = forms.CharField(label=_("Code"), max_length=32, validators=[CODE])

    class Meta:
        model = Organisation
        fields = (
            "code",
            "name",
            "name_en",
            "kind",
            "parent",
            "city",
            "reporter",
            "from_day",
            "to_day",
        )
        labels = {  # noqa: RUF012 - Django's own form of a form
            "name": _("Name"),
            "name_en": _("English name"),
            "kind": _("Kind"),
            "parent": _("Organisation above"),
            "city": _("City"),
            "reporter": _("Reporter code"),
            "from_day": _("First day"),
            "to_day": _("Last day"),
        }
        widgets = {"from_day": Day, "to_day": Day}  # noqa: RUF012

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            # What others know it by stays; a place of another kind is another place.
            for name in ("code", "kind"):
                self.fields[name].disabled = True

    def _post_clean(self) -> None:
        """The action fills the organisation in, so that it can say what was changed."""


class SearchForm(forms.Form):
    """Finding people."""

    q = forms.CharField(label=_("Name, user name or organisation"), required=False, max_length=100)


class ReasonForm(forms.Form):
    """Why a proposal is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


class NewPasswordForm(forms.Form):
    """The first password of a person, typed twice."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """The password, if the rules for passwords allow it."""
        validate_password(self.cleaned_data["password"], self.user)
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        """Both are the same."""
        found = super().clean() or {}
        if "password" in found and found["password"] != found.get("again"):
            self.add_error("again", _("The two passwords are not the same."))
        return found
