"""The form of a case and of a lesson shows which sentences are hard, and refuses nothing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cursussen.wording.measures import Why
from cursussen.wording.panels import LEVELS, WHYS, measured_page
from leer.accounts.api import Role
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db

HARD = "Teneinde dit te voorkomen belde hij."


@pytest.fixture
def editor(client: Client, settings: Any) -> Client:
    settings.ROOT_URLCONF = "tests.cursussen.urls"
    user = make.user_with(Role.EDITOR, name="schrijver")
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def form(client: Client, page: Any) -> str:
    return client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_a_hard_sentence_is_marked_with_what_would_be_easier(editor: Client) -> None:
    text = form(editor, make.draft_case(sections=make.parts_of_a_case(f"<p>{HARD}</p>")))
    assert f'<mark class="gate__mark">{HARD}</mark>' in text
    assert "Probeer: om." in text


def test_an_easy_case_is_told_so(editor: Client) -> None:
    text = form(editor, make.draft_case())
    assert "Deze tekst leest makkelijk." in text
    assert 'class="wording"' not in text


def test_a_lesson_has_it_too(editor: Client) -> None:
    chief = make.user_with(Role.CHIEF_EDITOR, name="eindredacteur")
    editor.force_login(chief, backend="leer.accounts.backends.RoleBackend")
    assert "Leesgemak" in form(editor, make.lesson(make.module(parts=False)))


def test_only_what_colleagues_read_is_measured() -> None:
    page = make.draft_case(source=HARD, functions=HARD)
    measured = measured_page(page)
    assert measured is not None
    assert measured.hard == ()


def test_every_reason_and_level_has_words() -> None:
    assert set(WHYS) == set(Why)
    assert all(map(str, LEVELS.values()))
