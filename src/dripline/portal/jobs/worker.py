"""The worker: takes one job after the other, keeps its lease while it runs, seals the trail between them."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import datetime

from django.db import close_old_connections, connection
from django.utils import timezone

from dripline.errors import DriplineError
from dripline.portal.audit.actions import seal
from dripline.portal.jobs import actions
from dripline.portal.jobs.models import Job

logger = logging.getLogger(__name__)
POLL = 1.0
"""Seconds between two looks at an empty queue."""
RENEW = actions.LEASE.total_seconds() / 4
TELL = 0.5
"""Seconds between two notes of progress."""
FAILED = "The work failed for a reason inside the program; it stands in the log of the worker."


class Lost(Exception):
    """The job was taken over by another worker; what is half done here has no effect."""


class Teller:
    """Writes progress into the job, no more often than a person can read it."""

    def __init__(self, job: Job) -> None:
        self.job, self.last, self.step = job, 0.0, ""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Notes a step and how far it is; Lost where the job is no longer ours."""
        now = time.monotonic()
        if step == self.step and now - self.last < TELL:
            return
        self.last, self.step = now, step
        if not actions.renew(self.job, now=timezone.now(), step=step, done=done, total=total):
            raise Lost


class Lease:
    """Renews a job's lease beside the work, where a step is silent for long."""

    def __init__(self, job: Job) -> None:
        self.job, self.over = job, threading.Event()
        self.thread = threading.Thread(target=self._renew, daemon=True)

    def _renew(self) -> None:
        while not self.over.wait(RENEW):
            if not actions.renew(self.job, now=timezone.now()):
                return
        connection.close()

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()


def name() -> str:
    """A name for this worker that no other has."""
    return f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"


def work_once(
    holder: str, *, now: Callable[[], datetime] = timezone.now, lease: bool = True
) -> bool:
    """Does the next job, if there is one; whether there was."""
    job = actions.take(holder, now=now())
    if job is None:
        return False
    if lease:
        with Lease(job):
            _do(job, now)
    else:
        _do(job, now)
    return True


def _do(job: Job, now: Callable[[], datetime]) -> None:
    begun = time.monotonic()
    try:
        result = actions.HANDLERS[job.kind](job, Teller(job))
    except Lost:
        return
    except DriplineError as error:
        actions.end(job, now=now(), error=str(error))
    except Exception:  # whatever it is, the next job must have its turn
        logger.exception("job failed", extra={"job": job.pk, "kind": job.kind})
        actions.end(job, now=now(), error=FAILED)
    else:
        actions.end(job, now=now(), result=result)
    seconds = round(time.monotonic() - begun, 3)
    logger.info("job ended", extra={"job": job.pk, "kind": job.kind, "seconds": seconds})


def work(stop: threading.Event) -> None:
    """Works until told to stop."""
    holder = name()
    while not stop.is_set():
        close_old_connections()
        busy = work_once(holder)
        seal()
        for errand in actions.ERRANDS:
            errand(timezone.now())
        if not busy:
            stop.wait(POLL)
