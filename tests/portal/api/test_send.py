"""``dripline send`` against a running site: what a scheduler of a bank sees, run once, run twice, and broken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dripline.cli import run
from dripline.cli import send as sending
from dripline.cli.site_client import Site
from dripline.portal.accounts.models import Role
from dripline.portal.submissions import actions
from dripline.portal.submissions.models import Delivery, File
from tests.portal.api.conftest import Programs
from tests.portal.conftest import NOW
from tests.portal.submissions.conftest import BANK, Desk, worked
from tests.unit.intake_writer import collateral

pytestmark = pytest.mark.django_db(transaction=True)
TWICE = (collateral(f1=BANK), collateral(f1=BANK))


@dataclass
class Machine:
    """A machine of the bank: a token in a file, and the site it knows."""

    site: str
    folder: Path
    program: Programs
    token_file: Path

    def send(self, *paths: Path, more: tuple[str, ...] = ()) -> int:
        out = ("--out", str(self.folder / "findings.csv"), "--lang", "en")
        named = ("--site", self.site, "--token-file", str(self.token_file))
        return run(["send", *map(str, paths), *named, *out, *more])

    def uses(self, text: str) -> None:
        self.token_file.touch(0o600)
        self.token_file.write_text(text + "\n")


@pytest.fixture
def machine(
    live_server: Any,
    desk: Desk,
    program: Programs,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Machine:
    """Whenever the client waits, the site's worker has its turn."""
    monkeypatch.setattr(sending, "sleep", lambda seconds: worked(1))
    machine = Machine(live_server.url, tmp_path, program, tmp_path / "token")
    machine.uses(program().token)
    return machine


def test_a_scheduler_hands_over_and_the_second_run_adds_nothing(
    machine: Machine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    package = desk.package()
    assert machine.send(package) == 0
    told = capsys.readouterr()
    assert "sent to the branch" in told.out
    assert machine.token_file.read_text().strip() not in told.out + told.err
    assert machine.send(package) == 0
    assert (Delivery.objects.get().status, File.objects.count()) == ("sent", 1)


def test_what_the_branch_says_is_waited_for_if_asked(
    machine: Machine,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    package = desk.package()
    reviewer = desk.viewer("branch", "review")

    def meanwhile(seconds: float) -> None:
        worked(1)
        sent = Delivery.objects.filter(status="sent").first()
        if sent is not None:
            actions.accept(sent, by=reviewer, now=NOW)

    monkeypatch.setattr(sending, "sleep", meanwhile)
    assert machine.send(package, more=("--wait",)) == 0
    assert "accepted by the branch" in capsys.readouterr().out
    assert machine.send(package) == 0
    assert Delivery.objects.get().status == "accepted"


def test_what_was_returned_is_told_with_its_reason_until_it_is_mended(
    machine: Machine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    package = desk.package()
    machine.send(package)
    reviewer = desk.viewer("branch", "review")
    actions.give_back(Delivery.objects.get(), reason="rows are missing", by=reviewer, now=NOW)
    assert machine.send(package) == 1
    assert "rows are missing" in capsys.readouterr().out
    mended = desk.package(collateral(f1=BANK), collateral(f1=BANK, f5="DBW002"))
    assert machine.send(mended) == 0
    assert sorted(one.status for one in Delivery.objects.all()) == ["returned", "sent"]


def test_what_is_found_on_the_own_machine_is_not_sent(machine: Machine, desk: Desk) -> None:
    assert machine.send(desk.package(*TWICE)) == 1
    assert "DBWXX-02/once" in (machine.folder / "findings.csv").read_text(encoding="utf-8-sig")
    assert Delivery.objects.count() == 0


def test_what_the_site_finds_is_written_out_in_full(machine: Machine, desk: Desk) -> None:
    package = desk.package(*TWICE)
    assert machine.send(package, more=("--no-check",)) == 1
    assert "DBWXX-02/once" in (machine.folder / "findings.csv").read_text(encoding="utf-8-sig")
    assert machine.send(package, more=("--no-check",)) == 1
    assert Delivery.objects.get().status == "faulty"


def test_explained_errors_are_sent_along(machine: Machine, desk: Desk) -> None:
    said = machine.folder / "explained.csv"
    said.write_text("rule,table,key,reason\nDBWXX-02/once,DBWXX,*,two pledges\n")
    assert machine.send(desk.package(*TWICE), more=("--explain", str(said))) == 0
    delivery = Delivery.objects.get()
    assert (delivery.status, delivery.explanations.get().reason) == ("sent", "two pledges")


def test_a_token_that_may_not_send_leaves_the_last_step_to_a_person(
    machine: Machine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.uses(machine.program("bank", "entry", "read").token)
    assert machine.send(desk.package()) == 0
    assert "waits for a person to send it" in capsys.readouterr().out
    assert Delivery.objects.get().status == "clean"


def test_an_upload_that_broke_off_goes_on_where_it_was(
    machine: Machine, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dripline.cli.handing_over.PIECE", 100)
    sent: list[int] = []
    put: Callable[..., Any] = Site.put

    def breaks_off(site: Site, path: str, piece: bytes) -> Any:
        sent.append(len(piece))
        if len(sent) == 3:
            raise KeyboardInterrupt
        return put(site, path, piece)

    monkeypatch.setattr(Site, "put", breaks_off)
    package = desk.package()
    assert machine.send(package) == 130
    assert machine.send(package) == 0
    assert sum(sent) == package.stat().st_size + sent[2]
    assert (Delivery.objects.get().status, File.objects.count()) == ("sent", 1)


def test_a_site_that_knows_no_such_token_is_told_as_it_says_it(
    machine: Machine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.uses("dl_00000000_" + "a" * 43)
    assert machine.send(desk.package()) == 2
    assert "No token in force was shown." in capsys.readouterr().err


def test_a_file_of_another_bank_is_not_taken(machine: Machine, desk: Desk) -> None:
    other = desk.people.places["other bank"]
    assert other.role == Role.INSTITUTION
    assert machine.send(desk.package(bank=other.reporter), more=("--no-check",)) == 2
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize(
    ("site", "says"),
    [
        ("http://site.example", "is not https"),
        ("ftp://site.example", "is no address of a site"),
        ("http://127.0.0.1:9", "cannot be reached"),
    ],
)
def test_an_address_that_is_no_safe_site_is_refused(
    machine: Machine, desk: Desk, site: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.site = site
    assert machine.send(desk.package()) == 2
    assert says in capsys.readouterr().err


def test_a_token_that_others_may_read_is_not_used(
    machine: Machine, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.token_file.chmod(0o644)
    assert machine.send(desk.package()) == 2
    assert "can be read by others" in capsys.readouterr().err
    assert Delivery.objects.count() == 0
