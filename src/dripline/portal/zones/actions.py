"""Making channels, writing bundles and taking them: each whole or not at all, each with its event."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from dripline.errors import CannotRead, Refused
from dripline.intake.archives import Bounds
from dripline.law import Law
from dripline.portal.accounts.models import Kind, Organisation, User
from dripline.portal.accounts.viewers import Viewer
from dripline.portal.audit.actions import record
from dripline.portal.zone import PEERS
from dripline.portal.zones import bundles, keys, rules
from dripline.portal.zones.bundles import Bundle, NotTaken
from dripline.portal.zones.carriers import CARRIERS, FILE, Carrier, Load, Taking, going
from dripline.portal.zones.manifest import BEGINNING, Entry, Manifest
from dripline.portal.zones.models import Carried, Channel, Incoming, Outgoing
from dripline.store import Home
from dripline.store.entries import day_in_china

CHINESE = "zh-hans"


def bounds(now: datetime) -> Bounds:
    """How much a bundle may hold on a day: it carries the packages of many reporters."""
    law, on = Law.load(), day_in_china(now)
    return replace(Bounds.of(law, on=on), entries=law.on(on).take("bound.import_entries", int))


def kept(outgoing: Outgoing) -> Path:
    """Where the file of a bundle lies until it is acknowledged."""
    return settings.ENVIRONMENT.folder / "bundles" / outgoing.file_name


@transaction.atomic
def trust(name: str, peer: str, key: str, *, by: Viewer | None, now: datetime) -> Channel:
    """A channel to a site of another zone, by the public key whose fingerprint was compared; the same key once more
    has no effect, another key takes the place of a lost one."""
    keys.public_key(key)
    if peer not in PEERS[settings.DRIPLINE_ZONE]:
        raise Refused(
            _("A site of the zone “%(own)s” exchanges nothing with “%(peer)s”.")
            % {"own": settings.DRIPLINE_ZONE, "peer": peer}
        )
    channel = Channel.objects.select_for_update().filter(name=name).first()
    if channel is not None and channel.peer != peer:
        raise Refused(_("The channel %(name)s leads to another zone.") % {"name": name})
    if channel is None:
        home = Organisation.objects.filter(kind=Kind.PROVINCE_BRANCH).order_by("id").first()
        account = User(username=f"zone-{name}", display_name=f"{peer} · {name}", home=home)
        account.is_active = False
        account.set_unusable_password()
        account.save()
        channel = Channel(name=name, peer=peer, stands_for=account, made=now)
    channel.key = key.strip()
    channel.save()
    print_ = keys.fingerprint(keys.public_key(key))
    record("zones.trusted", channel, by=by, says=f"{peer} {print_}")
    return channel


def write(channel: Channel, *, by: Viewer | None, now: datetime) -> Outgoing:
    """The next bundle of a channel with everything that waits; Refused where nothing does.

    Its file lies in the home before the database knows of it: written again after a kill, it has the same number.
    """
    key = keys.load(settings.ENVIRONMENT.folder)
    with Home.create(Path(settings.DRIPLINE_HOME)).staging() as work, transaction.atomic():
        channel = Channel.objects.select_for_update().get(pk=channel.pk)
        loads = list(_fitting(_waiting(channel), bounds(now)))
        last = channel.incoming.first()
        before = channel.outgoing.first()
        if reason := rules.why_not_write(channel, waits=bool(loads)):
            raise Refused(reason)
        entries, payloads = _laid_out(loads, work)
        manifest = Manifest(
            channel=channel.name,
            sender=settings.DRIPLINE_ZONE,
            receiver=channel.peer,
            number=channel.sent + 1,
            before=before.digest if before else BEGINNING,
            acknowledged=last.number if last else 0,
            made=now,
            entries=tuple(entries),
        )
        outgoing = Outgoing(channel=channel, number=manifest.number, made=now)
        path = kept(outgoing)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        outgoing.digest = bundles.write(path, manifest, payloads, key)
        outgoing.size = path.stat().st_size
        outgoing.counts = dict(Counter(carrier.kind for carrier, _load in loads))
        outgoing.save()
        Carried.objects.bulk_create(
            Carried(outgoing=outgoing, channel=channel, kind=carrier.kind, key=load.key)
            for carrier, load in loads
        )
        Channel.objects.filter(pk=channel.pk).update(sent=manifest.number)
        record("zones.written", channel, by=by, says=f"{manifest.number} {outgoing.digest}")
        return outgoing


def _waiting(channel: Channel) -> Iterator[tuple[Carrier, Load]]:
    for carrier in going(settings.DRIPLINE_ZONE, channel.peer):
        for load in carrier.collect(channel):
            yield carrier, load


def _fitting(
    waiting: Iterator[tuple[Carrier, Load]], most: Bounds
) -> Iterator[tuple[Carrier, Load]]:
    """As much as one bundle may hold; the rest goes by the next."""
    entries, size = 2, 0
    for carrier, load in waiting:
        entries += 1 + len(load.files)
        size += sum(path.stat().st_size for path in load.files)
        if entries > most.entries or size > most.unpacked_bytes // 2:
            return
        yield carrier, load


def _laid_out(loads: list[tuple[Carrier, Load]], work: Path) -> tuple[list[Entry], list[Path]]:
    """Each page as a file, and each file it names once, however often it is named."""
    entries: list[Entry] = []
    payloads: list[Path] = []
    there: set[str] = set()
    for number, (carrier, load) in enumerate(loads):
        for path in load.files:
            file = bundles.entry(FILE, "", path)
            if file.sha256 not in there:
                there.add(file.sha256)
                entries.append(file)
                payloads.append(path)
        page = work / f"{number}.json"
        page.write_text(json.dumps(load.page, ensure_ascii=False), encoding="utf-8")
        entries.append(bundles.entry(carrier.kind, load.key, page))
        payloads.append(page)
    return entries, payloads


def take(path: Path, *, by: Viewer | None, now: datetime) -> tuple[Incoming, bool]:
    """Takes a bundle, whole, and whether it was new: the same one again has no effect. NotTaken says why not."""
    bundle = bundles.read(path, bounds(now), _key_of)
    undo: list[Callable[[], None]] = []
    with Home.create(Path(settings.DRIPLINE_HOME)).staging() as work:
        files = dict(_unpacked(bundle, work))
        try:
            with transaction.atomic(), translation.override(CHINESE):
                return _taken(bundle, files, undo, by=by, now=now)
        except BaseException:
            while undo:
                undo.pop()()
            raise


def _key_of(name: str) -> object:
    channel = Channel.objects.filter(name=name).first()
    return None if channel is None else keys.public_key(channel.key)


def _unpacked(bundle: Bundle, work: Path) -> Iterator[tuple[str, Path]]:
    for position, entry in enumerate(bundle.manifest.entries, start=1):
        path = work / str(position)
        with path.open("wb") as file:
            for chunk in bundle.payload(position):
                file.write(chunk)
        yield entry.sha256, path


def _taken(
    bundle: Bundle,
    files: dict[str, Path],
    undo: list[Callable[[], None]],
    *,
    by: Viewer | None,
    now: datetime,
) -> tuple[Incoming, bool]:
    page = bundle.manifest
    channel = Channel.objects.select_for_update().get(name=page.channel)
    standing = rules.Standing(
        own=settings.DRIPLINE_ZONE,
        peer=channel.peer,
        sent=channel.sent,
        taken=dict(channel.incoming.values_list("number", "digest")),
    )
    if why := rules.why_not_take(bundle, standing) or _why_not_kinds(bundle):
        raise NotTaken(why)
    if rules.again(bundle, standing):
        return channel.incoming.get(number=page.number), False
    incoming = Incoming.objects.create(
        channel=channel,
        number=page.number,
        digest=bundle.digest,
        acknowledged=page.acknowledged,
        counts=dict(Counter(one.kind for one in page.entries if one.kind != FILE)),
        taken=now,
        taken_by_id=None if by is None else by.user,
    )
    taking = Taking(incoming, now, files, undo)
    for entry in page.entries:
        if entry.kind != FILE:
            _received(taking, entry)
    incoming.save()
    _acknowledged(channel, page.acknowledged, now)
    record("zones.taken", channel, by=by, says=f"{page.number} {bundle.digest}")
    return incoming, True


def _why_not_kinds(bundle: Bundle) -> object:
    """A bundle of another zone's kinds, or of a newer version's, is not taken at all."""
    page = bundle.manifest
    known = {one.kind for one in going(page.sender, page.receiver)} | {FILE}
    unknown = next((one.kind for one in page.entries if one.kind not in known), None)
    return None if unknown is None else rules.NO_SUCH_KIND.format(kind=unknown)


def _received(taking: Taking, entry: Entry) -> None:
    """One thing of a bundle. What has no place here is left with its reason; the rest is taken."""
    mark = len(taking.undo)
    try:
        page = json.loads(taking.files[entry.sha256].read_bytes())
        with transaction.atomic():
            CARRIERS[entry.kind].receive(taking, page)
    except Refused as refused:
        why = str(refused)
    except (KeyError, TypeError, ValueError, AttributeError):
        why = _("It is not written as this version reads it.")
    else:
        return
    taking.back_to(mark)
    taking.leave(entry.kind, entry.name, why)


def _acknowledged(channel: Channel, number: int, now: datetime) -> None:
    """The other site has these: their files are needed no longer."""
    for one in channel.outgoing.filter(acknowledged=None, number__lte=number):
        one.acknowledged = now
        one.save()
        path = kept(one)
        transaction.on_commit(lambda path=path: path.unlink(missing_ok=True))


def file_of(outgoing: Outgoing) -> Path:
    """The file of a bundle that was written, to be carried; CannotRead once it is acknowledged."""
    if not kept(outgoing).exists():
        raise CannotRead(_("The file of this bundle is not here: it was acknowledged."))
    return kept(outgoing)


def copied(outgoing: Outgoing, folder: Path) -> Path:
    """A copy of a bundle on the medium that carries it, there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / outgoing.file_name
    part = place.with_name(f".{place.name}.part")
    shutil.copyfile(file_of(outgoing), part)
    part.replace(place)
    return place
