"""Organisations, people and posts (FN 12): who may act for whom, in which function, from which day to which."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What an organisation is to the plan; people have the role of the organisation they act for."""

    AUTHORITY = "authority", _("central bank")
    DEPARTMENT = "department", _("department")
    INSTITUTION = "institution", _("financial institution")
    ENTERPRISE = "enterprise", _("enterprise")


class Kind(models.TextChoices):
    """What an organisation is in the tree of its own kind."""

    PROVINCE_BRANCH = "province_branch", _("province branch")
    DIVISION = "division", _("division")
    CITY_BRANCH = "city_branch", _("city branch")
    BANK = "bank", _("bank")
    BANK_BRANCH = "bank_branch", _("branch of a bank")
    DEPARTMENT = "department", _("department")
    CITY_GOVERNMENT = "city_government", _("city government")
    COMMITTEE = "committee", _("management committee")
    ENTERPRISE = "enterprise", _("enterprise")


class Function(models.TextChoices):
    """What a person does in an organisation. The three administrators are separate people (FN 12)."""

    READ = "read", _("reading")
    ENTRY = "entry", _("entry")
    REVIEW = "review", _("review")
    APPROVE = "approve", _("approval")
    SYSTEM = "system", _("system administration")
    SECURITY = "security", _("security administration")
    AUDIT = "audit", _("audit administration")


ADMINISTRATION = frozenset({Function.SYSTEM, Function.SECURITY, Function.AUDIT})
BUSINESS = tuple(one for one in Function if one not in ADMINISTRATION)
ANY_FUNCTION = tuple(Function.values)
"""What a page names that is open to every post, that of an administrator too."""
ROLE_OF = {
    Kind.PROVINCE_BRANCH: Role.AUTHORITY,
    Kind.DIVISION: Role.AUTHORITY,
    Kind.CITY_BRANCH: Role.AUTHORITY,
    Kind.BANK: Role.INSTITUTION,
    Kind.BANK_BRANCH: Role.INSTITUTION,
    Kind.DEPARTMENT: Role.DEPARTMENT,
    Kind.CITY_GOVERNMENT: Role.DEPARTMENT,
    Kind.COMMITTEE: Role.DEPARTMENT,
    Kind.ENTERPRISE: Role.ENTERPRISE,
}
"""What an organisation of each kind is to the plan."""


class InForce(models.QuerySet):
    """Rows with a first day and perhaps a last one."""

    def on(self, day: date) -> InForce:
        """Those in force on a day."""
        return self.filter(Q(to_day=None) | Q(to_day__gte=day), from_day__lte=day)


def ends_after_it_begins(name: str) -> models.CheckConstraint:
    """The last day does not lie before the first."""
    return models.CheckConstraint(
        condition=Q(to_day=None) | Q(to_day__gte=F("from_day")), name=name
    )


class Organisation(models.Model):
    """A branch, bank, department, government or enterprise; a place in the dated tree of its own kind."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind)
    role = models.CharField(max_length=20, choices=Role)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    city = models.CharField(
        max_length=6,
        blank=True,
        help_text=_("Code of the city (GB/T 2260); empty for the whole province"),
    )
    reporter = models.CharField(
        max_length=32,
        blank=True,
        help_text=_("Code under which its files are reported; empty if it reports none"),
    )
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    objects = InForce.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (ends_after_it_begins("organisation_ends_after_it_begins"),)

    def __str__(self) -> str:
        return self.name

    def named(self, language: str) -> str:
        """The name in a language; an official Chinese name stays where there is no English one."""
        return self.name_en if language.startswith("en") and self.name_en else self.name


class User(AbstractUser):
    """A person who signs in; what the person may do comes from posts alone."""

    display_name = models.CharField(max_length=100)
    home = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="people",
        help_text=_("The organisation that looks after the account"),
    )
    email = models.EmailField(blank=True)
    must_change_password = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.display_name or self.username


class Post(models.Model):
    """A person acts for an organisation in one function, from a day to a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    function = models.CharField(max_length=20, choices=Function)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    objects = InForce.as_manager()

    class Meta:
        ordering = ("user", "organisation", "function")
        constraints = (
            ends_after_it_begins("post_ends_after_it_begins"),
            models.UniqueConstraint(
                fields=("user", "organisation", "function", "from_day"), name="one_post_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_function_display()}"


class Look(models.Model):
    """A look of the central bank at rows that institutions reported; each institution may see those at its own (FN 13)."""

    event = models.OneToOneField("audit.Event", models.PROTECT, related_name="look")
    at = models.DateTimeField()
    by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)
    purpose = models.CharField(max_length=20)
    of = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("Whose rows; empty if of several institutions at once"),
    )
    city = models.CharField(max_length=6, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.what} {self.purpose}"


class Invitation(models.Model):
    """Lets a person set a password of their own, once and for some days. Only the digest of its token is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=Q(used=None, withdrawn=None),
                name="one_open_invitation_of_a_person",
            ),
            models.CheckConstraint(
                condition=Q(expires__gt=F("made")), name="invitation_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(used=None) | Q(withdrawn=None), name="used_or_withdrawn"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.made:%Y-%m-%d}"


class Door(models.TextChoices):
    """By what a person proves who they are, beside a password."""

    CERTIFICATE = "certificate", _("certificate")
    OIDC = "oidc", _("single sign-on")


class Identity(models.Model):
    """A certificate (subject and serial number) or an account at the sign-on service that stands for a person here."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    door = models.CharField(max_length=12, choices=Door)
    subject = models.CharField(max_length=300)
    serial = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("door", "subject", "serial")
        constraints = (
            models.UniqueConstraint(
                fields=("door", "subject", "serial"), name="an_identity_is_one_person"
            ),
            models.CheckConstraint(
                condition=~Q(door="certificate") | ~Q(serial=""),
                name="a_certificate_has_a_serial_number",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_door_display()} · {self.subject}"


class Decision(models.TextChoices):
    """Where a proposal stands."""

    OPEN = "open", _("waiting")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


DECIDES = {Decision.OPEN: {Decision.APPROVED, Decision.REFUSED, Decision.WITHDRAWN}}


class Proposal(models.Model):
    """A deed that one person proposes and another approves; it is done when it is approved."""

    owner = "organisation"

    kind = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=64, blank=True)
    arguments = models.JSONField(default=dict)
    says = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("status", "kind"), name="proposals_to_decide"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="approved") | ~Q(decided_by=F("proposed_by")),
                name="another_person_approves",
            ),
            models.CheckConstraint(
                condition=Q(status="open", decided=None, decided_by=None)
                | (~Q(status="open") & Q(decided__isnull=False, decided_by__isnull=False)),
                name="decided_by_somebody_some_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
