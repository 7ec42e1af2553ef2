"""The way of a delivery to a site: found again or begun, uploaded where it broke off, checked, explained, sent.

Everything is looked up first, so that a scheduler may run it twice: what the site has is not handed over again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dripline.cli.site_client import Site, SiteRefused, key_of
from dripline.errors import CannotRead
from dripline.intake.names import DataName, read_name
from dripline.intake.receiving import AUTHORITY, digest, found, sheet_name
from dripline.periods import Period
from dripline.store import Explanation

PIECE: Final = 8 << 20
EXPLANATIONS: Final = 500
MINUTE: Final = 60.0
HELD: Final = ("checking", "faulty", "clean", "sent", "accepting", "accepted", "returned")
"""What the site has taken from us, and need not get again."""
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Handed:
    """A file to be handed over: its bytes by their hash; reporter and period as far as its name tells."""

    path: Path
    size: int
    sha256: str
    reporter: str | None
    period: Period | None

    @property
    def same(self) -> tuple[str, str]:
        """By what the site knows it again."""
        return self.path.name, self.sha256


def files_of(paths: Iterable[Path]) -> list[Handed]:
    """The packages and sheets under the paths, and the check file beside each data file."""
    chosen = list(dict.fromkeys(found(paths, None)))
    beside = (path.with_suffix(".log") for path in chosen if path.suffix.lower() == ".dat")
    chosen = list(dict.fromkeys([*chosen, *(path for path in beside if path.exists())]))
    if not chosen:
        raise CannotRead("There is no .zip, .dat or sheet under the paths given.")
    if len({path.name for path in chosen}) < len(chosen):
        raise CannotRead("Two files have one name; hand over the right one of them.")
    return [_handed(path) for path in chosen]


def _handed(path: Path) -> Handed:
    name, reporter, period = read_name(f"{path.stem}.dat"), None, None
    if isinstance(name, DataName):
        reporter, period = name.reporter, name.period
    elif (sheet := sheet_name(path)) is not None:
        sender, _table, day = sheet
        reporter = None if sender == AUTHORITY else sender
        period = None if day is None else Period.of(day)
    return Handed(path, path.stat().st_size, digest(path), reporter, period)


def period_of(files: Sequence[Handed], asked: str | None) -> Period:
    """The month of a hand-over: as asked, else as all its names say."""
    if asked is not None:
        return Period.parse(asked)
    named = {one.period for one in files if one.period is not None}
    if len(named) != 1:
        raise CannotRead("The names of the files do not tell one month: name it with --period.")
    return named.pop()


def reporter_of(files: Sequence[Handed]) -> str | None:
    """The reporter that the names tell; None: the one the token belongs to."""
    named = {one.reporter for one in files if one.reporter is not None}
    if len(named) > 1:
        raise CannotRead(
            "The files are of several reporters: hand over those of each by themselves."
        )
    return named.pop() if named else None


@dataclass(frozen=True)
class HandOver:
    """One hand-over to one site."""

    site: Site
    period: Period
    files: Sequence[Handed]
    explanations: Sequence[Explanation]
    told: Told

    def run(self, patience: float | None) -> dict[str, Any]:
        """The delivery as it stands at the end: sent, accepted, faulty, returned, or waiting for a person.

        ``patience``: for so many seconds it is waited for the branch's answer; None: it is not waited for.
        """
        delivery = self._delivery()
        if delivery["status"] == "draft":
            for number, file in enumerate(self.files):
                self._upload(delivery["id"], file, number)
            delivery = self._post(delivery, "check", {})
        delivery = self._until(delivery, ("checking",), None)
        if delivery["status"] in ("faulty", "clean") and self.explanations:
            delivery = self._explained(delivery)
        if delivery["status"] == "clean" and delivery["why_not"] is None:
            delivery = self._post(delivery, "send", {})
        if patience is not None:
            delivery = self._until(delivery, ("sent", "accepting"), patience)
        return delivery

    def _delivery(self) -> dict[str, Any]:
        """The delivery of these very files, if the site has it; a draft of them that broke off; else a new one."""
        reporter = reporter_of(self.files)
        found = self.site.get(f"deliveries?period={self.period}").told
        ours = [one for one in found if reporter in (None, one["reporter"])]
        wanted, newest = {one.same for one in self.files}, ours[0] if ours else None
        if newest is not None:
            there = {(one["name"], one["sha256"]) for one in newest["files"]}
            if newest["status"] in HELD and wanted <= there:
                return dict(newest)
            if newest["status"] == "draft" and there <= wanted:
                return dict(newest)
        before = "" if newest is None else newest["id"]
        body = {"period": str(self.period)} | ({} if reporter is None else {"reporter": reporter})
        key = key_of("begin", before, self.period, *sorted(wanted))
        return dict(self.site.post("deliveries", body, key=key).told)

    def _upload(self, delivery: str, file: Handed, number: int) -> None:
        name, sha256 = file.same
        body = {"name": name, "size": file.size, "sha256": sha256}
        there = self.site.post(
            f"deliveries/{delivery}/files", body, key=key_of("file", delivery, name, sha256)
        ).told
        path = f"deliveries/{delivery}/files/{there['id']}"
        before, total = self._bytes(number), self._bytes(len(self.files))
        there, misplaced = self.site.get(path).told, 0
        with file.path.open("rb") as stream:
            while not there["complete"]:
                at = there["arrived"]
                self.told("send", before + at, total)
                stream.seek(at)
                try:
                    there = self.site.put(f"{path}?offset={at}", stream.read(PIECE)).told
                except SiteRefused as refused:
                    # The bytes of an answer that was lost have arrived: go on behind them.
                    misplaced += 1
                    if refused.code != "misplaced" or misplaced > 3:
                        raise
                    there = self.site.get(path).told
        self.told("send", before + file.size, total)

    def _bytes(self, until: int) -> int:
        return sum(one.size for one in self.files[:until])

    def _explained(self, delivery: dict[str, Any]) -> dict[str, Any]:
        said = [
            {"rule": one.rule, "table": one.table, "key": one.key, "reason": one.reason}
            for one in self.explanations
        ]
        for first in range(0, len(said), EXPLANATIONS):
            some = {"explanations": said[first : first + EXPLANATIONS]}
            delivery = self._post(delivery, "explanations", some)
        return delivery

    def _post(self, delivery: dict[str, Any], deed: str, body: object) -> dict[str, Any]:
        key = key_of(deed, delivery["id"], delivery["status"], body)
        self.site.post(f"deliveries/{delivery['id']}/{deed}", body, key=key)
        # Not the answer to the deed: it may be one that was kept, and people may have gone on since.
        return dict(self.site.get(f"deliveries/{delivery['id']}").told)

    def _until(
        self, delivery: dict[str, Any], busy: tuple[str, ...], patience: float | None
    ) -> dict[str, Any]:
        """Asks again, as often as the site says, as long as others have work with it."""
        waited = 0.0
        while delivery["status"] in busy and (patience is None or waited < patience):
            answer = self.site.get(f"deliveries/{delivery['id']}")
            delivery = answer.told
            progress = delivery["progress"] or {}
            if progress.get("status") == "failed":
                raise CannotRead(f"The site could not finish its work: {progress['error']}.")
            if progress.get("total"):
                self.told("check", progress["done"], progress["total"])
            if delivery["status"] in busy:
                pause = min(answer.again or MINUTE, MINUTE)
                self.site.pause(pause)
                waited += pause
        return delivery
