"""Events and their seals. Both are only ever added."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """One deed in plain text: no row's name, number or amount stands in it, only keys of the site's own records."""

    at = models.DateTimeField()
    user = models.BigIntegerField(null=True)
    name = models.CharField(max_length=100, blank=True)
    organisation = models.BigIntegerField(null=True, db_index=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject = models.CharField(max_length=64, blank=True)
    says = models.TextField(blank=True)
    purpose = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject}"


class Seal(models.Model):
    """An event's place in the chain: SM3 over the seal before and the event, so that none can be changed or lost unseen."""

    number = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT, related_name="seal")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
