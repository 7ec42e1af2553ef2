"""A notice for the people of an organisation who do a function; what each has read; where else it may go."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.models import Organisation, User


class Notice(models.Model):
    """One piece of news, in both languages; ``key`` names its cause, so that the same cause is told once."""

    owner = "organisation"

    organisation = models.ForeignKey(Organisation, models.PROTECT)
    functions = models.JSONField(default=list, help_text=_("Functions it concerns; empty: all"))
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.kind


class Read(models.Model):
    """A person has seen a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="reads")
    user = models.ForeignKey(User, models.CASCADE)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("notice", "user"), name="read_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class Way(models.Model):
    """How an organisation wants to hear of news outside the site: one letter a day, or a call of its own program."""

    owner = "organisation"

    class Kind(models.TextChoices):
        """By what it is sent."""

        MAIL = "mail", _("e-mail, once a day")
        WEBHOOK = "webhook", _("a call of your own program")

    organisation = models.ForeignKey(Organisation, models.CASCADE)
    kind = models.CharField(max_length=10, choices=Kind)
    address = models.CharField(max_length=300)
    secret = models.CharField(max_length=64, blank=True)
    sent_until = models.BigIntegerField(default=0, help_text=_("The last notice that was sent"))
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "kind", "address"), name="one_way_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
