"""How much may be asked in a minute: counted in the database, so that all processes of the server count together."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F

from dripline.portal.api.models import Window

SECONDS = 60


def wait(key: str, most: int, now: float) -> int | None:
    """Counts one request; seconds to wait if it is one too many in its minute, else None."""
    begins = int(now) // SECONDS * SECONDS
    if _counted(key, begins) <= most:
        return None
    return max(1, begins + SECONDS - int(now))


def _counted(key: str, begins: int) -> int:
    window = Window.objects.filter(key=key, begins=begins)
    with transaction.atomic():
        if not window.update(count=F("count") + 1):
            try:
                with transaction.atomic():
                    Window.objects.create(key=key, begins=begins)
                Window.objects.filter(begins__lt=begins).delete()
            except IntegrityError:  # another process began the window at the same moment
                window.update(count=F("count") + 1)
        return window.values_list("count", flat=True).get()
