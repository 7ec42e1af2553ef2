"""Django's handle on this room."""

from django.apps import AppConfig


class CatalogueApp(AppConfig):
    """Definitions, rules, tables and the lawbook."""

    name = "dripline.portal.catalogue"
    label = "catalogue"
