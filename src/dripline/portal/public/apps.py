"""Django's handle on this room."""

from django.apps import AppConfig


class Public(AppConfig):
    """The door of the site."""

    name = "dripline.portal.public"
    label = "public"
