"""The branch brings in packages of many reporters: each file reaches its reporter's delivery, and nothing else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from dripline.errors import DriplineError, Refused
from dripline.portal.environment import make_secret
from dripline.portal.jobs.models import Job
from dripline.portal.submissions import actions, importing, storage
from dripline.portal.submissions.commands import import_folder
from dripline.portal.submissions.models import Delivery, Import, Status
from dripline.store import Home
from tests.portal.conftest import NOW, TODAY
from tests.portal.submissions.conftest import BANK, OTHER, Desk, worked
from tests.unit.intake_writer import collateral


@pytest.fixture(autouse=True)
def english() -> object:
    with translation.override("en"):
        yield


def bring(desk: Desk, *paths: Path, **more: object) -> Import:
    by = desk.viewer("branch", "entry")
    brought = importing.begin("July", by=by, now=NOW, **more)
    importing.bring_in(brought, paths, by=by, now=NOW, on=TODAY)
    return brought


def two(desk: Desk) -> list[Path]:
    row = collateral(f1=OTHER)
    return [desk.package(bank=BANK), desk.package(row, bank=OTHER)]


def standing() -> list[tuple[str, str]]:
    found = Delivery.objects.order_by("reporter", "attempt")
    return [(one.organisation.code, one.status) for one in found]


def test_each_reporter_has_a_delivery_of_its_own_which_is_sent_when_it_is_clean(
    desk: Desk,
) -> None:
    bring(desk, *two(desk))
    worked()
    assert standing() == [("BANK-A", Status.SENT), ("BANK-B", Status.SENT)]


def test_who_brought_them_in_does_not_accept_them(desk: Desk) -> None:
    bring(desk, *two(desk))
    worked()
    desk.people.user("branch", "entry", "review", name="both")
    both = desk.people.user("branch", name="both")
    from dripline.portal.accounts.viewers import viewer_of

    brought = Import.objects.get()
    Delivery.objects.update(made_by=both, sent_by=both)
    with pytest.raises(Refused, match="a colleague must review"):
        actions.accept(brought.deliveries.first(), by=viewer_of(both, None, TODAY), now=NOW)


def test_a_file_of_a_reporter_nobody_knows_is_left_with_the_reason(desk: Desk) -> None:
    stranger = "91410000MA00000Z0Z"
    brought = bring(desk, desk.package(collateral(f1=stranger), bank=stranger))
    assert [name for name, _ in brought.left] == [f"{stranger}_DBWXX_20260630.zip"]
    assert "Accept the register of reporters first" in brought.left[0][1]


def test_a_package_with_a_name_of_its_own_is_known_by_the_data_in_it(desk: Desk) -> None:
    brought = bring(desk, desk.package(name="7月报送.zip"))
    assert (brought.left, standing()) == ([], [("BANK-A", Status.CHECKING)])


def test_the_same_folder_twice_asks_nobody_twice(desk: Desk) -> None:
    paths = two(desk)
    bring(desk, *paths)
    worked()
    again = bring(desk, *paths)
    assert len(standing()) == 2
    assert {reason for _, reason in again.left} == {"Attempt 1 has the same files."}


def test_what_an_institution_is_working_on_itself_is_not_taken_from_it(desk: Desk) -> None:
    delivery = desk.begin()
    brought = bring(desk, desk.package())
    delivery.refresh_from_db()
    assert delivery.status == Status.DRAFT
    assert "has a delivery of this period under way" in brought.left[0][1]


def test_only_entry_at_the_province_branch_brings_in_for_others(desk: Desk) -> None:
    for place, function in (("bank", "entry"), ("city", "entry"), ("branch", "review")):
        with pytest.raises(Refused):
            importing.begin("July", by=desk.viewer(place, function), now=NOW)


def archive(desk: Desk, entries: dict[str, bytes]) -> str:
    stored = storage.new()
    with zipfile.ZipFile(storage.place(stored), "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return stored


def test_an_archive_of_packages_is_opened_by_the_worker(desk: Desk) -> None:
    entries = {f"month/{path.name}": path.read_bytes() for path in two(desk)}
    by = desk.viewer("branch", "entry")
    importing.begin("July.zip", stored=archive(desk, entries), by=by, now=NOW)
    worked()
    assert standing() == [("BANK-A", Status.SENT), ("BANK-B", Status.SENT)]


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ({"../../x.zip": b"1"}, "a name that points outside the archive"),
        ({"a.csv": b"0" * (64 << 20)}, "a compression ratio over 200"),
    ],
)
def test_a_hostile_archive_is_refused_with_the_reason_and_leaves_nothing(
    desk: Desk, entries: dict[str, bytes], says: str
) -> None:
    by = desk.viewer("branch", "entry")
    importing.begin("x.zip", stored=archive(desk, entries), by=by, now=NOW)
    worked()
    brought = Import.objects.get()
    assert (brought.trouble, standing()) == (says, [])


def test_an_archive_of_too_many_entries_or_of_other_bytes_is_refused(desk: Desk) -> None:
    many = {f"{number}.csv": b"" for number in range(20_001)}
    by = desk.viewer("branch", "entry")
    importing.begin("many.zip", stored=archive(desk, many), by=by, now=NOW)
    worked()
    assert Import.objects.get().trouble == "more entries than 20000"
    Import.objects.all().delete()
    stored = storage.new()
    storage.place(stored).write_bytes(b"MZ\x90\x00" * 4096)
    importing.begin("x.zip", stored=stored, by=by, now=NOW)
    worked()
    assert Import.objects.get().trouble == "the archive is damaged, or is no ZIP"


def test_an_import_that_was_cut_short_and_runs_again_hands_over_each_month_once(
    desk: Desk,
) -> None:
    from dripline.portal.submissions import jobs

    entries = {path.name: path.read_bytes() for path in two(desk)}
    by = desk.viewer("branch", "entry")
    importing.begin("July.zip", stored=archive(desk, entries), by=by, now=NOW)
    job = Job.objects.get()
    jobs.bring_in(job, lambda *_: None)
    Import.objects.update(done_at=None)  # as if the worker had gone before its last step
    jobs.bring_in(job, lambda *_: None)
    assert standing() == [("BANK-A", Status.CHECKING), ("BANK-B", Status.CHECKING)]


def test_a_folder_on_the_machine_is_brought_in_by_a_command(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.people.user("branch", "entry")
    two(desk)
    assert import_folder([desk.folder], "branch-entry") == 0
    assert capsys.readouterr().out == "2 deliveries, 0 files left\n"
    assert standing() == [("BANK-A", Status.CHECKING), ("BANK-B", Status.CHECKING)]


@pytest.mark.parametrize("person", ["nobody", "bank-entry"])
def test_the_command_brings_in_nothing_in_the_name_of_somebody_who_may_not(
    desk: Desk, person: str
) -> None:
    desk.people.user("bank", "entry")
    with pytest.raises(DriplineError):
        import_folder([desk.folder], person)
    assert standing() == []


def test_a_new_site_makes_its_home_before_it_keeps_anything_there(tmp_path: Path) -> None:
    make_secret(tmp_path / "new")
    assert Home.create(tmp_path / "new").path == tmp_path / "new"
