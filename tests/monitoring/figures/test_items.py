"""Figures about questions: first answers only, by the same rules, in words that help on."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import Role, User
from leer.disclosure.api import PEOPLE
from leer.disclosure.models import Tally
from leer.monitoring.figures import items
from leer.monitoring.figures.items import count_questions
from leer.monitoring.figures.judging import items_of
from leer.progress.models import Attempt, AttemptKind
from leer.questions.api import Question
from tests.monitoring.figures import people
from tests.support import factories_content as make
from tests.support import learning

pytestmark = pytest.mark.django_db
type Answer = tuple[list[str], float]


@pytest.fixture
def module() -> content.Module:
    return learning.whole_module()


def answer(
    who: Sequence[User],
    module: content.Module,
    single: Answer,
    multiple: Answer,
    *,
    days_ago: int = 50,
) -> None:
    """These people answer both questions of the module's quiz in this way."""
    part = learning.part_of(module, content.PartKind.QUIZ)
    version = str(content.freeze_quiz(module, part.key).id)
    began = timezone.now() - timedelta(days=days_ago)
    keys = [f"{module.key}-een", f"{module.key}-meer"]
    steps = {
        str(number): {"question": key, "response": given[0], "scaled": given[1], "success": False}
        for number, (key, given) in enumerate(zip(keys, (single, multiple), strict=True), start=1)
    }
    Attempt.objects.bulk_create(
        Attempt(
            id=uuid4(),
            user=user,
            module_key=module.key,
            part_key=part.key,
            kind=AttemptKind.QUIZ,
            version=version,
            steps=steps,
            started_at=began,
            ended_at=began + timedelta(minutes=5),
        )
        for user in who
    )


def counts(question: str) -> Counter[str]:
    return Counter(Tally.objects.get(name__startswith=f"vraag:{question}:").counts)


RIGHT, RIGHT_BOTH = (["a"], 1.0), (["a", "b"], 1.0)
WRONG, HALF = (["c"], 0.0), (["a", "c"], 0.5)


def test_who_had_it_right_is_one_cell_and_the_rest_falls_apart(module: content.Module) -> None:
    answer(people.users(40, "goed"), module, RIGHT, RIGHT_BOTH)
    answer(people.users(25, "fout"), module, WRONG, HALF)
    assert count_questions(people.tonight()) == 2
    assert counts("herken-een") == {
        PEOPLE: 65,
        items.RIGHT: 40,
        items.REST: 25,
        items.NOT_AT_ALL: 25,
        items.chose("c"): 25,
    }
    several = counts("herken-meer")
    assert (several[items.PARTLY], several[items.NOT_AT_ALL]) == (25, 0)
    assert (several[items.chose("a")], several[items.left("a")]) == (25, 0)
    assert (several[items.chose("b")], several[items.left("b")]) == (0, 25)


def test_only_the_first_attempt_counts_and_counting_again_changes_nothing(
    module: content.Module,
) -> None:
    everybody = people.users(40)
    answer(everybody, module, WRONG, HALF)
    answer(everybody, module, RIGHT, RIGHT_BOTH, days_ago=40)
    count_questions(people.tonight())
    assert count_questions(people.tonight()) == 0
    assert counts("herken-een")[items.REST] == 40
    assert counts("herken-een")[PEOPLE] == 40


def test_a_question_is_judged_in_words_its_editor_understands(module: content.Module) -> None:
    answer(people.users(100, "goed"), module, RIGHT, RIGHT_BOTH)
    answer(people.users(60, "fout"), module, WRONG, HALF)
    count_questions(people.tonight())
    (single,) = items_of(Question.objects.get(key="herken-een"))
    assert single.right
    assert single.rest
    assert single.right + single.rest <= single.release.people - 10
    assert single.about_difficulty == "Niet te makkelijk en niet te moeilijk."
    assert single.correlation == 0.9
    assert "vaker goed" in single.about_correlation
    assert [option.chose > 0 for option in single.options] == [False, False, True]


def test_what_nearly_everybody_has_right_may_be_harder(module: content.Module) -> None:
    answer(people.users(150), module, RIGHT, RIGHT_BOTH)
    count_questions(people.tonight())
    (single,) = items_of(Question.objects.get(key="herken-een"))
    assert "kan moeilijker" in single.about_difficulty
    assert single.correlation is None


def test_other_words_are_another_question(module: content.Module) -> None:
    answer(people.users(60), module, RIGHT, RIGHT_BOTH)
    count_questions(people.tonight())
    question = Question.objects.get(key="herken-een")
    question.prompt = "Wat doe je dan?"
    assert items_of(question) == []


def test_a_private_reflection_without_a_score_is_not_counted(module: content.Module) -> None:
    answer(people.users(60), module, RIGHT, RIGHT_BOTH)
    for attempt in Attempt.objects.all():
        attempt.steps["1"] = {"question": "herken-een", "response": None, "scaled": None}
        attempt.save()
    count_questions(people.tonight())
    assert not Tally.objects.filter(name__startswith="vraag:herken-een:").exists()


def shown(user: User) -> Any:
    return learning.signed_in(user).get(reverse("monitoring:question", args=["herken-een"]))


def test_editors_see_figures_of_a_question_and_the_way_to_them_is_in_the_cms(
    module: content.Module,
) -> None:
    editor = make.user_with(Role.EDITOR)
    assert "Nog te weinig mensen" in shown(editor).content.decode()
    answer(people.users(60), module, RIGHT, RIGHT_BOTH)
    count_questions(people.tonight())
    assert "Minstens 60 mensen gaven antwoord" in shown(editor).content.decode()
    listing = reverse("wagtailsnippets_questions_singlechoicequestion:list")
    page = learning.signed_in(editor).get(listing).content.decode()
    assert reverse("monitoring:question", args=["herken-een"]) in page
    assert shown(make.user_with(Role.PROGRAMME)).status_code == 403
