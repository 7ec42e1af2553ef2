"""Deliveries of the two banks, made of packages written from the description of the wire format alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from dripline.portal.accounts.viewers import Viewer
from dripline.portal.jobs.models import Job
from dripline.portal.jobs.worker import work_once
from dripline.portal.submissions import actions, uploads
from dripline.portal.submissions.models import Delivery
from tests.portal.conftest import NOW, TODAY, People
from tests.unit.intake_writer import collateral, write_package

BANK, OTHER = "91410000MA00000A0A", "91410000MA00000B0B"
PERIOD, DAY = "2026-06", "20260630"


def worked(lots: int = 20) -> list[str]:
    """Does all queued work; what came of each job."""
    for _ in range(lots):
        if not work_once("test", lease=False):
            break
    return [f"{job.kind} {job.status}" for job in Job.objects.order_by("id")]


@dataclass
class Desk:
    """What people do with deliveries, in few words."""

    people: People
    folder: Path

    def viewer(self, place: str, *functions: str) -> Viewer:
        return self.people.viewer(place, *functions)

    def begin(self, place: str = "bank", period: str = PERIOD) -> Delivery:
        by = self.viewer(place, "entry")
        return actions.begin(self.people.places[place], period, by=by, now=NOW)

    def put(self, delivery: Delivery, path: Path, name: str = "") -> None:
        by = self.viewer(self.place_of(delivery), "entry")
        content = path.read_bytes()
        uploads.whole(
            delivery, name or path.name, len(content), [content], by=by, now=NOW, on=TODAY
        )

    def place_of(self, delivery: Delivery) -> str:
        named = {place.pk: name for name, place in self.people.places.items()}
        return named[delivery.organisation_id]

    def package(self, *rows: str, bank: str = BANK, table: str = "DBWXX", **more: object) -> Path:
        place = self.folder / f"{len(list(self.folder.iterdir()))}"
        place.mkdir()
        lines = rows or (collateral(f1=bank),)
        return write_package(place, "\n".join(lines) + "\n", bank=bank, table=table, **more)

    def checked(self, place: str = "bank", *rows: str) -> Delivery:
        """A delivery with one package of collateral, checked by the worker."""
        delivery = self.begin(place)
        bank = self.people.places[place].reporter
        self.put(delivery, self.package(*rows, bank=bank))
        return self.check(delivery)

    def check(self, delivery: Delivery) -> Delivery:
        actions.check(delivery, by=self.viewer(self.place_of(delivery), "entry"), now=NOW)
        worked()
        return Delivery.objects.get(pk=delivery.pk)

    def sent(self, place: str = "bank", *rows: str) -> Delivery:
        delivery = self.checked(place, *rows)
        actions.send(delivery, by=self.viewer(place, "approve"), now=NOW)
        return Delivery.objects.get(pk=delivery.pk)

    def accepted(self, place: str = "bank", *rows: str) -> Delivery:
        delivery = self.sent(place, *rows)
        actions.accept(delivery, by=self.viewer("branch", "review"), now=NOW)
        worked(1)
        # The store alone: what an acceptance leads to takes seconds, and is looked at in one test.
        Job.objects.filter(kind="statistics.compile").delete()
        return Delivery.objects.get(pk=delivery.pk)


@pytest.fixture
def desk(people: People, empty_home: Path, tmp_path: Path) -> Desk:
    folder = tmp_path / "packages"
    folder.mkdir()
    return Desk(people, folder)
