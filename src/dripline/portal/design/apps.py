"""Django's handle on this room."""

from django.apps import AppConfig


class Design(AppConfig):
    """The look of every page."""

    name = "dripline.portal.design"
    label = "design"
