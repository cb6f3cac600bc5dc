"""Questions of several kinds in one table, and quizzes that never change."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from leer.questions import api
from leer.questions.api import MultipleChoiceQuestion, Question, QuizVersion, SingleChoiceQuestion
from tests.support.factories_content import multiple_choice, options, single_choice

pytestmark = pytest.mark.django_db


def test_mixed_questions_come_back_as_what_they_are_in_one_query(
    django_assert_max_num_queries: Any,
) -> None:
    single_choice("a"), multiple_choice("b"), single_choice("c")
    with django_assert_max_num_queries(2):
        kinds = [type(question) for question in Question.objects.order_by("key")]
    assert kinds == [SingleChoiceQuestion, MultipleChoiceQuestion, SingleChoiceQuestion]


def test_mixed_questions_are_made_in_bulk() -> None:
    Question.objects.bulk_create(
        [
            SingleChoiceQuestion(key="a", prompt="?", options=options(True, False)),
            MultipleChoiceQuestion(key="b", prompt="?", options=options(True, False)),
        ]
    )
    assert SingleChoiceQuestion.objects.get().key == "a"
    assert MultipleChoiceQuestion.objects.get().key == "b"


def test_a_question_survives_draft_and_publication_as_what_it_is() -> None:
    question = multiple_choice()
    question.prompt = "Beter gevraagd"
    revision = question.save_revision()
    assert Question.objects.get().prompt == "Wat klopt?"
    revision.publish()
    found = Question.objects.get()
    assert type(found) is MultipleChoiceQuestion
    assert found.prompt == "Beter gevraagd"
    assert len(found.options) == 3
    assert [option.value["correct"] for option in found.options] == [True, True, False]


@pytest.mark.parametrize(
    ("kind", "right", "says"),
    [
        (SingleChoiceQuestion, (True, True, False), "precies één"),
        (SingleChoiceQuestion, (False, False), "precies één"),
        (SingleChoiceQuestion, (True,), "niet klopt"),
        (MultipleChoiceQuestion, (False, False), "minstens één"),
        (MultipleChoiceQuestion, (True, True), "niet klopt"),
    ],
)
def test_each_kind_keeps_its_own_rule(
    kind: type[Question], right: tuple[bool, ...], says: str
) -> None:
    question = kind(key="v", prompt="?", options=options(*right))
    with pytest.raises(ValidationError, match=says):
        question.full_clean()


def test_what_keeps_the_rule_is_accepted() -> None:
    SingleChoiceQuestion(key="v", prompt="?", options=options(True, False)).full_clean()
    MultipleChoiceQuestion(key="w", prompt="?", options=options(True, True, False)).full_clean()


def test_a_key_of_an_option_stands_there_once() -> None:
    twice = options(True, False)
    twice[1][1]["key"] = "a"
    with pytest.raises(ValidationError, match="twee keer"):
        SingleChoiceQuestion(key="v", prompt="?", options=twice).full_clean()


def test_the_key_of_a_published_question_stays() -> None:
    question = single_choice()
    question.save_revision().publish()
    question = Question.objects.get()
    question.key = "anders"
    with pytest.raises(ValidationError, match="verandert niet meer"):
        question.full_clean()


def test_the_same_words_are_the_same_version_and_other_words_another() -> None:
    question = single_choice()
    first = api.freeze_quiz("quiz", "Quiz", [question])
    assert api.freeze_quiz("quiz", "Quiz", [question]) == first
    assert api.freeze_quiz("andere", "Quiz", [question]) != first
    question.prompt = "Anders"
    assert api.freeze_quiz("quiz", "Quiz", [question]) != first
    assert QuizVersion.objects.count() == 3


def test_a_version_never_changes() -> None:
    version = api.freeze_quiz("quiz", "Quiz", [single_choice()])
    version.body = {}
    with pytest.raises(TypeError):
        version.save()


def test_a_version_is_read_by_its_id(django_assert_num_queries: Any) -> None:
    version = api.freeze_quiz("quiz", "Quiz", [single_choice()])
    assert api.quiz_version(str(version.id)) == version.quiz
    with django_assert_num_queries(0):
        api.quiz_version(str(version.id))


def test_a_bare_question_is_no_question() -> None:
    with pytest.raises(TypeError):
        api.freeze_quiz("quiz", "Quiz", [Question(key="x", prompt="?")])


def test_a_refusal_is_told_in_the_readers_language() -> None:
    with override("nl"), pytest.raises(api.InvalidAnswer, match="Kies eerst een antwoord"):
        api.mark(single_choice().freeze(), [])
    assert {refusal.value for refusal in api.Refusal} == set(api.SENTENCES)
