"""Fifty people on the site of ``site_world``, each asking for a page every five seconds; and a large upload."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.facts import BANKS, PERIOD
from benchmarks.measure import Figure, Measured, Steps, in_child, median
from benchmarks.site_world import PEOPLE, VISITORS, surroundings

WARM, LASTS, EVERY = 15.0, 60.0, 5.0
"""Seconds before it counts, that it counts, and between two pages of a person."""
PATIENCE = 120.0
UPLOAD, PIECE = 200_000_000, 8_000_000
BRANCH = {
    "cockpit": "/plan/",
    "statistics": "/statistics/?code=TE-BAL&by=borrower_city",
    "institutions": "/statistics/?code=TE-BAL&by=institution",
    "board": f"/submissions/?period={PERIOD}",
}
BANK = {"findings": "/submissions/{uid}/findings/", "delivery": "/submissions/{uid}/"}
GOAL = ("cockpit", "statistics", "institutions", "findings")


@dataclass
class Heard:
    """Milliseconds of each page: what the server took, and what the visitor waited."""

    server: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    waited: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    first: dict[str, float] = field(default_factory=dict)


@dataclass
class Visitor:
    """One person with a browser, which connects anew for each page."""

    port: int
    session: str
    pages: dict[str, str]
    heard: Heard

    def visit(self, begin: float, counts_from: float, end: float) -> None:
        """A page every five seconds until the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        at = begin
        for name, path in cycle(self.pages.items()):
            time.sleep(max(0.0, at - time.monotonic()))
            if time.monotonic() >= end:
                break
            server, waited = self.ask(connection, path)
            connection.close()  # the next request opens it again
            self.heard.first.setdefault(name, waited)
            if at >= counts_from:
                self.heard.server[name].append(server)
                self.heard.waited[name].append(waited)
            at += EVERY

    def ask(self, connection: http.client.HTTPConnection, path: str) -> tuple[float, float]:
        """Milliseconds by the server's own clock, and by ours."""
        start = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": f"sessionid={self.session}"})
        answer = connection.getresponse()
        answer.read()
        waited = 1000 * (time.perf_counter() - start)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        found = re.search(r"total;dur=([\d.]+)", answer.getheader("Server-Timing") or "")
        assert found is not None
        return float(found[1]), waited


def visit(folder: str, lasts: str = str(LASTS)) -> Measured:
    """A child: serves the site and sends the visitors; what they heard, and memory during an upload."""
    steps, home = Steps(), Path(folder)
    told = json.loads((home / VISITORS).read_text(encoding="utf-8"))
    with serving(home) as (port, server):
        heard = Heard()
        _crowd(port, told, heard, float(lasts))
        before = resident(server)
        most = _upload(port, told, server)
    found: Measured = {}
    for name, taken in heard.server.items():
        found[name] = median(taken)
        found[f"{name}.p95"] = sorted(taken)[int(0.95 * len(taken))]
        found[f"{name}.waited"] = median(heard.waited[name])
        found[f"{name}.first"] = heard.first[name]
    asked = sum(len(taken) for taken in heard.server.values())
    return steps.done(**found, asked=asked, before=before, most=most)


def _crowd(port: int, told: list[dict[str, str]], heard: Heard, lasts: float) -> None:
    start = time.monotonic() + 0.5
    counts, end = start + WARM, start + WARM + lasts
    threads = []
    for number, one in enumerate(told):
        pages = {name: path.format(uid=one["bank"]) for name, path in BANK.items()}
        turned = list((pages if one["bank"] else BRANCH).items())
        order = dict(
            islice(cycle(turned), number % len(turned), number % len(turned) + len(turned))
        )
        visitor = Visitor(port, one["session"], order, heard)
        begin = start + EVERY * number / len(told)
        threads.append(threading.Thread(target=visitor.visit, args=(begin, counts, end)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def serving(home: Path) -> Iterator[tuple[int, int]]:
    """The site as it runs in service, on a free port: the port, and the number of its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dripline", "serve", "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        command, env=os.environ | surroundings(home), stdout=sys.stderr, start_new_session=True
    )
    try:
        _wait(port)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the site did not answer")


def resident(server: int) -> int:
    """Bytes in memory of the server's processes together."""
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            text = status.read_text()
        except OSError:
            continue
        ours = status.parent.name == str(server) or f"\nPPid:\t{server}\n" in text
        found = re.search(r"VmRSS:\s+(\d+)", text)
        total += 1024 * int(found[1]) if ours and found else 0
    return total


def _upload(port: int, told: list[dict[str, str]], server: int) -> int:
    """A file of 200 MB in pieces by a clerk of the bank; the most memory the server took."""
    session = next(one["session"] for one in told if one["bank"])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    page = _asked(connection, session, "GET", "/submissions/")[1]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    begun = {"csrfmiddlewaretoken": token[1], "period": str(PERIOD.shift(1))}
    headers = {"X-CSRFToken": token[1], "Content-Type": "application/x-www-form-urlencoded"}
    where = _asked(connection, session, "POST", "/submissions/begin/", urlencode(begun), headers)[0]
    announced = {"name": "large.csv", "size": str(UPLOAD)}
    _, told_file = _asked(
        connection, session, "POST", f"{where}uploads/", urlencode(announced), headers
    )
    address, most = f"/submissions/uploads/{json.loads(told_file)['upload']}/", 0
    piece = b"x" * PIECE
    for offset in range(0, UPLOAD, PIECE):
        more = {**headers, "Upload-Offset": str(offset), "Content-Type": "application/octet-stream"}
        _asked(connection, session, "POST", address, piece, more)
        most = max(most, resident(server))
    return most


def _asked(
    connection: http.client.HTTPConnection,
    session: str,
    method: str,
    path: str,
    body: str | bytes | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[str, str]:
    """Where an answer leads, and its text."""
    cookie = f"sessionid={session}"
    if headers and (token := headers.get("X-CSRFToken")):
        cookie += f"; csrftoken={token}"
    connection.request(method, path, body, {**(headers or {}), "Cookie": cookie})
    answer = connection.getresponse()
    text = answer.read().decode(errors="replace")
    if answer.status >= 400:
        raise SystemExit(f"{path} answered {answer.status}: {text[:200]}")
    return answer.getheader("Location") or "", text


def figures(home: Path, rows: int) -> Iterator[Figure]:
    """Milliseconds of the pages under the crowd, and memory under the upload."""
    folder = str(home / "data" / f"site-{rows}")
    in_child("look_at_site", folder)
    in_child("make_site", folder, str(rows))
    found = in_child("visit_site", folder)
    crowd = f"{PEOPLE} people, a page every {EVERY:.0f} s; 60 months x {BANKS} institutions"
    for name in (*BRANCH, *BANK):
        goal = "< 150" if name in GOAL else ""
        yield Figure(f"site.{name}.ms", found[name], "ms", f"server, median: {crowd}", goal)
        yield Figure(f"site.{name}.p95.ms", found[f"{name}.p95"], "ms", "19 of 20 take no longer")
        yield Figure(f"site.{name}.waited.ms", found[f"{name}.waited"], "ms", "visitor, median")
        yield Figure(f"site.{name}.first.ms", found[f"{name}.first"], "ms", "the first one asked")
    yield Figure("site.asked", found["asked"], "pages", f"in {LASTS:.0f} s, after {WARM:.0f} s")
    more = (found["most"] - found["before"]) / 1e6
    yield Figure(
        "site.upload.more", more, "MB", "memory beside before, for a file of 200 MB", "< 50"
    )
    yield Figure("site.memory", found["before"] / 1e6, "MB", "of all processes of the server")
    yield Figure("site.load", found["load"], "load", "1 minute, at the end")
