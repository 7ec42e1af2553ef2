"""Django's handle on this room."""

from django.apps import AppConfig


class Zones(AppConfig):
    """Bundles between zones."""

    name = "dripline.portal.zones"
    label = "zones"

    def ready(self) -> None:
        """Knows what is carried."""
        from dripline.portal.zones import carried

        carried.register()
