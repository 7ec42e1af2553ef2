"""Django's handle on this room."""

from importlib import import_module

from django.apps import AppConfig


class Accounts(AppConfig):
    """Organisations, people, posts."""

    name = "dripline.portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """What happens at the door is noted, and what needs two persons is known, from the start."""
        import_module("dripline.portal.accounts.trail")
        import_module("dripline.portal.accounts.actions")
