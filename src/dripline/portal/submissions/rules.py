"""Why not: each answers with a sentence, or None where it may be done. Actions raise it, buttons show it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dripline.definitions import Rule
from dripline.intake.receiving import AUTHORITY
from dripline.periods import Period
from dripline.portal.accounts.models import Function, Kind, Organisation, Role
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.jobs.models import Job
from dripline.portal.jobs.models import Status as JobStatus
from dripline.portal.submissions.models import Delivery, Status
from dripline.portal.submissions.own_rules import rule as rule_called
from dripline.portal.zones.models import Carried
from dripline.tables import Table

LISTS = ("QUALIFICATION", "EDITION", "ENTERPRISE")
WORKED_ON = (Status.DRAFT, Status.FAULTY, Status.CLEAN)
"""A delivery in the hands of its reporter that nobody checks or reviews at this moment."""


def on_behalf(viewer: Viewer) -> bool:
    """Whether the viewer works for the branch that brings in packages for reporters (代为导入)."""
    return viewer.whole_province and viewer.role == Role.AUTHORITY


def own(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer acts for the one that hands over, or for one above it; the branch for its own lists."""
    acts = viewer.role in (Role.INSTITUTION, Role.DEPARTMENT) or on_behalf(viewer)
    return acts and organisation.pk in viewer.within


def reports_as(organisation: Organisation) -> str:
    """The code under which an organisation hands over; the province branch keeps the registers."""
    if organisation.kind == Kind.PROVINCE_BRANCH:
        return AUTHORITY
    if organisation.role == Role.DEPARTMENT:
        return organisation.code.replace("_", "-")  # as names of files have it
    return organisation.reporter


def file_name(organisation: Organisation, table: type[Table], period: Period) -> str:
    """What an organisation calls its sheet of a table for a month."""
    return f"{reports_as(organisation)}_{table.code}_{period.last_day:%Y%m%d}.xlsx"


def of_departments(table: type[Table]) -> bool:
    """Whether departments hand in a table: their forms, which name their givers, and the lists with what they rest on."""
    return not table.per_reporter and (table.giver is not None or table.code in LISTS)


def _why_not_hands(viewer: Viewer, organisation: Organisation, brought: bool) -> str | None:
    """Why a viewer may not put hand to a delivery of an organisation."""
    if not own(viewer, organisation) and not (on_behalf(viewer) and brought):
        return _("A delivery is worked on by its institution, or by the branch that brought it in.")
    if not viewer.may(Function.ENTRY):
        return _("This needs the function of entry, which your post does not have.")
    return None


def why_not_begin(
    viewer: Viewer, organisation: Organisation, newest: Delivery | None, *, brought: bool
) -> str | None:
    """Why no new delivery may be begun for a period."""
    if reason := _why_not_hands(viewer, organisation, brought):
        return reason
    if brought and newest is not None and newest.is_open and newest.brought_id is None:
        return _("The institution itself has a delivery of this period under way.")
    if not reports_as(organisation):
        return _("This organisation reports under no code of its own; its head office hands over.")
    if newest is None or newest.status in (*WORKED_ON, Status.ACCEPTED, Status.RETURNED):
        return None
    if newest.status == Status.WITHDRAWN:
        return None
    return _("A delivery of this period is being checked or reviewed. Withdraw it first, or wait.")


def why_not_upload(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why no file may be added to a delivery, or taken out of it."""
    if reason := _why_not_hands(viewer, delivery.organisation, delivery.brought_id is not None):
        return reason
    if delivery.status != Status.DRAFT:
        return _("This attempt has been checked. Mended files go into a new attempt.")
    return None


def why_not_check(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why a delivery may not be checked now."""
    if reason := _why_not_hands(viewer, delivery.organisation, delivery.brought_id is not None):
        return reason
    files = list(delivery.files.all())
    if not files:
        return _("There is no file in it yet.")
    if waiting := [one.name for one in files if not one.complete]:
        return _("These files have not come whole: %(names)s.") % {"names": ", ".join(waiting)}
    if delivery.status in WORKED_ON or stuck(delivery):
        return None
    return _("It is being checked, or has left your hands.")


def stuck(delivery: Delivery) -> bool:
    """Whether its check has failed for a reason inside the program."""
    if delivery.status != Status.CHECKING:
        return False
    return Job.objects.filter(key=check_key(delivery), status=JobStatus.FAILED).exists()


def check_key(delivery: Delivery) -> str:
    """The key of the job that checks this round of a delivery."""
    return f"submissions.check {delivery.uid} {delivery.round}"


def accept_key(delivery: Delivery) -> str:
    """The key of the job that accepts a delivery."""
    return f"submissions.accept {delivery.uid}"


def why_not_explain(viewer: Viewer, delivery: Delivery, code: str) -> str | None:
    """Why nothing may be explained under a rule."""
    if reason := _why_not_hands(viewer, delivery.organisation, delivery.brought_id is not None):
        return reason
    if delivery.status not in (Status.FAULTY, Status.CLEAN):
        return _("Explanations belong to a checked delivery that has not been sent.")
    rule: Rule | None = rule_called(code)
    if rule is None:
        return _("There is no such rule.")
    if rule.severity == "reject":
        return _("A fault of the format cannot be explained: mend the file and send it again.")
    return None


def why_not_send(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why a delivery may not be sent to the branch."""
    brought = on_behalf(viewer) and delivery.brought_id is not None and viewer.may(Function.ENTRY)
    if not brought and not own(viewer, delivery.organisation):
        return _("A delivery is sent by its institution, or by the branch that brought it in.")
    if not brought and not viewer.may(Function.APPROVE):
        return _("Sending needs the function of approval, which your post does not have.")
    if delivery.status == Status.FAULTY:
        return _("There are rejects, or errors that nobody has explained. Mend or explain them.")
    if delivery.status != Status.CLEAN:
        return _("Only a delivery that was checked and is ready can be sent.")
    return None


def why_not_withdraw(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why a delivery may not be withdrawn."""
    if delivery.status in (Status.ACCEPTED, Status.RETURNED, Status.WITHDRAWN):
        return _("It has ended already. To change what was accepted, hand over a new attempt.")
    if delivery.status == Status.ACCEPTING:
        return _("It is going into the store at this moment.")
    if delivery.status == Status.SENT:
        if Carried.objects.filter(kind__in=("package", "list"), key=str(delivery.uid)).exists():
            return _("It has been carried to the branch; its answer ends it here.")
        brought = on_behalf(viewer) and delivery.brought_id is not None
        ours = own(viewer, delivery.organisation) and viewer.may(Function.APPROVE)
        if ours or (brought and viewer.may(Function.ENTRY)):
            return None
        return _("What was sent is withdrawn by those who may send.")
    return _why_not_hands(viewer, delivery.organisation, delivery.brought_id is not None)


def why_not_review(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why a delivery may be neither accepted nor returned by this viewer."""
    if not on_behalf(viewer) or not viewer.may(Function.REVIEW):
        return _("Only reviewers of the province branch accept or return a delivery.")
    if viewer.user is None:
        return _("A person reviews, not a program.")
    if viewer.user in (delivery.sent_by_id, delivery.made_by_id):
        return _("You brought in or sent this delivery yourself; a colleague must review it.")
    if delivery.status != Status.SENT:
        return _("Only a delivery that was sent can be reviewed.")
    return None


def why_not_accept(viewer: Viewer, delivery: Delivery) -> str | None:
    """Why a delivery may not be accepted: as for any review."""
    return why_not_review(viewer, delivery)


def why_not_return(viewer: Viewer, delivery: Delivery, reason: str) -> str | None:
    """Why a delivery may not be returned: as for any review, and a return says why."""
    if why := why_not_review(viewer, delivery):
        return why
    return None if reason.strip() else _("A return says why, so that the institution can mend it.")


def why_not_import(viewer: Viewer) -> str | None:
    """Why packages of many reporters may not be brought in."""
    if not on_behalf(viewer) or not viewer.may(Function.ENTRY):
        return _(
            "Only people of the province branch with the function of entry bring in packages for others."
        )
    return None
