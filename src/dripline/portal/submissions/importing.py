"""Bringing in packages for many reporters at once (代为导入): each file goes to the delivery its name says."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import CannotRead, Refused
from dripline.intake import archives
from dripline.intake.names import read_name
from dripline.intake.receiving import AUTHORITY, digest
from dripline.law import Law
from dripline.portal.accounts.models import Kind, Organisation, Role
from dripline.portal.accounts.registers import sync_organisations
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.jobs.actions import enqueue
from dripline.portal.language import said
from dripline.portal.submissions import actions, calendar, rules, storage, uploads
from dripline.portal.submissions.models import Delivery, Explanation, Import, Status
from dripline.store import Explanation as Given
from dripline.words import Text


@dataclass(frozen=True, slots=True, order=True)
class Whose:
    """The delivery a file belongs to. Registers first, then the months, oldest first."""

    bank: bool
    period: str
    reporter: str


@transaction.atomic
def begin(
    name: str, *, stored: str = "", given: Iterable[Given] = (), by: Viewer, now: datetime
) -> Import:
    """An import; the job opens the archive that was uploaded, a folder is read by whoever called."""
    actions.only(rules.why_not_import(by))
    brought = Import.objects.create(
        organisation=by.organisation,
        made_by_id=by.user,
        made_at=now,
        name=storage.shown_name(name),
        stored=stored,
        explanations=[[one.rule, one.table, one.key, one.reason] for one in given],
    )
    record("import.begun", brought, by=by)
    if stored:
        enqueue(
            "submissions.import",
            f"submissions.import {brought.uid}",
            now=now,
            organisation=by.organisation,
            brought=brought.pk,
        )
    return brought


def bring_in(brought: Import, files: Iterable[Path], *, by: Viewer, now: datetime, on: date) -> int:
    """Sorts files by reporter and month, and queues the check of each delivery; how many there are."""
    store = calendar.store()
    if store is not None:
        sync_organisations(store, on)
    left: list[list[str]] = []
    groups = sorted_out(files, left, on)
    made = 0
    for whose in sorted(groups):
        try:
            made += _handed_over(brought, whose, groups[whose], by=by, now=now, on=on)
        except Refused as refused:
            left += [[path.name, str(refused)] for path in groups[whose]]
    finish(brought, left, by=by, now=now)
    return made


@transaction.atomic
def finish(
    brought: Import, left: list[list[str]], *, by: Viewer | None, now: datetime, trouble: str = ""
) -> None:
    """Notes what could not be given to anybody, and that the import is through."""
    brought.left, brought.done_at, brought.trouble = left, now, trouble
    brought.save()
    record("import.done", brought, by=by, says=f"{len(left)} left")


def sorted_out(files: Iterable[Path], left: list[list[str]], on: date) -> dict[Whose, list[Path]]:
    """Files by the delivery they belong to; those that name none go to ``left`` with the reason."""
    groups: dict[Whose, list[Path]] = {}
    for path in files:
        if reason := storage.why_no_such_file(path.name):
            left.append([path.name, reason])
            continue
        reporter, _table, period = storage.says(path.name)
        if not reporter and path.suffix.lower() == ".zip":
            reporter, period = _inside(path, on)
        if reporter and period:
            whose = Whose(reporter != AUTHORITY, period, reporter)
            groups.setdefault(whose, []).append(path)
        else:
            left.append([path.name, _("Its name does not say whose it is and for which month.")])
    return groups


def _inside(path: Path, on: date) -> tuple[str, str]:
    """Reporter and month of the data files in an archive with a name of its own; empty unless they are all of one."""
    bounds = archives.Bounds.of(Law.load(), on=on)
    read = [read_name(one.dat) for one in archives.documents(path, bounds) if one.dat]
    named = {(one.reporter, str(one.period)) for one in read if not isinstance(one, Text)}
    return named.pop() if len(named) == 1 else ("", "")


def _organisation(whose: Whose, on: date) -> Organisation:
    if not whose.bank:
        found = Organisation.objects.on(on).filter(kind=Kind.PROVINCE_BRANCH).first()
    else:
        # Not only those of today: a bank that was absorbed still owes the months before.
        named = Organisation.objects.filter(role=Role.INSTITUTION, reporter=whose.reporter)
        found = named.first()
    if found is None:
        raise Refused(
            _("No organisation reports under %(code)s. Accept the register of reporters first.")
            % {"code": whose.reporter}
        )
    return found


def _handed_over(
    brought: Import, whose: Whose, paths: list[Path], *, by: Viewer, now: datetime, on: date
) -> bool:
    organisation = _organisation(whose, on)
    hashes = {storage.shown_name(path.name): digest(path) for path in paths}
    newest = (
        Delivery.objects.filter(reporter=whose.reporter, period=whose.period)
        .order_by("-attempt")
        .first()
    )
    if newest is not None and _same(newest, hashes):
        raise Refused(_("Attempt %(number)s has the same files.") % {"number": newest.attempt})
    delivery = actions.begin(organisation, whose.period, by=by, now=now, brought=brought)
    for path in paths:
        with path.open("rb") as file:
            chunks = iter(lambda file=file: file.read(storage.CHUNK), b"")
            size = path.stat().st_size
            uploads.whole(delivery, path.name, size, chunks, by=by, now=now, on=on)
    _explained(delivery, brought, by, now)
    actions.check(delivery, by=by, now=now)
    return True


def _same(newest: Delivery, hashes: dict[str, str]) -> bool:
    """Whether an attempt that was not given up has all these files."""
    if newest.status in (Status.DRAFT, Status.WITHDRAWN, Status.RETURNED):
        return False
    there = dict(newest.files.values_list("name", "sha256"))
    return all(there.get(name) == sha256 for name, sha256 in hashes.items())


def _explained(delivery: Delivery, brought: Import, by: Viewer, now: datetime) -> None:
    Explanation.objects.bulk_create(
        Explanation(
            delivery=delivery,
            rule=rule,
            table=table,
            key=key,
            reason=reason,
            made_by_id=by.user,
            made_at=now,
        )
        for rule, table, key, reason in {
            (r, t, k): (r, t, k, w) for r, t, k, w in brought.explanations
        }.values()
    )


def under(paths: Iterable[Path]) -> Iterator[Path]:
    """Every file under folders, in order of their names."""
    for path in paths:
        if not path.exists():
            raise CannotRead(f"{path} does not exist.")
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())


def unpacked(archive: Path, into: Path, on: date) -> list[Path]:
    """The files of an archive of packages, within the lawbook's bounds; Refused with what is wrong with it."""
    law = Law.load()
    most = law.on(on).take("bound.import_entries", int)
    bounds = replace(archives.Bounds.of(law, on=on), entries=most)
    gauge = archives.Gauge(bounds, archive.stat().st_size)
    try:
        with archives.opened(archive, bounds) as opened:
            found = []
            for number, info in enumerate(opened.infolist()):
                if not info.is_dir():
                    found.append(_entry(opened, info, into / str(number), gauge))
            return found
    except archives.Unreadable as stop:
        raise Refused(said(stop.note)) from stop


def _entry(
    opened: zipfile.ZipFile, info: zipfile.ZipInfo, folder: Path, gauge: archives.Gauge
) -> Path:
    parts = info.filename.replace("\\", "/").split("/")
    if info.flag_bits & 0x1:
        raise archives.Unreadable(archives.ENCRYPTED)
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        raise archives.Unreadable(archives.OUTSIDE)
    folder.mkdir(parents=True)
    path = folder / storage.shown_name(info.filename)
    with archives.troubles(), opened.open(info) as stream, path.open("wb") as out:
        while chunk := stream.read(storage.CHUNK):
            out.write(gauge.taken(chunk))
    return path
