"""Django's handle on this room."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Organisations, people, posts."""

    name = "dripline.portal.accounts"
    label = "accounts"
