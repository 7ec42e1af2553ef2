"""``dripline serve``, ``worker``, ``site`` and ``zone``: found by an entry point, so the core knows no web."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from dripline.errors import CannotRead
from dripline.portal.submissions.commands import import_folder, organisations
from dripline.portal.zones.commands import zone
from dripline.store import Home

site = typer.Typer(help="The site: its database, accounts and settings.", no_args_is_help=True)


def add(app: typer.Typer) -> None:
    """Adds the commands of the site to the command line."""
    app.command()(serve)
    app.command()(worker)
    site.command("import")(import_folder)
    site.command()(organisations)
    app.add_typer(site, name="site")
    app.add_typer(zone, name="zone")


def started() -> None:
    """Django, set up for this home; CannotRead where the extra is not installed."""
    if importlib.util.find_spec("django") is None:
        raise CannotRead("The site is not installed: pip install 'dripline[portal]'.")
    import django

    from dripline.portal.environment import Environment, make_secret

    make_secret(Environment.read().home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dripline.portal.settings")
    django.setup()


@site.command()
def migrate() -> None:
    """Bring the working database to the form this version needs."""
    started()
    from django.core.management import call_command

    call_command("migrate", verbosity=1, interactive=False)
    call_command("createcachetable")


@site.command()
def begin(
    code: Annotated[str, typer.Argument(help="Code of the province branch, as PBC-41.")],
    name: Annotated[str, typer.Argument(help="Its official name.")],
) -> None:
    """Make the province branch and its four administrators; prints the invitation of each, once."""
    started()
    from django.core.management import call_command
    from django.utils import timezone

    from dripline.portal.accounts.beginning import begin as made

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    for username, token in made(code, name, now=timezone.now()).items():
        typer.echo(f"{username:<12} /invitation/{token}/")


@site.command()
def check() -> int:
    """Name every setting that would be unsafe in service; exit 1 if there is one."""
    from dripline.portal.environment import Environment

    found = list(Environment.read().unsafe())
    for one in found:
        typer.echo(one)
    if not found:
        typer.echo("No unsafe setting was found.")
    return 1 if found else 0


@site.command()
def audit() -> int:
    """Compute every seal of the trail again; exit 1 if one is broken."""
    started()
    from dripline.portal.audit.chain import verify

    found = verify()
    typer.echo(f"{found.sealed} sealed, {found.waiting} not yet sealed, {len(found.broken)} broken")
    for number in found.broken:
        typer.echo(f"seal {number} does not follow from its event and the seal before", err=True)
    return 0 if found.sound else 1


@site.command()
def demo(
    home: Annotated[Path | None, typer.Option(help="The home that `dripline demo` made.")] = None,
) -> None:
    """Serve the synthetic province of `dripline demo` in the background, with people and work on it."""
    place = (home or Home.place() / "demo" / "home").absolute()
    os.environ |= {"DRIPLINE_HOME": str(place), "DRIPLINE_SYNTHETIC": "yes"}
    started()
    from django.core.management import call_command
    from django.utils import timezone

    from dripline.portal import demonstration
    from dripline.store.entries import day_in_china

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    people = demonstration.prepare(day_in_china(timezone.now()))
    running = demonstration.start(place)
    typer.echo("\n".join(demonstration.told(running, people, place)))


@site.command()
def stop() -> int:
    """End the site and worker that `dripline site demo` left running; exit 1 if there were none."""
    from dripline.portal import demonstration

    place = Home.place().absolute()
    stopped = [demonstration.stop(each) for each in (place, place / "demo" / "home")]
    return 0 if any(stopped) else 1


def serve(
    bind: Annotated[str, typer.Option(help="Address and port.")] = "127.0.0.1:8000",
    workers: Annotated[int, typer.Option(help="Processes.")] = 2,
    threads: Annotated[int, typer.Option(help="Threads of each.")] = 4,
) -> None:
    """Serve the site; static files too. The database is brought up to date first."""
    started()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    sys.argv = ["gunicorn"]
    from dripline.portal.server import Server

    Server(bind=bind, workers=workers, threads=threads).run()


def worker() -> None:
    """Do queued work: checks, acceptances, compiles, notices; seal the trail."""
    started()
    from dripline.portal.jobs.worker import work

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)
