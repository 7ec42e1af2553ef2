"""Work that the worker does for this room: checking, accepting, compiling. Each may run twice and has one effect."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from dripline.errors import Refused
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.indicators.compile import Catalogue, Figures
from dripline.intake.acceptance import Acceptance, Acceptor
from dripline.intake.receiving import AUTHORITY
from dripline.law import Law
from dripline.periods import Period
from dripline.portal.accounts.registers import sync_organisations
from dripline.portal.accounts.viewers import viewer_of
from dripline.portal.jobs.actions import Tell, handles
from dripline.portal.jobs.models import Job, Status
from dripline.portal.submissions import actions, checking, importing, storage, unmatched
from dripline.portal.submissions.models import Delivery, Import
from dripline.portal.submissions.models import Status as Stands
from dripline.store import Explanation, Scope, Store
from dripline.store.entries import day_in_china

CHECK, ACCEPT, COMPILE = "submissions.check", "submissions.accept", "statistics.compile"


@handles(CHECK)
def check(job: Job, tell: Tell) -> dict[str, Any]:
    """Checks a delivery; one that has moved on since it was queued is left alone."""
    delivery = Delivery.objects.get(pk=job.arguments["delivery"])
    if delivery.status != Stands.CHECKING or delivery.round != job.arguments["round"]:
        return {}
    now = timezone.now()
    found = checking.check(delivery, day_in_china(now), tell)
    tell("done", 1, 1)  # Lost, if another worker has taken over: then its check counts
    actions.checked(delivery.pk, job.arguments["round"], found, now=timezone.now())
    return {"findings": found.findings}


@handles(ACCEPT)
def accept(job: Job, tell: Tell) -> dict[str, Any]:
    """Takes a delivery into the store. Run again after a kill, the store answers that it has the key already."""
    delivery = Delivery.objects.get(pk=job.arguments["delivery"])
    if delivery.status != Stands.ACCEPTING:
        return {}
    now = timezone.now()
    acceptance = into_the_store(delivery, now, tell)
    if acceptance.deliveries and acceptance.stands:
        entry = max(one.receipt.number for one in acceptance.deliveries)
        day = max(one.receipt.accepted_on for one in acceptance.deliveries)
        if delivery.reporter == AUTHORITY:
            sync_organisations(Store(storage.home()), day_in_china(now))
        unmatched.keep(delivery, acceptance.unmatched)
        actions.accepted(delivery.pk, entry=entry, day=day, now=timezone.now())
        return {"entry": entry}
    actions.declined(delivery.pk, acceptance, now=timezone.now())
    return {}


def into_the_store(delivery: Delivery, now: Any, tell: Tell) -> Acceptance:
    """What the store says to a delivery: reading, checking and taking it, under the delivery's own key."""
    law, home = Law.load(), storage.home()
    with home.staging() as work:
        handed = checking.received(delivery, work, law, day_in_china(now), tell)
        kept, _ = checking.ours(delivery, handed, work / checking.OWN_SPOOL)
        acceptor = Acceptor(
            Store(home),
            explanations_of(delivery),
            work,
            law,
            now,
            str(delivery.reviewed_by),
            tell,
            key=delivery.key,
        )
        return acceptor.accept(kept)


def explanations_of(delivery: Delivery) -> tuple[Explanation, ...]:
    """The explanations of a delivery as the core knows them."""
    given = delivery.explanations.values_list("rule", "table", "key", "reason")
    return tuple(Explanation(*one) for one in given)


@handles(COMPILE)
def compile_period(job: Job, tell: Tell) -> dict[str, Any]:
    """Every figure of a period as the store is now; nothing if a later acceptance of the period waits for its turn."""
    waiting = Job.objects.filter(kind=COMPILE, status=Status.QUEUED, pk__gt=job.pk)
    if waiting.filter(arguments__period=job.arguments["period"]).exists():
        return {"left_to": "later"}
    tell("compile", 0, 1)
    scope = Scope.all_rows(purpose="statistics")
    store = Store.open(settings.DRIPLINE_HOME)
    figures = Figures(store, Law.load(), Catalogue(CATALOGUE, BREAKDOWNS), scope)
    path = figures.compile(Period.parse(job.arguments["period"]))
    tell("compile", 1, 1)
    return {"kept": path.name}


@handles("submissions.import")
def bring_in(job: Job, tell: Tell) -> dict[str, Any]:
    """Opens an archive of packages and hands each to its reporter's delivery; what is there already is left out."""
    brought = Import.objects.select_related("made_by").get(pk=job.arguments["brought"])
    if brought.done_at is not None:
        return {}
    now = timezone.now()
    on = day_in_china(now)
    by = viewer_of(brought.made_by, brought.organisation_id, on)
    with storage.home().staging() as work:
        try:
            tell("read", 0, 1)
            files = importing.unpacked(storage.place(brought.stored), work, on)
        except Refused as refused:
            importing.finish(brought, [], by=by, now=now, trouble=str(refused))
            return {}
        return {"deliveries": importing.bring_in(brought, files, by=by, now=now, on=on)}
