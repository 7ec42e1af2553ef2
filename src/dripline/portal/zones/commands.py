"""``dripline zone``: keys, channels, and the bundles that go between this site and others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dripline.errors import CannotRead

if TYPE_CHECKING:
    from dripline.portal.zones.models import Channel

zone = typer.Typer(help="What goes between zones: keys, channels, bundles.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="The channel's name, the same on both sides.")]


@zone.callback()
def zones() -> None:
    """Keeps the commands in a group of their own."""


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


@zone.command()
def trust(
    name: Name,
    peer: Annotated[str, typer.Argument(help="Zone of the other site: inner, extra or public.")],
    public: Annotated[
        str, typer.Argument(help="Its public key, as `dripline zone key` prints it.")
    ],
) -> None:
    """Open a channel to a site whose fingerprint was compared; a new key takes the place of the old one."""
    from dripline.portal.commands import started

    started()
    from django.utils import timezone

    from dripline.portal.zones import actions, keys

    channel = actions.trust(name, peer, public, by=None, now=timezone.now())
    typer.echo(f"{channel.name} leads to {channel.peer}")
    typer.echo(f"fingerprint  {keys.fingerprint(keys.public_key(channel.key))}")


@zone.command()
def write(
    name: Name,
    out: Annotated[Path, typer.Option(help="Folder, as that of a medium, for the file.")],
    again: Annotated[int, typer.Option(help="Number of a bundle to copy once more.")] = 0,
) -> None:
    """Write the next bundle of a channel with everything that waits, and copy it to a folder."""
    from dripline.portal.commands import started

    started()
    from django.utils import timezone

    from dripline.portal.zones import actions

    channel = _channel(name)
    if again:
        bundle = channel.outgoing.filter(number=again).first()
        if bundle is None:
            raise CannotRead(f"Number {again} was never written on {name}.")
    else:
        bundle = actions.write(channel, by=None, now=timezone.now())
    typer.echo(f"{actions.copied(bundle, out).name}  {bundle.digest}  {_counted(bundle.counts)}")


@zone.command()
def take(
    files: Annotated[list[Path], typer.Argument(help="Bundles, in the order of their numbers.")],
) -> int:
    """Take bundles that another site wrote. Exit 1 if something in them had no place here."""
    from dripline.portal.commands import started

    started()
    from django.utils import timezone

    from dripline.portal.zones import actions

    left = 0
    for file in files:
        taken, new = actions.take(file, by=None, now=timezone.now())
        said = _counted(taken.counts) if new else "taken before: nothing was done"
        typer.echo(f"{taken.channel.name} {taken.number}  {said}")
        for one in taken.left if new else ():
            typer.echo(f"left: {one['kind']} {one['key']}: {one['why']}", err=True)
            left += 1
    return 1 if left else 0


@zone.command()
def status() -> None:
    """Each channel: what was sent, acknowledged and taken, and what waits to be carried."""
    from dripline.portal.commands import started

    started()
    from dripline.portal.zones import queries

    for line in queries.lines():
        typer.echo(
            f"{line.channel.name} ({line.channel.peer}): sent {line.sent}, acknowledged "
            f"{line.acknowledged}, taken {line.taken}, waits {_counted(line.waits)}"
        )


def _channel(name: str) -> Channel:
    from dripline.portal.zones.models import Channel

    channel = Channel.objects.filter(name=name).first()
    if channel is None:
        raise CannotRead(f"No channel is called {name!r}; `dripline zone status` lists them.")
    return channel


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing"
