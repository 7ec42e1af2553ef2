"""Reading the trail: by key, never by offset, so that the last page costs what the first does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from dripline.portal.audit.models import Event, Seal
from dripline.portal.jobs.models import Job, Status

PAGE = 100
CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class EventPage:
    """Some events, the last first, and the key before which the next page begins (None: no more)."""

    events: list[Event]
    more: int | None


def found(conditions: dict[str, Any]) -> QuerySet[Event]:
    """Events that meet every condition that says something; a day is one of China."""
    asked = {name: value for name, value in conditions.items() if value not in (None, "")}
    events = Event.objects.order_by("-id")
    if (first := asked.pop("first", None)) is not None:
        events = events.filter(at__gte=_midnight(first))
    if (last := asked.pop("last", None)) is not None:
        events = events.filter(at__lt=_midnight(last + timedelta(days=1)))
    return events.filter(**asked)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, CHINA)


def page_of(conditions: dict[str, Any], before: str | None) -> EventPage:
    """One page."""
    events = found(conditions)
    if before and before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    held = list(events[: PAGE + 1])
    return EventPage(held[:PAGE], held[PAGE - 1].pk if len(held) > PAGE else None)


def every(conditions: dict[str, Any]) -> Iterator[Event]:
    """All of them, for a file; memory stays flat."""
    return found(conditions).iterator(chunk_size=1000)


def verbs() -> list[str]:
    """The verbs that occur."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Chain:
    """How far the trail is sealed, and what the last verification found."""

    sealed: int
    waiting: int
    last_digest: str
    verified: Job | None
    running: bool


def chain() -> Chain:
    """The state of the chain; the sums do not read it all."""
    last = Seal.objects.order_by("-number").first()
    jobs = Job.objects.filter(kind="audit.verify").order_by("-id")
    return Chain(
        sealed=0 if last is None else last.number,
        waiting=Event.objects.filter(seal=None).count(),
        last_digest="" if last is None else last.digest,
        verified=jobs.filter(status=Status.DONE).first(),
        running=jobs.filter(status__in=(Status.QUEUED, Status.RUNNING)).exists(),
    )
