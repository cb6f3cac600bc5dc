"""A question on a page: a form says what was filled in, and the page tells no answers."""

from random import Random

import pytest
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from leer.questions import showing
from leer.questions.marking import any_answer, mark, response_of, right_answer
from leer.questions.marking.frozen import FrozenQuestion, Kind
from leer.questions.marking.outcome import InvalidAnswer
from leer.questions.marking.responses import pairs
from tests.support import questions as ask

EACH = [pytest.param(question, id=question.kind) for question in ask.one_of_each()]


def filled_in(question: FrozenQuestion, response: tuple[str, ...], seed: object) -> showing.Form:
    """The form as somebody sends it who answers so, going by the words on the page."""
    shown = showing.shown(question, seed)
    texts = {option.key: option.text for option in question.options}
    form: showing.Form = MultiValueDict()
    if question.kind in ask.CHOOSING:
        form.setlist("option", list(response))
    for row in shown.rows:
        if question.kind is Kind.ORDER:
            place = [texts[key] for key in response].index(row.text) + 1
            form[row.name] = str(place)
        elif question.kind is Kind.MATCH:
            by_text = {texts[key]: value for key, value in pairs(response).items()}
            target = next(o.target for o in question.options if o.key == by_text[row.text])
            form[row.name] = next(value for value, words in shown.choices if words == target)
        elif question.kind is Kind.JUDGEMENT:
            form[row.name] = {texts[k]: v for k, v in pairs(response).items()}[row.text]
    return form


@pytest.mark.parametrize("question", EACH)
def test_a_form_is_read_as_what_was_meant(question: FrozenQuestion) -> None:
    for seed in range(10):
        meant = any_answer(question, Random(seed))
        form = filled_in(question, meant, seed)
        assert response_of(question, showing.read(question, seed, form)) == meant


@pytest.mark.parametrize("question", EACH)
def test_what_was_filled_in_is_kept(question: FrozenQuestion) -> None:
    form = filled_in(question, right_answer(question), 1)
    rows = showing.shown(question, 1, form).rows
    assert {row.given for row in rows if row.given} == {v for _n, vs in form.lists() for v in vs}


@pytest.mark.parametrize("question", EACH[:-1])
def test_a_form_with_nothing_or_nonsense_in_it_is_refused(question: FrozenQuestion) -> None:
    rows = showing.shown(question, 1).rows
    for value in ("", "99", "onzin"):
        form = MultiValueDict({row.name: [value] for row in rows})
        with pytest.raises(InvalidAnswer):
            mark(question, showing.read(question, 1, form))


def test_what_is_written_in_a_reflection_is_not_even_read() -> None:
    form = MultiValueDict({"gedachte": ["iets persoonlijks"]})
    assert showing.read(ask.reflecting(), 1, form) == ()


@pytest.mark.parametrize("question", EACH)
def test_the_page_before_answering_tells_no_answer(question: FrozenQuestion) -> None:
    """The same question with another key gives the same page, but for the order it is mixed in."""
    page = _page(question)
    for said in ("Reactie", "smoes", "weerwoord", "Daarom", "Zo."):
        assert said not in page
    if question.kind in ask.CHOOSING:
        turned = tuple(not option.correct for option in question.options)
        assert page == _page(ask.choosing(question.kind, *turned))
    if question.kind is Kind.JUDGEMENT:
        assert page == _page(ask.judging(1, 3, 4))
    if question.kind is Kind.MATCH:
        assert page == _page(ask.matching("midden", "einde", "begin"))


def test_steps_never_stand_in_the_right_order_and_have_no_names() -> None:
    question = ask.ordering(3)
    right = [option.text for option in question.options]
    for seed in range(50):
        rows = showing.shown(question, seed).rows
        assert [row.text for row in rows] != right
        assert [row.name for row in rows] == ["plek-1", "plek-2", "plek-3"]


def test_the_spots_of_a_picture_have_words_and_places_in_it() -> None:
    page = _page(ask.choosing(Kind.PICTURE_SIGNALS, True, False))
    assert 'viewBox="0 0 1200 675"' in page
    assert 'alt="Een terras"' in page
    assert page.count("<foreignObject") == page.count('type="checkbox"') == 2


@pytest.mark.parametrize("question", EACH)
def test_the_outcome_tells_each_option_and_what_it_says_back(question: FrozenQuestion) -> None:
    outcome = mark(question, any_answer(question, Random(3)))
    results = showing.results(question, outcome)
    context = {"question": question, "mark": outcome, "results": results}
    with override("nl"):
        page = render_to_string("questions/_outcome.html", context)
    for option in question.options:
        assert option.text in page
        assert option.feedback in page
        assert option.target in page
    assert question.explanation in page


def _page(question: FrozenQuestion) -> str:
    with override("nl"):
        shown = showing.shown(question, "zaad")
        return render_to_string("questions/_ask.html", {"question": question, "shown": shown})
