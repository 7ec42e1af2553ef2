"""A delivery from the first file to the store: who may do what when, and that each step leaves its event."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from dripline.errors import Refused
from dripline.periods import Period
from dripline.portal.audit.models import Event
from dripline.portal.submissions import actions, storage, uploads
from dripline.portal.submissions.findings_kept import page
from dripline.portal.submissions.models import MOVES, OPEN, Delivery, Status
from dripline.store import Store
from tests.portal.conftest import NOW, TODAY
from tests.portal.submissions.conftest import BANK, PERIOD, Desk, worked
from tests.unit.intake_writer import collateral

TWICE = (collateral(f1=BANK), collateral(f1=BANK))
"""The same collateral twice: an error that may be explained."""
BROKEN = (collateral(f1=BANK, f9="99"),)
"""A code that is not in its list: a fault of the format, which may not."""


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def verbs() -> list[str]:
    events = Event.objects.filter(subject_kind="submissions.delivery").order_by("id")
    return [event.verb for event in events]


def test_a_clean_delivery_goes_into_the_store_and_each_step_is_in_the_trail(desk: Desk) -> None:
    delivery = desk.accepted()
    assert (delivery.status, delivery.entry) == (Status.ACCEPTED, 1)
    (entry,) = Store(storage.home()).at(None).entries()
    assert (entry.reporter, str(entry.period), entry.by) == (BANK, PERIOD, "branch-review")
    assert verbs() == [
        "delivery.begun",
        "delivery.file",
        "delivery.uploaded",
        "delivery.checking",
        "delivery.clean",
        "delivery.sent",
        "delivery.accepting",
        "delivery.accepted",
    ]


def test_the_figures_of_the_period_are_computed_after_an_acceptance_once(desk: Desk) -> None:
    delivery = desk.sent()
    actions.accept(delivery, by=desk.viewer("branch", "review"), now=NOW)
    assert worked()[-1] == "statistics.compile done"
    actions.accepted(delivery.pk, entry=1, day=TODAY, now=NOW)
    assert len(worked()) == 3


def test_a_delivery_with_a_fault_of_the_format_can_be_neither_sent_nor_explained(
    desk: Desk,
) -> None:
    delivery = desk.checked("bank", *BROKEN)
    assert delivery.status == Status.FAULTY
    with pytest.raises(Refused, match="rejects, or errors that nobody has explained"):
        actions.send(delivery, by=desk.viewer("bank", "approve"), now=NOW)
    line = delivery.checked.lines.get(severity="reject", broken__gt=0)
    with pytest.raises(Refused, match="cannot be explained"):
        actions.explain(
            delivery, rule=line.rule, table=line.table, key="*", reason="so it is",
            by=desk.viewer("bank", "entry"), now=NOW,
        )  # fmt: skip


def test_an_error_that_is_explained_is_no_longer_in_the_way_until_it_is_taken_back(
    desk: Desk,
) -> None:
    delivery, entry = desk.checked("bank", *TWICE), desk.viewer("bank", "entry")
    assert delivery.status == Status.FAULTY
    actions.explain(
        delivery, rule="DBWXX-02/once", table="DBWXX", key="", reason=" two pledges ",
        by=entry, now=NOW,
    )  # fmt: skip
    delivery.refresh_from_db()
    assert delivery.status == Status.CLEAN
    explained = delivery.explanations.get()
    assert (explained.key, explained.reason) == ("*", "two pledges")
    actions.take_back(delivery, explained.pk, by=entry)
    delivery.refresh_from_db()
    assert delivery.status == Status.FAULTY


def test_an_explanation_of_one_row_covers_the_rows_of_that_key_only(desk: Desk) -> None:
    other = (collateral(f1=BANK, f5="DBW002"), collateral(f1=BANK, f5="DBW002"))
    delivery = desk.checked("bank", *TWICE, *other)
    checked = delivery.checked
    line = checked.lines.get(rule="DBWXX-02/once")
    first = page(checked.folder, line.first, line.broken)[0]
    actions.explain(
        delivery, rule=line.rule, table=line.table, key=first.key or "", reason="two pledges",
        by=desk.viewer("bank", "entry"), now=NOW,
    )  # fmt: skip
    line.refresh_from_db()
    assert (line.broken, line.explained) == (4, 2)
    delivery.refresh_from_db()
    assert delivery.status == Status.FAULTY


def test_an_explained_error_goes_into_the_store_with_its_explanation(desk: Desk) -> None:
    delivery = desk.checked("bank", *TWICE)
    actions.explain(
        delivery, rule="DBWXX-02/once", table="DBWXX", key="", reason="two pledges",
        by=desk.viewer("bank", "entry"), now=NOW,
    )  # fmt: skip
    actions.send(delivery, by=desk.viewer("bank", "approve"), now=NOW)
    actions.accept(delivery, by=desk.viewer("branch", "review"), now=NOW)
    worked(1)
    (entry,) = Store(storage.home()).at(None).entries()
    assert [one.reason for one in entry.explanations] == ["two pledges"]


def test_entry_uploads_approval_sends_and_review_accepts(desk: Desk) -> None:
    delivery = desk.checked()
    with pytest.raises(Refused, match="function of approval"):
        actions.send(delivery, by=desk.viewer("bank", "entry"), now=NOW)
    with pytest.raises(Refused, match="by its institution"):
        actions.send(delivery, by=desk.viewer("other bank", "approve"), now=NOW)
    actions.send(delivery, by=desk.viewer("bank", "approve"), now=NOW)
    for place, function in (("bank", "approve"), ("city", "review"), ("branch", "entry")):
        with pytest.raises(Refused, match="reviewers of the province branch"):
            actions.accept(delivery, by=desk.viewer(place, function), now=NOW)
    with pytest.raises(Refused, match="function of entry"):
        actions.begin(
            desk.people.places["bank"], "2026-05", by=desk.viewer("bank", "approve"), now=NOW
        )


def test_who_sent_a_delivery_does_not_review_it_not_even_past_the_rules(desk: Desk) -> None:
    delivery = desk.sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk).update(
            reviewed_by=delivery.sent_by, reviewed_at=NOW
        )


def test_a_returned_delivery_says_why_and_is_mended_by_a_new_attempt_with_the_same_files(
    desk: Desk,
) -> None:
    delivery, reviewer = desk.sent(), desk.viewer("branch", "review")
    with pytest.raises(Refused, match="says why"):
        actions.give_back(delivery, reason=" ", by=reviewer, now=NOW)
    actions.give_back(delivery, reason="two branches are missing", by=reviewer, now=NOW)
    again = desk.begin()
    assert (again.attempt, again.corrects_id) == (2, delivery.pk)
    assert [one.stored for one in again.files.all()] == [one.stored for one in delivery.files.all()]
    desk.put(again, desk.package(collateral(f1=BANK, f5="DBW002")))
    assert again.files.get().stored != delivery.files.get().stored


def test_what_is_handed_over_after_an_acceptance_names_only_the_tables_it_replaces(
    desk: Desk,
) -> None:
    desk.accepted()
    again = desk.begin()
    assert (again.attempt, again.files.count()) == (2, 0)
    desk.put(again, desk.package(collateral(f1=BANK, f5="DBW002")))
    desk.check(again)
    actions.send(again, by=desk.viewer("bank", "approve"), now=NOW)
    actions.accept(again, by=desk.viewer("branch", "review"), now=NOW)
    worked(1)
    (held,) = Store(storage.home()).at(None).held("DBWXX", Period.parse(PERIOD)).values()
    assert held.version == 2


def test_a_new_attempt_takes_the_place_of_a_faulty_one_but_not_of_one_under_review(
    desk: Desk,
) -> None:
    faulty = desk.checked("bank", *BROKEN)
    second = desk.begin()
    faulty.refresh_from_db()
    assert (faulty.status, second.attempt) == (Status.WITHDRAWN, 2)
    desk.put(second, desk.package())
    second = desk.check(second)
    actions.send(second, by=desk.viewer("bank", "approve"), now=NOW)
    with pytest.raises(Refused, match="Withdraw it first"):
        desk.begin()


def test_what_was_sent_can_be_withdrawn_by_those_who_send_until_it_is_decided(desk: Desk) -> None:
    delivery = desk.sent()
    with pytest.raises(Refused, match="by those who may send"):
        actions.withdraw(delivery, by=desk.viewer("bank", "entry"), now=NOW)
    actions.withdraw(delivery, by=desk.viewer("bank", "approve"), now=NOW)
    delivery.refresh_from_db()
    assert delivery.status == Status.WITHDRAWN
    with pytest.raises(Refused, match="ended already"):
        actions.withdraw(delivery, by=desk.viewer("bank", "approve"), now=NOW)


def test_files_are_added_to_a_draft_only(desk: Desk) -> None:
    delivery = desk.checked()
    with pytest.raises(Refused, match="into a new attempt"):
        uploads.announce(delivery, "x.zip", 1, by=desk.viewer("bank", "entry"), now=NOW, on=TODAY)


def test_a_delivery_without_a_file_or_with_half_a_file_is_not_checked(desk: Desk) -> None:
    delivery, entry = desk.begin(), desk.viewer("bank", "entry")
    with pytest.raises(Refused, match="no file in it"):
        actions.check(delivery, by=entry, now=NOW)
    uploads.announce(delivery, "half.zip", 9, by=entry, now=NOW, on=TODAY)
    with pytest.raises(Refused, match=r"not come whole: half\.zip"):
        actions.check(delivery, by=entry, now=NOW)


def test_a_sub_branch_hands_over_nothing_of_its_own(desk: Desk) -> None:
    with pytest.raises(Refused, match="no code of its own"):
        desk.begin("sub-branch")


def test_every_status_is_reached_and_an_ended_one_goes_nowhere() -> None:
    reached = {to for some in MOVES.values() for to in some} | {Status.DRAFT}
    assert (set(MOVES), reached) == (set(Status), set(Status))
    assert {one for one in Status if not MOVES[one]} == set(Status) - set(OPEN)
