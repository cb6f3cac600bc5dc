"""Questions of several kinds in one table, and quizzes that never change."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from leer.questions import api
from leer.questions.api import MultipleChoiceQuestion, Question, QuizVersion, SingleChoiceQuestion
from tests.support import factories_content as make
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


SIGNAL, NONE = {"text": "een", "correct": True}, {"text": "twee", "correct": False}


def blocks(name: str, *values: dict[str, Any]) -> list[tuple[str, Any]]:
    back = {"key": "", "feedback": "", "rationalisation": "", "counter_line": ""}
    return [(name, back | value) for value in values]


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        (api.TextSignalsQuestion, blocks("passage", NONE), "als signaal"),
        (api.TextSignalsQuestion, blocks("passage", SIGNAL), "geen signaal"),
        (api.PictureSignalsQuestion, blocks("spot", SIGNAL, NONE), "één beeld"),
        (api.OrderQuestion, blocks("step", {"text": "een"}, {"text": "twee"}), "drie tot acht"),
        (api.MatchQuestion, blocks("pair", {"text": "een", "target": "x"}), "twee tot acht"),
        (api.MatchQuestion, blocks("pair", *[{"text": "a", "target": "x"}] * 2), "hetzelfde"),
        (api.JudgementQuestion, blocks("action", *[{"text": "a", "rating": "4"}] * 2), "passend"),
        (api.ReflectionQuestion, blocks("option", SIGNAL), "niets te kiezen"),
    ],
)
def test_each_newer_kind_keeps_its_own_rule(kind: type[Question], given: Any, says: str) -> None:
    question = kind(key="v", prompt="?", options=given)
    with pytest.raises(ValidationError, match=says) as caught:
        question.full_clean()
    assert list(caught.value.message_dict) == ["options"]


def test_every_kind_survives_publication_and_freezing_and_can_be_answered() -> None:
    made = make.one_of_each_kind()
    assert [type(question) for question in made] == list(api.KINDS)
    version = api.freeze_quiz("quiz", "Quiz", made)
    assert version.quiz.questions == tuple(question.freeze() for question in made)
    for question in version.quiz.questions:
        keys = [option.key for option in question.options]
        assert all(keys)
        assert len(set(keys)) == len(keys)
        assert api.mark(question, api.right_answer(question)).success is not False


def test_a_text_is_kept_around_its_passages() -> None:
    question = make.one_of_each_kind()[2].freeze()
    assert [option.before for option in question.options] == ["Eerst.", ""]
    assert question.after == "Slot."


def test_a_picture_is_frozen_with_its_words_and_sizes() -> None:
    frozen = make.one_of_each_kind()[3].freeze().picture
    assert frozen is not None
    assert (frozen.alt, frozen.width, frozen.height) == ("Een terras.", 64, 48)


@pytest.mark.parametrize(
    ("label", "url", "field"),
    [
        ("Gedragscode", "", "policy_url"),
        ("", "/hulp/", "policy_label"),
        ("Gedragscode", "javascript:alert(1)", "policy_url"),
        ("Gedragscode", "//elders.example", "policy_url"),
    ],
)
def test_a_policy_has_a_name_and_an_address_that_leads_somewhere(
    label: str, url: str, field: str
) -> None:
    question = single_choice()
    question.policy_label, question.policy_url = label, url
    with pytest.raises(ValidationError) as caught:
        question.full_clean()
    assert list(caught.value.message_dict) == [field]


def test_a_quiz_that_draws_holds_every_question_that_may_be_asked() -> None:
    for key in ("a", "b", "c"):
        single_choice(key)
    Question.objects.filter(key__in=["a", "b"]).update(tags=["signalen"])
    Question.objects.filter(key="b").update(live=False)
    Question.objects.filter(key__in=["a", "c"]).update(parallel="zelfde")
    chosen = Question.objects.get(key="c")
    quiz = api.freeze_quiz("quiz", "Quiz", [chosen, api.Draw("signalen", 2)]).quiz
    assert {question.key for question in quiz.questions} == {"a", "c"}
    assert [slot.keys for slot in quiz.slots] == [("c", "a"), ("a",)]
    assert api.shortages([chosen, api.Draw("signalen", 2)]) == {1: 2}


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
