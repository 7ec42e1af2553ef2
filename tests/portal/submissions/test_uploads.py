"""Files coming in through the pages: plain, in pieces, broken off, too large, hostile."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from dripline.portal.submissions import storage, uploads
from dripline.portal.submissions.models import Delivery, File, Status
from tests.portal.conftest import NOW, TODAY
from tests.portal.submissions.conftest import BANK, Desk, worked

Browse = Callable[..., Client]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def client_of(desk: Desk, browse: Browse) -> Client:
    client = browse(desk.people.user("bank", "entry"))
    client.cookies["django_language"] = "en"
    return client


def announced(client: Client, delivery: Delivery, size: int, **more: str) -> dict[str, object]:
    name = f"{BANK}_DBWXX_20260630.zip"
    data = {"name": name, "size": size} | more
    return client.post(f"/submissions/{delivery.uid}/uploads/", data).json()


def piece(client: Client, upload: object, body: bytes, offset: int):  # type: ignore[no-untyped-def]
    return client.post(
        f"/submissions/uploads/{upload}/",
        body,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_a_plain_form_brings_in_several_files(desk: Desk, client_of: Client) -> None:
    delivery = desk.begin()
    one = desk.package()
    files = [
        SimpleUploadedFile(one.name, one.read_bytes()),
        SimpleUploadedFile("notes.csv", b"a,b\n"),
    ]
    client_of.post(f"/submissions/{delivery.uid}/files/", {"files": files})
    found = delivery.files.values_list("name", "complete", "table")
    assert list(found) == [(one.name, True, "DBWXX"), ("notes.csv", True, "")]


def test_an_upload_that_broke_off_goes_on_at_the_byte_that_the_server_names(
    desk: Desk, client_of: Client
) -> None:
    delivery, content = desk.begin(), desk.package().read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    upload = announced(client_of, delivery, len(content), sha256=digest)["upload"]
    assert piece(client_of, upload, content[:100], 0).json()["offset"] == 100
    head = client_of.head(f"/submissions/uploads/{upload}/")
    assert head.headers["Upload-Offset"] == "100"
    again = announced(client_of, delivery, len(content), sha256=digest)
    assert (again["upload"], again["offset"]) == (upload, 100)
    told = piece(client_of, upload, content[100:], 100).json()
    assert (told["complete"], told["sha256"]) == (True, digest)


def test_a_piece_for_another_place_changes_nothing(desk: Desk, client_of: Client) -> None:
    delivery = desk.begin()
    upload = announced(client_of, delivery, 10)["upload"]
    piece(client_of, upload, b"12345", 0)
    answer = piece(client_of, upload, b"12345", 0)
    assert (answer.status_code, answer.json()["offset"]) == (409, 5)
    assert answer.json()["error"] == "The file goes on at byte 5."


def test_more_bytes_than_announced_are_not_kept(desk: Desk, client_of: Client) -> None:
    upload = announced(client_of, desk.begin(), 4)["upload"]
    answer = piece(client_of, upload, b"12345", 0)
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)


def test_other_bytes_than_announced_are_sent_again_from_the_beginning(
    desk: Desk, client_of: Client
) -> None:
    upload = announced(client_of, desk.begin(), 4, sha256="0" * 64)["upload"]
    answer = piece(client_of, upload, b"1234", 0)
    assert (answer.status_code, answer.json()["offset"]) == (409, 0)
    assert "SHA-256" in answer.json()["error"]


@pytest.mark.parametrize(
    ("name", "size", "says"),
    [
        ("x.exe", "9", "is of no kind that is read here"),
        ("x.zip", "0", "is empty"),
        ("x.zip", str(1 << 40), "is larger than 2147483648 bytes"),
        ("x.zip", "-1", "is a number of bytes"),
        ("x.zip", "9" * 40, "is a number of bytes"),
    ],
)
def test_what_may_not_come_in_is_refused_before_a_byte_of_it_is_read(
    desk: Desk, client_of: Client, name: str, size: str, says: str
) -> None:
    delivery = desk.begin()
    answer = client_of.post(f"/submissions/{delivery.uid}/uploads/", {"name": name, "size": size})
    assert answer.status_code == 409
    assert says in answer.json()["error"]
    assert delivery.files.count() == 0


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd.zip", "passwd.zip"),
        ("C:\\x\\y.zip", "y.zip"),
        ("..", "file"),
        ("a\x00b\n.zip", "ab.zip"),
        ("报" * 400 + ".zip", "报" * 150 + ".zip"),
    ],
)
def test_a_name_is_shown_and_never_a_way(given: str, shown: str) -> None:
    assert storage.shown_name(given) == shown


def test_bytes_lie_under_random_names_inside_the_home(desk: Desk) -> None:
    delivery = desk.begin()
    desk.put(delivery, desk.package(), name="../../../x.zip")
    file = delivery.files.get()
    home = storage.home().path
    assert (file.name, len(file.stored)) == ("x.zip", 40)
    assert storage.place(file.stored).resolve().is_relative_to(home.resolve())
    assert not any("x.zip" in path.name for path in home.rglob("*"))


def test_a_large_upload_keeps_memory_flat(desk: Desk) -> None:
    delivery, size = desk.begin(), 200 << 20
    chunk = bytes(storage.CHUNK)
    by = desk.viewer("bank", "entry")
    file = uploads.announce(delivery, "x.zip", size, by=by, now=NOW, on=TODAY)
    tracemalloc.start()
    uploads.write(file, (chunk for _ in range(size // len(chunk))), offset=0, by=by)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.complete
    assert peak < 8 << 20


def _bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(f"{BANK}_DBWXX_20260630.dat", bytes(64 << 20))
        made.writestr(f"{BANK}_DBWXX_20260630.log", b"x")
    return out.getvalue()


def _traversal() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(f"../../{BANK}_DBWXX_20260630.dat", b"x")
    return out.getvalue()


def _wide() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for column in range(16_384):
        sheet.write(0, column, "x")
    book.close()
    return out.getvalue()


def _formulas() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["债务人代码", "合同编号"])
    sheet.write_formula(1, 0, '=HYPERLINK("http://example.org","x")')
    book.close()
    return out.getvalue()


HOSTILE = {
    "a bomb": ("zip", _bomb),
    "a way out of the archive": ("zip", _traversal),
    "a million columns": ("xlsx", _wide),
    "formulas": ("xlsx", _formulas),
    "a renamed program": ("zip", lambda: b"MZ\x90\x00" * 4096),
    "a renamed program as a sheet": ("xlsx", lambda: b"\x7fELF" * 4096),
    "another encoding": ("csv", lambda: "债务人代码,合同编号\n甲,乙\n".encode("utf-16")),
    "bytes of no text": ("csv", lambda: bytes(range(256)) * 64),
    "half a package": ("zip", None),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_ends_in_a_clear_refusal(
    desk: Desk, client_of: Client, kind: str, tmp_path: Path
) -> None:
    ending, made = HOSTILE[kind]
    content = made() if made else desk.package().read_bytes()[:-60]
    delivery = desk.begin()
    name = f"{BANK}_DBWXX_20260630.{ending}"
    client_of.post(
        f"/submissions/{delivery.uid}/files/", {"files": SimpleUploadedFile(name, content)}
    )
    client_of.post(f"/submissions/{delivery.uid}/check/")
    assert worked() == ["submissions.check done"]
    delivery.refresh_from_db()
    assert delivery.status == Status.FAULTY
    answer = client_of.get(f"/submissions/{delivery.uid}/")
    assert answer.status_code == 200
    rejects = delivery.checked.lines.filter(severity="reject", broken__gt=0).exists()
    assert rejects or delivery.checked.trouble


def test_a_file_of_another_bank_or_month_is_rejected_and_its_rows_are_not_read_as_ones_own(
    desk: Desk,
) -> None:
    delivery = desk.begin()
    desk.put(delivery, desk.package(bank="91410000MA00000B0B"))
    desk.put(delivery, desk.package(day="20260531", table="CLDWDK"))
    checked = desk.check(delivery).checked
    broken = checked.lines.filter(rule__startswith="SUB-").values_list("rule", "broken")
    assert (sorted(broken), checked.pieces.count()) == ([("SUB-01", 1), ("SUB-02", 1)], 0)


def test_a_removed_file_is_gone_from_disk_unless_another_attempt_holds_it(
    desk: Desk, client_of: Client, django_capture_on_commit_callbacks
) -> None:  # type: ignore[no-untyped-def]
    delivery = desk.begin()
    desk.put(delivery, desk.package())
    file = File.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        client_of.post(f"/submissions/uploads/{file.uid}/remove/")
    assert (delivery.files.count(), storage.place(file.stored).exists()) == (0, False)
