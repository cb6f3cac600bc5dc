"""What a learner does is done once, is kept at every step, and is nobody else's."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from cursussen import api as content
from cursussen.models import ModulePage, QuizPage, ScenarioPage
from leer.accounts.api import Role, User
from leer.delivery import actions
from leer.progress import api as progress
from leer.questions import api as questions
from leer.xapi import api as xapi
from tests.support import factories_content as make
from tests.support import learning
from tests.support.processes import wait_until

pytestmark = pytest.mark.django_db
SCENARIO, QUIZ, LESSON = content.PartKind.SCENARIO, content.PartKind.QUIZ, content.PartKind.LESSON


def test_a_module_is_done_when_its_last_part_is_done(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
    learning.answer_all(noor, module)
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert row.completed_at is None
    learning.walk(noor, module)
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert row.completed_at is not None
    assert row.completed_version == str(module.version)


def test_beginning_and_finishing_twice_is_once(noor: User, module: content.Module) -> None:
    for _ in range(2):
        actions.begin_module(noor, module)
        actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
    assert xapi.count() == 3  # launched, initialized, completed


def test_new_content_never_takes_a_completion_away(noor: User, module: content.Module) -> None:
    learning.do_whole_module(noor, module)
    before = progress.standing_of(noor, module.key).row
    make.lesson(ModulePage.objects.get(key=module.key), key="later")
    bigger = content.module(module.key)
    actions.finish_lesson(noor, bigger, next(p for p in bigger.parts if p.key == "later"))
    after = progress.standing_of(noor, module.key).row
    assert before is not None
    assert after is not None
    assert after.completed_at == before.completed_at
    assert after.completed_version == before.completed_version


def test_starting_twice_gives_the_same_attempt(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, SCENARIO)
    first = actions.start_attempt(noor, module, part)
    assert actions.start_attempt(noor, module, part).id == first.id


def test_after_an_ending_a_new_attempt_can_begin_and_the_old_one_stays(
    noor: User, module: content.Module
) -> None:
    actions.begin_module(noor, module)
    ended = learning.walk(noor, module)
    again = actions.start_attempt(noor, module, learning.part_of(module, SCENARIO))
    assert again.id != ended.id
    assert progress.Attempt.objects.filter(user=noor, kind="scenario").count() == 2


def test_the_same_choice_twice_is_once(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, SCENARIO)
    attempt = actions.start_attempt(noor, module, part)
    target = learning.safe_path()[0]
    for _ in range(2):
        chosen = learning.choose(noor, module, attempt, 1, target)
    assert chosen.attempt.next_step == 2


def test_another_choice_at_a_step_that_is_past_is_stale(noor: User, module: content.Module) -> None:
    attempt = _one_step_in(noor, module)
    with pytest.raises(actions.Stale):
        learning.choose(noor, module, attempt, 1, "elders")
    attempt.refresh_from_db()
    assert attempt.next_step == 2


@pytest.mark.parametrize("target", ["einde", "bestaat-niet", ""])
def test_a_way_that_is_not_open_is_refused(noor: User, module: content.Module, target: str) -> None:
    attempt = _one_step_in(noor, module)
    with pytest.raises(actions.Stale):
        learning.choose(noor, module, attempt, 2, target)


def test_somebody_elses_attempt_is_as_good_as_none(noor: User, module: content.Module) -> None:
    attempt = _one_step_in(noor, module)
    other = make.user_with(Role.EMPLOYEE, name="ander")
    part = learning.part_of(module, SCENARIO)
    target = learning.safe_path()[1]
    key = actions.choice_key(attempt.id, 2, target)
    for stolen in (attempt.id, uuid4()):
        with pytest.raises(actions.Stale):
            actions.choose(other, module, part, attempt_id=stolen, step=2, choice=key)
    chosen = learning.choose(noor, module, attempt, 2, target)
    assert chosen.attempt.next_step == 3


def test_a_story_takes_no_answers_and_questions_no_choices(
    noor: User, module: content.Module
) -> None:
    """A form that was bent to the other view of its own attempt."""
    attempt = _one_step_in(noor, module)
    story, quiz = learning.part_of(module, SCENARIO), learning.part_of(module, QUIZ)
    with pytest.raises(actions.Stale):
        actions.answer(
            noor, module, story, attempt_id=attempt.id, step=2, respond=lambda _question: ["a"]
        )
    other = actions.start_attempt(noor, module, quiz)
    with pytest.raises(actions.Stale):
        actions.choose(noor, module, quiz, attempt_id=other.id, step=1, choice="a")


@pytest.mark.parametrize("elsewhere", [LESSON, SCENARIO])
def test_an_answer_counts_for_its_own_part_only(
    noor: User, module: content.Module, elsewhere: content.PartKind
) -> None:
    """A form that was bent to another part must not complete that part."""
    actions.begin_module(noor, module)
    attempt = actions.start_attempt(noor, module, learning.part_of(module, QUIZ))
    other = learning.part_of(module, elsewhere)
    with pytest.raises(actions.Stale):
        actions.answer(
            noor, module, other, attempt_id=attempt.id, step=1, respond=lambda _question: ["a"]
        )
    assert progress.standing_of(noor, module.key).parts_done == frozenset()


def test_an_attempt_counts_for_its_own_module_only(noor: User, module: content.Module) -> None:
    attempt = _one_step_in(noor, module)
    make.module("ander")
    other = content.module("ander")
    with pytest.raises(actions.Stale):
        learning.choose(noor, other, attempt, 2, learning.safe_path()[1])


def test_a_module_whose_open_part_was_taken_away_can_be_rounded_off(
    noor: User, module: content.Module
) -> None:
    actions.begin_module(noor, module)
    actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
    learning.answer_all(noor, module)
    ScenarioPage.objects.get(key=learning.part_of(module, SCENARIO).key).unpublish()
    smaller = content.module(module.key)
    actions.begin_module(noor, smaller)
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert row.completed_at is not None


def test_a_quiz_without_questions_cannot_be_begun(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, QUIZ)
    for question in questions.Question.objects.all():
        question.unpublish()
    with pytest.raises(actions.NothingToPlay):
        actions.start_attempt(noor, content.module(module.key), part)
    assert not progress.Attempt.objects.exists()


def test_the_same_answer_twice_is_once(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, QUIZ)
    attempt = actions.start_attempt(noor, module, part)
    for _ in range(2):
        actions.answer(
            noor, module, part, attempt_id=attempt.id, step=1, respond=lambda _question: ["a"]
        )
    attempt.refresh_from_db()
    assert attempt.next_step == 2


def test_an_attempt_stays_on_the_version_it_began_with(noor: User, module: content.Module) -> None:
    attempt = _one_step_in(noor, module)
    learning.publish_story(learning.story_text().replace("Een oude bekende", "Een nieuwe titel"))
    walked = learning.walk(noor, module, learning.safe_path())
    assert walked.version == attempt.version
    fresh = actions.start_attempt(noor, module, learning.part_of(module, SCENARIO))
    assert fresh.version != attempt.version


def test_a_quiz_attempt_stays_on_the_questions_it_began_with(
    noor: User, module: content.Module
) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, QUIZ)
    attempt = actions.start_attempt(noor, module, part)
    page = QuizPage.objects.get(key=part.key)
    page.questions = [("question", make.single_choice("nieuw"))]
    page.save_revision().publish()
    assert len(questions.quiz_version(attempt.version).questions) == 2
    assert actions.start_attempt(noor, module, part).version == attempt.version


def test_an_empty_answer_is_refused_and_nothing_is_kept(noor: User, module: content.Module) -> None:
    actions.begin_module(noor, module)
    part = learning.part_of(module, QUIZ)
    attempt = actions.start_attempt(noor, module, part)
    before = xapi.count()
    with pytest.raises(questions.InvalidAnswer):
        actions.answer(
            noor, module, part, attempt_id=attempt.id, step=1, respond=lambda _question: []
        )
    assert xapi.count() == before


def test_an_answer_to_a_question_that_was_answered_is_stale(
    noor: User, module: content.Module
) -> None:
    actions.begin_module(noor, module)
    learning.answer_all(noor, module)
    part = learning.part_of(module, QUIZ)
    attempt = progress.latest_attempt(noor, module.key, part.key)
    assert attempt is not None
    with pytest.raises(actions.Stale):
        actions.answer(
            noor, module, part, attempt_id=attempt.id, step=1, respond=lambda _question: ["b"]
        )


def test_no_statement_names_the_learner(noor: User, module: content.Module) -> None:
    noor.first_name, noor.last_name, noor.email = "Noor", "Bakker", "noor@douane.example"
    noor.save()
    learning.do_whole_module(noor, module)
    from leer.xapi.models import StatementRecord

    told = " ".join(StatementRecord.objects.values_list("raw", flat=True))
    assert str(noor.actor_name) in told
    assert not any(word in told for word in ("noor", "Noor", "Bakker", 'douane.example"'))


def _one_step_in(user: User, module: content.Module) -> progress.Attempt:
    actions.begin_module(user, module)
    return learning.walk(user, module, learning.safe_path()[:1])


@pytest.mark.django_db(transaction=True)
def test_two_tabs_that_finish_the_last_two_parts_at_once_complete_the_module() -> None:
    """Each would see the other's part as open, and neither would complete the module: so the
    second waits for the first.
    """
    noor, module = make.user_with(Role.EMPLOYEE, name="noor"), learning.whole_module()
    actions.begin_module(noor, module)
    learning.answer_all(noor, module)
    path = learning.safe_path()
    attempt = learning.walk(noor, module, path[:-1])

    def other_tab() -> None:
        learning.choose(noor, module, attempt, len(path), path[-1])
        connection.close()

    with ThreadPoolExecutor(1) as tabs:
        with transaction.atomic():
            actions.finish_lesson(noor, module, learning.part_of(module, LESSON))
            other = tabs.submit(other_tab)
            wait_until(_somebody_waits, seconds=20)
        other.result(20)
    row = progress.standing_of(noor, module.key).row
    assert row is not None
    assert row.completed_at


def _somebody_waits() -> bool:
    """Some connection waits for a lock that another holds."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_locks where not granted")
        return bool(cursor.fetchone()[0])
