"""Speaking with a site: its interface over HTTPS with a token, tried again where the network or the site is slow."""

from __future__ import annotations

import hashlib
import json
import os
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from dripline import __version__
from dripline.errors import CannotRead, DriplineError

ROOT: Final = "/api/v1/"
TRIES: Final = 6
TIMEOUT: Final = 120.0
LONGEST_WAIT: Final = 300.0
LONGEST_ANSWER: Final = 64 << 20
LOOPBACK: Final = ("127.0.0.1", "localhost", "::1")
TOKEN: Final = re.compile(r"dl_[0-9a-f]{8}_[A-Za-z0-9_-]{20,80}")
Pause = Callable[[float], object]


class SiteRefused(DriplineError):
    """The site's no, in its own words: what, and what to do."""

    def __init__(self, status: int, told: Mapping[str, Any]) -> None:
        fields = "; ".join(f"{one['field']}: {one['says']}" for one in told.get("fields", ()))
        parts = (told.get("says", f"HTTP {status}"), fields, told.get("how", ""))
        super().__init__(" ".join(filter(None, map(str, parts))))
        self.status, self.code = status, str(told.get("code", ""))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the site told, and in how many seconds to ask again, if it says so."""

    told: Any
    again: float | None


class _Stays(HTTPRedirectHandler):
    """Never follows to another address: the token would go along."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


class Site:
    """One site and one token. The token stands in no message, no log and no argument."""

    def __init__(self, url: str, token: str, *, language: str, pause: Pause) -> None:
        self._root, self._token = _root(url), token
        self._language, self.pause = language, pause
        self._opener = _opener()

    def get(self, path: str) -> Answer:
        """Asks."""
        return self._json("GET", path, None, {})

    def post(self, path: str, body: object, *, key: str) -> Answer:
        """Has something done, once for a key."""
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._json("POST", path, json.dumps(body).encode(), headers)

    def put(self, path: str, piece: bytes) -> Answer:
        """Sends bytes. Tried again it is told, by a refusal, that they have arrived."""
        return self._json("PUT", path, piece, {"Content-Type": "application/octet-stream"})

    def download(self, path: str, into: Path) -> None:
        """Writes an answer into a file, as it comes."""
        with self._open("GET", path, None, {}) as response, into.open("wb") as file:
            while piece := response.read(1 << 20):
                file.write(piece)

    def _json(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        with self._open(method, path, body, headers) as response:
            content = response.read(LONGEST_ANSWER)
            again = response.headers.get("Retry-After")
        told = json.loads(content) if content else None
        return Answer(told, float(again) if again and again.isdecimal() else None)

    def _open(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Any:
        """The answer; a network that fails, a busy site and one that is being mended are asked again a few times."""
        for number in range(1, TRIES + 1):
            request = Request(self._root + path, data=body, method=method, headers=headers)
            request.add_header("Authorization", f"Bearer {self._token}")
            request.add_header("Accept-Language", self._language)
            request.add_header("User-Agent", f"dripline/{__version__}")
            wait = float(2**number)
            try:
                return self._opener.open(request, timeout=TIMEOUT)
            except HTTPError as error:
                with error:
                    if error.code not in (429, 500, 502, 503, 504) or number == TRIES:
                        raise _refused(error) from None
                    asked = error.headers.get("Retry-After", "")
                wait = float(asked) if asked.isdecimal() else wait
            except (URLError, HTTPException, OSError) as error:
                reason = getattr(error, "reason", error)
                if number == TRIES or isinstance(reason, ssl.SSLError):
                    raise CannotRead(f"{self._root} cannot be reached: {reason}.") from None
            self.pause(min(wait, LONGEST_WAIT))
        raise AssertionError("the last try answers or raises")


def _opener() -> OpenerDirector:
    # Verified against the machine's authorities; SSL_CERT_FILE names others, such as an authority of one's own.
    return build_opener(_Stays(), HTTPSHandler(context=ssl.create_default_context()))


def _root(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
        raise CannotRead(f"{url!r} is no address of a site; write https://site.example.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise CannotRead(f"{url!r} is not https: the token would travel open. Write https://.")
    return url.rstrip("/") + ROOT


def _refused(error: HTTPError) -> DriplineError:
    if 300 <= error.code < 400:
        return CannotRead("The site answers from another address; name that one with --site.")
    try:
        told = json.loads(error.read(LONGEST_ANSWER))
    except (ValueError, OSError):
        told = {}
    return SiteRefused(error.code, told if isinstance(told, dict) else {})


def read_token(path: Path) -> str:
    """The token in a file that nobody but its owner may read."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise CannotRead(
                f"{path} can be read by others: chmod 600 {path}, and make a new token."
            )
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRead(f"{path} cannot be read as a file with a token.") from error
    if not TOKEN.fullmatch(text):
        raise CannotRead(f"{path} holds no token; it is one line that begins with dl_.")
    return text


def key_of(*parts: object) -> str:
    """An idempotency key that is the same for the same content."""
    return hashlib.sha256(json.dumps([str(part) for part in parts]).encode()).hexdigest()
