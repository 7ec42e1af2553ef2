"""Packages opened within bounds: which data files they hold, read as streams and never unpacked to disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO

from zlib_ng import zlib_ng

from dripline.law import Law
from dripline.words import Text

CHUNK_BYTES = 4 << 20
"""Pieces worked on at a time: smaller ones fit the cache better, larger ones keep the threads busier (measured)."""
PACKED_BYTES = 1 << 20
"""Read of an archive at a time: unpacked they come near ``CHUNK_BYTES``."""
LOG_BYTES_MAX = 64 << 10
RATIO_FROM_BYTES = 4 << 20
"""Below this size a high ratio does no harm, and a short file of like rows may well have one."""
DIRECTORY_BYTES_AN_ENTRY = 1024
PACKED = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

DAMAGED = Text(zh="压缩包已损坏，或不是ZIP格式", en="the archive is damaged, or is no ZIP")
ENTRIES = Text(zh="文件数超过上限{bound}", en="more entries than {bound}")
BYTES = Text(zh="解压后超过{bound}字节", en="more than {bound} bytes unpacked")
RATIO = Text(zh="压缩比超过{bound}", en="a compression ratio over {bound}")
ENCRYPTED = Text(zh="压缩包已加密", en="the archive is encrypted")
METHOD = Text(zh="压缩方式不是deflate", en="not packed by deflate")
NESTED = Text(zh="压缩包内另有压缩包", en="an archive within the archive")
OUTSIDE = Text(zh="文件名指向压缩包之外", en="a name that points outside the archive")
NO_DAT = Text(zh="未见.dat文件", en="there is no .dat in it")
SURPLUS = Text(zh="另有其他文件或文件夹：{count}个", en="other files or folders: {count}")
OTHER_STEM = Text(zh="压缩包与.dat不同名", en="the archive is named otherwise than the .dat")
IN_FOLDER = Text(zh=".dat不在根目录", en="the .dat is not at the root")


class Unreadable(Exception):
    """An archive or file breaks off or goes beyond a bound; becomes a finding FILE-08 with this note."""

    def __init__(self, note: Text) -> None:
        super().__init__(note.en)
        self.note = note


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is unpacked at most: entries, bytes, and bytes for each byte of the archive."""

    entries: int
    unpacked_bytes: int
    ratio: int

    @classmethod
    def of(cls, law: Law, *, on: date) -> Bounds:
        """As the lawbook has them on a day."""
        today = law.on(on)
        return cls(
            int(str(today["bound.archive_entries"])),
            int(str(today["bound.archive_unpacked_bytes"])),
            int(str(today["bound.archive_ratio"])),
        )


@dataclass(frozen=True, slots=True)
class Document:
    """One .dat with its .log: where it stands, how to open it, and what is wrong with its package.

    ``dat`` is its name without folders, None where a package holds none; ``faults`` are rules with a note.
    """

    path: Path
    dat: str | None
    log: bytes | None = None
    chunks: Callable[[], Iterator[bytes]] = lambda: iter(())
    faults: tuple[tuple[str, Text], ...] = ()


@dataclass
class Gauge:
    """Counts the bytes that come out of one archive, and stops at a bound."""

    bounds: Bounds
    packed_bytes: int | None
    unpacked: int = field(default=0)

    def taken(self, chunk: bytes) -> bytes:
        """The chunk, once it is counted."""
        self.unpacked += len(chunk)
        if self.unpacked > self.bounds.unpacked_bytes:
            raise Unreadable(BYTES.format(bound=self.bounds.unpacked_bytes))
        if self.packed_bytes is None or self.unpacked < RATIO_FROM_BYTES:
            return chunk
        if self.unpacked > self.packed_bytes * self.bounds.ratio:
            raise Unreadable(RATIO.format(bound=self.bounds.ratio))
        return chunk


def documents(path: Path, bounds: Bounds) -> list[Document]:
    """The data files in a package (.zip), or the .dat itself with the .log beside it."""
    if path.suffix.lower() != ".zip":
        return [_plain(path, bounds)]
    try:
        with opened(path, bounds) as archive:
            return _packed(path, archive, bounds)
    except Unreadable as stop:
        return [Document(path, None, faults=(("FILE-08", stop.note),))]


def _plain(path: Path, bounds: Bounds) -> Document:
    log = next((p for s in (".log", ".LOG") if (p := path.with_suffix(s)).is_file()), None)

    def chunks() -> Iterator[bytes]:
        with path.open("rb") as stream:
            yield from _chunks(_pieces(stream), Gauge(bounds, None))

    return Document(path, path.name, None if log is None else _log(log), chunks)


def _log(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LOG_BYTES_MAX)


def _packed(path: Path, archive: zipfile.ZipFile, bounds: Bounds) -> list[Document]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    for info in infos:
        if refusal := _refusal(info):
            raise Unreadable(refusal)
    dats = [info for info in infos if info.filename.lower().endswith(".dat")]
    if not dats:
        return [Document(path, None, faults=(("FILE-05", NO_DAT), ("FILE-02", NO_DAT)))]
    return [_entry(path, archive, info, bounds) for info in dats]


def _refusal(info: zipfile.ZipInfo) -> Text | None:
    """Why an archive with this entry is not opened."""
    parts = info.filename.replace("\\", "/").split("/")
    if info.flag_bits & 0x1:
        return ENCRYPTED
    if info.compress_type not in METHODS:
        return METHOD
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        return OUTSIDE
    return NESTED if info.filename.lower().endswith(PACKED) else None


def _entry(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounds: Bounds) -> Document:
    stem, name = info.filename[:-4], Path(info.filename.replace("\\", "/")).name
    log = next((i for i in archive.infolist() if i.filename.lower() == f"{stem}.log".lower()), None)
    others = len(archive.infolist()) - 1 - (log is not None)
    faults = [SURPLUS.format(count=others)] * bool(others)
    faults += [IN_FOLDER] * (name != info.filename)
    faults += [OTHER_STEM] * (path.stem != name[:-4])
    size = path.stat().st_size

    def chunks() -> Iterator[bytes]:
        with opened(path, bounds) as again:
            with troubles():
                stream = again.open(info)
            with stream:
                packed = info.compress_type == zipfile.ZIP_DEFLATED
                pieces = _inflated(path, info) if packed else _pieces(stream)
                yield from _chunks(pieces, Gauge(bounds, size))

    text = None if log is None else _log_entry(archive, log)
    return Document(path, name, text, chunks, tuple(("FILE-05", fault) for fault in faults))


def _log_entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with troubles(), archive.open(info) as stream:
        return stream.read(LOG_BYTES_MAX)


def _chunks(pieces: Iterator[bytes], gauge: Gauge) -> Iterator[bytes]:
    while True:
        with troubles():
            chunk = next(pieces, b"")
        if not chunk:
            return
        yield gauge.taken(chunk)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def _inflated(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of an entry whose header ``zipfile`` has accepted, unpacked by zlib-ng.

    It takes a third of the time of zlib in ``zipfile``, which moreover copies what it has not unpacked yet each time.
    """
    engine, size, checksum, rest = zlib_ng.decompressobj(-zlib_ng.MAX_WBITS), 0, 0, b""
    with path.open("rb") as stream:
        stream.seek(info.header_offset + 26)
        stream.seek(sum(struct.unpack("<HH", stream.read(4))), 1)
        left = info.compress_size
        while not engine.eof:
            packed = stream.read(min(PACKED_BYTES, left)) if len(rest) < PACKED_BYTES else b""
            left -= len(packed)
            if not (rest or packed):
                raise EOFError("the entry ends before its data")
            piece = engine.decompress(rest + packed, CHUNK_BYTES)
            rest = engine.unconsumed_tail
            size, checksum = size + len(piece), zlib_ng.crc32(piece, checksum)
            if piece:
                yield piece
    if (size, checksum) != (info.file_size, info.CRC):
        raise zipfile.BadZipFile("the entry is not what the directory says")


@contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[zipfile.ZipFile]:
    """The archive, once its directory is known to be of a size that may be read."""
    with troubles():
        count, size = _directory(path)
        if count > bounds.entries or size > bounds.entries * DIRECTORY_BYTES_AN_ENTRY:
            raise Unreadable(ENTRIES.format(bound=bounds.entries))
        archive = zipfile.ZipFile(path)
    with archive:
        if len(archive.infolist()) > bounds.entries:
            raise Unreadable(ENTRIES.format(bound=bounds.entries))
        yield archive


def _directory(path: Path) -> tuple[int, int]:
    """Entries and bytes of an archive's directory, from its end record: read before the directory itself is."""
    with path.open("rb") as stream:
        length = stream.seek(0, 2)
        stream.seek(max(0, length - (22 + 65_535 + 20 + 56)))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise Unreadable(DAMAGED)
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if (
        at >= 76
        and tail[at - 20 : at - 16] == b"PK\x06\x07"
        and tail[at - 76 : at - 72] == b"PK\x06\x06"
    ):
        count, size = struct.unpack_from("<QQ", tail, at - 76 + 32)
    return count, size


@contextmanager
def troubles() -> Iterator[None]:
    """What the zip library raises on hostile or broken bytes, as one kind of trouble."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        zlib_ng.error,  # type: ignore[misc]  # its stub calls it an exception, not a class of them
        EOFError,
        NotImplementedError,  # zipfile's word for a method of packing it does not know
        RuntimeError,
        ValueError,
        struct.error,
        OverflowError,
    ) as error:
        raise Unreadable(DAMAGED) from error
