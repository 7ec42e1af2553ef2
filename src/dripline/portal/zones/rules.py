"""Which bundle may be taken next: each number once, in order, by the one it is meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dripline.portal.zones.bundles import Bundle
from dripline.portal.zones.manifest import BEGINNING
from dripline.portal.zones.models import Channel
from dripline.words import Text

OTHER_WAY = Text(
    zh="数据包由“{sender}”发往“{receiver}”，不是发给本区的。请送往“{receiver}”",
    en="the bundle goes from “{sender}” to “{receiver}”, not here. Carry it to “{receiver}”",
)
MISSING = Text(
    zh="应接收第{wanted}号，收到第{number}号。请向对方索取第{wanted}号",
    en="number {wanted} is to be taken next and this is {number}. Ask the other zone for number {wanted}",
)
OTHER_CONTENT = Text(
    zh="第{number}号已接收，内容与此不同。请与对方核对：同一编号不得有两种内容",
    en="number {number} was taken with other contents. Ask the other zone: one number has one content",
)
OTHER_CHAIN = Text(
    zh="第{number}号不接续已接收的前一号。请与对方核对其记录是否由备份恢复",
    en="number {number} does not follow the one taken before. Ask whether the other zone went back to a safe copy",
)
NEVER_SENT = Text(
    zh="对方确认已接收第{acknowledged}号，本区只发出至第{sent}号。请核对本区记录是否由备份恢复",
    en="it acknowledges number {acknowledged} and {sent} is the last sent. Ask whether this site went back to a safe copy",
)

NO_SUCH_KIND = Text(
    zh="数据包内有本版本不认识、或不应发往本区的内容（{kind}），全部未接收。请先升级，或与对方核对",
    en="it holds what this version does not know or what does not belong here ({kind}); nothing was taken. "
    "Bring this site up to date, or ask the other zone",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A channel as it stands here: the two zones, the last number sent, and the digest of each number taken."""

    own: str
    peer: str
    sent: int
    taken: Mapping[int, str]

    @property
    def last(self) -> int:
        """The last number taken, 0 before the first."""
        return max(self.taken, default=0)


def again(bundle: Bundle, standing: Standing) -> bool:
    """Whether this very bundle was taken before: it is answered with the same acknowledgement and has no effect."""
    return standing.taken.get(bundle.manifest.number) == bundle.digest


def why_not_take(bundle: Bundle, standing: Standing) -> Text | None:
    """Why a bundle that reads well is not taken now, and what to do; None if it is the next one."""
    page = bundle.manifest
    if (page.sender, page.receiver) != (standing.peer, standing.own):
        return OTHER_WAY.format(sender=page.sender, receiver=page.receiver)
    if page.number in standing.taken:
        return None if again(bundle, standing) else OTHER_CONTENT.format(number=page.number)
    if page.number != standing.last + 1:
        return MISSING.format(wanted=standing.last + 1, number=page.number)
    if page.before != standing.taken.get(standing.last, BEGINNING):
        return OTHER_CHAIN.format(number=page.number)
    if page.acknowledged > standing.sent:
        return NEVER_SENT.format(acknowledged=page.acknowledged, sent=standing.sent)
    return None


def why_not_write(channel: Channel, *, waits: bool) -> str | None:
    """Why no further bundle is written on a channel: nothing waits, and nothing that came is to be acknowledged."""
    if waits:
        return None
    before = channel.outgoing.first()
    came = [one for one in channel.incoming.all() if one.counts]  # an empty one only acknowledges
    if came and (before is None or came[0].taken > before.made):
        return None
    return _("Nothing waits to be carried, and nothing that came is to be acknowledged.")
