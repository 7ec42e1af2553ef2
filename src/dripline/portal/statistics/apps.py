"""Django's handle on this room."""

from django.apps import AppConfig


class Statistics(AppConfig):
    """Figures of the catalogue."""

    name = "dripline.portal.statistics"
    label = "statistics"

    def ready(self) -> None:
        """A bridge is work for the worker; so is compiling what has grown old."""
        from dripline.portal.statistics import jobs  # noqa: F401
