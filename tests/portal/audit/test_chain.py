"""The trail cannot be changed or shortened unseen."""

from __future__ import annotations

import pytest
from django.db import transaction

from dripline.portal.audit.actions import record, seal
from dripline.portal.audit.chain import sm3, verify
from dripline.portal.audit.models import Event, Seal
from tests.portal.conftest import People


def _three(people: People) -> None:
    by = people.viewer("bank", "entry")
    for number in range(3):
        with transaction.atomic():
            record("tested", str(number), by=by)


def test_the_digest_is_the_standard_s_own() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_what_is_not_yet_sealed_is_counted(people: People) -> None:
    _three(people)
    assert (verify().sealed, verify().waiting) == (0, 3)
    assert seal() == 3
    found = verify()
    assert (found.sealed, found.waiting, found.sound) == (3, 0, True)


def test_an_event_changed_after_it_was_sealed_breaks_its_seal_only(people: People) -> None:
    _three(people)
    seal()
    middle = Event.objects.order_by("id")[1]
    Event.objects.filter(pk=middle.pk).update(says="something else")
    assert verify().broken == (2,)


def test_an_event_taken_out_leaves_a_gap(people: People) -> None:
    _three(people)
    seal()
    gone = Seal.objects.get(number=2)
    gone.delete()
    assert verify().broken == (3,)


def test_the_last_event_taken_out_with_its_seal_is_seen_by_who_kept_the_last_seal(
    people: People,
) -> None:
    _three(people)
    seal()
    kept = Seal.objects.get(number=3).digest
    Seal.objects.get(number=3).delete()
    assert kept not in Seal.objects.values_list("digest", flat=True)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused(people: People) -> None:
    with pytest.raises(RuntimeError, match="transaction of its deed"):
        record("tested", by=None)
