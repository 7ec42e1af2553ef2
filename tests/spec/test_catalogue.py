"""The catalogue as a whole: every figure is written in full and can be divided as it says."""

from itertools import product

import pytest

from dripline.codes import code_list
from dripline.definitions import Dimension
from dripline.engines.fold import Moment, atom_table, questions, requests
from dripline.indicators import BREAKDOWNS, CATALOGUE
from dripline.law import Law
from dripline.law.entries import OWN
from tests.conftest import JUNE

MOMENT = Moment((JUNE,), (JUNE,))
EACH = pytest.mark.parametrize("code", CATALOGUE)


@EACH
def test_a_figure_can_be_divided_in_each_way_it_names(code):
    indicator = CATALOGUE[code]
    meant = filter(None, map(indicator.as_meant, indicator.versions))
    for one, way in product(meant, indicator.breakdowns):
        for question in questions(one, way, BREAKDOWNS):
            for request in requests(question, MOMENT):
                for dimension in request.dimensions:
                    assert dimension.of(atom_table(request.atom)) is not None, way


@EACH
def test_a_figure_cites_a_document_of_the_lawbook(code):
    for version in CATALOGUE[code].versions:
        assert version.source in {OWN.id, *Law.load().sources}
        assert version.article


@EACH
def test_a_figure_serves_a_measure_of_the_plan_and_refuses_no_way_it_offers(code):
    indicator = CATALOGUE[code]
    offered = {part for way in indicator.breakdowns for part in way.split("+")}
    assert indicator.serves
    assert offered.isdisjoint(refusal.breakdown for refusal in indicator.refuses)


def test_there_are_words_for_the_items_of_each_breakdown():
    for breakdown in BREAKDOWNS.values():
        if isinstance(breakdown, Dimension) and breakdown.names != "INSTITUTION":
            assert code_list(breakdown.names).codes
