"""Django's handle on this room."""

from django.apps import AppConfig


class Submissions(AppConfig):
    """Deliveries of reporters and what becomes of them."""

    name = "dripline.portal.submissions"
    label = "submissions"

    def ready(self) -> None:
        """Names the functions that check and accept."""
        from dripline.portal.submissions import jobs  # noqa: F401
