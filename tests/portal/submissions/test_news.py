"""Who hears of what: the one who has to do something next, and never another bank."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dripline.portal.notices.models import Notice
from dripline.portal.notices.queries import mine
from dripline.portal.submissions import actions, news
from dripline.portal.submissions.models import Delivery
from tests.portal.conftest import NOW, People
from tests.portal.submissions.conftest import BANK, Desk
from tests.unit.intake_writer import collateral

FAULTY = collateral(f1=BANK, f6="Z99")
HEARERS = {
    "entry of the bank": ("bank", "entry"),
    "approval of the bank": ("bank", "approve"),
    "review of the branch": ("branch", "review"),
    "entry of the other bank": ("other bank", "entry"),
    "the city's branch": ("city", "review"),
    "the department": ("department", "entry"),
}


def heard(people: People) -> dict[str, list[str]]:
    """What each of them has been told so far, in English; those who heard nothing are left out."""
    found = {
        who: [one.en for one in mine(people.viewer(*post)).order_by("id")]
        for who, post in HEARERS.items()
    }
    return {who: told for who, told in found.items() if told}


def test_faults_are_told_to_those_who_mend_them(desk: Desk, people: People) -> None:
    desk.checked("bank", FAULTY)
    assert heard(people) == {
        "entry of the bank": ["The check of the delivery of 2026-06 found faults: see the findings"]
    }


def test_what_was_sent_is_told_to_those_who_review_it(desk: Desk, people: People) -> None:
    desk.sent()
    assert heard(people) == {
        "review of the branch": ["示例甲银行 has sent the delivery of 2026-06; it waits for review"]
    }


def test_a_return_is_told_to_the_bank_without_its_reason(desk: Desk, people: People) -> None:
    delivery = desk.sent()
    by = desk.viewer("branch", "review")
    actions.give_back(delivery, reason="第3行金额有误", by=by, now=NOW)
    told = "The delivery of 2026-06 was returned: see the reason and send it again"
    assert heard(people)["entry of the bank"] == [told]
    assert heard(people)["approval of the bank"] == [told]
    assert Notice.objects.filter(zh__contains="金额").count() == 0


def test_an_acceptance_is_told_to_the_bank(desk: Desk, people: People) -> None:
    desk.accepted()
    assert heard(people)["entry of the bank"] == ["The delivery of 2026-06 was accepted"]
    assert "entry of the other bank" not in heard(people)


@pytest.fixture
def owed(people: People, full_home: Path) -> str:
    """The bank of the small world is a reporter of the province's register."""
    from dripline.periods import Period
    from dripline.portal.submissions import calendar

    store = calendar.store()
    assert store is not None
    reporter = sorted(calendar.owed(store.at(None), Period.parse("2025-09")))[0]
    people.places["bank"].reporter = reporter
    people.places["bank"].save()
    news._reminded.clear()
    return reporter


def of_september(people: People) -> list[str]:
    told = heard(people).get("entry of the bank", [])
    return [one for one in told if one.startswith("The delivery of 2025-09")]


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("2025-10-09", None),
        ("2025-10-15", "The delivery of 2025-09 is due by 2025-10-17 and has not been sent"),
        (
            "2025-10-20",
            "The delivery of 2025-09 is overdue (it was due by 2025-10-17): send it as soon as you can",
        ),
    ],
)
def test_a_month_that_is_due_is_told_to_whoever_owes_it_once(
    owed: str, people: People, day: str, told: str | None
) -> None:
    now = datetime.fromisoformat(day).replace(hour=2, tzinfo=UTC)
    for _ in range(2):
        news.remind(now)
        news._reminded.clear()
    found = of_september(people)
    assert found == ([] if told is None else [told])
    assert "entry of the other bank" not in heard(people)


def test_who_has_sent_is_not_reminded(owed: str, people: People) -> None:
    by = people.viewer("bank", "entry")
    delivery = actions.begin(people.places["bank"], "2025-09", by=by, now=NOW)
    Delivery.objects.filter(pk=delivery.pk).update(status="sent", sent_by=by.user, sent_at=NOW)
    news.remind(datetime(2025, 10, 21, 2, tzinfo=UTC))
    assert of_september(people) == []
