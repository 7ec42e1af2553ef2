"""Checking and accepting in the background: run twice it has one effect, killed in the middle it loses nothing."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from django.db import connection

from dripline.portal.audit.models import Event
from dripline.portal.jobs.actions import LEASE, take
from dripline.portal.jobs.models import Job
from dripline.portal.jobs.worker import work_once
from dripline.portal.submissions import actions, jobs, storage
from dripline.portal.submissions.models import Checked, Delivery, Status
from dripline.store import Store
from tests.portal.conftest import NOW
from tests.portal.submissions.conftest import Desk, worked


def quiet(step: str, done: int, total: int) -> None:
    """Nobody watches."""


def entries() -> int:
    return Store(storage.home()).at(None).number


def accepting(desk: Desk) -> tuple[Delivery, Job]:
    delivery = desk.sent()
    actions.accept(delivery, by=desk.viewer("branch", "review"), now=NOW)
    return Delivery.objects.get(pk=delivery.pk), Job.objects.get(kind="submissions.accept")


def test_a_worker_gone_between_store_and_database_is_followed_by_one_that_finds_the_entry(
    desk: Desk,
) -> None:
    delivery, job = accepting(desk)
    jobs.into_the_store(delivery, NOW, quiet)  # and here the first worker was killed
    assert (entries(), delivery.status) == (1, Status.ACCEPTING)
    assert jobs.accept(job, quiet) == {"entry": 1}
    delivery.refresh_from_db()
    assert (entries(), delivery.status, delivery.entry) == (1, Status.ACCEPTED, 1)
    assert Event.objects.filter(verb="delivery.accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_right_after_the_store_took_it_doubles_nothing(desk: Desk) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a child shares no connection with its parent on a server")
    delivery, job = accepting(desk)
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            taken = take("killed", now=NOW)
            assert taken is not None
            jobs.into_the_store(delivery, NOW, quiet)
        finally:
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    job.refresh_from_db()
    assert (entries(), job.status) == (1, "running")
    later = NOW + LEASE + timedelta(seconds=1)
    assert work_once("second", now=lambda: later, lease=False)
    delivery.refresh_from_db()
    assert (entries(), delivery.status, delivery.entry) == (1, Status.ACCEPTED, 1)


def test_an_acceptance_asked_twice_is_done_once(desk: Desk) -> None:
    delivery = desk.accepted()
    job = Job.objects.get(kind="submissions.accept")
    assert jobs.accept(job, quiet) == {}
    assert (entries(), delivery.status) == (1, Status.ACCEPTED)


def test_a_check_run_twice_leaves_one_result_and_one_file_of_findings(desk: Desk) -> None:
    delivery = desk.checked()
    actions.check(delivery, by=desk.viewer("bank", "entry"), now=NOW)
    job = Job.objects.filter(kind="submissions.check").latest("id")
    jobs.check(job, quiet)
    jobs.check(job, quiet)
    assert Checked.objects.filter(delivery=delivery).count() == 1
    delivery.refresh_from_db()
    assert delivery.status == Status.CLEAN


def test_the_check_of_a_delivery_withdrawn_meanwhile_changes_nothing(desk: Desk) -> None:
    delivery = desk.begin()
    desk.put(delivery, desk.package())
    entry = desk.viewer("bank", "entry")
    actions.check(delivery, by=entry, now=NOW)
    actions.withdraw(delivery, by=entry, now=NOW)
    worked()
    delivery.refresh_from_db()
    assert (delivery.status, Checked.objects.count()) == (Status.WITHDRAWN, 0)


def test_a_compile_leaves_its_turn_to_a_later_one_of_the_same_period(desk: Desk) -> None:
    first = Job.objects.create(
        kind="statistics.compile", key="a", arguments={"period": "2026-06"}, created=NOW
    )
    Job.objects.create(
        kind="statistics.compile", key="b", arguments={"period": "2026-06"}, created=NOW
    )
    assert jobs.compile_period(first, quiet) == {"left_to": "later"}
