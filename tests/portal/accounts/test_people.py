"""Who looks after whose account, and what takes two persons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import translation

from dripline.errors import Refused
from dripline.portal.accounts import actions, proposals, rules
from dripline.portal.accounts.models import Decision, Function, Identity, Post, Proposal
from dripline.portal.accounts.scope import people as looked_after
from dripline.portal.audit.models import Event
from tests.portal.conftest import BEGUN, NOW, TODAY, People


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def trail() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


APART = """
holds    | is given | may
entry    | review   | yes
entry    | security | no
security | entry    | no
system   | audit    | no
audit    | system   | no
security | system   | no
system   | read     | no
audit    | audit    | yes
"""
LINES = [[part.strip() for part in line.split("|")] for line in APART.strip().splitlines()[1:]]


@pytest.mark.parametrize(("holds", "given", "may"), LINES)
def test_business_and_the_three_administrations_are_four_different_people(
    people: People, holds: str, given: str, may: str
) -> None:
    user = people.user("branch", holds, name="one")
    assert (rules.why_not_separate(user, given, TODAY, None) is None) == (may == "yes")


@pytest.mark.parametrize(("holds", "given", "may"), LINES)
def test_the_database_itself_keeps_them_apart(
    people: People, holds: str, given: str, may: str
) -> None:
    user = people.user("branch", holds, name="one")
    new = Post(user=user, organisation=people.places["branch"], function=given, from_day=TODAY)
    if may == "yes":
        new.save()
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        new.save()


def test_the_database_refuses_a_change_that_brings_them_together(people: People) -> None:
    user = people.user("branch", "entry", name="one")
    earlier = Post.objects.create(
        user=user,
        organisation=people.places["branch"],
        function="audit",
        from_day=BEGUN - timedelta(days=9),
        to_day=BEGUN - timedelta(days=1),
    )
    earlier.to_day = None
    with pytest.raises(IntegrityError), transaction.atomic():
        earlier.save()


def test_who_left_business_may_administer_from_the_next_day(people: People) -> None:
    user = people.user("branch", "entry", name="one")
    Post.objects.filter(user=user).update(to_day=TODAY)
    assert rules.why_not_separate(user, "audit", TODAY, None) is not None
    assert rules.why_not_separate(user, "audit", TODAY + timedelta(days=1), None) is None


REACH = """
security of  | bank entry | sub-branch entry | other bank entry | branch review
branch       | yes        | yes              | yes              | yes
city         | no         | no               | no               | no
bank         | yes        | yes              | no               | no
sub-branch   | no         | yes              | no               | no
other bank   | no         | no               | yes              | no
"""
HEAD, *ROWS = [[part.strip() for part in line.split("|")] for line in REACH.strip().splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_security_administrator_looks_after_their_own_organisation_and_below(
    people: People, row: list[str]
) -> None:
    known = {name: people.user(*name.rsplit(" ", 1)) for name in HEAD[1:]}
    viewer = people.viewer(row[0], "security")
    seen = looked_after(viewer)
    found = ["yes" if seen.filter(pk=known[name].pk).exists() else "no" for name in HEAD[1:]]
    assert found == row[1:]


def test_whoever_has_a_post_elsewhere_is_looked_after_by_the_branch_alone(people: People) -> None:
    lent = people.user("bank", "entry")
    Post.objects.create(
        user=lent, organisation=people.places["branch"], function="read", from_day=BEGUN
    )
    assert not looked_after(people.viewer("bank", "security")).filter(pk=lent.pk).exists()
    assert looked_after(people.viewer("branch", "security")).filter(pk=lent.pk).exists()


@pytest.mark.parametrize("place", ["branch system", "branch audit", "bank entry", "branch review"])
def test_nobody_else_looks_after_people(people: People, place: str) -> None:
    people.user("bank", "entry")
    assert not looked_after(people.viewer(*place.split())).exists()


def give(people: People, by: str, function: str, place: str = "bank") -> Post | Proposal:
    return actions.give_post(
        people.user("bank", "read"),
        people.places[place],
        function,
        first=TODAY,
        last=None,
        by=people.viewer(by, "security"),
        now=NOW,
    )


def test_a_working_post_is_given_at_once_with_its_event(people: People) -> None:
    assert isinstance(give(people, "bank", "entry"), Post)
    assert trail() == ["post.given"]


def test_approval_is_proposed_by_one_and_given_by_another(people: People) -> None:
    proposal = give(people, "bank", "approve")
    assert isinstance(proposal, Proposal)
    assert not Post.objects.filter(function="approve").exists()
    with pytest.raises(Refused, match="another person must approve"):
        proposals.approve(proposal, by=people.viewer("bank", "security"), now=NOW)
    proposals.approve(proposal, by=people.viewer("branch", "security"), now=NOW)
    assert Post.objects.get(function="approve").organisation == people.places["bank"]
    assert trail() == ["post.give.proposed", "post.give.approved", "post.given"]


def test_a_proposal_is_decided_once(people: People) -> None:
    proposal = give(people, "bank", "approve")
    other = people.viewer("branch", "security")
    proposals.refuse(proposal, by=other, now=NOW, reason="not needed")  # type: ignore[arg-type]
    with pytest.raises(Refused, match="decided already"):
        proposals.approve(proposal, by=other, now=NOW)  # type: ignore[arg-type]
    assert Proposal.objects.get().status == Decision.REFUSED


def test_the_database_refuses_that_a_person_approves_what_they_proposed(people: People) -> None:
    proposal = give(people, "bank", "approve")
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(
            status="approved", decided_by=people.user("bank", "security"), decided=NOW
        )


def test_what_changed_while_a_proposal_waited_is_asked_again(people: People) -> None:
    proposal = give(people, "bank", "approve")
    held = people.user("bank", "read").posts
    held.update(to_day=TODAY - timedelta(days=1))
    held.create(organisation=people.places["bank"], function="security", from_day=TODAY)
    with pytest.raises(Refused, match="four different people"):
        proposals.approve(proposal, by=people.viewer("branch", "security"), now=NOW)  # type: ignore[arg-type]
    assert Proposal.objects.get().status == Decision.OPEN


@pytest.mark.parametrize(
    ("by", "function", "place", "why"),
    [
        ("bank", "entry", "other bank", "not one that you look after"),
        ("other bank", "entry", "bank", "not one that you look after"),
        ("branch", "audit", "bank", "belong to the province branch"),
        ("bank", "read", "bank", "has this post already"),
    ],
)
def test_posts_that_may_not_be_given(
    people: People, by: str, function: str, place: str, why: str
) -> None:
    people.user("bank", "read")
    Post.objects.filter(function__in=["entry"]).delete()
    with pytest.raises(Refused, match=why):
        give(people, by, function, place)
    assert trail() == []


def test_nobody_changes_their_own_account(people: People) -> None:
    viewer, own = people.viewer("branch", "security"), people.user("branch", "security")
    for deed in (
        lambda: actions.set_active(own, False, by=viewer),
        lambda: actions.reset_second_factor(own, by=viewer),
        lambda: actions.unlock(own, by=viewer),
        lambda: actions.end_post(own.posts.get(), day=TODAY, by=viewer),
    ):
        with pytest.raises(Refused, match="your own account"):
            deed()


def test_a_second_factor_taken_away_is_gone_and_noted(people: People) -> None:
    user = people.user("bank", "entry")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    actions.reset_second_factor(user, by=people.viewer("bank", "security"))
    assert not Authenticator.objects.filter(user=user).exists()
    assert trail() == ["second_factor.added", "second_factor.removed", "second_factor.reset"]


def test_a_certificate_stands_for_one_person(people: People) -> None:
    by = people.viewer("branch", "security")
    actions.add_identity(people.user("bank", "entry"), "certificate", "CN=one", "0A", by=by)
    with pytest.raises(Refused, match="stands for a person already"):
        actions.add_identity(people.user("firm", "read"), "certificate", "CN=one", "0A", by=by)
    with pytest.raises(Refused, match="serial number"):
        actions.add_identity(people.user("firm", "read"), "certificate", "CN=two", "", by=by)
    assert (Identity.objects.count(), trail()) == (1, ["identity.added"])


def test_a_post_ends_on_its_last_day_and_not_before_it_began(people: People) -> None:
    post = people.user("bank", "entry").posts.get()
    by = people.viewer("bank", "security")
    with pytest.raises(Refused, match="before the first"):
        actions.end_post(post, day=date(2019, 1, 1), by=by)
    actions.end_post(post, day=TODAY, by=by)
    assert Post.objects.on(TODAY).filter(pk=post.pk).exists()
    assert not Post.objects.on(TODAY + timedelta(days=1)).filter(pk=post.pk).exists()
    assert Function(post.function) == Function.ENTRY
