"""A job may be begun twice and has one effect; progress is seen; what fails says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from dripline.errors import CannotRead
from dripline.portal.jobs import actions
from dripline.portal.jobs.actions import LEASE, enqueue, take
from dripline.portal.jobs.models import Job, Status
from dripline.portal.jobs.worker import FAILED, work_once
from tests.portal.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    before = dict(actions.HANDLERS)
    yield
    actions.HANDLERS.clear()
    actions.HANDLERS.update(before)


def at(moment: datetime) -> Any:
    return lambda: moment


def queued(handler: actions.Handler, key: str = "one") -> Job:
    actions.HANDLERS["tested"] = handler
    return enqueue("tested", key, now=NOW, organisation=None)


def test_a_job_is_done_once_and_shows_what_came_of_it() -> None:
    queued(lambda job, tell: {"rows": 3})
    assert work_once("w", now=at(NOW), lease=False)
    assert not work_once("w", now=at(NOW), lease=False)
    job = Job.objects.get()
    assert (job.status, job.result, job.holder) == (Status.DONE, {"rows": 3}, "")


def test_the_same_key_is_queued_once_while_it_waits_runs_or_is_done() -> None:
    first = queued(lambda job, tell: {})
    assert queued(lambda job, tell: {}).pk == first.pk
    work_once("w", now=at(NOW), lease=False)
    assert queued(lambda job, tell: {}).status == Status.DONE


def test_a_job_whose_worker_is_gone_is_taken_by_another_after_its_lease() -> None:
    queued(lambda job, tell: {})
    assert take("first", now=NOW) is not None
    assert take("second", now=NOW) is None
    taken = take("second", now=LATER)
    assert taken is not None
    assert (taken.holder, taken.attempts) == ("second", 2)


def test_a_worker_that_lost_its_job_can_neither_end_it_nor_note_progress() -> None:
    queued(lambda job, tell: {})
    lost = take("first", now=NOW)
    assert lost is not None
    take("second", now=LATER)
    assert not actions.renew(lost, now=LATER, done=5)
    assert not actions.end(lost, now=LATER, result={"wrong": True})
    assert Job.objects.get().status == Status.RUNNING


def test_a_job_whose_workers_are_lost_again_and_again_fails() -> None:
    queued(lambda job, tell: {})
    moment = NOW
    for _ in range(actions.ATTEMPTS):
        assert take("w", now=moment) is not None
        moment += LEASE + timedelta(seconds=1)
    assert take("w", now=moment) is None
    job = Job.objects.get()
    assert (job.status, job.error) == (Status.FAILED, "the worker was lost 3 times")


def test_a_failed_job_may_be_asked_for_again() -> None:
    def fails(job: Job, tell: actions.Tell) -> dict[str, Any]:
        raise CannotRead("the folder is gone")

    queued(fails)
    work_once("w", now=at(NOW), lease=False)
    assert Job.objects.get().error == "the folder is gone"
    assert queued(lambda job, tell: {}).status == Status.QUEUED


def test_an_error_inside_the_program_is_not_told_to_people() -> None:
    def breaks(job: Job, tell: actions.Tell) -> dict[str, Any]:
        raise ValueError("91410000MA00000A0A owes 12,000")

    queued(breaks)
    work_once("w", now=at(NOW), lease=False)
    assert Job.objects.get().error == FAILED


def test_progress_is_noted_with_each_step() -> None:
    seen: list[tuple[str, int, int]] = []

    def tells(job: Job, tell: actions.Tell) -> dict[str, Any]:
        tell("read", 1, 4)
        noted = Job.objects.get(pk=job.pk)
        seen.append((noted.step, noted.done, noted.share))
        return {}

    queued(tells)
    work_once("w", now=at(NOW), lease=False)
    assert seen == [("read", 1, 25)]
