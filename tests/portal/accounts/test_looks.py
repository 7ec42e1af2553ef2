"""Every look at rows names its purpose, is in the trail, and is refused where the purpose does not open them."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.utils import translation

from dripline.errors import Refused
from dripline.portal.accounts.looks import PurposeForm, asked, look
from dripline.portal.accounts.models import Look
from dripline.portal.audit.models import Event
from dripline.standards.customers import FTYKHX
from dripline.standards.institutions import JRJGFZ
from tests.portal.conftest import People


def _trail() -> list[tuple[str, str, str, str]]:
    return list(
        Event.objects.order_by("id").values_list("verb", "subject", "purpose", "organisation_name")
    )


def test_a_look_gives_the_scope_and_stands_in_the_trail_with_its_purpose(people: People) -> None:
    scope = look(people.viewer("branch", "review"), FTYKHX, "statistics")
    assert (scope.reporters, scope.purpose) == (None, "statistics")
    code = FTYKHX.code
    assert _trail() == [("rows.looked", code, "statistics", "河南省分行")]


def test_a_look_at_one_reporter_gives_the_rows_of_that_one_only(people: People) -> None:
    viewer = people.viewer("branch", "review")
    scope = look(viewer, FTYKHX, "statistics", of=people.places["bank"])
    assert scope.reporters == {"91410000MA00000A0A"}
    assert Look.objects.get().of == people.places["bank"]


def test_a_purpose_that_the_table_does_not_serve_is_refused_with_the_law_and_kept(
    people: People,
) -> None:
    with translation.override("en"), pytest.raises(Refused, match="Statistics Law"):
        look(people.viewer("branch", "review"), FTYKHX, "supervision")
    assert _trail() == [("rows.refused", FTYKHX.code, "supervision", "河南省分行")]


@pytest.mark.parametrize("place", ["other bank", "sub-branch"])
def test_nobody_looks_at_rows_of_a_bank_above_or_beside_their_own(
    people: People, place: str
) -> None:
    with pytest.raises(Refused):
        look(
            people.viewer(place, "entry"),
            FTYKHX,
            "statistics",
            of=people.places["bank"],
        )
    assert [verb for verb, *_ in _trail()] == ["rows.refused"]


def test_a_look_of_a_bank_at_its_own_rows_is_no_look_of_the_central_bank(people: People) -> None:
    look(people.viewer("bank", "entry"), FTYKHX, "statistics")
    assert (len(_trail()), Look.objects.count()) == (1, 0)


def test_a_form_offers_the_purposes_that_the_table_serves() -> None:
    def offered(table: object) -> list[str]:
        return [key for key, _ in PurposeForm(table=table).fields["purpose"].choices]  # type: ignore[arg-type]

    assert offered(FTYKHX) == ["statistics"]
    assert offered(JRJGFZ) == ["statistics", "supervision"]
    assert offered(None) == ["statistics", "supervision", "operation", "consented"]


def test_a_purpose_nobody_knows_was_not_named() -> None:
    ask = RequestFactory().get
    assert asked(ask("/", {"purpose": "statistics"})) == "statistics"
    assert (asked(ask("/", {"purpose": "curiosity"})), asked(ask("/"))) == (None, None)
