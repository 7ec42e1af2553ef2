"""The tags of a template: what the page holds, in the language of the page."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override


def drawn(source: str, language: str = "zh-hans", **values: object) -> str:
    """A piece of a page."""
    with override(language):
        return Template("{% load design %}" + source).render(Context(values))


def test_a_status_light_is_a_shape_and_a_word_in_every_state() -> None:
    states = ("done", "ok", "watch", "late", "none")
    told = {
        state: [drawn("{% light state %}", language, state=state) for language in ("zh-hans", "en")]
        for state in states
    }
    words = {
        "done": ("已完成", "done"),
        "ok": ("正常推进", "on track"),
        "watch": ("需关注", "needs attention"),
        "late": ("滞后", "behind"),
        "none": ("待报", "not reported"),
    }
    assert {
        state: tuple(text.rsplit("</svg>", 1)[1].removesuffix("</span>") for text in both)
        for state, both in told.items()
    } == words
    shapes = {both[0].split("</svg>")[0].split('aria-hidden="true">')[1] for both in told.values()}
    assert len(shapes) == len(states)


def test_a_light_alone_tells_its_word_to_who_cannot_see_it() -> None:
    assert 'role="img" aria-label="滞后"' in drawn("{% dot 'late' '滞后' %}")


def test_what_a_person_wrote_is_never_read_as_markup() -> None:
    assert drawn("{% light 'ok' words %}", words="<b>&").endswith("</svg>&lt;b&gt;&amp;</span>")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("zh-hans", '<span class="num">3.42</span> <small>%</small>'),
        ("en", '<span class="num">3.42</span> <small>%</small>'),
    ],
)
def test_a_settled_figure_has_no_mark(language: str, shown: str) -> None:
    assert drawn("{% figure 3.42 'percent' %}", language) == shown


@pytest.mark.parametrize(
    ("standing", "language", "letters", "words"),
    [
        ("provisional", "zh-hans", "ᵖ", "初步数"),
        ("provisional", "en", "ᵖ", "provisional"),
        ("revised", "zh-hans", "修订", "修订数"),
        ("revised", "en", "rev.", "revised"),
    ],
)
def test_a_figure_that_may_change_says_so_to_eye_and_ear(
    standing: str, language: str, letters: str, words: str
) -> None:
    assert drawn("{% mark standing %}", language, standing=standing) == (
        f'<span class="standing standing-{standing}" title="{words}"><span aria-hidden="true">{letters}</span>'
        f'<span class="vh">{words}</span></span>'
    )


def test_a_suppressed_figure_is_a_word_and_no_number() -> None:
    assert drawn("{% suppressed %}") == '<span class="suppressed">保密</span>'
    assert drawn("{% suppressed %}", "en") == '<span class="suppressed">suppressed</span>'


def test_a_grade_is_pips_and_its_word() -> None:
    text = drawn("{% grade 3 '良好' %}")
    assert (text.count("<rect"), text.count('class="on"'), text.endswith("良好</span>")) == (
        4,
        3,
        True,
    )


def test_where_there_is_nothing_to_draw_nothing_is_drawn() -> None:
    assert drawn("{% spark one %}{% bullet none 5 %}", one=[1], none=None) == ""


def test_nothing_a_tag_draws_needs_a_style_of_its_own() -> None:
    source = (
        "{% icon 'search' %}{% light 'watch' %}{% spark points %}{% bullet 3 5 %}{% bar 1 2 %}"
        "{% grade 4 '优秀' %}{% figure 1 'yuan' 1 'provisional' %}"
    )
    assert " style=" not in drawn(source, points=[1, 2, 3])
