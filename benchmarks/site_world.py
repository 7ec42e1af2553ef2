"""A site in the middle of its life: five years of 170 institutions in the store, figures of each month, people at work."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from benchmarks.asking import months
from benchmarks.facts import BANKS, PERIOD, Facts, write, write_facts
from benchmarks.measure import Measured, Steps
from benchmarks.packages import collateral, write_package
from benchmarks.rows import bank_codes
from benchmarks.world import DAY, firms_of, loans, numbered
from dripline.engines.columns import compute_columns
from dripline.engines.duck import connected
from dripline.engines.duck_measures import answer_columns
from dripline.indicators import CATALOGUE
from dripline.indicators.breakdowns import BREAKDOWNS, in_use
from dripline.indicators.results import write_results
from dripline.indicators.versions import all_in_force
from dripline.intake.receiving import AUTHORITY
from dripline.law import Law
from dripline.store import Store
from dripline.store.entries import Entry, TableVersion, digest, written

if TYPE_CHECKING:
    from dripline.portal.accounts.models import Organisation, User

NOW = datetime(2025, 7, 20, 2, tzinfo=UTC)
PEOPLE, VISITORS = 50, "visitors.json"
REGISTERS = ("QUALIFICATION", "EDITION", "ENTERPRISE", "INSTITUTION", "REPORTER")
LOANS = 40_000
"""Loans behind the faulty delivery: one of twelve has collateral."""
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def make(folder: str, rows: str) -> Measured:
    """A child: the home of such a site; made once, found again. Each month has the loans and figures of one month."""
    steps, home = Steps(), Path(folder)
    if (home / VISITORS).exists():
        return steps.done()
    shutil.rmtree(home, ignore_errors=True)
    facts = write_facts(home.with_name(f"facts-{rows}"), int(rows))
    write(facts.folder, "REPORTER", AUTHORITY, reporters())
    store = Store.create(home)
    accept(store, facts)
    begin(home)
    with steps.step("figures"):
        figures(facts)
    with steps.step("people"):
        visitors = people()
    (home / VISITORS).write_text(json.dumps(visitors), encoding="utf-8")
    return steps.done()


def look(folder: str) -> Measured:
    """A child: gives up a home whose results are of other definitions or another lawbook: the site would show none."""
    steps, home = Steps(), Path(folder)
    if not (home / VISITORS).exists():
        return steps.done()
    begin(home)
    from dripline.portal.shown import all_figures, latest_compiled

    shown = all_figures()
    if shown is None or latest_compiled(shown) != PERIOD:
        (home / VISITORS).unlink()
    return steps.done()


def reporters() -> dict[str, pa.Array]:
    """REPORTER: every bank owes every table."""
    return {
        "reporter": bank_codes(BANKS),
        "reporter_name": numbered("YH", np.arange(BANKS), 4),
        "table_code": pa.repeat("*", BANKS),
        "valid_from": pa.repeat(pa.scalar(date(2000, 1, 1)), BANKS),
    }


def accept(store: Store, facts: Facts) -> None:
    """An entry for each bank and month, as the store writes them; the file of a bank is the same every month."""
    store.home.log.mkdir(exist_ok=True)
    number, previous = 0, ""
    for month in months():
        for reporter, tables in deliveries():
            versions = tuple(
                _placed(store.home.path, facts, table, month, reporter) for table in tables
            )
            number += 1
            entry = Entry(
                number=number,
                previous=previous,
                reporter=reporter,
                period=month,
                tables=versions,
                outcomes=(),
                explanations=(),
                received=NOW,
                accepted_on=date(2025, 7, 20),
                by="bench",
                program="bench",
                lawbook=Law.load().digest,
            )
            content = written(entry)
            (store.home.log / f"{number:08d}.json").write_bytes(content)
            previous = digest(content)
    store.at(None)


def deliveries() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who hands in what each month."""
    yield AUTHORITY, REGISTERS
    for bank in bank_codes(BANKS).to_pylist():
        yield str(bank), ("CLDWDK",)


def _placed(home: Path, facts: Facts, table: str, month: object, reporter: str) -> TableVersion:
    place = f"facts/{table}/{month}/{reporter}/v1.parquet"
    (home / place).parent.mkdir(parents=True)
    os.link(facts.folder / table / f"{reporter}.parquet", home / place)
    package = digest(f"{table} {month} {reporter}".encode())
    return TableVersion(
        table=table, version=1, file=place, sha256="0" * 64, package_sha256=package, rows=1000
    )


def surroundings(home: Path) -> dict[str, str]:
    """What a site of this home is told, whatever surrounds the bench."""
    settings = {"DJANGO_SETTINGS_MODULE": "dripline.portal.settings"}
    return {"DRIPLINE_HOME": str(home), "DRIPLINE_SYNTHETIC": "yes", **settings}


def begin(home: Path) -> None:
    """Django for this home, its database brought up to date."""
    os.environ |= surroundings(home)
    from dripline.portal.commands import started

    started()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def figures(facts: Facts) -> None:
    """The whole catalogue of one month, kept as the results of every month."""
    from dripline.portal.shown import all_figures

    shown, law = all_figures(), Law.load()
    assert shown is not None
    with connected(facts, law, memory="3GB") as duck:
        cells = list(
            compute_columns(
                all_in_force(CATALOGUE, PERIOD.last_day).values(),
                in_use(BREAKDOWNS, law.on(PERIOD.last_day)),
                PERIOD,
                lambda asked: answer_columns(asked, duck),
            )
        )
    for month in months():
        of_month = [replace(each, period=str(month)) for each in cells]
        write_results(shown.folder, shown.identity(month), of_month)


def people() -> list[dict[str, str]]:
    """Fifty people signed in: of the branch, and of banks that have a month to mend; what each looks at."""
    from dripline.portal import demonstration
    from dripline.portal.accounts.models import Organisation, Role

    demonstration.prepare(DAY)
    banks = list(Organisation.objects.filter(role=Role.INSTITUTION).exclude(reporter=""))
    branch = Organisation.objects.get(code=demonstration.BRANCH[0])
    history(banks)
    bank = Organisation.objects.get(reporter=bank_codes(1)[0].as_py())
    clerks = [person(f"clerk{number}", bank, "entry") for number in range(PEOPLE // 2)]
    reviewers = [person(f"reviewer{number}", branch, "review") for number in range(PEOPLE // 2)]
    uid = faulty(bank, clerks[0])
    found = [{"session": signed_in(each), "bank": uid} for each in clerks]
    return found + [{"session": signed_in(each), "bank": ""} for each in reviewers]


def person(name: str, place: Organisation, function: str) -> User:
    """Somebody in a post."""
    from dripline.portal.accounts.models import Post, User
    from dripline.portal.demonstration import BEGUN

    user = User.objects.create(username=name, display_name=name)
    Post.objects.create(user=user, organisation=place, function=function, from_day=BEGUN)
    return user


def signed_in(user: User) -> str:
    """The session of somebody who has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend=BACKEND)
    return str(client.cookies["sessionid"].value)


def history(banks: list[Organisation]) -> None:
    """A delivery accepted for each bank and month, with its check."""
    from dripline.portal.accounts.models import User
    from dripline.portal.submissions.models import Checked, Delivery, Line

    one, two = (User.objects.get(username=name) for name in ("shenpi", "tongji"))
    done = {"made_by": one, "made_at": NOW, "sent_by": one, "sent_at": NOW}
    done |= {"reviewed_by": two, "reviewed_at": NOW, "accepted_on": date(2025, 7, 20)}
    some = [
        Delivery(organisation=bank, reporter=bank.reporter, period=str(month), **done)
        for month in months()
        for bank in banks
    ]
    for number, each in enumerate(some, 1):
        each.attempt, each.status, each.entry = 1, "accepted", number
    Delivery.objects.bulk_create(some, batch_size=500)
    checks = [
        Checked(delivery=each, at=NOW, seconds=9, bytes=10_000, rows=1000, lawbook="bench")
        for each in Delivery.objects.all()
    ]
    Checked.objects.bulk_create(checks, batch_size=500)
    broken = {"rule": "DBWXX-02/once", "table": "DBWXX", "severity": "warning", "broken": 2}
    lines = [Line(checked=each, **broken) for each in Checked.objects.all() for _ in range(5)]
    Line.objects.bulk_create(lines, batch_size=500)


def faulty(bank: Organisation, clerk: User) -> str:
    """A delivery of thousands of findings, checked; the name in its address."""
    from dripline.portal.accounts.viewers import viewer_of
    from dripline.portal.jobs.worker import work_once
    from dripline.portal.submissions import actions, uploads

    by = viewer_of(clerk, None, DAY)
    delivery = actions.begin(bank, str(PERIOD), by=by, now=NOW)
    with tempfile.TemporaryDirectory() as folder:
        rows = collateral(loans(0, LOANS, firms_of(LOANS), 1))
        count = len(rows["collateral_type"])
        rows |= {"collateral_type": pa.repeat("99", count), "title_no": pa.repeat("=1+1", count)}
        write_package(Path(folder), "DBWXX", [rows])
        package = next(Path(folder).glob("*.zip"))
        content = package.read_bytes()
        uploads.whole(delivery, package.name, len(content), [content], by=by, now=NOW, on=DAY)
    actions.check(delivery, by=by, now=NOW)
    while work_once("bench", lease=False):
        pass
    return str(delivery.uid)
