"""``dripline site import`` and ``dripline site organisations``: what the branch does at the machine itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dripline.errors import CannotRead, Refused

Folders = Annotated[list[Path], typer.Argument(help="Folders of packages, or archives of them.")]
Person = Annotated[str, typer.Option("--as", help="Whose name it is done in: a person with entry.")]
Explain = Annotated[Path | None, typer.Option("--explain", help="CSV: rule, table, key, reason.")]


def import_folder(paths: Folders, person: Person, explain: Explain = None) -> int:
    """Bring in packages of many reporters; the worker checks each delivery. Exit 1 if a file was left."""
    from dripline.portal.commands import started

    started()
    from django.utils import timezone

    from dripline.intake.acceptance import read_explanations
    from dripline.portal.submissions import importing
    from dripline.store.entries import day_in_china

    given = () if explain is None else read_explanations(explain)
    now = timezone.now()
    on, by = day_in_china(now), _acting(person)
    files = list(importing.under(paths))
    name = ", ".join(path.name for path in paths)
    brought = importing.begin(name, given=given, by=by, now=now)
    made = importing.bring_in(brought, files, by=by, now=now, on=on)
    typer.echo(f"{made} deliveries, {len(brought.left)} files left")
    for file, reason in brought.left:
        typer.echo(f"{file}: {reason}", err=True)
    return 1 if brought.left else 0


def organisations() -> None:
    """Make and date the organisations of all reporters from the registers that were accepted."""
    from dripline.portal.commands import started

    started()
    from django.utils import timezone

    from dripline.portal.accounts.registers import sync_organisations
    from dripline.portal.submissions import calendar
    from dripline.store.entries import day_in_china

    store = calendar.store()
    if store is None:
        raise CannotRead("Nothing has been accepted yet: accept the registers first.")
    done = sync_organisations(store, day_in_china(timezone.now()))
    typer.echo(f"{done.made} made, {done.changed} changed")


def _acting(name: str):  # type: ignore[no-untyped-def]
    """The person of this sign-in name in the post of entry at the province branch."""
    from django.utils import timezone

    from dripline.portal.accounts.models import User
    from dripline.portal.accounts.viewers import viewer_of
    from dripline.portal.submissions import rules
    from dripline.store.entries import day_in_china

    user = User.objects.filter(username=name).first()
    if user is None:
        raise CannotRead(f"Nobody signs in as {name!r}.")
    viewer = viewer_of(user, None, day_in_china(timezone.now()))
    for place in viewer.choices:
        chosen = viewer_of(user, place.pk, day_in_china(timezone.now()))
        if rules.why_not_import(chosen) is None:
            return chosen
    raise Refused(f"{name} has no post of entry at the province branch.")
