"""Files coming in: announced, sent in pieces that may break off, and whole once their bytes are there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.intake.receiving import AUTHORITY
from dripline.law import Law
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.submissions import rules, storage
from dripline.portal.submissions.actions import locked, only
from dripline.portal.submissions.models import Delivery, File

HASH = re.compile(r"[0-9a-f]{64}")


def most_bytes(on: date) -> int:
    """How large one file may be on a day (bound.upload_bytes)."""
    return int(str(Law.load().on(on)["bound.upload_bytes"]))


def most_files(on: date) -> int:
    """How many files a delivery may have on a day (bound.archive_entries)."""
    return int(str(Law.load().on(on)["bound.archive_entries"]))


def why_not_file(delivery: Delivery, name: str, size: int, on: date) -> str | None:
    """Why a file of this name and size may not come into a delivery."""
    if reason := storage.why_no_such_file(name):
        return reason
    if size <= 0:
        return _("%(name)s is empty.") % {"name": name}
    if size > (most := most_bytes(on)):
        return _("%(name)s is larger than %(most)s bytes.") % {"name": name, "most": most}
    if delivery.files.count() >= most_files(on):
        return _("A delivery holds no more than %(most)s files.") % {"most": most_files(on)}
    return None


@transaction.atomic
def announce(
    delivery: Delivery,
    name: str,
    size: int,
    *,
    sha256: str = "",
    by: Viewer,
    now: datetime,
    on: date,
) -> File:
    """A file that is about to come; the same name and size goes on where it broke off, others replace it."""
    delivery = locked(delivery)
    only(rules.why_not_upload(by, delivery))
    name, sha256 = storage.shown_name(name), sha256.lower()
    only(why_not_file(delivery, name, size, on))
    if sha256 and not HASH.fullmatch(sha256):
        raise Refused(_("A SHA-256 has 64 hexadecimal digits."))
    there = delivery.files.filter(name=name).first()
    if there is not None and not there.complete and (there.size, there.sha256) == (size, sha256):
        return there
    _reporter, table, _period = storage.says(name)
    for older in delivery.files.all():
        if older.name == name or _mends(delivery, older, name, table):
            _forget(older)
    file = File.objects.create(
        delivery=delivery,
        name=name,
        size=size,
        sha256=sha256,
        stored=storage.new(),
        table=table,
        made_by_id=by.person,
        made_at=now,
    )
    record("delivery.file", delivery, by=by, says=table)
    return file


def _mends(delivery: Delivery, older: File, name: str, table: str) -> bool:
    """Whether a file takes the place of one with another name: a reporter sends one file of a table.

    The division's own lists may come in several sheets, and a check file stands beside its data file.
    """
    if not table or older.table != table or delivery.reporter == AUTHORITY:
        return False
    return older.name.lower().endswith(".log") == name.lower().endswith(".log")


def _forget(file: File) -> None:
    """Removes a file; its bytes too, unless another attempt holds them."""
    stored = file.stored
    file.delete()
    if not File.objects.filter(stored=stored).exists():
        transaction.on_commit(lambda: storage.drop(stored))


def write(file: File, chunks: Iterable[bytes], *, offset: int, by: Viewer) -> int:
    """Appends what has come; the length then. No transaction is held open while the network is slow."""
    only(rules.why_not_upload(by, file.delivery))
    if file.complete:
        raise storage.Misplaced(_("The file is whole already."))
    length = storage.append(file.stored, chunks, offset=offset, most=file.size)
    if length == file.size:
        finish(file, by=by)
    return length


def finish(file: File, *, by: Viewer) -> None:
    """The file is whole if its bytes are those announced; else it is to come again from its beginning."""
    found = storage.digest(file.stored)
    if file.sha256 and found != file.sha256:
        storage.start_again(file.stored)
        raise Refused(
            _("The bytes that came are not those announced (SHA-256); send the file again.")
        )
    with transaction.atomic():
        delivery = locked(file.delivery)
        only(rules.why_not_upload(by, delivery))
        File.objects.filter(pk=file.pk).update(sha256=found, complete=True)
        record("delivery.uploaded", delivery, by=by, says=f"{file.table} {found}")
    file.sha256, file.complete = found, True


def whole(
    delivery: Delivery,
    name: str,
    size: int,
    chunks: Iterable[bytes],
    *,
    by: Viewer,
    now: datetime,
    on: date,
) -> File:
    """A file that comes in one piece, by a plain form or from a folder."""
    file = announce(delivery, name, size, by=by, now=now, on=on)
    if begun := storage.length(file.stored):
        storage.start_again(file.stored)
        begun = 0
    write(file, chunks, offset=begun, by=by)
    return file


@transaction.atomic
def remove(file: File, *, by: Viewer) -> None:
    """Takes a file out of a draft."""
    delivery = locked(file.delivery)
    only(rules.why_not_upload(by, delivery))
    record("delivery.file_removed", delivery, by=by, says=file.table)
    _forget(file)
