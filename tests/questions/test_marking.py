"""Marking: what an answer is worth, and what is no answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leer.questions.marking import mark
from leer.questions.marking.frozen import FrozenOption, FrozenQuestion, Kind, Quiz
from leer.questions.marking.outcome import InvalidAnswer, Refusal


def question(kind: Kind, *right: bool) -> FrozenQuestion:
    options = tuple(
        FrozenOption("abcdefg"[i], f"Antwoord {i}", correct, f"Reactie {i}", "smoes", "weerwoord")
        for i, correct in enumerate(right)
    )
    return FrozenQuestion(kind, "vraag", "Wat doe je?", "Daarom.", options)


single = question(Kind.SINGLE, True, False, False)
multiple = question(Kind.MULTIPLE, True, True, False, False)


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
    ("asked", "chosen", "refusal"),
    [
        (single, [], Refusal.NOTHING_CHOSEN),
        (multiple, [], Refusal.NOTHING_CHOSEN),
        (single, ["z"], Refusal.UNKNOWN_OPTION),
        (single, ["a", "b"], Refusal.TOO_MANY_CHOSEN),
    ],
)
def test_what_is_no_answer_is_refused_with_what_to_do(
    asked: FrozenQuestion, chosen: list[str], refusal: Refusal
) -> None:
    with pytest.raises(InvalidAnswer, match=refusal.value) as caught:
        mark(asked, chosen)
    assert caught.value.refusal is refusal


def test_each_option_tells_what_it_was_and_what_it_says_back() -> None:
    first, second, _third = mark(single, ["b"]).options
    assert (first.correct, first.chosen) == (True, False)
    assert (second.correct, second.chosen, second.feedback) == (False, True, "Reactie 1")
    assert (second.rationalisation, second.counter_line) == ("smoes", "weerwoord")


@given(
    right=st.lists(st.booleans(), min_size=2, max_size=7).filter(lambda r: any(r) and not all(r)),
    chosen=st.sets(st.sampled_from("abcdefg"), min_size=1),
)
def test_a_mark_is_between_nothing_and_all_and_full_only_for_exactly_the_right_ones(
    right: list[bool], chosen: set[str]
) -> None:
    asked = question(Kind.MULTIPLE, *right)
    known = {option.key for option in asked.options}
    picked = chosen & known or {"a"}
    outcome = mark(asked, picked)
    wanted = {option.key for option in asked.options if option.correct}
    assert 0 <= outcome.scaled <= 1
    assert outcome.success == (picked == wanted) == (outcome.scaled == 1)


def test_a_quiz_is_read_from_what_was_frozen() -> None:
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
