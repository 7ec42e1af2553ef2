"""Channels to other zones, the bundles that went out and came in, and what has been carried."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

ZONE_WORDS = (
    ("inner", _("inner zone")),
    ("extra", _("extra zone")),
    ("public", _("public zone")),
)
KIND_WORDS = {
    "organisations": _("organisations"),
    "package": _("packages"),
    "list": _("lists"),
    "findings": _("findings"),
    "receipt": _("receipts"),
    "notice": _("notices"),
    "release": _("releases"),
}
"""What people call the kinds that are carried."""


def in_words(counts: dict[str, int]) -> list[tuple[object, int]]:
    """How many of each kind, by the words for them."""
    return [(KIND_WORDS.get(kind, kind), count) for kind, count in counts.items()]


class Channel(models.Model):
    """The way to one site of another zone: the same name and the two keys on both sides."""

    name = models.SlugField(max_length=40, unique=True)
    peer = models.CharField(max_length=10, choices=ZONE_WORDS)
    key = models.CharField(max_length=60)
    """The other site's public key, compared by its fingerprint before it was entered."""
    stands_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    """An account nobody can sign in with: in its name stands what people of the other zone did."""
    sent = models.PositiveIntegerField(default=0)
    made = models.DateTimeField()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Outgoing(models.Model):
    """A bundle that was written. Its file is kept until the other site has acknowledged it."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="outgoing")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    counts = models.JSONField(default=dict)
    made = models.DateTimeField()
    acknowledged = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("channel", "number"), name="one_bundle_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.number}"

    @property
    def held(self) -> list[tuple[object, int]]:
        """What it holds, in words."""
        return in_words(self.counts)

    @property
    def file_name(self) -> str:
        """What the file is called; the channel and the number are all it says."""
        return f"{self.channel.name}-{self.number:06d}.bundle"


class Incoming(models.Model):
    """A bundle that was taken, whole. ``left`` holds what of it had no place here, each with the reason."""

    channel = models.ForeignKey(Channel, models.PROTECT, related_name="incoming")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    acknowledged = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    left = models.JSONField(default=list)
    taken = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("channel", "number"), name="one_taken_a_number"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.number}"

    @property
    def held(self) -> list[tuple[object, int]]:
        """What it held, in words."""
        return in_words(self.counts)

    @property
    def lacked(self) -> list[tuple[object, str]]:
        """What of it had no place here, and why."""
        return [(KIND_WORDS.get(one["kind"], one["kind"]), one["why"]) for one in self.left]


class Carried(models.Model):
    """A thing that went out by a bundle, once: its kind and its key."""

    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="carried")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=160)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("channel", "kind", "key"), name="carried_once"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Arrived(models.Model):
    """A delivery that came by a bundle. ``why`` says why it was not taken up; empty: it lies among the deliveries."""

    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="arrived")
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.uid)


class Released(models.Model):
    """What the authority has released, as the last bundle says; the public site shows nothing else."""

    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="+")
    day = models.DateField()
    tables = models.JSONField(default=list)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.day} {len(self.tables)}"
