"""Reading channels: how far each direction is, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from dripline.portal.zones import keys
from dripline.portal.zones.carriers import going
from dripline.portal.zones.models import Channel, Incoming, Outgoing, in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A channel as it stands: the last number sent, acknowledged and taken, and what waits by kind."""

    channel: Channel
    fingerprint: str
    sent: int
    acknowledged: int
    taken: int
    waits: dict[str, int]
    outgoing: tuple[Outgoing, ...]
    incoming: tuple[Incoming, ...]

    @property
    def waiting(self) -> list[tuple[object, int]]:
        """What waits, in words."""
        return in_words(self.waits)


SHOWN = 10
"""Bundles of each direction on the page."""


def lines() -> Iterator[Line]:
    """Every channel of this site."""
    for channel in Channel.objects.all():
        outgoing, incoming = channel.outgoing.all(), channel.incoming.select_related("taken_by")
        acknowledged = outgoing.exclude(acknowledged=None).first()
        last = incoming.first()
        yield Line(
            channel=channel,
            fingerprint=keys.fingerprint(keys.public_key(channel.key)),
            sent=channel.sent,
            acknowledged=acknowledged.number if acknowledged else 0,
            taken=last.number if last else 0,
            waits=waits(channel),
            outgoing=tuple(outgoing[:SHOWN]),
            incoming=tuple(incoming[:SHOWN]),
        )


def waits(channel: Channel) -> dict[str, int]:
    """How many things of each kind the next bundle would carry."""
    found = Counter[str]()
    for carrier in going(settings.DRIPLINE_ZONE, channel.peer):
        found[carrier.kind] += sum(1 for _load in carrier.collect(channel))
    return {kind: count for kind, count in found.items() if count}
