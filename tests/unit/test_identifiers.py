"""Identifiers are recognised by their own check, and a wrong one says what is wrong with it."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dripline import identifiers as ids
from dripline.codes import code_list

# Two that stand on the public register, and made-up ones.
USCC = ["9144030071526726XG", "91110000802100433B", "91410000MA0000000M", "91410100MA00000021"]
FIRST_17 = st.builds(
    lambda head, region, rest: head + region + rest,
    st.sampled_from(sorted(ids.REGISTRATION_CLASSES)),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ids.USCC_CHARACTERS, min_size=9, max_size=9),
).filter(lambda text: all(c in ids.USCC_CHARACTERS for c in text))
CREDIT_CODES = FIRST_17.map(lambda first: first + ids.check_character(first))
NEARLY = st.builds(
    lambda code, place, put: code[:place] + put + code[place + 1 :],
    CREDIT_CODES,
    st.integers(0, 17),
    st.sampled_from([*ids.DIGITS_AND_CAPITALS, "a", " ", "-", "中", ""]),
)


@pytest.mark.parametrize("code", USCC)
def test_a_code_whose_check_character_fits_is_a_credit_code(code):
    assert ids.why_not_uscc(code) is None
    assert ids.why_class_unknown(code) is None
    assert ids.check_character(code[:17]) == code[17]


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("9141", "应为18位，实为4位", "has 18 characters, this has 4"),
        ("91410000MA000000OM", "第17位“O”不是", "Character 17, 'O', is none"),
        ("91410000ma0000000M", "第9位“m”不是", "Character 9, 'm', is none"),
        ("9141A000MA0000000M", "第3至8位应为", "Characters 3 to 8"),
        ("91410000MA0000000N", "第18位校验码", "check character does not fit"),
    ],
)
def test_a_refused_credit_code_says_why(code, zh, en):
    reason = ids.why_not_uscc(code)
    assert zh in reason.zh
    assert en in reason.en


def test_an_unknown_class_and_an_unknown_province_are_told_apart():
    assert "第1至2位" in ids.why_class_unknown("99410000MA0000000M").zh
    assert "第3至4位" in ids.why_class_unknown("91990000MA0000000M").zh
    assert ids.why_class_unknown("91100000MA0000000M") is None  # registered with the state itself


def test_classes_and_provinces_are_those_of_the_code_lists():
    assert code_list("registration_class").codes.keys() == ids.REGISTRATION_CLASSES
    assert code_list("registration_province").codes.keys() == ids.PROVINCES | {ids.NATIONAL}


@given(CREDIT_CODES, st.integers(0, 17), st.sampled_from(ids.USCC_CHARACTERS))
def test_one_wrong_character_never_passes(code, place, put):
    wrong = code[:place] + put + code[place + 1 :]
    assert ids.uscc_is_valid(wrong) == (wrong == code)


@given(st.lists(st.none() | CREDIT_CODES | NEARLY | st.text(max_size=20), max_size=30))
def test_many_credit_codes_are_judged_as_each_alone(codes):
    alone = [None if c is None else ids.uscc_is_valid(c) for c in codes]
    assert ids.uscc_ok(pa.array(codes, pa.string())).to_pylist() == alone


def test_judging_many_goes_on_beyond_one_slice_of_rows():
    codes = pa.array([*USCC, "91410000MA0000000N"] * 30_000)
    assert ids.uscc_ok(codes).to_pylist() == [True, True, True, True, False] * 30_000


def test_many_may_be_a_slice_a_dictionary_or_in_chunks():
    codes = pa.array(["x", USCC[0], None, "91410000MA0000000N"])
    answer = [False, True, None, False]
    assert ids.uscc_ok(codes.slice(1)).to_pylist() == answer[1:]
    assert ids.uscc_ok(codes.dictionary_encode()).to_pylist() == answer
    assert ids.uscc_ok(pa.chunked_array([codes, codes])).to_pylist() == answer * 2
    assert ids.uscc_ok(pa.array([], pa.string())).to_pylist() == []


@pytest.mark.parametrize("first", ["", "9" * 16, "9" * 18])
def test_a_check_character_needs_all_characters_before_it(first):
    with pytest.raises(ValueError, match="17 characters"):
        ids.check_character(first)


# D2143569-X is the worked example of GB 11714-1997; the others stand inside registered credit codes.
ORGANISATIONS = ["D2143569X", "71526726X", "802100433"]


@pytest.mark.parametrize("code", ORGANISATIONS)
def test_an_organisation_code_of_nine_characters_is_known_by_its_check(code):
    assert ids.why_not_organisation_code(code) is None
    assert ids.organisation_check_character(code[:8]) == code[8]


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("D2143569-X", "应为9位（不含连字符），实为10位"),
        ("d2143569X", "大写字母"),
        ("D21435691", "第9位校验码"),
    ],
)
def test_a_refused_organisation_code_says_why(code, zh):
    assert zh in ids.why_not_organisation_code(code).zh


def test_the_organisation_code_stands_inside_the_credit_code():
    assert ids.organisation_code_of(USCC[0]) == "71526726X"
    assert ids.organisation_is_valid(ids.organisation_code_of(USCC[1]))


@given(
    st.lists(st.none() | st.text("0123456789AX中", max_size=10) | st.sampled_from(ORGANISATIONS))
)
def test_many_organisation_codes_are_judged_as_each_alone(codes):
    alone = [None if c is None else ids.organisation_is_valid(c) for c in codes]
    assert ids.organisation_ok(pa.array(codes, pa.string())).to_pylist() == alone


def test_an_old_registration_number_is_known_by_its_fifteenth_digit():
    assert ids.registration_is_valid("110108000000016")
    assert [d for d in "0123456789" if ids.registration_is_valid("11010800000001" + d)] == ["6"]
    assert not ids.registration_is_valid("11010800000001６")


LEIS = ["5493001KJTIIGC8Y1R12", "HWUPKR0MPOU8FGXBT394", "529900T8BM49AURSDO55"]


@pytest.mark.parametrize("code", LEIS)
def test_a_legal_entity_identifier_is_known_by_its_check_digits(code):
    assert ids.lei_is_valid(code)
    assert not ids.lei_is_valid(code[:-1] + str((int(code[-1]) + 1) % 10))
    assert not ids.lei_is_valid(code.lower())


@given(
    st.lists(
        st.none() | st.sampled_from([*LEIS, LEIS[0][:18] + "13", LEIS[0][:18] + "AB", "5", ""])
    )
)
def test_many_legal_entity_identifiers_are_judged_as_each_alone(codes):
    alone = [None if c is None else ids.lei_is_valid(c) for c in codes]
    assert ids.lei_ok(pa.array(codes, pa.string())).to_pylist() == alone


MD5 = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (USCC[0], "uscc"),
        ("D2143569X", "organisation"),
        ("110108000000016", "registration"),
        (LEIS[0], "lei"),
        ("41010519900101" + MD5, "masked_identity_card"),
        (MD5, "masked_other_person"),
        ("41010519900101" + MD5.upper(), None),
        (MD5.upper(), None),
        ("410105199001010012", None),
        ("", None),
    ],
)
def test_an_identifier_says_what_it_is(code, kind):
    assert ids.kind_of_identifier(code) == kind


@pytest.mark.parametrize(
    ("scheme", "code"), [("uscc", USCC[0]), ("organisation", ORGANISATIONS[0]), ("lei", LEIS[0])]
)
def test_a_code_is_judged_under_the_scheme_named(scheme, code):
    assert ids.valid_id(scheme, code)
    assert not ids.valid_id(scheme, code[::-1])
