"""A definition written as JSON reads back to the same value; its hashes tell meaning from words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from dripline.canon import canonical, from_json, meaning_hash, to_json, words_hash
from dripline.definitions import Check
from dripline.errors import DefinitionError
from dripline.nodes import Choose, Constant, Field, HasRow, Parameter, decimal
from dripline.standards.loans import CLDWDK
from dripline.words import Text

RULE = Check(
    code="X-1",
    says=Text(zh="词", en="word"),
    remedy=Text(zh="改", en="mend"),
    severity="error",
    source="own",
    article="1",
    holds=CLDWDK.balance.above(Decimal("0.00"))
    & HasRow(((CLDWDK.loan_note_no, CLDWDK.loan_note_no),), period="previous")
    | Choose(((CLDWDK.currency.is_("CNY"), CLDWDK.balance),), Constant(1)).above(
        Parameter("check.rate_min_percent", 5)
    ),
)


def test_a_definition_reads_back_to_the_same_value():
    assert from_json(to_json(RULE)) == RULE
    assert hash(from_json(to_json(RULE))) == hash(RULE)


def test_new_words_change_the_hash_of_words_only():
    other = replace(RULE, says=Text(zh="新词", en="new words"))
    assert meaning_hash(other) == meaning_hash(RULE)
    assert words_hash(other) != words_hash(RULE)


def test_another_condition_changes_the_hash_of_meaning_only():
    other = replace(RULE, holds=CLDWDK.balance.above(1))
    assert meaning_hash(other) != meaning_hash(RULE)
    assert words_hash(other) == words_hash(RULE)


def test_the_text_is_the_same_however_often_it_is_written():
    assert canonical(RULE) == canonical(from_json(to_json(RULE)))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ({"Import": {}}, "the language has no 'Import'."),
        ({"Field": {"table": "X", "name": "y", "of": {}, "more": 1}}, "Field has no more."),
        ({"Constant": {"value": 1.5}}, "1.5 is no exact number; write it as a decimal."),
        ({"Field": {}, "Known": {}}, "one class name is expected, found ['Field', 'Known']."),
    ],
)
def test_what_is_not_of_the_language_is_refused(value, says):
    with pytest.raises(DefinitionError) as refused:
        from_json(value)
    assert str(refused.value) == says


def test_a_definition_from_outside_cannot_be_nested_without_end():
    value = to_json(Field("T", "a", decimal(2)).is_known)
    for _ in range(100):
        value = {"Not": {"part": value}}
    with pytest.raises(DefinitionError):
        from_json(value)
