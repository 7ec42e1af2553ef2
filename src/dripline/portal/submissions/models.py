"""A delivery on its way into the store: its files, how its check went, what is said of its errors, who decided when.

The truth about what is accepted is the store's log; these records follow it by the key of the delivery.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dripline.periods import Period
from dripline.portal.accounts.models import Organisation

WHO = settings.AUTH_USER_MODEL


class Status(models.TextChoices):
    """Where a delivery stands."""

    DRAFT = "draft", _("draft")
    CHECKING = "checking", _("being checked")
    FAULTY = "faulty", _("to be mended")
    CLEAN = "clean", _("ready to send")
    SENT = "sent", _("sent")
    ACCEPTING = "accepting", _("being accepted")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


MOVES = {
    Status.DRAFT: {Status.CHECKING, Status.WITHDRAWN},
    Status.CHECKING: {Status.FAULTY, Status.CLEAN, Status.WITHDRAWN},
    Status.FAULTY: {Status.CLEAN, Status.CHECKING, Status.WITHDRAWN},
    Status.CLEAN: {Status.FAULTY, Status.CHECKING, Status.SENT, Status.WITHDRAWN},
    Status.SENT: {Status.ACCEPTING, Status.RETURNED, Status.WITHDRAWN},
    Status.ACCEPTING: {Status.ACCEPTED, Status.RETURNED},
    Status.ACCEPTED: set(),
    Status.RETURNED: set(),
    Status.WITHDRAWN: set(),
}
"""The whole workflow. What is mended after a return or an acceptance is a new delivery."""
OPEN = (Status.DRAFT, Status.CHECKING, Status.FAULTY, Status.CLEAN, Status.SENT, Status.ACCEPTING)
"""Of these a reporter has one at a time for a period."""


LIGHTS = {
    Status.DRAFT: "none",
    Status.CHECKING: "none",
    Status.FAULTY: "watch",
    Status.CLEAN: "ok",
    Status.SENT: "ok",
    Status.ACCEPTING: "ok",
    Status.ACCEPTED: "done",
    Status.RETURNED: "late",
    Status.WITHDRAWN: "none",
}


def who_and_when(who: str, when: str) -> models.CheckConstraint:
    """A person without a moment, or a moment without a person, is no deed."""
    both = Q(**{f"{who}__isnull": False, f"{when}__isnull": False})
    neither = Q(**{f"{who}__isnull": True, f"{when}__isnull": True})
    return models.CheckConstraint(condition=both | neither, name=f"{when}_by_somebody")


def person() -> models.ForeignKey:
    """Somebody who did something to a delivery."""
    return models.ForeignKey(WHO, models.PROTECT, null=True, related_name="+")


class Import(models.Model):
    """A folder of packages of many reporters that the branch brought in for them (代为导入)."""

    owner = "organisation"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    made_by = person()
    made_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    stored = models.CharField(max_length=64, blank=True)
    """The archive it came in, under its random name; empty for a folder of the machine itself."""
    explanations = models.JSONField(default=list)
    """Explanations that came along: rule, table, key or ``*``, reason."""
    done_at = models.DateTimeField(null=True)
    left = models.JSONField(default=list)
    """Files that could not be given to a reporter: name and reason."""
    trouble = models.TextField(blank=True)
    """Why nothing of it could be opened."""

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.name} {self.made_at:%Y-%m-%d}"


class Delivery(models.Model):
    """What a reporter hands over for a period: one attempt. Its address cannot be guessed or counted."""

    owner = "organisation"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    reporter = models.CharField(max_length=32)
    period = models.CharField(max_length=7)
    attempt = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    brought = models.ForeignKey(Import, models.PROTECT, null=True, related_name="deliveries")
    made_by, made_at = person(), models.DateTimeField()
    sent_by, sent_at = person(), models.DateTimeField(null=True)
    reviewed_by, reviewed_at = person(), models.DateTimeField(null=True)
    ended_by, ended_at = person(), models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    """Why it was returned or withdrawn."""
    round = models.PositiveIntegerField(default=0)
    """How often it was queued; a job of an earlier round has nothing to do."""
    entry = models.BigIntegerField(null=True)
    """The store's entry that holds it."""
    accepted_on = models.DateField(null=True)

    class Meta:
        ordering = ("-period", "organisation", "-attempt")
        indexes = (models.Index(fields=("period", "status"), name="deliveries_of_a_period"),)
        constraints = (
            models.UniqueConstraint(fields=("reporter", "period", "attempt"), name="one_attempt"),
            models.UniqueConstraint(
                fields=("reporter", "period"), condition=Q(status__in=OPEN), name="one_is_open"
            ),
            who_and_when("sent_by", "sent_at"),
            who_and_when("reviewed_by", "reviewed_at"),
            who_and_when("ended_by", "ended_at"),
            models.CheckConstraint(
                condition=Q(reviewed_by=None)
                | (~Q(reviewed_by=F("sent_by")) & ~Q(reviewed_by=F("made_by"))),
                name="reviewed_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted")
                | Q(entry__isnull=False, reviewed_by__isnull=False, sent_by__isnull=False),
                name="accepted_is_in_the_store",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reporter} {self.period} {self.attempt}"

    @property
    def month(self) -> Period:
        """The period as the core knows it."""
        return Period.parse(self.period)

    @property
    def key(self) -> str:
        """Its name in the store, which takes a key once."""
        return f"site:{self.uid}"

    @property
    def light(self) -> str:
        """The shape that tells how it stands."""
        return LIGHTS[Status(self.status)]

    @property
    def is_open(self) -> bool:
        """Whether anything may still happen to it."""
        return self.status in OPEN


class File(models.Model):
    """A file of a delivery. It lies under a random name; how much has come is its size on disk."""

    owner = "delivery__organisation"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=64)
    complete = models.BooleanField(default=False)
    table = models.CharField(max_length=20, blank=True)
    """The table its name names; empty where it names none."""
    made_by, made_at = person(), models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("delivery", "name"), name="a_name_once"),
            models.CheckConstraint(
                condition=Q(complete=False) | ~Q(sha256=""), name="complete_has_a_hash"
            ),
        )

    def __str__(self) -> str:
        return f"{self.delivery} {self.pk}"


class Checked(models.Model):
    """How the last check of a delivery went. Its findings lie in a file of the home."""

    owner = "delivery__organisation"

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="checked")
    at = models.DateTimeField()
    seconds = models.FloatField()
    bytes = models.BigIntegerField()
    rows = models.BigIntegerField(default=0)
    findings = models.BigIntegerField(default=0)
    folder = models.CharField(max_length=64, blank=True)
    lawbook = models.CharField(max_length=64)
    snapshot = models.BigIntegerField(default=0)
    """The last entry of the store that the rules saw."""
    trouble = models.TextField(blank=True)
    """Why nothing could be read at all."""

    def __str__(self) -> str:
        return f"check of {self.delivery}"


class Line(models.Model):
    """How one rule went over one table of a delivery."""

    owner = "checked__delivery__organisation"

    checked = models.ForeignKey(Checked, models.CASCADE, related_name="lines")
    rule = models.CharField(max_length=40)
    table = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=10)
    applied = models.BigIntegerField(default=0)
    broken = models.BigIntegerField(default=0)
    explained = models.BigIntegerField(default=0)
    unknown = models.BigIntegerField(default=0)
    waits_for = models.CharField(max_length=20, blank=True)
    first = models.BigIntegerField(default=0)
    """Where its findings begin in the file of findings."""

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.rule} {self.table}"

    @property
    def in_the_way(self) -> int:
        """Broken places that hinder sending: rejects, and errors nobody explained."""
        return {"reject": self.broken, "error": self.broken - self.explained}.get(self.severity, 0)


class Piece(models.Model):
    """A table of a delivery as it was read: its rows, and the sums of its amounts in fen."""

    owner = "checked__delivery__organisation"

    checked = models.ForeignKey(Checked, models.CASCADE, related_name="pieces")
    table = models.CharField(max_length=20)
    reporter = models.CharField(max_length=32)
    rows = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sums = models.JSONField(default=dict)

    class Meta:
        ordering = ("table", "reporter")

    def __str__(self) -> str:
        return f"{self.table} {self.rows}"


class Explanation(models.Model):
    """Why a reporter stands by rows that break a rule (强制提交说明): one row by its key, or ``*`` for all."""

    owner = "delivery__organisation"

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="explanations")
    rule = models.CharField(max_length=40)
    table = models.CharField(max_length=20)
    key = models.CharField(max_length=400, default="*")
    reason = models.TextField()
    made_by, made_at = person(), models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("delivery", "rule", "table", "key"), name="one_explanation_a_row"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_explanation_says_why"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.table}"
