"""What people add to a measure: accounts of their unit, registered documents, confirmations, a status set by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dripline.portal.accounts.models import Organisation, User


class Added(models.Model):
    """Something a person added to a measure; added rows stay, what is newer stands."""

    owner = None

    plan = models.CharField(max_length=20)
    measure = models.CharField(max_length=8)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ("-id",)


class Account(Added):
    """进展、问题、下一步: what a unit writes beside the figures. A new account stands beside the old ones."""

    progress = models.TextField(_("progress"), max_length=2000, blank=True)
    problems = models.TextField(_("problems"), max_length=2000, blank=True)
    next_steps = models.TextField(_("next steps"), max_length=2000, blank=True)

    def __str__(self) -> str:
        return f"{self.measure} {self.organisation}"


class Document(Added):
    """A registered document (FN 14): title, number, day and scan; it counts when enough persons have confirmed it."""

    kind = models.CharField(max_length=40)
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=100, blank=True)
    day = models.DateField(_("day of the document"))
    scan = models.FileField(upload_to="documents")
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.title


class Confirmation(models.Model):
    """A person compared the scan with the document; never the one who registered it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="confirmations")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("document", "user"), name="confirmed_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class ByHand(Added):
    """A status set by a person, with the reason; ``ended``: it was taken back."""

    status = models.CharField(max_length=12)
    reason = models.TextField(max_length=1000)
    post = models.CharField(max_length=200)
    day = models.DateField()
    ended = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.measure} {self.status}"
