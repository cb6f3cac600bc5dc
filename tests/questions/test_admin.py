"""Questions in the admin: who makes, who publishes, and what a form keeps."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import nested_form_data, streamfield

from leer.accounts.api import Role
from leer.questions.api import KINDS, MultipleChoiceQuestion, OrderQuestion, Question
from tests.support import factories_content as make
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


BANK = "/cms/snippets/questions/question/"
ORDER = "/cms/snippets/questions/orderquestion/"


def test_a_form_offers_the_blocks_of_its_own_kind_only() -> None:
    page = browser(Role.EDITOR).get(f"{ORDER}add/").content.decode()
    assert "mogelijke actie" not in page
    assert "Signalen in een tekst" in page  # in the menu


def test_an_editor_makes_a_question_of_another_kind_without_thinking_of_keys() -> None:
    back = {"key": "", "feedback": "", "rationalisation": "", "counter_line": ""}
    steps = [("step", {"text": text} | back) for text in ("nee", "weg", "vertel")]
    fields = {"key": "v", "prompt": "Wat eerst?", "options": streamfield(steps)}
    fields |= {"tags": " Handelen, signalen,handelen", "parallel": "", "explanation": ""}
    fields |= {"policy_label": "", "policy_url": ""}
    client = browser(Role.CHIEF_EDITOR)
    client.post(f"{ORDER}add/", nested_form_data(fields) | {"action-publish": "1"})
    question = Question.objects.get()
    assert type(question) is OrderQuestion
    assert question.tags == ["handelen", "signalen"]
    keys = [option.key for option in question.freeze().options]
    client.post(
        f"{ORDER}edit/{question.pk}/", _again(client, f"{ORDER}edit/{question.pk}/", fields, keys)
    )
    assert [option.key for option in Question.objects.get().freeze().options] == keys


def _again(client: Client, url: str, fields: dict[str, Any], keys: list[str]) -> dict[str, Any]:
    """The form as it comes back with the keys that were given."""
    page = client.get(url).content.decode()
    assert all(key in page for key in keys)
    back = {"feedback": "", "rationalisation": "", "counter_line": ""}
    steps = [
        ("step", {"text": text, "key": key} | back)
        for text, key in zip(("nee", "weg", "vertel"), keys, strict=True)
    ]
    data = fields | {"options": streamfield(steps)}
    return nested_form_data(data) | {"action-publish": "1"}


def test_the_bank_lists_all_kinds_by_kind_tag_and_quiz() -> None:
    each = make.one_of_each_kind()
    Question.objects.filter(pk=each[4].pk).update(tags=["handelen"])
    make.quiz(make.module(parts=False), [each[0]], handelen=1)
    client = browser(Role.EDITOR)

    def found(**query: str) -> set[str]:
        page = client.get(BANK, query).content.decode()
        return {one.key for one in each if one.prompt in page}

    assert found() == {one.key for one in each}
    assert found(kind="match") == {"match"}
    assert found(tag="handelen") == {"order"}
    assert found(use="Wat zie je?") == {"singlechoice", "order"}
    assert found(use="-") == {one.key for one in each} - {"singlechoice", "order"}
    page = client.get(BANK, {"kind": "order"}).content.decode()
    assert f"{ORDER}edit/{each[4].pk}/" in page


def test_the_bank_is_for_editors_only_and_changes_nothing_through_the_base() -> None:
    question = make.one_of_each_kind()[0]
    client = browser(Role.EDITOR)
    assert browser(Role.PROGRAMME).get(BANK).status_code == 403
    assert client.get(f"{BANK}edit/{question.pk}/").status_code == 302
    assert client.get(f"{BANK}add/").status_code == 302


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_previewed_as_the_learner_sees_it(kind: type[Question]) -> None:
    question = next(one for one in make.one_of_each_kind() if type(one) is kind)
    request = RequestFactory().get("/")
    answer = question.make_preview_request(request, preview_mode="")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert question.prompt in page


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_can_open_the_form_and_the_list_of_every_kind(kind: type[Question]) -> None:
    client = browser(Role.EDITOR)
    url = f"/cms/snippets/questions/{kind._meta.model_name}/"
    assert client.get(f"{url}add/").status_code == 200
    assert client.get(url).status_code == 200


def test_the_bank_costs_the_same_with_few_questions_and_with_many(
    django_assert_num_queries: Any,
) -> None:
    make.one_of_each_kind()
    client = browser(Role.EDITOR)
    client.get(BANK)
    with CaptureQueriesContext(connection) as few:
        client.get(BANK)
    for number in range(10):
        make.single_choice(f"nog-{number}")
    with django_assert_num_queries(len(few)):
        client.get(BANK)
