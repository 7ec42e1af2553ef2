"""``dripline zone``: what a site needs before bundles go between it and another zone."""

from __future__ import annotations

import typer

zone = typer.Typer(help="What goes between zones: keys of bundles.", no_args_is_help=True)


@zone.callback()
def zones() -> None:
    """Keeps ``key`` a command of its own while it is the only one."""


@zone.command()
def key() -> None:
    """Make this site's key if it has none; print its public key and the fingerprint to compare."""
    from dripline.portal.commands import started

    started()
    from django.conf import settings

    from dripline.portal.zones import keys

    public = keys.make(settings.ENVIRONMENT.folder).public_key()
    typer.echo(f"public key   {keys.public_text(public)}")
    typer.echo(f"fingerprint  {keys.fingerprint(public)}")
