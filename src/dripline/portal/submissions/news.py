"""What others are told of a delivery, in the transaction of the deed; and reminders of a month that is due."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dripline.law import Law
from dripline.periods import Period
from dripline.portal.accounts.models import Function, Kind, Organisation, Role
from dripline.portal.jobs.actions import ERRANDS
from dripline.portal.notices.actions import tell
from dripline.portal.submissions import calendar
from dripline.portal.submissions.models import Delivery, Status
from dripline.store.entries import day_in_china
from dripline.words import Text

DELIVERY, DUE = "delivery", "due"
"""Kinds of news: of a delivery, told in every zone by the site itself; of a day that only the branch knows."""
REMINDER = "reporting.reminder_working_days"
OWN, BRANCH = "its reporter", "the branch"
WAITS = (Status.SENT, Status.ACCEPTING, Status.ACCEPTED)
MONTHS_BACK = 2
"""Months of which a reporter is still reminded; older ones stand on the board as overdue."""

TOLD: dict[Status, tuple[str, tuple[str, ...], Text]] = {
    Status.FAULTY: (
        OWN,
        (Function.ENTRY,),
        Text(
            zh="{period}报送校验发现问题，请查看校验结果",
            en="The check of the delivery of {period} found faults: see the findings",
        ),
    ),
    Status.SENT: (
        BRANCH,
        (Function.REVIEW,),
        Text(
            zh="{name}已报送{period}数据，等待审核",
            en="{name} has sent the delivery of {period}; it waits for review",
        ),
    ),
    Status.ACCEPTED: (
        OWN,
        (Function.ENTRY, Function.APPROVE),
        Text(zh="{period}报送已接收入库", en="The delivery of {period} was accepted"),
    ),
    Status.RETURNED: (
        OWN,
        (Function.ENTRY, Function.APPROVE),
        Text(
            zh="{period}报送被退回，请查看原因并重新报送",
            en="The delivery of {period} was returned: see the reason and send it again",
        ),
    ),
}
"""Who hears of a state: the reporter, or the branch for which it waits. Of no other state does anybody hear."""
SOON = Text(
    zh="{period}数据应于{day}前报送，目前尚未报送",
    en="The delivery of {period} is due by {day} and has not been sent",
)
LATE = Text(
    zh="{period}数据已逾期（期限{day}），请尽快报送",
    en="The delivery of {period} is overdue (it was due by {day}): send it as soon as you can",
)


def tell_of(delivery: Delivery) -> None:
    """Tells of the state a delivery has just come to; the same state of the same round once."""
    if (told := TOLD.get(Status(delivery.status))) is None:
        return
    whom, functions, words = told
    brought = delivery.brought_id is not None and delivery.status == Status.FAULTY
    # What the branch brought in is its own to mend; all else concerns the reporter.
    place = delivery.organisation if whom == OWN and not brought else branch()
    if place is None:
        return
    tell(
        place,
        DELIVERY,
        f"delivery {delivery.uid} {delivery.status} {delivery.round}",
        words.format(period=delivery.period, name=delivery.organisation.name),
        url=reverse("submissions:delivery", args=[delivery.uid]),
        now=timezone.now(),
        functions=functions,
    )


def branch() -> Organisation | None:
    """The province branch, which reviews what is sent."""
    return Organisation.objects.filter(kind=Kind.PROVINCE_BRANCH).order_by("id").first()


_reminded: list[date] = []
"""The day on which this worker last looked."""


def remind(now: datetime) -> None:
    """Once a day: tells reporters of a month that is due soon, or overdue; each stage once."""
    today = day_in_china(now)
    if _reminded == [today]:
        return
    _reminded[:] = [today]
    days = Law.load().on(today).take(REMINDER, int)
    last = Period.of(today).shift(-1)
    for period in (last.shift(-back) for back in range(MONTHS_BACK)):
        due = calendar.due(period)
        left = due.left(today)
        if left <= days:
            words, stage = (SOON, "soon") if left >= 0 else (LATE, "late")
            _remind(period, words.format(period=str(period), day=due.day.isoformat()), stage, now)


@transaction.atomic
def _remind(period: Period, words: Text, stage: str, now: datetime) -> None:
    store = calendar.store()
    snapshot = None if store is None else store.at(None)
    owing = set(calendar.owed(snapshot, period))
    if snapshot is not None:
        owing -= set(snapshot.received(period))
    sent = Delivery.objects.filter(period=str(period), status__in=WAITS)
    owing -= set(sent.values_list("reporter", flat=True))
    for place in Organisation.objects.filter(role=Role.INSTITUTION, reporter__in=owing):
        tell(
            place,
            DUE,
            f"due {place.code} {period} {stage}",
            words,
            url=reverse("submissions:board"),
            now=now,
            functions=(Function.ENTRY, Function.APPROVE),
        )


ERRANDS.append(remind)
