"""Django's handle on this room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Api(AppConfig):
    """The interface for programs."""

    name = "dripline.portal.api"
    label = "api"

    def ready(self) -> None:
        """The trail says in words what this room does."""
        from dripline.portal.audit.words import VERBS

        VERBS["token.made"] = _("made a token for a program")
        VERBS["token.revoked"] = _("revoked a token")
