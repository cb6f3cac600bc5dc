"""A quiz of every kind, by the pages; what is drawn, and what it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cursussen import api as content
from leer.accounts.api import User
from leer.delivery import actions
from leer.progress import api as progress
from leer.questions import api as questions
from leer.xapi import api as xapi
from leer.xapi import retention
from leer.xapi.models import RetentionRule
from leer.xapi.statements.vocabulary import ActivityType
from leer.xapi.store.partitions import ensure_coming_years
from tests.questions.test_showing import filled_in
from tests.support import factories_content as make
from tests.support import learning
from tests.xapi.forwarding.facts import be_readable

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(noor: User) -> Client:
    return learning.signed_in(noor)


def module_with(*chosen: questions.Question, **draws: int) -> content.Module:
    page = make.module("oefenen", parts=False)
    make.quiz(page, chosen, key="oefenquiz", **draws)
    return content.module("oefenen")


def begin(user: User, module: content.Module) -> progress.Attempt:
    if progress.standing_of(user, module.key).row is None:
        actions.begin_module(user, module)
    return actions.start_attempt(user, module, module.parts[0])


def asked(attempt: progress.Attempt) -> list[str]:
    quiz = questions.quiz_version(attempt.version)
    return [question.key for question in quiz.asked(attempt.drawn)]


def answer(user: User, module: content.Module, attempt: progress.Attempt, step: int) -> None:
    actions.answer(
        user,
        module,
        module.parts[0],
        attempt_id=attempt.id,
        step=step,
        respond=questions.right_answer,
    )


def do_all(user: User, module: content.Module) -> list[str]:
    attempt = begin(user, module)
    for step in range(1, len(asked(attempt)) + 1):
        answer(user, module, attempt, step)
    return asked(attempt)


def test_a_quiz_of_every_kind_by_the_pages(browser: Client, noor: User) -> None:
    module = module_with(*make.one_of_each_kind())
    attempt = begin(noor, module)
    part, quiz = module.parts[0], questions.quiz_version(attempt.version)
    for step, question in enumerate(quiz.questions, start=1):
        page = browser.get(learning.url("part", module, part)).content.decode()
        assert question.prompt in page
        assert question.explanation not in page
        form = filled_in(question, questions.right_answer(question), attempt.id)
        fields = dict(form.lists()) | {"attempt": [attempt.id], "step": [step]}
        answered = browser.post(learning.url("answer", module, part), fields)
        assert answered.status_code == 302
        assert question.explanation in browser.get(answered.url).content.decode()
    done = browser.get(learning.url("part", module, part)).content.decode()
    assert "Bij 7 van de 7" in done  # the eighth is not scored
    attempt.refresh_from_db()
    assert attempt.score == 1
    call_command("progress_rebuild", check=True)


def test_a_form_that_is_not_complete_comes_back_with_what_was_filled_in(
    browser: Client, noor: User
) -> None:
    module = module_with(make.one_of_each_kind()[5])
    attempt = begin(noor, module)
    fields = {"attempt": attempt.id, "step": 1, "past-1": "2"}
    answer = browser.post(learning.url("answer", module, module.parts[0]), fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Kies bij elke regel wat erbij past." in page
    assert page.count("selected") == 1
    attempt.refresh_from_db()
    assert attempt.steps == {}


def test_what_somebody_thinks_over_never_reaches_the_ledger(browser: Client, noor: User) -> None:
    module = module_with(make.one_of_each_kind()[7])
    attempt = begin(noor, module)
    page = browser.get(learning.url("part", module, module.parts[0])).content.decode()
    field = page[page.index("<textarea") : page.index("</textarea")]
    assert "name=" not in field
    fields = {"attempt": attempt.id, "step": 1, "gedachte": "Ik ben bang"}
    browser.post(learning.url("answer", module, module.parts[0]), fields)
    said = list(xapi.stream_of(noor.actor_name))
    assert len(said) == 6
    assert not any("bang" in str(statement) for statement in said)
    attempt.refresh_from_db()
    assert attempt.ended_at is not None
    assert attempt.score is None


def test_a_draw_stays_for_the_attempt_and_is_another_for_the_next(noor: User) -> None:
    for number in range(6):
        make.single_choice(f"v{number}")
    questions.Question.objects.update(tags=["signalen"])
    module = module_with(make.multiple_choice("vast"), signalen=3)
    attempt = begin(noor, module)
    first = asked(attempt)
    assert first[0] == "vast"
    assert len(first) == 4
    assert asked(begin(noor, module)) == first
    do_all(noor, module)
    second = do_all(noor, module)
    assert set(first) & set(second) == {"vast"}
    call_command("progress_rebuild", check=True)


@pytest.mark.django_db(transaction=True)
class TestABeginningThatWasForgotten:
    """Which questions were drawn was said there: none may come that was not drawn."""

    @pytest.fixture
    def module(self) -> content.Module:
        ensure_coming_years()
        for number in range(6):
            make.single_choice(f"v{number}")
        questions.Question.objects.update(tags=["signalen"])
        return module_with(signalen=3)

    def test_of_an_open_attempt_leads_to_a_new_one(
        self, browser: Client, noor: User, module: content.Module
    ) -> None:
        old = begin(noor, module)
        answer(noor, module, old, 1)
        self.forget_beginnings()
        part = learning.url("part", module, module.parts[0])
        assert "Je krijgt 3 vragen" in browser.get(part).content.decode()
        with pytest.raises(actions.Stale):
            answer(noor, module, old, 2)
        new = begin(noor, module)
        assert new.id != old.id
        assert len(asked(new)) == 3
        assert asked(old)[0] not in asked(new)  # what was answered comes last
        do_all(noor, module)
        call_command("progress_rebuild", check=True)

    def test_of_one_that_ended_shows_how_it_ended_and_no_question(
        self, browser: Client, noor: User, module: content.Module
    ) -> None:
        do_all(noor, module)
        self.forget_beginnings()
        page = browser.get(learning.url("part", module, module.parts[0]), {"vraag": "2"})
        assert "Bij 3 van de 3" in page.content.decode()

    def forget_beginnings(self) -> None:
        """Answers are young enough, what began and ended is not."""
        be_readable()
        rule = retention.set_rule(
            ActivityType.ASSESSMENT, months=12, action=RetentionRule.Action.DROP
        )
        assert retention.apply(rule, now=timezone.now() + timedelta(days=800))


def test_a_question_that_stands_for_another_takes_its_turn(noor: User) -> None:
    chosen, other = make.single_choice("een"), make.single_choice("twee")
    questions.Question.objects.update(parallel="zelfde")
    chosen.refresh_from_db()
    module = module_with(chosen)
    assert [do_all(noor, module) for _time in range(3)] == [["een"], ["twee"], ["een"]]
    assert other.key == "twee"


def test_with_too_few_questions_what_there_is_is_asked(noor: User, browser: Client) -> None:
    make.single_choice("een")
    questions.Question.objects.update(tags=["signalen"])
    module = module_with(signalen=3)
    page = browser.get(learning.url("part", module, module.parts[0]))
    actions.begin_module(noor, module)
    page = browser.get(learning.url("part", module, module.parts[0])).content.decode()
    assert "Je krijgt 1 vraag" in page
    assert do_all(noor, module) == ["een"]
    questions.Question.objects.get().unpublish()
    with pytest.raises(actions.NothingToPlay):
        actions.start_attempt(noor, content.module(module.key), module.parts[0])


def test_a_step_that_the_attempt_does_not_have_is_stale(noor: User) -> None:
    module = module_with(make.single_choice("een"))
    attempt = begin(noor, module)
    for step in (0, 2, -1):
        with pytest.raises(actions.Stale):
            answer(noor, module, attempt, step)


@pytest.mark.parametrize("last", [False, True])
def test_an_answer_costs_five_queries_and_the_last_seven(
    browser: Client, noor: User, last: bool, django_assert_max_num_queries: Any
) -> None:
    make.single_choice("een"), make.single_choice("twee"), make.single_choice("drie")
    questions.Question.objects.update(tags=["signalen"])
    module = module_with(signalen=2)
    attempt = begin(noor, module)
    step = 1
    if last:
        answer(noor, module, attempt, 1)
        step = 2
    fields = {"attempt": attempt.id, "step": step, "option": "a"}
    browser.get(learning.url("part", module, module.parts[0]))
    with django_assert_max_num_queries((7 if last else 5) + 2):  # 2: savepoints
        browser.post(learning.url("answer", module, module.parts[0]), fields)
