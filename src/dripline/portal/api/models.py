"""Tokens of institutions; what each has asked in this minute; and answers that a second asking is given again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.models import Function, InForce, Organisation, ends_after_it_begins

WHO = settings.AUTH_USER_MODEL
FUNCTIONS = {
    Function.READ: _("read: figures, calendar, deliveries and their findings"),
    Function.ENTRY: _("hand over: upload, check, explain, withdraw what was not sent"),
    Function.APPROVE: _("send: checked deliveries go to the branch, on your responsibility"),
}
"""What a token may be allowed, in words. None administers, and none reviews."""


class Token(models.Model):
    """What a program of an institution shows instead of a password. Only the digest of it is kept."""

    owner = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    mark = models.CharField(max_length=12, unique=True)
    """Its first signs, by which people know it again; they open nothing."""
    digest = models.CharField(max_length=64, unique=True)
    functions = models.JSONField(default=list)
    from_day = models.DateField()
    to_day = models.DateField()
    made_by = models.ForeignKey(WHO, models.PROTECT, related_name="+")
    made = models.DateTimeField()
    revoked_by = models.ForeignKey(WHO, models.PROTECT, null=True, related_name="+")
    revoked = models.DateTimeField(null=True)
    last_used = models.DateField(null=True)
    objects = InForce.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = (
            ends_after_it_begins("token_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(revoked=None, revoked_by=None)
                | Q(revoked__isnull=False, revoked_by__isnull=False),
                name="revoked_by_somebody_some_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.mark}"


class Window(models.Model):
    """How much a token or an address asked in the minute that began at ``begins`` (seconds of the epoch)."""

    key = models.CharField(max_length=80)
    begins = models.BigIntegerField(db_index=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("key", "begins"), name="one_count_a_window"),
        )

    def __str__(self) -> str:
        return f"{self.begins} {self.count}"


class Answer(models.Model):
    """What a token was answered under an idempotency key, and the digest of what it had asked."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("token", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return f"{self.token_id} {self.status}"
