"""A job: what is to be done for whom, how far it is, and until when its worker holds it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.models import Organisation


class Status(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("queued")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


MOVES = {
    Status.QUEUED: {Status.RUNNING},
    Status.RUNNING: {Status.DONE, Status.FAILED, Status.QUEUED},
    Status.FAILED: {Status.QUEUED},
    Status.DONE: set(),
}
"""A running job whose lease has passed is queued again, so a job may run twice and must have one effect."""


class Job(models.Model):
    """One piece of work. ``key`` is that of its effect: the same key is queued once."""

    owner = "organisation"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    step = models.CharField(max_length=40, blank=True)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    created = models.DateTimeField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    lease = models.DateTimeField(null=True)
    holder = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=("status", "id"), name="jobs_to_do"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="running") | (Q(lease__isnull=False) & ~Q(holder="")),
                name="a_running_job_is_held",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def share(self) -> int:
        """How much of the present step is done, in percent."""
        return 0 if not self.total else min(100, 100 * self.done // self.total)
