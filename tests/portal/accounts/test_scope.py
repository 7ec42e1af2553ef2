"""Who sees whose records: one table."""

from __future__ import annotations

import pytest

from dripline.errors import Refused
from dripline.portal.accounts.scope import organisations, rows, visible
from dripline.portal.jobs.models import Job
from tests.portal.conftest import NOW, People

SEES = """
viewer                  | bank | other bank | sub-branch | department | firm
branch review           | yes  | yes        | yes        | yes        | yes
city review             | no   | yes        | no         | no         | no
bank entry              | yes  | no         | yes        | no         | no
sub-branch entry        | no   | no         | yes        | no         | no
other bank entry        | no   | yes        | no         | no         | no
department read         | no   | no         | no         | yes        | no
firm read               | no   | no         | no         | no         | yes
branch system           | no   | no         | no         | no         | no
branch audit            | no   | no         | no         | no         | no
bank                    | no   | no         | no         | no         | no
"""
HEAD, *LINES = [[part.strip() for part in line.split("|")] for line in SEES.strip().splitlines()]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
def test_a_viewer_sees_the_records_of_their_own_organisation(
    people: People, line: list[str]
) -> None:
    for name in HEAD[1:]:
        Job.objects.create(kind="x", key=name, organisation=people.places[name], created=NOW)
    place, *functions = line[0].rsplit(" ", 1)
    if line[0] == "bank":
        place, functions = "bank", []
    seen = visible(Job, people.viewer(place, *functions)).values_list("key", flat=True)
    assert {name: "yes" if name in seen else "no" for name in HEAD[1:]} == dict(
        zip(HEAD[1:], line[1:], strict=True)
    )


def test_a_model_that_does_not_say_whose_it_is_is_shown_to_nobody(people: People) -> None:
    with pytest.raises(TypeError, match="whose its records are"):
        visible(type(people.places["bank"]), people.viewer("branch", "review"))


def test_rows_of_loans_are_open_to_the_branch_and_to_the_bank_that_reported_them(
    people: People,
) -> None:
    assert rows(people.viewer("branch", "review"), purpose="statistics").reporters is None
    one = rows(people.viewer("sub-branch", "entry"), purpose="statistics").reporters
    assert one == frozenset()
    own = rows(people.viewer("bank", "entry"), purpose="statistics").reporters
    assert own == {"91410000MA00000A0A"}
    city = rows(people.viewer("city", "review"), purpose="supervision").reporters
    assert city == {"91410000MA00000B0B"}


@pytest.mark.parametrize(
    "post", ["department read", "firm read", "branch system", "branch audit", "branch security"]
)
def test_no_row_is_open_to_departments_firms_and_administrators(people: People, post: str) -> None:
    with pytest.raises(Refused):
        rows(people.viewer(*post.split()), purpose="statistics")


def test_the_administrators_see_organisations_but_a_bank_only_its_own(people: People) -> None:
    assert organisations(people.viewer("branch", "system")).count() == len(people.places)
    seen = {place.code for place in organisations(people.viewer("bank", "entry"))}
    assert seen == {"BANK-A", "BANK-A-1"}
