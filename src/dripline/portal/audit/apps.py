"""Django's handle on this room."""

from django.apps import AppConfig


class Audit(AppConfig):
    """The trail."""

    name = "dripline.portal.audit"
    label = "audit"
