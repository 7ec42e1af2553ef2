"""Queueing, taking and ending jobs. Each is one transaction, and each says who holds the job."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from dripline.portal.accounts.models import Organisation
from dripline.portal.jobs.models import Job, Status

LEASE = timedelta(seconds=60)
ATTEMPTS = 3
Tell = Callable[[str, int, int], None]
Handler = Callable[[Job, Tell], dict[str, Any]]
HANDLERS: dict[str, Handler] = {}
"""What does a kind of work. A handler may be run twice and has one effect; it answers what the job's page shows."""

ERRANDS: list[Callable[[datetime], None]] = []
"""What a worker looks after between two jobs: cheap, and right to do twice."""


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Names the function that does a kind of work."""

    def named(handler: Handler) -> Handler:
        if HANDLERS.setdefault(kind, handler) is not handler:
            raise ValueError(f"two handlers are called {kind}")
        return handler

    return named


def enqueue(
    kind: str,
    key: str,
    *,
    now: datetime,
    organisation: Organisation | None,
    again: bool = True,
    **arguments: Any,
) -> Job:
    """The job of this key, queued if it is new, or has failed and may be done ``again``; in the asker's transaction."""
    if kind not in HANDLERS:
        raise ValueError(f"nothing handles {kind}")
    job, new = Job.objects.select_for_update().get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "organisation": organisation,
            "arguments": arguments,
            "created": now,
        },
    )
    if again and not new and job.status == Status.FAILED:
        job.status, job.attempts, job.error, job.finished = Status.QUEUED, 0, "", None
        job.save()
    return job


def take(holder: str, *, now: datetime) -> Job | None:
    """The next job that waits, or whose worker is gone; held by this worker from now on."""
    with transaction.atomic():
        lost = Q(status=Status.RUNNING, lease__lt=now)
        jobs = Job.objects.select_for_update(skip_locked=_skips())
        job = jobs.filter(Q(status=Status.QUEUED) | lost).order_by("id").first()
        if job is None:
            return None
        if job.attempts >= ATTEMPTS:
            job.error = f"the worker was lost {ATTEMPTS} times"
            job.status, job.finished, job.lease, job.holder = Status.FAILED, now, None, ""
            job.save()
            return take(holder, now=now)
        job.status, job.holder, job.lease = Status.RUNNING, holder, now + LEASE
        job.attempts, job.started = job.attempts + 1, now
        job.step, job.done, job.total = "", 0, 0
        job.save()
        return job


def _skips() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked


def held(job: Job) -> Any:
    """The job as long as this worker still holds it; no row if another has taken it over."""
    return Job.objects.filter(
        pk=job.pk, status=Status.RUNNING, holder=job.holder, attempts=job.attempts
    )


def renew(job: Job, *, now: datetime, **progress: Any) -> bool:
    """Holds the job a while longer and notes how far it is; False if it is no longer ours."""
    return bool(held(job).update(lease=now + LEASE, **progress))


def end(job: Job, *, now: datetime, result: dict[str, Any] | None = None, error: str = "") -> bool:
    """Marks a job done, or failed with a reason for people; False if it is no longer ours."""
    status = Status.FAILED if error else Status.DONE
    return bool(
        held(job).update(
            status=status,
            finished=now,
            result=result or {},
            error=error,
            lease=None,
            holder="",
        )
    )
