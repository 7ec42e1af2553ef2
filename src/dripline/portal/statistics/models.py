"""Views that people keep."""

from __future__ import annotations

from django.db import models

from dripline.portal.accounts.models import Organisation, User


class SavedView(models.Model):
    """A question that a person kept under a name; ``shared``: the organisation's other people find it too."""

    owner = "organisation"

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    user = models.ForeignKey(User, models.CASCADE)
    name = models.CharField(max_length=80)
    question = models.CharField(max_length=300)
    shared = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (models.UniqueConstraint(fields=("user", "name"), name="one_view_a_name"),)

    def __str__(self) -> str:
        return self.name
