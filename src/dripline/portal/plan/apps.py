"""Django's handle on this room."""

from django.apps import AppConfig


class Plan(AppConfig):
    """Measures, their status and evidence."""

    name = "dripline.portal.plan"
    label = "plan"
