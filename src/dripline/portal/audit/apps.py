"""Django's handle on this room."""

from importlib import import_module

from django.apps import AppConfig


class Audit(AppConfig):
    """The trail."""

    name = "dripline.portal.audit"
    label = "audit"

    def ready(self) -> None:
        """The worker knows how to verify the chain."""
        import_module("dripline.portal.audit.jobs")
