"""The client trusts no certificate it cannot verify, follows nobody elsewhere, and asks a busy site again."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from dripline.cli.site_client import Site, SiteRefused, key_of, read_token
from dripline.errors import CannotRead

TOKEN = "dl_0a1b2c3d_" + "t" * 43


class Desk(BaseHTTPRequestHandler):
    """Answers each request with the next of its answers, and keeps what it was asked."""

    def do_GET(self) -> None:
        asked: list[tuple[str, str | None]] = self.server.asked  # type: ignore[attr-defined]
        asked.append((self.path, self.headers.get("Authorization")))
        status, headers, body = self.server.answers.pop(0)  # type: ignore[attr-defined]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


Asked = list[tuple[str, str | None]]


@contextmanager
def server(
    *answers: tuple[int, dict[str, str], bytes], tls: Path | None = None
) -> Iterator[tuple[str, Asked]]:
    one = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    one.answers, one.asked = list(answers), []  # type: ignore[attr-defined]
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        one.socket = context.wrap_socket(one.socket, server_side=True)
    thread = Thread(target=one.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{one.server_port}", one.asked  # type: ignore[attr-defined]
    finally:
        one.shutdown()
        thread.join()
        one.server_close()


def site(url: str, pauses: list[float] | None = None) -> Site:
    return Site(url, TOKEN, language="en", pause=([] if pauses is None else pauses).append)


WELL = (200, {}, b'{"status": "ok"}')


def certificate(folder: Path) -> Path:
    """A certificate that nobody has signed but itself, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    form = serialization.Encoding.PEM
    secret = key.private_bytes(
        form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + made.public_bytes(form))
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused_at_once(tmp_path: Path) -> None:
    pauses: list[float] = []
    with server(WELL, tls=certificate(tmp_path)) as (url, asked):
        with pytest.raises(CannotRead, match="cannot be reached"):
            site(url, pauses).get("health")
        assert (asked, pauses) == ([], [])


def test_an_authority_of_ones_own_is_named_by_a_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pem = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with server(WELL, tls=pem) as (url, _asked):
        assert site(url).get("health").told == {"status": "ok"}


def test_the_token_goes_to_no_other_address() -> None:
    with (
        server(WELL) as (other, asked),
        server((302, {"Location": f"{other}/api/v1/health"}, b"")) as (url, _),
    ):
        with pytest.raises(CannotRead, match="another address"):
            site(url).get("health")
        assert asked == []


def test_a_busy_site_is_asked_again_when_it_says() -> None:
    pauses: list[float] = []
    busy, gone = (429, {"Retry-After": "7"}, b"{}"), (503, {}, b"")
    with server(busy, gone, WELL) as (url, asked):
        assert site(url, pauses).get("health").told == {"status": "ok"}
    assert (pauses, len(asked)) == ([7.0, 4.0], 3)


def test_a_refusal_is_told_in_the_words_of_the_site() -> None:
    told = b'{"code": "invalid", "says": "No.", "how": "Mend.", "fields": [{"field": "period", "says": "is none"}]}'
    with server((422, {}, told)) as (url, asked):
        with pytest.raises(SiteRefused) as refused:
            site(url).get("health")
        assert (str(refused.value), refused.value.code) == ("No. period: is none Mend.", "invalid")
        assert len(asked) == 1


@pytest.mark.parametrize("text", ["", "password", "dl_short_x", TOKEN + "\n" + TOKEN])
def test_a_file_without_a_token_is_said_so_and_not_shown(tmp_path: Path, text: str) -> None:
    path = tmp_path / "token"
    path.touch(0o600)
    path.write_text(text)
    with pytest.raises(CannotRead) as refused:
        read_token(path)
    assert text == "" or text not in str(refused.value)


def test_the_same_content_gives_the_same_key_and_other_content_another() -> None:
    assert key_of("a", 1) == key_of("a", 1)
    assert len({key_of("a", 1), key_of("a", 2), key_of("a1"), key_of("a", "1", "")}) == 4
