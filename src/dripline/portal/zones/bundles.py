"""A bundle as a file: written whole or not at all, read within bounds. Names in it never become paths."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from dripline.errors import CannotRead
from dripline.intake.archives import (
    CHUNK_BYTES,
    DIRECTORY_BYTES_AN_ENTRY,
    METHODS,
    Bounds,
    Gauge,
    Unreadable,
    opened,
    troubles,
)
from dripline.portal.zones.manifest import Entry, Manifest, NoManifest
from dripline.words import Text

PAGE, SIGNATURE = "manifest.json", "manifest.sig"
SIGNATURE_BYTES = 64
BEGINNING_OF_ZIP = (1980, 1, 1, 0, 0, 0)

NOT_READ = Text(
    zh="无法读取数据包：{why}。请对方重新写出同一编号的数据包",
    en="the bundle cannot be read: {why}. Ask the other zone to write the same number again",
)
NO_PAGE = Text(
    zh="不是本系统的数据包，或由更新的版本写出。请核对文件，或先升级",
    en="this is no bundle, or a newer version wrote it. Check the file, or bring this site up to date",
)
NO_CHANNEL = Text(
    zh="未登记通道“{channel}”。请先登记对方公钥并核对指纹",
    en="the channel “{channel}” is not known here. Enter the other zone's key and compare its fingerprint first",
)
NO_SIGNATURE = Text(
    zh="签名与登记的公钥不符，内容未读取。请与对方核对指纹，并请其重新写出",
    en="the signature is not of the key known here; nothing of it was read. Compare fingerprints, ask for it again",
)
CHANGED = Text(
    zh="第{position}项内容与清单不符，全部未接收。请对方重新写出同一编号的数据包",
    en="payload {position} is not what the manifest says; nothing was taken. Ask for the same number again",
)


class NotTaken(CannotRead):
    """A bundle that is not taken; ``why`` says why, and what to do."""

    def __init__(self, why: Text) -> None:
        super().__init__(f"{why.zh}\n{why.en}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Bundle:
    """One whose signature and payloads have been compared. ``digest`` (of the manifest) stands for all of it."""

    path: Path
    manifest: Manifest
    digest: str
    bounds: Bounds

    def payload(self, position: int) -> Iterator[bytes]:
        """The bytes of an entry, counted from 1, compared with its digest once more as they pass."""
        with _readable(), opened(self.path, self.bounds) as archive:
            gauge = Gauge(self.bounds, self.path.stat().st_size)
            yield from _compared(archive, self.manifest, position, gauge)


def entry(kind: str, name: str, payload: Path) -> Entry:
    """What the manifest says of a payload."""
    with payload.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Entry(kind, name, digest, payload.stat().st_size)


def write(path: Path, manifest: Manifest, payloads: Sequence[Path], key: Ed25519PrivateKey) -> str:
    """Writes a bundle and answers its digest. The file appears whole; the same contents are the same bytes."""
    page = manifest.page()
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_info(PAGE), page)
                archive.writestr(_info(SIGNATURE), key.sign(page))
                for position, payload in enumerate(payloads, start=1):
                    with (
                        payload.open("rb") as source,
                        archive.open(_info(str(position)), "w") as into,
                    ):
                        while chunk := source.read(CHUNK_BYTES):
                            into.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return hashlib.sha256(page).hexdigest()


def read(path: Path, bounds: Bounds, key_of: Callable[[str], Ed25519PublicKey | None]) -> Bundle:
    """The bundle of a file; NotTaken unless its channel is known, its signature right and each payload whole.

    ``key_of`` answers the other zone's key for a channel. Nothing that is not signed is believed.
    """
    with _readable(), opened(path, bounds) as archive:
        gauge = Gauge(bounds, path.stat().st_size)
        page, signature = _pages(archive, gauge, bounds)
        try:
            manifest = Manifest.read(page)
        except NoManifest as error:
            raise NotTaken(NO_PAGE) from error
        if (key := key_of(manifest.channel)) is None:
            raise NotTaken(NO_CHANNEL.format(channel=manifest.channel))
        try:
            key.verify(signature, page)
        except InvalidSignature as error:
            raise NotTaken(NO_SIGNATURE) from error
        _same_entries(archive, manifest)
        for position in range(1, len(manifest.entries) + 1):
            for _ in _compared(archive, manifest, position, gauge):
                pass
    return Bundle(path, manifest, hashlib.sha256(page).hexdigest(), bounds)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, BEGINNING_OF_ZIP)
    info.compress_type = zipfile.ZIP_STORED  # packing differs from machine to machine
    return info


class _readable:  # noqa: N801  (read as a sentence: with _readable())
    """Turns what is unreadable into a bundle that is not taken."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _where: object) -> None:
        if isinstance(error, Unreadable):
            why = Text(
                zh=NOT_READ.zh.format(why=error.note.zh), en=NOT_READ.en.format(why=error.note.en)
            )
            raise NotTaken(why) from error


def _pages(archive: zipfile.ZipFile, gauge: Gauge, bounds: Bounds) -> tuple[bytes, bytes]:
    names = archive.namelist()
    plain = all(not i.flag_bits & 1 and i.compress_type in METHODS for i in archive.infolist())
    if not plain or {PAGE, SIGNATURE} - set(names) or len(names) != len(set(names)):
        raise NotTaken(NO_PAGE)
    page = _short(archive, PAGE, bounds.entries * DIRECTORY_BYTES_AN_ENTRY, gauge)
    return page, _short(archive, SIGNATURE, SIGNATURE_BYTES, gauge)


def _short(archive: zipfile.ZipFile, name: str, most: int, gauge: Gauge) -> bytes:
    with troubles(), archive.open(name) as stream:
        content = gauge.taken(stream.read(most + 1))
    if len(content) > most:
        raise NotTaken(NO_PAGE)
    return content


def _same_entries(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = {str(position) for position in range(1, len(manifest.entries) + 1)}
    held = set(archive.namelist()) - {PAGE, SIGNATURE}
    if differing := sorted(wanted ^ held):
        raise NotTaken(CHANGED.format(position=differing[0]))


def _compared(
    archive: zipfile.ZipFile, manifest: Manifest, position: int, gauge: Gauge
) -> Iterator[bytes]:
    entry, digest, size = manifest.entries[position - 1], hashlib.sha256(), 0
    with troubles():
        stream = archive.open(str(position))
    with stream:
        while True:
            with troubles():
                chunk = stream.read(CHUNK_BYTES)
            if not chunk:
                break
            digest.update(gauge.taken(chunk))
            size += len(chunk)
            yield chunk
    if (digest.hexdigest(), size) != (entry.sha256, entry.size):
        raise NotTaken(CHANGED.format(position=position))
