"""Marking: what an answer is worth, and what is no answer."""

from dataclasses import asdict
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.questions.marking import any_answer, mark, response_of, right_answer
from leer.questions.marking.frozen import FrozenQuestion, Kind, Quiz
from leer.questions.marking.outcome import InvalidAnswer, Refusal
from tests.support import questions as ask

single = ask.choosing(Kind.SINGLE, True, False, False)
multiple = ask.choosing(Kind.MULTIPLE, True, True, False, False)
EACH = [pytest.param(question, id=question.kind) for question in ask.one_of_each()]

some_right = st.lists(st.booleans(), min_size=2, max_size=8).filter(lambda r: any(r) and not all(r))
questions = st.one_of(
    st.builds(
        lambda kind, right: ask.choosing(kind, *right),
        st.sampled_from([Kind.MULTIPLE, Kind.TEXT_SIGNALS, Kind.PICTURE_SIGNALS]),
        some_right,
    ),
    st.integers(2, 7).map(lambda n: ask.choosing(Kind.SINGLE, True, *[False] * (n - 1))),
    st.integers(3, 8).map(ask.ordering),
    st.lists(st.sampled_from(["begin", "midden", "einde"]), min_size=2, max_size=8).map(
        lambda targets: ask.matching(*targets)
    ),
    st.lists(st.integers(1, 4), min_size=2, max_size=8).map(lambda all_: ask.judging(*all_)),
)
dice = st.integers(0, 10_000).map(Random)


@pytest.mark.parametrize(("chosen", "scaled"), [("a", 1.0), ("b", 0.0)])
def test_one_answer_is_right_or_not(chosen: str, scaled: float) -> None:
    outcome = mark(single, [chosen])
    assert (outcome.scaled, outcome.success) == (scaled, scaled == 1.0)


@pytest.mark.parametrize(
    ("chosen", "scaled"),
    [("ab", 1.0), ("a", 0.5), ("abc", 0.5), ("ac", 0.0), ("c", 0.0), ("cd", 0.0), ("abcd", 0.0)],
)
def test_part_of_the_answers_is_part_of_the_mark_and_wrong_ones_count_against_it(
    chosen: str, scaled: float
) -> None:
    outcome = mark(multiple, list(chosen))
    assert (outcome.scaled, outcome.success) == (scaled, chosen == "ab")


@pytest.mark.parametrize(
    ("order", "scaled"),
    [
        ("abcd", 1.0),
        ("bacd", 2 / 3),
        ("bcda", 0.0),
        ("abdc", 2 / 3),
        ("badc", 1 / 3),
        ("dcba", 0.0),
    ],
)
def test_each_pair_of_steps_the_right_way_round_counts(order: str, scaled: float) -> None:
    assert mark(ask.ordering(), list(order)).scaled == pytest.approx(scaled)


def test_a_line_that_is_matched_well_counts_as_one_of_the_lines() -> None:
    outcome = mark(ask.matching("begin", "midden", "einde"), ["a[.]a", "b[.]b", "c[.]b"])
    assert outcome.scaled == pytest.approx(2 / 3)
    assert [(one.given, one.wanted) for one in outcome.options][2] == ("midden", "einde")


@pytest.mark.parametrize(
    ("rating", "scaled"), [("4", 1.0), ("3", 0.75), ("2", 0.5), ("1", 0.5)], ids=str
)
def test_a_rating_beside_the_experts_is_worth_half(rating: str, scaled: float) -> None:
    assert mark(ask.judging(4, 1), [f"a[.]{rating}", "b[.]1"]).scaled == scaled


def test_what_is_thought_over_has_no_mark() -> None:
    outcome = mark(ask.reflecting(), [])
    assert (outcome.scaled, outcome.success, outcome.options) == (None, None, ())


@pytest.mark.parametrize(
    ("asked", "response", "refusal"),
    [
        (single, [], Refusal.NOTHING_CHOSEN),
        (multiple, [], Refusal.NOTHING_CHOSEN),
        (ask.choosing(Kind.TEXT_SIGNALS, True, False), [], Refusal.NO_SIGNAL_CHOSEN),
        (single, ["z"], Refusal.UNKNOWN_OPTION),
        (single, ["a", "b"], Refusal.TOO_MANY_CHOSEN),
        (ask.ordering(), [], Refusal.PLACES_NOT_ONCE),
        (ask.ordering(), list("abc"), Refusal.PLACES_NOT_ONCE),
        (ask.ordering(), list("aabc"), Refusal.PLACES_NOT_ONCE),
        (ask.ordering(), list("abcz"), Refusal.UNKNOWN_OPTION),
        (ask.matching("begin", "einde"), ["a[.]a"], Refusal.NOT_ALL_MATCHED),
        (ask.matching("begin", "einde"), ["a[.]a", "b[.]z"], Refusal.UNKNOWN_OPTION),
        (ask.judging(4, 1), ["a[.]4"], Refusal.NOT_ALL_RATED),
        (ask.judging(4, 1), ["a[.]4", "b[.]5"], Refusal.UNKNOWN_OPTION),
        (ask.reflecting(), ["mijn gedachte"], Refusal.UNKNOWN_OPTION),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(
    asked: FrozenQuestion, response: list[str], refusal: Refusal
) -> None:
    with pytest.raises(InvalidAnswer, match=refusal.value) as caught:
        mark(asked, response)
    assert caught.value.refusal is refusal


def test_each_option_tells_what_it_was_and_what_it_says_back() -> None:
    first, second, _third = mark(single, ["b"]).options
    assert (first.correct, first.chosen) == (True, False)
    assert (second.correct, second.chosen, second.feedback) == (False, True, "Reactie 1")
    assert (second.rationalisation, second.counter_line) == ("smoes", "weerwoord")


@given(asked=questions, dice=dice)
def test_a_mark_is_between_nothing_and_all_and_full_only_where_everything_is_right(
    asked: FrozenQuestion, dice: Random
) -> None:
    outcome = mark(asked, any_answer(asked, dice))
    assert outcome.scaled is not None
    assert 0 <= outcome.scaled <= 1
    assert outcome.success == (outcome.scaled == 1)
    as_wanted = [
        one.chosen == one.correct or bool(one.wanted and one.correct) for one in outcome.options
    ]
    assert outcome.success == all(as_wanted)


@given(asked=questions)
def test_the_right_answer_has_the_full_mark(asked: FrozenQuestion) -> None:
    outcome = mark(asked, right_answer(asked))
    assert (outcome.scaled, outcome.success) == (1, True)


@given(right=some_right, kind=st.sampled_from([Kind.MULTIPLE, *ask.SIGNALS]))
def test_choosing_everything_earns_nothing(right: list[bool], kind: Kind) -> None:
    asked = ask.choosing(kind, *right)
    assert mark(asked, [option.key for option in asked.options]).scaled == 0


@given(number=st.integers(3, 8))
def test_the_reverse_order_earns_nothing(number: int) -> None:
    asked = ask.ordering(number)
    assert mark(asked, right_answer(asked)[::-1]).scaled == 0


@given(asked=questions, dice=dice)
def test_the_order_of_an_answer_matters_only_where_order_is_asked(
    asked: FrozenQuestion, dice: Random
) -> None:
    given = any_answer(asked, dice)
    mixed = dice.sample(given, len(given))
    same = response_of(asked, mixed) == given
    assert same == (asked.kind is not Kind.ORDER or tuple(mixed) == given)


@pytest.mark.parametrize("asked", EACH)
def test_a_question_is_read_from_what_was_frozen(asked: FrozenQuestion) -> None:
    assert FrozenQuestion.from_json(asdict(asked)) == asked


def test_a_quiz_of_before_there_were_slots_asks_all_its_questions() -> None:
    body = {
        "title": "Quiz",
        "questions": [
            {
                "kind": "single",
                "key": "vraag",
                "prompt": "Wat?",
                "explanation": "",
                "options": [{"key": "a", "text": "Ja", "correct": True}],
            }
        ],
    }
    quiz = Quiz.from_json(body)
    (question,) = quiz.questions
    assert question.options[0].correct
    assert quiz.asked([]) == quiz.questions
    assert [slot.keys for slot in quiz.slots] == [("vraag",)]
