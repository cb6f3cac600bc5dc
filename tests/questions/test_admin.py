"""Questions in the admin: who makes, who publishes, and what a form keeps."""

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, streamfield

from leer.accounts.api import Role
from leer.questions.api import MultipleChoiceQuestion, Question
from tests.support.factories_content import options, user_with

pytestmark = pytest.mark.django_db
URL = "/cms/snippets/questions/multiplechoicequestion/"


def browser(role: Role) -> Client:
    client = Client()
    client.force_login(user_with(role), backend="leer.accounts.backends.RoleBackend")
    return client


def form(*right: bool, **extra: Any) -> dict[str, Any]:
    blocks = []
    for _name, option in options(*right):
        value = dict(option)
        value["correct"] = "on" if value["correct"] else ""
        blocks.append(("option", value))
    data = {"key": "v", "prompt": "Wat klopt?", "explanation": "", "options": streamfield(blocks)}
    return nested_form_data(data) | extra


def test_a_chief_editor_makes_and_publishes_a_question() -> None:
    browser(Role.CHIEF_EDITOR).post(
        f"{URL}add/", form(True, True, False, **{"action-publish": "1"})
    )
    question = Question.objects.get()
    assert type(question) is MultipleChoiceQuestion
    assert question.live
    assert len(question.options) == 3


def test_an_editor_makes_a_draft_and_cannot_publish_it() -> None:
    client = browser(Role.EDITOR)
    client.post(f"{URL}add/", form(True, False, **{"action-publish": "1"}))
    assert not Question.objects.filter(live=True).exists()
    client.post(f"{URL}add/", form(True, False))
    question = Question.objects.get()
    assert not question.live
    client.post(f"{URL}edit/{question.pk}/", form(True, True, False))
    assert type(Question.objects.get()) is MultipleChoiceQuestion


def test_a_question_that_breaks_its_rule_comes_back_with_what_is_wrong() -> None:
    answer = browser(Role.CHIEF_EDITOR).post(
        f"{URL}add/", form(True, True, **{"action-publish": "1"})
    )
    assert "Voeg ook een antwoord toe dat niet klopt" in answer.content.decode()
    assert not Question.objects.exists()


def test_a_quiz_chooses_among_all_kinds() -> None:
    browser_ = browser(Role.EDITOR)
    browser_.post(f"{URL}add/", form(True, False))
    answer = browser_.get("/cms/snippets/choose/questions/question/")
    assert "Wat klopt?" in answer.json()["html"]
