"""Django's handle on this room."""

from django.apps import AppConfig


class Jobs(AppConfig):
    """Queued work."""

    name = "dripline.portal.jobs"
    label = "jobs"
