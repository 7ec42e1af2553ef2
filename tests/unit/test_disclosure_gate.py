"""The gate is closed: what is over several institutions is for the authority, what is one institution's own is its own."""

from __future__ import annotations

import pytest

from dripline.disclosure import NOTHING_RELEASED, why_not_shown


@pytest.mark.parametrize(
    ("several", "authority", "open_"),
    [(True, True, True), (True, False, False), (False, True, True), (False, False, True)],
)
def test_only_a_table_over_several_institutions_for_others_than_the_authority_is_closed(
    several: bool, authority: bool, open_: bool
) -> None:
    reason = why_not_shown(several_institutions=several, to_authority=authority)
    assert (reason is None) is open_


def test_the_gate_says_why_in_both_languages() -> None:
    for words in (
        NOTHING_RELEASED,
        why_not_shown(several_institutions=True, to_authority=False),
    ):
        assert words is not None
        assert words.zh
        assert words.en
