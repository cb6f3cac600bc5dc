"""The screen of the gate: what is found is marked, and only a second person lets it pass."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText

from cursussen.models import AcceptedFinding, CasePage
from leer.accounts.api import Role, User
from tests.support import factories_content as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _urls(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.cursussen.urls"


@pytest.fixture
def author() -> User:
    return make.user_with(Role.EDITOR, name="schrijver")


@pytest.fixture
def page(author: User) -> CasePage:
    text = RichText("<p>Toen kwam Yasmina Bouzidi aan. Yasmina Bouzidi zei niets.</p>")
    section = {"kind": "les", "title": "Wat er gebeurde", "body": [("text", text)]}
    return make.submitted_case(author, sections=[("section", section)])


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="leer.accounts.backends.RoleBackend")
    return client


def url(page: CasePage) -> str:
    return reverse("gate:page", args=[page.pk])


def only_form(client: Client, page: CasePage) -> Any:
    (found,) = client.get(url(page)).context["forms"]
    return found[1]


def given(form: Any, **values: str) -> dict[str, str]:
    filled = {"digest": form.initial["digest"], **values}
    return {"prefix": form.prefix} | {
        f"{form.prefix}-{name}": said for name, said in filled.items()
    }


def test_what_is_found_is_told_once_and_marked_wherever_it_stands(
    author: User, page: CasePage
) -> None:
    answer = browser(author).get(url(page))
    (item,) = answer.context["found"].items
    assert item.text == "Yasmina Bouzidi"
    (passage,) = answer.context["found"].passages
    assert [piece.text for piece in passage.pieces if piece.number == 1] == ["Yasmina Bouzidi"] * 2


def test_the_screen_says_which_case_it_is_about(author: User, page: CasePage) -> None:
    title = page.get_latest_revision_as_object().title
    assert f"Casus: {title}</h2>" in browser(author).get(url(page)).content.decode()


def test_who_wrote_it_is_not_offered_to_let_it_pass(author: User, page: CasePage) -> None:
    assert b"Dit mag blijven staan" not in browser(author).get(url(page)).content


def test_a_second_person_lets_it_pass_with_a_reason(page: CasePage) -> None:
    chief = browser(make.user_with(Role.CHIEF_EDITOR, name="beoordelaar"))
    form = only_form(chief, page)
    answer = chief.post(url(page), given(form, why="invented"), follow=True)
    assert "Er staat niets open" in answer.content.decode()
    assert "verzonnen" in AcceptedFinding.objects.get().reason


def test_another_reason_is_written_down_and_what_was_typed_stays(page: CasePage) -> None:
    chief = browser(make.user_with(Role.CHIEF_EDITOR, name="beoordelaar"))
    form = only_form(chief, page)
    answer = chief.post(url(page), given(form, why="other", words=" "))
    assert answer.status_code == 422
    assert "Schrijf op waarom" in answer.content.decode()
    (again,) = [form for _item, form in answer.context["forms"]]
    assert again["why"].value() == "other"
    assert not AcceptedFinding.objects.exists()


@pytest.mark.parametrize("name", ["page", "throw_away"])
def test_who_does_not_write_cases_finds_no_door(page: CasePage, name: str) -> None:
    outsider = browser(make.user_with(Role.EMPLOYEE, name="medewerker"))
    answer = outsider.post(reverse(f"gate:{name}", args=[page.pk]))
    assert answer.status_code in {302, 403, 404}


def test_the_form_of_the_case_tells_how_much_is_open(author: User, page: CasePage) -> None:
    edit = browser(author).get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "Er staat nog 1 ding in" in edit.content.decode()


def test_older_versions_go_at_a_press(author: User, page: CasePage) -> None:
    page = page.get_latest_revision_as_object()
    page.sections = make.draft_case().sections
    page.save_revision(user=author)
    client = browser(author)
    assert "1 oude versie" in client.get(url(page)).content.decode()
    answer = client.post(reverse("gate:throw_away", args=[page.pk]), follow=True)
    assert "1 oude versie is weg" in answer.content.decode()
    assert "Er staat niets open" in answer.content.decode()
