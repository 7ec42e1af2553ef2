"""``dripline site demo``: the site of a synthetic province, with people and work on it, served in the background."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.error import URLError

from dripline.errors import CannotRead

PASSWORD = "drip-irrigation-2024-30"
"""Of every demo account; the demo listens on this machine alone."""
BEGUN = date(2020, 1, 1)
NOTE = "demo.json"
PATIENCE = 60.0
"""Seconds the site may take to answer."""
BRANCH, CITY = ("pboc_henan", "人民银行河南省分行"), ("pboc_4103", "人民银行洛阳市分行")
DEPARTMENTS = (
    ("science", "省科技厅"),
    ("industry", "省工业和信息化厅"),
    ("reform", "省发展改革委"),
    ("market_supervision", "省市场监管局"),
    ("finance_office", "省委金融办"),
    ("safe_henan", "外汇局河南省分局"),
)
"""The units of the plan, by the codes its file gives them."""
PEOPLE = (
    ("tongji", "统计审核岗", "pboc_henan", ("review",)),
    ("shenpi", "审批岗", "pboc_henan", ("entry", "approve")),
    ("luoyang", "市分行统计岗", "pboc_4103", ("review",)),
    ("keji", "科技厅经办岗", "science", ("entry",)),
    ("xitong", "系统管理员", "pboc_henan", ("system",)),
    ("anquan", "安全管理员", "pboc_henan", ("security",)),
    ("shenji", "审计管理员", "pboc_henan", ("audit",)),
)
BANKERS = (("yinhang", "银行经办岗", ("entry",)), ("yinhang2", "银行审批岗", ("approve",)))


@dataclass(frozen=True, slots=True)
class Running:
    """The processes of a demo, and where its site listens."""

    port: int
    processes: tuple[int, ...]

    @property
    def address(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}/"


def prepare(today: date) -> list[tuple[str, str, str]]:
    """People and what they wrote; the same again changes nothing. Sign-in name, post and organisation of each."""
    from dripline.portal.accounts.models import Kind, Organisation, Role
    from dripline.portal.accounts.registers import sync_organisations
    from dripline.portal.shown import store

    held = store()
    if held is None:
        raise CannotRead("There is no province in this home yet: run `dripline demo` first.")
    sync_organisations(held, today)
    branch = _place(*BRANCH, Kind.PROVINCE_BRANCH, Role.AUTHORITY)
    _place(*CITY, Kind.CITY_BRANCH, Role.AUTHORITY, parent=branch, city="410300")
    for code, name in DEPARTMENTS:
        _place(code, name, Kind.DEPARTMENT, Role.DEPARTMENT)
    bank = Organisation.objects.filter(role=Role.INSTITUTION).exclude(reporter="").first()
    people = list(PEOPLE)
    if bank is not None:
        people += [(name, words, bank.code, functions) for name, words, functions in BANKERS]
    return [_person(*one) for one in people]


def _place(code: str, name: str, kind: str, role: str, **more: object):  # type: ignore[no-untyped-def]
    from dripline.portal.accounts.models import Organisation

    about = {"name": name, "kind": kind, "role": role, "from_day": BEGUN, **more}
    return Organisation.objects.get_or_create(code=code, defaults=about)[0]


def _person(
    username: str, words: str, code: str, functions: tuple[str, ...]
) -> tuple[str, str, str]:
    from dripline.portal.accounts.models import Organisation, Post, User

    user, new = User.objects.get_or_create(username=username, defaults={"display_name": words})
    place = Organisation.objects.get(code=code)
    if new:
        user.set_password(PASSWORD)
        user.save()
        for function in functions:
            Post.objects.create(user=user, organisation=place, function=function, from_day=BEGUN)
    return username, words, place.name


def start(home: Path) -> Running:
    """Serves the site and works behind it, as processes of their own; what a demo left running is replaced."""
    stop(home)
    port = _free_port()
    folder = home / "portal"
    serving = ("serve", "--bind", f"127.0.0.1:{port}", "--workers", "2")
    processes = tuple(_behind(folder, *words) for words in (serving, ("worker",)))
    running = Running(port, processes)
    note = {"port": port, "processes": processes}
    (folder / NOTE).write_text(json.dumps(note), encoding="utf-8")
    _wait(running)
    return running


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


def _behind(folder: Path, *words: str) -> int:
    """A command of ours that goes on when this one ends; what it says goes into a log in the home."""
    with (folder / f"{words[0]}.log").open("ab") as log:
        command = [sys.executable, "-m", "dripline", *words]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    return process.pid


def _wait(running: Running) -> None:
    """Until the site says it is well."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{running.address}health/", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)  # between two questions; the site is asked until it answers
    raise CannotRead(f"The site did not answer within {PATIENCE:.0f} s; see portal/serve.log.")


def stop(home: Path) -> bool:
    """Ends what a demo left running; whether there was something."""
    note = home / "portal" / NOTE
    try:
        told = json.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    ended = [pid for pid in told["processes"] if _is_ours(pid) and _end(pid)]
    note.unlink(missing_ok=True)
    return bool(ended)


def _is_ours(pid: int) -> bool:
    """Whether the number still belongs to a process of this program: numbers are given again."""
    try:
        return b"dripline" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        found = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True)
        return b"dripline" in found.stdout


def _end(pid: int) -> bool:
    try:
        os.killpg(pid, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return False
    end = time.monotonic() + 10
    while time.monotonic() < end and _is_ours(pid):
        time.sleep(0.1)
    return True


def told(running: Running, people: list[tuple[str, str, str]], home: Path) -> Iterator[str]:
    """What a person who ran the demo reads."""
    yield f"\n{running.address}"
    yield f"  账号 accounts (密码 password: {PASSWORD})"
    for username, words, place in people:
        yield f"    {username:<10} {place} {words}"
    yield f"  停止 stop: DRIPLINE_HOME={home} dripline site stop"
