"""The tree of organisations goes from the authority to the extra zone, whole, whenever it has changed. No people do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dripline.errors import Refused
from dripline.portal.accounts.models import ROLE_OF, Kind, Organisation
from dripline.portal.audit.actions import record
from dripline.portal.zones.carriers import Load, Page, Taking
from dripline.portal.zones.models import Carried, Channel

KIND = "organisations"
WORDS = ("name", "name_en", "kind", "city", "reporter")


def collect(channel: Channel) -> Iterator[Load]:
    """The tree, if it is not what went out last."""
    page = {"organisations": [_said(place) for place in _all()]}
    content = json.dumps(page, ensure_ascii=False, sort_keys=True).encode()
    digest = hashlib.sha256(content).hexdigest()
    last = Carried.objects.filter(channel=channel, kind=KIND).order_by("-id").first()
    if last is None or last.key.split()[-1] != digest:
        yield Load(f"{channel.sent + 1} {digest}", page)


def _all() -> Any:
    return Organisation.objects.select_related("parent").order_by("code")


def _said(place: Organisation) -> dict[str, str]:
    days = {"from_day": place.from_day, "to_day": place.to_day}
    return {
        "code": place.code,
        **{name: getattr(place, name) for name in WORDS},
        "parent": place.parent.code if place.parent else "",
        **{name: day.isoformat() if day else "" for name, day in days.items()},
    }


def receive(taking: Taking, page: Page) -> None:
    """Brings the organisations here in step. None is removed: one that has ended says so by its last day."""
    listed = page["organisations"]
    if not all(one["kind"] in Kind.values for one in listed):
        raise Refused(_("There is an organisation of a kind that this version does not know."))
    known = {place.code: place for place in Organisation.objects.all()}
    for one in listed:
        known[one["code"]] = _placed(known.get(one["code"]), one, taking)
    for one in listed:
        above = known.get(one["parent"])
        Organisation.objects.filter(code=one["code"]).update(parent=above)


def _placed(place: Organisation | None, one: dict[str, str], taking: Taking) -> Organisation:
    wanted: dict[str, Any] = {name: one[name] for name in WORDS}
    wanted |= {
        "role": ROLE_OF[Kind(one["kind"])],
        "from_day": date.fromisoformat(one["from_day"]),
        "to_day": date.fromisoformat(one["to_day"]) if one["to_day"] else None,
    }
    says = f"bundle {taking.incoming}"
    if place is None:
        place = Organisation.objects.create(code=one["code"], **wanted)
        record("organisation.made", place, by=None, says=says)
    elif any(getattr(place, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(place, name, value)
        place.save()
        record("organisation.changed", place, by=None, says=says)
    return place
