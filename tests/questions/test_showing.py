"""A question on a page: a form says what was filled in, and the page tells no answers."""

from dataclasses import replace
from random import Random

import pytest
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from leer.questions import showing
from leer.questions.marking import any_answer, mark, response_of, right_answer
from leer.questions.marking.frozen import FrozenQuestion, Kind
from leer.questions.marking.outcome import InvalidAnswer, OptionResult
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
    page = _outcome(question, any_answer(question, Random(3)))
    for option in question.options:
        assert option.text in page
        assert option.feedback in page
        assert option.target in page
    assert question.explanation in page


def keys(results: tuple[OptionResult, ...]) -> list[str]:
    return [one.key for one in results]


@pytest.mark.parametrize(
    ("kind", "chosen", "first", "folded"),
    [
        pytest.param(Kind.SINGLE, ["b"], ["a", "b"], ["c", "d"], id="one, not right"),
        pytest.param(Kind.SINGLE, ["a"], ["a"], ["b", "c", "d"], id="one, right"),
        pytest.param(Kind.MULTIPLE, ["a", "d"], ["a", "d"], ["b", "c"], id="several"),
        pytest.param(Kind.TEXT_SIGNALS, ["c"], ["a", "c"], ["b", "d"], id="a signal missed"),
    ],
)
def test_what_was_chosen_and_what_fits_is_read_at_once_and_the_rest_is_folded(
    kind: Kind, chosen: list[str], first: list[str], folded: list[str]
) -> None:
    question = ask.choosing(kind, True, False, False, False)
    told = showing.results(question, mark(question, tuple(chosen)))
    assert (keys(told.first), keys(told.folded)) == (first, folded)


def with_words(question: FrozenQuestion) -> FrozenQuestion:
    return replace(
        question,
        options=tuple(replace(one, feedback=f"Want {one.key}") for one in question.options),
    )


@pytest.mark.parametrize(
    ("question", "response"),
    [
        pytest.param(ask.ordering(3), ("a", "c", "b"), id="order"),
        pytest.param(
            ask.matching("begin", "midden", "einde"), ("a[.]a", "b[.]c", "c[.]b"), id="match"
        ),
        pytest.param(ask.judging(4, 2, 1), ("a[.]4", "b[.]3", "c[.]2"), id="judgement"),
    ],
)
def test_every_row_stands_there_and_what_is_said_of_the_right_ones_is_folded(
    question: FrozenQuestion, response: tuple[str, ...]
) -> None:
    question = with_words(question)
    told = showing.results(question, mark(question, response))
    assert [one.feedback for one in told.first] == ["", "Want b", "Want c"]
    assert [one.feedback for one in told.folded] == ["Want a"]


def test_a_row_of_which_nothing_is_said_is_not_folded_twice() -> None:
    question = ask.ordering()
    assert not showing.results(question, mark(question, right_answer(question))).folded


def test_the_others_are_folded_on_the_page_under_a_question_of_their_own() -> None:
    question = ask.choosing(Kind.SINGLE, True, False, False)
    before, folded = _outcome(question, ("b",)).split("<details")
    assert "Wat is er met de andere antwoorden?" in folded
    assert "Reactie 0" in before
    assert "Reactie 1" in before
    assert "Reactie 2" in folded


def _outcome(question: FrozenQuestion, response: tuple[str, ...]) -> str:
    outcome = mark(question, response)
    results = showing.results(question, outcome)
    context = {"question": question, "mark": outcome, "results": results}
    with override("nl"):
        return render_to_string("questions/_outcome.html", context)


def _page(question: FrozenQuestion) -> str:
    with override("nl"):
        shown = showing.shown(question, "zaad")
        return render_to_string("questions/_ask.html", {"question": question, "shown": shown})
