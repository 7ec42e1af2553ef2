"""What every answer says to the browser: run and load nothing that is not ours, keep nothing that is private."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class SafeHeaders:
    """Adds the content security policy to every answer, and keeps pages of signed-in people out of caches."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its headers; how long it took is no secret: who asks can tell."""
        begun = time.perf_counter()
        response = self.answer(request)
        taken = 1000 * (time.perf_counter() - begun)
        response.headers.setdefault("Server-Timing", f"total;dur={taken:.1f}")
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class KnownProxies:
    """Believes nobody but the proxies that are named: headers of theirs that others send are taken off the request."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to the client itself."""
        doors, meta = settings.DRIPLINE_DOORS, request.META
        if doors.trusts(meta.get("REMOTE_ADDR", "")):
            chain = [one.strip() for one in meta.get("HTTP_X_FORWARDED_FOR", "").split(",")]
            # From the right: what stands further left was written by the client itself.
            outside = [one for one in chain if one and not doors.trusts(one)]
            if outside:
                meta["REMOTE_ADDR"] = outside[-1]
        else:
            theirs = ("X-Forwarded-Proto",) if doors.proxies else ()
            for name in (*(doors.certificate or ()), *theirs):
                meta.pop(as_sent(name), None)
        return self.answer(request)


def as_sent(name: str) -> str:
    """The key under which a request keeps a header."""
    return "HTTP_" + name.upper().replace("-", "_")


def client_address(request: HttpRequest) -> str:
    """The address of the client; of its proxy's client where the proxy is one of ours."""
    return str(request.META.get("REMOTE_ADDR", ""))
