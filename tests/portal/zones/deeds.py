"""What people do at one instance, in its process: a line says the deed, a line comes back with what came of it."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

from dripline.portal.commands import started

started()

from django.apps import apps  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from dripline.portal.accounts.models import Function, Kind, Organisation, Post, Role, User  # noqa: E402
from dripline.portal.accounts.viewers import Viewer, viewer_of  # noqa: E402
from dripline.portal.jobs.actions import ERRANDS  # noqa: E402
from dripline.portal.jobs.worker import work_once  # noqa: E402
from dripline.store.entries import day_in_china  # noqa: E402

BEGUN = date(2020, 1, 1)
OF_A_KIND = 6
"""Links of one folder that a walk follows."""


def bank(code: str, reporter: str) -> object:
    """The registers name a bank."""
    place = Organisation.objects.create(
        code=code,
        name=code,
        kind=Kind.BANK,
        role=Role.INSTITUTION,
        city="410100",
        reporter=reporter,
        from_day=BEGUN,
    )
    return place.pk


def person(place: str, function: str) -> Viewer:
    """Somebody in a post, as the site of this zone sees them."""
    user, _new = User.objects.get_or_create(
        username=f"{place}-{function}", defaults={"home": Organisation.objects.get(code=place)}
    )
    Post.objects.get_or_create(
        user=user,
        organisation=Organisation.objects.get(code=place),
        function=Function(function),
        from_day=BEGUN,
    )
    return viewer_of(user, None, day_in_china(timezone.now()))


def work() -> object:
    """The worker's turn: what is queued but for figures, and its errands."""
    from dripline.portal.jobs.models import Job

    while Job.objects.filter(status="queued").exclude(kind="statistics.compile").exists():
        work_once("test", lease=False)
        Job.objects.filter(kind="statistics.compile").delete()
    for errand in ERRANDS:
        if errand.__module__.startswith("dripline.portal.zones"):
            errand(timezone.now())
    return sorted({f"{job.kind} {job.status}" for job in Job.objects.all()})


def hand_in(place: str, period: str, *paths: str) -> object:
    """A bank uploads files, has them checked, and sends them."""
    from dripline.portal.submissions import actions, uploads
    from dripline.portal.submissions.models import Delivery

    now = timezone.now()
    entry = person(place, "entry")
    delivery = actions.begin(Organisation.objects.get(code=place), period, by=entry, now=now)
    for path in map(Path, paths):
        content = path.read_bytes()
        on = day_in_china(now)
        uploads.whole(delivery, path.name, len(content), [content], by=entry, now=now, on=on)
    actions.check(delivery, by=entry, now=now)
    work()
    delivery = Delivery.objects.get(pk=delivery.pk)
    actions.send(delivery, by=person(place, "approve"), now=now)
    return str(delivery.uid)


def withdraw(place: str, uid: str) -> object:
    """A bank wants back what it sent; why it cannot."""
    from dripline.portal.submissions import rules
    from dripline.portal.submissions.models import Delivery

    return rules.why_not_withdraw(person(place, "approve"), Delivery.objects.get(uid=uid))


def accept(place: str, uid: str) -> object:
    """A reviewer of the branch says yes, and the worker takes it into the store."""
    from dripline.portal.submissions import actions
    from dripline.portal.submissions.models import Delivery

    by = person(place, "review")
    actions.accept(Delivery.objects.get(uid=uid), by=by, now=timezone.now())
    return work()


def stands(uid: str) -> object:
    """How a delivery stands: state, reason, entry of the store, rules that were broken."""
    from dripline.portal.submissions.models import Delivery

    one = Delivery.objects.get(uid=uid)
    broken = [line.rule for line in one.checked.lines.filter(broken__gt=0)]
    return {"status": one.status, "reason": one.reason, "entry": one.entry, "broken": broken}


def page(username: str, path: str) -> object:
    """The page a person of this zone gets: its code and its text."""
    answer = _browser(username).get(path, HTTP_HOST="127.0.0.1")
    return {"code": answer.status_code, "text": answer.content.decode(errors="replace")}


def walk(username: str, first: str, most: str) -> object:
    """Follows the links of pages from one on, those of a kind a few times; those that lead nowhere."""
    client, seen, broken = _browser(username), {first}, []
    waiting, kinds = [first], Counter[str]()
    while waiting and len(seen) < int(most):
        path = waiting.pop(0)
        answer = client.get(path, follow=True, HTTP_HOST="127.0.0.1")
        if answer.status_code != 200:
            broken.append(f"{answer.status_code} {path}")
        text = "" if answer.streaming else answer.content.decode(errors="replace")
        for link in re.findall(r'href="(/[^"#?]*)', text):
            kind = re.sub(r"[^/]+/?$", "", link)
            if link not in seen and not link.startswith("/static/") and kinds[kind] < OF_A_KIND:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)
    return {"seen": len(seen), "broken": broken}


def _browser(username: str) -> Client:
    client = Client(headers={"accept-language": "en"}, raise_request_exception=False)
    if username:
        backend = "allauth.account.auth_backends.AuthenticationBackend"
        client.force_login(User.objects.get(username=username), backend=backend)
    return client


def role(place: str, function: str) -> object:
    """What a person with a post is at the site of this zone."""
    return person(place, function).role


def holds() -> object:
    """Everything this instance keeps: rows of each table of its database, and every file but its own keys."""
    from django.conf import settings

    tables = connection.introspection.table_names()
    counts = {}
    for table in tables:
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    home = Path(settings.DRIPLINE_HOME)
    files = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    return {"tables": counts, "files": files, "rooms": sorted(apps.app_configs)}


def addresses() -> object:
    """Every address of this zone."""
    from django.urls import get_resolver

    from dripline.portal.docs import addresses as found

    return sorted(where for where, _access in found(get_resolver().url_patterns))


def command(*arguments: str) -> object:
    """A command as somebody types it at the machine: how it ends and what it says."""
    from dripline.cli import run

    said, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(told):
        code = run(list(arguments))
    return {"code": code, "out": said.getvalue(), "err": told.getvalue()}


def main() -> None:
    """Does one deed after the other until nobody asks any more."""
    said = sys.stdout
    for line in sys.stdin:
        deed, *arguments = json.loads(line)
        try:
            with contextlib.redirect_stdout(sys.stderr):
                answer = {"came": globals()[deed](*arguments)}
        except Exception:  # noqa: BLE001  (who asked is told, whatever it is)
            answer = {"failed": traceback.format_exc()}
        print(json.dumps(answer, ensure_ascii=False), file=said, flush=True)


if __name__ == "__main__":
    main()
