"""Notices for organisations that work in the extra zone, and the list of what has been released to the public."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dripline.disclosure import released
from dripline.errors import Refused
from dripline.portal.accounts.models import Organisation, Role
from dripline.portal.notices.actions import tell
from dripline.portal.notices.models import Notice
from dripline.portal.zones.carriers import Load, Page, Taking, went
from dripline.portal.zones.models import Channel, Released
from dripline.store.entries import day_in_china
from dripline.words import Text

OF_DELIVERIES = "delivery"
NOTICE, RELEASES = "notice", "release"
FIELDS = ("key", "kind", "functions", "zh", "en", "url")


def collect_notices(channel: Channel) -> Iterator[Load]:
    """What was told here to organisations outside the authority since the channel was made.

    Of a delivery the other site tells by itself once the receipt is there.
    """
    there = went(channel, NOTICE)
    told = Notice.objects.exclude(organisation__role=Role.AUTHORITY).exclude(kind=OF_DELIVERIES)
    told = told.filter(at__gte=channel.made)
    for notice in told.select_related("organisation").order_by("id"):
        if notice.key not in there:
            page = {name: getattr(notice, name) for name in FIELDS}
            page |= {"organisation": notice.organisation.code, "at": notice.at.isoformat()}
            yield Load(notice.key, page)


def receive_notice(_taking: Taking, page: Page) -> None:
    """The same notice here, once."""
    place = Organisation.objects.filter(code=page["organisation"]).first()
    if place is None:
        raise Refused(
            _("No organisation is called %(code)s here.") % {"code": page["organisation"]}
        )
    tell(
        place,
        page["kind"],
        page["key"],
        Text(zh=page["zh"], en=page["en"]),
        url=page["url"],
        now=datetime.fromisoformat(page["at"]),
        functions=page["functions"],
    )


def collect_releases(channel: Channel) -> Iterator[Load]:
    """The list of released tables as the gate gives it, if it is not what the public site has; a page a day at most."""
    tables = list(released())
    digest = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()
    key = f"{day_in_china(timezone.now())} {digest}"
    if key not in went(channel, RELEASES):
        yield Load(key, {"day": key.split()[0], "tables": tables})


def receive_releases(taking: Taking, page: Page) -> None:
    """What the public site may show from now on."""
    Released.objects.create(
        incoming=taking.incoming, day=date.fromisoformat(page["day"]), tables=page["tables"]
    )
