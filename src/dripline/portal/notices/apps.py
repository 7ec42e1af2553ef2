"""Django's handle on this room."""

from django.apps import AppConfig


class Notices(AppConfig):
    """News for organisations and people."""

    name = "dripline.portal.notices"
    label = "notices"

    def ready(self) -> None:
        """The sending of notices is work for the worker."""
        from dripline.portal.notices import jobs  # noqa: F401
